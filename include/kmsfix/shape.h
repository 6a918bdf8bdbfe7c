/* SPDX-License-Identifier: MIT */
/*
 * shape - new policy text as meaning: an ordered tree of objects, lists and texts, which the edit
 * layer renders in the language and style of its place. A text is canonical text: literal bytes
 * with references embedded as 0x01 source 0x02 (see value.h), so that `0x01 aws_iam_role.a.arn
 * 0x02` becomes `aws_iam_role.a.arn` in an HCL object, "${aws_iam_role.a.arn}" in JSON, and a
 * literal `${aws:username}` is escaped as its destination demands ($${…} in HCL strings and
 * heredocs, &{…} in policy document blocks [5.8]).
 */
#ifndef KMSFIX_SHAPE_H
#define KMSFIX_SHAPE_H

#include "kmsfix/str.h"

enum shape_kind {
	SHAPE_TEXT,
	SHAPE_LIST,
	SHAPE_OBJECT,
	SHAPE_EXPRESSION, /* text is a value, in the words of the destination */
	SHAPE_SOURCE,     /* a value that moves as it is written, with its comments */
};

struct node;

struct shape_item {
	str key; /* of an object; empty in a list */
	struct shape *value;
};

struct shape {
	enum shape_kind kind;
	str text;
	const struct node *source; /* in the language of the destination */
	str when;                  /* of an element: only there under this condition */
	struct shape_item *v;
	size_t n, cap;
};

struct shape *shape_text(struct arena *a, str canonical);
struct shape *shape_expression(struct arena *a, str source);
struct shape *shape_source(struct arena *a, const struct node *value);
struct shape *shape_list(struct arena *a);
struct shape *shape_object(struct arena *a);
void shape_add(struct arena *a, struct shape *list, struct shape *value);
void shape_set(struct arena *a, struct shape *object, str key, struct shape *value);
/* The value of `key`, or NULL. */
struct shape *shape_get(const struct shape *object, str key);

#endif
