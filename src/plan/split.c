/* SPDX-License-Identifier: MIT */
/*
 * A statement of which some resources stay: whether they can be told apart from those that move,
 * in the list that they are in or as a statement of their own [2.13].
 */
#include "decide.h"

#include "kmsfix/action.h"
#include "kmsfix/carry.h"
#include "kmsfix/guard.h"
#include "kmsfix/vec.h"
#include "stricter.h"

/*
 * One of the keys of a block whose index is computed: written out it would name that key, of which
 * nothing is known yet.
 */
static bool would_be_named(const struct candidate *c, const struct element *e)
{
	const struct name *name = name_get(c->s->document->unit, e->text);
	return name && name->kind == NAME_KEY_PLURAL && str_has(e->text, S("[\""));
}

/* What is not understood has no other words than those that are copied, or stay where they are. */
static bool is_sayable(struct arena *a, const struct candidate *c, const struct element *e,
		       bool trims)
{
	str out;
	if (element_is_computed(e))
		return trims || element_is_copied(c, e);
	return element_is_copied(c, e) || element_said_here(a, c, e, &out);
}

/* All that the other statement is to have can be said where it is to stand. */
static bool can_be_said(struct arena *a, const struct candidate *c, bool trims)
{
	str out;
	for (size_t i = 0; i < c->resources.n; i++)
		if (c->resources.v[i].fate == FATE_STAY &&
		    !is_sayable(a, c, c->resources.v[i].element, trims))
			return false;
	for (size_t i = 0; i < c->s->conditions.n; i++)
		for (size_t k = 0; k < c->s->conditions.v[i].values.n; k++)
			if (!said_here(a, c, c->s->conditions.v[i].values.v[k], &out))
				return false;
	return true;
}

/* It is always there, whatever is taken out of it. */
static bool stays(const struct statement *s)
{
	bool more = s->effect == EFFECT_DENY;
	for (size_t i = 0; i < s->actions.n && !s->actions.negated; i++)
		more |= !s->actions.v[i].maybe && text_is_literal(s->actions.v[i].text) &&
			!action_only_targets(s->actions.v[i].text);
	return more && !s->maybe;
}

static bool has_other(const struct statement *s)
{
	const struct document *d = s->document;
	for (size_t i = 0; i < d->statements.n; i++)
		if (d->statements.v[i] != s && stays(d->statements.v[i]))
			return true;
	return false;
}

/* The words of the guard where the statement stands, which is in the list of its document. */
static bool rest_condition(struct arena *a, const struct candidate *c, str *out)
{
	const struct document *d = c->s->document;
	struct carrier probe = { .arena = a };
	struct strs guards = guards_in(a, c->rest_guard);
	const char *why;
	return (d->site.kind == SITE_LIST || d->site.kind == SITE_SINGLE ||
		d->site.kind == SITE_BLOCKS) &&
	       takes_lists(d) && node_is_within(c->s->node, d->site.node) &&
	       carry_guards(&probe, &guards, d->site.scope, out, &why) == CARRIED &&
	       !probe.additions.n;
}

/* What stays can be a statement that is there just while the guard holds. */
static bool can_stand_apart(struct arena *a, struct candidate *c)
{
	for (size_t i = 0; i < c->resources.n; i++)
		if (would_be_named(c, c->resources.v[i].element))
			return false;
	return !c->s->maybe && (!c->takes_all || has_other(c->s)) &&
	       rest_condition(a, c, &c->rest_when) && can_be_said(a, c, false);
}

/* The one guard under which the resource is there; an empty one: always. Where it may be lacking
 * in `C ? x : y`, that is the one of the two that asks for the other as well. */
static bool guard_of(struct arena *a, const struct candidate *c, const struct element *e,
		     str *guard)
{
	const struct scope *from = c->s->document->scope;
	struct strs there = { 0 }, chosen = guards_in(a, e->guard);
	str presence;
	*guard = e->guard;
	if (!e->lacking)
		return true;
	if (!from || !from->unit->language->presence ||
	    !from->unit->language->presence(from, e->text, &presence))
		return false;
	strs_add(a, &there, presence);
	if (!e->maybe || asks_all(&there, &chosen, a))
		*guard = presence;
	return !presence.n || str_eq(presence, *guard);
}

/* All that stays is there under one guard; an empty one: always. */
static bool find_guard(struct arena *a, const struct candidate *c, str *guard)
{
	bool first = true;
	str one;
	*guard = S("");
	for (size_t i = 0; i < c->resources.n; i++) {
		if (c->resources.v[i].fate != FATE_STAY)
			continue;
		if (!guard_of(a, c, c->resources.v[i].element, &one) ||
		    (!first && !str_eq(one, *guard)))
			return false;
		*guard = one;
		first = false;
	}
	return true;
}

/* Each resource has a place of its own. */
static bool are_apart(const struct candidate *c)
{
	for (size_t i = 0; i < c->resources.n; i++) {
		const struct element *e = c->resources.v[i].element;
		if (!e->list || e->via || (e->maybe && (c->takes_all || !e->guard.n)) ||
		    would_be_named(c, e))
			return false;
		for (size_t k = 0; k < i; k++)
			if (c->resources.v[k].element->node == e->node)
				return false;
	}
	return true;
}

/* What moves can go out of the list: something is in it then, whatever may be lacking. */
static bool can_trim(const struct candidate *c)
{
	bool sure = false;
	for (size_t i = 0; i < c->resources.n; i++) {
		const struct element *e = c->resources.v[i].element;
		enum fate fate = c->resources.v[i].fate;
		sure |= (fate == FATE_STAY || fate == FATE_OTHER) && !e->lacking;
	}
	return c->takes_all && sure && are_apart(c);
}

/* Resources that stay can be told apart from those that go only where each has its own place. */
static bool can_split(struct arena *a, struct candidate *c)
{
	if (node_is_selected(c->s->node) || c->s->around || c->s->via)
		return false; /* another one beside it would not be read */
	if (c->s->maybe && c->s->document->site.kind == SITE_BLOCKS)
		return false; /* a block beside it would be there at all times */
	if (can_trim(c))
		return can_be_said(a, c, true);
	if (!find_guard(a, c, &c->rest_guard))
		return false;
	if (c->rest_guard.n)
		return can_stand_apart(a, c);
	return are_apart(c) && can_be_said(a, c, false);
}

bool split_is_for_none(const struct candidate *split, const struct candidate *other)
{
	const struct scope *there = other->s->document->site.scope;
	const struct language *l = there->unit->language;
	return split->rest_guard.n && !other->split && l->never && there->front &&
	       l->never(there, split->rest_when);
}

void decide_split(struct planner *pl, struct candidate *c)
{
	size_t stay = 0, move = 0, kept = 0;
	for (size_t i = 0; i < c->resources.n; i++) {
		stay += c->resources.v[i].fate == FATE_STAY;
		move += c->resources.v[i].fate == FATE_MOVE;
	}
	c->split = stay && move && can_split(pl->arena, c);
	if (!c->split)
		c->rest_guard = S("");
	for (size_t i = 0; i < c->resources.n && !c->split; i++)
		hold_all(pl, c, &c->resources.v[i].holds);
	if (stay && move && !c->split)
		hold(pl, c, "PARTIAL",
		     "%zu of its %zu resources could be moved, but not without the rest", move,
		     c->resources.n);
	for (size_t i = 0; i < c->moves.n; i++)
		if (c->resources.v[c->moves.v[i].resource].fate == FATE_MOVE)
			c->moves.v[kept++] = c->moves.v[i];
	c->moves.n = kept;
}
