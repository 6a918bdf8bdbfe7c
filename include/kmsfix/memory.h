/* SPDX-License-Identifier: MIT */
/*
 * memory - the only way to malloc in this project that has an answer to "out of memory": arena.c
 * prints one line and exits with status 1.
 */
#ifndef KMSFIX_MEMORY_H
#define KMSFIX_MEMORY_H

#include <stddef.h>

/* realloc() that does not return when it fails; `p` may be NULL, `size` must not be 0. */
void *memory_resize(void *p, size_t size);

#endif
