/* SPDX-License-Identifier: MIT */
#ifndef KMSFIX_PLAN_GRANTS_H
#define KMSFIX_PLAN_GRANTS_H

#include "decide.h"

/* Merges the moves of all candidates into one statement per key, actions and conditions [13.1], as
 * changes. */
void plan_grants(struct planner *pl);
/* place.c: where a policy is written for a grant to a key that has none. */
const struct node *unset_place(const struct grant *g);
/* The changes that write the plan's grants. */
void place_grants(struct planner *pl);
/* The Condition object of the statement, joined with that of `more` (may be NULL). */
struct shape *conditions_shape(struct arena *a, const struct statement *s,
			       const struct statement *more);

#endif
