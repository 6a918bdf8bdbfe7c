/* SPDX-License-Identifier: MIT */
/*
 * Who else uses a policy or a document. Every reference to it is followed through locals, variables
 * and outputs: what is not an attachment, a policy text or a mere mention in another policy is a
 * user
 * we must understand before anything is edited [7.2, 7.6, 11.4].
 */
#include "tf.h"

#include "document.h"
#include "kmsfix/action.h"
#include "kmsfix/vec.h"

/* ---- what other root modules take from an output ---- */

const struct tf_block *tf_remote_user(const struct tf_block *output)
{
	struct arena *a = output->module->model->arena;
	return map_find(&output->module->state->remote_users,
			STR_CAT(a, S(".outputs."), output->name));
}

void tf_index_remote_users(struct tf_module *mod)
{
	struct map *index = &mod->state->remote_users;
	for (size_t i = 0; i < mod->dir->blocks.n; i++) {
		if (!str_eq(mod->dir->blocks.v[i]->kind, S("terraform_remote_state")))
			continue;
		const struct tf_refs *users = tf_users(tf_block_in(mod, i));
		for (size_t k = 0; k < users->n; k++)
			if (!map_find(index, users->v[k]->link->rest))
				map_put(index, mod->model->arena, users->v[k]->link->rest,
					tf_from(users->v[k]));
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

#define BOUNDARY "permissions_boundary"

/* The key of the index of names under which a boundary stands. */
static str boundary_name(struct arena *a, str name)
{
	return str_fmt(a, BOUNDARY " %.*s", STR_ARG(name));
}

/* Everywhere a managed policy is named by a literal: data sources, and attachments by ARN. */
static void add_name(struct map *names, struct tf_block *b, const char *argument)
{
	struct arena *a = b->module->model->arena;
	const struct node *n = tf_attr(b->body, str_from(argument), a);
	str text;
	if (!n || !value_text(tf_eval(b, n), &text) || str_has(text, S(":aws:policy/")))
		return;
	size_t slash = text.n;
	while (slash && text.p[slash - 1] != '/')
		slash--;
	text = str_sub(text, slash, text.n);
	if (str_eq(str_from(argument), S(BOUNDARY)))
		text = boundary_name(a, text);
	if (text.n && text_is_literal(text) && !map_find(names, text))
		map_put(names, a, text, b);
}

void tf_index_names(struct tf_module *mod)
{
	struct map *names = &mod->state->policy_names;
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		add_name(names, b, BOUNDARY);
		if (str_eq(b->type, S("data")) && str_eq(b->kind, S("aws_iam_policy"))) {
			add_name(names, b, "name");
			add_name(names, b, "arn");
		} else if (tf_is_attachment(b, S("policy_arn"))) {
			add_name(names, b, "policy_arn");
		}
	}
}

/* Another module, or a data source, may attach a policy of a fixed name by that name. */
static void use_by_name(const struct tf_state *state, struct policy *p, str name, str address)
{
	struct arena *a = state->modules.v[0]->model->arena;
	const struct tf_block *other = name.n ? map_find(&state->policy_names, name) : NULL;
	if (name.n && map_find(&state->policy_names, boundary_name(a, name)))
		p->kind = POLICY_BOUNDARY;
	if (!other || (other->module->unit == p->unit && str_eq(other->type, S("resource"))))
		return;
	issue_add(a, &p->issues, "ATTACH-UNKNOWN", "'%.*s' is also used by its name in '%.*s'",
		  STR_ARG(address), STR_ARG(other->file->path));
}

void tf_use_of_other(const struct tf_state *state, struct policy *p)
{
	if (state->modules.n && p->kind == POLICY_MANAGED)
		use_by_name(state, p, p->name, p->address);
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
		if (str_eq(b->kind, S("aws_iam_policy")) || str_eq(b->type, S("module")))
			tf_follow(b, use_of_policy, b);
		if (str_eq(b->kind, S("aws_iam_policy")))
			use_by_name(mod->state, b->policy, tf_literal(b, "name"), b->address);
	}
	tf_document_uses(mod);
}
