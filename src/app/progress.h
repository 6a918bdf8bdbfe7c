/* SPDX-License-Identifier: MIT */
/* progress - how far a long read is: one line on standard error, if that is a terminal. */
#ifndef KMSFIX_APP_PROGRESS_H
#define KMSFIX_APP_PROGRESS_H

#include <time.h>

#include "kmsfix/evidence.h"

/* A zeroed one is ready. */
struct progress {
	bool quiet;   /* says nothing */
	size_t shown; /* columns of the line that is there */
	time_t since; /* of the first phase; 0: none yet */
};

/* The line without its end, at most `width` bytes; `out` gets a NUL, too. */
#define PROGRESS_MAX 160
void progress_line(const struct evidence_progress *p, size_t width, char out[PROGRESS_MAX]);
/*
 * Says what is going on, once it may take a while: `files` are many, or it already has since the
 * first call.
 */
void progress_phase(struct progress *p, const char *what, size_t files, size_t round);
/* For struct evidence_options, with a struct progress as context. */
void progress_show(void *progress, const struct evidence_progress *p);
/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
