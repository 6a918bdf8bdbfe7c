/* SPDX-License-Identifier: MIT */
/* Reasons to hold that only the edited files show: what size.c and cycle.c find. */
#include "kmsfix/iac.h"
#include "kmsfix/proof.h"
#include "kmsfix/vec.h"
#include "result.h"

void plan_hold(struct plan_options *options, str id, struct issue issue, struct arena *a)
{
	struct issues *held = map_find(&options->held, id);
	if (!held) {
		held = ARENA_NEW(a, struct issues);
		map_put(&options->held, a, id, held);
	}
	VEC_PUSH(a, held, issue);
}

void result_hold(struct plan_options *options, str id, struct issue issue, struct arena *a,
		 bool *any)
{
	if (map_find(&options->held, id))
		return;
	plan_hold(options, id, issue, a);
	*any = true;
}

bool proof_holds(struct plan_options *options, struct model *before, const struct plan *plan,
		 struct model *after, struct arena *a)
{
	bool any = false;
	model_find_cycles(after, NULL);
	if (after->cycles.n)
		model_find_cycles(before, after);
	result_cycles(options, before, plan, after, a, &any);
	result_sizes(options, before, plan, after, a, &any);
	return any;
}
