/* SPDX-License-Identifier: MIT */
/*
 * Dependency cycles over all modules of a unit, as Terraform's graph sees them: a module is no node
 * of its own; what enters it are its variables, what leaves it are its outputs.
 */
#include <stdlib.h>

#include "tf.h"

#include "kmsfix/apart.h"
#include "kmsfix/vec.h"

/* ---- edges ---- */

struct edge {
	struct tf_block *to;
	enum apart apart;
};

struct edges {
	struct arena *arena;
	struct edge *v;
	size_t n, cap;
	enum apart apart; /* of what is added next */
};

static void add_edge(struct edges *e, struct tf_block *to)
{
	struct edge edge = { to, e->apart };
	if (to)
		VEC_PUSH(e->arena, e, edge);
}

/* ".key_arn", "[0].key_arn", "[\"a\"].x.y": the output a reference to a module call takes. */
str tf_output_name(str rest)
{
	if (str_starts(rest, S("["))) {
		size_t close = str_find(rest, S("]"), 0);
		rest = close == SIZE_MAX ? S("") : str_sub(rest, close + 1, rest.n);
	}
	if (!str_starts(rest, S(".")))
		return S("");
	size_t end = 1;
	while (end < rest.n && rest.p[end] != '.' && rest.p[end] != '[')
		end++;
	return str_sub(rest, 1, end);
}

static void add_outputs(struct edges *e, const struct tf_module *callee, str name)
{
	if (name.n) {
		add_edge(e, tf_find(callee, STR_CAT(e->arena, S("output."), name)));
		return;
	}
	for (size_t i = 0; i < callee->blocks.n; i++)
		if (str_eq(callee->blocks.v[i]->type, S("output")))
			add_edge(e, callee->blocks.v[i]);
}

static void add_all(struct edges *e, const struct tf_module *callee)
{
	for (size_t i = 0; i < callee->blocks.n; i++)
		add_edge(e, callee->blocks.v[i]);
}

/* Only `module.m.x` and a literal index are a reference to one output; else it is to all of the
 * module. */
static bool is_whole(str rest)
{
	if (!tf_output_name(rest).n)
		return true;
	return rest.n > 1 && rest.p[0] == '[' && rest.p[1] != '"' &&
	       (rest.p[1] < '0' || rest.p[1] > '9');
}

/* The node of a role that a known module makes: it depends on less than the module as a whole. */
static struct tf_block *core_of(struct arena *a, struct tf_block *call, str output)
{
	struct tf_refs all = call->refs;
	if (call->core)
		return call->core;
	struct tf_block *core = call->core = ARENA_NEW(a, struct tf_block);
	*core = *call;
	core->refs = (struct tf_refs){ 0 };
	core->mark = 0;
	core->on_stack = false;
	for (size_t i = 0; i < all.n; i++)
		if (!tf_iam_apart(call, output, all.v[i]->attr))
			VEC_PUSH(a, &core->refs, all.v[i]);
	return core;
}

static void add_ref(struct edges *e, const struct tf_ref *ref)
{
	struct tf_block *to = ref->to;
	str output = str_eq(to->type, S("module")) && !to->callees.n && !is_whole(ref->rest) ?
			     tf_output_name(ref->rest) :
			     S("");
	if (output.n && (tf_iam_output_arn(to, output) || tf_iam_output_name(to, output)))
		to = core_of(e->arena, to, output);
	if (!to->callees.n) {
		add_edge(e, to);
		return;
	}
	bool whole = str_eq(ref->attr, S("depends_on")) || is_whole(ref->rest);
	for (size_t i = 0; i < to->callees.n; i++)
		if (whole)
			add_all(e, to->callees.v[i]);
		else
			add_outputs(e, to->callees.v[i], tf_output_name(ref->rest));
}

static bool is_meta(str attr)
{
	return str_eq(attr, S("count")) || str_eq(attr, S("for_each")) ||
	       str_eq(attr, S("depends_on"));
}

/* What the block waits for. */
static struct edges edges_of(const struct tf_block *b)
{
	struct edges e = { .arena = b->module->model->arena };
	const struct tf_module *mod = b->module;
	const struct tf_block *call = mod->call;
	bool is_call = b->callees.n != 0;
	for (size_t i = 0; i < b->refs.n; i++) {
		e.apart = tf_apart(b, b->refs.v[i]->attr);
		if (!is_call || is_meta(b->refs.v[i]->attr))
			add_ref(&e, b->refs.v[i]);
	}
	e.apart = APART_NOT;
	for (size_t i = 0; call && i < call->refs.n; i++)
		if (is_meta(call->refs.v[i]->attr) ||
		    (str_eq(b->type, S("variable")) && str_eq(call->refs.v[i]->attr, b->name)))
			add_ref(&e, call->refs.v[i]);
	return e;
}

/* Breadth first from the block that makes the policy. */
bool tf_waits(const struct policy *p, const struct policy *other)
{
	const struct tf_block *from = p->front, *to = other->front;
	struct map seen = { 0 };
	struct tf_blocks queue = { 0 };
	if (!from || !to)
		return false;
	struct arena *a = from->module->model->arena;
	struct edges e = edges_of(from->base ? from->base : from);
	to = to->base ? to->base : to;
	for (size_t i = 0;; i++) {
		for (size_t k = 0; k < e.n; k++) {
			str key = map_pointer((const void *const *)&e.v[k].to);
			if (e.v[k].to == to)
				return true;
			if (map_find(&seen, key))
				continue;
			map_put(&seen, a, key, e.v[k].to);
			VEC_PUSH(a, &queue, e.v[k].to);
		}
		if (i == queue.n)
			return false;
		e = edges_of(queue.v[i]);
	}
}

/* Only a resource, by one beside it: a whole module would have to wait for more than it needs. */
bool tf_wait_site(const struct policy *p, const struct key *k, struct arena *a,
		  struct wait_site *out)
{
	const struct tf_block *from = p->front, *to = k->policy ? k->policy->front : NULL;
	if (!k->policy && k->scope == p->scope && from)
		to = tf_find(from->module, k->name);
	if (!from || !to || from->module != to->module || from->overridden ||
	    !str_eq(from->type, S("resource")) || !str_eq(to->type, S("resource")) ||
	    from->body->kind != NODE_BODY)
		return false;
	from = from->base ? from->base : from;
	to = to->base ? to->base : to;
	*out = (struct wait_site){ from->body, tf_attr(from->body, S("depends_on"), a),
				   "depends_on", to->address };
	return !out->list || out->list->kind == NODE_SEQ;
}

/* ---- Tarjan's algorithm with its own stack, because the input chooses the depth ---- */

struct frame {
	struct tf_block *block;
	struct edges edges;
	size_t next;
};

struct search {
	struct model *model;
	struct frame *frames;
	struct tf_block **stack;
	size_t depth, stacked, counter;
};

static int by_address(const void *x, const void *y)
{
	const struct tf_block *a = *(struct tf_block *const *)x, *b = *(struct tf_block *const *)y;
	int c = str_cmp(a->module->scope->id, b->module->scope->id);
	return c ? c : str_cmp(a->address, b->address);
}

static bool refers_to_itself(const struct tf_block *b)
{
	struct edges e = edges_of(b);
	for (size_t i = 0; i < e.n; i++)
		if (e.v[i].to == b)
			return true;
	return false;
}

/* The edges in a circle; `low` is free once it is found, and holds the number of a block. */
static void record_edges(struct search *s, size_t first, struct cycle *cycle)
{
	struct tf_block **members = s->stack + first;
	size_t n = s->stacked - first;
	for (size_t i = 0; i < n; i++)
		members[i]->low = i;
	for (size_t i = 0; i < n; i++) {
		struct edges e = edges_of(members[i]);
		for (size_t k = 0; k < e.n; k++) {
			struct cycle_edge edge = { i, e.v[k].to->low, e.v[k].apart };
			if (edge.to < n && members[edge.to] == e.v[k].to)
				VEC_PUSH(s->model->arena, &cycle->edges, edge);
		}
	}
}

static void record_cycle(struct search *s, size_t first)
{
	struct model *m = s->model;
	size_t n = s->stacked - first;
	struct cycle cycle = { .unit = s->stack[first]->module->unit };
	if (n == 1 && !refers_to_itself(s->stack[first]))
		return;
	qsort(s->stack + first, n, sizeof(*s->stack), by_address);
	for (size_t i = first; i < s->stacked; i++)
		strs_add(m->arena, &cycle.addresses,
			 tf_address(s->stack[i]->module, s->stack[i]->address));
	record_edges(s, first, &cycle);
	VEC_PUSH(m->arena, &m->cycles, cycle);
}

static void enter(struct search *s, struct tf_block *b)
{
	b->mark = b->low = ++s->counter;
	b->on_stack = true;
	s->stack[s->stacked++] = b;
	s->frames[s->depth++] = (struct frame){ b, edges_of(b), 0 };
}

static void leave(struct search *s)
{
	struct tf_block *b = s->frames[--s->depth].block;
	if (b->low == b->mark) {
		size_t first = s->stacked;
		while (s->stack[--first] != b)
			s->stack[first]->on_stack = false;
		b->on_stack = false;
		record_cycle(s, first);
		s->stacked = first;
	}
	if (s->depth) {
		struct tf_block *parent = s->frames[s->depth - 1].block;
		if (b->low < parent->low)
			parent->low = b->low;
	}
}

static void step(struct search *s)
{
	struct frame *top = &s->frames[s->depth - 1];
	if (top->next == top->edges.n) {
		leave(s);
		return;
	}
	struct tf_block *to = top->edges.v[top->next++].to;
	if (!to->mark)
		enter(s, to);
	else if (to->on_stack && to->mark < top->block->low)
		top->block->low = to->mark;
}

static void search_module(struct search *s, const struct tf_module *mod)
{
	for (size_t k = 0; k < mod->blocks.n; k++) {
		if (mod->blocks.v[k]->mark)
			continue;
		enter(s, mod->blocks.v[k]);
		while (s->depth)
			step(s);
	}
}

/* Its text is that of the first model, and it loads no file that may not be. */
static bool is_as_before(const struct tf_module *mod)
{
	return mod->dir->known && !(mod->model->loads_changed && mod->dir->file_calls.n);
}

/* The modules of one unit: no edge leaves them. */
static void search_unit(struct model *m, struct tf_module *const *mods, size_t count, bool changed)
{
	struct search s = { .model = m };
	bool same = changed, circle = false;
	size_t n = 1;
	for (size_t i = 0; i < count; i++) {
		same &= is_as_before(mods[i]);
		circle |= mods[i]->dir->circle;
		n += mods[i]->blocks.n *
		     2; /* a known module may have a node for its role besides */
	}
	if (same || !circle)
		return;
	s.frames = arena_array(m->arena, n, sizeof(*s.frames));
	s.stack = arena_array(m->arena, n, sizeof(struct tf_block *));
	for (size_t i = 0; i < count; i++)
		search_module(&s, mods[i]);
}

void tf_cycles(const struct tf_modules *mods, bool changed)
{
	size_t end;
	for (size_t i = 0; i < mods->n; i = end) {
		for (end = i; end < mods->n && mods->v[end]->unit == mods->v[i]->unit; end++)
			;
		search_unit(mods->v[i]->model, &mods->v[i], end - i, changed);
	}
}
