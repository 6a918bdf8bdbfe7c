/* SPDX-License-Identifier: MIT */
#include "kmsfix/proof.h"

#include "canonical.h"
#include "grants.h"
#include "kmsfix/access.h"
#include "kmsfix/bystander.h"
#include "kmsfix/vec.h"
#include "second_run.h"
#include "twin.h"

static void fail(struct proof *p, struct arena *a, const char *what, str detail)
{
	if (!p->holds)
		return;
	p->holds = false;
	p->failure = str_fmt(a, "%s: %.*s", what, STR_ARG(detail));
}

/* Fails when the second of two sorted lists lacks something of the first. */
static void fail_missing(struct proof *p, struct arena *a, const char *what, const struct strs *x,
			 const struct strs *y)
{
	const str *missing = strs_missing(x, y);
	if (missing)
		fail(p, a, what, *missing);
}

/* ---- access ---- */

/* `nobody`: whose access in `y` those have that are only in `x`; NULL: they have none. */
static void compare_cells(struct proof *p, struct arena *a, const struct matrix *x,
			  struct matrix *y, const str *nobody, const char *what)
{
	static const struct formula nothing = { 0 };
	for (size_t i = 0; i < x->cells.n; i++) {
		const struct cell *c = x->cells.v[i], *other = matrix_twin(y, c);
		const struct cell someone = { .key = c->key, .who = nobody };
		if (!other && nobody)
			other = matrix_twin(y, &someone);
		for (size_t k = 0; k < TARGET_COUNT; k++)
			if ((c->targets >> k & 1) &&
			    !formula_equal(&c->formulas[k], other ? &other->formulas[k] : &nothing))
				fail(p, a, what, cell_name(a, c, 1u << k));
	}
}

static void compare_access(struct proof *p, const struct model *before, const struct model *after,
			   struct arena *a)
{
	struct map names = { 0 };
	struct matrix x, y;
	const str *lost;
	matrix_build(&x, before, &names);
	matrix_build(&y, after, &names);
	p->principals = x.principals;
	p->keys = x.keys;
	p->checked = x.checked;
	lost = matrix_lost(&x, &y);
	if (lost)
		fail(p, a, "access changes", *lost);
	compare_cells(p, a, &x, &y, NULL, "access changes");
	/* A new data source is only a name of somebody: what a key gives everybody, they had. */
	compare_cells(p, a, &y, &x, matrix_stranger(&x), "access appears");
}

/* ---- statements ---- */

/* Texts grouped by the place they are written in; the multiset of each must be as expected. */
struct place {
	struct strs expected, found;
};

struct places {
	struct map index;
	struct {
		struct place **v;
		size_t n, cap;
	} all;
};

static struct place *place_at(struct places *ps, struct arena *a, str unit, str address, str path)
{
	str name = STR_CAT(a, unit, S("|"), address, S("|"), path);
	struct place *p = map_find(&ps->index, name);
	if (!p) {
		p = ARENA_NEW(a, struct place);
		map_put(&ps->index, a, name, p);
		VEC_PUSH(a, &ps->all, p);
	}
	return p;
}

/* The address of a text that stands apart is that of the block that reads it first, which may be
 * another one afterwards: it is known by its policy, and that of several policies by its file. */
static str known_by(const struct document *d)
{
	if (!d->apart || !d->uses.n)
		return d->address;
	return d->uses.n > 1 ? S("") : d->uses.v[0]->address;
}

static struct place *place_of(struct places *ps, struct arena *a, const struct document *d)
{
	return place_at(ps, a, d->unit->path, known_by(d), d->file->path);
}

static void expect_split(struct place *place, const struct rewrite *rw, struct statement_text t,
			 struct arena *a)
{
	t.sid = rw->split_sid;
	t.actions = rw->split_actions;
	t.resources = rw->split_resources;
	strs_add_all(a, &t.guards, &rw->split_guards);
	t.flags = S("000000000");
	strs_add(a, &place->expected, statement_render(&t, a));
}

/* What stays of a list, as it was: there for sure, or only at times; or once so and once so. */
static struct strs rewritten(const struct elements *had, const struct strs *texts, struct arena *a)
{
	struct strs out = { 0 };
	for (size_t i = 0; i < texts->n; i++) {
		bool written = false;
		for (size_t k = 0; k < had->n; k++) {
			const struct element *e = &had->v[k];
			if (!str_eq(e->text, texts->v[i]))
				continue;
			strs_add_once(a, &out,
				      e->maybe ? STR_CAT(a, S("maybe "), e->text) : e->text);
			written = true;
		}
		if (!written)
			strs_add_once(a, &out, texts->v[i]);
	}
	return out;
}

static void expect_statement(struct place *place, const struct statement *s,
			     const struct rewrite *rw, const struct grant *extended,
			     struct arena *a)
{
	struct statement_text t;
	statement_describe(&t, s, a);
	if (rw && rw->split)
		expect_split(place, rw, t, a);
	if (rw && rw->dropped)
		return;
	if (rw) {
		t.actions = rewritten(&s->actions, &rw->actions, a);
		t.resources = rewritten(&s->resources, &rw->resources, a);
	}
	for (size_t i = 0; extended && i < extended->principals.n; i++)
		strs_add(a, &t.principals, STR_CAT(a, S("AWS:"), extended->principals.v[i]));
	strs_add(a, &place->expected, statement_render(&t, a));
}

static str grant_text(const struct grant *g, struct arena *a)
{
	struct statement_text t = {
		.sid = g->sid, .effect = EFFECT_ALLOW, .guards = g->guards, .flags = S("000000100")
	};
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
		if (g->targets & bit)
			strs_add(a, &t.actions, str_from(target_name(bit)));
	strs_add(a, &t.resources, S("*"));
	for (size_t i = 0; i < g->principals.n; i++)
		strs_add(a, &t.principals, STR_CAT(a, S("AWS:"), g->principals.v[i]));
	describe_conditions(&t.conditions, g->like, a);
	if (g->delegation)
		describe_conditions(&t.conditions, g->delegation, a);
	return statement_render(&t, a);
}

/* The default policy, written out once for a key that had none. */
static void expect_default(struct place *place, const struct key *k, struct arena *a)
{
	struct statement_text t = { .sid = S("Enable IAM User Permissions"),
				    .effect = EFFECT_ALLOW,
				    .flags = S("000000100") };
	strs_add(a, &t.actions, S("kms:*"));
	strs_add(a, &t.resources, S("*"));
	strs_add(a, &t.principals,
		 str_fmt(a, "AWS:arn:%.*s:iam::%.*s:root", STR_ARG(k->vacancy.partition_ref),
			 STR_ARG(k->vacancy.account_ref)));
	strs_add(a, &place->expected, statement_render(&t, a));
}

/* A key that had AWS's default policy, and the text of its policy that said so, if one did. */
struct unset {
	const struct key *key;
	const struct policy *of;
};

struct unsets {
	struct unset *v;
	size_t n, cap;
};

static struct place *unset_place_of(struct places *ps, struct arena *a, const struct unset *u)
{
	const struct node *where = u->of ? u->of->blank : u->key->vacancy.node;
	return place_at(ps, a, u->key->unit->path, u->of ? u->of->address : u->key->address,
			where->tree->file->path);
}

/* A policy that is written where there was none is that of every key that is made there. */
static void find_defaults(struct unsets *out, const struct model *before, const struct plan *plan,
			  struct arena *a)
{
	struct map written = { 0 };
	for (size_t i = 0; i < plan->grants.n; i++) {
		const struct grant *g = &plan->grants.v[i];
		if (!g->site)
			map_put_at(&written, a, unset_place(g), g->key);
	}
	for (size_t i = 0; written.n && i < before->keys.n; i++) {
		struct unset u = { before->keys.v[i], NULL };
		if (u.key->unset && map_find_at(&written, u.key->vacancy.node))
			VEC_PUSH(a, out, u);
		for (u.of = u.key->policy; u.of; u.of = u.of->otherwise)
			if (u.of->blank && map_find_at(&written, u.of->blank))
				VEC_PUSH(a, out, u);
	}
}

/* The first grant that extends each statement. */
static void index_extensions(struct map *index, const struct plan *plan, struct arena *a)
{
	for (size_t i = plan->grants.n; i-- > 0;)
		if (plan->grants.v[i].extend)
			map_put_at(index, a, plan->grants.v[i].extend, &plan->grants.v[i]);
}

static void index_rewrites(struct map *index, const struct plan *plan, struct arena *a)
{
	for (size_t i = 0; i < plan->rewrites.n; i++)
		map_put_at(index, a, plan->rewrites.v[i].s, &plan->rewrites.v[i]);
}

static void expect(struct places *ps, const struct model *before, const struct plan *plan,
		   struct arena *a)
{
	struct map rewrites = { 0 }, extensions = { 0 };
	index_rewrites(&rewrites, plan, a);
	index_extensions(&extensions, plan, a);
	for (size_t i = 0; i < before->statements.n; i++) {
		const struct statement *s = before->statements.v[i];
		expect_statement(place_of(ps, a, s->document), s, map_find_at(&rewrites, s),
				 s->principals.present ? map_find_at(&extensions, s) : NULL, a);
	}
	struct unsets defaults = { 0 };
	find_defaults(&defaults, before, plan, a);
	for (size_t i = 0; i < defaults.n; i++)
		expect_default(unset_place_of(ps, a, &defaults.v[i]), defaults.v[i].key, a);
	for (size_t i = 0; i < plan->grants.n; i++) {
		const struct grant *g = &plan->grants.v[i];
		const struct unset u = { g->key, g->of };
		struct place *place = g->site ? place_of(ps, a, g->site) :
						unset_place_of(ps, a, &u);
		if (!g->extend)
			strs_add(a, &place->expected, grant_text(g, a));
	}
}

static void compare_statements(struct proof *p, const struct model *before, const struct plan *plan,
			       const struct model *after, struct arena *a)
{
	struct places ps = { 0 };
	expect(&ps, before, plan, a);
	for (size_t i = 0; i < after->statements.n; i++) {
		struct statement_text t;
		statement_describe(&t, after->statements.v[i], a);
		strs_add(a, &place_of(&ps, a, after->statements.v[i]->document)->found,
			 statement_render(&t, a));
	}
	for (size_t i = 0; i < ps.all.n; i++) {
		struct strs *x = &ps.all.v[i]->expected, *y = &ps.all.v[i]->found;
		bool same = x->n == y->n;
		strs_sort(x);
		strs_sort(y);
		fail_missing(p, a, "a statement is lost or changed", x, y);
		fail_missing(p, a, "a statement is not as planned", y, x);
		if (!same)
			fail(p, a, "the number of statements is not as planned",
			     x->n ? x->v[0] : S("(none)"));
	}
}

/* ---- policies and attachments ---- */

static str policy_text(const struct policy *p, struct arena *a)
{
	str who = policy_holders(p, a);
	str out = str_fmt(a, "%.*s %.*s kind %d open %d", STR_ARG(p->unit->path),
			  STR_ARG(p->address), p->kind, p->open);
	return who.n ? STR_CAT(a, out, S(", "), who) : out;
}

/* Those that stay, and one for each key that gets its first. */
static void add_staying(struct strs *expected, const struct model *before, const struct plan *plan,
			struct arena *a)
{
	struct map gone = { 0 };
	for (size_t i = 0; i < plan->emptied.n; i++)
		map_put_at(&gone, a, plan->emptied.v[i], &gone);
	for (size_t i = 0; i < before->policies.n; i++)
		if (!map_find_at(&gone, before->policies.v[i]))
			strs_add(a, expected, policy_text(before->policies.v[i], a));
	struct unsets defaults = { 0 };
	find_defaults(&defaults, before, plan, a);
	for (size_t i = 0; i < defaults.n; i++)
		if (!defaults.v[i].of)
			strs_add(a, expected,
				 str_fmt(a, "%.*s %.*s kind %d open 0",
					 STR_ARG(defaults.v[i].key->unit->path),
					 STR_ARG(defaults.v[i].key->address), POLICY_KEY));
}

static void compare_policies(struct proof *p, const struct model *before, const struct plan *plan,
			     const struct model *after, struct arena *a)
{
	struct strs expected = { 0 }, found = { 0 };
	add_staying(&expected, before, plan, a);
	for (size_t i = 0; i < after->policies.n; i++)
		strs_add(a, &found, policy_text(after->policies.v[i], a));
	strs_sort(&expected);
	strs_sort(&found);
	fail_missing(p, a, "a policy or attachment is lost", &expected, &found);
	fail_missing(p, a, "a policy or attachment appears", &found, &expected);
}

/* ---- default policies ---- */

/*
 * A default policy that is written out must be known to be of the key's account: that KMS would
 * refuse any other [4.9] says so of a policy that is in force, not of a new one.
 */
static void check_defaults(struct proof *p, const struct model *before, const struct plan *plan,
			   const struct model *after, struct arena *a)
{
	struct unsets defaults = { 0 };
	struct map written = { 0 };
	find_defaults(&defaults, before, plan, a);
	for (size_t i = 0; i < defaults.n; i++)
		map_put(&written, a,
			STR_CAT(a, defaults.v[i].key->unit->path, S(" "),
				defaults.v[i].key->address),
			&written);
	for (size_t i = 0; written.n && i < after->keys.n; i++) {
		const struct key *k = after->keys.v[i];
		bool lockout = false;
		if (!map_find(&written, STR_CAT(a, k->unit->path, S(" "), k->address)) ||
		    !k->policy)
			continue;
		for (size_t j = 0; j < k->policy->statements.n; j++)
			statement_delegates(k, k->policy->statements.v[j], &lockout);
		if (lockout)
			fail(p, a, "a new key policy may be for another account", k->address);
	}
}

/* ---- documents of one key's own ---- */

static void describe_policy(struct strs *out, const struct policy *p, struct arena *a)
{
	for (size_t i = 0; p && i < p->statements.n; i++) {
		struct statement_text t;
		statement_describe(&t, p->statements.v[i], a);
		strs_add(a, out, statement_render(&t, a));
	}
}

/* The text of the key's policy that is there under the same guards. */
static const struct policy *same_case(const struct policy *p, const struct key *now)
{
	const struct policy *q = now ? now->policy : NULL;
	while (q && (p->guards.n != q->guards.n || !strs_has_all(&q->guards, &p->guards)))
		q = q->otherwise;
	return q;
}

/* The key's policy comes from another document now: it has all that the old one had, and what is
 * granted. */
static void check_own_document(struct proof *p, const struct plan *plan, const struct policy *of,
			       const struct key *now, struct arena *a)
{
	struct strs expected = { 0 }, found = { 0 };
	describe_policy(&expected, of, a);
	for (size_t i = 0; i < plan->grants.n; i++) {
		const struct grant *g = &plan->grants.v[i];
		if (g->key == of->key && (!g->of || g->of == of) && !g->extend)
			strs_add(a, &expected, grant_text(g, a));
	}
	describe_policy(&found, same_case(of, now), a);
	strs_sort(&expected);
	strs_sort(&found);
	fail_missing(p, a, "a key policy loses a statement", &expected, &found);
	fail_missing(p, a, "a key policy gets a statement", &found, &expected);
}

static void check_own_documents(struct proof *p, const struct model *before,
				const struct plan *plan, const struct model *after, struct arena *a)
{
	struct twins twins = { 0 };
	struct map checked = { 0 };
	for (size_t i = 0; i < plan->grants.n; i++) {
		const struct grant *g = &plan->grants.v[i];
		str name = STR_CAT(a, g->key->unit->path, S(" "), g->key->address);
		if (!g->site || g->site->site.kind != SITE_OWN_DOCUMENT || map_find(&checked, name))
			continue;
		if (!twins.arena)
			twins_index(&twins, after, before, NULL, a);
		map_put(&checked, a, name, &checked);
		for (const struct policy *of = g->key->policy; of; of = of->otherwise)
			check_own_document(p, plan, of, twin_key(&twins, g->key), a);
	}
}

/* ---- what is not known of a unit ---- */

/* A file that does not parse any more, or that refers to what is gone. The reasons name places,
 * which an edit may move, so they are counted and not compared. */
static void compare_units(struct proof *p, const struct model *before, const struct model *after,
			  struct arena *a)
{
	struct map units = { 0 };
	for (size_t i = 0; i < before->units.n; i++)
		map_put(&units, a, before->units.v[i]->path, before->units.v[i]);
	for (size_t i = 0; i < after->units.n; i++) {
		const struct unit *now = after->units.v[i], *was = map_find(&units, now->path);
		if (now->issues.told > (was ? was->issues.told : 0))
			fail(p, a, "less is known of the result",
			     now->issues.v[now->issues.n - 1].reason);
	}
}

/* ---- what is no part of the model ---- */

static void check_bystanders(struct proof *p, const struct model *before, const struct model *after,
			     struct arena *a)
{
	str changed = bystander_changed(before, after, a);
	if (changed.n)
		fail(p, a, "something that is no part of the plan changes", changed);
}

/* ---- what a second run would do ---- */

static void compare_findings(struct proof *p, const struct plan *plan, const struct plan *again,
			     struct arena *a)
{
	struct strs x = { 0 }, y = { 0 };
	const struct finding *changes = second_run_held(&y, again, again, a);
	second_run_held(&x, plan, again, a);
	if (changes)
		fail(p, a, "a second run would still change something",
		     second_run_place(changes, a));
	if (again->grants.n)
		fail(p, a, "a second run would still grant something",
		     again->grants.v[0].key->address);
	fail_missing(p, a, "a held finding is gone", &x, &y);
	fail_missing(p, a, "a finding appears", &y, &x);
}

void proof_check(struct proof *out, const struct model *before, const struct plan *plan,
		 const struct model *after, const struct plan *again, struct arena *a)
{
	*out = (struct proof){ .holds = true };
	compare_access(out, before, after, a);
	compare_units(out, before, after, a);
	compare_statements(out, before, plan, after, a);
	compare_policies(out, before, plan, after, a);
	check_defaults(out, before, plan, after, a);
	check_own_documents(out, before, plan, after, a);
	check_bystanders(out, before, after, a);
	compare_findings(out, plan, again, a);
}

void proof_grants(struct proof *out, const struct model *before, const struct model *granted,
		  struct arena *a)
{
	*out = (struct proof){ .holds = true };
	compare_access(out, before, granted, a);
	check_bystanders(out, before, granted, a);
}
