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

/* ---- texts that are not read ---- */

struct note {
	struct model *model;
	struct document *d;
};

static void note(void *ctx, const struct node *n)
{
	static char several; /* more than one document speaks of it */
	const struct note *x = ctx;
	const void *known = map_find_at(&x->model->spoken, n);
	if (known != x->d)
		map_put_at(&x->model->spoken, x->model->arena, n, known ? (void *)&several : x->d);
}

void mentions_note(struct model *model, const struct scope *scope, const struct node *n,
		   struct document *d)
{
	struct note x = { model, d };
	note(&x, n);
	mentions_visit(model, scope, n, note, &x);
}

static bool is_spoken(const struct model *m, const struct node *n, const struct document *d)
{
	for (; n; n = n->parent ? n->parent : n->tree->host) {
		const void *by = map_find_at(&m->spoken, n);
		if (by && by != d)
			return true;
	}
	return false;
}

/* Where too much is spoken of to note it, all of it may be. */
void mentions_mark(struct model *m)
{
	bool all = m->mentioned >= MAX_MENTIONED;
	for (size_t i = 0; m->spoken.n && i < m->documents.n; i++) {
		struct document *d = m->documents.v[i];
		d->spoken = all || is_spoken(m, d->node, d);
	}
	for (size_t i = 0; m->spoken.n && i < m->statements.n; i++) {
		struct statement *s = m->statements.v[i];
		s->spoken = all || is_spoken(m, s->node, s->document);
		for (size_t k = 0; k < s->actions.n; k++)
			s->spoken |= is_spoken(m, s->actions.v[k].node, s->document);
	}
}
