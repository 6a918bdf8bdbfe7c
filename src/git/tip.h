/* SPDX-License-Identifier: MIT */
/* tip - the commit that a branch names, and whose it is. */
#ifndef KMSFIX_SRC_GIT_TIP_H
#define KMSFIX_SRC_GIT_TIP_H

#include "kmsfix/strs.h"
#include "repo.h"

/* True when kmsfix wrote the commit, and nobody changed what it does since; a rebase does not. */
bool tip_is_ours(struct repo *r, const git_oid *tip);
/* Adds a file to what a commit changes. */
void tip_change_add(struct repo *r, struct strs *change, str path, const git_oid *before,
		    const git_oid *after);
/* An id for all that; sorts the list. */
bool tip_change_id(struct repo *r, struct strs *change, char id[GIT_ID_SIZE]);
/* The value of one of its trailers in the arena; empty: there is none. */
str tip_trailer(struct repo *r, const git_oid *tip, const char *name);
/*
 * True when it is the last of commits with these trees (oldest first), each with one parent, of
 * which the first one's is `base`; and, when `is_signed`, all are signed.
 */
bool tip_has_trees(struct repo *r, const git_oid *tip, const git_oid *trees, size_t n,
		   const git_oid *base, bool is_signed);

#endif
