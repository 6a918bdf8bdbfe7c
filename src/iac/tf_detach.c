/* SPDX-License-Identifier: MIT */
/*
 * aws_iam_role.inline_policy as aws_iam_role_policy, and aws_kms_key.policy as aws_kms_key_policy
 * [11.13, 11.14]. A role without inline_policy blocks leaves its inline policies alone, and the new
 * resource puts the same policy under the same name, so nobody is without it in between.
 */
#include "kmsfix/apart.h"

#include "kmsfix/vec.h"
#include "tf_awscc.h"

enum apart tf_apart(const struct tf_block *b, str argument)
{
	bool key = str_eq(argument, S("policy")) && tf_is_key(b) && !tf_is_awscc(&b->declared);
	bool role = str_eq(argument, S("inline_policy")) && str_eq(b->kind, S("aws_iam_role"));
	if ((!key && !role) || !str_eq(b->type, S("resource")))
		return APART_NOT;
	const struct node *body = tf_block_in(b->module, b->position)->body;
	if (!body || body->kind != NODE_BODY)
		return APART_NOT;
	return key ? APART_KEY : APART_INLINE;
}

/* ---- the new resource ---- */

static const struct node *argument_pair(const struct node *body, const char *name)
{
	for (const struct node *c = body->first; c; c = c->next)
		if (c->kind == NODE_ATTR && str_eq(c->name, str_from(name)))
			return c;
	return NULL;
}

static void add_source(struct arena *a, struct shape *body, const char *name,
		       const struct node *attr)
{
	if (attr)
		shape_set(a, body, str_from(name), shape_source(a, attr->last));
}

/* An attribute of the block, from a resource that is repeated as the block is. */
static struct shape *reference(struct arena *a, const struct tf_block *b, const char *attribute)
{
	const char *index = argument_pair(b->body, "count")    ? "[count.index]" :
			    argument_pair(b->body, "for_each") ? "[each.key]" :
								 "";
	return shape_expression(a, str_fmt(a, "%.*s%s.%s", STR_ARG(b->address), index, attribute));
}

static struct shape *body_of(struct arena *a, const struct tf_block *b)
{
	struct shape *body = shape_object(a);
	add_source(a, body, "count", argument_pair(b->body, "count"));
	add_source(a, body, "for_each", argument_pair(b->body, "for_each"));
	add_source(a, body, "provider", argument_pair(b->body, "provider"));
	return body;
}

static void add(struct detachments *out, struct detachment d, const struct node *from)
{
	d.from = from;
	VEC_PUSH(out->arena, &d.drop, from);
	VEC_PUSH(out->arena, out, d);
}

/* ---- parts ---- */

static bool detach_key(struct tf_block *b, struct detachments *out, const char **why)
{
	struct arena *a = out->arena;
	const struct node *policy = argument_pair(b->body, "policy");
	const struct node *bypass = argument_pair(b->body, "bypass_policy_lockout_safety_check");
	struct detachment d = { .after = b->node, .type = S("aws_kms_key_policy") };
	out->note = "becomes a resource of its own: a new key has AWS's default policy until that "
		    "is applied";
	*why = "the key has no policy of its own";
	if (!policy)
		return false;
	d.name = tf_unused_name(b->module, "aws_kms_key_policy", b->name);
	d.body = body_of(a, b);
	shape_set(a, d.body, S("key_id"), reference(a, b, "key_id"));
	add_source(a, d.body, "bypass_policy_lockout_safety_check", bypass);
	add_source(a, d.body, "policy", policy);
	if (bypass)
		VEC_PUSH(a, &d.drop, bypass);
	add(out, d, policy);
	return true;
}

static str label(struct arena *a, const struct tf_block *b, const struct node *name)
{
	str text;
	if (node_text(name->last, a, &text))
		return str_fmt(a, "%.*s_%.*s", STR_ARG(b->name), STR_ARG(text));
	return b->name;
}

/* All of a role's blocks: while there is one, Terraform removes every other inline policy. */
static bool detach_inline(struct tf_block *b, struct detachments *out, const char **why)
{
	struct arena *a = out->arena;
	struct nodes bodies = { 0 }, nodes = { 0 };
	out->note = "become resources of their own: what waits for the role no longer waits for "
		    "them, and Terraform no longer removes inline policies that it does not know";
	*why = "the role has dynamic inline_policy blocks";
	if (tf_has_dynamic(b->body, S("inline_policy"), a))
		return false;
	tf_nested(b->body, S("inline_policy"), a, &bodies, &nodes);
	*why = "an inline_policy block of the role has no name or no policy";
	for (size_t i = 0; i < bodies.n; i++) {
		const struct node *name = argument_pair(bodies.v[i], "name");
		const struct node *policy = argument_pair(bodies.v[i], "policy");
		struct detachment d = { .after = b->node, .type = S("aws_iam_role_policy") };
		if (!name || !policy)
			return false;
		d.name = tf_unused_name(b->module, "aws_iam_role_policy",
					bodies.n > 1 ? label(a, b, name) : b->name);
		for (size_t k = 0; k < out->n; k++)
			if (str_eq(out->v[k].name, d.name))
				return false;
		d.body = body_of(a, b);
		add_source(a, d.body, "name", name);
		shape_set(a, d.body, S("role"), reference(a, b, "id"));
		add_source(a, d.body, "policy", policy);
		add(out, d, nodes.v[i]);
	}
	return bodies.n > 0;
}

bool tf_detach(const struct part *p, struct detachments *out, const char **why)
{
	struct tf_module *mod = p->scope->front;
	for (size_t i = 0; i < mod->dir->blocks.n; i++) {
		if (mod->dir->blocks.v[i]->node != p->block)
			continue;
		struct tf_block *b = tf_block_in(mod, i);
		*why = "an override file or a second declaration changes it";
		if (b->overridden)
			return false;
		return p->apart == APART_KEY ? detach_key(b, out, why) : detach_inline(b, out, why);
	}
	*why = "it is not written here";
	return false;
}
