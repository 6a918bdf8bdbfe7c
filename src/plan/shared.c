/* SPDX-License-Identifier: MIT */
/*
 * Decisions that depend on each other: text reached through references must change alike for
 * everyone who sees it, and a policy left without statements must be able to go. Holds only grow,
 * so the loop ends.
 */
#include "decide.h"

#include "kmsfix/vec.h"

/* Statements by the reference they were reached through. */
struct user {
	struct {
		const struct statement **v;
		size_t n, cap;
	} statements;
	size_t settled; /* see is_settled() */
};

/* Only what some candidate asks for is listed: few statements of a repository are findings. */
static void ask(struct map *users, struct arena *a, const void *at)
{
	if (!map_find_at(users, at))
		map_put_at(users, a, at, ARENA_NEW(a, struct user));
}

static void note_statement(const struct map *users, struct arena *a, const void *at,
			   const struct statement *s)
{
	struct user *u = map_find_at(users, at);
	if (u)
		VEC_PUSH(a, &u->statements, s);
}

static void ask_texts(struct planner *pl, const struct candidate *c)
{
	ask(&pl->by_text, pl->arena, c->s->node);
	for (size_t i = 0; i < c->s->actions.n; i++)
		ask(&pl->by_text, pl->arena, c->s->actions.v[i].node);
}

static void index_texts(struct planner *pl)
{
	for (size_t i = 0; i < pl->candidates.n; i++)
		ask_texts(pl, pl->candidates.v[i]);
	for (size_t i = 0; pl->by_text.n && i < pl->m->statements.n; i++) {
		const struct statement *s = pl->m->statements.v[i];
		note_statement(&pl->by_text, pl->arena, s->node, s);
		for (size_t k = 0; k < s->actions.n; k++)
			if (s->actions.v[k].node != s->node)
				note_statement(&pl->by_text, pl->arena, s->actions.v[k].node, s);
	}
}

static void ask_shared(struct map *users, struct arena *a, const struct shared *shared)
{
	for (size_t i = 0; i < shared->n; i++)
		ask(users, a, shared->users[i]);
}

static void ask_via(struct map *users, struct arena *a, const struct via *via,
		    const struct statement *s)
{
	(void)s;
	for (; via; via = via->next) {
		ask_shared(users, a, via->shared);
		for (size_t i = 0; !via->next && i < via->shared->sibling_count; i++)
			ask_shared(users, a, via->shared->siblings[i]);
	}
}

static void note_via(struct map *users, struct arena *a, const struct via *via,
		     const struct statement *s)
{
	for (; via; via = via->next)
		note_statement(users, a, via->user, s);
}

typedef void via_visit(struct map *users, struct arena *a, const struct via *via,
		       const struct statement *s);

/* The ways to the text of the statement. */
static void each_way(const struct statement *s, struct map *users, struct arena *a,
		     via_visit *visit)
{
	visit(users, a, s->via, s);
	for (size_t k = 0; k < s->actions.n; k++)
		visit(users, a, s->actions.v[k].via, s);
	for (size_t k = 0; k < s->document->vias.n; k++)
		visit(users, a, s->document->vias.v[k], s);
}

static void index_users(struct map *users, struct planner *pl)
{
	for (size_t i = 0; i < pl->candidates.n; i++)
		each_way(pl->candidates.v[i]->s, users, pl->arena, ask_via);
	for (size_t i = 0; users->n && i < pl->m->statements.n; i++)
		each_way(pl->m->statements.v[i], users, pl->arena, note_via);
}

/* The statement reads the text at `node`: as one of its actions, or as a whole. */
static bool reads(const struct statement *s, const struct node *node)
{
	if (s->node == node)
		return true;
	for (size_t i = 0; i < s->actions.n; i++)
		if (s->actions.v[i].node == node)
			return true;
	return false;
}

static bool goes(const struct resource_fate *r)
{
	return r->fate == FATE_MOVE || r->fate == FATE_DEAD;
}

/* What is split in both loses the same resources, or gets another statement for them. */
static bool splits_alike(const struct candidate *x, const struct candidate *y)
{
	if (x->split != y->split)
		return split_is_for_none(x, y) || split_is_for_none(y, x);
	if ((x->split && x->takes_all != y->takes_all) || !str_eq(x->rest_guard, y->rest_guard))
		return false;
	if (!x->split || !x->takes_all)
		return true;
	for (size_t i = 0; i < x->resources.n && i < y->resources.n; i++)
		if (goes(&x->resources.v[i]) != goes(&y->resources.v[i]))
			return false;
	return x->resources.n == y->resources.n;
}

static bool agrees(struct planner *pl, const struct candidate *c, const struct statement *s)
{
	const struct candidate *other = candidate_of(pl, s);
	if (s == c->s)
		return true;
	return other && !other->holds.n && other->take == c->take && other->targets == c->targets &&
	       splits_alike(other, c) && drops_statement(other) == drops_statement(c);
}

/* Nothing of it changes but the actions that it reads. */
static bool changes_actions(const struct candidate *c)
{
	return !drops_statement(c) && !c->split;
}

/* What the text at the node loses. */
static unsigned loses(const struct candidate *c, const struct node *node)
{
	unsigned lost = 0;
	for (size_t i = 0; i < c->s->actions.n; i++)
		if (c->s->actions.v[i].node == node)
			lost |= action_targets(c->s->actions.v[i].text) & c->take;
	return lost;
}

/* Of a statement that loses nothing but actions each is looked at by itself: another instance may
 * have others. */
static bool is_apart(struct planner *pl, const struct candidate *c, const struct statement *s,
		     const struct node *node)
{
	const struct candidate *other = candidate_of(pl, s);
	if (s->node != c->s->node || !changes_actions(c))
		return false;
	if (!other)
		return node == s->node;
	return !other->holds.n && changes_actions(other) &&
	       (node == s->node || loses(other, node) == loses(c, node));
}

static bool statement_goes(struct planner *pl, const struct statement *s)
{
	const struct candidate *c = candidate_of(pl, s);
	return c && !c->holds.n && drops_statement(c);
}

static bool leads_through(const struct via *via, const struct shared *shared)
{
	for (; via; via = via->next)
		if (via->shared == shared)
			return true;
	return false;
}

/* Another statement that is there at all times stays in what is shared. */
static bool leaves_some(struct planner *pl, const struct candidate *c, const struct shared *shared)
{
	const struct document *d = c->s->document;
	for (size_t i = 0; i < d->statements.n; i++) {
		const struct statement *s = d->statements.v[i];
		if (s != c->s && !s->maybe && leads_through(s->via, shared) &&
		    !statement_goes(pl, s))
			return true;
	}
	return false;
}

/* The reference only asks how many statements there are, or whether any, and gets the same. */
static bool is_answered(struct planner *pl, const struct candidate *c, const struct shared *shared,
			const struct seen *seen)
{
	if (seen->asks == ASKS_ALL || seen->asks == ASKS_NULL)
		return seen->asks == ASKS_NULL;
	if (!leads_through(c->s->via, shared))
		return false;
	if (seen->asks == ASKS_COUNT)
		return !drops_statement(c) && !c->split;
	return !drops_statement(c) || leaves_some(pl, c, shared);
}

/*
 * Everybody who shares the text reads it as a statement that changes alike, or does not see it: in
 * this instance of the module a condition has an empty list in its place.
 */
static bool all_agree(struct planner *pl, const struct candidate *c, const struct map *users,
		      const struct via *via, const struct shared *shared, const struct node *node)
{
	for (size_t i = 0; i < shared->n; i++) {
		const struct seen *seen = shared->users[i];
		const struct user *u = map_find_at(users, seen);
		bool same = u->statements.n || (seen->nothing && !seen->something) ||
			    is_answered(pl, c, via->shared, seen);
		for (size_t k = 0; same && k < u->statements.n; k++)
			same = !reads(u->statements.v[k], node) ||
			       is_apart(pl, c, u->statements.v[k], node) ||
			       agrees(pl, c, u->statements.v[k]);
		if (!same)
			return false;
	}
	return true;
}

static void hold_text(struct planner *pl, struct candidate *c)
{
	hold(pl, c, "SHARED-TEXT", "%s", SHARED_REASON);
}

/* The text stands in the last block of the way to it, and so in every instance of its module. */
static void check_via(struct planner *pl, struct candidate *c, const struct map *users,
		      const struct via *via, const struct node *node)
{
	for (; via; via = via->next) {
		const struct shared *own = via->shared;
		bool same = all_agree(pl, c, users, via, own, node);
		for (size_t i = 0; same && !via->next && i < own->sibling_count; i++)
			same = own->siblings[i]->given != own->given ||
			       all_agree(pl, c, users, via, own->siblings[i], node);
		if (!same) {
			hold_text(pl, c);
			return;
		}
	}
}

/*
 * Everybody who reads the text agrees, and nothing was held since that was found: with a thousand
 * instances of a module, not each of them asks all others.
 */
static bool is_settled(const struct planner *pl, const struct user *u)
{
	return u->settled && u->settled == pl->held + 1;
}

/* What stands at the node loses a target: always, where that is the statement. */
static bool drops_at(const struct candidate *c, const struct node *node)
{
	return c->s->node == node || loses(c, node);
}

/* What is written once is read in every instance of its module: all of them change alike. */
static void check_instances(struct planner *pl, struct candidate *c, const struct node *node)
{
	struct user *u = map_find_at(&pl->by_text, node);
	if (!u || is_settled(pl, u))
		return;
	for (size_t i = 0; i < u->statements.n; i++) {
		const struct candidate *other = candidate_of(pl, u->statements.v[i]);
		if (is_apart(pl, c, u->statements.v[i], node))
			continue;
		if (agrees(pl, c, u->statements.v[i]) &&
		    (!other || drops_at(other, node) == drops_at(c, node)))
			continue;
		if (other && other->holds.n && str_eq(other->id, c->id))
			hold_all(pl, c, &other->holds); /* another instance of the same finding */
		else
			hold_text(pl, c);
		return;
	}
	u->settled = pl->held + 1;
}

static bool document_empties(struct planner *pl, const struct document *d)
{
	for (size_t i = 0; i < d->statements.n; i++)
		if (!statement_goes(pl, d->statements.v[i]))
			return false;
	return d->statements.n && !d->open;
}

static void check_text(struct planner *pl, struct candidate *c, const struct map *users)
{
	for (size_t i = 0; i < c->s->actions.n; i++) {
		const struct element *e = &c->s->actions.v[i];
		if (!(action_targets(e->text) & c->take))
			continue;
		check_via(pl, c, users, e->via, e->node);
		check_instances(pl, c, e->node);
	}
	check_instances(pl, c, c->s->node);
	if (c->s->spoken)
		hold_text(pl, c);
	check_via(pl, c, users, c->s->via, c->s->node);
	for (size_t i = 0; i < c->s->document->vias.n; i++)
		check_via(pl, c, users, c->s->document->vias.v[i], c->s->node);
	if (!drops_statement(c))
		return;
	const struct node *parent = c->s->node->parent;
	if (c->s->shadows)
		hold(pl, c, "TF-DYNAMIC",
		     "the statement replaces another one of the same Sid, which would come back");
	if (c->s->node->kind != NODE_BLOCK && c->s->node->kind != NODE_PAIR && parent &&
	    parent->kind != NODE_SEQ && !document_empties(pl, c->s->document))
		hold(pl, c, "SHARED-TEXT", "the statement cannot be removed where it is written");
}

/* ---- policies and documents without statements ---- */

static bool policy_empties(struct planner *pl, const struct policy *p)
{
	for (size_t i = 0; i < p->statements.n; i++)
		if (!statement_goes(pl, p->statements.v[i]))
			return false;
	return p->statements.n && !p->open;
}

static void hold_policy(struct planner *pl, const struct policy *p, str reason)
{
	for (size_t i = 0; i < p->statements.n; i++) {
		struct candidate *c = candidate_of(pl, p->statements.v[i]);
		if (c)
			hold(pl, c, "EMPTY",
			     "'%.*s' would have no statement left and cannot be removed: %.*s",
			     STR_ARG(p->address), STR_ARG(reason));
	}
}

/* Some statement that stays is there whenever `s` is. */
static bool leaves_another(struct planner *pl, const struct policy *p, const struct statement *s)
{
	for (size_t i = 0; i < p->statements.n; i++) {
		const struct statement *other = p->statements.v[i];
		bool there = strs_has_all(policy_when(p, s), policy_when(p, other)) &&
			     (!other->maybe ||
			      (other->guards.n && strs_has_all(&s->guards, &other->guards)));
		if (there && !statement_goes(pl, other))
			return true;
	}
	return false;
}

/* A policy that stays needs a statement at all times [6.6]. */
static bool check_left(struct planner *pl, const struct policy *p)
{
	bool changed = false;
	for (size_t i = 0; i < p->statements.n; i++) {
		const struct statement *s = p->statements.v[i];
		if (!statement_goes(pl, s) || leaves_another(pl, p, s))
			continue;
		hold(pl, candidate_of(pl, s), "EMPTY",
		     "'%.*s' could have no statement left: the others may not be there",
		     STR_ARG(p->address));
		changed = true;
	}
	return changed;
}

struct leaving {
	const struct policy **v;
	size_t n, cap;
};

static void note_leaving(struct planner *pl, const struct node *at, const struct policy *p)
{
	struct leaving *all = map_find_at(&pl->leaving, at);
	if (!all) {
		all = ARENA_NEW(pl->arena, struct leaving);
		map_put_at(&pl->leaving, pl->arena, at, all);
	}
	VEC_PUSH(pl->arena, all, p);
}

/* By the block that makes a policy, and by the template that has nothing but policies. */
static void index_leaving(struct planner *pl)
{
	for (size_t i = 0; i < pl->m->policies.n; i++) {
		const struct policy *p = pl->m->policies.v[i];
		if (p->removal.blocks.n)
			note_leaving(pl, p->removal.blocks.v[0], p);
		if (p->removal.parent && !p->removal.nested)
			note_leaving(pl, p->removal.parent, p);
	}
}

static const struct leaving *leaving_at(struct planner *pl, const struct node *at)
{
	if (!pl->leaving.n)
		index_leaving(pl);
	return map_find_at(&pl->leaving, at);
}

/* Every policy that the block makes goes. */
static bool block_goes(struct planner *pl, const struct node *block)
{
	const struct leaving *all = leaving_at(pl, block);
	for (size_t i = 0; all && i < all->n; i++)
		if (!policy_empties(pl, all->v[i]))
			return false;
	return all != NULL;
}

/* What stands beside it in a template would all go, too. */
static bool is_all(struct planner *pl, const struct policy *p)
{
	const struct leaving *all = leaving_at(pl, p->removal.parent);
	size_t gone = 0;
	for (size_t i = 0; i < all->n; i++)
		gone += all->v[i]->scope == p->scope && policy_empties(pl, all->v[i]);
	return gone == p->removal.siblings;
}

/* Why the policy, which would have no statement left, cannot go; empty: it can. */
static str why_stays(struct planner *pl, const struct policy *p)
{
	const struct removal *r = &p->removal;
	str reason = r->reason.n ? r->reason : S("nothing says how");
	for (size_t i = 0; i < r->with.n; i++)
		if (!block_goes(pl, r->with.v[i]))
			return reason;
	if (!r->possible)
		return reason;
	if (r->blocks.n && !block_goes(pl, r->blocks.v[0]))
		return S("its block makes another one that stays");
	if (r->parent && !r->nested && is_all(pl, p))
		return S("the template would have no resource left");
	return (str){ 0 };
}

static bool check_empty(struct planner *pl)
{
	bool changed = false;
	for (size_t i = 0; i < pl->m->policies.n; i++) {
		const struct policy *p = pl->m->policies.v[i];
		if (!policy_empties(pl, p)) {
			changed |= check_left(pl, p);
			continue;
		}
		str reason = why_stays(pl, p);
		if (!reason.n)
			continue;
		hold_policy(pl, p, reason);
		changed = true;
	}
	for (size_t i = 0; i < pl->m->documents.n; i++) {
		const struct document *d = pl->m->documents.v[i];
		bool goes = d->site.kind == SITE_BLOCKS;
		for (size_t k = 0; k < d->uses.n && !goes; k++)
			goes = policy_empties(pl, d->uses.v[k]);
		if (goes || !document_empties(pl, d) || !d->uses.n)
			continue;
		hold_policy(pl, d->uses.v[0], S("its text is used in a larger policy"));
		changed = true;
	}
	return changed;
}

static size_t count_held(const struct planner *pl)
{
	size_t n = 0;
	for (size_t i = 0; i < pl->candidates.n; i++)
		n += pl->candidates.v[i]->holds.n != 0;
	return n;
}

void decide_shared(struct planner *pl)
{
	struct map users = { 0 };
	size_t before;
	index_users(&users, pl);
	index_texts(pl);
	do {
		before = count_held(pl);
		for (size_t i = 0; i < pl->candidates.n; i++)
			if (!pl->candidates.v[i]->holds.n)
				check_text(pl, pl->candidates.v[i], &users);
		check_empty(pl);
	} while (count_held(pl) != before);
	for (size_t i = 0; i < pl->m->policies.n; i++)
		if (policy_empties(pl, pl->m->policies.v[i]))
			VEC_PUSH(pl->arena, &pl->plan->emptied, pl->m->policies.v[i]);
}
