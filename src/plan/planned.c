/* SPDX-License-Identifier: MIT */
#include "decide.h"

#include "kmsfix/vec.h"

/* The round of a part that something made held again: nobody relies on it, nor it on anyone.
 */
#define NEVER SIZE_MAX

/* A statement and one of its resources: what a finding decides about at once. */
struct planned_part {
	const struct statement *statement;
	size_t resource;
};

static str part_key(const struct planned_part *part)
{
	return (str){ (const char *)part, sizeof(*part) };
}

static size_t *round_of(const struct planned *p, const struct statement *s, size_t resource)
{
	struct planned_part part = { s, resource };
	return map_find(&p->rounds, part_key(&part));
}

static void set_round(struct planner *pl, const struct statement *s, size_t resource, size_t round)
{
	struct planned_part *part = ARENA_NEW(pl->arena, struct planned_part);
	size_t *value = arena_alloc(pl->arena, sizeof(*value));
	part->statement = s;
	part->resource = resource;
	*value = round;
	map_put(&pl->planned->rounds, pl->arena, part_key(part), value);
}

struct granted_pair {
	const struct key *key;
	const struct principal *principal;
	size_t target;
	size_t last; /* grant, plus 1 */
};

static str granted_key(const struct granted_pair *pair)
{
	return (str){ (const char *)pair, offsetof(struct granted_pair, last) };
}

/* The last grant on the pair of the want, plus 1; 0 when there is none. Only where something is
 * held does anybody ask, so those that are new are looked through then. */
static size_t last_grant(struct planner *pl, const struct want *w)
{
	struct planned *p = pl->planned;
	struct granted_pair *pair, wanted = { w->key, w->principal, w->target, 0 };
	for (; p->indexed < p->grants.n; p->indexed++) {
		struct want *g = &p->grants.v[p->indexed];
		struct granted_pair of = { g->key, g->principal, g->target, 0 };
		pair = map_find(&p->pairs, granted_key(&of));
		if (!pair) {
			pair = ARENA_NEW(pl->arena, struct granted_pair);
			*pair = of;
			map_put(&p->pairs, pl->arena, granted_key(pair), pair);
		}
		g->before = pair->last;
		pair->last = p->indexed + 1;
	}
	pair = map_find(&p->pairs, granted_key(&wanted));
	return pair ? pair->last : 0;
}

void planned_grants(struct planner *pl, const struct want *w, struct formula *out)
{
	const struct planned *p = pl->planned;
	const size_t *own = round_of(p, w->owner, w->resource);
	size_t limit = !own ? p->round : *own == NEVER ? 0 : *own;
	for (size_t at = limit ? last_grant(pl, w) : 0; at; at = p->grants.v[at - 1].before) {
		const struct want *g = &p->grants.v[at - 1];
		const size_t *round = round_of(p, g->owner, g->resource);
		if (round && *round < limit)
			formula_add(pl->arena, out, &g->term);
	}
}

static void add_grant(struct planner *pl, const struct candidate *c, const struct move *move)
{
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1) {
		struct want g = { .key = move->key,
				  .principal = move->principal,
				  .target = bit,
				  .owner = c->s,
				  .resource = move->resource };
		if (!(move->targets & bit))
			continue;
		term_conditions(pl->arena, &g.term, move->key, c->s);
		if (move->delegation)
			term_conditions(pl->arena, &g.term, move->key, move->delegation);
		term_guards(pl->arena, &g.term, &move->principal->guards);
		term_guards(pl->arena, &g.term, &move->guards);
		if (move->of)
			term_guards(pl->arena, &g.term, &move->of->guards);
		term_without(&g.term, &move->key->guards, pl->arena);
		VEC_PUSH(pl->arena, &pl->planned->grants, g);
	}
}

/* Held, or the part of a split statement that stays. */
static bool is_held(const struct candidate *c, size_t resource)
{
	return c->holds.n || (c->split && c->resources.v[resource].fate == FATE_STAY);
}

/* True when the grants from `first` on give what the candidate lacks. */
static bool is_helped(struct planner *pl, const struct candidate *c, size_t first)
{
	const struct wants *grants = &pl->planned->grants;
	for (size_t i = 0; i < c->wants.n; i++) {
		const struct want *w = &c->wants.v[i];
		size_t at = is_held(c, w->resource) ? last_grant(pl, w) : 0;
		for (; at > first; at = grants->v[at - 1].before) {
			struct formula f = { .v = &grants->v[at - 1].term, .n = 1 };
			if (formula_covers(&f, &w->term))
				return true;
		}
	}
	return false;
}

/* True when something that was settled is held again. The moves of the resource: [first, end). */
static bool settle(struct planner *pl, const struct candidate *c, size_t resource, size_t first,
		   size_t end)
{
	const size_t *round = round_of(pl->planned, c->s, resource);
	bool held = is_held(c, resource);
	if (round && *round != NEVER && held) {
		set_round(pl, c->s, resource, NEVER);
		return true;
	}
	if (round || held)
		return false;
	set_round(pl, c->s, resource, pl->planned->round);
	for (size_t k = first; k < end; k++)
		add_grant(pl, c, &c->moves.v[k]);
	return false;
}

/* The moves of a candidate stand in the order of its resources. */
static bool settle_all(struct planner *pl, const struct candidate *c)
{
	bool again = false;
	for (size_t r = 0, first = 0, end = 0; r < c->resources.n; r++, first = end) {
		while (end < c->moves.n && c->moves.v[end].resource == r)
			end++;
		again |= settle(pl, c, r, first, end);
	}
	return again;
}

bool planned_more(struct planner *pl)
{
	struct planned *p = pl->planned;
	size_t first = p->grants.n;
	bool more = p->crowded.n > p->known;
	p->known = p->crowded.n;
	for (size_t i = 0; i < pl->candidates.n; i++)
		more |= settle_all(pl, pl->candidates.v[i]);
	for (size_t i = 0; i < pl->candidates.n && !more; i++)
		more = is_helped(pl, pl->candidates.v[i], first);
	p->round++;
	return more;
}
