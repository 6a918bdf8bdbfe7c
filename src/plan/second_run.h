/* SPDX-License-Identifier: MIT */
/* second_run - what the plan of a second run is to find again. */
#ifndef KMSFIX_PLAN_SECOND_RUN_H
#define KMSFIX_PLAN_SECOND_RUN_H

#include "kmsfix/plan.h"

/* Where the finding's statement stands now: file and address. */
str second_run_place(const struct finding *f, struct arena *a);
/*
 * Adds where what the plan holds stands and why, sorted; but not why what `again`, the plan of the
 * second run, holds for want of room, or as nothing else is left of its policy: that is new then,
 * and hides other reasons.
 * Returns the first finding that is not held, or NULL.
 */
const struct finding *second_run_held(struct strs *out, const struct plan *plan,
				      const struct plan *again, struct arena *a);

#endif
