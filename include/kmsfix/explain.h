/* SPDX-License-Identifier: MIT */
/*
 * explain - what a code means: a hold code, or a control of Security Hub. The texts are those of
 * templates/explain.txt.
 */
#ifndef KMSFIX_EXPLAIN_H
#define KMSFIX_EXPLAIN_H

#include "kmsfix/buf.h"

/* What there is to say about one code; each part may be several lines, as they are printed. */
struct explanation {
	str code;
	str what; /* one line */
	str why, action, example;
};

/* All of them: the controls, then the hold codes by rank. */
size_t explain_count(void);
struct explanation explain_at(size_t i);
/* The number of `code`, in upper or lower case; SIZE_MAX when there is none. */
size_t explain_find(str code);
/* Appends what there is to say about the i-th code. */
void explain_print(struct buf *out, size_t i);
/* Appends one line for each code. */
void explain_list(struct buf *out);

#endif
