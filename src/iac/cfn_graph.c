/* SPDX-License-Identifier: MIT */
/* Dependency cycles of each stack [12.8]. */
#include "cfn.h"

#include "kmsfix/syntax.h"
#include "kmsfix/apart.h"
#include "kmsfix/vec.h"

/* ---- edges ---- */

struct resource_edges {
	struct graph_edges *edges;
	const struct cfn_stack *stack;
	const struct node *inlined[2]; /* what is in them can be written apart */
};

static void add_edge(void *ctx, str name, const struct node *at)
{
	struct resource_edges *e = ctx;
	bool apart = node_is_within(at, e->inlined[0]) || node_is_within(at, e->inlined[1]);
	e->edges->apart = apart ? APART_INLINE : APART_NOT;
	graph_add(e->edges, cfn_find(e->stack, name));
}

static void role_edges(struct resource_edges *e, const struct cfn_resource *r)
{
	if (r->of)
		cfn_sam_references(r, add_edge, e);
	else
		cfn_serverless_references(r, add_edge, e);
}

static void function_edges(struct resource_edges *e, const struct cfn_resource *r)
{
	struct cfn *c = r->stack->cfn;
	graph_add(e->edges, r->role);
	for (const struct node *p = r->body->first; p; p = p->next)
		if (cfn_follow(c, p->last) != r->properties)
			cfn_references(r->stack, p, add_edge, e);
	for (const struct node *p = r->properties ? r->properties->first : NULL; p; p = p->next)
		if (!cfn_is_of_sam_role(r, p))
			cfn_references(r->stack, p, add_edge, e);
	cfn_depends(r->stack, r->body, add_edge, e);
}

static void edges_of(const void *node, struct graph_edges *out)
{
	const struct cfn_resource *r = node;
	struct resource_edges e = { .edges = out, .stack = r->stack };
	e.inlined[0] = cfn_inline_list(r, false);
	e.inlined[1] = cfn_inline_list(r, true);
	if (!r->body)
		role_edges(&e, r);
	else if (r->role)
		function_edges(&e, r);
	else
		cfn_references(r->stack, r->body, add_edge, &e);
}

static struct graph_mark *mark_of(void *node)
{
	return &((struct cfn_resource *)node)->mark;
}

static int by_address(const void *x, const void *y)
{
	const struct cfn_resource *a = *(struct cfn_resource *const *)x;
	const struct cfn_resource *b = *(struct cfn_resource *const *)y;
	return str_cmp(a->address, b->address);
}

static const struct unit *unit_of(const void *node)
{
	return ((const struct cfn_resource *)node)->stack->unit;
}

static str address_of(const void *node)
{
	return ((const struct cfn_resource *)node)->address;
}

/* Everybody in a nested stack waits for what the stack, member `of` of the circle, waits for. */
static void add_nested(struct arena *a, struct cycle *out, const struct cfn_stack *s, size_t of)
{
	for (size_t i = 0; s && i < s->resources.n; i++) {
		struct cycle_edge in = { of, out->addresses.n, APART_NOT };
		struct cycle_edge back = { in.to, of, APART_NOT };
		if (s->resources.v[i]->principal || s->resources.v[i]->key) {
			strs_add(a, &out->addresses, s->resources.v[i]->address);
			VEC_PUSH(a, &out->edges, in);
			VEC_PUSH(a, &out->edges, back);
		}
		add_nested(a, out, s->resources.v[i]->nested, of);
	}
}

static void others(struct arena *a, struct cycle *c, const void *node, size_t i)
{
	add_nested(a, c, ((const struct cfn_resource *)node)->nested, i);
}

static const struct graph_nodes resources = { .mark = mark_of,
					      .edges = edges_of,
					      .order = by_address,
					      .unit = unit_of,
					      .address = address_of,
					      .others = others };

/* ---- order: in one stack ---- */

static bool waits(const void *front, const void *other)
{
	const struct cfn_resource *from = front, *to = other;
	return from && to && from->stack == to->stack &&
	       graph_waits(from->stack->model, &resources, from, to);
}

/* Not in a service: the key may wait for a function, and that for anything, which is not looked
 * at. */
static bool wait_site(const void *front, const struct key *k, struct arena *a,
		      struct wait_site *out)
{
	const struct cfn_resource *from = front;
	(void)a;
	if (!from || from->stack != k->scope->front || !from->body ||
	    from->stack->of->kind == CFN_SERVERLESS)
		return false;
	for (size_t i = 0; i < k->guards.n; i++)
		if (!strs_has(&from->guards, k->guards.v[i]))
			return false; /* nothing would be waited for */
	*out = (struct wait_site){ from->body, cfn_get(from->stack->cfn, from->body, "DependsOn"),
				   "DependsOn", k->name };
	return true;
}

static const void *wait_find(const struct scope *like, str id, str name)
{
	const struct cfn_stack *s = like->front;
	const struct cfn_stack *in = s ? map_find(&s->cfn->scopes, id) : NULL;
	return in ? cfn_find(in, name) : NULL;
}

const struct wait_hooks cfn_wait = { waits, wait_site, wait_find, cfn_waiters, true };

/* ---- between units: each could be made only after the other one ---- */

static bool reaches(const struct cfn_stack *from, const struct cfn_stack *to,
		    struct cfn_stacks *seen, struct arena *a)
{
	seen->n = 0;
	for (size_t i = 0; i <= seen->n; i++) {
		const struct cfn_stack *s = i ? seen->v[i - 1] : from;
		for (size_t k = 0; k < s->imports.n; k++) {
			bool again = s->imports.v[k] == to;
			if (again)
				return true;
			for (size_t j = 0; j < seen->n; j++)
				again |= seen->v[j] == s->imports.v[k];
			if (!again)
				VEC_PUSH(a, seen, s->imports.v[k]);
		}
	}
	return false;
}

static size_t member(const struct cycle *c, const struct cfn_stack *s)
{
	for (size_t i = 0; i < c->addresses.n; i++)
		if (str_eq(c->addresses.v[i], s->unit->path))
			return i;
	return SIZE_MAX;
}

/* Whoever imports from the stack waits for the resource in it, and that for the stack. */
static void add_exported(struct cfn *c, struct cycle *cycle, const struct cfn_stack *top,
			 const struct cfn_resource *r)
{
	struct arena *a = c->model->arena;
	struct cycle_edge up = { cycle->addresses.n, member(cycle, top), APART_NOT };
	strs_add(a, &cycle->addresses, r->address);
	VEC_PUSH(a, &cycle->edges, up);
	for (size_t k = 0; k < c->stacks.n; k++) {
		const struct cfn_stacks *imports = &c->stacks.v[k]->imports;
		struct cycle_edge down = { member(cycle, c->stacks.v[k]), up.from, APART_NOT };
		for (size_t j = 0; down.from != SIZE_MAX && j < imports->n; j++)
			if (imports->v[j] == top)
				VEC_PUSH(a, &cycle->edges, down);
	}
}

static void add_exporter(struct cfn *c, struct cycle *cycle, const struct cfn_stack *top)
{
	for (size_t k = 0; k < c->stacks.n; k++) {
		const struct cfn_stack *s = c->stacks.v[k];
		for (size_t i = 0; s->top == top && i < s->resources.n; i++)
			if (s->resources.v[i]->principal || s->resources.v[i]->key)
				add_exported(c, cycle, top, s->resources.v[i]);
	}
}

/* The units that import from each other, as the cycle of one of them. */
static void unit_cycle(struct cfn *c, const struct cfn_stack *s)
{
	struct arena *a = c->model->arena;
	struct cfn_stacks seen = { 0 }, in = { 0 };
	struct cycle cycle = { .unit = s->unit, .between = true };
	for (size_t k = 0; k < c->stacks.n; k++) {
		struct cfn_stack *each = c->stacks.v[k];
		if (each->top != each || !reaches(s, each, &seen, a) || !reaches(each, s, &seen, a))
			continue;
		strs_add(a, &cycle.addresses, each->unit->path);
		VEC_PUSH(a, &in, each);
	}
	for (size_t i = 0; i < in.n; i++)
		add_exporter(c, &cycle, in.v[i]);
	VEC_PUSH(a, &c->model->cycles, cycle);
}

static void unit_cycles(struct cfn *c)
{
	struct cfn_stacks seen = { 0 };
	for (size_t i = 0; i < c->stacks.n; i++) {
		const struct cfn_stack *s = c->stacks.v[i];
		if (s->top == s && s->imports.n && reaches(s, s, &seen, c->model->arena))
			unit_cycle(c, s);
	}
}

void cfn_cycles(struct cfn *c)
{
	struct graph g = { .model = c->model, .nodes = &resources };
	if (c->searched)
		return;
	c->searched = true;
	for (size_t i = 0; i < c->stacks.n; i++)
		for (size_t k = 0; k < c->stacks.v[i]->resources.n; k++)
			graph_cycles(&g, c->stacks.v[i]->resources.v[k]);
	unit_cycles(c);
}
