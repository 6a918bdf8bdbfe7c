/* SPDX-License-Identifier: MIT */
/*
 * settings - Git's configuration as git reads it. libgit2 alone ignores GIT_CONFIG_GLOBAL,
 * GIT_CONFIG_SYSTEM, GIT_CONFIG_COUNT and config.worktree.
 */
#ifndef KMSFIX_SRC_GIT_SETTINGS_H
#define KMSFIX_SRC_GIT_SETTINGS_H

#include "repo.h"

/* Called with each value of a name, in Git's order; the last one wins. */
typedef void setting_fn(const char *value, void *ctx);

/*
 * The files of system and user and, when `git` is not NULL, of that repository. The caller frees
 * *out.
 */
bool settings_open(git_config **out, git_repository *git, struct arena *a, struct err *e);
/* Calls `fn` with each value of `name` in the files and in GIT_CONFIG_COUNT. */
void settings_each(git_config *files, const char *name, setting_fn *fn, void *ctx);
/* The value of `name` that counts, in the arena; NULL when there is none. */
const char *settings_get(git_config *files, const char *name, struct arena *a);

#endif
