/* SPDX-License-Identifier: MIT */
#include "mention.h"

#include "kmsfix/arena.h"
#include "kmsfix/node.h"

/* References that lead from one to the next; real code needs a dozen. */
#define MAX_HOPS 32
/* Bytes of expressions in one model: what many speak of is looked at for each of them. */
#define MAX_MENTIONED ((size_t)64 * 1024 * 1024)

void mentions_visit(struct model *model, const struct scope *scope, const struct node *n,
		    void (*visit)(void *ctx, const struct node *n), void *ctx)
{
	struct mentions m = { .model = model, .visit = visit, .ctx = ctx };
	const struct language *l = scope->unit->language;
	/* A value that came from another module does not say from which. */
	if (l->mentions && str_eq(path_dir(n->tree->file->path), scope->dir))
		l->mentions(&m, scope, n);
}

bool mentions_enter(struct mentions *m, const void *where, const struct node *n)
{
	struct arena *a = m->model->arena;
	const void **key = arena_array(a, 2, sizeof(*key));
	str name = { (const char *)key, 2 * sizeof(*key) };
	key[0] = where;
	key[1] = n;
	if (!n || m->hops >= MAX_HOPS || m->model->mentioned >= MAX_MENTIONED ||
	    map_find(&m->seen, name))
		return false;
	map_put(&m->seen, a, name, m);
	m->model->mentioned += node_source(n).n;
	m->hops++;
	m->visit(m->ctx, n);
	return true;
}

void mentions_leave(struct mentions *m)
{
	m->hops--;
}
