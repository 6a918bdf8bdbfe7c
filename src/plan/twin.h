/* SPDX-License-Identifier: MIT */
/*
 * twin - the same entity in two models: by unit and address, that which a moved block gives it
 * instead, or in a unit that was moved; a principal also by the name that it has in its account, as
 * its address is a matter of the code.
 */
#ifndef KMSFIX_PLAN_TWIN_H
#define KMSFIX_PLAN_TWIN_H

#include "kmsfix/renames.h"

struct twins {
	struct arena *arena;
	struct map units;            /* of the model that is searched */
	struct map others;           /* units of the model that is asked from */
	struct map keys, principals; /* by unit and address */
	struct map moved, paired;    /* in units only one model has: those searched; their twins */
	struct renames renames;      /* what the later model calls otherwise */
	bool back;                   /* it is the one that is asked from */
	struct map named;            /* principals by unit, kind, account and literal name */
	struct principal several;    /* stands for more than one with a name */
};

/* To find in `in` what is asked for by what `from` holds. The moved blocks of the `later` of them
 * count; NULL: none do. */
void twins_index(struct twins *t, const struct model *in, const struct model *from,
		 const struct model *later, struct arena *a);
/* NULL: it is not there. */
struct key *twin_key(const struct twins *t, const struct key *k);
struct principal *twin_principal(const struct twins *t, const struct principal *p);

#endif
