/* SPDX-License-Identifier: MIT */
/*
 * Roles that exist under a condition only, and statements that are there just then:
 * `!If [Condition, {…}, !Ref AWS::NoValue]`. Where the role is not, nobody could use the grant, so
 * such a statement of a key policy says the same as one that is always there.
 */
#include "cfn.h"

#include "kmsfix/vec.h"

/* ---- how a condition is said ---- */

static const struct cfn_resource *resource_of(const struct cfn_stack *s, const struct principal *p)
{
	for (size_t i = 0; i < s->resources.n; i++)
		if (s->resources.v[i]->principal == p)
			return s->resources.v[i]->of ? s->resources.v[i]->of : s->resources.v[i];
	return NULL;
}

bool cfn_when(const struct principal *p, const struct scope *to, str *out)
{
	const struct cfn_stack *s = to->front;
	const struct cfn_resource *r = p->scope == to ? resource_of(s, p) : NULL;
	if (!r || !cfn_scalar(s->cfn, cfn_get(s->cfn, r->body, "Condition"), out))
		return false;
	struct cfn_condition c = cfn_named_condition(r->stack, *out);
	strs_add_all(s->model->arena, &c.all, &s->guards);
	return c.known < 0 && strs_has_all(&c.all, &p->guards);
}

/* The condition says just the guards; or its opposite, which is one text. */
static bool says(struct cfn_stack *s, str name, bool holds, const struct strs *guards)
{
	struct cfn_condition c = cfn_named_condition(s, name);
	if (!holds)
		c = cfn_not(s->model->arena, &c);
	return c.known < 0 && strs_has_all(&c.all, guards) && strs_has_all(guards, &c.all);
}

static str set_name(struct arena *a, const struct strs *set)
{
	struct strs sorted = { 0 };
	strs_add_all(a, &sorted, set);
	strs_sort(&sorted);
	return strs_join(a, &sorted, S("\n"));
}

/* The conditions by what they say, or by the opposite; of several the first. */
static void index_conditions(struct cfn_stack *s, bool holds)
{
	struct arena *a = s->model->arena;
	for (const struct node *p = s->conditions->first; p; p = p->next) {
		str *name = ARENA_NEW(a, str);
		if (!pair_key(p, a, name))
			continue;
		struct cfn_condition c = cfn_named_condition(s, *name);
		if (!holds)
			c = cfn_not(a, &c);
		str set = set_name(a, &c.all);
		if (c.known < 0 && !map_find(&s->said[holds], set))
			map_put(&s->said[holds], a, set, name);
	}
}

static bool find_condition(struct cfn_stack *s, const struct strs *guards, bool holds, str *out)
{
	if (!s->said[holds].n && s->conditions)
		index_conditions(s, holds);
	const str *name = map_find(&s->said[holds], set_name(s->model->arena, guards));
	if (name)
		*out = *name;
	return name;
}

bool cfn_say(const struct scope *to, const struct strs *guards, const struct strs *given, str *out)
{
	struct cfn_stack *s = to->front;
	struct strs before = s->given;
	bool holds = find_condition(s, guards, true, out);
	bool found = holds || find_condition(s, guards, false, out);
	s->given = *given;
	found = found && says(s, *out, holds, guards);
	s->given = before;
	if (found && !holds)
		*out = STR_CAT(s->model->arena, S("!"), *out);
	return found;
}

/* ---- what is said under one ---- */

/* The arguments of the Fn::If that the statement is one branch of, the other being nothing, as the
 * element `around` of the list of the document. */
static const struct node *if_of(struct cfn_stack *s, const struct document *d,
				const struct node *statement, const struct node **around)
{
	const struct node *args = statement->parent, *element = args;
	struct cfn_call call;
	str name;
	if (!args || args->kind != NODE_SEQ || node_child(args, 2) != args->last)
		return NULL;
	if (args->parent && args->parent->kind == NODE_PAIR)
		element = args->parent->parent;
	if (!cfn_is_call(s->cfn, element, &call) || call.arg != args ||
	    !str_eq(call.function, S("If")) || !cfn_scalar(s->cfn, args->first, &name))
		return NULL;
	const struct node *list = element->parent, *pair = list ? list->parent : NULL;
	if (!list || list->kind != NODE_SEQ || list->name.n)
		return NULL;
	*around = element;
	/* Fn::Select may have picked the document, or its list. */
	return (pair && pair->parent == d->node) || list == d->site.node ? args : NULL;
}

/* What must hold for the statement to be there, or nothing; false when that cannot be told. */
static bool needs(struct cfn_stack *s, const struct document *d, struct statement *st,
		  struct strs *out)
{
	const struct node *around, *other, *args = if_of(s, d, st->node, &around);
	struct cfn_call call;
	str name;
	if (!args)
		return false;
	other = st->node == args->last ? args->first->next : args->last;
	if (!cfn_is_call(s->cfn, other, &call) || !str_eq(call.function, S("Ref")) ||
	    !cfn_scalar(s->cfn, call.arg, &name) || !str_eq(name, S("AWS::NoValue")))
		return false;
	st->around = around;
	cfn_scalar(s->cfn, args->first, &name);
	struct cfn_condition c = cfn_named_condition(s, name);
	if (other == args->first->next)
		c = cfn_not(s->model->arena, &c);
	*out = c.all;
	return c.known != 0;
}

static bool names_only(const struct cfn_stack *s, const struct statement *st,
		       const struct strs *guards)
{
	for (size_t i = 0; i < st->principals.n; i++) {
		const struct principal_element *e = &st->principals.v[i];
		const struct name *n = name_get(s->unit, e->element.text);
		if (e->element.maybe || !n || n->kind != NAME_PRINCIPAL ||
		    !strs_has_all(&n->principal->guards, guards))
			return false;
	}
	return st->principals.n && !st->principals.open && !st->principals.negated;
}

void cfn_settle_conditional(struct cfn_stack *s, const struct document *d)
{
	for (size_t i = 0; i < d->statements.n; i++) {
		struct statement *st = d->statements.v[i];
		struct strs guards = { 0 };
		if (!st->maybe || !needs(s, d, st, &guards))
			continue;
		if (!guards.n || names_only(s, st, &guards)) {
			st->maybe = false;
			st->principals.list = NULL; /* somebody else may be there at other times */
		} else {
			strs_add_all(s->model->arena, &st->guards, &guards);
		}
	}
}
