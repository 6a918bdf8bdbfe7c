/* SPDX-License-Identifier: MIT */
/* pair - what is decided about at once: one principal, one key, one target. */
#ifndef KMSFIX_PLAN_PAIR_H
#define KMSFIX_PLAN_PAIR_H

#include "decide.h"

struct pair {
	struct planner *pl;
	struct candidate *c;
	struct issues *holds; /* about it */
	struct key *key;
	const struct policy *policy;
	const struct attachment *at;
	const struct key_case *in; /* one text of the key's policy; NULL: it is not known */
	unsigned target;
	size_t resource;
};

/* delegation.c: the key's policy does not delegate the target for sure: the permission has no
 * effect, or whether it has any is in doubt. */
void judge_undelegated(const struct pair *p);
/* What else may delegate the target, when all that does so for certain has conditions. */
void judge_delegated(const struct pair *p, const struct formula *delegation);
/* The statement that delegates under the conditions of the term, which must fit beside those of the
 * permission [3.3]; NULL with a hold. */
const struct statement *conditional_delegation(const struct pair *p, const struct term *t);

#endif
