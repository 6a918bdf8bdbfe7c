/* SPDX-License-Identifier: MIT */
/*
 * covered - whether what a statement gives somebody at head is given them at base already: for no
 * fewer keys, at no fewer times and under no more conditions.
 */
#ifndef KMSFIX_PLAN_COVERED_H
#define KMSFIX_PLAN_COVERED_H

#include "kmsfix/access.h"
#include "twin.h"

/* A statement as an identity policy has it, and how somebody has that. */
struct use {
	const struct statement *s;
	const struct policy *policy;
	const struct attachment *at; /* NULL: nobody is seen to have it */
};

struct uses {
	struct use *v;
	size_t n, cap;
};

/* What somebody has at head. */
struct wanted {
	const struct use *use;
	const struct element *resource; /* NULL: there is none, or it is for all but some */
	const struct key *key;          /* that it means; NULL: not known */
};

/* The targets that it may give and that none of `had`, which may be NULL, gives at base. */
unsigned uncovered_targets(const struct model *base, const struct twins *to_base,
			   const struct uses *had, const struct wanted *wanted, struct arena *a);
/* What the one asks for, the other one asks for, too. */
bool asks_no_less(const struct statement *had, const struct statement *has, struct arena *a);

#endif
