/* SPDX-License-Identifier: MIT */
/* strs - a growable list of slices. */
#ifndef KMSFIX_STRS_H
#define KMSFIX_STRS_H

#include "kmsfix/str.h"

struct strs {
	str *v;
	size_t n, cap;
};

void strs_add(struct arena *a, struct strs *list, str s);
bool strs_has(const struct strs *list, str s);
/* Adds unless already there; true when it was added. */
bool strs_add_once(struct arena *a, struct strs *list, str s);
/* Sorts by bytes and removes duplicates. */
void strs_sort(struct strs *list);

#endif
