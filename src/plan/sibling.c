/* SPDX-License-Identifier: MIT */
/*
 * Keys that one block makes, by its instances or those of its module: where one of them has no
 * policy, one that is written in the block is the policy of all of them.
 */
#include "decide.h"

#include "kmsfix/vec.h"

static void index_keys(struct planner *pl)
{
	for (size_t i = 0; i < pl->m->keys.n; i++) {
		struct key *k = pl->m->keys.v[i];
		if (!k->vacancy.node)
			continue;
		struct siblings *all = map_find_at(&pl->siblings, k->vacancy.node);
		if (!all) {
			all = ARENA_NEW(pl->arena, struct siblings);
			map_put_at(&pl->siblings, pl->arena, k->vacancy.node, all);
		}
		VEC_PUSH(pl->arena, all, k);
	}
}

const struct siblings *key_siblings(struct planner *pl, const struct key *k)
{
	static const struct siblings none;
	if (!k->unset)
		return &none;
	if (!pl->siblings.n)
		index_keys(pl);
	const struct siblings *all = map_find_at(&pl->siblings, k->vacancy.node);
	return all ? all : &none;
}

void check_writer(struct planner *pl, const struct key *k, struct issues *holds)
{
	const struct siblings *all = key_siblings(pl, k);
	for (size_t i = 0; i < all->n; i++) {
		const struct key *other = all->v[i];
		if (other->unset)
			continue;
		issue_add(pl->arena, holds, "KEY-2WRITERS",
			  "a policy in the block of '%.*s' would also be that of '%.*s', which "
			  "'%.*s' writes",
			  STR_ARG(k->address), STR_ARG(other->address),
			  STR_ARG(other->policy ? other->policy->address : other->address));
		return;
	}
}
