/* SPDX-License-Identifier: MIT */
/* adoption - what lets a repository with findings start: suppressions with an end, a baseline. */
#ifndef KMSFIX_APP_ADOPTION_H
#define KMSFIX_APP_ADOPTION_H

#include "kmsfix/diag.h"
#include "kmsfix/err.h"
#include "kmsfix/options.h"
#include "kmsfix/plan.h"

/*
 * The day for suppressions that expire, YYYY-MM-DD in UTC: that of SOURCE_DATE_EPOCH, else now.
 * Nothing else of a run depends on the clock.
 */
bool today(str *out, struct arena *a, struct err *e);
/*
 * --baseline: accepts what is held in the plan and in the file, and says in `diags` what of it is
 * no more. With --update-baseline the file is written first.
 */
bool accept_baseline(const struct options *o, struct plan *p, struct diags *diags, struct err *e);

#endif
