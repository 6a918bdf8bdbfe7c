/* SPDX-License-Identifier: MIT */
/*
 * Which statement is which, before and after policies are detached, and in what is made of that.
 * One that is written is written alike; one that a policy template makes (statement.made) is
 * written out, and must mean the same.
 */
#include <stdlib.h>
#include <string.h>

#include "canonical.h"
#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"
#include "kmsfix/map.h"
#include "kmsfix/round.h"
#include "kmsfix/vec.h"

/* Statements that are alike, in the order of their places. */
struct queue {
	const struct statement **v;
	size_t n, cap, next;
};

static void put(struct map *m, str key, const struct statement *s, struct arena *a)
{
	struct queue *q = map_find(m, key);
	if (!q) {
		q = ARENA_NEW(a, struct queue);
		map_put(m, a, key, q);
	}
	VEC_PUSH(a, q, s);
}

static const struct statement *take(const struct map *m, str key)
{
	struct queue *q = map_find(m, key);
	return q && q->next < q->n ? q->v[q->next++] : NULL;
}

static int by_place(const void *px, const void *py)
{
	const struct statement *x = *(struct statement *const *)px;
	const struct statement *y = *(struct statement *const *)py;
	int c = str_cmp(x->node->tree->file->path, y->node->tree->file->path);
	if (!c)
		c = (x->node->start > y->node->start) - (x->node->start < y->node->start);
	if (!c)
		c = str_cmp(x->document->scope->id, y->document->scope->id);
	return c ? c : (x->index > y->index) - (x->index < y->index);
}

static struct statement **in_order(const struct model *m, struct arena *a)
{
	struct statement **v = arena_array(a, m->statements.n + 1, sizeof(*v));
	if (m->statements.n) {
		memcpy(v, m->statements.v, m->statements.n * sizeof(*v));
		qsort(v, m->statements.n, sizeof(*v), by_place);
	}
	return v;
}

/* ---- what a statement is ---- */

/* The policies that it is effective in: where, what they are, and who has them. */
static str effect(const struct statement *s, struct arena *a)
{
	struct strs all = { 0 };
	for (size_t i = 0; i < s->uses.n; i++) {
		const struct policy *p = s->uses.v[i];
		str key = p->key ? p->key->address : S("");
		strs_add(a, &all,
			 str_fmt(a, "%d %.*s: %.*s", p->kind, STR_ARG(key),
				 STR_ARG(policy_holders(p, a))));
	}
	strs_sort(&all);
	return str_fmt(a, "%.*s|%.*s|%.*s|%.*s|", STR_ARG(s->node->tree->file->path),
		       STR_ARG(s->document->scope->id), STR_ARG(s->document->version),
		       STR_ARG(strs_join(a, &all, S("; "))));
}

/* As it is written, but for the blanks between. */
static str source(const struct statement *s, struct arena *a)
{
	str text = node_source(s->node);
	struct buf b = { 0 };
	for (size_t i = 0; i < text.n; i++)
		if (!ascii_is_blank(text.p[i]))
			buf_addc(&b, text.p[i]);
	str out = STR_CAT(a, effect(s, a), buf_str(&b));
	buf_free(&b);
	return out;
}

/* As it is meant; not empty only when all of it is understood. */
static str meaning(const struct statement *s, struct arena *a)
{
	struct statement_text t;
	if (s->actions.open || s->resources.open || s->principals.open || s->conditions.open ||
	    s->maybe || s->issues.n)
		return S("");
	statement_describe(&t, s, a);
	return STR_CAT(a, effect(s, a), statement_render(&t, a));
}

/* ---- the same ones ---- */

/* What the statements of `rest` were made of: nothing else may be left of `from`. */
static bool trace_made(struct statement *const *from, const struct map *traced,
		       struct statement *const *rest, size_t n, struct arena *a)
{
	struct map made = { 0 };
	for (; *from; from++) {
		if (map_find_at(traced, *from))
			continue;
		if (!(*from)->made)
			return false;
		put(&made, meaning(*from, a), *from, a);
	}
	for (size_t i = 0; i < n; i++) {
		str text = meaning(rest[i], a);
		rest[i]->origin = text.n ? take(&made, text) : NULL;
		if (!rest[i]->origin)
			return false;
	}
	return true;
}

bool plan_trace(const struct model *before, const struct model *m, struct arena *a)
{
	struct statement **from = in_order(before, a), **to = in_order(m, a);
	struct map written = { 0 }, traced = { 0 };
	size_t rest = 0;
	if (before->statements.n != m->statements.n)
		return false;
	for (size_t i = 0; i < m->statements.n; i++)
		put(&written, source(from[i], a), from[i], a);
	for (size_t i = 0; i < m->statements.n; i++) {
		const struct statement *origin = take(&written, source(to[i], a));
		to[i]->origin = origin;
		if (origin) {
			map_put_at(&traced, a, origin, to[i]);
		} else {
			to[rest++] = to[i];
		}
	}
	return trace_made(from, &traced, to, rest, a);
}

/* Where nothing is detached any more, each stays where it is. */
static str source_here(const struct statement *s, struct arena *a)
{
	return STR_CAT(a, s->document->address, S("|"), source(s, a));
}

void plan_trace_result(const struct model *before, const struct model *m, struct arena *a)
{
	struct statement **from = in_order(before, a), **to = in_order(m, a);
	struct map written = { 0 };
	for (size_t i = 0; i < before->statements.n; i++)
		put(&written, source_here(from[i], a), from[i], a);
	for (size_t i = 0; i < m->statements.n; i++) {
		const struct statement *s = take(&written, source_here(to[i], a));
		to[i]->origin = s ? statement_written(s) : NULL;
	}
}
