/* SPDX-License-Identifier: MIT */
/*
 * proof - that a change does what the plan says and nothing else (MODEL: change, edit, proof).
 * `after` is the model built again from the edited files, `again` the plan made from it.
 */
#ifndef KMSFIX_PROOF_H
#define KMSFIX_PROOF_H

#include "kmsfix/round.h"

struct proof {
	bool holds;
	str failure; /* what differs, when it does not hold */
	size_t principals, keys, checked;
};

/*
 * Checks: equal access formulas for every (principal, key, target) incl. the strangers; every
 * statement of every document as it was, but for what the plan rewrites, drops and adds; the same
 * policies and attachments, but for those emptied; and nothing left that a second run would still
 * fix, with the same held findings.
 */
void proof_check(struct proof *out, const struct model *before, const struct plan *plan,
		 const struct model *after, const struct plan *again, struct arena *a);
/* That the grants alone, without the removals, change nobody's access. */
void proof_grants(struct proof *out, const struct model *before, const struct model *granted,
		  struct arena *a);
/*
 * Findings that must be held because of what only the result shows: new dependency cycles (CYCLE)
 * and policies over their size limits (SIZE). Adds their ids and reasons to `options`; true when it
 * added any.
 */
bool proof_holds(struct plan_options *options, struct model *before, const struct plan *plan,
		 struct model *after, struct arena *a);

#endif
