/* SPDX-License-Identifier: MIT */
#include "value.h"

#include "kmsfix/arena.h"
#include "kmsfix/ascii.h"
#include "kmsfix/map.h"
#include "kmsfix/syntax.h"

bool value_text(const struct value *v, str *out)
{
	if (v->kind != VALUE_TEXT && v->kind != VALUE_UNKNOWN)
		return false;
	*out = v->text;
	return true;
}

const struct value_item *value_get(const struct value *v, str key)
{
	size_t found = v->n;

	if (v->kind != VALUE_MAP)
		return NULL;
	for (size_t i = 0; i < v->n; i++) {
		if (!str_eq(v->items[i].key, key))
			continue;
		if (found < v->n)
			return NULL;
		found = i;
	}
	return found < v->n ? value_item(v, found) : NULL;
}

bool value_has_key(const struct value *v, str key)
{
	bool has = false;

	for (size_t i = 0; v->kind == VALUE_MAP && i < v->n && !has; i++)
		has = str_eq(v->items[i].key, key);
	return has;
}

bool value_is_plain_map(struct arena *a, const struct value *map)
{
	struct map seen = { 0 };
	bool plain = map->kind == VALUE_MAP && !map->covered;

	for (size_t i = 0; plain && map->n > 1 && i < map->n; i++) {
		plain = !map_find(&seen, map->items[i].key);
		map_put(&seen, a, map->items[i].key, &seen);
	}
	return plain;
}

bool value_is_whole(const struct value *list)
{
	bool whole = list->kind == VALUE_LIST && !list->open && !list->maybe;

	for (size_t i = 0; whole && i < list->n; i++)
		whole = !value_at(list, i)->maybe;
	return whole;
}

bool value_is_known_list(const struct value *v)
{
	return v->kind == VALUE_LIST && !v->open && !v->maybe;
}

bool value_is_empty_list(const struct value *v)
{
	return v->kind == VALUE_LIST && !v->n && !v->open;
}

bool value_is_ordered(const struct value *list)
{
	return value_is_whole(list) && (!list->unordered || list->n < 2);
}

/* An item up to the i-th may be missing while another, which stands for it then, is not. */
static bool may_slide(const struct value *list, size_t i)
{
	const struct node *from = list->n ? value_item(list, 0)->node : NULL;
	bool guarded = false, apart = false;
	for (size_t k = 0; k < list->n; k++) {
		guarded |= k <= i && value_at(list, k)->guarded;
		apart |= value_item(list, k)->node != from;
	}
	return guarded && apart;
}

const struct value *value_nth(const struct value *list, size_t i)
{
	if (list->kind != VALUE_LIST || list->open || (list->unordered && list->n > 1) ||
	    i >= list->n)
		return NULL;
	for (size_t k = 0; k <= i; k++)
		if (value_at(list, k)->maybe)
			return NULL;
	return may_slide(list, i) ? NULL : value_at(list, i);
}

bool value_index(str text, size_t *out)
{
	*out = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (!ascii_is_digit(text.p[i]))
			return false;
		*out = *out * 10 + (size_t)(text.p[i] - '0');
	}
	return text.n && text.n <= 6;
}

struct value *value_new(struct arena *a, enum value_kind kind, const struct node *origin)
{
	struct value *v = ARENA_NEW(a, struct value);
	v->kind = kind;
	v->origin = origin;
	return v;
}

struct value *value_text_new(struct arena *a, str text, const struct node *origin)
{
	struct value *v = value_new(a, VALUE_TEXT, origin);
	v->text = text;
	return v;
}

struct value *value_items_new(struct arena *a, enum value_kind kind,
			      const struct value_items *items, const struct node *origin)
{
	struct value *v = value_new(a, kind, origin);
	v->items = items->v;
	v->n = v->size = items->n;
	for (size_t i = 0; i < items->n; i++)
		v->size += items->v[i].value->size;
	if (v->size > VALUE_MAX_SIZE) { /* text that refers to itself many times over */
		v->n = v->size = 0;
		v->open = true;
	}
	return v;
}

struct value *value_copy(struct arena *a, const struct value *v)
{
	struct value *copy = ARENA_NEW(a, struct value);
	*copy = *v;
	return copy;
}

bool value_is(const struct value *v, str text)
{
	return v->kind == VALUE_TEXT && str_eq(v->text, text);
}

bool value_is_literal(const struct value *v)
{
	return v->kind == VALUE_TEXT && text_is_literal(v->text);
}

bool value_is_scalar(const struct value *v)
{
	return v->origin && (v->origin->kind == NODE_NUMBER || v->origin->kind == NODE_LITERAL);
}

/* A copy of which nothing is known but that. */
static const struct value *marked(struct arena *a, const struct value *v, bool maybe, bool either)
{
	struct value *copy = value_copy(a, v);
	copy->maybe = maybe;
	copy->either = either;
	copy->guard = (str){ 0 };
	copy->if_any = NULL;
	return copy;
}

const struct value *value_maybe(struct arena *a, const struct value *v)
{
	return marked(a, v, true, false);
}

const struct value *value_present(struct arena *a, const struct value *v)
{
	return v->maybe ? marked(a, v, false, false) : v;
}

const struct value *value_under(struct arena *a, const struct value *v, str guard)
{
	if (v->maybe)
		return value_maybe(a, v);
	struct value *copy = value_copy(a, v);
	copy->maybe = true;
	copy->guard = guard;
	return copy;
}

const struct value *value_within(struct arena *a, const struct value *v, const struct value *around)
{
	return around->maybe ? value_under(a, v, around->guard) : v;
}

const struct value *value_inside(struct arena *a, const struct value *around, size_t i)
{
	return value_within(a, value_at(around, i), around);
}

bool value_may_lack(const struct value_item *item)
{
	const struct node *n = item->node;
	if (n && n->kind == NODE_PAIR)
		n = n->last;
	if (n)
		n = node_unparen(n);
	bool written = n && (n->kind == NODE_GETATTR || n->kind == NODE_INDEX) &&
		       str_has(node_source(n), S("[")) && !str_has(node_source(n), S("[*]"));
	return item->value->guarded && !written;
}

const struct value *value_either(struct arena *a, const struct value *v)
{
	return marked(a, v, true, true);
}

const struct value *value_tried(struct arena *a, const struct value *v)
{
	struct value *copy = value_copy(a, v);
	copy->tried = true;
	return copy;
}

const struct value *value_guarded(struct arena *a, const struct value *v)
{
	struct value *copy = value_copy(a, v);
	copy->guarded = true;
	return copy;
}

const struct value *value_where_there(struct arena *a, const struct value *v)
{
	return v->loose ? value_maybe(a, v) : v;
}

struct value *value_with(struct arena *a, const struct value *v, const struct value_item *items,
			 size_t n)
{
	struct value *copy = value_copy(a, v);
	copy->items = items;
	copy->n = n;
	copy->below = NULL;
	return copy;
}

/* ---- what references are passed on the way ---- */

/*
 * What is in a value that was reached through a reference was reached through it, too. Its items
 * are copied when somebody looks at them: most of a large map that is handed from module to module
 * nobody does, and copying it each time was a third of a run.
 */
struct value_below {
	struct arena *arena;
	const struct value *of; /* the value as it was before */
	struct via step;
	struct value_item *items; /* without a value while nobody has asked */
};

const struct value *value_via(struct arena *a, const struct value *v, const void *user,
			      const struct shared *shared)
{
	struct value *copy = value_copy(a, v);
	struct via *via = ARENA_NEW(a, struct via);
	*via = (struct via){ user, shared, v->via };
	copy->via = via;
	if (v->n) {
		struct value_below *below = ARENA_NEW(a, struct value_below);
		*below = (struct value_below){ .arena = a, .of = v, .step = *via };
		copy->below = below;
	}
	return copy;
}

const struct via *via_join(struct arena *a, const struct via *first, const struct via *then)
{
	const struct via *out = then, **end = &out;
	for (; first; first = first->next) {
		struct via *copy = ARENA_NEW(a, struct via);
		*copy = *first;
		copy->next = then;
		*end = copy;
		end = &copy->next;
	}
	return out;
}

const struct value_item *value_item(const struct value *v, size_t i)
{
	struct value_below *below = v->below;
	if (!below)
		return &v->items[i];
	if (!below->items)
		below->items = arena_array(below->arena, v->n, sizeof(*below->items));
	struct value_item *item = &below->items[i];
	if (item->value)
		return item;
	*item = *value_item(below->of, i);
	item->value = value_via(below->arena, item->value, below->step.user, below->step.shared);
	return item;
}

const struct value *value_at(const struct value *v, size_t i)
{
	return value_item(v, i)->value;
}

/* An attribute of a resource or data source of AWS whose name says that it is one text. */
static bool is_one_attribute(str local)
{
	static const char *const ends[] = { ".id", "_id", ".arn", "_arn", ".name", "_name" };
	bool one = false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		one |= str_ends(local, str_from(ends[i]));
	return one && !str_has(local, S("*")) &&
	       (str_starts(local, S("aws_")) || str_starts(local, S("data.aws_")));
}

bool value_may_be_list(const struct value *v)
{
	str source, local;
	if (v->kind != VALUE_UNKNOWN || !text_is_ref(v->text, &source))
		return v->kind == VALUE_UNKNOWN;
	ref_scope(source, &local);
	return !str_eq(local, S("terraform.workspace")) && !is_one_attribute(local);
}
