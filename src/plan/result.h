/* SPDX-License-Identifier: MIT */
/* result - what the edited files show that the plan could not know. */
#ifndef KMSFIX_PLAN_RESULT_H
#define KMSFIX_PLAN_RESULT_H

#include "kmsfix/round.h"

/* Holds the finding in the next plan; *any: it was not held before. */
void result_hold(struct plan_options *options, str id, struct issue issue, struct arena *a,
		 bool *any);
/* cycle.c: without the index of an instance, `["a"]`: where it is declared. */
str address_declared(str address);
/*
 * cycle.c: for every dependency cycle that is new, the findings whose principals are in it are held
 * (CYCLE), or under --accept CYCLE policies are chosen to be detached.
 */
void result_cycles(struct plan_options *options, const struct model *before,
		   const struct plan *plan, const struct model *after, struct arena *a, bool *any);
/* size.c: findings that would make a policy larger than AWS takes it are held (SIZE). */
void result_sizes(struct plan_options *options, const struct model *before, const struct plan *plan,
		  const struct model *after, struct arena *a, bool *any);

#endif
