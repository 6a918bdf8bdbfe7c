/* SPDX-License-Identifier: MIT */
/* tree_write - a tree with some files' bytes replaced. */
#ifndef KMSFIX_SRC_GIT_TREE_WRITE_H
#define KMSFIX_SRC_GIT_TREE_WRITE_H

#include "repo.h"

/*
 * Writes blobs and trees into `git` and gives the new tree's id. Every file keeps its mode. Each
 * change's `before` must be, byte for byte, what `base` holds: this verifies what was read.
 */
bool tree_write(git_oid *out, git_repository *git, const git_oid *base,
		const struct file_change *changes, size_t n, struct arena *a, struct err *e);
/* The entry's id and mode for one change, verified like that. */
bool tree_verify(git_oid *id, git_filemode_t *mode, const git_tree *base,
		 const struct file_change *change, struct arena *a, struct err *e);

#endif
