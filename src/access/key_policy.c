/* SPDX-License-Identifier: MIT */
/* What the statements of a key policy do: delegate to the key's account, or grant directly. */
#include "kmsfix/access.h"
#include "kmsfix/glob.h"
#include "kmsfix/principal.h"
#include "kmsfix/vec.h"

/* KMS takes no key policy that has more of them: the shortest has 60 of 32768 characters [6.1].
 * Each asks who administers the key, which is looked for in all. */
#define MAX_STATEMENTS 1024

unsigned statement_targets(const struct statement *s)
{
	unsigned targets = 0;
	if (s->actions.negated && s->actions.open)
		return 0;
	if (s->actions.negated) { /* everything but what the list may cover [1.8] */
		for (size_t i = 0; i < s->actions.n; i++)
			targets |= action_possible_targets(s->actions.v[i].text);
		return TARGET_ALL & ~targets;
	}
	for (size_t i = 0; i < s->actions.n; i++)
		if (!s->actions.v[i].maybe)
			targets |= action_targets(s->actions.v[i].text);
	return targets;
}

unsigned statement_possible_targets(const struct statement *s)
{
	unsigned covered = 0;
	for (size_t i = 0; i < s->actions.n; i++)
		covered |= s->actions.negated ? action_targets(s->actions.v[i].text) :
						action_possible_targets(s->actions.v[i].text);
	return s->actions.negated ? TARGET_ALL & ~covered : covered;
}

/* "this KMS key": a statement without Resource has no effect [3.5]. */
static bool covers_key(const struct statement *s)
{
	if (s->resources.negated || !s->resources.present)
		return false;
	for (size_t i = 0; i < s->resources.n; i++)
		if (str_eq(s->resources.v[i].text, S("*")) && !s->resources.v[i].maybe)
			return true;
	return false;
}

/* What is not understood, say a member with a computed name, may be a condition. */
static bool is_grant(const struct statement *s)
{
	return s->effect == EFFECT_ALLOW && !s->issues.n && !s->principals.negated &&
	       s->actions.present && covers_key(s);
}

static enum ownership whose(const struct key *k, str account)
{
	const struct name *name = name_get(k->unit, account);
	str own = account_id(k->account);
	if (name && name->kind == NAME_ACCOUNT)
		return account_same(name->symbol, k->account) ? OWNER_SELF : OWNER_UNSURE;
	if (own.n && text_is_literal(account))
		return str_eq(own, account) ? OWNER_SELF : OWNER_OTHER;
	return OWNER_UNSURE;
}

static bool administers(const struct statement *s)
{
	if (!is_grant(s) || s->conditions.n || s->conditions.open || s->maybe)
		return false;
	for (size_t i = 0; i < s->actions.n; i++)
		if (action_matches(s->actions.v[i].text, S("kms:PutKeyPolicy")))
			return !s->actions.negated;
	return s->actions.negated;
}

/* Under a condition, at times, or by an action that is not known. */
static bool may_administer(const struct statement *s)
{
	if (s->effect == EFFECT_DENY)
		return false;
	for (size_t i = 0; !s->actions.negated && !s->actions.open && i < s->actions.n; i++)
		if (glob_may_match(s->actions.v[i].text, S("kms:PutKeyPolicy"), GLOB_FOLD))
			return true;
	return s->actions.negated || s->actions.open;
}

/* All principals of the statement are one account, and that one; an empty one becomes it. */
static bool is_of_account(const struct statement *s, str *account)
{
	for (size_t i = 0; i < s->principals.n; i++) {
		const struct principal_element *e = &s->principals.v[i];
		struct principal_ref ref = principal_parse(e->type, e->element.text);
		if (ref.form != PRINCIPAL_ACCOUNT || (account->n && !str_eq(ref.account, *account)))
			return false;
		*account = ref.account;
	}
	return !s->principals.open && !s->principals.negated;
}

/* The one account whose principals are all that may change the policy, and surely do; else empty.
 */
static str administrator(const struct policy *p)
{
	str account = { 0 };
	bool sure = false;
	if (p->open || p->statements.n > MAX_STATEMENTS)
		return account;
	for (size_t i = 0; i < p->statements.n; i++) {
		const struct statement *s = p->statements.v[i];
		if (!may_administer(s))
			continue;
		if (!is_of_account(s, &account))
			return (str){ 0 };
		sure |= administers(s);
	}
	return sure ? account : (str){ 0 };
}

/*
 * KMS refuses a policy that leaves its caller unable to change it [4.9]. When the only principals
 * that may change it are one account, that account is the key's own: its text, else empty.
 */
static str sole_administrator(const struct key *k)
{
	str account = { 0 };
	for (const struct policy *p = k->unchecked ? NULL : k->policy; p; p = p->otherwise) {
		str own = administrator(p);
		if (!own.n || (account.n && !str_eq(own, account)))
			return (str){ 0 };
		account = own;
	}
	return account;
}

enum ownership key_owner(const struct key *k, str account, bool *lockout)
{
	enum ownership known = whose(k, account);
	str sole = known == OWNER_UNSURE ? sole_administrator(k) : (str){ 0 };
	if (!sole.n)
		return known;
	if (str_eq(sole, account)) {
		*lockout = true;
		return OWNER_SELF;
	}
	return text_is_literal(sole) && text_is_literal(account) ? OWNER_OTHER : OWNER_UNSURE;
}

/* A whole reference that names an account id delegates like the id itself [3.4]. */
static struct principal_ref parse(const struct key *k, const struct principal_element *e)
{
	struct principal_ref ref = principal_parse(e->type, e->element.text);
	const struct name *name = name_get(k->unit, e->element.text);
	if (ref.form == PRINCIPAL_REFERENCE && name && name->kind == NAME_ACCOUNT) {
		ref.form = PRINCIPAL_ACCOUNT;
		ref.account = e->element.text;
	}
	return ref;
}

bool statement_delegates(const struct key *k, const struct statement *s, bool *lockout)
{
	if (!is_grant(s))
		return false;
	for (size_t i = 0; i < s->principals.n; i++) {
		const struct principal_element *e = &s->principals.v[i];
		struct principal_ref ref = parse(k, e);
		if (ref.form != PRINCIPAL_ACCOUNT || e->element.maybe)
			continue;
		if (key_owner(k, ref.account, lockout) == OWNER_SELF)
			return true;
	}
	return false;
}

bool statement_grants(const struct key *k, const struct statement *s, const struct principal *p)
{
	if (!is_grant(s))
		return false;
	for (size_t i = 0; i < s->principals.n; i++) {
		const struct principal_element *e = &s->principals.v[i];
		const struct name *name = name_get(k->unit, e->element.text);
		if (e->element.maybe)
			continue;
		if (principal_parse(e->type, e->element.text).form == PRINCIPAL_STAR)
			return true;
		if (!str_eq(e->type, S("AWS")))
			continue;
		if (p->literal.n && str_eq(e->element.text, p->literal))
			return true;
		if (name && name->kind == NAME_PRINCIPAL && name->principal == p)
			return true;
	}
	return false;
}

/* True when a condition of the statement, which is there for sure, can never hold for the target
 * [5.9]. */
static bool is_dead(const struct statement *s, unsigned target)
{
	for (size_t i = 0; i < s->conditions.n; i++) {
		const struct condition_entry *c = &s->conditions.v[i];
		if (!c->open && condition_check(&c->condition, target).verdict == CONDITION_DEAD)
			return true;
	}
	return false;
}

unsigned statement_live_targets(const struct statement *s)
{
	unsigned targets = statement_targets(s);
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
		if ((targets & bit) && is_dead(s, bit))
			targets &= ~bit;
	return targets;
}

static bool is_for_everybody(const struct key *k, const struct statement *s)
{
	for (size_t i = 0; is_grant(s) && i < s->principals.n; i++)
		if (parse(k, &s->principals.v[i]).form == PRINCIPAL_STAR)
			return true;
	return false;
}

bool key_is_public(const struct key *k)
{
	for (const struct policy *p = k->policy; p; p = p->otherwise)
		for (size_t i = 0; i < p->statements.n; i++)
			if (is_for_everybody(k, p->statements.v[i]))
				return true;
	return false;
}

static void add_rule(struct arena *a, struct key_case *c, const struct statement *s)
{
	const struct key *k = c->key;
	struct key_rule rule = { .s = s };
	if (is_grant(s))
		rule.targets = statement_live_targets(s);
	if (!rule.targets)
		return;
	term_conditions(a, &rule.term, k, s);
	term_without(&rule.term, &k->guards, a);
	rule.delegates = statement_delegates(k, s, &rule.lockout);
	VEC_PUSH(a, c, rule);
}

static void add_case(struct arena *a, struct key_rules *rules, const struct policy *p)
{
	struct key_case c = { .key = rules->key, .policy = p };
	for (size_t i = 0; p && i < p->guards.n; i++)
		if (!strs_has(&rules->key->guards, p->guards.v[i]))
			strs_add_once(a, &c.guards, p->guards.v[i]);
	for (size_t i = 0; p && i < p->statements.n; i++)
		add_rule(a, &c, p->statements.v[i]);
	VEC_PUSH(a, rules, c);
}

const struct key_rules *key_rules(struct map *known, struct arena *a, const struct key *k)
{
	struct key_rules *rules = map_find_at(known, k);
	if (rules)
		return rules;
	rules = ARENA_NEW(a, struct key_rules);
	rules->key = k;
	for (const struct policy *p = k->policy; p; p = p->otherwise)
		add_case(a, rules, p);
	if (!k->policy)
		add_case(a, rules, NULL);
	map_put_at(known, a, k, rules);
	return rules;
}

void key_delegation(struct arena *a, const struct key_case *c, unsigned target, struct formula *out,
		    bool *lockout)
{
	struct term always = { 0 };
	if (c->key->unset || c->key->delegates || (c->policy && c->policy->unset))
		formula_add(a, out, &always);
	for (size_t i = 0; i < c->n; i++) {
		const struct key_rule *rule = &c->v[i];
		if (!rule->delegates || !(rule->targets & target))
			continue;
		*lockout |= rule->lockout;
		formula_add(a, out, &rule->term);
	}
}

/* A guard of the term and the opposite of one of the text's do not hold together. */
bool term_in_case(struct arena *a, struct term *t, const struct key_case *c)
{
	struct term never = { 0 };
	if (!c->guards.n)
		return true;
	term_guards(a, &never, &c->policy->never);
	for (size_t i = 0; i < never.atoms.n; i++)
		if (strs_has(&t->atoms, never.atoms.v[i]))
			return false;
	term_guards(a, t, &c->guards);
	return true;
}

static void add_grants(struct arena *a, const struct key_case *c, const struct principal *p,
		       unsigned target, struct formula *out)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct key_rule *rule = &c->v[i];
		struct term t = { 0 };
		if (!(rule->targets & target) || !statement_grants(c->key, rule->s, p))
			continue;
		for (size_t k = 0; k < rule->term.atoms.n; k++)
			strs_add(a, &t.atoms, rule->term.atoms.v[k]);
		term_guards(a, &t, &p->guards); /* nobody is granted anything while missing */
		term_without(&t, &c->key->guards, a);
		if (term_in_case(a, &t, c))
			formula_add(a, out, &t);
	}
}

void key_grants(struct arena *a, const struct key_rules *rules, const struct principal *p,
		unsigned target, struct formula *out)
{
	for (size_t i = 0; i < rules->n; i++)
		add_grants(a, &rules->v[i], p, target, out);
}
