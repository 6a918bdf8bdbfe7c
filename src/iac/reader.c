/* SPDX-License-Identifier: MIT */
/* What of an expression is the text that is read: of a map that is indexed at once, one value. */
#include "document.h"
#include "value.h"

bool reader_passes_over(const struct reader *r, const struct node *n)
{
	const struct node *map = n->parent, *index = map ? map->parent : NULL;
	str key;
	if (n->kind != NODE_PAIR || !map || map->kind != NODE_MAP)
		return false;
	while (index && index->kind == NODE_PAREN)
		index = index->parent;
	if (!index || index->kind != NODE_INDEX || node_unparen(index->first) != map ||
	    !pair_key(n, r->model->arena, &key))
		return false;
	const struct value *v = r->eval(r->ctx, index->last);
	if (value_is_literal(v))
		return !str_eq(key, v->text);
	return r->differs && r->differs(r->ctx, v, key);
}

static bool has_passed_over(const struct reader *r, const struct node *n)
{
	bool any = reader_passes_over(r, n);
	for (const struct node *c = n->first; c && !any; c = c->next)
		any = has_passed_over(r, c);
	return any;
}

void reader_each_own(const struct reader *r, const struct node *n,
		     void (*visit)(const struct reader *r, const struct node *n, void *ctx),
		     void *ctx)
{
	if (reader_passes_over(r, n))
		return;
	if (!has_passed_over(r, n)) {
		visit(r, n, ctx);
		return;
	}
	for (const struct node *c = n->first; c; c = c->next)
		reader_each_own(r, c, visit, ctx);
}
