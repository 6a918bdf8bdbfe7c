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

void names_add(struct names *names, struct arena *a, str text, uint32_t at);
/* The first name, by `at`, that an earlier one equals, or NULL. Changes the order. */
const struct name *names_duplicate(struct names *names);

#endif
