/* SPDX-License-Identifier: MIT */
/*
 * work_file - one file of the work tree and its replacement. No symbolic link is ever followed, and
 * no descriptor is kept between calls, so a change may have any number of files.
 */
#ifndef KMSFIX_SRC_GIT_WORK_FILE_H
#define KMSFIX_SRC_GIT_WORK_FILE_H

#include <sys/types.h>

#include "kmsfix/arena.h"
#include "kmsfix/err.h"
#include "kmsfix/str.h"

struct work_file {
	size_t number;   /* of the file in this run: several may need a name in one folder */
	int root;        /* the work tree's directory */
	str path;        /* beneath it */
	const char *dir; /* the path's parts, for the system */
	const char *name;
	str old, text; /* bytes found, bytes to be */
	mode_t mode;
	uid_t uid;
	gid_t gid;
	char temp[64]; /* beside the file; empty: there is none */
	bool replaced;
};

/* Finds and reads the file: fills all but `text`. `root` stays the caller's. */
bool work_file_read(struct work_file *w, size_t number, int root, str path, struct arena *a,
		    struct err *e);
/* Stores `text` beside the file, on disk for good. */
bool work_file_prepare(struct work_file *w, struct err *e);
/* Puts the prepared bytes in the file's place. */
bool work_file_replace(struct work_file *w, struct err *e);
/* Puts the old bytes back if they were replaced, and removes what was prepared. */
bool work_file_revert(struct work_file *w);

#endif
