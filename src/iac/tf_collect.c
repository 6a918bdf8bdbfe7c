/* SPDX-License-Identifier: MIT */
/*
 * Functions on lists, sets and maps. Order has no meaning in a policy, and repeats have none
 * either, but what is made by sorting, or of a set or a map, must not be counted or selected from.
 */
#include "tf_func.h"

#include "kmsfix/map.h"
#include "kmsfix/vec.h"

/* ---- lists ---- */

struct gathering {
	struct value_items items;
	bool open, deep, unordered;
};

static void gather(const struct args *in, struct gathering *g, const struct value *list)
{
	struct arena *a = in->arena;
	if (list->kind != VALUE_LIST) {
		g->open |= list->kind != VALUE_NULL;
		return;
	}
	g->open |= list->open;
	g->unordered |= list->unordered;
	for (size_t i = 0; i < list->n; i++) {
		struct value_item item = *value_item(list, i);
		item.value = value_inside(a, list, i);
		if (g->deep && item.value->kind == VALUE_LIST) {
			gather(in, g, item.value);
			continue;
		}
		/* It may be a list, too: more than one item, or none. */
		bool spread = g->deep && item.value->kind == VALUE_UNKNOWN &&
			      !tf_is_attribute(item.value);
		g->unordered |= spread;
		g->open |= spread;
		VEC_PUSH(a, &g->items, item);
	}
}

bool tf_is_spread(const struct value *list, size_t i)
{
	const struct value *v = value_at(list, i);
	return list->kind == VALUE_LIST && list->unordered && v->kind == VALUE_UNKNOWN &&
	       !tf_is_attribute(v);
}

static const struct value *join_lists(const struct args *in, bool deep)
{
	struct gathering g = { .open = in->open, .deep = deep };
	for (size_t i = 0; i < in->n; i++)
		gather(in, &g, in->v[i]);
	struct value *v = value_items_new(in->arena, VALUE_LIST, &g.items, in->call);
	v->open |= g.open;
	v->unordered = g.unordered;
	return v;
}

/* As there is no order, a copy of the list. */
static struct value *unordered(struct arena *a, const struct value *list)
{
	struct value *v = value_copy(a, list);
	v->unordered = true;
	return v;
}

const struct value *call_concat(const struct args *in)
{
	return join_lists(in, false);
}

const struct value *call_setunion(const struct args *in)
{
	return unordered(in->arena, join_lists(in, false));
}

const struct value *call_flatten(const struct args *in)
{
	return in->n == 1 ? join_lists(in, true) : NULL;
}

const struct value *call_same(const struct args *in)
{
	return in->n == 1 ? in->v[0] : NULL;
}

const struct value *call_unordered(const struct args *in)
{
	return in->n == 1 ? unordered(in->arena, in->v[0]) : NULL;
}

/* Without null and empty texts; what may be empty may be missing. */
const struct value *call_compact(const struct args *in)
{
	struct value_items items = { 0 };
	bool shifts = false;
	str text;
	if (in->n != 1 || in->v[0]->kind != VALUE_LIST)
		return in->n == 1 ? in->v[0] : NULL;
	for (size_t i = 0; i < in->v[0]->n; i++) {
		const struct value *item = value_at(in->v[0], i);
		shifts |= !value_is_literal(item);
		if (item->kind == VALUE_NULL || (value_is_literal(item) && !item->text.n))
			continue;
		struct value_item kept = *value_item(in->v[0], i);
		if (value_text(item, &text) && tf_may_be_empty(in->scope->module, text))
			kept.value = value_guarded(in->arena, item);
		VEC_PUSH(in->arena, &items, kept);
	}
	struct value *v = value_with(in->arena, in->v[0], items.v, items.n);
	v->unordered |= shifts;
	return v;
}

static bool has_text(const struct value *list, str text)
{
	str item;
	for (size_t i = 0; i < list->n; i++)
		if (value_text(value_at(list, i), &item) && str_eq(item, text))
			return true;
	return false;
}

static bool all_literal(const struct value *list)
{
	if (!value_is_known_list(list))
		return false;
	for (size_t i = 0; i < list->n; i++)
		if (!value_is_literal(value_at(list, i)) || value_at(list, i)->maybe)
			return false;
	return true;
}

const struct value *call_setsubtract(const struct args *in)
{
	struct value_items items = { 0 };
	str text;
	if (in->n != 2 || in->v[0]->kind != VALUE_LIST || !all_literal(in->v[1]))
		return NULL;
	for (size_t i = 0; i < in->v[0]->n; i++) {
		struct value_item item = *value_item(in->v[0], i);
		item.value = value_inside(in->arena, in->v[0], i);
		if (!value_text(item.value, &text) || !has_text(in->v[1], text))
			VEC_PUSH(in->arena, &items, item);
	}
	struct value *v = value_items_new(in->arena, VALUE_LIST, &items, in->call);
	v->open |= in->v[0]->open;
	v->unordered = true;
	return v;
}

/* The key of an instance is certainly none of these. */
static bool is_none(const struct args *in)
{
	for (size_t i = 0; i < in->v[0]->n; i++)
		if (!tf_is_other(in->scope, in->v[1], value_at(in->v[0], i)->text))
			return false;
	return true;
}

const struct value *call_contains(const struct args *in)
{
	if (in->n != 2 || !all_literal(in->v[0]))
		return NULL;
	if (!value_is_literal(in->v[1]))
		return is_none(in) ? value_text_new(in->arena, S("false"), in->call) : NULL;
	return value_text_new(
		in->arena, has_text(in->v[0], in->v[1]->text) ? S("true") : S("false"), in->call);
}

const struct value *call_element(const struct args *in)
{
	const struct value *list = in->n == 2 ? in->v[0] : NULL;
	size_t i;
	if (!list || !value_is_ordered(list) || !list->n || !value_is_literal(in->v[1]) ||
	    !value_index(in->v[1]->text, &i))
		return NULL;
	return value_nth(list, i % list->n);
}

/* No two of them are, or may be, the same. */
static bool all_differ(const struct args *in, const struct value *list)
{
	struct map seen = { 0 };
	for (size_t i = 0; i < list->n && list->n > 1; i++) {
		const struct value *item = value_at(list, i);
		if (!value_is_literal(item) || map_find(&seen, item->text))
			return false;
		map_put(&seen, in->arena, item->text, &seen);
	}
	return true;
}

/* A text of letters that are one byte each, and one character. */
static bool is_ascii(str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80 || text.p[i] == '\r')
			return false;
	return true;
}

const struct value *call_length(const struct args *in)
{
	const struct value *v = in->n == 1 ? in->v[0] : NULL;
	if (v && value_is_literal(v) && !value_is_scalar(v) && !v->maybe && !v->tried &&
	    is_ascii(v->text))
		return value_text_new(in->arena, str_fmt(in->arena, "%zu", v->text.n), in->call);
	if (!v || (v->kind != VALUE_LIST && v->kind != VALUE_MAP) || v->open || v->maybe)
		return NULL;
	for (size_t i = 0; i < v->n; i++)
		if (value_at(v, i)->maybe || value_at(v, i)->guarded || tf_is_spread(v, i))
			return NULL;
	if (v->unordered && !all_differ(in, v))
		return NULL;
	return value_text_new(in->arena, str_fmt(in->arena, "%zu", v->n), in->call);
}

/* ---- maps ---- */

static void remove_item(struct value_items *items, size_t at)
{
	for (items->n--; at < items->n; at++)
		items->v[at] = items->v[at + 1];
}

/*
 * False when the item is not known after that: it may be set or not where there is something
 * already, or may be. It is left out then: what it is only the expression can say that takes it.
 */
static bool set_item(struct arena *a, struct value_items *items, const struct value_item *item,
		     bool open)
{
	size_t i = 0;
	while (i < items->n && !str_eq(items->v[i].key, item->key))
		i++;
	bool there = i < items->n, sure = !item->value->maybe && !item->value->guarded;
	bool known = sure || (!there && !open);
	if (there && !known)
		remove_item(items, i);
	else if (there)
		items->v[i] = *item;
	else if (known)
		VEC_PUSH(a, items, *item);
	return known;
}

const struct value *call_merge(const struct args *in)
{
	struct value_items items = { 0 };
	bool open = in->open;
	for (size_t i = 0; i < in->n; i++) {
		const struct value *map = in->v[i];
		bool known = map->kind == VALUE_MAP ? !map->covered : map->kind == VALUE_NULL;
		if (map->kind == VALUE_MAP ? map->open : map->kind != VALUE_NULL) {
			open = true;
			items.n = 0; /* all of them it may set again */
		}
		for (size_t k = 0; known && k < map->n; k++) {
			struct value_item item = *value_item(map, k);
			item.value = value_inside(in->arena, map, k);
			open |= !set_item(in->arena, &items, &item, open);
		}
	}
	struct value *v = value_items_new(in->arena, VALUE_MAP, &items, in->call);
	v->open |= open;
	return v;
}

const struct value *call_lookup(const struct args *in)
{
	if (in->n < 2 || in->v[0]->kind != VALUE_MAP || in->v[0]->maybe || in->v[0]->covered ||
	    !value_is_literal(in->v[1]))
		return NULL;
	const struct value_item *item = value_get(in->v[0], in->v[1]->text);
	if (item)
		return item->value->maybe || (item->value->guarded && tf_has_other(in, 1)) ?
			       NULL :
			       item->value;
	return in->v[0]->open || in->n != 3 || value_has_key(in->v[0], in->v[1]->text) ? NULL :
											 in->v[2];
}

static const struct value *parts(const struct args *in, bool keys)
{
	struct value_items items = { 0 };
	const struct value *map = in->n == 1 ? in->v[0] : NULL;
	if (!map || !value_is_plain_map(in->arena, map))
		return NULL;
	for (size_t i = 0; i < map->n; i++) {
		struct value_item item = *value_item(map, i);
		if (keys)
			item.value = value_within(in->arena,
						  value_text_new(in->arena, item.key, map->origin),
						  item.value);
		item.value = value_within(in->arena, item.value, map);
		item.key = (str){ 0 };
		VEC_PUSH(in->arena, &items, item);
	}
	struct value *v = value_items_new(in->arena, VALUE_LIST, &items, in->call);
	v->open |= map->open;
	v->unordered = true; /* sorted by key */
	return v;
}

const struct value *call_keys(const struct args *in)
{
	return parts(in, true);
}

const struct value *call_values(const struct args *in)
{
	return parts(in, false);
}

const struct value *call_zipmap(const struct args *in)
{
	struct value_items items = { 0 };
	if (in->n != 2 || !all_literal(in->v[0]) || !value_is_ordered(in->v[0]) ||
	    !value_is_ordered(in->v[1]) || in->v[0]->n != in->v[1]->n || !all_differ(in, in->v[0]))
		return NULL;
	for (size_t i = 0; i < in->v[0]->n; i++) {
		struct value_item item = *value_item(in->v[1], i);
		item.key = value_at(in->v[0], i)->text;
		VEC_PUSH(in->arena, &items, item);
	}
	return value_items_new(in->arena, VALUE_MAP, &items, in->call);
}
