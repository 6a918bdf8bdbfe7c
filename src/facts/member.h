/* SPDX-License-Identifier: MIT */
/*
 * member - members of JSON objects as texts and nodes. What is absent, null, doubled or of another
 * kind is NULL or the empty text: every reader decides itself what it cannot do without.
 */
#ifndef FACTS_MEMBER_H
#define FACTS_MEMBER_H

#include "kmsfix/node.h"

/* The value of a member; NULL, too, when `map` is NULL or no object. */
const struct node *member(const struct node *map, struct arena *a, str name);
/* The same when it is an object, or a list. */
const struct node *member_map(const struct node *map, struct arena *a, str name);
const struct node *member_list(const struct node *map, struct arena *a, str name);
/* Decoded text of a string. */
str member_text(const struct node *map, struct arena *a, str name);
bool member_true(const struct node *map, struct arena *a, str name);
/* A non-negative whole number; 0 for anything else. */
uint64_t member_number(const struct node *map, struct arena *a, str name);
/* Decoded text of a STRING node; empty for anything else. */
str string_text(const struct node *n, struct arena *a);

#endif
