/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include "kmsfix/ascii.h"
#include "kmsfix/diag.h"
#include "kmsfix/vec.h"

#define SLUG_MAX 40

/* ---- names ---- */

static void add_slug(struct buf *out, str label)
{
	size_t start = out->n;

	for (size_t i = 0; i < label.n && out->n - start < SLUG_MAX; i++) {
		char c = label.p[i];

		if (ascii_is_upper(c))
			c = (char)(c - 'A' + 'a');
		if (ascii_is_lower(c) || ascii_is_digit(c))
			buf_addc(out, c);
		else if (out->n > start && out->p[out->n - 1] != '-')
			buf_addc(out, '-');
	}
	while (out->n > start && out->p[out->n - 1] == '-')
		out->n--;
}

/* Two labels never have the same name: where the slug is not all of the label, its hash follows. */
const char *parts_branch(struct arena *a, const char *branch, str label)
{
	struct buf b = { 0 };
	const char *name;
	size_t start;

	buf_printf(&b, "%s-", branch);
	start = b.n;
	add_slug(&b, str_eq(label, S(".")) ? S("root") : label);
	if (!str_eq(str_sub(buf_str(&b), start, b.n), label))
		buf_printf(&b, "%s%08x", b.n > start ? "-" : "",
			   (unsigned)(str_hash(label) & 0xffffffff));
	name = str_z(a, buf_str(&b));
	buf_free(&b);
	return name;
}

/* ---- planning ---- */

/* Plans for the findings of the group alone; *whole: nothing of it had to be left out. */
static bool fix_group(struct fix **out, bool *is_whole, const struct fix *whole,
		      const struct group *g, struct arena *a, struct err *e)
{
	struct map *except = ARENA_NEW(a, struct map);
	struct fix *f = ARENA_NEW(a, struct fix);

	for (size_t i = 0; i < whole->plan.findings.n; i++) {
		str id = whole->plan.findings.v[i].id;

		if (!strs_has(&g->ids, id))
			map_put(except, a, id, f);
	}
	*f = *whole;
	f->except = except;
	if (!fix_make(f, e))
		return false;
	*is_whole = group_is_whole(g, &f->plan);
	*out = f;
	return true;
}

static void join(struct arena *a, struct group *to, const struct group *from)
{
	if (!to->ids.n)
		to->label = from->label;
	for (size_t i = 0; i < from->ids.n; i++)
		strs_add(a, &to->ids, from->ids.v[i]);
	strs_sort(&to->ids);
}

struct cutter {
	const struct fix *whole;
	const char *branch, *by;
	struct arena *arena;
	struct parts *out;
};

static void add_part(struct cutter *c, const struct fix *f, const struct group *g)
{
	struct branch_part part = { f, c->branch, { 0 }, g->ids };
	struct buf label = { 0 };

	if (c->by) {
		buf_add_safe(&label, g->label); /* as it will be read from the commit */
		part.branch = parts_branch(c->arena, c->branch, buf_str(&label));
		part.group = str_fmt(c->arena, "%s %.*s", c->by, STR_ARG(buf_str(&label)));
	}
	buf_free(&label);
	VEC_PUSH(c->arena, c->out, part);
}

/*
 * What cannot be done without something of another group is tried together, and if that is not
 * enough either, all of it is one part: that it can be done is proved already.
 */
static bool cut(struct cutter *c, const struct groups *groups, struct err *e)
{
	struct group rest = { 0 }, all = { 0 };
	struct fix *f;
	bool whole = true;

	for (size_t i = 0; i < groups->n; i++) {
		const struct group *g = &groups->v[i];

		join(c->arena, &all, g);
		if (!fix_group(&f, &whole, c->whole, g, c->arena, e))
			return false;
		if (whole)
			add_part(c, f, g);
		else
			join(c->arena, &rest, g);
	}
	if (!rest.ids.n)
		return true;
	if (!fix_group(&f, &whole, c->whole, &rest, c->arena, e))
		return false;
	if (whole) {
		add_part(c, f, &rest);
		return true;
	}
	c->out->n = 0;
	add_part(c, c->whole, &all);
	return true;
}

bool parts_make(struct parts *out, const struct fix *whole, const char *branch, enum group_by by,
		struct arena *a, struct err *e)
{
	struct cutter c = { whole, branch, by == GROUP_ALL ? NULL : group_by_name(by), a, out };
	struct groups groups;

	*out = (struct parts){ 0 };
	/* What is detached first is so for everything that follows. */
	groups_make(&groups, &whole->plan, whole->detached.n ? GROUP_ALL : by, a);
	if (by != GROUP_ALL && !whole->detached.n)
		return cut(&c, &groups, e);
	if (groups.n)
		add_part(&c, whole, &groups.v[0]);
	return true;
}
