/* SPDX-License-Identifier: MIT */
/* ignore_place - what a comment is about (the rules are in kmsfix/ignore.h). */
#ifndef KMSFIX_IAC_IGNORE_PLACE_H
#define KMSFIX_IAC_IGNORE_PLACE_H

#include "kmsfix/node.h"

/* What a comment can be about: arguments, blocks, pairs and elements, in source order. */
struct things {
	const struct node **v;
	size_t n, cap;
};

/* A range of siblings. */
struct place_range {
	const struct node *first, *last; /* NULL: nothing */
};

void things_collect(struct things *out, const struct tree *t, struct arena *a);
/* What comment number `k` of the tree is about, before it is known what has to do with a policy. */
struct place_range things_at(const struct things *things, const struct tree *t, size_t k);
/* The thing around `n` that is at most a resource, or NULL. */
const struct node *thing_around(const struct node *n);

#endif
