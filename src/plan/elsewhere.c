/* SPDX-License-Identifier: MIT */
/*
 * Hand-off between repositories. A permission on a key whose policy is elsewhere is asked for
 * there, and goes when that policy is told to grant it; what others ask for here is a finding that
 * is only granted.
 */
#include "decide.h"
#include "kmsfix/vec.h"

/* ---- what is asked for elsewhere ---- */

static bool is_granted(struct planner *pl, const struct ask *ask, unsigned target)
{
	const struct key_rules *rules = key_rules(&pl->key_rules, pl->arena, ask->key);
	struct formula grants = { 0 };
	struct term need = { 0 };
	term_conditions(pl->arena, &need, ask->key, ask->like);
	key_grants(pl->arena, rules, ask->principal, target, &grants);
	return formula_covers(&grants, &need);
}

/* The same for what IAM policies can give at all: also what the key lets them count under [3.3]. */
static bool is_covered(struct planner *pl, const struct ask *ask, unsigned target)
{
	const struct key_rules *rules = key_rules(&pl->key_rules, pl->arena, ask->key);
	struct formula delegation = { 0 }, grants = { 0 };
	bool lockout = false, all;
	key_delegation(pl->arena, rules->v, target, &delegation, &lockout); /* it has one text */
	key_grants(pl->arena, rules, ask->principal, target, &grants);
	all = delegation.n != 0;
	for (size_t i = 0; i < delegation.n; i++) {
		struct term need = { 0 };
		strs_add_all(pl->arena, &need.atoms, &delegation.v[i].atoms);
		term_conditions(pl->arena, &need, ask->key, ask->like);
		all &= formula_covers(&grants, &need);
	}
	return all || is_granted(pl, ask, target);
}

void decide_elsewhere(struct planner *pl, struct candidate *c, struct issues *holds,
		      const struct ask *what)
{
	struct ask ask = *what;
	ask.like = c->s;
	ask.landed = true;
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
		if (ask.targets & bit)
			ask.landed &= is_covered(pl, &ask, bit);
	VEC_PUSH(pl->arena, &c->asks, ask);
	check_accounts(pl, c, holds, ask.principal, ask.key);
	if (ask.landed) {
		c->granted_already = true;
		c->rests_on |= ask.key->live ? RESTS_FACTS : RESTS_RECEIPT;
		return;
	}
	issue_add(pl->arena, holds, "KEY-EXTERNAL",
		  ask.key->policy ? "the policy of the key '%.*s', which is not declared in this "
				    "repository, does not grant it yet" :
				    "the key '%.*s' is not declared in this repository",
		  STR_ARG(ask.key->address));
}

/* Nothing but the key's being elsewhere is in the way. */
static bool is_only_elsewhere(const struct finding *f)
{
	for (size_t i = 0; i < f->holds.n; i++)
		if (!str_eq(str_from(f->holds.v[i].code), S("KEY-EXTERNAL")))
			return false;
	return true;
}

void add_asks(struct planner *pl, const struct candidate *c, const struct finding *f)
{
	bool held = f->outcome == OUTCOME_HELD;
	bool only = is_only_elsewhere(f);
	/* What somebody asks for here is nothing that this repository needs elsewhere. */
	if (is_request(c) || (!held && f->outcome != OUTCOME_FIXED))
		return;
	for (size_t i = 0; i < c->asks.n; i++) {
		struct ask ask = c->asks.v[i];
		ask.vain = !only;
		if (ask.vain && ask.landed)
			continue;
		/* Of a statement that is split, each part asks for what it is about. */
		if (c->split && held != (c->resources.v[ask.resource].fate == FATE_STAY))
			continue;
		ask.finding = f->id;
		VEC_PUSH(pl->arena, &pl->plan->asks, ask);
	}
}

/* ---- what others ask for here ---- */

bool is_request(const struct candidate *c)
{
	return c->s->document->request != NULL;
}

static const struct statement *granting(const struct key *k, const struct principal *p,
					unsigned target)
{
	for (size_t i = 0; k->policy && i < k->policy->statements.n; i++) {
		const struct statement *s = k->policy->statements.v[i];
		if ((statement_live_targets(s) & target) && statement_grants(k, s, p))
			return s;
	}
	return NULL;
}

void note_landed(struct planner *pl, struct candidate *c, const struct key *k,
		 const struct principal *who, unsigned target)
{
	const struct ask code = { .like = c->s, .key = k, .principal = who };
	const struct ask live = { .like = c->s, .key = k->live, .principal = who };
	if (!is_request(c))
		return;
	if (!is_granted(pl, &code, target) || (k->live && !is_granted(pl, &live, target)))
		c->unlanded = true;
	else if (!c->granted_by)
		c->granted_by = granting(k, who, target);
}

void hold_request(struct planner *pl, struct candidate *c)
{
	if (c->moves.n)
		c->rests_on |= RESTS_REQUEST;
	if (c->dead_code)
		hold(pl, c, c->dead_code, "%.*s", STR_ARG(c->dead_reason));
	for (size_t i = 0; c->moves.n && i < c->s->uses.n; i++)
		if (c->s->uses.v[i]->live && (c->targets & ~c->s->uses.v[i]->live_targets))
			hold(pl, c, "DRIFT",
			     "by its IAM policies in the account, the principal may not do what is "
			     "asked for");
	if (c->take != c->targets)
		hold(pl, c, "TEMPLATE", "the statement template '%.*s' does not grant all of it",
		     STR_ARG(pl->tpl->name));
}

str request_unit(const struct candidate *c)
{
	const struct meaning *m = c->resources.n ? &c->resources.v[0].meaning : NULL;
	bool here = m && m->keys.n && !m->keys.v[0]->elsewhere;
	return here ? m->keys.v[0]->unit->path : c->s->document->unit->path;
}

void grant_finding(const struct candidate *c, struct finding *f)
{
	f->outcome = OUTCOME_GRANTED;
	f->reason = c->moves.n ? S("granted in the key policy, as requested") :
				 S("the key policy grants what is requested");
	f->pending = c->moves.n != 0;
	f->granted_by = c->unlanded ? NULL : c->granted_by;
}
