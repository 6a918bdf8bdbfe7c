/* SPDX-License-Identifier: MIT */
/*
 * tree - what the parsers share to build a tree: new nodes, and children put in order.
 */
#ifndef SYNTAX_TREE_H
#define SYNTAX_TREE_H

#include "kmsfix/arena.h"
#include "kmsfix/syntax.h"

/* A node of `t` that starts (and, until its end is known, ends) at `start`. */
static inline struct node *node_new(struct arena *a, const struct tree *t, enum node_kind kind,
				    uint32_t start)
{
	struct node *n = ARENA_NEW(a, struct node);

	n->kind = kind;
	n->start = start;
	n->end = start;
	n->tree = t;
	return n;
}

/* What the node has besides, to be set. */
static inline struct node_more *node_more(struct arena *a, struct node *n)
{
	if (!n->more)
		n->more = ARENA_NEW(a, struct node_more);
	return n->more;
}

/* Makes `child` the last child of `parent`. */
static inline void node_append(struct node *parent, struct node *child)
{
	child->parent = parent;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

#endif
