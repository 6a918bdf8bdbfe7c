/* SPDX-License-Identifier: MIT */
/*
 * reader - one file of evidence: through the scanner or the CSV splitter into the ledger. The
 * first thing that is wrong ends it, with path:line:column.
 */
#ifndef FACTS_READER_H
#define FACTS_READER_H

#include "ledger.h"
#include "scan.h"
#include "stream.h"

struct reader {
	struct ledger *ledger;
	const struct evidence_options *options;
	struct evidence_progress progress;
	uint64_t reported; /* progress.done at the last report */
	struct err *err;
	const char *path;
	struct stream stream;
	struct arena *scratch; /* of the current event, and of some before it */
	size_t scratch_uses;
	/* Lines of a summary: how many the file has announced, less those seen. */
	int64_t summary_lines;
};

/* Reads one file; a CSV when it does not start as JSON. False with *r->err. */
bool reader_file(struct reader *r, const char *path, bool walked);

/* ---- for the readers of the formats ---- */

/* Fails at a place of the text; `offset` counts from the start of `line`, whose number it is. */
bool reader_fail(struct reader *r, size_t line, uint64_t column, const char *reason);
/* A new event: r->scratch may be a new arena. */
void reader_next(struct reader *r);
/* stream_more() with progress; on failure the error is set, at line:column. */
bool reader_more(struct reader *r, size_t drop, size_t line, uint64_t column);
/* Text at the window's start that is no JSON: rows of a query. */
bool reader_csv(struct reader *r);
/* Reads a line of a summary; `why` as usual. */
bool summary_line(struct reader *r, const struct node *n, struct arena *a, const char **why);

#endif
