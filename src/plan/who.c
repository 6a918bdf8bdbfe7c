/* SPDX-License-Identifier: MIT */
/* Everybody who has the statement: one principal that cannot be written holds it for all [13.4]. */
#include "decide.h"

#include <string.h>

#include "kmsfix/arn.h"
#include "kmsfix/assumed.h"
#include "kmsfix/glob.h"
#include "kmsfix/named.h"
#include "kmsfix/vec.h"

/* The configuration says that the repository shows every attachment. */
static bool asserted_complete(const struct planner *pl, const struct policy *p)
{
	for (size_t i = 0; i < pl->m->config->attachments.n; i++) {
		const struct config_attachment *at = &pl->m->config->attachments.v[i];
		if (at->complete && policy_is_named(pl->m, p, at->path, at->policy))
			return true;
	}
	return p->configured;
}

/* A grant in a key policy is not limited by a user's permissions boundary [3.8]. */
static void decide_user(struct planner *pl, struct candidate *c, const struct principal *p)
{
	c->rests_on |= p->live ? RESTS_FACTS : RESTS_REPOSITORY;
	if (p->boundary)
		hold(pl, c, "USER",
		     "user '%.*s' has a permissions boundary, which a grant in the key policy "
		     "would bypass",
		     STR_ARG(p->address));
	else if (p->live)
		return;
	else if (p->boundary_ignored)
		hold(pl, c, "USER",
		     "user '%.*s' ignores changes of its permissions boundary, so whether it has "
		     "one is not known",
		     STR_ARG(p->address));
	else if (p->external)
		hold(pl, c, "USER", "whether user '%.*s' has a permissions boundary is not known",
		     STR_ARG(p->address));
	else if (pl->strict)
		hold(pl, c, "USER",
		     "user '%.*s' may have a permissions boundary outside the repository",
		     STR_ARG(p->address));
}

static void decide_principal(struct planner *pl, struct candidate *c, const struct attachment *at)
{
	const struct principal *p = at->principal;
	hold_all(pl, c, &at->issues);
	if (at->maybe)
		hold(pl, c, "CONDITIONAL", "the policy is attached only under a condition");
	if (!p)
		return;
	hold_all(pl, c, &p->issues);
	if (glob_is_pattern(p->literal.n ? p->literal : p->arn))
		hold(pl, c, "ROLE-UNRESOLVED",
		     "the ARN of '%.*s' has a wildcard in it, which a key policy cannot name",
		     STR_ARG(p->address));
	strs_add_once(pl->arena, &c->principals, p->address);
	switch (p->kind) {
	case PRINCIPAL_IS_ROLE:
		break;
	case PRINCIPAL_IS_USER:
		decide_user(pl, c, p);
		break;
	case PRINCIPAL_IS_GROUP:
		hold(pl, c, "GROUP", "group '%.*s' cannot be a principal of a key policy",
		     STR_ARG(p->address));
		break;
	case PRINCIPAL_IS_SET:
		hold(pl, c, "SSO", "'%.*s' is a permission set", STR_ARG(p->address));
		break;
	case PRINCIPAL_IS_LINKED:
		hold(pl, c, "SERVICE-LINKED", "'%.*s' is a service-linked role",
		     STR_ARG(p->address));
		break;
	}
}

static bool is_attach_unknown(const struct issue *issue)
{
	return str_eq(str_from(issue->code), S("ATTACH-UNKNOWN"));
}

/* It goes where what becomes of it is not seen, and to nobody that is: to say that the repository
 * shows all would be to say that nobody has it. */
static bool is_only_handed_on(const struct policy *p)
{
	for (size_t i = 0; i < p->issues.n && !p->attachments.n; i++)
		if (is_attach_unknown(&p->issues.v[i]))
			return true;
	return false;
}

static void hold_policy(struct planner *pl, struct candidate *c, const struct policy *p,
			bool complete)
{
	struct issues issues = { 0 };
	for (size_t i = 0; i < p->issues.n; i++) {
		struct issue issue = p->issues.v[i];
		if (is_attach_unknown(&issue) && complete)
			continue;
		if (is_attach_unknown(&issue) && is_only_handed_on(p))
			issue.unlock = "attach it in the repository, or use --account-details";
		issue_copy(pl->arena, &issues, &issue);
	}
	if (issues.n)
		hold_all(pl, c, &issues);
}

static void decide_policy(struct planner *pl, struct candidate *c, const struct policy *p)
{
	bool complete = p->told || (asserted_complete(pl, p) && !is_only_handed_on(p));
	if (p->unit->configured)
		c->rests_on |= RESTS_CONFIG;
	if (p->live && !is_request(c) && (c->take & ~p->live_targets))
		hold(pl, c, "DRIFT", "'%.*s' allows this in the code, but not in the account",
		     STR_ARG(p->address));
	hold_policy(pl, c, p, complete);
	if (p->kind == POLICY_MANAGED) {
		if (complete)
			c->rests_on |= p->told ? RESTS_FACTS : RESTS_CONFIG;
		else if (!p->attachments.n)
			hold(pl, c, "ATTACH-UNKNOWN",
			     "no attachment of '%.*s' is seen in the repository",
			     STR_ARG(p->address));
		else if (pl->strict)
			hold(pl, c, "ATTACH-UNKNOWN",
			     "'%.*s' may have attachments outside the repository",
			     STR_ARG(p->address));
		else
			c->rests_on |= RESTS_REPOSITORY;
	}
	for (size_t i = 0; i < p->attachments.n; i++)
		decide_principal(pl, c, &p->attachments.v[i]);
}

/* Nobody of another partition can be named. */
static void check_partition(struct planner *pl, struct issues *holds, const struct principal *who,
			    const struct key *k)
{
	struct arn arn;
	if (text_is_literal(who->arn) && arn_parse(who->arn, &arn) &&
	    key_excludes_partition(k, arn.partition))
		issue_add(pl->arena, holds, "PARTITION",
			  "'%.*s' is in partition '%.*s', and '%.*s' in another one",
			  STR_ARG(who->address), STR_ARG(arn.partition), STR_ARG(k->address));
}

void check_accounts(struct planner *pl, struct candidate *c, struct issues *holds,
		    const struct principal *who, const struct key *k)
{
	bool same = account_same(who->account, k->account);
	bool known = account_id(who->account).n && account_id(k->account).n;
	bool assumed = same && account_assumed(pl->m, who->unit, k->unit);
	check_partition(pl, holds, who, k);
	if (same && strs_has(&pl->m->joined, k->account))
		c->rests_on |= RESTS_FACTS;
	if (assumed)
		c->rests_on |= RESTS_REPOSITORY;
	if (same && !(assumed && pl->strict))
		return;
	if (known && !same)
		issue_add(pl->arena, holds, "XACCT",
			  "'%.*s' and '%.*s' belong to different accounts", STR_ARG(who->address),
			  STR_ARG(k->address));
	else
		issue_add(pl->arena, holds, "ACCT-UNKNOWN",
			  "'%.*s' and '%.*s' are not known to belong to the same account",
			  STR_ARG(who->address), STR_ARG(k->address));
}

/* No resource of it is a key that it could have an effect on. */
static bool is_without_effect(const struct candidate *c)
{
	for (size_t i = 0; i < c->resources.n; i++)
		if (c->resources.v[i].fate == FATE_MOVE || c->resources.v[i].fate == FATE_STAY)
			return false;
	return c->dead_code && c->resources.n;
}

/* Everybody who has it is somebody, if only a name: no expression that would go with the policy. */
static bool is_of_somebody(const struct candidate *c)
{
	for (size_t i = 0; i < c->s->uses.n; i++) {
		const struct policy *p = c->s->uses.v[i];
		for (size_t k = 0; k < p->attachments.n; k++)
			if (!p->attachments.v[k].principal && !p->attachments.v[k].name.n)
				return false;
	}
	return true;
}

/* Who has what has no effect need not be named: it is the same for everybody. */
static void forget_who(struct issues *holds)
{
	static const char *const codes[] = { "GROUP", "ROLE-UNRESOLVED", "USER", "SERVICE-LINKED" };
	size_t kept = 0;
	for (size_t i = 0; i < holds->n; i++) {
		bool who = false;
		for (size_t k = 0; k < sizeof(codes) / sizeof(*codes); k++)
			who |= !strcmp(holds->v[i].code, codes[k]);
		if (!who)
			holds->v[kept++] = holds->v[i];
	}
	holds->n = kept;
}

void decide_who(struct planner *pl, struct candidate *c)
{
	for (size_t i = 0; i < c->s->uses.n; i++)
		if (c->s->uses.v[i]->kind == POLICY_MANAGED ||
		    c->s->uses.v[i]->kind == POLICY_INLINE)
			decide_policy(pl, c, c->s->uses.v[i]);
	if (is_without_effect(c) && is_of_somebody(c))
		forget_who(&c->holds);
	strs_sort(&c->principals);
}
