/* SPDX-License-Identifier: MIT */
/* Keys that a finding names: an address alone does not tell those of two root modules apart. */
#include "kmsfix/reach.h"

#include <stdlib.h>

#include "kmsfix/model.h"

static int by_name(const void *px, const void *py)
{
	const struct key *x = *(const struct key *const *)px, *y = *(const struct key *const *)py;
	int order = str_cmp(x->address, y->address);

	return order ? order : str_cmp(x->unit->path, y->unit->path);
}

void key_list_sort(struct key_list *list)
{
	size_t kept = 0;

	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), by_name);
	for (size_t i = 0; i < list->n; i++)
		if (!kept || by_name(&list->v[kept - 1], &list->v[i]))
			list->v[kept++] = list->v[i];
	list->n = kept;
}
