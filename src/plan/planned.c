/* SPDX-License-Identifier: MIT */
#include "decide.h"

#include "kmsfix/vec.h"

/* The round of a statement that something made held again: nobody relies on it, nor it on anyone.
 */
#define NEVER SIZE_MAX

static size_t *round_of(const struct planned *p, const struct statement *s)
{
	return map_find(&p->rounds, map_pointer((const void *const *)&s));
}

static void set_round(struct planner *pl, const struct statement *s, size_t round)
{
	const struct statement **key = arena_alloc(pl->arena, sizeof(*key));
	size_t *value = arena_alloc(pl->arena, sizeof(*value));
	*key = s;
	*value = round;
	map_put(&pl->planned->rounds, pl->arena, map_pointer((const void *const *)key), value);
}

static bool same_pair(const struct want *x, const struct want *y)
{
	return x->key == y->key && x->principal == y->principal && x->target == y->target;
}

void planned_grants(struct planner *pl, const struct statement *s, const struct want *w,
		    struct formula *out)
{
	const struct planned *p = pl->planned;
	const size_t *own = round_of(p, s);
	size_t limit = !own ? p->round : *own == NEVER ? 0 : *own;
	for (size_t i = 0; i < p->grants.n; i++) {
		const struct want *g = &p->grants.v[i];
		const size_t *round = round_of(p, g->owner);
		if (same_pair(g, w) && round && *round < limit)
			formula_add(pl->arena, out, &g->term);
	}
}

static void add_grant(struct planner *pl, const struct candidate *c, const struct move *move)
{
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1) {
		struct want g = {
			.key = move->key, .principal = move->principal, .target = bit, .owner = c->s
		};
		if (!(move->targets & bit))
			continue;
		term_conditions(pl->arena, &g.term, move->key, c->s);
		if (move->delegation)
			term_conditions(pl->arena, &g.term, move->key, move->delegation);
		term_guards(pl->arena, &g.term, &move->principal->guards);
		term_without(&g.term, &move->key->guards, pl->arena);
		VEC_PUSH(pl->arena, &pl->planned->grants, g);
	}
}

/* True when the grants from `first` on give what the candidate lacks. */
static bool is_helped(const struct planner *pl, const struct candidate *c, size_t first)
{
	const struct wants *grants = &pl->planned->grants;
	for (size_t i = 0; i < c->wants.n; i++) {
		for (size_t k = first; k < grants->n; k++) {
			struct formula f = { .v = &grants->v[k].term, .n = 1 };
			if (same_pair(&c->wants.v[i], &grants->v[k]) &&
			    formula_covers(&f, &c->wants.v[i].term))
				return true;
		}
	}
	return false;
}

bool planned_more(struct planner *pl)
{
	struct planned *p = pl->planned;
	size_t first = p->grants.n;
	bool more = false;
	for (size_t i = 0; i < pl->candidates.n; i++) {
		const struct candidate *c = pl->candidates.v[i];
		const size_t *round = round_of(p, c->s);
		if (round && *round != NEVER && c->holds.n) {
			set_round(pl, c->s, NEVER);
			more = true;
		}
		if (round || c->holds.n)
			continue;
		set_round(pl, c->s, p->round);
		for (size_t k = 0; k < c->moves.n; k++)
			add_grant(pl, c, &c->moves.v[k]);
	}
	for (size_t i = 0; i < pl->candidates.n && !more; i++)
		more = pl->candidates.v[i]->holds.n && is_helped(pl, pl->candidates.v[i], first);
	p->round++;
	return more;
}
