/* SPDX-License-Identifier: MIT */
/*
 * The policy that a key has in the account beside the one in the code. Whether IAM policies count
 * at all decides what a fix must do, so it rests on both of them: what the code says is so after
 * the next apply, what the account says until then.
 */
#include "decide.h"

/* Values that only the tool chain knows cannot be compared with what it made of them. */
static bool is_literal(const struct formula *f)
{
	for (size_t i = 0; i < f->n; i++)
		for (size_t k = 0; k < f->v[i].atoms.n; k++)
			if (!text_is_literal(f->v[i].atoms.v[k]))
				return false;
	return true;
}

void check_drift(struct planner *pl, struct issues *holds, const struct key *k, unsigned target,
		 const struct formula *delegation)
{
	struct formula live = { 0 };
	bool lockout = false;
	if (!k->live || k->unset || !is_literal(delegation))
		return;
	key_delegation(pl->arena, key_rules(&pl->key_rules, pl->arena, k->live)->v, target, &live,
		       &lockout);
	if (!formula_equal(delegation, &live))
		issue_add(pl->arena, holds, "DRIFT",
			  "whether IAM policies count for %s on '%.*s' is said otherwise by its "
			  "policy in account %.*s than by the code",
			  target_name(target), STR_ARG(k->address),
			  STR_ARG(str_sub(k->live->account, 1, k->live->account.n)));
}
