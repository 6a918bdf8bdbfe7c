/* SPDX-License-Identifier: MIT */
/* walk - the files that paths given by the user stand for. */
#ifndef FACTS_WALK_H
#define FACTS_WALK_H

#include "kmsfix/err.h"
#include "kmsfix/str.h"

#define WALK_MAX_DEPTH 64

struct walk_file {
	const char *path;
	bool walked;   /* found in a directory */
	uint64_t size; /* 0 when it is not known */
	uint64_t device, inode;
};

struct walk {
	struct walk_file *v;
	size_t n, cap;
	uint64_t skipped; /* files of directories that `wanted` did not want */
};

/*
 * Appends the files at `path`: itself or, of a directory, the regular files below it whose names
 * `wanted` wants, without following symbolic links or entering what starts with '.'.
 */
bool walk_add(struct walk *w, const char *path, bool (*wanted)(str name), struct arena *a,
	      struct err *e);
/* Sorts by path; a file that was named or found more than once stays once. */
void walk_sort(struct walk *w);

#endif
