/* SPDX-License-Identifier: MIT */
/* repo - what the files of src/git share. Nothing outside this folder includes <git2.h>. */
#ifndef KMSFIX_SRC_GIT_REPO_H
#define KMSFIX_SRC_GIT_REPO_H

#include <git2.h>

#include "kmsfix/arena.h"
#include "kmsfix/git.h"

struct repo {
	struct arena *arena;
	git_repository *git;
	git_odb *odb;
	git_config *config;
	const char *name;  /* the work tree or, when bare, the repository: for messages */
	const char *work;  /* work tree with a final '/', or NULL */
	bool explicit_dir; /* named by GIT_DIR: trusted, as Git does */
};

/* Fills *e with the formatted text and libgit2's reason; returns false. */
bool repo_fail(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The commit of a revision; to be freed. */
bool repo_commit_find(git_commit **out, struct repo *r, const char *rev, struct err *e);
/* The reason of the last failure of libgit2. */
const char *repo_reason(void);

#endif
