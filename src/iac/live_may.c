/* SPDX-License-Identifier: MIT */
/* What a principal may do with a key by its IAM policies, as the account has them. */
#include "kmsfix/action.h"
#include "kmsfix/arn.h"
#include "live.h"
#include "statement.h"

unsigned live_targets(const struct statement *s)
{
	unsigned targets = 0;
	if (s->effect == EFFECT_DENY)
		return 0;
	if (s->actions.open || s->issues.n)
		return TARGET_ALL;
	for (size_t i = 0; i < s->actions.n; i++)
		targets |= s->actions.negated ? action_targets(s->actions.v[i].text) :
						action_possible_targets(s->actions.v[i].text);
	return s->actions.negated ? TARGET_ALL & ~targets : targets;
}

/* Whether it means the key, the ARN of which may be unknown. */
static bool may_mean(const struct statement *s, str key)
{
	struct key_arn arn;
	bool known = key_arn_parse(key, &arn), named = s->resources.open, surely = false;
	for (size_t i = 0; i < s->resources.n; i++) {
		str text = s->resources.v[i].text;
		enum match match = str_eq(text, S("*")) ? MATCH_YES :
				   known                ? resource_match(text, &arn) :
							  MATCH_MAYBE;
		named |= match != MATCH_NO;
		surely |= match == MATCH_YES;
	}
	return s->resources.negated ? !surely : named;
}

/* The statement asks for no condition that is not met already. */
static bool holds_under(const struct statement *s, const struct condition_set *met, struct arena *a)
{
	struct condition_set needed = { 0 };
	return statement_conditions(a, s, &needed) && condition_set_subset(&needed, met);
}

static unsigned by_document(struct live *l, const struct facts_document *d,
			    const struct live_need *need)
{
	const struct policy *p = d ? live_read(l, d) : NULL;
	unsigned targets = 0;
	if (!p || p->open)
		return TARGET_ALL; /* not told, or not understood */
	for (size_t i = 0; i < p->statements.n; i++)
		if (may_mean(p->statements.v[i], need->key) &&
		    holds_under(p->statements.v[i], &need->conditions, l->m->arena))
			targets |= live_targets(p->statements.v[i]);
	return targets;
}

static unsigned by_policies(struct live *l, const struct facts_principal *f,
			    const struct live_need *need)
{
	unsigned targets = 0;
	for (size_t i = 0; i < f->inlines.n; i++)
		targets |= by_document(l, &f->inlines.v[i].document, need);
	for (size_t i = 0; i < f->attached.n; i++) {
		const struct facts_policy *p = facts_policy(l->facts, f->attached.v[i]);
		const struct facts_version *v = p ? p->current : NULL;
		targets |= by_document(l, v ? &v->document : NULL, need);
	}
	return targets;
}

unsigned live_may(struct live *l, const struct facts_principal *f, const struct live_need *need)
{
	unsigned targets = by_policies(l, f, need);
	for (size_t i = 0; i < f->groups.n; i++) {
		const struct facts_principal *g = live_principal(l, f->account, PRINCIPAL_IS_GROUP,
								 f->groups.v[i]);
		targets |= g ? by_policies(l, g, need) : TARGET_ALL;
	}
	return targets;
}
