/* SPDX-License-Identifier: MIT */
/* What a principal may do with a key by its IAM policies, as the account has them. */
#include "kmsfix/action.h"
#include "kmsfix/arn.h"
#include "live.h"

unsigned live_targets(const struct statement *s)
{
	unsigned targets = 0;
	if (s->effect == EFFECT_DENY)
		return 0;
	if (s->actions.negated || s->actions.open || s->issues.n)
		return TARGET_ALL;
	for (size_t i = 0; i < s->actions.n; i++)
		targets |= action_possible_targets(s->actions.v[i].text);
	return targets;
}

/* The key's ARN may be unknown, or the resource anything but a list of patterns. */
static bool may_mean(const struct statement *s, str key)
{
	struct key_arn arn;
	if (!key_arn_parse(key, &arn) || s->resources.negated || s->resources.open)
		return true;
	for (size_t i = 0; i < s->resources.n; i++)
		if (str_eq(s->resources.v[i].text, S("*")) ||
		    resource_match(s->resources.v[i].text, &arn) != MATCH_NO)
			return true;
	return false;
}

static unsigned by_document(struct live *l, const struct facts_document *d, str key)
{
	const struct policy *p = d ? live_read(l, d) : NULL;
	unsigned targets = 0;
	if (!p || p->open)
		return TARGET_ALL; /* not told, or not understood */
	for (size_t i = 0; i < p->statements.n; i++)
		if (may_mean(p->statements.v[i], key))
			targets |= live_targets(p->statements.v[i]);
	return targets;
}

static unsigned by_policies(struct live *l, const struct facts_principal *f, str key)
{
	unsigned targets = 0;
	for (size_t i = 0; i < f->inlines.n; i++)
		targets |= by_document(l, &f->inlines.v[i].document, key);
	for (size_t i = 0; i < f->attached.n; i++) {
		const struct facts_policy *p = facts_policy(l->facts, f->attached.v[i]);
		const struct facts_version *v = p ? p->current : NULL;
		targets |= by_document(l, v ? &v->document : NULL, key);
	}
	return targets;
}

unsigned live_may(struct live *l, const struct facts_principal *f, str key)
{
	unsigned targets = by_policies(l, f, key);
	for (size_t i = 0; i < f->groups.n; i++) {
		const struct facts_principal *g = live_principal(l, f->account, PRINCIPAL_IS_GROUP,
								 f->groups.v[i]);
		targets |= g ? by_policies(l, g, key) : TARGET_ALL;
	}
	return targets;
}
