/* SPDX-License-Identifier: MIT */
/*
 * What somebody may have besides. Policies of AWS itself that allow a target: nobody but AWS can
 * change them, so they are no findings; but who has one keeps the permission [3.21]. And policies
 * that the export leaves out.
 */
#include "account_residual.h"

#include "document.h"
#include "kmsfix/action.h"
#include "kmsfix/arn.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

/* How many of those who have a policy are named. */
#define NAMED_MAX 3

static const struct value *eval_plain(void *ctx, const struct node *n)
{
	return json_value(ctx, n);
}

/* The document, in a model of its own; NULL when it is no JSON. */
static const struct document *read_document(struct model *texts, const struct scope *scope,
					    const struct facts_policy *p)
{
	struct file *f = ARENA_NEW(texts->arena, struct file);
	struct syntax_error e;
	struct tree *tree;
	*f = (struct file){ .path = p->arn, .text = p->current->document.text };
	if (!json_parse(&tree, f, texts->arena, &e))
		return NULL;
	struct reader r = { .model = texts,
			    .scope = scope,
			    .address = p->arn,
			    .file = f,
			    .block = tree->root,
			    .eval = eval_plain,
			    .ctx = texts };
	struct value v = { .kind = VALUE_FILE, .origin = tree->root, .file = f };
	return document_read(&r, &v, tree->root);
}

static unsigned allowed_targets(const struct document *d)
{
	unsigned targets = 0;
	for (size_t i = 0; d && i < d->statements.n; i++) {
		const struct statement *s = d->statements.v[i];
		unsigned listed = 0;
		for (size_t k = 0; k < s->actions.n; k++)
			listed |= action_targets(s->actions.v[k].text);
		if (s->effect == EFFECT_ALLOW)
			targets |= s->actions.negated ? TARGET_ALL & ~listed : listed;
	}
	return targets;
}

static str holders(const struct facts *f, str policy, struct arena *a)
{
	str out = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < f->principals.n; i++) {
		const struct facts_principal *p = f->principals.v[i];
		struct arn part;
		if (!strs_has(&p->attached, policy) || !arn_parse(p->arn, &part))
			continue;
		if (n++ < NAMED_MAX)
			out = str_fmt(a, "%.*s%s%.*s", STR_ARG(out), n > 1 ? ", " : "",
				      STR_ARG(part.resource));
	}
	return n > NAMED_MAX ? str_fmt(a, "%.*s and %zu more", STR_ARG(out), n - NAMED_MAX) : out;
}

/* A filter leaves out policies, but not that somebody has them. */
static void say_missing(const struct facts *f, str account, struct model *m)
{
	struct strs missing = { 0 };
	for (size_t i = 0; i < f->principals.n; i++)
		for (size_t k = 0; k < f->principals.v[i]->attached.n; k++) {
			str policy = f->principals.v[i]->attached.v[k];
			struct arn part;
			if (arn_parse(policy, &part) && str_eq(part.account, account) &&
			    !facts_policy(f, policy))
				strs_add_once(m->arena, &missing, policy);
		}
	for (size_t i = 0; i < missing.n; i++) {
		str who = holders(f, missing.v[i], m->arena);
		diag_add(m->diags, SEVERITY_WARNING, NULL, 0,
			 "'%.*s' of %.*s is not in the export, so what it allows is not "
			 "seen; export again without a filter",
			 STR_ARG(missing.v[i]), STR_ARG(who));
	}
}

void account_residual(const struct facts *f, const struct scope *scope, struct model *m)
{
	struct model texts = { .arena = m->arena, .config = m->config, .diags = m->diags };
	say_missing(f, scope->unit->account, m);
	for (size_t i = 0; i < f->policies.n; i++) {
		const struct facts_policy *p = f->policies.v[i];
		if (!str_eq(p->account, S("aws")) || !p->current || !p->current->document.text.n)
			continue;
		str who = holders(f, p->arn, m->arena);
		unsigned targets = who.n ? allowed_targets(read_document(&texts, scope, p)) : 0;
		for (unsigned bit = 1; targets; bit <<= 1)
			if (targets & bit) {
				diag_add(m->diags, SEVERITY_NOTE, NULL, 0,
					 "'%.*s' is AWS's own and cannot be changed; it allows "
					 "%s%s to %.*s",
					 STR_ARG(p->arn), target_name(bit),
					 targets == bit ? "" : " and more", STR_ARG(who));
				break;
			}
	}
}
