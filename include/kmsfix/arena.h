/* SPDX-License-Identifier: MIT */
/*
 * arena - memory that is given out piece by piece and freed all at once.
 *
 * One arena lives for one run (or one stage that is thrown away whole). Memory is zeroed. Running
 * out of memory prints one line and exits with status 1: nothing was written then, because all
 * writing happens after planning. When built with KMSFIX_ARENA_DEBUG every piece is its own malloc,
 * so that ASan and valgrind see each overrun.
 */
#ifndef KMSFIX_ARENA_H
#define KMSFIX_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_create(void);
/* Frees everything the arena gave out; NULL is allowed. */
void arena_destroy(struct arena *a);
/* Takes back everything the arena gave out, and keeps the memory for what it gives out next. */
void arena_reset(struct arena *a);
/* Takes over all that `from` gave out, and `from` itself goes. */
void arena_join(struct arena *a, struct arena *from);
/* `size` zeroed bytes, aligned for any object; size 0 gives a valid unique pointer. */
void *arena_alloc(struct arena *a, size_t size);
/* `count * size` zeroed bytes; an overflow of the product is treated as out of memory. */
void *arena_array(struct arena *a, size_t count, size_t size);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))

#endif
