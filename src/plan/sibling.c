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
		struct siblings *all = map_find_at(&pl->siblings, k->body);
		if (!all) {
			all = ARENA_NEW(pl->arena, struct siblings);
			map_put_at(&pl->siblings, pl->arena, k->body, all);
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
	const struct siblings *all = map_find_at(&pl->siblings, k->body);
	return all ? all : &none;
}
