/* SPDX-License-Identifier: MIT */
/*
 * fill - a text with {{names}} in it. A line that is only a name whose value is empty goes, and the
 * blank lines after it with it.
 */
#ifndef KMSFIX_REPORT_FILL_H
#define KMSFIX_REPORT_FILL_H

#include "kmsfix/buf.h"

struct fill_value {
	const char *name;
	str text;
};

/* The first name in `text` from *at on, and *at behind it; empty when there is no more. */
str fill_next(str text, size_t *at);
/* Appends `text` with the values of the names; a name that has none stays as it is. */
void fill_text(struct buf *out, str text, const struct fill_value *values, size_t n);

#endif
