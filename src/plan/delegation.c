/* SPDX-License-Identifier: MIT */
/* Whether IAM policies count for a key: what its policy delegates to the account [3.1 to 3.5]. */
#include "kmsfix/principal.h"
#include "pair.h"

static bool may_be_account(const struct pair *p, const struct principal_element *e)
{
	struct principal_ref ref = principal_parse(e->type, e->element.text);
	const struct name *name = name_get(p->key->unit, e->element.text);
	bool lockout;
	if (name && name->kind == NAME_PRINCIPAL)
		return false;
	if (ref.form == PRINCIPAL_ACCOUNT) /* else it is a share with another account */
		return key_owner(p->key, ref.account, &lockout) != OWNER_OTHER;
	return ref.form == PRINCIPAL_REFERENCE || ref.form == PRINCIPAL_UNKNOWN;
}

/* A statement that may delegate the target after all: then nothing may be called dead. *who is the
 * principal that may be the account; or NULL. */
static bool may_delegate(const struct pair *p, const struct statement *s,
			 const struct principal_element **who)
{
	*who = NULL;
	if (s->issues.n && s->effect != EFFECT_DENY)
		return true; /* what is not understood may be any member */
	if (s->effect == EFFECT_DENY || !(statement_possible_targets(s) & p->target) ||
	    (!s->resources.present && !s->resources.open))
		return false; /* a statement without Resource has no effect [3.5] */
	for (size_t i = 0; i < s->principals.n && !*who; i++)
		if (may_be_account(p, &s->principals.v[i]))
			*who = &s->principals.v[i];
	return *who || s->principals.open || s->principals.negated;
}

/* What is in doubt: the text, the Resource of a delegation [3.5], or whose account it names. */
static const char *doubt_code(const struct statement *s, const struct principal_element *who)
{
	bool whole = false;
	if (s->issues.n || s->principals.open || s->actions.open || s->resources.open || s->maybe)
		return "TF-DYNAMIC";
	for (size_t i = 0; i < s->resources.n; i++)
		whole |= str_eq(s->resources.v[i].text, S("*"));
	if (!whole)
		return "DELEG-RES";
	bool account = who && !who->element.maybe &&
		       principal_parse(who->type, who->element.text).form == PRINCIPAL_ACCOUNT;
	return account ? "ACCT-UNKNOWN" : "TF-DYNAMIC";
}

/* What makes it doubtful, as far as it is one thing. */
static str doubt_cause(struct arena *a, const char *code, const struct statement *s,
		       const struct principal_element *who)
{
	if (str_eq(str_from(code), S("DELEG-RES")) && s->resources.n)
		return STR_CAT(a, S(": it is for the resource '"),
			       text_written(a, s->resources.v[0].text), S("'"));
	return who ? STR_CAT(a, S(": '"), text_written(a, who->element.text), S("' may name it")) :
		     S("");
}

/* Which directory is which account does not help where it is not told which one is named. */
static const char *doubt_unlock(const char *code, const struct principal_element *who)
{
	if (str_eq(str_from(code), S("TF-DYNAMIC")))
		return "write the key policy so that it is told whom each statement names";
	if (!str_eq(str_from(code), S("ACCT-UNKNOWN")) ||
	    text_is_literal(principal_parse(who->type, who->element.text).account))
		return NULL;
	return "name the key's own account as AWS::AccountId or data.aws_caller_identity does, or "
	       "say in \"parameters\" and \"accounts\" of .kmsfix.json which one it is";
}

static void hold_doubt(const struct pair *p, const struct statement *s)
{
	struct arena *a = p->pl->arena;
	const struct principal_element *who;
	if (!may_delegate(p, s, &who))
		return;
	const char *code = doubt_code(s, who);
	str cause = doubt_cause(a, code, s, who);
	issue_add_unlock(
		a, p->holds, code, doubt_unlock(code, who),
		"whether the policy of '%.*s' delegates %s to its account is not known%.*s",
		STR_ARG(p->key->address), target_name(p->target), STR_ARG(cause));
}

/* What stands in a text that is not understood. */
static void hold_unread(const struct pair *p)
{
	const struct policy *kp = p->in->policy;
	for (size_t i = 0; i < kp->documents.n; i++)
		for (size_t k = 0; k < kp->documents.v[i]->issues.n; k++)
			issue_add(p->pl->arena, p->holds, kp->documents.v[i]->issues.v[k].code,
				  "the policy of '%.*s': %.*s", STR_ARG(p->key->address),
				  STR_ARG(kp->documents.v[i]->issues.v[k].reason));
}

/* It delegates the target for certain, under the conditions that it has; which may be dead. */
static bool is_delegation(const struct pair *p, const struct statement *s)
{
	bool lockout = false;
	return (statement_targets(s) & p->target) && statement_delegates(p->key, s, &lockout);
}

/* What may delegate it besides. */
static void hold_doubts(const struct pair *p)
{
	const struct policy *kp = p->in->policy;
	hold_unread(p);
	for (size_t i = 0; i < kp->statements.n; i++)
		if (!is_delegation(p, kp->statements.v[i]))
			hold_doubt(p, kp->statements.v[i]);
}

void judge_delegated(const struct pair *p, const struct formula *delegation)
{
	static const struct term always;
	const struct policy *kp = p->in->policy;
	if (!kp || formula_covers(delegation, &always))
		return;
	hold_doubts(p);
}

void judge_undelegated(const struct pair *p)
{
	const struct policy *kp = p->in->policy;
	if (!kp || kp->open) {
		issue_add_unlock(p->pl->arena, p->holds, "TF-DYNAMIC",
				 "write the policy of the key out, with references only where "
				 "single values stand",
				 "the policy of '%.*s' is not fully known",
				 STR_ARG(p->key->address));
		return;
	}
	hold_doubts(p);
	if (!p->c->dead_code) {
		p->c->dead_code = "NO-DELEGATION";
		p->c->dead_reason = str_fmt(p->pl->arena,
					    "the policy of '%.*s' does not delegate %s to its "
					    "account, so the permission has no effect",
					    STR_ARG(p->key->address), target_name(p->target));
	}
}

/* The statement that delegates under exactly these conditions. */
static const struct statement *delegation_of(const struct pair *p, const struct term *t)
{
	const struct policy *kp = p->in->policy;
	for (size_t i = 0; kp && i < kp->statements.n; i++) {
		struct term own = { 0 };
		const struct statement *s = kp->statements.v[i];
		struct formula one = { 0 }, same = { 0 };
		if (!is_delegation(p, s))
			continue;
		term_conditions(p->pl->arena, &own, p->key, s);
		formula_add(p->pl->arena, &one, &own);
		formula_add(p->pl->arena, &same, t);
		if (formula_equal(&one, &same))
			return s;
	}
	return NULL;
}

const struct statement *conditional_delegation(const struct pair *p, const struct term *t)
{
	const struct policy *kp = p->in->policy;
	const struct statement *found = delegation_of(p, t);
	bool fits = found && !found->conditions.open && !found->maybe && !kp->open;
	for (size_t i = 0; fits && i < found->conditions.n; i++) {
		const struct condition *x = &found->conditions.v[i].condition;
		fits = !found->conditions.v[i].open;
		for (size_t k = 0; fits && k < p->c->s->conditions.n; k++) {
			const struct condition *y = &p->c->s->conditions.v[k].condition;
			fits = !str_eq(x->op, y->op) || !str_eq(x->key, y->key) ||
			       condition_equal(x, y);
		}
	}
	if (!fits)
		issue_add(
			p->pl->arena, p->holds, "DELEG-COND",
			"the policy of '%.*s' delegates to its account only under conditions that "
			"cannot be joined with those of the statement",
			STR_ARG(p->key->address));
	return fits ? found : NULL;
}
