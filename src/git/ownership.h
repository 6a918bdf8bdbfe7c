/* SPDX-License-Identifier: MIT */
/* ownership - whether the repository is the user's own, or one they declared safe. */
#ifndef KMSFIX_SRC_GIT_OWNERSHIP_H
#define KMSFIX_SRC_GIT_OWNERSHIP_H

#include "repo.h"

/* False, with the command that declares it safe, when it belongs to another user. */
bool ownership_check(const struct repo *r, struct err *e);

#endif
