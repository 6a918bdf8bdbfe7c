/* SPDX-License-Identifier: MIT */
/* Where a grant is written: the document of the key policy that takes it, or why none does. */
#include "decide.h"

#include "kmsfix/carry.h"

static bool used_by_key_only(const struct document *d, const struct key *k)
{
	for (size_t i = 0; i < d->uses.n; i++)
		if (d->uses.v[i]->kind != POLICY_KEY || d->uses.v[i]->key != k)
			return false;
	return true;
}

/* Every place that reaches the text through a local is a policy that we know. */
static bool text_is_private(const struct document *d)
{
	for (size_t i = 0; i < d->vias.n; i++)
		for (const struct via *via = d->vias.v[i]; via; via = via->next)
			if (via->shared->n > d->vias.n)
				return false;
	return true;
}

static void refuse_site(struct planner *pl, struct issues *holds, const struct key *k,
			const struct document *d, bool literal)
{
	if (!used_by_key_only(d, k))
		issue_add(pl->arena, holds, "KEY-MULTI",
			  "the policy document of '%.*s' is used by others as well",
			  STR_ARG(k->address));
	else if (!text_is_private(d))
		issue_add(pl->arena, holds, "SHARED-TEXT",
			  "the policy text of '%.*s' is used elsewhere as well",
			  STR_ARG(k->address));
	else if (d->plain && !literal)
		issue_add(pl->arena, holds, "KEY-TEXT",
			  "the policy of '%.*s' is a plain file, into which no reference can be "
			  "written",
			  STR_ARG(k->address));
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
	for (size_t i = 0; i < k->policy->documents.n; i++) {
		const struct document *d = k->policy->documents.v[i];
		if (d->site.kind == SITE_NONE || d->issues.n || !text_is_private(d))
			return false;
	}
	return true;
}

bool guards_within(const struct strs *needed, const struct strs *have)
{
	for (size_t i = 0; i < needed->n; i++)
		if (!strs_has(have, needed->v[i]))
			return false;
	return true;
}

bool is_always_there(const struct principal *who, const struct key *k, const struct document *site)
{
	return guards_within(&who->guards, site ? &site->site.guards : &k->guards) ||
	       carry_given(site ? site->scope : k->scope, who->arn);
}

bool takes_lists(const struct key *k, const struct document *site)
{
	const struct node *n = site ? site->site.node : NULL;
	if (!site) /* a policy of our own making */
		return k->body &&
		       (k->body->tree->dialect == DIALECT_NATIVE || k->unit->language->when);
	if (n->tree->dialect == DIALECT_CLOUDFORMATION)
		return n->tree->host == NULL &&
		       (site->site.kind == SITE_LIST || site->site.kind == SITE_SINGLE);
	return n->tree->lang == LANG_HCL && n->tree->host == NULL &&
	       (site->site.kind == SITE_LIST || site->site.kind == SITE_SINGLE ||
		site->site.kind == SITE_OBJECTS || site->site.kind == SITE_ARGUMENT ||
		site->site.kind == SITE_OWN_DOCUMENT ||
		(site->site.kind == SITE_BLOCKS && n->kind == NODE_BODY));
}

struct document *grant_site(struct planner *pl, struct issues *holds, const struct key *k,
			    const struct principal *who)
{
	const struct strs *guards = &k->guards;
	struct document *site = NULL;
	bool literal = text_is_literal(who->arn);
	for (size_t i = k->policy ? k->policy->documents.n : 0; i-- > 0 && !site;) {
		struct document *d = k->policy->documents.v[i];
		bool fits = d->site.kind != SITE_NONE && used_by_key_only(d, k) &&
			    text_is_private(d) && (!d->plain || literal) && !d->issues.n;
		site = fits ? d : NULL;
	}
	if (!site && k->policy && is_shared_only(k))
		site = k->own;
	if (!k->unset && !site && k->policy && k->policy->documents.n)
		refuse_site(pl, holds, k, k->policy->documents.v[k->policy->documents.n - 1],
			    literal);
	else if (!k->unset && !site)
		issue_add(pl->arena, holds, "TF-DYNAMIC", "the policy of '%.*s' is not known",
			  STR_ARG(k->address));
	if (k->unset &&
	    (k->nameless_provider ||
	     (k->body->kind != NODE_BODY && k->body->tree->dialect != DIALECT_CLOUDFORMATION)))
		issue_add(pl->arena, holds, "KEY-POLICY-UNSET",
			  "the default policy of '%.*s' cannot be written out here",
			  STR_ARG(k->address));
	if (site)
		guards = &site->site.guards;
	if (site && !guards_within(guards, &k->guards))
		issue_add(pl->arena, holds, "CONDITIONAL",
			  "the policy of '%.*s' exists only under a condition",
			  STR_ARG(k->address));
	if (!is_always_there(who, k, site) && !takes_lists(k, site))
		issue_add(pl->arena, holds, "CONDITIONAL",
			  "'%.*s' exists only under a condition that the policy of '%.*s' does not "
			  "have",
			  STR_ARG(who->address), STR_ARG(k->address));
	return site;
}
