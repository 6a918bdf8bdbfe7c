/* SPDX-License-Identifier: MIT */
/*
 * effort - how much evaluating may take in all. What names another thing twice, and that one
 * another twice, or loops in loops would take more than there is: what is beyond is unknown, and
 * so held.
 */
#ifndef KMSFIX_IAC_EFFORT_H
#define KMSFIX_IAC_EFFORT_H

#include "kmsfix/value.h"

/* Of a front end; all zero at first. */
struct effort {
	size_t depth;  /* of evaluating that is under way */
	size_t used;   /* by what is being evaluated, from the outside */
	size_t beyond; /* what all took that was not free */
};

/* Begins to evaluate one more node; false when that must not be done any more. */
bool effort_begin(struct effort *e);
/* Ends it, whatever was the answer, with what came of it; false when that is too much to be kept,
 * as whatever is made of all its parts would be. */
bool effort_end(struct effort *e, const struct value *v);

/* All of what was evaluated last is there, whatever was evaluated before. */
bool effort_was_free(const struct effort *e);

#endif
