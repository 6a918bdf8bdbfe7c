/* SPDX-License-Identifier: MIT */
/*
 * fileset - an ordered, read-only set of files: the in-memory tree that every stage reads. Files
 * are sorted by path bytes, so every result is independent of the order in which they were read.
 */
#ifndef KMSFIX_FILESET_H
#define KMSFIX_FILESET_H

#include "kmsfix/file.h"

/* A symbolic link to a directory, and where it leads, both from the root of the tree. */
struct dir_link {
	str path, target;
};

struct fileset {
	struct file *files;
	size_t n, cap;
	bool sorted;
	const struct dir_link *links; /* borrowed */
	size_t link_count;
};

/* Adds a file as it is; path and text are borrowed. */
void fileset_put(struct fileset *set, struct arena *a, const struct file *f);
/* Adds one that nothing else is to be said of. */
void fileset_add(struct fileset *set, struct arena *a, str path, str text, unsigned mode);
/* Sorts by path; must be called before fileset_find, and after the last fileset_add. */
void fileset_sort(struct fileset *set);
/*
 * The path of the tree that `path` is the same as, with the links to directories followed; itself
 * when none is on it.
 */
str fileset_real_path(const struct fileset *set, str path, struct arena *a);
/* The file at `path`, or NULL. */
const struct file *fileset_find(const struct fileset *set, str path);

#endif
