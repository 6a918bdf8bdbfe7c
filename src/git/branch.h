/* SPDX-License-Identifier: MIT */
/* branch - the references we make, move and delete. */
#ifndef KMSFIX_SRC_GIT_BRANCH_H
#define KMSFIX_SRC_GIT_BRANCH_H

#include "repo.h"

/* The full name of a branch. */
const char *branch_ref(struct repo *r, const char *branch);
/* The commit that it names; false when there is none. */
bool branch_tip(struct repo *r, const char *branch, git_oid *tip);
/*
 * Lets it name `commit`: `old` is what it named when that was decided (NULL: it was not there), and
 * it fails when anybody else made or moved it meanwhile.
 */
bool branch_set(struct repo *r, const char *branch, const git_oid *commit, const git_oid *old,
		const git_signature *who, struct err *e);

#endif
