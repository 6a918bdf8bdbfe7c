/* SPDX-License-Identifier: MIT */
/* Terms and formulas. A term with fewer atoms holds more often; it makes its supersets needless. */
#include "kmsfix/access.h"
#include "kmsfix/guard.h"
#include "kmsfix/vec.h"

static bool subset(const struct strs *part, const struct strs *whole)
{
	size_t k = 0;
	for (size_t i = 0; i < part->n; i++) {
		while (k < whole->n && str_cmp(whole->v[k], part->v[i]) < 0)
			k++;
		if (k == whole->n || !str_eq(whole->v[k], part->v[i]))
			return false;
	}
	return true;
}

bool formula_covers(const struct formula *f, const struct term *t)
{
	for (size_t i = 0; i < f->n; i++)
		if (subset(&f->v[i].atoms, &t->atoms))
			return true;
	return false;
}

void formula_add(struct arena *a, struct formula *f, const struct term *t)
{
	size_t kept = 0;
	if (formula_covers(f, t))
		return;
	for (size_t i = 0; i < f->n; i++)
		if (!subset(&t->atoms, &f->v[i].atoms))
			f->v[kept++] = f->v[i];
	f->n = kept;
	VEC_PUSH(a, f, *t);
}

bool formula_equal(const struct formula *x, const struct formula *y)
{
	if (x->n != y->n)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (!formula_covers(y, &x->v[i]) || !formula_covers(x, &y->v[i]))
			return false;
	return true;
}

/* What an atom begins with: what kind it is. */
static const str GUARD = { "guard ", 6 }, CONDITION = { "if ", 3 };

str atom_text(str atom)
{
	const str kind = str_starts(atom, GUARD)     ? GUARD :
			 str_starts(atom, CONDITION) ? CONDITION :
						       S("");
	return str_sub(atom, kind.n, atom.n);
}

void term_guards(struct arena *a, struct term *t, const struct strs *guards)
{
	for (size_t i = 0; i < guards->n; i++)
		strs_add_once(a, &t->atoms, STR_CAT(a, GUARD, guards->v[i]));
	strs_sort(&t->atoms);
}

bool term_is_never(struct arena *a, const struct term *t, const struct language *l)
{
	for (size_t i = 0; l->opposite && i < t->atoms.n; i++) {
		str atom = t->atoms.v[i];
		if (str_starts(atom, GUARD) &&
		    strs_has(&t->atoms, STR_CAT(a, GUARD, l->opposite(a, atom_text(atom)))))
			return true;
	}
	return false;
}

struct strs element_guards(struct arena *a, const struct element *e)
{
	bool sometimes = e->maybe && !e->either;
	return guards_in(a, sometimes ? e->guard : S(""));
}

void term_without(struct term *t, const struct strs *guards, struct arena *a)
{
	size_t kept = 0;
	struct term drop = { 0 };
	term_guards(a, &drop, guards);
	for (size_t i = 0; i < t->atoms.n; i++)
		if (!strs_has(&drop.atoms, t->atoms.v[i]))
			t->atoms.v[kept++] = t->atoms.v[i];
	t->atoms.n = kept;
}

/* kms:CallerAccount equal to the key's own account says nothing more about its principals [3.17].
 */
static bool always_holds(const struct key *k, const struct condition *c)
{
	if (!str_eq(c->key, S("kms:calleraccount")) || c->values.n != 1)
		return false;
	if (!str_eq(c->op, S("StringEquals")) && !str_eq(c->op, S("StringLike")))
		return false;
	str value = c->values.v[0];
	const struct name *name = name_get(k->unit, value);
	if (name && name->kind == NAME_ACCOUNT)
		return account_same(name->symbol, k->account);
	return account_same(account_id(k->account), value);
}

void term_conditions(struct arena *a, struct term *t, const struct key *k,
		     const struct statement *s)
{
	for (size_t i = 0; i < s->conditions.n; i++) {
		const struct condition *c = &s->conditions.v[i].condition;
		if (always_holds(k, c))
			continue;
		str atom = str_fmt(a, "%.*s%.*s %.*s", STR_ARG(CONDITION), STR_ARG(c->op),
				   STR_ARG(c->key));
		for (size_t v = 0; v < c->values.n; v++)
			atom = str_fmt(a, "%.*s\n%.*s", STR_ARG(atom), STR_ARG(c->values.v[v]));
		strs_add_once(a, &t->atoms, atom);
	}
	if (s->conditions.open)
		strs_add_once(a, &t->atoms, STR_CAT(a, CONDITION, S("(not known) "), s->which));
	if (s->maybe && !s->guards.n)
		strs_add_once(a, &t->atoms, STR_CAT(a, S("sometimes "), s->which));
	term_guards(a, t, &s->guards);
	strs_sort(&t->atoms);
}
