/* SPDX-License-Identifier: MIT */
/* loose - reads the repository's loose objects (one file each) in libgit2's stead. */
#ifndef KMSFIX_SRC_GIT_LOOSE_H
#define KMSFIX_SRC_GIT_LOOSE_H

#include "repo.h"

/* Puts the reader between r->odb's packs and libgit2's own reader. */
bool loose_add(struct repo *r, struct err *e);

#endif
