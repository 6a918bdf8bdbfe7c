/* SPDX-License-Identifier: MIT */
#include "kmsfix/strs.h"

#include <stdlib.h>

#include "kmsfix/vec.h"

void strs_add(struct arena *a, struct strs *list, str s)
{
	VEC_PUSH(a, list, s);
}

bool strs_has(const struct strs *list, str s)
{
	for (size_t i = 0; i < list->n; i++) {
		if (str_eq(list->v[i], s))
			return true;
	}
	return false;
}

bool strs_add_once(struct arena *a, struct strs *list, str s)
{
	if (strs_has(list, s))
		return false;
	strs_add(a, list, s);
	return true;
}

static int compare(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

void strs_sort(struct strs *list)
{
	size_t kept = 0;

	if (list->n == 0)
		return;
	qsort(list->v, list->n, sizeof(*list->v), compare);
	for (size_t i = 1; i < list->n; i++) {
		if (!str_eq(list->v[i], list->v[kept]))
			list->v[++kept] = list->v[i];
	}
	list->n = kept + 1;
}
