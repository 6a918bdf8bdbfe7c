/* SPDX-License-Identifier: MIT */
/* order - what the files about order within one apply share. */
#ifndef KMSFIX_PLAN_ORDER_H
#define KMSFIX_PLAN_ORDER_H

#include "decide.h"
#include "kmsfix/wait.h"

struct grant_list {
	const struct grant **v;
	size_t n, cap;
};

/* What is asked of a plan and its result again and again. */
struct lookup {
	struct arena *arena;
	const struct plan *plan;
	struct plan_options *options;
	struct map policies, keys; /* of the result, by what they are called */
	struct map grants;         /* by finding */
	struct map orders;         /* by policy and key, as many findings share them */
	struct map gone;           /* policies by their blocks that go with them */
	struct map waiting;        /* what is made to wait, and for which key */
	struct {
		const struct policy **v;
		size_t n, cap;
	} granting; /* policies of the result that get a grant */
};

/* The policy that the key has in the result; NULL: none. */
const struct policy *policy_of(const struct lookup *l, const struct key *key);
/* Makes it wait for the policy of the key in the next round; false when it does already, or cannot.
 */
bool make_wait(struct lookup *l, const void *front, const struct key *k, const struct statement *s);

/*
 * waiter.c: whoever waits for a policy that loses something waits for the grant instead: true when
 * the next round does that. Who cannot is noted in *lost.
 */
bool keep_waiting(struct lookup *l, const struct policy *p, const struct grant *g,
		  const struct statement *s, struct strs *lost);
/* After the policies that go are known. */
void index_gone_blocks(struct lookup *l);

#endif
