/* SPDX-License-Identifier: MIT */
/*
 * stricter - whether what is asked for here holds only where what was asked for there does. Both
 * are lists of texts that all have to hold: conditions as describe_conditions() has them, guards,
 * and the atoms of terms.
 */
#ifndef KMSFIX_PLAN_STRICTER_H
#define KMSFIX_PLAN_STRICTER_H

#include "kmsfix/access.h"

/* Equal texts are; so are fewer values of a condition, more of one that is negated, an operand of
 * an `||` for that, and an `&&` for its operands. */
bool asks_all(const struct strs *now, const struct strs *before, struct arena *a);
/* The formula gives what the term says. */
bool gives_no_less(const struct formula *f, const struct term *t, struct arena *a);

#endif
