/* SPDX-License-Identifier: MIT */
#include "policy_name.h"

#include "kmsfix/ascii.h"
#include "kmsfix/glob.h"
#include "kmsfix/vec.h"

static bool has_word(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_alnum(s.p[i]))
			return true;
	return false;
}

/* Of "${var.a}-${var.b}" nothing is known that would tell it from another name. */
bool name_is_partly_known(str name)
{
	str part;
	bool ref, known = false, unknown = false;
	while (text_next(&name, &part, &ref)) {
		known |= !ref && has_word(part);
		unknown |= ref;
	}
	return known && unknown;
}

/* The letter at the end: a byte, or a whole reference. */
static str last_letter(str s)
{
	size_t at = s.n - 1;
	while (s.p[s.n - 1] == REF_CLOSE && at && s.p[at] != REF_OPEN)
		at--;
	return str_sub(s, at, s.n);
}

static str first_letter(str s)
{
	return str_sub(s, 0, s.p[0] == REF_OPEN ? text_ref_end(s, 0) : 1);
}

static bool is_known(str name)
{
	return name.n && (text_is_literal(name) || name_is_partly_known(name));
}

/* What is known of one stands where something is known of the other. */
static bool are_comparable(str a, str b)
{
	if (text_is_literal(a) || text_is_literal(b))
		return true;
	return (a.p[0] != REF_OPEN && b.p[0] != REF_OPEN) ||
	       (a.p[a.n - 1] != REF_CLOSE && b.p[b.n - 1] != REF_CLOSE);
}

static void strip_common(str *a, str *b)
{
	while (a->n && b->n && str_eq(first_letter(*a), first_letter(*b))) {
		size_t n = first_letter(*a).n;
		*a = str_sub(*a, n, a->n);
		*b = str_sub(*b, n, b->n);
	}
	while (a->n && b->n && str_eq(last_letter(*a), last_letter(*b))) {
		size_t n = last_letter(*a).n;
		*a = str_sub(*a, 0, a->n - n);
		*b = str_sub(*b, 0, b->n - n);
	}
}

bool names_may_equal(str a, str b)
{
	if (!is_known(a) || !is_known(b) || str_eq(a, b) ||
	    (text_is_literal(a) && text_is_literal(b)))
		return false;
	bool comparable = are_comparable(a, b);
	strip_common(&a, &b);
	if (!comparable && !are_comparable(a, b))
		return false;
	return text_is_literal(a) ? glob_may_match(b, a, GLOB_EXACT) :
				    glob_may_match(a, b, GLOB_EXACT);
}

struct name_entry *name_entry(struct name_index *x, struct arena *a, str name)
{
	struct name_entry *e = map_find(&x->exact, name);
	if (e)
		return e;
	e = ARENA_NEW(a, struct name_entry);
	e->name = name;
	map_put(&x->exact, a, name, e);
	VEC_PUSH(a, &x->all, e);
	if (name_is_partly_known(name))
		VEC_PUSH(a, &x->partly, e);
	return e;
}

void name_entries_find(const struct name_index *x, struct arena *a, str name,
		       struct name_entries *out)
{
	const struct name_entries *maybe = name_is_partly_known(name) ? &x->all : &x->partly;
	struct name_entry *e = map_find(&x->exact, name);
	if (e)
		VEC_PUSH(a, out, e);
	for (size_t i = 0; i < maybe->n; i++)
		if (names_may_equal(maybe->v[i]->name, name))
			VEC_PUSH(a, out, maybe->v[i]);
}

/* ---- policies by their names ---- */

void policy_call(struct model *m, struct policy *p, str name)
{
	if (!m->called)
		m->called = ARENA_NEW(m->arena, struct name_index);
	struct name_entry *e = name_entry(m->called, m->arena, name);
	if (!e->value)
		e->value = ARENA_NEW(m->arena, struct policies);
	struct policies *list = e->value;
	VEC_PUSH(m->arena, list, p);
	strs_add(m->arena, &p->called, name);
}

const struct policies *policies_called(const struct model *m, str name)
{
	const struct name_entry *e = m->called ? map_find(&m->called->exact, name) : NULL;
	return e ? e->value : NULL;
}

void policies_maybe_called(const struct model *m, str name, struct policies *out)
{
	struct name_entries found = { 0 };
	if (m->called)
		name_entries_find(m->called, m->arena, name, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct policies *all = found.v[i]->value;
		for (size_t k = 0; k < all->n; k++)
			VEC_PUSH(m->arena, out, all->v[k]);
	}
}
