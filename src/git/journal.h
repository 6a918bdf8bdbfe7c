/* SPDX-License-Identifier: MIT */
/*
 * journal - what makes --write all files or none, also when the run is killed or the power fails.
 * It is a file of the Git directory: "kmsfix-write.begun" lists the files that are being prepared,
 * and is renamed to "kmsfix-write" once all of them are on disk. From then on the next run finishes
 * the work; before, it takes it back.
 */
#ifndef KMSFIX_SRC_GIT_JOURNAL_H
#define KMSFIX_SRC_GIT_JOURNAL_H

#include "repo.h"
#include "work_file.h"

struct journal {
	struct repo *repo;
	int dir;  /* the Git directory; locked, so that one run writes at a time */
	int root; /* the work tree, the caller's */
};

/* Takes the lock, and settles what a run that was stopped has left. */
bool journal_open(struct journal *j, struct repo *r, int root, struct err *e);
void journal_close(struct journal *j);

/* The files that will be prepared; their names for it must be chosen. */
bool journal_begin(struct journal *j, const struct work_file *files, size_t n, struct err *e);
/* All of them are prepared. */
bool journal_commit(struct journal *j, struct err *e);
/* They are not to be finished after all. */
bool journal_back(struct journal *j, struct err *e);
/* Nothing is left to settle. */
bool journal_end(struct journal *j, struct err *e);

#endif
