/* SPDX-License-Identifier: MIT */
/*
 * --accept CYCLE: policies that are written apart from their roles and keys before anything is
 * moved. That is a change of its own, with the same access before and after it; the plan is made on
 * its result.
 */
#include "kmsfix/apart.h"
#include "kmsfix/round.h"
#include "kmsfix/vec.h"
#include "result.h"

/* ---- the changes ---- */

static bool find_part(const struct model *m, const struct detached *d, struct part *out)
{
	*out = (struct part){ .model = m, .apart = d->apart, .circle = &d->circle };
	for (size_t i = 0; d->apart == APART_INLINE && i < m->principals.n; i++) {
		const struct principal *p = m->principals.v[i];
		if (str_eq(p->unit->path, d->unit) &&
		    str_eq(address_declared(p->address), d->address)) {
			out->scope = p->scope;
			out->block = p->block;
		}
	}
	for (size_t i = 0; d->apart == APART_KEY && i < m->keys.n; i++) {
		const struct key *k = m->keys.v[i];
		if (str_eq(k->unit->path, d->unit) &&
		    str_eq(address_declared(k->address), d->address)) {
			out->scope = k->scope;
			out->block = k->block;
		}
	}
	return out->block != NULL;
}

static struct change *add_change(struct plan *out, const struct detached *d, enum change_kind kind,
				 const struct node *node, const struct node *other, struct arena *a)
{
	struct change c = { .kind = kind, .code = "CYCLE", .owners = d->owners };
	c.n = other ? 2 : 1;
	c.nodes = arena_array(a, c.n, sizeof(*c.nodes));
	c.nodes[0] = node;
	if (other)
		c.nodes[1] = other;
	VEC_PUSH(a, &out->changes, c);
	return &out->changes.v[out->changes.n - 1];
}

static void set_shape(struct change *c, const struct shape *s, struct arena *a)
{
	c->shapes = arena_array(a, 1, sizeof(*c->shapes));
	c->shapes[0] = s;
	c->shape_count = 1;
}

/* Roles that get into a new list share it. */
static void add_role(struct plan *out, const struct detached *d, const struct detachment *x,
		     struct arena *a)
{
	struct shape *list = shape_list(a);
	struct change *c;
	if (x->gets.list) {
		set_shape(add_change(out, d, CHANGE_ADD_PRINCIPALS, x->gets.list, NULL, a),
			  x->gets.role, a);
		return;
	}
	for (size_t i = 0; i < out->changes.n; i++) {
		c = &out->changes.v[i];
		if (c->kind != CHANGE_ADD_ARGUMENT || c->nodes[0] != x->gets.map)
			continue;
		*list = *c->shapes[0];
		shape_add(a, list, x->gets.role);
		c->shapes[0] = list;
		strs_add_all(a, &c->owners, &d->owners);
		return;
	}
	shape_add(a, list, x->gets.role);
	c = add_change(out, d, CHANGE_ADD_ARGUMENT, x->gets.map, NULL, a);
	c->text = x->gets.name;
	set_shape(c, list, a);
}

static void add_resource(struct plan *out, const struct detached *d, const struct detachment *x,
			 struct arena *a)
{
	for (size_t i = 0; i < x->drop.n; i++) {
		const struct node *n = x->drop.v[i];
		add_change(out, d, n == x->from && x->body ? CHANGE_TAKE_OUT : CHANGE_DROP_BLOCK, n,
			   NULL, a);
	}
	struct change *c;
	if (x->replaced.node) {
		c = add_change(out, d, CHANGE_REPLACE_ELEMENT, x->replaced.node, NULL, a);
		strs_add(a, &c->strings, x->replaced.by);
	}
	if (!x->body) {
		add_role(out, d, x, a);
		return;
	}
	c = add_change(out, d, CHANGE_ADD_RESOURCE, x->after, x->from, a);
	strs_add(a, &c->strings, x->type);
	strs_add(a, &c->strings, x->name);
	set_shape(c, x->body, a);
}

/* A block that stands in several instances of its module is detached once. */
static bool is_done(const struct plan *plan, const struct detachment *x)
{
	for (size_t i = 0; x->body && i < plan->changes.n; i++) {
		const struct change *c = &plan->changes.v[i];
		if (c->kind == CHANGE_ADD_RESOURCE && c->nodes[0] == x->after &&
		    str_eq(c->strings.v[0], x->type) && str_eq(c->strings.v[1], x->name))
			return true;
	}
	return false;
}

bool plan_detach(struct plan *out, const struct model *m, struct plan_options *options,
		 struct arena *a)
{
	bool ok = true;
	*out = (struct plan){ 0 };
	for (size_t i = 0; i < options->detached.n; i++) {
		struct detached *d = &options->detached.v[i];
		struct detachments list = { .arena = a };
		const char *why = "it is not written here";
		struct part part;
		if (d->refused)
			continue;
		if (!find_part(m, d, &part) ||
		    !part.scope->unit->language->detach(&part, &list, &why)) {
			d->refused = why;
			ok = false;
			continue;
		}
		d->note = list.note;
		for (size_t k = 0; k < list.n; k++)
			if (!is_done(out, &list.v[k]))
				add_resource(out, d, &list.v[k], a);
	}
	return ok;
}

/* One sentence for all roles of which the same is said, and for each key. */
static bool is_said_with(const struct detached *d, const struct detached *first)
{
	return d == first ||
	       (d->apart == APART_INLINE && first->apart == APART_INLINE && d->note == first->note);
}

static void add_note(struct finding *f, const struct detached *const *needed, size_t n, size_t at,
		     struct arena *a)
{
	const struct detached *first = needed[at];
	str names = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (!is_said_with(needed[i], first))
			continue;
		if (i < at)
			return; /* said already */
		names = str_fmt(a, "%.*s%s'%.*s'", STR_ARG(names), names.n ? ", " : "",
				STR_ARG(needed[i]->address));
	}
	f->note = str_fmt(a, "%.*s%sto open a dependency cycle, %s %.*s %s", STR_ARG(f->note),
			  f->note.n ? "; " : "",
			  first->apart == APART_KEY ? "the policy of" : "policies of",
			  STR_ARG(names), first->note);
}

void plan_detach_notes(struct plan *plan, const struct plan_options *options, struct arena *a)
{
	const struct detached **needed = arena_array(a, options->detached.n, sizeof(*needed));
	for (size_t k = 0; k < plan->findings.n; k++) {
		struct finding *f = &plan->findings.v[k];
		size_t n = 0;
		for (size_t i = 0; i < options->detached.n; i++)
			if (f->outcome == OUTCOME_FIXED && !options->detached.v[i].refused &&
			    strs_has(&options->detached.v[i].owners, f->id))
				needed[n++] = &options->detached.v[i];
		for (size_t i = 0; i < n; i++)
			add_note(f, needed, n, i, a);
	}
}

void plan_detach_none(struct plan_options *options)
{
	for (size_t i = 0; i < options->detached.n; i++)
		if (!options->detached.v[i].refused)
			options->detached.v[i].refused = "it would not be the same policy";
}

/* What could not be lowered: its findings are held. */
void plan_detach_refuse(struct plan_options *options)
{
	for (size_t i = 0; i < options->detached.n; i++) {
		struct detached *d = &options->detached.v[i];
		size_t held = 0;
		while (held < d->owners.n && map_find(&options->held, d->owners.v[held]))
			held++;
		if (held == d->owners.n)
			d->refused = "the text cannot be moved";
	}
}

bool plan_detached_in_vain(const struct plan *plan, struct plan_options *options)
{
	bool any = false;
	for (size_t i = 0; i < options->detached.n; i++) {
		struct detached *d = &options->detached.v[i];
		bool needed = d->refused != NULL;
		for (size_t k = 0; k < plan->findings.n && !needed; k++)
			needed = plan->findings.v[k].outcome == OUTCOME_FIXED &&
				 strs_has(&d->owners, plan->findings.v[k].id);
		if (!needed)
			d->refused = "nothing that needs it can be fixed";
		any |= !needed;
	}
	return any;
}
