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

#include <string.h>

#include "kmsfix/arena.h"

#define VEC_PUSH(a, vec, item)                                                      \
	do {                                                                        \
		if ((vec)->n == (vec)->cap) {                                       \
			size_t cap_ = (vec)->cap ? (vec)->cap * 2 : 4;              \
			void *p_ = arena_array((a), cap_, sizeof(*(vec)->v));       \
			if ((vec)->n)                                               \
				memcpy(p_, (vec)->v, (vec)->n * sizeof(*(vec)->v)); \
			(vec)->v = p_;                                              \
			(vec)->cap = cap_;                                          \
		}                                                                   \
		(vec)->v[(vec)->n++] = (item);                                      \
	} while (0)

#endif
