/* SPDX-License-Identifier: MIT */
/*
 * Type constraints of variables, as far as they change a value: attributes that the caller leaves
 * out because they are optional get their default, or null.
 */
#include "tf.h"

#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "value.h"

static bool is_call(const struct node *n, const char *name)
{
	return n && n->kind == NODE_CALL && str_eq(n->name, str_from(name)) && n->first;
}

static const struct value *optional_value(struct tf_block *b, const struct node *call)
{
	const struct node *fallback = call->first->next;
	return fallback ? tf_eval(b, fallback) :
			  value_new(b->module->model->arena, VALUE_NULL, call);
}

/* null is what the caller leaves out. */
static bool is_left_out(const struct value *v)
{
	return v->kind == VALUE_NULL && !v->failed;
}

static const struct value *conform_object(struct tf_block *b, const struct value *v,
					  const struct node *members, size_t depth)
{
	struct arena *a = b->module->model->arena;
	struct value_items items = { 0 };
	if (v->kind != VALUE_MAP || v->open || members->kind != NODE_MAP)
		return v;
	for (size_t i = 0; i < v->n; i++) {
		struct value_item item = *value_item(v, i);
		const struct node *type = map_get(members, a, item.key);
		if (is_call(type, "optional") && is_left_out(item.value))
			item.value = optional_value(b, type);
		if (is_call(type, "optional"))
			type = type->first;
		if (type)
			item.value = tf_conform(b, item.value, type, depth);
		VEC_PUSH(a, &items, item);
	}
	for (const struct node *pair = members->first; pair; pair = pair->next) {
		struct value_item item = { .node = v->origin };
		if (!pair_key(pair, a, &item.key) || !is_call(pair->last, "optional") ||
		    value_get(v, item.key))
			continue;
		item.value = optional_value(b, pair->last);
		VEC_PUSH(a, &items, item);
	}
	return value_with(a, v, items.v, items.n);
}

const struct value *tf_conform(struct tf_block *b, const struct value *v, const struct node *type,
			       size_t depth)
{
	struct arena *a = b->module->model->arena;
	if (depth > SYNTAX_MAX_DEPTH)
		return v;
	if (is_call(type, "object"))
		return conform_object(b, v, type->first, depth + 1);
	if (!is_call(type, "map") && !is_call(type, "list") && !is_call(type, "set"))
		return v;
	if (v->kind != VALUE_MAP && v->kind != VALUE_LIST)
		return v;
	struct value_item *items = arena_array(a, v->n, sizeof(*items));
	for (size_t i = 0; i < v->n; i++) {
		items[i] = *value_item(v, i);
		items[i].value = tf_conform(b, value_at(v, i), type->first, depth + 1);
	}
	struct value *copy = value_with(a, v, items, v->n);
	copy->unordered |= is_call(type, "set");
	return copy;
}
