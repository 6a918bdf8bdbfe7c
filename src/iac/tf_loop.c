/* SPDX-License-Identifier: MIT */
/* `for`: what comes of each item of a collection. */
#include "tf_func.h"

#include "kmsfix/vec.h"

struct loop {
	struct tf_block *scope;
	const struct node *key, *value, *cond;
	struct value_items items;
};

/*
 * What a loop makes of an item that may be missing is there with it, also where it is a text that
 * speaks of it; a statement or text of something else is there at times.
 */
static const struct value *while_there(struct arena *a, const struct value *v,
				       const struct value *from)
{
	str source, text;
	struct value_items list = { 0 };
	if (v->guarded || v->maybe)
		return v;
	if (from->kind == VALUE_UNKNOWN && text_is_ref(from->text, &source) &&
	    value_text(v, &text) && str_has(text, source))
		return value_guarded(a, v);
	struct value *copy = value_copy(a, value_maybe(a, v));
	struct value_item one = { .node = v->origin, .value = from };
	VEC_PUSH(a, &list, one);
	copy->if_any = value_items_new(a, VALUE_LIST, &list, v->origin);
	return copy;
}

static const struct value *made_of(struct arena *a, const struct value *v, const struct value *item)
{
	if (v->kind != VALUE_MAP || v->made_of)
		return v;
	struct value *copy = value_copy(a, v);
	copy->made_of = item;
	return copy;
}

static bool add_result(struct loop *l, const struct value *coll, size_t i)
{
	struct arena *a = l->scope->module->model->arena;
	struct value_item item = { .node = value_item(coll, i)->node };
	const struct value *keep = l->cond ? tf_eval_unasked(l->scope, l->cond) : NULL;
	if (keep && value_is_literal(keep) && str_eq(keep->text, S("false")))
		return true;
	if (l->key) {
		const struct value *key = tf_eval_unasked(l->scope, l->key);
		if (!value_is_literal(key))
			return false;
		item.key = key->text;
	}
	item.value = value_where_there(a, tf_eval_unasked(l->scope, l->value));
	item.value = made_of(a, item.value, value_at(coll, i));
	item.value = value_within(a, item.value, coll);
	item.value = value_within(a, item.value, value_at(coll, i));
	if (value_at(coll, i)->guarded)
		item.value = while_there(a, item.value, value_at(coll, i));
	if (keep && !value_is_literal(keep))
		item.value = value_under(a, item.value, tf_guard_when(l->scope, l->cond, true));
	if (tf_is_spread(coll, i))
		item.value = value_maybe(a, item.value);
	VEC_PUSH(a, &l->items, item);
	return true;
}

/* An item that is there only at times is so by a condition, which may fail; and so does a key that
 * is there twice. */
static bool may_fail(struct arena *a, const struct value *coll, const struct value *v)
{
	bool sure = tf_is_sure(coll) && tf_is_sure(v) &&
		    (v->kind != VALUE_MAP || value_is_plain_map(a, v));
	for (size_t i = 0; sure && i < v->n; i++)
		sure = !value_at(v, i)->maybe;
	return !sure;
}

static const struct value *item_key(struct arena *a, const struct value *coll, size_t i)
{
	if (coll->kind == VALUE_MAP)
		return value_text_new(a, value_item(coll, i)->key, coll->origin);
	return value_text_new(a, str_fmt(a, "%zu", i), coll->origin);
}

const struct value *tf_for(struct tf_block *scope, const struct node *n)
{
	struct arena *a = scope->module->model->arena;
	const struct value *coll = tf_eval(scope, n->first);
	struct loop l = { .scope = scope };
	const struct tf_binding *outer = scope->bindings;
	struct tf_binding key, value;
	const struct node *c = n->first->next;
	bool ok = (coll->kind == VALUE_LIST || coll->kind == VALUE_MAP) && !(n->flags & FLAG_GROUP);
	ok &= coll->kind != VALUE_MAP || value_is_plain_map(a, coll);
	/* Where an item is in a list is known only where all before it are, and a set has keys. */
	ok &= coll->kind == VALUE_MAP || !node_name2(n).n ||
	      (value_is_ordered(coll) && !coll->unordered);
	if (n->flags & FLAG_OBJECT) {
		l.key = c;
		c = c->next;
	}
	l.value = c;
	l.cond = n->flags & FLAG_COND ? n->last : NULL;
	for (size_t i = 0; ok && i < coll->n; i++) {
		tf_bind(scope, &value, n->name, value_present(a, value_at(coll, i)));
		if (node_name2(n).n)
			tf_bind(scope, &key, node_name2(n), item_key(a, coll, i));
		ok = add_result(&l, coll, i);
		scope->bindings = outer;
	}
	if (!ok) {
		tf_doubt(scope, true);
		return tf_unknown(scope, n);
	}
	struct value *v = value_items_new(a, l.key ? VALUE_MAP : VALUE_LIST, &l.items, n);
	v->open |= coll->open;
	v->unordered = coll->unordered || coll->kind == VALUE_MAP;
	if (scope->module->state->asking.scope == scope)
		tf_doubt(scope, may_fail(a, coll, v));
	return v;
}
