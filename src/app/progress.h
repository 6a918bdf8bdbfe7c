/* SPDX-License-Identifier: MIT */
/* progress - how far a long read is: one line on standard error, if that is a terminal. */
#ifndef KMSFIX_APP_PROGRESS_H
#define KMSFIX_APP_PROGRESS_H

#include "kmsfix/evidence.h"

/* A zeroed one is ready. */
struct progress {
	bool quiet;   /* says nothing */
	size_t shown; /* columns of the line that is there */
};

/* The line without its end, at most `width` bytes; `out` gets a NUL, too. */
#define PROGRESS_MAX 160
void progress_line(const struct evidence_progress *p, size_t width, char out[PROGRESS_MAX]);
/* For struct evidence_options, with a struct progress as context. */
void progress_show(void *progress, const struct evidence_progress *p);
/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
