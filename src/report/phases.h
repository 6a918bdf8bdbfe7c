/* SPDX-License-Identifier: MIT */
/* phases - in which units a change is applied, and in which order. */
#ifndef KMSFIX_REPORT_PHASES_H
#define KMSFIX_REPORT_PHASES_H

#include "kmsfix/report.h"

struct phases {
	struct strs grants; /* units that get grants, to be applied first; none: there is one phase,
			       in which each unit has what it gives beside what it takes away */
	struct strs rest;   /* units of all else that changes; "." is the root */
	bool both;          /* some unit has a part in either */
};

struct phases phases_of(const struct report_input *in, struct arena *a);
/* One line for a person, where there are two phases: what to apply first. */
void phases_text(const struct report_input *in, struct buf *out);

#endif
