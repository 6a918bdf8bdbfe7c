/* SPDX-License-Identifier: MIT */
#include "kmsfix/vec.h"

#include <string.h>

/* Bytes of the first elements, as far as they are small: most lists have one or two. */
#define FIRST_SIZE 32

void *vec_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
	void *grown;

	if (n < *cap)
		return v;
	*cap = n ? n * 2 : size < FIRST_SIZE ? FIRST_SIZE / size : 1;
	grown = arena_array(a, *cap, size);
	if (n)
		memcpy(grown, v, n * size);
	return grown;
}
