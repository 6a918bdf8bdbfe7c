/* SPDX-License-Identifier: MIT */
/*
 * Who waits for a policy does so because somebody has what it allows then. What the key policy says
 * instead must be there as early on a first apply [11.17].
 */
#include "order.h"

#include "kmsfix/vec.h"

/* A block of a scope: several modules may share one text. */
struct place {
	const void *scope, *node;
};

static str place_key(const struct place *at)
{
	return (str){ (const char *)at, sizeof(*at) };
}

void index_gone_blocks(struct lookup *l)
{
	const struct plan *plan = l->plan;
	struct map known = { 0 };
	for (size_t i = 0; i < plan->emptied.n; i++) {
		const struct policy *p = plan->emptied.v[i];
		for (size_t k = 0; k < p->removal.blocks.n; k++) {
			struct place at = { p->scope, p->removal.blocks.v[k] };
			map_put(&l->gone, l->arena, str_dup(l->arena, place_key(&at)),
				&plan->emptied.v[i]);
		}
	}
	for (size_t i = 0; i < plan->grants.n; i++) {
		const struct policy *granting = policy_of(l, plan->grants.v[i].key);
		if (granting && !map_find_at(&known, granting)) {
			map_put_at(&known, l->arena, granting, l);
			VEC_PUSH(l->arena, &l->granting, granting);
		}
	}
}

/* The policy with which the waiter goes, not just what it says of waiting; or NULL. */
static const struct policy *goes_with(const struct lookup *l, const struct waiter *w)
{
	const struct policy *const *found = NULL;
	const struct node *n = w->at;
	while (n && n->kind != NODE_PAIR && n->kind != NODE_ATTR)
		n = n->parent;
	for (n = n ? n->parent : NULL; n && !found; n = n->parent) {
		struct place at = { w->scope, n };
		found = map_find(&l->gone, place_key(&at));
	}
	return found ? *found : NULL;
}

/* A key policy of the unit that gets a grant waits for it: of several that are made to wait for
 * several, some would wait for each other. */
static bool is_awaited(const struct lookup *l, const struct unit *u, const void *front)
{
	bool any = false;
	for (size_t i = 0; i < l->granting.n && !any; i++) {
		const struct policy *p = l->granting.v[i];
		any = str_eq(p->unit->path, u->path) && p->unit->language == u->language &&
		      (p->front == front || u->language->wait->waits(p->front, front));
	}
	return any;
}

/* What the search goes through. */
struct keeping {
	struct lookup *l;
	const struct key *key;
	const struct policy *granting;
	const struct statement *statement;
	struct strs *lost;
	struct waiters waiters; /* of all policies that are found */
	bool again;
};

static void keep(struct keeping *x, const struct waiter *w)
{
	const struct wait_hooks *wait = x->key->unit->language->wait;
	const struct policy *granting = x->granting;
	const void *now = wait->find(granting->scope, w->scope->id, w->name);
	if (!now || wait->waits(now, granting->front))
		return;
	if (!is_awaited(x->l, x->key->unit, now) && make_wait(x->l, w->front, x->key, x->statement))
		x->again = true;
	else if (w->acts)
		strs_add_once(x->l->arena, x->lost, w->address);
}

bool keep_waiting(struct lookup *l, const struct policy *p, const struct grant *g,
		  const struct statement *s, struct strs *lost)
{
	const struct wait_hooks *wait = p->unit->language->wait;
	struct keeping x = { l, g->key, policy_of(l, g->key), s, lost, { 0 }, false };
	struct map seen = { 0 };
	if (!wait || p->unit != g->key->unit || !x.granting || !x.granting->front)
		return false;
	wait->waiters(p, l->arena, &x.waiters);
	map_put_at(&seen, l->arena, p, &seen);
	for (size_t i = 0; i < x.waiters.n; i++) {
		struct waiter w = x.waiters.v[i];
		const struct policy *other = goes_with(l, &w);
		if (!other) {
			keep(&x, &w);
		} else if (!map_find_at(&seen, other)) {
			map_put_at(&seen, l->arena, other, &seen);
			wait->waiters(other, l->arena, &x.waiters);
		}
	}
	return x.again;
}
