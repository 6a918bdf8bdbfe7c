/* SPDX-License-Identifier: MIT */
/*
 * allocator - libgit2 without memory calls itself for ever, or uses what it did not get. With ours
 * the program ends as everywhere else, with one line.
 */
#ifndef KMSFIX_SRC_GIT_ALLOCATOR_H
#define KMSFIX_SRC_GIT_ALLOCATOR_H

#include <stddef.h>

/* From now on libgit2 never sees memory run out. */
void allocator_ours(void);
/* In this thread no more than `n` bytes are given at once, which the reading of an object takes;
 * SIZE_MAX: any number. */
void allocator_limit(size_t n);
/* libgit2's own again, which reports it: where ending at once would leave a lock behind. */
void allocator_theirs(void);

#endif
