/* SPDX-License-Identifier: MIT */
/* remote - what is known of another repository's branches, from when git last fetched or pushed. */
#ifndef KMSFIX_SRC_GIT_REMOTE_H
#define KMSFIX_SRC_GIT_REMOTE_H

#include "repo.h"

/* What stands before the names of the remote's branches: "refs/remotes/origin/". */
const char *remote_prefix(struct repo *r, const char *remote);
/* The commit that the remote's branch named; false when none is known. */
bool remote_tip(struct repo *r, const char *remote, const char *branch, git_oid *tip);

#endif
