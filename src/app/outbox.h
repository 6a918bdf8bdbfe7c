/* SPDX-License-Identifier: MIT */
/*
 * outbox - files of directories that other runs write to, too: all of them change, or none. Only
 * one run at a time writes to a directory; what one that was killed has left there goes with the
 * next, which makes the files anew.
 */
#ifndef KMSFIX_APP_OUTBOX_H
#define KMSFIX_APP_OUTBOX_H

#include "kmsfix/err.h"
#include "kmsfix/handoff.h"

struct parcel {
	const char *path;
	str text;                  /* empty: the file is to go */
	const char *fresh, *saved; /* other names: of the new file before, of the old one after */
	bool is_fresh, is_saved;   /* these are there */
	bool replaced;
};

struct outbox {
	struct arena *arena;
	struct {
		struct parcel *v;
		size_t n, cap;
	} parcels;
	int dirs[2]; /* locked */
	size_t n;
};

/*
 * Waits until no other run writes to the directory, where it was not added before: at most two.
 * `there`: what was found in it and below.
 */
bool outbox_lock(struct outbox *x, const char *dir, const struct requests *there, struct err *e);
/* Adds the files that differ from what is there. */
void outbox_add(struct outbox *x, const struct handoff *files, const struct requests *there);
/* Writes the new files beside the old ones; what can go wrong most likely does here. */
bool outbox_prepare(struct outbox *x, struct err *e);
/* Puts them in the place of the old ones; false with *e when none of them is. */
bool outbox_commit(struct outbox *x, struct err *e);
/* Leaves nothing of its own behind. */
void outbox_close(struct outbox *x);

#endif
