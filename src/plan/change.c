/* SPDX-License-Identifier: MIT */
/* Changes of the identity side: what is taken out of statements, and what goes with an emptied
 * policy. */
#include "decide.h"

#include "grants.h"
#include "kmsfix/carry.h"
#include "kmsfix/guard.h"
#include "kmsfix/sid.h"
#include "kmsfix/vec.h"

/* ---- actions ---- */

/* What is left of one pattern; an empty list: nothing. */
static bool pattern_after(const struct candidate *c, const struct element *e, struct arena *a,
			  struct strs *out)
{
	if (!(action_targets(e->text) & c->take)) {
		strs_add(a, out, e->text);
		return true;
	}
	return action_subtract(e->text, action_targets(e->text) & c->take, a, out);
}

bool actions_after(struct planner *pl, const struct candidate *c, struct strs *out)
{
	const struct elements *actions = &c->s->actions;
	for (size_t i = 0; i < actions->n; i++) {
		struct strs rest = { 0 };
		if (!pattern_after(c, &actions->v[i], pl->arena, &rest))
			return false;
		strs_add_all(pl->arena, out, &rest);
	}
	return true;
}

bool leaves_nothing(struct planner *pl, const struct candidate *c)
{
	struct strs left = { 0 };
	return !c->s->actions.open && !c->s->actions.negated && actions_after(pl, c, &left) &&
	       !left.n;
}

bool leaves_perhaps_nothing(struct planner *pl, const struct candidate *c)
{
	const struct elements *actions = &c->s->actions;
	for (size_t i = 0; i < actions->n; i++) {
		struct strs rest = { 0 };
		const struct element *e = &actions->v[i];
		/* What is not known may be an empty text, which compact() takes out. */
		if (!e->maybe && text_is_literal(e->text) &&
		    (!pattern_after(c, e, pl->arena, &rest) || rest.n))
			return false;
	}
	return !c->takes_all && !actions->negated;
}

bool drops_statement(const struct candidate *c)
{
	return c->takes_all && (!c->split || c->rest_guard.n);
}

static struct change *add_change(struct planner *pl, const struct candidate *c,
				 enum change_kind kind, const struct node *node)
{
	struct change change = { .kind = kind };
	strs_add(pl->arena, &change.owners, c->id);
	if (node) {
		change.nodes = arena_array(pl->arena, 1, sizeof(*change.nodes));
		change.nodes[0] = node;
		change.n = 1;
	}
	VEC_PUSH(pl->arena, &pl->plan->changes, change);
	return &pl->plan->changes.v[pl->plan->changes.n - 1];
}

struct noted {
	const struct node *node;
	size_t kind;
	size_t place; /* of the change */
};

static str noted_key(const struct noted *n)
{
	return (str){ (const char *)n, offsetof(struct noted, place) };
}

struct change *change_known(const struct planner *pl, enum change_kind kind,
			    const struct node *node)
{
	const struct noted wanted = { .node = node, .kind = kind };
	const struct noted *n = map_find(&pl->noted, noted_key(&wanted));
	return n ? &pl->plan->changes.v[n->place] : NULL;
}

void change_note(struct planner *pl, enum change_kind kind, const struct node *node)
{
	struct noted *n = ARENA_NEW(pl->arena, struct noted);
	*n = (struct noted){ node, kind, pl->plan->changes.n };
	map_put(&pl->noted, pl->arena, noted_key(n), n);
}

/* Elements of one list that go; a plain text makes one change of all of them. */
struct drops {
	const struct node **v;
	size_t n, cap;
};

static void flush_drops(struct planner *pl, const struct candidate *c, struct drops *drops)
{
	if (!drops->n)
		return;
	struct change *known = change_known(pl, CHANGE_DROP_ELEMENTS, drops->v[0]);
	if (known && known->n == drops->n) {
		/* another instance of the module, all of which lose the same elements */
		strs_add_once(pl->arena, &known->owners, c->id);
		*drops = (struct drops){ 0 };
		return;
	}
	change_note(pl, CHANGE_DROP_ELEMENTS, drops->v[0]);
	struct change *change = add_change(pl, c, CHANGE_DROP_ELEMENTS, NULL);
	change->nodes = drops->v;
	change->n = drops->n;
	*drops = (struct drops){ 0 };
}

static void change_actions(struct planner *pl, const struct candidate *c)
{
	const struct elements *actions = &c->s->actions;
	struct drops drops = { 0 };
	for (size_t i = 0; i < actions->n; i++) {
		const struct element *e = &actions->v[i];
		struct strs rest = { 0 };
		if (!(action_targets(e->text) & c->take) || !pattern_after(c, e, pl->arena, &rest))
			continue;
		if (drops.n && drops.v[0]->parent != e->list)
			flush_drops(pl, c, &drops);
		if (rest.n || !e->list)
			add_change(pl, c, CHANGE_REPLACE_ELEMENT, e->node)->strings = rest;
		else
			VEC_PUSH(pl->arena, &drops, e->node);
	}
	flush_drops(pl, c, &drops);
}

/* ---- splitting [2.13] ---- */

static struct shape *texts(struct arena *a, const struct strs *list)
{
	struct shape *out = shape_list(a);
	for (size_t i = 0; i < list->n; i++)
		shape_add(a, out, shape_text(a, list->v[i]));
	return out;
}

bool said_here(struct arena *a, const struct candidate *c, str text, str *out)
{
	struct carrier probe = { .arena = a };
	const char *why;
	if (c->s->document->plain && !text_is_literal(text))
		return false; /* a template knows no names but those it is given */
	if (carry_text(&probe, text, c->s->document->site.scope, out, &why) != CARRIED)
		return false;
	*out = text_unscoped(a, *out);
	return !probe.additions.n;
}

/* In a template, "${arn}" as it is. */
bool element_said_here(struct arena *a, const struct candidate *c, const struct element *e,
		       str *out)
{
	str source = node_source(e->node);
	size_t end = source.n - strlen("}\"");
	if (said_here(a, c, e->text, out))
		return true;
	if (!c->s->document->plain || !str_starts(source, S("\"${")) ||
	    !str_ends(source, S("}\"")) || str_find(source, S("}"), 0) != end)
		return false;
	*out = ref_text(a, str_sub(source, strlen("\"${"), end));
	return true;
}

/* The texts as they are written where the statement stands. */
static void say_here(struct arena *a, const struct candidate *c, struct shape *s)
{
	for (size_t i = 0; i < s->n; i++)
		say_here(a, c, s->v[i].value);
	if (s->kind == SHAPE_TEXT)
		said_here(a, c, s->text, &s->text);
}

bool element_is_copied(const struct candidate *c, const struct element *e)
{
	const struct node *n = e->node;
	return c->s->document->unit->language->carry && e->list && n->parent == e->list &&
	       !e->via && n->kind != NODE_ALIAS && !node_name2(n).n && !c->s->document->plain &&
	       (n->kind != NODE_STRING || n->name.n || !text_is_literal(e->text));
}

/* The resources that stay, as they are written where the statement stands. */
static struct shape *staying_here(struct arena *a, const struct candidate *c)
{
	struct shape *out = shape_list(a);
	str text;
	for (size_t i = 0; i < c->resources.n; i++) {
		const struct element *e = c->resources.v[i].element;
		if (c->resources.v[i].fate != FATE_STAY)
			continue;
		if (element_is_copied(c, e))
			shape_add(a, out, shape_source(a, e->node));
		else if (element_said_here(a, c, e, &text))
			shape_add(a, out, shape_text(a, text));
	}
	return out;
}

static struct strs staying(struct planner *pl, const struct candidate *c, bool others)
{
	struct strs out = { 0 };
	for (size_t i = 0; i < c->resources.n; i++)
		if (c->resources.v[i].fate == FATE_STAY ||
		    (others && c->resources.v[i].fate == FATE_OTHER))
			strs_add(pl->arena, &out, c->resources.v[i].element->text);
	return out;
}

/* The statement's own target patterns; of a mixed one only the target names. */
static struct strs target_patterns(struct planner *pl, const struct candidate *c)
{
	struct strs out = { 0 };
	for (size_t i = 0; i < c->s->actions.n; i++) {
		str text = c->s->actions.v[i].text;
		unsigned covered = action_targets(text) & c->take;
		if (covered && action_only_targets(text) && covered == action_targets(text)) {
			strs_add_once(pl->arena, &out, text);
			continue;
		}
		for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
			if (covered & bit)
				strs_add_once(pl->arena, &out, str_from(target_name(bit)));
	}
	return out;
}

static bool same_source(const struct node *x, const struct node *y)
{
	return x == y || (x && y && str_eq(node_source(x), node_source(y)));
}

static bool is_alike(const struct shape *x, const struct shape *y)
{
	if (x->kind != y->kind || x->n != y->n || !str_eq(x->text, y->text) ||
	    !str_eq(x->when, y->when) || !same_source(x->source, y->source))
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (!is_alike(x->v[i].value, y->v[i].value))
			return false;
	return true;
}

/* What stays at times stands at the end of the list: once, where another statement leaves the same.
 */
static bool is_left_already(struct planner *pl, const struct candidate *c, const struct shape *s)
{
	const struct node *n = c->s->node;
	for (size_t i = 0; s->when.n && i < pl->plan->changes.n; i++) {
		struct change *known = &pl->plan->changes.v[i];
		if (known->kind != CHANGE_SPLIT_STATEMENT || known->nodes[0] == n ||
		    known->site.node != c->s->document->site.node || !is_alike(known->shapes[0], s))
			continue;
		strs_add_once(pl->arena, &known->owners, c->id);
		return true;
	}
	return false;
}

/* One text is split once, whichever instances of its block or module it is: what stays must be said
 * in the same words. */
static void add_split(struct planner *pl, const struct candidate *c, const struct shape *s)
{
	struct change *known = change_known(pl, CHANGE_SPLIT_STATEMENT, c->s->node);
	if (known) {
		strs_add_once(pl->arena, &known->owners, c->id);
		if (is_alike(known->shapes[0], s))
			return;
		known->kind = CHANGE_REFUSED;
		known->code = "SHARED-TEXT";
		known->why = "what would stay of the statement is not the same in all instances";
		return;
	}
	change_note(pl, CHANGE_SPLIT_STATEMENT, c->s->node);
	struct change *change = add_change(pl, c, CHANGE_SPLIT_STATEMENT, c->s->node);
	change->site = c->s->document->site;
	change->shapes = arena_array(pl->arena, 1, sizeof(*change->shapes));
	change->shapes[0] = s;
	change->shape_count = 1;
}

static void split_statement(struct planner *pl, const struct candidate *c, struct rewrite *rw)
{
	struct arena *a = pl->arena;
	rw->split = true;
	rw->split_actions = target_patterns(pl, c);
	rw->split_resources = staying(pl, c, false);
	struct shape *s = shape_object(a);
	if (c->s->sid.n && !text_is_ref(c->s->sid, NULL)) /* which may be null */
		rw->split_sid = str_fmt(a, "%.*s%s", STR_ARG(c->s->sid),
					drops_statement(c) ? "" : "Rest");
	if (c->rest_guard.n) {
		s->when = c->rest_when;
		rw->split_guards = guards_in(a, c->rest_guard);
	}
	if (rw->split_sid.n)
		shape_set(a, s, S("Sid"), shape_text(a, rw->split_sid));
	shape_set(a, s, S("Effect"), shape_text(a, S("Allow")));
	shape_set(a, s, S("Action"), texts(a, &rw->split_actions));
	say_here(a, c, s);
	shape_set(a, s, S("Resource"), staying_here(a, c));
	if (c->s->conditions.n) {
		struct shape *conditions = conditions_shape(a, c->s, NULL);
		say_here(a, c, conditions);
		shape_set(a, s, S("Condition"), conditions);
	}
	if (is_left_already(pl, c, s))
		rw->split = false;
	else
		add_split(pl, c, s);
}

/* Only targets in the statement: the resources that moved go out of its list. */
static void trim_resources(struct planner *pl, const struct candidate *c, struct rewrite *rw)
{
	struct drops drops = { 0 };
	rw->resources = staying(pl, c, true);
	for (size_t i = 0; i < c->resources.n; i++)
		if (c->resources.v[i].fate == FATE_MOVE || c->resources.v[i].fate == FATE_DEAD)
			VEC_PUSH(pl->arena, &drops, c->resources.v[i].element->node);
	flush_drops(pl, c, &drops);
}

static void rewrite_statement(struct planner *pl, const struct candidate *c)
{
	struct rewrite rw = { .s = c->s };
	for (size_t i = 0; i < c->s->resources.n; i++)
		strs_add(pl->arena, &rw.resources, c->s->resources.v[i].text);
	if (c->split && c->takes_all && !c->rest_guard.n) {
		for (size_t i = 0; i < c->s->actions.n; i++)
			strs_add(pl->arena, &rw.actions, c->s->actions.v[i].text);
		trim_resources(pl, c, &rw);
		VEC_PUSH(pl->arena, &pl->plan->rewrites, rw);
		return;
	}
	actions_after(pl, c, &rw.actions);
	rw.dropped = drops_statement(c);
	if (!rw.dropped) /* while it is no list's first: what is moved is not edited */
		change_actions(pl, c);
	if (c->split)
		split_statement(pl, c, &rw);
	VEC_PUSH(pl->arena, &pl->plan->rewrites, rw);
}

/* ---- what is dropped as a whole ---- */

bool is_emptied(const struct plan *plan, const struct policy *p)
{
	for (size_t i = 0; i < plan->emptied.n; i++)
		if (plan->emptied.v[i] == p)
			return true;
	return false;
}

static bool goes_with_policy(const struct planner *pl, const struct statement *s)
{
	for (size_t i = 0; i < s->uses.n; i++)
		if (is_emptied(pl->plan, s->uses.v[i]))
			return true;
	return false;
}

/* The first emptied policy of a parent that loses all its nested blocks. */
static bool stays_empty(const struct planner *pl, size_t at)
{
	const struct removal *r = &pl->plan->emptied.v[at]->removal;
	size_t gone = 0;
	for (size_t i = 0; i < pl->plan->emptied.n; i++) {
		if (pl->plan->emptied.v[i]->removal.parent != r->parent ||
		    pl->plan->emptied.v[i]->scope != pl->plan->emptied.v[at]->scope)
			continue;
		if (!gone && i < at)
			return false;
		gone++;
	}
	return gone == r->siblings;
}

/* How many elements of the list go with emptied policies, of which each may be that of several
 * stacks; *first is one of them. */
static size_t count_gone(const struct planner *pl, const struct node *list,
			 const struct node **first)
{
	struct map seen = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < pl->plan->emptied.n; i++) {
		const struct removal *r = &pl->plan->emptied.v[i]->removal;
		for (size_t k = 0; k < r->elements.n; k++) {
			if (r->elements.v[k]->parent != list ||
			    map_find_at(&seen, r->elements.v[k]) ||
			    map_find_at(&pl->replaced, r->elements.v[k]))
				continue;
			map_put_at(&seen, pl->arena, r->elements.v[k], &seen);
			if (!n++)
				*first = r->elements.v[k];
		}
	}
	return n;
}

/* What a list belongs to goes with the last element, where the language has no empty list; and
 * Terraform's dependencies do. */
static bool goes_empty(const struct planner *pl, const struct removal *r,
		       const struct node *argument)
{
	str name;
	if (!argument)
		return false;
	if (argument->kind == NODE_PAIR)
		return r->lists_go ||
		       (pair_key(argument, pl->arena, &name) && str_eq(name, S("depends_on")));
	return argument->kind == NODE_ATTR && str_eq(argument->name, S("depends_on"));
}

/* The list goes as a whole where nothing is left of it. */
static void drop_element(struct planner *pl, const struct candidate *c, const struct removal *r,
			 const struct node *element)
{
	const struct node *list = element->parent, *first = element;
	if (!goes_empty(pl, r, list->parent) || count_gone(pl, list, &first) < node_count(list))
		add_change(pl, c, CHANGE_DROP_ELEMENTS, element);
	else if (first == element)
		add_change(pl, c, CHANGE_DROP_BLOCK, list->parent);
}

static void index_gone(const struct planner *pl, struct map *gone)
{
	for (size_t i = 0; i < pl->plan->emptied.n; i++) {
		const struct removal *r = &pl->plan->emptied.v[i]->removal;
		for (size_t k = 0; k < r->blocks.n; k++)
			map_put_at(gone, pl->arena, r->blocks.v[k], gone);
	}
}

/* What one policy says of another goes with it when both do. */
static bool goes_with_more(const struct map *gone, const struct node *n)
{
	for (const struct node *around = n->parent; around; around = around->parent)
		if (map_find_at(gone, around))
			return true;
	return false;
}

static void drop_policies(struct planner *pl)
{
	struct map gone = { 0 };
	index_gone(pl, &gone);
	for (size_t i = 0; i < pl->plan->emptied.n; i++) {
		const struct policy *p = pl->plan->emptied.v[i];
		const struct removal *r = &p->removal;
		const struct candidate *c = candidate_of(pl, p->statements.v[0]);
		for (size_t k = 0; k < r->blocks.n; k++)
			if (!goes_with_more(&gone, r->blocks.v[k]) &&
			    !map_find_at(&pl->replaced, r->blocks.v[k]->last))
				add_change(pl, c, CHANGE_DROP_BLOCK, r->blocks.v[k]);
		for (size_t k = 0; k < r->elements.n; k++)
			if (!goes_with_more(&gone, r->elements.v[k]) &&
			    !map_find_at(&pl->replaced, r->elements.v[k]))
				drop_element(pl, c, r, r->elements.v[k]);
		if (r->nested)
			add_change(pl, c,
				   stays_empty(pl, i) ? CHANGE_EMPTY_BLOCK : CHANGE_DROP_BLOCK,
				   r->nested);
	}
}

void plan_changes(struct planner *pl)
{
	for (size_t i = 0; i < pl->candidates.n; i++) {
		const struct candidate *c = pl->candidates.v[i];
		if (c->holds.n || is_request(c))
			continue;
		rewrite_statement(pl, c);
		if (drops_statement(c) && !goes_with_policy(pl, c->s))
			add_change(pl, c, CHANGE_DROP_STATEMENT,
				   c->s->around ? c->s->around : c->s->node);
	}
	drop_policies(pl);
	plan_grants(pl);
}
