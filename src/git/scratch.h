/* SPDX-License-Identifier: MIT */
/*
 * scratch - a repository in memory on top of a real one: it reads the real one's objects and keeps
 * its own until it is freed. It has no configuration, attributes or references.
 */
#ifndef KMSFIX_SRC_GIT_SCRATCH_H
#define KMSFIX_SRC_GIT_SCRATCH_H

#include "repo.h"

/* The caller frees *out before it closes `r`. */
bool scratch_create(git_repository **out, struct repo *r, struct err *e);

#endif
