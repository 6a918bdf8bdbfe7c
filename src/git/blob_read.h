/* SPDX-License-Identifier: MIT */
/* blob_read - one file of a tree. */
#ifndef KMSFIX_SRC_GIT_BLOB_READ_H
#define KMSFIX_SRC_GIT_BLOB_READ_H

#include "repo.h"

struct blob {
	str text;
	const char *unread; /* why there is none; NULL */
};

/* Reads what is at `path`, of at most `size` bytes. False when the repository cannot be read. */
bool blob_read(struct blob *out, struct repo *r, const git_oid *id, size_t size, str path,
	       struct arena *a, struct err *e);

/* Says why something of a tree could not be read; an empty path is the tree itself. Returns false.
 */
bool blob_read_failed(struct repo *r, int rc, str path, struct err *e);

#endif
