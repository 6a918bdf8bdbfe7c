/* SPDX-License-Identifier: MIT */
/* Who is told by DependsOn to wait for a policy. */
#include "cfn.h"

#include "kmsfix/vec.h"

/* A resource, and the waiters of its stack that it becomes one of. */
struct waiting {
	struct cfn_stack *stack;
	const struct cfn_resource *resource;
};

static void add(void *ctx, str name, const struct node *at)
{
	const struct waiting *x = ctx;
	const struct cfn_resource *r = x->resource;
	struct arena *a = x->stack->model->arena;
	struct waiters *list = map_find(x->stack->waiters, name);
	struct waiter w = { r, x->stack->scope, r->name, r->address, at, !r->policy };
	if (!list) {
		list = ARENA_NEW(a, struct waiters);
		map_put(x->stack->waiters, a, name, list);
	}
	VEC_PUSH(a, list, w);
}

static void index_waiters(struct cfn_stack *s)
{
	struct waiting x = { s, NULL };
	s->waiters = ARENA_NEW(s->model->arena, struct map);
	for (size_t i = 0; i < s->resources.n; i++) {
		x.resource = s->resources.v[i];
		if (x.resource->body)
			cfn_depends(s, x.resource->body, add, &x);
	}
}

void cfn_waiters(const struct policy *p, struct arena *a, struct waiters *out)
{
	const struct cfn_resource *of = p->front;
	const struct waiters *list;
	if (!of)
		return;
	if (!of->stack->waiters)
		index_waiters(of->stack);
	list = map_find(of->stack->waiters, of->name);
	for (size_t i = 0; list && i < list->n; i++)
		VEC_PUSH(a, out, list->v[i]);
}
