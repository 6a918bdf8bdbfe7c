/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <stdlib.h>

#include "kmsfix/vec.h"

void names_add(struct names *names, struct arena *a, str text, uint32_t at)
{
	VEC_PUSH(a, names, ((struct name){ text, at }));
}

static int compare(const void *left, const void *right)
{
	const struct name *a = left, *b = right;
	int order = str_cmp(a->text, b->text);

	return order ? order : (a->at > b->at) - (a->at < b->at);
}

const struct name *names_duplicate(struct names *names)
{
	const struct name *found = NULL;

	if (names->n < 2)
		return NULL;
	qsort(names->v, names->n, sizeof(names->v[0]), compare);
	for (size_t i = 1; i < names->n; i++) {
		const struct name *n = &names->v[i];

		if (str_eq(n[-1].text, n->text) && (!found || n->at < found->at))
			found = n;
	}
	return found;
}
