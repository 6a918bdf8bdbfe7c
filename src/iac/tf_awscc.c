/* SPDX-License-Identifier: MIT */
/*
 * Resources of the provider awscc (AWS Cloud Control API), read as those of the provider aws that
 * they are under another name: all that is known of one is then known of the other.
 */
#include "tf_awscc.h"

static const struct likeness {
	const char *own, *aws;
	struct {
		const char *own, *aws;
	} names[3]; /* arguments and attributes */
} likenesses[] = {
	{ "awscc_kms_key", "aws_kms_key", { { "key_policy", "policy" } } },
	{ "awscc_kms_replica_key", "aws_kms_replica_key", { { "key_policy", "policy" } } },
	{ "awscc_kms_alias", "aws_kms_alias", { { "alias_name", "name" } } },
	{ "awscc_iam_role",
	  "aws_iam_role",
	  { { "role_name", "name" }, { "assume_role_policy_document", "assume_role_policy" } } },
	{ "awscc_iam_user", "aws_iam_user", { { "user_name", "name" } } },
	{ "awscc_iam_group", "aws_iam_group", { { "group_name", "name" } } },
	{ "awscc_iam_managed_policy",
	  "aws_iam_policy",
	  { { "managed_policy_name", "name" },
	    { "policy_document", "policy" },
	    { "policy_arn", "arn" } } },
	{ "awscc_iam_role_policy",
	  "aws_iam_role_policy",
	  { { "policy_name", "name" }, { "policy_document", "policy" }, { "role_name", "role" } } },
	{ "awscc_iam_user_policy",
	  "aws_iam_user_policy",
	  { { "policy_name", "name" }, { "policy_document", "policy" }, { "user_name", "user" } } },
	{ "awscc_iam_group_policy",
	  "aws_iam_group_policy",
	  { { "policy_name", "name" },
	    { "policy_document", "policy" },
	    { "group_name", "group" } } },
	{ "awscc_sso_permission_set", "aws_ssoadmin_permission_set_inline_policy", { { 0 } } },
};

static const struct likeness *likeness_of(str kind)
{
	for (size_t i = 0; i < sizeof(likenesses) / sizeof(*likenesses); i++)
		if (str_eq(kind, str_from(likenesses[i].own)))
			return &likenesses[i];
	return NULL;
}

static str name_in(const struct likeness *l, str name)
{
	for (size_t i = 0; i < 3 && l->names[i].own; i++)
		if (str_eq(name, str_from(l->names[i].own)))
			return str_from(l->names[i].aws);
	return name;
}

str tf_aws_kind(str kind)
{
	const struct likeness *l = likeness_of(kind);
	return l ? str_from(l->aws) : kind;
}

bool tf_is_awscc(const struct tf_declared *b)
{
	return str_starts(b->address, S("awscc_"));
}

str tf_aws_attribute(const struct tf_declared *b, str attr)
{
	size_t end = text_find(b->address, '.', 0);
	const struct likeness *l = likeness_of(str_sub(b->address, 0, end));
	return l ? name_in(l, attr) : attr;
}

static void rename_arguments(const struct likeness *l, struct node *body)
{
	for (struct node *c = body->first; c; c = c->next)
		if (c->kind == NODE_ATTR)
			c->name = name_in(l, c->name);
}

/* The same of what `levels` of names lead to in JSON, where each may have a list of bodies. */
static void rename_members(const struct likeness *l, struct node *n, int levels, struct arena *a)
{
	str key;
	for (struct node *c = n->first; c; c = c->next) {
		if (n->kind == NODE_SEQ)
			rename_members(l, c, levels, a);
		if (!pair_key(c, a, &key))
			continue;
		if (levels == 2)
			l = likeness_of(key);
		if (levels && l)
			rename_members(l, c->last, levels - 1, a);
		if (levels || str_eq(name_in(l, key), key))
			continue;
		c->first->kind = NODE_NAME;
		c->first->name = name_in(l, key);
	}
}

static void rename_json(struct node *root, struct arena *a)
{
	str key;
	for (struct node *c = root->first; c; c = c->next) {
		if (root->kind == NODE_SEQ)
			rename_json(c, a);
		if (pair_key(c, a, &key) && str_eq(key, S("resource")))
			rename_members(NULL, c->last, 2, a);
	}
}

void tf_as_aws(struct tree *tree, struct arena *a)
{
	if (!str_has(tree->file->text, S("\"awscc_")))
		return;
	if (tree->lang == LANG_JSON)
		rename_json(tree->root, a);
	for (struct node *n = tree->root->first; n; n = n->next) {
		const struct likeness *l = NULL;
		if (n->kind == NODE_BLOCK && str_eq(n->name, S("resource")))
			l = likeness_of(n->first->name);
		if (l)
			rename_arguments(l, n->last);
	}
}
