/* SPDX-License-Identifier: MIT */
/* signature - who made a commit, and when. */
#ifndef KMSFIX_SRC_GIT_SIGNATURE_H
#define KMSFIX_SRC_GIT_SIGNATURE_H

#include "repo.h"

enum role { ROLE_AUTHOR, ROLE_COMMITTER };

/*
 * Name and address: GIT_AUTHOR_NAME and its like, then author.name (committer.name), then
 * user.name, then kmsfix <kmsfix@localhost>. Date: GIT_AUTHOR_DATE and its like, then
 * SOURCE_DATE_EPOCH, then that of `base`. What cannot be used is ERR_USAGE. The caller frees *out.
 */
bool signature_make(git_signature **out, enum role role, struct repo *r,
		    const struct base_info *base, struct err *e);

#endif
