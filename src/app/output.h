/* SPDX-License-Identifier: MIT */
/* output - where the results go. */
#ifndef KMSFIX_APP_OUTPUT_H
#define KMSFIX_APP_OUTPUT_H

#include "kmsfix/err.h"
#include "kmsfix/options.h"
#include "kmsfix/report.h"

/* Writes `text` to the file `name`; NULL: to standard output. ERR_IO. */
bool output_write(const char *name, str text, struct err *e);
/* Says on standard error what failed. */
void output_error(const struct err *e);
/*
 * Prints everything that the options ask for, and the summary on standard error unless a text for
 * people is on standard output already. `diff` appends the change as a unified diff.
 */
bool outputs_print(const struct options *o, struct report_input *in,
		   bool (*diff)(void *ctx, struct buf *out, struct err *e), void *ctx,
		   struct err *e);

#endif
