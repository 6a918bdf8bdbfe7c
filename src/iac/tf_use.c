/* SPDX-License-Identifier: MIT */
/*
 * Who else uses a policy or a document. Every reference to it is followed through locals, variables
 * and outputs: what is not an attachment, a policy text or a mere mention in another policy is a
 * user
 * we must understand before anything is edited [7.2, 7.6, 11.4].
 */
#include "tf_follow.h"

#include "document.h"
#include "kmsfix/action.h"
#include "kmsfix/vec.h"
#include "value.h"

/* ---- what other root modules take from an output ---- */

str tf_remote_output(str rest, str *behind)
{
	size_t at = str_find(rest, S(".outputs"), 0);
	*behind = S("");
	if (at == SIZE_MAX)
		return S("");
	rest = str_sub(rest, at + strlen(".outputs"), rest.n);
	bool is_index = str_starts(rest, S("[\""));
	str name = is_index ? str_sub(rest, 2, str_find(rest, S("\""), 2)) : tf_output_name(rest);
	size_t end = name.n ? (size_t)(name.p + name.n - rest.p) + (is_index ? 2 : 0) : rest.n;
	*behind = str_sub(rest, end, rest.n);
	return name;
}

const struct tf_block *tf_remote_user(const struct tf_block *output)
{
	const struct map *index = &output->module->state->remote_users;
	const struct tf_block *taker = map_find(index, output->name);
	return taker ? taker : map_find(index, S(""));
}

void tf_index_remote_users(struct tf_module *mod)
{
	struct map *index = &mod->state->remote_users;
	for (size_t i = 0; i < mod->dir->blocks.n; i++) {
		if (!str_eq(mod->dir->blocks.v[i]->kind, S("terraform_remote_state")))
			continue;
		const struct tf_refs *users = tf_users(tf_block_in(mod, i));
		for (size_t k = 0; k < users->n; k++) {
			str behind, name = tf_remote_output(users->v[k]->link->rest, &behind);
			if (!map_find(index, name))
				map_put(index, mod->model->arena, name, tf_from(users->v[k]));
		}
	}
}

/* ---- managed policies ---- */

enum use { USE_NONE, USE_ATTACHED, USE_BOUNDARY, USE_MENTION, USE_OUTPUT, USE_OTHER };

static bool is_policy_argument(str attr)
{
	static const char *const names[] = { "policy",    "inline_policy", "assume_role_policy",
					     "statement", "access_policy", "tags" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(attr, str_from(names[i])))
			return true;
	return false;
}

static enum use classify(const struct tf_ref *ref)
{
	const struct tf_block *from = tf_from(ref);
	if (str_eq(ref->link->attr, S("depends_on")) || str_eq(ref->link->attr, S("lifecycle")) ||
	    str_eq(ref->link->attr, S("count")))
		return USE_NONE;
	if (str_eq(ref->link->attr, S("for_each")) && tf_is_attachment(from, S("policy_arn")))
		return USE_ATTACHED; /* by each.value */
	if (str_has(ref->link->attr, S("permissions_boundary")) ||
	    str_eq(from->kind, S("aws_ssoadmin_permissions_boundary_attachment")))
		return USE_BOUNDARY;
	if (tf_is_attachment(from, ref->link->attr))
		return USE_ATTACHED;
	if (str_eq(from->type, S("output")))
		return USE_OUTPUT;
	if (str_eq(from->type, S("resource")) && is_policy_argument(ref->link->attr))
		return USE_MENTION;
	if (str_eq(from->kind, S("aws_iam_policy_document")))
		return USE_MENTION;
	return USE_OTHER;
}

/* An attachment that evaluation carried the policy to, or that certainly attaches another one. */
static bool is_accounted(const struct policy *p, const struct tf_block *from)
{
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct tf_block *at = p->attachments.v[i].front;
		if (at == from || (at && at->base == from))
			return true;
	}
	return from->repeat == TF_ABSENT || from->attaches_known;
}

/* The block attaches the policy to whomever else somebody adds, and leaves them [11.4, 11.9]. */
static bool lets_others(struct tf_block *from)
{
	static const char *const lists[] = { "roles", "users", "groups" };
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (str_eq(from->kind, S("aws_iam_policy_attachment")) &&
		    tf_ignores_changes(from, lists[i]))
			return true;
	return false;
}

static void use_of_policy(void *ctx, const struct tf_ref *ref)
{
	struct tf_block *b = ctx;
	struct model *m = b->module->model;
	struct policy *p = b->policy;
	const struct tf_block *taker;
	switch (classify(ref)) {
	case USE_BOUNDARY:
		p->kind = POLICY_BOUNDARY;
		break;
	case USE_OUTPUT:
		taker = tf_remote_user(tf_from(ref));
		if (taker)
			issue_add(m->arena, &p->issues, "ATTACH-UNKNOWN",
				  "'%.*s' is exported and used by '%.*s' in '%.*s'",
				  STR_ARG(b->address), STR_ARG(taker->address),
				  STR_ARG(taker->file->path));
		break;
	case USE_ATTACHED:
		if (lets_others(tf_from(ref)))
			issue_add(m->arena, &p->issues, "ATTACH-UNKNOWN",
				  "'%.*s' ignores changes of whom it attaches '%.*s' to",
				  STR_ARG(tf_from(ref)->address), STR_ARG(b->address));
		if (is_accounted(p, tf_from(ref)))
			break;
		/* fall through */
	case USE_OTHER:
		issue_add(m->arena, &p->issues,
			  str_eq(tf_from(ref)->kind,
				 S("aws_ssoadmin_customer_managed_policy_attachment")) ?
				  "SSO" :
				  "ATTACH-UNKNOWN",
			  "'%.*s' is handed to '%.*s', so not every attachment is known",
			  STR_ARG(b->address), STR_ARG(tf_from(ref)->address));
		break;
	default:
		break;
	}
}

/* A key that leaves its unit may get its policy from a writer that we cannot match [11.6]. */
static void key_leaves(void *ctx, const struct tf_ref *ref)
{
	struct tf_block *b = ctx;
	struct model *m = b->module->model;
	const struct tf_block *from = tf_from(ref);
	const struct policy *writer = NULL;
	if (!str_eq(from->type, S("module")) &&
	    !(str_eq(from->type, S("output")) && tf_remote_user(from)))
		return;
	for (size_t i = 0; i < m->policies.n && !writer; i++)
		if (m->policies.v[i]->kind == POLICY_KEY && !m->policies.v[i]->key)
			writer = m->policies.v[i];
	if (writer)
		issue_add(m->arena, &b->key->issues, "KEY-2WRITERS",
			  "'%.*s' leaves its module, and '%.*s' writes the policy of a key that "
			  "is not known",
			  STR_ARG(b->address), STR_ARG(writer->address));
}

void tf_uses(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (b->key)
			tf_follow(b, key_leaves, b);
		if (!b->policy)
			continue;
		if (!str_eq(b->kind, S("aws_iam_policy")) && !str_eq(b->type, S("module")))
			continue;
		tf_follow(b, use_of_policy, b);
		tf_use_by_name(mod->state, b->policy);
		tf_use_without_name(mod->state, b->policy);
	}
	tf_document_uses(mod);
}
