/* SPDX-License-Identifier: MIT */
/*
 * vec - the one macro of the project: a growable array in an arena.
 *
 *	struct nodes { struct node **v; size_t n, cap; };
 *	VEC_PUSH(arena, &nodes, node);
 *
 * Old copies stay in the arena until it goes; growth doubles, so they waste at most the final size.
 */
#ifndef KMSFIX_VEC_H
#define KMSFIX_VEC_H

#include "kmsfix/arena.h"

/* Room for one more than `n` elements of `size` bytes: `v`, or a larger copy of it. */
void *vec_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size);

#define VEC_PUSH(a, vec, item)                                                                \
	do {                                                                                  \
		(vec)->v = vec_room((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof(*(vec)->v)); \
		(vec)->v[(vec)->n++] = (item);                                                \
	} while (0)

#endif
