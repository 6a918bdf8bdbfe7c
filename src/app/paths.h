/* SPDX-License-Identifier: MIT */
/* paths - where the files are that the options name for results. */
#ifndef KMSFIX_APP_PATHS_H
#define KMSFIX_APP_PATHS_H

#include "kmsfix/err.h"
#include "kmsfix/options.h"

/*
 * Refuses each path that goes through a symbolic link of the work tree, which may be made by an
 * enemy: what the user named would not be what is written. Links elsewhere are the user's own. The
 * work tree is that of the repository, or of the current directory where a command has none.
 */
bool paths_check(const struct options *o, struct err *e);

#endif
