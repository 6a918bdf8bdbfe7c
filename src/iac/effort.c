/* SPDX-License-Identifier: MIT */
#include "effort.h"

/* In nodes. The largest policy that AWS takes has fewer than are free for each. */
#define FREE 10000
#define BEYOND 500000
/* Letters and items that take as much memory as a value. */
#define LETTERS 32
#define ITEMS 8
/* Of what stands in another, or is named by it: a node that YAML puts into itself has no end. */
#define DEPTH 2000

static void add(struct effort *e, size_t n)
{
	e->used += n;
	if (e->used > FREE)
		e->beyond += n;
}

static bool may_go_on(const struct effort *e)
{
	return e->used <= FREE || e->beyond <= BEYOND;
}

bool effort_begin(struct effort *e)
{
	if (!e->depth++)
		e->used = 0;
	add(e, 1);
	return e->depth <= DEPTH && may_go_on(e);
}

bool effort_end(struct effort *e, const struct value *v)
{
	add(e, v->text.n / LETTERS + v->n / ITEMS);
	e->depth--;
	return may_go_on(e);
}

bool effort_was_free(const struct effort *e)
{
	return e->used <= FREE;
}
