/* SPDX-License-Identifier: MIT */
/*
 * Places that several keys have in common, because several callers share a module or because count
 * or for_each makes several keys: what is written there must be right for all of them.
 */
#include "kmsfix/vec.h"
#include "placed.h"

static bool same_which(const struct which *x, const struct which *y)
{
	return str_eq(x->name, y->name) && str_eq(x->value, y->value);
}

static const struct which *which_of(const struct placed *p)
{
	return &p->grant->site->site.which;
}

struct scopes {
	const struct scope **v;
	size_t n, cap;
};

/* Who has the text of one place. */
struct sharers {
	struct {
		const struct document **v;
		size_t n, cap;
	} documents;          /* that somebody uses */
	struct scopes own;    /* of keys that could get it as a document of their own */
	struct scopes bodies; /* of keys that it is the body of, or that have no policy by it */
};

static struct sharers *sharers_at(struct placer *x, const struct node *node)
{
	struct sharers *s = map_find_at(&x->sharers, node);
	if (!s) {
		s = ARENA_NEW(x->pl->arena, struct sharers);
		map_put_at(&x->sharers, x->pl->arena, node, s);
	}
	return s;
}

/* Documents may have a place in common that stands in none of them. */
static const struct node *place_of(const struct document *d)
{
	return d->site.node ? d->site.node : d->node;
}

static void index_sharers(struct placer *x)
{
	const struct model *m = x->pl->m;
	if (x->sharers.n)
		return;
	for (size_t i = 0; i < m->documents.n; i++) {
		const struct document *d = m->documents.v[i];
		struct sharers *s = d->uses.n ? sharers_at(x, place_of(d)) : NULL;
		if (s)
			VEC_PUSH(x->pl->arena, &s->documents, d);
	}
	for (size_t i = 0; i < m->keys.n; i++) {
		const struct key *k = m->keys.v[i];
		VEC_PUSH(x->pl->arena, &sharers_at(x, k->vacancy.node)->bodies, k->vacancy.scope);
		for (const struct policy *kp = k->policy; kp; kp = kp->otherwise)
			if (kp->blank)
				VEC_PUSH(x->pl->arena, &sharers_at(x, kp->blank)->bodies, k->scope);
		if (k->own)
			VEC_PUSH(x->pl->arena, &sharers_at(x, place_of(k->own))->own, k->scope);
	}
}

/* The list of principals that is extended is what the call of this module alone gives it. */
static bool is_given(const struct grant *g)
{
	return g->extend && !node_is_within(g->extend->principals.list, g->extend->node);
}

/* What is written there is read with the document: all of it is, but for what only extends a
 * statement that others may not have. */
static bool is_read_by(const struct document *d, const struct placed *p)
{
	const struct statement *extended = p->grant->extend;
	bool found = !extended || d->open;
	for (size_t i = 0; i < d->statements.n && !found; i++)
		found = d->statements.v[i]->node == extended->node;
	return found;
}

/* How many key policies (or keys without one) have the text at the place, or only those of the
 * instance that `which` tells. */
static size_t count_texts(struct placer *x, const struct placed *p, const struct which *which)
{
	const struct document *site = p->grant->site;
	if (is_given(p->grant))
		return 1;
	index_sharers(x);
	const struct sharers *s = sharers_at(x, site ? place_of(site) : p->where);
	if (!site)
		return s->bodies.n;
	size_t n = s->own.n;
	for (size_t i = 0; i < s->documents.n; i++)
		n += is_read_by(s->documents.v[i], p) &&
		     (!which || same_which(&s->documents.v[i]->site.which, which));
	return n;
}

static size_t count_scope(const struct scopes *all, const struct scope *scope)
{
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		n += all->v[i] == scope;
	return n;
}

/* How many of those texts one instance of the module has. */
static size_t count_in(struct placer *x, const struct placed *p, const struct scope *scope)
{
	const struct document *site = p->grant->site;
	index_sharers(x);
	const struct sharers *s = sharers_at(x, site ? place_of(site) : p->where);
	if (!site)
		return count_scope(&s->bodies, scope);
	size_t n = count_scope(&s->own, scope);
	for (size_t i = 0; i < s->documents.n; i++)
		n += s->documents.v[i]->site.scope == scope;
	return n;
}

static bool is_twin(const struct placed *x, const struct placed *y)
{
	return x->where == y->where && x->kind == y->kind &&
	       x->grant->targets == y->grant->targets && str_eq(x->grant->seed, y->grant->seed);
}

/* All placed grants of one text and meaning, in the instances of its module. */
struct twins {
	struct placed **v;
	size_t n, cap;
	bool same; /* one text does for all of them, and there is no other instance */
};

static struct twins twins_of(struct placer *x, size_t first)
{
	struct placed *p = &x->all.v[first];
	struct twins t = { .same = !p->code };
	for (struct placed *each = p; each; each = each->next) {
		if (!is_twin(p, each))
			continue;
		VEC_PUSH(x->pl->arena, &t, each);
		each->done = true;
		t.same &= !each->code && str_eq(each->text, p->text);
	}
	t.same &= t.n == count_texts(x, p, NULL);
	return t;
}

bool place_is_one(struct placer *x, size_t first)
{
	struct twins t = twins_of(x, first);
	for (size_t i = 0; i < t.n; i++)
		t.v[i]->done = false;
	return t.same;
}

/* What is written for one of them is for all. */
static void own_all(struct placer *x, const struct twins *t, const struct placed *p)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->v[i]->text, p->text))
			placed_own(x, p, t->v[i]->grant);
}

static str share_name(struct arena *a, unsigned targets)
{
	const char *verb = !(targets & ~(unsigned)TARGET_DECRYPT) ? "decrypt" :
			   !(targets & TARGET_DECRYPT)            ? "reencrypt" :
								    "decrypt_reencrypt";
	return str_fmt(a, "kms_%s_principal_arns", verb);
}

/* The conditions in the words of the first, when they are the same words for all. */
static bool same_conditions(struct placer *x, const struct twins *t)
{
	struct buf first = { 0 };
	bool same = true;
	for (size_t i = 0; i < t->n; i++) {
		struct placed copy = *t->v[i];
		struct buf b = { 0 };
		struct shape *c = conditions_shape(x->pl->arena, copy.grant->like,
						   copy.grant->delegation);
		same &= !c || placed_carry(x, &copy, c);
		if (c)
			placed_add_text(i ? &b : &first, c);
		same &= !i || str_eq(buf_str(&first), buf_str(&b));
		buf_free(&b);
	}
	buf_free(&first);
	return same;
}

/* Takes those that the only instance can name itself out of what its caller is to give. */
static struct strs take_at_hand(struct placer *x, struct carry_share *share)
{
	struct arena *a = x->pl->arena;
	struct strs own = { 0 }, rest = { 0 };
	for (size_t i = 0; i < share->list.always.n; i++) {
		str text = share->list.always.v[i];
		strs_add(a, placed_at_hand(x, text, share->scope) ? &own : &rest, text);
	}
	share->list.always = rest;
	return own;
}

/* The statement is one instance's, which depends on its caller for all principals: what the others
 * do not set is not looked at there. */
static bool is_alone(struct placer *x, const struct twins *t)
{
	const struct grant *g = t->v[0]->grant;
	for (size_t i = 0; i < g->principals.n; i++)
		if (placed_at_hand(x, g->principals.v[i], placed_scope(g)))
			return false;
	return t->n == 1;
}

static bool has_guards(const struct twins *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->grant->guards.n)
			return true;
	return false;
}

/* The guard of the grant, beside what the statement depends on already. */
static bool add_guard(struct placer *x, struct placed *p, const char **why)
{
	const struct grant *g = p->grant;
	str guard;
	if (!g->guards.n)
		return true;
	if (carry_guards(&x->carrier, &g->guards, placed_scope(g), &guard, why) != CARRIED)
		return false;
	p->shape->when = carry_both(x->pl->arena, guard, p->shape->when);
	return true;
}

static bool same_principals(const struct grant *x, const struct grant *y)
{
	return !strs_missing(&x->principals, &y->principals) &&
	       !strs_missing(&y->principals, &x->principals);
}

/* What the caller of a module gives it is for all keys that have the text there. */
static bool is_for_whole_modules(struct placer *x, const struct twins *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct scope *scope = placed_scope(t->v[i]->grant);
		size_t n = 0;
		for (size_t k = 0; k < t->n; k++) {
			if (placed_scope(t->v[k]->grant) != scope)
				continue;
			n++;
			if (!same_principals(t->v[i]->grant, t->v[k]->grant))
				return false;
		}
		if (n != count_in(x, t->v[i], scope))
			return false;
	}
	return true;
}

/* The variable for which each of them has such a statement already, as soon as its caller sets it;
 * or empty. */
static str awaited(struct placer *x, const struct twins *t)
{
	str first = { 0 };
	for (size_t i = 0; i < t->n; i++) {
		const struct grant *g = t->v[i]->grant;
		str name = g->fills ? carry_awaited(g->fills, placed_scope(g), x->pl->arena) :
				      (str){ 0 };
		if (!name.n || (i && !str_eq(name, first)))
			return (str){ 0 };
		first = name;
	}
	return first;
}

/* The statement is the one that is there. */
static void fill(struct placer *x, const struct twins *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct grant *g = placed_grant(x, t->v[i]);
		g->sid = g->fills->sid;
	}
	placed_own_additions(x, t->v[0]->grant);
}

/* One statement for all instances, its principals in a variable that each caller sets. */
static bool share_place(struct placer *x, struct twins *t, const char **why)
{
	struct arena *a = x->pl->arena;
	struct placed *p = t->v[0];
	struct carry_share *shares = arena_array(a, t->n, sizeof(*shares));
	str variable;
	*why = "what is written there is for other keys, too";
	x->carrier.optional = is_alone(x, t);
	if (p->grant->extend || !same_conditions(x, t) || (t->n > 1 && has_guards(t)) ||
	    !is_for_whole_modules(x, t))
		return false;
	for (size_t i = 0; i < t->n; i++)
		shares[i] = (struct carry_share){ .scope = placed_scope(t->v[i]->grant),
						  .list = placed_list(a, t->v[i]->grant) };
	struct carry_list own = { 0 };
	str named = { 0 }, known = awaited(x, t);
	bool empty = true;
	if (t->n == 1 && count_texts(x, p, NULL) == 1)
		own.always = take_at_hand(x, &shares[0]);
	if (carry_shared(&x->carrier, shares, t->n,
			 known.n ? known : share_name(a, p->grant->targets), known.n != 0,
			 &variable, why) != CARRIED) {
		for (size_t i = 0; i < t->n; i++)
			t->v[i]->refused = shares[i].refused;
		return false;
	}
	if (known.n) {
		fill(x, t);
		return true;
	}
	if (own.always.n &&
	    carry_list(&x->carrier, &own, shares[0].scope, &named, &empty, why) != CARRIED)
		return false;
	if (named.n)
		variable = str_fmt(a, "concat(%.*s, %.*s)", STR_ARG(named), STR_ARG(variable));
	p->code = NULL;
	p->shape = placed_shape(x->pl, p->grant);
	struct shape *c = shape_get(p->shape, S("Condition"));
	if (c && !placed_carry(x, p, c))
		return false;
	placed_set_principals(x, p->shape, variable, empty);
	if (!add_guard(x, p, why))
		return false;
	placed_own_additions(x, p->grant);
	placed_write(x, p);
	return true;
}

/* ---- instances of one block ---- */

/* The place tells the instance of the twin from the others, and all that has the text of this
 * instance says the same. */
static bool is_apart(struct placer *x, const struct twins *t, const struct placed *p)
{
	size_t n = 0;
	if (p->code || p->kind != CHANGE_APPEND_STATEMENTS || !which_of(p)->name.n ||
	    !takes_lists(p->grant->site))
		return false;
	for (size_t i = 0; i < t->n; i++) {
		if (!same_which(which_of(p), which_of(t->v[i])))
			continue;
		n++;
		if (!str_eq(p->text, t->v[i]->text))
			return false;
	}
	return n == count_texts(x, p, which_of(p));
}

/* The statement of the twin, for all instances that are to have it. */
static void write_for(struct placer *x, struct twins *t, struct placed *p)
{
	struct arena *a = x->pl->arena;
	const struct which **all = arena_array(a, t->n, sizeof(*all));
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->v[i]->text, p->text))
			all[n++] = which_of(t->v[i]);
	p->shape->when = carry_both(a, carry_which(a, all, n), p->shape->when);
	placed_write(x, p);
	own_all(x, t, p);
}

/* A statement for each instance of the block that the text stands in, under a condition. */
static bool split_place(struct placer *x, struct twins *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (!t->v[i]->grant->site || !is_apart(x, t, t->v[i]))
			return false;
	for (size_t i = 0; i < t->n; i++) {
		bool first = true;
		for (size_t k = 0; k < i; k++)
			first &= !str_eq(t->v[k]->text, t->v[i]->text);
		if (first)
			write_for(x, t, t->v[i]);
	}
	return true;
}

static bool only_shared(const struct twins *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->code && !str_eq(str_from(t->v[i]->code), S("KEY-MULTI")))
			return false;
	return true;
}

static bool some_refused(const struct twins *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->refused)
			return true;
	return false;
}

void place_settle(struct placer *x, size_t first)
{
	struct twins t = twins_of(x, first);
	const char *why = NULL;
	if (t.same) {
		placed_write(x, t.v[0]);
		own_all(x, &t, t.v[0]);
		return;
	}
	if (split_place(x, &t))
		return;
	bool shared = only_shared(&t) && share_place(x, &t, &why);
	x->carrier.optional = false;
	if (shared)
		return;
	/* Those that are in nobody's way are looked at again, without the others. */
	bool some = some_refused(&t);
	for (size_t i = 0; i < t.n; i++)
		if (!some || t.v[i]->refused)
			placed_refuse(x, t.v[i], t.v[i]->code ? t.v[i]->code : "KEY-MULTI",
				      t.v[i]->refused ? t.v[i]->refused :
				      t.v[i]->why     ? t.v[i]->why :
							why);
}
