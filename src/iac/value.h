/* SPDX-License-Identifier: MIT */
/* Constructors of values, for the front ends. */
#ifndef KMSFIX_IAC_VALUE_H
#define KMSFIX_IAC_VALUE_H

#include "kmsfix/value.h"

struct value_items {
	struct value_item *v;
	size_t n, cap;
};

struct value *value_new(struct arena *a, enum value_kind kind, const struct node *origin);
struct value *value_text_new(struct arena *a, str text, const struct node *origin);
/* True for a TEXT without a reference. */
bool value_is_literal(const struct value *v);
/* True for what is written as a number, true, false or null. */
bool value_is_scalar(const struct value *v);
/* True for a TEXT that is just this. */
bool value_is(const struct value *v, str text);
/* True for a MAP with that key, even if it stands there twice. */
bool value_has_key(const struct value *v, str key);
/* True for a MAP of which each item counts: none is, or may be, replaced by a later one. */
bool value_is_plain_map(struct arena *a, const struct value *map);
/* True for a LIST of which every item is seen, and there for sure. */
bool value_is_whole(const struct value *list);
/* The same, and its first item is known to be that, and so on. */
bool value_is_ordered(const struct value *list);
/* A whole value that is not written here: a variable may hold one text or a list of them. */
bool value_may_be_list(const struct value *v);
/* True for a LIST without any item. */
bool value_is_empty_list(const struct value *v);
/* Item i of a LIST; NULL when it is not known, or none. */
const struct value *value_nth(const struct value *list, size_t i);
/* The number that a text of few digits is. */
bool value_index(str text, size_t *out);
/* A LIST or MAP of the items (borrowed). */
struct value *value_items_new(struct arena *a, enum value_kind kind,
			      const struct value_items *items, const struct node *origin);
struct value *value_copy(struct arena *a, const struct value *v);
/* A copy with these items (borrowed) instead of its own. */
struct value *value_with(struct arena *a, const struct value *v, const struct value_item *items,
			 size_t n);
/* A copy marked `maybe`. */
const struct value *value_maybe(struct arena *a, const struct value *v);
/* What it is where it is there: a copy that is not marked. */
const struct value *value_present(struct arena *a, const struct value *v);
/* One that is there under the guard, if it would be there for sure without. */
const struct value *value_under(struct arena *a, const struct value *v, str guard);
/* What stands in `around`, which may be there only at times itself. */
const struct value *value_within(struct arena *a, const struct value *v,
				 const struct value *around);
/* Item i of a LIST or MAP that may be there only at times itself. */
const struct value *value_inside(struct arena *a, const struct value *around, size_t i);
/* Whether an item is `guarded` and not itself written there, `x[0].arn`, which it is an error to
 * miss. */
bool value_may_lack(const struct value_item *item);
/* A copy marked `maybe` and `either`. */
const struct value *value_either(struct arena *a, const struct value *v);
/* A copy marked `guarded`. */
const struct value *value_guarded(struct arena *a, const struct value *v);
/* A copy marked `tried`: it is there, or null or empty, or what else somebody has for that. */
const struct value *value_tried(struct arena *a, const struct value *v);
/* An item of a list that has something else, or nothing, where it is missing. */
const struct value *value_where_there(struct arena *a, const struct value *v);
/* A copy in which everything remembers that it was reached through the reference `user`. */
const struct value *value_via(struct arena *a, const struct value *v, const void *user,
			      const struct shared *shared);
/* Through `first`, and then through `then`. */
const struct via *via_join(struct arena *a, const struct via *first, const struct via *then);

#endif
