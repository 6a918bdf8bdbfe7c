/* SPDX-License-Identifier: MIT */
#include "kmsfix/vec.h"

#include <string.h>

#define FIRST_SIZE 4

void *vec_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
	void *grown;

	if (n < *cap)
		return v;
	*cap = n ? n * 2 : FIRST_SIZE;
	grown = arena_array(a, *cap, size);
	if (n)
		memcpy(grown, v, n * size);
	return grown;
}
