/* SPDX-License-Identifier: MIT */
/*
 * What is changed first within one apply [11.17]. A policy that still depends on its key is changed
 * after it. One that does not can be made to wait, unless it is a part of the role: the key policy
 * names the role, so the role always comes first.
 */
#include "order.h"

#include "kmsfix/vec.h"

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

static void index_grants(struct lookup *l)
{
	for (size_t i = 0; i < l->plan->grants.n; i++) {
		const struct grant *g = &l->plan->grants.v[i];
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

static void index_all(struct lookup *l, const struct model *after)
{
	for (size_t i = 0; i < after->policies.n; i++)
		put_once(l, &l->policies, policy_name(l, after->policies.v[i]),
			 after->policies.v[i]);
	for (size_t i = 0; i < after->keys.n; i++)
		put_once(l, &l->keys, key_name(l, after->keys.v[i]), after->keys.v[i]);
	index_grants(l);
	index_gone_blocks(l);
}

static const struct policy *same_policy(const struct lookup *l, const struct policy *p)
{
	return map_find(&l->policies, policy_name(l, p));
}

const struct policy *policy_of(const struct lookup *l, const struct key *key)
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

/* Where all that goes goes in the end, it is the principals that lose it before that, as they are
 * changed for it. */
static enum order order_of_gone(const struct policy *p, const struct wait_hooks *wait)
{
	if (!wait->last)
		return ORDER_ANY;
	for (size_t i = 0; i < p->attachments.n; i++)
		if (p->attachments.v[i].front != p->front)
			return ORDER_REMOVAL_FIRST;
	return ORDER_GRANT_FIRST;
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
		return order_of_gone(p, wait);
	if (wait->waits(q->front, granting->front))
		return ORDER_GRANT_FIRST;
	return wait->waits(granting->front, q->front) ? ORDER_REMOVAL_FIRST : ORDER_ANY;
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

/* False when that is known. */
static bool note_waiting_for(struct lookup *l, const void *front, const struct key *k)
{
	const void *pair[] = { front, k };
	str name = { (const char *)pair, sizeof(pair) };
	bool known = map_find(&l->waiting, name) != NULL;
	if (!known)
		map_put(&l->waiting, l->arena, str_dup(l->arena, name), l);
	return !known;
}

bool make_wait(struct lookup *l, const void *front, const struct key *k, const struct statement *s)
{
	struct waiting w = { front, k, s };
	struct wait_site site;
	if (!k->unit->language->wait->site(front, k, l->arena, &site) ||
	    !note_waiting_for(l, front, k))
		return false;
	VEC_PUSH(l->arena, &l->options->waiting, w);
	return true;
}

static void append(struct finding *f, struct arena *a, str note)
{
	f->note = STR_CAT(a, f->note, f->note.n ? S("; ") : S(""), note);
}

/* What waited for the policy so that the access is there. */
static void note_waiting(struct finding *f, const struct strs *lost, struct arena *a)
{
	if (lost->n)
		append(f, a,
		       str_fmt(a,
			       "'%.*s' waited for the policy, and cannot be made to wait for the "
			       "key policy instead: in a first deployment it may come before "
			       "this access",
			       STR_ARG(strs_join(a, lost, S("', '")))));
}

static void add_note(struct finding *f, struct arena *a)
{
	const char *note =
		f->order == ORDER_REMOVAL_FIRST ?
			"the principal is changed before the key policy, which names it: for a "
			"moment it is without this access; --phased grants first; in a first "
			"deployment what uses the principal may come before this access" :
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

/* The order for one grant of the finding, that by the policy; the least good of all counts. */
static bool order_grant(struct lookup *l, struct finding *f, const struct policy *p,
			const struct grant *g)
{
	static const int badness[] = { [ORDER_UNKNOWN] = 0,
				       [ORDER_GRANT_FIRST] = 1,
				       [ORDER_ANY] = 2,
				       [ORDER_REMOVAL_FIRST] = 3 };
	enum order order = order_of(p, g->key, l);
	if (badness[order] > badness[f->order])
		f->order = order;
	return order == ORDER_ANY && same_policy(l, p) &&
	       make_wait(l, p->front, g->key, f->statement);
}

static bool order_finding(struct lookup *l, struct finding *f, struct strs *lost)
{
	const struct grant_list *list = f->outcome == OUTCOME_FIXED ? map_find(&l->grants, f->id) :
								      NULL;
	bool again = false;
	for (size_t i = 0; list && i < list->n; i++)
		for (size_t k = 0; k < f->statement->uses.n; k++) {
			const struct policy *p = f->statement->uses.v[k];
			if (!concerns(p, list->v[i]))
				continue;
			/* Who waits for the policy waits for what that waits for. */
			if ((!l->options->phased && order_grant(l, f, p, list->v[i])) ||
			    keep_waiting(l, p, list->v[i], f->statement, lost))
				again = true;
		}
	return again;
}

bool plan_order(struct plan *plan, const struct model *after, struct plan_options *options,
		struct arena *a)
{
	struct lookup l = { .arena = a, .plan = plan, .options = options };
	struct strs *lost = arena_array(a, plan->findings.n, sizeof(*lost));
	bool again = false;
	index_all(&l, after);
	for (size_t i = 0; i < options->waiting.n; i++)
		note_waiting_for(&l, options->waiting.v[i].front, options->waiting.v[i].key);
	for (size_t i = 0; i < plan->findings.n; i++)
		again |= order_finding(&l, &plan->findings.v[i], &lost[i]);
	for (size_t i = 0; i < plan->findings.n && !again; i++) {
		add_note(&plan->findings.v[i], a);
		note_waiting(&plan->findings.v[i], &lost[i], a);
	}
	return again;
}

/* ---- the changes ---- */

struct nodes_of_list {
	const struct node **v;
	size_t n, cap;
};

/* Several policies may name one element. */
static void add_leaving(struct arena *a, struct map *leaving, const struct node *list,
			const struct node *n)
{
	struct nodes_of_list *of = map_find_at(leaving, list);
	if (!of) {
		of = ARENA_NEW(a, struct nodes_of_list);
		map_put_at(leaving, a, list, of);
	}
	for (size_t i = 0; i < of->n; i++)
		if (of->v[i] == n)
			return;
	VEC_PUSH(a, of, n);
}

/* Takes down what goes from a list with the policies that go; or the list itself, a single name. */
static void index_leaving(const struct planner *pl, struct map *leaving)
{
	for (size_t i = 0; i < pl->plan->emptied.n; i++) {
		const struct removal *r = &pl->plan->emptied.v[i]->removal;
		for (size_t k = 0; k < r->elements.n; k++)
			add_leaving(pl->arena, leaving, r->elements.v[k]->parent, r->elements.v[k]);
		for (size_t k = 0; k < r->blocks.n; k++)
			if (r->blocks.v[k]->kind == NODE_PAIR)
				add_leaving(pl->arena, leaving, r->blocks.v[k]->last,
					    r->blocks.v[k]->last);
	}
}

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

static void wait_for(struct planner *pl, const struct waiting *w)
{
	struct wait_site site;
	const struct candidate *of = candidate_of(pl, w->statement);
	if (!of || of->holds.n ||
	    !w->key->unit->language->wait->site(w->front, w->key, pl->arena, &site))
		return;
	struct change *c = change_of(pl, &site);
	strs_add_once(pl->arena, &c->owners, of->id);
	strs_add_once(pl->arena, &c->strings, site.element);
}

/* What is waited for instead stands in its place. */
static void replace_leaving(struct planner *pl, struct change *c, const struct nodes_of_list *gone)
{
	size_t n = gone->n < c->strings.n ? gone->n : c->strings.n;
	const struct node **nodes = arena_array(pl->arena, 2 + n, sizeof(*nodes));
	nodes[0] = c->nodes[0];
	nodes[1] = c->nodes[1];
	for (size_t i = 0; i < n; i++) {
		nodes[2 + i] = gone->v[i];
		map_put_at(&pl->replaced, pl->arena, gone->v[i], pl);
	}
	c->nodes = nodes;
	c->n = 2 + n;
}

void plan_waits(struct planner *pl)
{
	struct map leaving = { 0 };
	if (!pl->options->waiting.n)
		return;
	index_leaving(pl, &leaving);
	for (size_t i = 0; i < pl->options->waiting.n; i++)
		wait_for(pl, &pl->options->waiting.v[i]);
	for (size_t i = 0; i < pl->plan->changes.n; i++) {
		struct change *c = &pl->plan->changes.v[i];
		const struct nodes_of_list *gone = c->n == 2 ? map_find_at(&leaving, c->nodes[1]) :
							       NULL;
		if (gone)
			replace_leaving(pl, c, gone);
	}
}
