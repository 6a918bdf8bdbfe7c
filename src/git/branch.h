/* SPDX-License-Identifier: MIT */
/* branch - the one reference we make. */
#ifndef KMSFIX_SRC_GIT_BRANCH_H
#define KMSFIX_SRC_GIT_BRANCH_H

#include "repo.h"

/* Whether `branch` can be made now; asked before anything is stored. */
bool branch_check(struct repo *r, const char *branch, struct err *e);
/* Makes it at `commit`, or fails when anybody else made it meanwhile. */
bool branch_create(struct repo *r, const char *branch, const git_oid *commit,
		   const git_signature *who, struct err *e);

#endif
