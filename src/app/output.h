/* SPDX-License-Identifier: MIT */
/* output - where the results go. */
#ifndef KMSFIX_APP_OUTPUT_H
#define KMSFIX_APP_OUTPUT_H

#include "kmsfix/err.h"
#include "kmsfix/options.h"
#include "kmsfix/report.h"

/* Writes `text` to the file `name`; NULL: to standard output. ERR_IO. */
bool output_write(const char *name, str text, struct err *e);
/* The files that the options' outputs go to, opened before anything is changed. */
struct outlet {
	int fd;      /* -1: standard output, or it is written */
	bool unused; /* made by us, and nothing is written to it */
};

struct outlets {
	const struct options *o;
	struct outlet v[OUTPUTS_MAX];
	size_t n;
};

/* False with *e where one cannot be written to; what is in them stays until then. */
bool outlets_open(struct outlets *x, const struct options *o, struct err *e);
/* Takes away the files that were made and not used. */
void outlets_close(struct outlets *x);
/* Says on standard error what failed. */
void output_error(const struct err *e);
/*
 * Prints everything that the options ask for, and the summary on standard error unless a text for
 * people is on standard output already. `diff` appends the change as a unified diff.
 */
bool outputs_print(struct outlets *x, struct report_input *in,
		   bool (*diff)(void *ctx, struct buf *out, struct err *e), void *ctx,
		   struct err *e);

#endif
