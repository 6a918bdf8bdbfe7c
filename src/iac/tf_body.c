/* SPDX-License-Identifier: MIT */
/*
 * A block's body is a BODY (native syntax) or a MAP (.tf.json). In JSON an argument and a nested
 * block look alike; which one is meant is decided by who asks, as in Terraform itself. Keys that
 * are "//" are comments there. A key may be there several times: each is a block then, or more.
 */
#include "tf.h"

#include "kmsfix/vec.h"

const struct node *tf_attr(const struct node *body, str name, struct arena *a)
{
	if (!body)
		return NULL;
	if (body->kind == NODE_MAP)
		return map_get(body, a, name);
	for (const struct node *c = body->first; c; c = c->next)
		if (c->kind == NODE_ATTR && str_eq(c->name, name))
			return c->first;
	return NULL;
}

static bool is_member(const struct node *pair, str name, struct arena *a)
{
	str key;
	return pair->kind == NODE_PAIR && pair_key(pair, a, &key) && str_eq(key, name);
}

/* True of what is no object, too. */
static bool may_have(const struct node *map, str name, struct arena *a)
{
	for (const struct node *c = map->kind == NODE_MAP ? map->first : NULL; c; c = c->next)
		if (is_member(c, name, a))
			return true;
	return map->kind != NODE_MAP;
}

static void add_json_blocks(const struct node *value, struct arena *a, struct nodes *bodies,
			    struct nodes *nodes)
{
	if (value->kind == NODE_MAP) {
		VEC_PUSH(a, bodies, value);
		if (nodes)
			VEC_PUSH(a, nodes, value);
		return;
	}
	if (value->kind != NODE_SEQ)
		return;
	for (const struct node *c = value->first; c; c = c->next)
		if (c->kind == NODE_MAP)
			add_json_blocks(c, a, bodies, nodes);
}

void tf_nested(const struct node *body, str name, struct arena *a, struct nodes *bodies,
	       struct nodes *nodes)
{
	if (!body)
		return;
	for (const struct node *c = body->first; c; c = c->next) {
		if (is_member(c, name, a))
			add_json_blocks(c->last, a, bodies, nodes);
		if (c->kind != NODE_BLOCK || !str_eq(c->name, name))
			continue;
		VEC_PUSH(a, bodies, (const struct node *)c->last);
		if (nodes)
			VEC_PUSH(a, nodes, c);
	}
}

static bool is_dynamic(const struct node *n, str name)
{
	return n->kind == NODE_BLOCK && str_eq(n->name, S("dynamic")) && n->first &&
	       n->first->kind == NODE_LABEL && str_eq(n->first->name, name);
}

bool tf_dynamic(const struct node *n, str name, struct arena *a, struct tf_dynamic *out)
{
	struct nodes contents = { 0 };
	if (!is_dynamic(n, name))
		return false;
	tf_nested(n->last, S("content"), a, &contents, NULL);
	const struct node *iterator = tf_attr(n->last, S("iterator"), a);
	*out = (struct tf_dynamic){ .block = n,
				    .each = tf_attr(n->last, S("for_each"), a),
				    .content = contents.n ? contents.v[0] : NULL,
				    .iterator = name };
	if (iterator && iterator->kind == NODE_NAME)
		out->iterator = iterator->name;
	return contents.n != 0;
}

bool tf_has_dynamic(const struct node *body, str name, struct arena *a)
{
	if (!body)
		return false;
	for (const struct node *c = body->first; c; c = c->next)
		if (is_dynamic(c, name) ||
		    (is_member(c, S("dynamic"), a) && may_have(c->last, name, a)))
			return true;
	return false;
}
