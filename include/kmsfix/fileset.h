/* SPDX-License-Identifier: MIT */
/*
 * fileset - an ordered, read-only set of files: the in-memory tree that every stage reads. Files
 * are sorted by path bytes, so every result is independent of the order in which they were read.
 */
#ifndef KMSFIX_FILESET_H
#define KMSFIX_FILESET_H

#include "kmsfix/file.h"

struct fileset {
	struct file *files;
	size_t n, cap;
	bool sorted;
};

/* Adds a file; path and text are borrowed. */
void fileset_add(struct fileset *set, struct arena *a, str path, str text, unsigned mode);
/* Sorts by path; must be called before fileset_find, and after the last fileset_add. */
void fileset_sort(struct fileset *set);
/* The file at `path`, or NULL. */
const struct file *fileset_find(const struct fileset *set, str path);

#endif
