/* SPDX-License-Identifier: MIT */
/*
 * allocator - libgit2 without memory calls itself for ever, or uses what it did not get. With ours
 * the program ends as everywhere else, with one line.
 */
#ifndef KMSFIX_SRC_GIT_ALLOCATOR_H
#define KMSFIX_SRC_GIT_ALLOCATOR_H

/* From now on libgit2 never sees memory run out. */
void allocator_ours(void);
/* libgit2's own again, which reports it: where ending at once would leave a lock behind. */
void allocator_theirs(void);

#endif
