/* SPDX-License-Identifier: MIT */
/* Where a grant is written: the document of the key policy that takes it, or why none does. */
#include "decide.h"

#include "kmsfix/carry.h"

static bool used_by(const struct document *d, const struct policy *p)
{
	for (size_t i = 0; i < d->uses.n; i++)
		if (d->uses.v[i] == p)
			return true;
	return false;
}

static bool used_by_key_only(const struct document *d, const struct key *k)
{
	for (size_t i = 0; i < d->uses.n; i++)
		if (d->uses.v[i]->kind != POLICY_KEY || d->uses.v[i]->key != k)
			return false;
	return true;
}

/* What is written there is said by that text of the key's policy, or by each, and by nothing else.
 */
static bool is_for(const struct document *d, const struct key *k, const struct policy *of)
{
	for (const struct policy *p = k->policy; p; p = p->otherwise)
		if (used_by(d, p) != (!of || p == of))
			return false;
	return used_by_key_only(d, k);
}

/* It is only asked whether there is any text, which one more statement does not change; that it may
 * become known later, as what the statement refers to does, is no matter. */
static bool only_asks(const struct seen *user)
{
	return user->late && (user->asks == ASKS_NULL || user->asks == ASKS_ANY);
}

static size_t takers(const struct shared *s)
{
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++)
		n += !only_asks(s->users[i]);
	return n;
}

/* Every place that reaches the text, through a local or not, is a policy that we know. */
static bool text_is_private(const struct document *d)
{
	if (d->spoken)
		return false;
	for (size_t i = 0; i < d->vias.n; i++)
		for (const struct via *via = d->vias.v[i]; via; via = via->next)
			if (takers(via->shared) > d->vias.n)
				return false;
	for (const struct via *via = d->site.via; via; via = via->next)
		for (size_t i = 0; i < via->shared->n; i++)
			if (!only_asks(via->shared->users[i]) &&
			    !map_find_at(d->site.readers, via->shared->users[i]))
				return false;
	return true;
}

static void refuse_site(struct planner *pl, struct issues *holds, const struct key *k,
			const struct policy *of, const struct document *d, bool literal)
{
	if (used_by_key_only(d, k) && !is_for(d, k, of))
		issue_add(pl->arena, holds, "KEY-MULTI",
			  "the policy of '%.*s' is one of several, of which only some may get a "
			  "statement that would be written in '%.*s'",
			  STR_ARG(k->address), STR_ARG(d->address));
	else if (!used_by_key_only(d, k))
		issue_add(pl->arena, holds, "KEY-MULTI",
			  "the policy document of '%.*s' is used by others as well",
			  STR_ARG(k->address));
	else if (!text_is_private(d))
		issue_add(pl->arena, holds, "SHARED-TEXT",
			  "the policy text of '%.*s' is used elsewhere as well",
			  STR_ARG(k->address));
	else if (d->replaceable)
		issue_add(pl->arena, holds, "TF-DYNAMIC",
			  "an override document that is not known may replace what is written into "
			  "the policy of '%.*s'",
			  STR_ARG(k->address));
	else if (d->plain && !literal)
		issue_add(pl->arena, holds, "KEY-TEXT",
			  "the policy of '%.*s' is a file of its own, which can name nothing but "
			  "what it is given as a template",
			  STR_ARG(k->address));
	else if (d->early.n && !literal)
		issue_add(pl->arena, holds, "SHARED-TEXT",
			  "count or for_each of '%.*s' asks for the policy text of '%.*s', and in "
			  "a first deployment what it names would not be known by then",
			  STR_ARG(d->early), STR_ARG(k->address));
	else if (d->site.kind == SITE_NONE)
		issue_add(pl->arena, holds, d->site.why, "the policy of '%.*s': %.*s",
			  STR_ARG(k->address), STR_ARG(d->site.reason));
	else
		issue_add(pl->arena, holds, "TF-DYNAMIC",
			  "the policy of '%.*s' is not fully understood", STR_ARG(k->address));
}

/* Nothing else is in the way of a statement than that others would get it, too. */
static bool is_shared_only(const struct key *k)
{
	for (const struct policy *p = k->policy; p; p = p->otherwise)
		for (size_t i = 0; i < p->documents.n; i++) {
			const struct document *d = p->documents.v[i];
			if (d->site.kind == SITE_NONE || d->issues.n || !text_is_private(d))
				return false;
		}
	return true;
}

/* A text that stands for AWS's default policy, which can be written out in its place. */
static bool can_be_set(const struct policy *p)
{
	return p->unset && p->blank && p->blank->tree->dialect == DIALECT_NATIVE;
}

/* The last one that a statement can be written in. */
static struct document *fitting(const struct key *k, const struct policy *of, bool literal)
{
	const struct policy *p = of ? of : k->policy;
	for (size_t i = p ? p->documents.n : 0; i-- > 0;) {
		struct document *d = p->documents.v[i];
		if (d->site.kind != SITE_NONE && is_for(d, k, of) && text_is_private(d) &&
		    ((!d->plain && !d->early.n) || literal) && !d->replaceable && !d->issues.n)
			return d;
	}
	return NULL;
}

bool is_always_there(const struct principal *who, const struct key *k, const struct document *site)
{
	const struct scope *to = site ? site->site.scope : k->vacancy.scope;
	if (carry_given(to, who->arn))
		return true;
	return strs_has_all(site ? &site->site.guards : &k->vacancy.guards, &who->guards) &&
	       !carry_lacks(to, who->arn);
}

bool takes_lists(const struct document *site)
{
	const struct node *n = site ? site->site.node : NULL;
	if (!site) /* a policy of our own making, which JSON has none of */
		return true;
	if (n->tree->dialect == DIALECT_CLOUDFORMATION)
		return n->tree->host == NULL &&
		       (site->site.kind == SITE_LIST || site->site.kind == SITE_SINGLE);
	return n->tree->lang == LANG_HCL && n->tree->host == NULL &&
	       (site->site.kind == SITE_LIST || site->site.kind == SITE_SINGLE ||
		site->site.kind == SITE_OBJECTS || site->site.kind == SITE_ARGUMENT ||
		site->site.kind == SITE_CONCAT || site->site.kind == SITE_BESIDE ||
		site->site.kind == SITE_OWN_DOCUMENT ||
		(site->site.kind == SITE_BLOCKS && n->kind == NODE_BODY));
}

bool has_common_site(const struct key *k, const struct principal *who)
{
	bool literal = text_is_literal(who->arn);
	if (!k->policy || !k->policy->otherwise || fitting(k, NULL, literal))
		return true;
	for (const struct policy *p = k->policy; p; p = p->otherwise)
		if (!fitting(k, p, literal) && !can_be_set(p))
			return k->own && is_shared_only(k);
	return false;
}

/* The text as it is while it is that one. */
static bool is_there(const struct document *site, const struct key *k, const struct policy *of)
{
	for (size_t i = 0; i < site->site.guards.n; i++)
		if (!strs_has(&k->guards, site->site.guards.v[i]) &&
		    !(of && strs_has(&of->guards, site->site.guards.v[i])))
			return false;
	return true;
}

/* Why it cannot be written out; or NULL. */
static const char *why_vacant(const struct planner *pl, const struct key *k)
{
	if (k->unset && map_find_at(&pl->planned->crowded, k->argument))
		return "other keys of the block have to wait until it has a policy, and would "
		       "change with it";
	const struct vacancy *v = &k->vacancy;
	if (v->nameless_provider)
		return "no data source can name the account of its provider";
	if (!k->unset)
		return NULL;
	if (!v->node)
		return "it has null for a policy, which nothing else can take the place of";
	return v->node->kind == NODE_MAP && v->node->tree->dialect != DIALECT_CLOUDFORMATION ?
		       "the key is declared in JSON" :
		       NULL;
}

struct document *grant_site(struct planner *pl, struct issues *holds, const struct key *k,
			    const struct policy *of, const struct principal *who)
{
	bool literal = text_is_literal(who->arn);
	struct document *site = fitting(k, of, literal);
	const struct policy *p = of ? of : k->policy;
	if (!site && !of && k->policy && k->own && is_shared_only(k))
		site = k->own;
	if (!site && !of && k->crowded && is_shared_only(k))
		map_put_at(&pl->planned->crowded, pl->arena, k->argument, pl);
	bool unset = k->unset || (of && can_be_set(of));
	if (!unset && of && of->unset)
		issue_add(pl->arena, holds, "KEY-POLICY-UNSET",
			  "the policy of '%.*s' is the default policy under a condition, which "
			  "cannot be written out there",
			  STR_ARG(k->address));
	else if (!unset && !site && p && p->documents.n)
		refuse_site(pl, holds, k, of, p->documents.v[p->documents.n - 1], literal);
	else if (!unset && !site)
		issue_add(pl->arena, holds, "TF-DYNAMIC", "the policy of '%.*s' is not known",
			  STR_ARG(k->address));
	const char *why = unset ? why_vacant(pl, k) : NULL;
	if (why)
		issue_add(pl->arena, holds, "KEY-POLICY-UNSET",
			  "the default policy of '%.*s' cannot be written out: %s",
			  STR_ARG(k->address), why);
	if (site && !is_there(site, k, of))
		issue_add(pl->arena, holds, "CONDITIONAL",
			  "the policy of '%.*s' exists only under a condition",
			  STR_ARG(k->address));
	if (!is_always_there(who, k, site) && !takes_lists(site))
		issue_add(pl->arena, holds, "CONDITIONAL",
			  "'%.*s' exists only under a condition that the policy of '%.*s' does not "
			  "have",
			  STR_ARG(who->address), STR_ARG(k->address));
	return site;
}
