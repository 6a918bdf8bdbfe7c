/* SPDX-License-Identifier: MIT */
/* check_report - what --check found, for a person, for the log of a CI job and for programs. */
#ifndef KMSFIX_CHECK_REPORT_H
#define KMSFIX_CHECK_REPORT_H

#include "kmsfix/buf.h"
#include "kmsfix/check.h"

struct check_report {
	const struct regressions *found;
	str base, head; /* ids of the commits */
	str version;
};

/* One line for each: `path:line:column: CODE address: sentence`. */
void check_text(const struct check_report *in, struct buf *out);
/* One JSON object with a final newline, as templates/kmsfix-check.schema.json says. */
void check_json(const struct check_report *in, struct buf *out);
/* The figures, and what to do next. */
void check_summary(const struct check_report *in, struct buf *out);

#endif
