/* SPDX-License-Identifier: MIT */
/* tip - the commit that a branch names, and whose it is. */
#ifndef KMSFIX_SRC_GIT_TIP_H
#define KMSFIX_SRC_GIT_TIP_H

#include "repo.h"

/* True when kmsfix wrote the commit, and nobody changed its tree since. */
bool tip_is_ours(struct repo *r, const git_oid *tip);
/* The value of one of its trailers in the arena; empty: there is none. */
str tip_trailer(struct repo *r, const git_oid *tip, const char *name);
/*
 * True when it is the last of commits with these trees (oldest first), each with one parent, of
 * which the first one's is `base`; and, when `is_signed`, all are signed.
 */
bool tip_has_trees(struct repo *r, const git_oid *tip, const git_oid *trees, size_t n,
		   const git_oid *base, bool is_signed);

#endif
