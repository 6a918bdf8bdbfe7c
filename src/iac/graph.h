/* SPDX-License-Identifier: MIT */
/*
 * graph - who waits for whom among the blocks or resources of a language: the dependency cycles,
 * and whether one waits for another. Nodes are what the front end has; it says what they wait for.
 */
#ifndef KMSFIX_IAC_GRAPH_H
#define KMSFIX_IAC_GRAPH_H

#include "kmsfix/apart.h"
#include "kmsfix/model.h"

/* What the search notes of a node, which holds it; zero: not seen yet. */
struct graph_mark {
	size_t order, low;
	bool on_stack;
};

struct graph_edge {
	void *to;
	enum apart apart;
};

struct graph_edges {
	struct arena *arena;
	struct graph_edge *v;
	size_t n, cap;
	enum apart apart; /* of what is added next */
};

/* Adds an edge; not when `to` is NULL. */
void graph_add(struct graph_edges *e, void *to);

/* A language's nodes. */
struct graph_nodes {
	struct graph_mark *(*mark)(void *node);
	/* Adds what the node waits for to the list. */
	void (*edges)(const void *node, struct graph_edges *out);
	/* qsort's order of pointers to nodes, in which a cycle names them. */
	int (*order)(const void *, const void *);
	const struct unit *(*unit)(const void *node);
	str (*address)(const void *node); /* in the unit */
	/* Adds who else is in the cycle with member `i`; NULL: nobody. */
	void (*others)(struct arena *a, struct cycle *c, const void *node, size_t i);
};

/* A node on the way; its edges are [first, end) of the search's, of which it goes `next`. */
struct graph_frame {
	void *node;
	size_t first, next, end;
};

/* A search; set `model` and `nodes`. */
struct graph {
	struct model *model;
	const struct graph_nodes *nodes;
	struct {
		struct graph_frame *v;
		size_t n, cap;
	} frames;
	struct {
		void **v;
		size_t n, cap;
	} stack;
	struct graph_edges edges; /* of the frames: those of the last one are the last */
	size_t counter;
};

/* Records in the model the cycles that can be reached from the node, unless it was seen before. */
void graph_cycles(struct graph *g, void *node);
/* True when `from` waits for `to`, directly or not. What was seen on the way is kept in the model:
 * one policy may be asked for each of its keys. */
bool graph_waits(struct model *m, const struct graph_nodes *nodes, const void *from,
		 const void *to);

#endif
