/* SPDX-License-Identifier: MIT */
/*
 * excerpt - a line of source with carets below what matters in it.
 *
 * The line is made harmless as by buf_add_safe(), a tab becomes four blanks, and what does not fit
 * is cut, so the carets stand where they should whatever the line holds.
 */
#ifndef KMSFIX_REPORT_EXCERPT_H
#define KMSFIX_REPORT_EXCERPT_H

#include "kmsfix/buf.h"
#include "kmsfix/file.h"
#include "paint.h"

/* Bytes [start, end) of a file. */
struct mark {
	size_t start, end;
};

struct excerpt {
	const struct file *file;
	size_t line;              /* its number */
	const struct mark *marks; /* sorted; at least one, all starting on the line */
	size_t n;
	size_t columns; /* room for number and text */
	bool color;
	enum ink ink; /* of the carets */
};

void excerpt_add(struct buf *out, const struct excerpt *x);

#endif
