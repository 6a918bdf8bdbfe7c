/* SPDX-License-Identifier: MIT */
/*
 * work_file - one file of the work tree and its replacement. No symbolic link is ever followed, and
 * no descriptor is kept between calls, so a change may have any number of files.
 */
#ifndef KMSFIX_SRC_GIT_WORK_FILE_H
#define KMSFIX_SRC_GIT_WORK_FILE_H

#include <sys/types.h>

#include "kmsfix/arena.h"
#include "kmsfix/buf.h"
#include "kmsfix/err.h"
#include "kmsfix/str.h"

/* How the names of prepared files begin. */
#define WORK_FILE_TEMP ".kmsfix-"

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
	bool done;     /* it holds the new bytes already */
	bool replaced;
	bool exchanged; /* then the old bytes are in `temp` */
};

/* Only the names: nothing is read. */
void work_file_name(struct work_file *w, size_t number, int root, str path, struct arena *a);

/* Finds and reads the file: fills all but `text`. `root` stays the caller's. */
bool work_file_read(struct work_file *w, size_t number, int root, str path, struct arena *a,
		    struct err *e);
/* No symbolic link and no other file stands where a directory of the path would be. */
bool work_file_is_direct(const struct work_file *w);
/* Chooses `temp`. */
void work_file_choose_temp(struct work_file *w);
/* Stores `text` beside the file, as `temp`, on disk for good. */
bool work_file_prepare(struct work_file *w, struct err *e);
/* Puts the prepared bytes in the file's place. */
bool work_file_replace(struct work_file *w, struct err *e);
/* Puts the old bytes back if they were replaced. */
bool work_file_restore(struct work_file *w);
/* Removes what was prepared, if anything was. */
bool work_file_drop(struct work_file *w);
/*
 * After another run: puts the file `temp`, if it is there, in the file's place, or with `finish`
 * false removes it. False with errno.
 */
bool work_file_settle(struct work_file *w, bool finish);

#endif
