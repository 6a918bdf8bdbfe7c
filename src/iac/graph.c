/* SPDX-License-Identifier: MIT */
/* Tarjan's algorithm with its own stack, because the input chooses the depth. */
#include "graph.h"

#include <stdlib.h>

#include "kmsfix/map.h"
#include "kmsfix/vec.h"

void graph_add(struct graph_edges *e, void *to)
{
	struct graph_edge edge = { to, e->apart };
	if (to)
		VEC_PUSH(e->arena, e, edge);
}

static struct graph_edges edges_of(const struct graph_nodes *nodes, const void *node,
				   struct arena *a)
{
	struct graph_edges e = { .arena = a };
	nodes->edges(node, &e);
	return e;
}

/* ---- cycles ---- */

static bool refers_to_itself(const struct graph *g, const struct graph_frame *f)
{
	for (size_t i = f->first; i < f->end; i++)
		if (g->edges.v[i].to == f->node)
			return true;
	return false;
}

/* The edges in a circle; `low` is free once it is found, and holds the number of a member. */
static void record_edges(const struct graph *g, void **members, size_t n, struct cycle *cycle)
{
	for (size_t i = 0; i < n; i++)
		g->nodes->mark(members[i])->low = i;
	for (size_t i = 0; i < n; i++) {
		struct graph_edges e = edges_of(g->nodes, members[i], g->model->arena);
		for (size_t k = 0; k < e.n; k++) {
			struct cycle_edge edge = { i, g->nodes->mark(e.v[k].to)->low,
						   e.v[k].apart };
			if (edge.to < n && members[edge.to] == e.v[k].to)
				VEC_PUSH(g->model->arena, &cycle->edges, edge);
		}
	}
}

static void record_cycle(struct graph *g, void **members, size_t n)
{
	struct model *m = g->model;
	struct cycle cycle = { .unit = g->nodes->unit(members[0]) };
	qsort(members, n, sizeof(*members), g->nodes->order);
	for (size_t i = 0; i < n; i++)
		strs_add(m->arena, &cycle.addresses, g->nodes->address(members[i]));
	record_edges(g, members, n, &cycle);
	for (size_t i = 0; g->nodes->others && i < n; i++)
		g->nodes->others(m->arena, &cycle, members[i], i);
	VEC_PUSH(m->arena, &m->cycles, cycle);
}

static void enter(struct graph *g, void *node)
{
	struct graph_mark *mark = g->nodes->mark(node);
	struct graph_frame frame = { node, g->edges.n, g->edges.n, 0 };
	g->edges.arena = g->model->arena;
	g->nodes->edges(node, &g->edges);
	frame.end = g->edges.n;
	mark->order = mark->low = ++g->counter;
	mark->on_stack = true;
	VEC_PUSH(g->model->arena, &g->stack, node);
	VEC_PUSH(g->model->arena, &g->frames, frame);
}

static void leave(struct graph *g)
{
	const struct graph_frame *frame = &g->frames.v[--g->frames.n];
	void *node = frame->node;
	struct graph_mark *mark = g->nodes->mark(node), *parent;
	size_t low = mark->low; /* record_edges() uses the member for itself */
	if (low == mark->order) {
		size_t first = g->stack.n;
		do
			g->nodes->mark(g->stack.v[--first])->on_stack = false;
		while (g->stack.v[first] != node);
		if (g->stack.n - first > 1 || refers_to_itself(g, frame))
			record_cycle(g, g->stack.v + first, g->stack.n - first);
		g->stack.n = first;
	}
	g->edges.n = frame->first;
	if (!g->frames.n)
		return;
	parent = g->nodes->mark(g->frames.v[g->frames.n - 1].node);
	if (low < parent->low)
		parent->low = low;
}

static void step(struct graph *g)
{
	struct graph_frame *top = &g->frames.v[g->frames.n - 1];
	if (top->next == top->end) {
		leave(g);
		return;
	}
	void *to = g->edges.v[top->next++].to;
	struct graph_mark *mark = g->nodes->mark(to), *own = g->nodes->mark(top->node);
	if (!mark->order)
		enter(g, to);
	else if (mark->on_stack && mark->order < own->low)
		own->low = mark->order;
}

void graph_cycles(struct graph *g, void *node)
{
	if (g->nodes->mark(node)->order)
		return;
	enter(g, node);
	while (g->frames.n)
		step(g);
}

/* ---- waiting ---- */

/* What a node waits for, as far as that was asked: breadth first, up to the answer. */
struct graph_search {
	struct {
		const void **v;
		size_t n, cap;
	} queue;
	size_t next; /* of the queue, whose edges are not followed yet */
	struct map seen;
};

static struct graph_search *search_from(struct model *m, const void *from)
{
	struct graph_search *search = map_find_at(&m->searches, from);
	if (!search) {
		search = ARENA_NEW(m->arena, struct graph_search);
		VEC_PUSH(m->arena, &search->queue, from);
		map_put_at(&m->searches, m->arena, from, search);
	}
	return search;
}

bool graph_waits(struct model *m, const struct graph_nodes *nodes, const void *from, const void *to)
{
	struct graph_search *search = search_from(m, from);
	while (!map_find_at(&search->seen, to) && search->next < search->queue.n) {
		struct graph_edges e = edges_of(nodes, search->queue.v[search->next++], m->arena);
		for (size_t k = 0; k < e.n; k++) {
			void *next = e.v[k].to;
			if (map_find_at(&search->seen, next))
				continue;
			map_put_at(&search->seen, m->arena, next, next);
			VEC_PUSH(m->arena, &search->queue, next);
		}
	}
	return map_find_at(&search->seen, to) != NULL;
}
