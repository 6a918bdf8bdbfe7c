/* SPDX-License-Identifier: MIT */
/* canonical - the meaning of a statement as one text, for comparison. */
#ifndef KMSFIX_PLAN_CANONICAL_H
#define KMSFIX_PLAN_CANONICAL_H

#include "kmsfix/model.h"

struct statement_text {
	str sid;
	enum effect effect;
	struct strs actions, resources, principals, conditions, guards;
	str flags; /* everything else that matters: negations, open ends, source of what is not
		      understood */
};

/* What a statement says; the lists are fresh and may be changed before rendering. */
void statement_describe(struct statement_text *out, const struct statement *s, struct arena *a);
/* One text; equal for statements of equal meaning. Sorts the lists. */
str statement_render(struct statement_text *t, struct arena *a);
str describe_condition(const struct condition *c, struct arena *a);
void describe_conditions(struct strs *out, const struct statement *s, struct arena *a);

/* Who has the policy and under what guards, sorted; empty: nobody. */
str policy_holders(const struct policy *p, struct arena *a);

#endif
