/* SPDX-License-Identifier: MIT */
/* table - a table that is Markdown, and as good to read where Markdown is only text. */
#ifndef KMSFIX_REPORT_TABLE_H
#define KMSFIX_REPORT_TABLE_H

#include "kmsfix/buf.h"

#define TABLE_COLUMNS 8

struct arena;

struct table {
	struct arena *arena;
	size_t columns;
	struct {
		str *v;
		size_t n, cap;
	} cells; /* row by row, the titles first */
};

/* Adds the next cell: Markdown on one line. */
void table_add(struct table *t, str cell);
void table_print(const struct table *t, struct buf *out);

#endif
