/* SPDX-License-Identifier: MIT */
#include "value.h"

#include "kmsfix/arena.h"
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
	const struct value_item *found = NULL;

	if (v->kind != VALUE_MAP)
		return NULL;
	for (size_t i = 0; i < v->n; i++) {
		if (!str_eq(v->items[i].key, key))
			continue;
		if (found)
			return NULL;
		found = &v->items[i];
	}
	return found;
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

const struct value *value_maybe(struct arena *a, const struct value *v)
{
	struct value *copy = value_copy(a, v);
	copy->maybe = true;
	copy->either = false;
	return copy;
}

const struct value *value_either(struct arena *a, const struct value *v)
{
	struct value *copy = value_copy(a, v);
	copy->maybe = copy->either = true;
	return copy;
}

const struct value *value_guarded(struct arena *a, const struct value *v)
{
	struct value *copy = value_copy(a, v);
	copy->guarded = true;
	return copy;
}

static const struct value *copy_via(struct arena *a, const struct value *v, struct via step,
				    size_t depth)
{
	struct value *copy = value_copy(a, v);
	struct via *via = ARENA_NEW(a, struct via);
	*via = step;
	via->next = v->via;
	copy->via = via;
	if (!v->n || depth > SYNTAX_MAX_DEPTH)
		return copy;
	struct value_item *items = arena_array(a, v->n, sizeof(*items));
	for (size_t i = 0; i < v->n; i++) {
		items[i] = v->items[i];
		items[i].value = copy_via(a, v->items[i].value, step, depth + 1);
	}
	copy->items = items;
	return copy;
}

const struct value *value_via(struct arena *a, const struct value *v, const void *user,
			      const struct shared *shared)
{
	return copy_via(a, v, (struct via){ .user = user, .shared = shared }, 0);
}
