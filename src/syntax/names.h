/* SPDX-License-Identifier: MIT */
/*
 * names - finds a name that occurs twice, in less than quadratic time.
 */
#ifndef SYNTAX_NAMES_H
#define SYNTAX_NAMES_H

#include "kmsfix/str.h"

struct name {
	str text;
	uint32_t at;
};

struct names {
	struct name *v;
	size_t n, cap;
};

/* Room for the names of nearly all bodies and maps, so that nothing of them stays in an arena. */
#define NAMES_FEW 24

/* An empty list that begins in an array of NAMES_FEW, which must outlive it. */
#define NAMES_IN(array) ((struct names){ .v = (array), .cap = NAMES_FEW })

void names_add(struct names *names, struct arena *a, str text, uint32_t at);
/* The first name, by `at`, that an earlier one equals, or NULL. Changes the order. */
const struct name *names_duplicate(struct names *names);

#endif
