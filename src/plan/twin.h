/* SPDX-License-Identifier: MIT */
/*
 * twin - the same entity in two models: by unit and address, or in a unit that was moved; a
 * principal also by the name that it has in its account, as its address is a matter of the code.
 */
#ifndef KMSFIX_PLAN_TWIN_H
#define KMSFIX_PLAN_TWIN_H

#include "kmsfix/model.h"

struct twins {
	struct arena *arena;
	struct map units;            /* of the model that is searched */
	struct map others;           /* units of the model that is asked from */
	struct map keys, principals; /* by unit and address */
	struct map moved;            /* by kind and address, in units only one model has */
	struct map named;            /* principals by unit, kind, account and literal name */
	struct principal several;    /* stands for more than one with a name */
};

/* To find in `in` what is asked for by what `from` holds. */
void twins_index(struct twins *t, const struct model *in, const struct model *from,
		 struct arena *a);
/* NULL: it is not there. */
struct key *twin_key(const struct twins *t, const struct key *k);
struct principal *twin_principal(const struct twins *t, const struct principal *p);

#endif
