/* SPDX-License-Identifier: MIT */
#include "covered.h"

#include "canonical.h"
#include "kmsfix/glob.h"
#include "kmsfix/guard.h"
#include "stricter.h"

/* ---- resources ---- */

/* The key is one of those that the text means at base. */
static bool means_key(const struct twins *to_base, const struct meaning *had, const struct key *key)
{
	const struct key *twin = twin_key(to_base, key);

	for (size_t i = 0; twin && i < had->keys.n; i++)
		if (had->keys.v[i] == twin)
			return true;
	return false;
}

/* A data source of the same address may look for another key than before. */
static bool looks_for_the_same(const struct statement *had, const struct statement *has, str text)
{
	const struct name *was = name_get(had->document->unit, text),
			  *is = name_get(has->document->unit, text);

	return !was || !is || was->kind != NAME_EXTERNAL || is->kind != NAME_EXTERNAL ||
	       (str_eq(was->wanted, is->wanted) && str_eq(was->region, is->region));
}

/* What `had` leaves out, `has` leaves out, too. */
static bool leaves_out_no_less(const struct statement *had, const struct statement *has)
{
	bool found = has->resources.negated;

	for (size_t i = 0; found && i < had->resources.n; i++) {
		found = false;
		for (size_t k = 0; k < has->resources.n; k++)
			found |= str_eq(has->resources.v[k].text, had->resources.v[i].text);
	}
	return found;
}

/* Nothing is known of the resources of either, which are written in the same words. */
static bool are_the_same_unknown(const struct statement *had, const struct statement *has)
{
	const struct node *x = had->resources.node, *y = has->resources.node;

	return x && y ? str_eq(node_source(x), node_source(y)) : x == y;
}

/* One of the resources of a statement of base means no less; NULL, where it has none: all that it
 * may mean does. */
static bool covers_resource(const struct model *base, const struct twins *to_base,
			    const struct statement *had, const struct element *one,
			    const struct wanted *wanted)
{
	const struct statement *has = wanted->use->s;
	str text = wanted->resource ? wanted->resource->text : S("*");
	struct meaning means;

	if (had->resources.negated)
		return leaves_out_no_less(had, has);
	if (!one)
		return !has->resources.n && are_the_same_unknown(had, has);
	resource_meaning(base, had->document, one->text, &means);
	if (means.kind == MEANS_KEYS && wanted->key)
		return means_key(to_base, &means, wanted->key);
	return glob_contains(one->text, text, GLOB_EXACT) && looks_for_the_same(had, has, text);
}

/* ---- times ---- */

static void ask(struct arena *a, struct strs *out, const struct strs *guards)
{
	strs_add_all(a, out, guards);
}

/* An element that is there at times only, or may be something else. */
static void ask_element(struct arena *a, struct strs *out, const struct element *e)
{
	if (!e || !e->maybe)
		return;
	const struct strs guards = guards_in(a, e->guard.n ? e->guard : S("(sometimes)"));
	ask(a, out, &guards);
}

/* Of values that are not all known, what is written. */
static void ask_conditions(struct arena *a, struct strs *out, const struct statement *s)
{
	for (size_t i = 0; i < s->conditions.n; i++) {
		const struct condition_entry *c = &s->conditions.v[i];
		str said = c->open && c->node ? node_source(c->node) : S("");

		strs_add_once(a, out,
			      c->open ? STR_CAT(a, S("(if it is so) "), c->op, S(" "), c->key,
						S(" "), said) :
					describe_condition(&c->condition, a));
	}
}

/* All that a use depends on: guards, conditions, and that what is not known is as it has to be. */
static struct strs asked(const struct use *u, struct arena *a)
{
	const struct statement *s = u->s;
	struct strs out = { 0 };

	ask_conditions(a, &out, s);
	ask(a, &out, &s->guards);
	ask(a, &out, &u->policy->guards);
	ask(a, &out, policy_when(u->policy, s));
	if (u->at) {
		ask(a, &out, &u->at->guards);
		if (u->at->principal)
			ask(a, &out, &u->at->principal->guards);
	}
	if (s->conditions.open)
		strs_add_once(a, &out, S("(if it is so)"));
	if ((s->maybe && !s->guards.n) || (u->at && u->at->maybe))
		strs_add_once(a, &out, S("(sometimes)"));
	if (s->effect != EFFECT_ALLOW)
		strs_add_once(a, &out, S("(if it allows)"));
	return out;
}

bool asks_no_less(const struct statement *had, const struct statement *has, struct arena *a)
{
	struct strs before = { 0 }, now = { 0 };

	ask_conditions(a, &before, had);
	ask_conditions(a, &now, has);
	return asks_all(&now, &before, a);
}

/* ---- all together ---- */

/* Action i of the statement is an action that has the target, perhaps. */
static bool may_have(const struct statement *s, size_t i, unsigned target)
{
	return (action_possible_targets(s->actions.v[i].text) & target) != 0;
}

/* What else is asked where the target is that action, which may be another one. */
static void ask_action(struct arena *a, struct strs *out, const struct element *e, unsigned target)
{
	ask_element(a, out, e);
	if (!(action_targets(e->text) & target))
		strs_add_once(a, out, STR_CAT(a, S("(if it is) "), e->text));
}

struct asking {
	const struct model *base;
	const struct twins *to_base;
	const struct wanted *wanted;
	struct arena *arena;
};

/* The use of base gives the target at no fewer times. */
static bool gives(const struct asking *q, const struct use *had, const struct element *resource,
		  unsigned target, const struct strs *now)
{
	const struct statement *s = had->s;
	struct strs before = asked(had, q->arena);

	if (!covers_resource(q->base, q->to_base, s, resource, q->wanted))
		return false;
	ask_element(q->arena, &before, resource);
	for (size_t i = 0; !s->actions.negated && i < s->actions.n; i++) {
		struct strs with = { 0 };

		if (!may_have(s, i, target))
			continue;
		strs_add_all(q->arena, &with, &before);
		ask_action(q->arena, &with, &s->actions.v[i], target);
		if (asks_all(now, &with, q->arena))
			return true;
	}
	return s->actions.negated && (statement_possible_targets(s) & target) &&
	       asks_all(now, &before, q->arena);
}

static bool is_given(const struct asking *q, const struct uses *had, unsigned target,
		     const struct strs *now)
{
	for (size_t i = 0; had && i < had->n; i++) {
		const struct use *u = &had->v[i];

		for (size_t k = 0; k < u->s->resources.n; k++)
			if (gives(q, u, &u->s->resources.v[k], target, now))
				return true;
		if (!u->s->resources.n && gives(q, u, NULL, target, now))
			return true;
	}
	return false;
}

unsigned uncovered_targets(const struct model *base, const struct twins *to_base,
			   const struct uses *had, const struct wanted *wanted, struct arena *a)
{
	const struct asking q = { base, to_base, wanted, a };
	const struct statement *s = wanted->use->s;
	struct strs now = asked(wanted->use, a);
	unsigned left = 0;

	ask_element(a, &now, wanted->resource);
	if (wanted->key) /* nobody can use it while it is not there */
		ask(a, &now, &wanted->key->guards);
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1) {
		for (size_t i = 0; !s->actions.negated && i < s->actions.n; i++) {
			struct strs with = { 0 };

			if ((left & bit) || !may_have(s, i, bit))
				continue;
			strs_add_all(a, &with, &now);
			ask_action(a, &with, &s->actions.v[i], bit);
			if (!is_given(&q, had, bit, &with))
				left |= bit;
		}
		if (s->actions.negated && (statement_possible_targets(s) & bit) &&
		    !is_given(&q, had, bit, &now))
			left |= bit;
	}
	return left;
}
