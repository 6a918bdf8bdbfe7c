/* SPDX-License-Identifier: MIT */
/*
 * What is changed first within one apply [11.17]. A policy that still depends on its key is changed
 * after it. One that does not can be made to wait, unless it is a part of the role: the key policy
 * names the role, so the role always comes first.
 */
#include "decide.h"
#include "kmsfix/vec.h"
#include "kmsfix/wait.h"

/* The policies and keys of the result by what they are called, and grants by finding. */
struct lookup {
	struct arena *arena;
	struct map policies, keys, grants;
	struct map orders; /* by policy and key, as many findings share them */
};

struct grant_list {
	const struct grant **v;
	size_t n, cap;
};

static str policy_name(const struct lookup *l, const struct policy *p)
{
	char kind = (char)('a' + (int)p->kind);
	return STR_CAT(l->arena, (str){ &kind, 1 }, p->unit->path, S("|"), p->address);
}

static str key_name(const struct lookup *l, const struct key *k)
{
	return STR_CAT(l->arena, k->unit->path, S("|"), k->address);
}

/* The first of several that are called the same. */
static void put_once(struct lookup *l, struct map *map, str name, void *value)
{
	if (!map_find(map, name))
		map_put(map, l->arena, name, value);
}

static void index_grants(struct lookup *l, const struct plan *plan)
{
	for (size_t i = 0; i < plan->grants.n; i++) {
		const struct grant *g = &plan->grants.v[i];
		for (size_t k = 0; k < g->owners.n; k++) {
			struct grant_list *list = map_find(&l->grants, g->owners.v[k]);
			if (!list) {
				list = ARENA_NEW(l->arena, struct grant_list);
				map_put(&l->grants, l->arena, g->owners.v[k], list);
			}
			VEC_PUSH(l->arena, list, g);
		}
	}
}

static void index_all(struct lookup *l, const struct plan *plan, const struct model *after)
{
	for (size_t i = 0; i < after->policies.n; i++)
		put_once(l, &l->policies, policy_name(l, after->policies.v[i]),
			 after->policies.v[i]);
	for (size_t i = 0; i < after->keys.n; i++)
		put_once(l, &l->keys, key_name(l, after->keys.v[i]), after->keys.v[i]);
	index_grants(l, plan);
}

static const struct policy *same_policy(const struct lookup *l, const struct policy *p)
{
	return map_find(&l->policies, policy_name(l, p));
}

static const struct policy *policy_of(const struct lookup *l, const struct key *key)
{
	const struct key *same = map_find(&l->keys, key_name(l, key));
	return same ? same->policy : NULL;
}

/* An inline policy that is written in its principal. */
static bool is_part(const struct policy *p)
{
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct principal *who = p->attachments.v[i].principal;
		if (who && who->block && who->file == p->file && who->block->start <= p->offset &&
		    p->offset < who->block->end)
			return true;
	}
	return false;
}

static enum order find_order(const struct policy *p, const struct key *k,
			     const struct lookup *after)
{
	const struct wait_hooks *wait = p->unit->language->wait;
	const struct policy *q = same_policy(after, p), *granting = policy_of(after, k);
	if (!wait || p->unit != k->unit || !granting)
		return ORDER_UNKNOWN;
	if (is_part(p))
		return ORDER_REMOVAL_FIRST;
	if (!q)
		return ORDER_ANY;
	if (wait->waits(q, granting))
		return ORDER_GRANT_FIRST;
	return wait->waits(granting, q) ? ORDER_REMOVAL_FIRST : ORDER_ANY;
}

static enum order order_of(const struct policy *p, const struct key *k, struct lookup *after)
{
	const void *pair[] = { p, k };
	str name = { (const char *)pair, sizeof(pair) };
	enum order *order = map_find(&after->orders, name);
	if (!order) {
		order = ARENA_NEW(after->arena, enum order);
		*order = find_order(p, k, after);
		map_put(&after->orders, after->arena, str_dup(after->arena, name), order);
	}
	return *order;
}

/* Makes the policy wait in the next round; false when it does already, or cannot. */
static bool make_wait(struct plan_options *options, const struct policy *p, const struct key *k,
		      const struct lookup *after, const struct statement *s, struct arena *a)
{
	struct waiting w = { p, k, s };
	struct wait_site site;
	if (!same_policy(after, p) || !p->unit->language->wait->site(p, k, a, &site))
		return false;
	for (size_t i = 0; i < options->waiting.n; i++)
		if (options->waiting.v[i].policy == p && options->waiting.v[i].key == k)
			return false;
	VEC_PUSH(a, &options->waiting, w);
	return true;
}

static void append(struct finding *f, struct arena *a, str note)
{
	f->note = STR_CAT(a, f->note, f->note.n ? S("; ") : S(""), note);
}

/* What waited for the policy so that the access is there has nothing to wait for any more. */
static void note_waiting(const struct plan *plan, struct finding *f, struct arena *a)
{
	for (size_t i = 0; i < f->statement->uses.n; i++) {
		const struct policy *p = f->statement->uses.v[i];
		const struct strs *names = &p->removal.waiting;
		if (f->outcome != OUTCOME_FIXED || !names->n || !is_emptied(plan, p))
			continue;
		append(f, a,
		       str_fmt(a,
			       "'%.*s' waited for the policy that goes: unless it depends on what "
			       "makes the key policy, it no longer waits for this access",
			       STR_ARG(strs_join(a, names, S("', '")))));
		return;
	}
}

static void add_note(struct finding *f, struct arena *a)
{
	const char *note =
		f->order == ORDER_REMOVAL_FIRST ?
			"the principal is changed before the key policy, which names it: for a "
			"moment it is without this access; --phased grants first" :
			"nothing makes the removal wait for the grant: there may be a moment "
			"without this access; --phased grants first";
	if (f->order == ORDER_REMOVAL_FIRST || f->order == ORDER_ANY)
		append(f, a, str_from(note));
}

/* The grant is for somebody who has the policy: of several instances, each has its own. */
static bool concerns(const struct policy *p, const struct grant *g)
{
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct principal *who = p->attachments.v[i].principal;
		if (who && strs_has(&g->principals, who->arn))
			return true;
	}
	return false;
}

/* The order for one grant of the finding; the least good of all counts. */
static bool order_grant(struct finding *f, const struct grant *g, struct lookup *after,
			struct plan_options *options, struct arena *a)
{
	static const int badness[] = { [ORDER_UNKNOWN] = 0,
				       [ORDER_GRANT_FIRST] = 1,
				       [ORDER_ANY] = 2,
				       [ORDER_REMOVAL_FIRST] = 3 };
	bool again = false;
	for (size_t i = 0; i < f->statement->uses.n; i++) {
		const struct policy *p = f->statement->uses.v[i];
		if (!concerns(p, g))
			continue;
		enum order order = order_of(p, g->key, after);
		if (order == ORDER_ANY)
			again |= make_wait(options, p, g->key, after, f->statement, a);
		if (badness[order] > badness[f->order])
			f->order = order;
	}
	return again;
}

bool plan_order(struct plan *plan, const struct model *after, struct plan_options *options,
		struct arena *a)
{
	struct lookup l = { .arena = a };
	bool again = false;
	index_all(&l, plan, after);
	for (size_t i = 0; i < plan->findings.n && !options->phased; i++) {
		struct finding *f = &plan->findings.v[i];
		const struct grant_list *list = f->outcome == OUTCOME_FIXED ?
							map_find(&l.grants, f->id) :
							NULL;
		for (size_t k = 0; list && k < list->n; k++)
			again |= order_grant(f, list->v[k], &l, options, a);
	}
	for (size_t i = 0; i < plan->findings.n && !again; i++) {
		add_note(&plan->findings.v[i], a);
		note_waiting(plan, &plan->findings.v[i], a);
	}
	return again;
}

/* ---- the changes ---- */

/* The one for that block. */
static struct change *change_of(struct planner *pl, const struct wait_site *site)
{
	struct change *known = change_known(pl, CHANGE_WAIT, site->body);
	if (known)
		return known;
	struct change c = { .kind = CHANGE_WAIT,
			    .text = str_from(site->name),
			    .n = site->list ? 2 : 1 };
	c.nodes = arena_array(pl->arena, 2, sizeof(*c.nodes));
	c.nodes[0] = site->body;
	c.nodes[1] = site->list;
	change_note(pl, CHANGE_WAIT, site->body);
	VEC_PUSH(pl->arena, &pl->plan->changes, c);
	return &pl->plan->changes.v[pl->plan->changes.n - 1];
}

void plan_waits(struct planner *pl)
{
	struct arena *a = pl->arena;
	for (size_t i = 0; i < pl->options->waiting.n; i++) {
		const struct waiting *w = &pl->options->waiting.v[i];
		struct wait_site site;
		const struct candidate *of = candidate_of(pl, w->statement);
		if (!of || of->holds.n ||
		    !w->policy->unit->language->wait->site(w->policy, w->key, a, &site))
			continue;
		struct change *c = change_of(pl, &site);
		strs_add_once(a, &c->owners, of->id);
		strs_add_once(a, &c->strings, site.element);
	}
}
