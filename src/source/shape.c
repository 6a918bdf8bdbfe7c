/* SPDX-License-Identifier: MIT */
#include "kmsfix/shape.h"

#include "kmsfix/vec.h"

static struct shape *shape_new(struct arena *a, enum shape_kind kind)
{
	struct shape *s = ARENA_NEW(a, struct shape);

	s->kind = kind;
	return s;
}

struct shape *shape_text(struct arena *a, str canonical)
{
	struct shape *s = shape_new(a, SHAPE_TEXT);

	s->text = canonical;
	return s;
}

struct shape *shape_expression(struct arena *a, str source)
{
	struct shape *s = shape_new(a, SHAPE_EXPRESSION);

	s->text = source;
	return s;
}

struct shape *shape_source(struct arena *a, const struct node *value)
{
	struct shape *s = shape_new(a, SHAPE_SOURCE);

	s->source = value;
	return s;
}

struct shape *shape_list(struct arena *a)
{
	return shape_new(a, SHAPE_LIST);
}

struct shape *shape_object(struct arena *a)
{
	return shape_new(a, SHAPE_OBJECT);
}

void shape_add(struct arena *a, struct shape *list, struct shape *value)
{
	struct shape_item item = { .value = value };

	VEC_PUSH(a, list, item);
}

void shape_set(struct arena *a, struct shape *object, str key, struct shape *value)
{
	struct shape_item item = { key, value };

	for (size_t i = 0; i < object->n; i++) {
		if (str_eq(object->v[i].key, key)) {
			object->v[i].value = value;
			return;
		}
	}
	VEC_PUSH(a, object, item);
}

struct shape *shape_get(const struct shape *object, str key)
{
	for (size_t i = 0; i < object->n; i++) {
		if (str_eq(object->v[i].key, key))
			return object->v[i].value;
	}
	return NULL;
}
