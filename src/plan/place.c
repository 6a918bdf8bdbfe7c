/* SPDX-License-Identifier: MIT */
/*
 * Where grants are written: each one in the text of its key's policy, with every reference as that
 * place says it.
 */
#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "placed.h"

/* The change is for this grant, too. */
static void own(struct planner *pl, struct change *change, const struct grant *g)
{
	strs_add_all(pl->arena, &change->owners, &g->owners);
}

static struct change *change_new(struct planner *pl, const struct grant *g, enum change_kind kind,
				 const struct node *node)
{
	struct change change = { .kind = kind, .n = node != NULL, .grants = true };
	own(pl, &change, g);
	change.nodes = arena_array(pl->arena, 1, sizeof(*change.nodes));
	change.nodes[0] = node;
	VEC_PUSH(pl->arena, &pl->plan->changes, change);
	return &pl->plan->changes.v[pl->plan->changes.n - 1];
}

static struct change *change_at(struct planner *pl, const struct grant *g, enum change_kind kind,
				const struct node *node)
{
	struct change *known = change_known(pl, kind, node);
	if (!known) {
		change_note(pl, kind, node);
		return change_new(pl, g, kind, node);
	}
	own(pl, known, g);
	return known;
}

static void add_shape(struct arena *a, struct change *change, const struct shape *shape)
{
	const struct shape **more = arena_array(a, change->shape_count + 1, sizeof(*more));
	for (size_t i = 0; i < change->shape_count; i++)
		more[i] = change->shapes[i];
	more[change->shape_count++] = shape;
	change->shapes = more;
}

/* ---- in the words of the place ---- */

struct grant *placed_grant(struct placer *x, const struct placed *p)
{
	return &x->pl->plan->grants.v[p - x->all.v];
}

const struct scope *placed_scope(const struct grant *g)
{
	const struct scope *list = g->extend ? g->extend->principals.scope : NULL;
	if (list)
		return list;
	return g->site ? g->site->site.scope : g->key->vacancy.scope;
}

/* Every text of the shape as the scope says it; shapes nest a few levels only. */
bool placed_carry(struct placer *x, struct placed *p, struct shape *s)
{
	str out;
	enum carried result;
	for (size_t i = 0; i < s->n; i++)
		if (!placed_carry(x, p, s->v[i].value))
			return false;
	if (s->kind != SHAPE_TEXT)
		return true;
	result = carry_text(&x->carrier, s->text, placed_scope(p->grant), &out, &p->why);
	if (result != CARRIED) {
		p->code = result == CARRY_SHARED ? "KEY-MULTI" :
			  x->carrier.full        ? "SIZE" :
						   "ROLE-UNRESOLVED";
		return false;
	}
	s->text = text_unscoped(x->pl->arena, out);
	return true;
}

void placed_add_text(struct buf *b, const struct shape *s)
{
	buf_printf(b, "%d%.*s?%.*s(", s->kind, STR_ARG(s->text), STR_ARG(s->when));
	for (size_t i = 0; i < s->n; i++) {
		buf_printf(b, "%.*s:", STR_ARG(s->v[i].key));
		placed_add_text(b, s->v[i].value);
	}
	buf_addc(b, ')');
}

struct carry_list placed_list(struct arena *a, const struct grant *g)
{
	struct carry_list list = { .sometimes = g->optional };
	for (size_t i = 0; i < g->principals.n; i++)
		if (!strs_has(&g->optional, g->principals.v[i]))
			strs_add(a, &list.always, g->principals.v[i]);
	return list;
}

/* The principals as one list expression, on which the whole statement depends when it may be
 * empty. */
void placed_set_principals(struct placer *x, struct shape *statement, str expression, bool empty)
{
	struct shape *principal = shape_get(statement, S("Principal"));
	shape_set(x->pl->arena, principal, S("AWS"), shape_expression(x->pl->arena, expression));
	if (empty)
		statement->when = carry_any(x->pl->arena, expression);
}

/* Whether that which is CONDITIONAL could be carried to the place, or by all who share it. */
static bool is_carried(struct placed *p, enum carried result)
{
	if (result == CARRIED)
		p->code = NULL;
	else if (result == CARRY_SHARED)
		p->code = "KEY-MULTI";
	return result == CARRIED;
}

/* Principals that may be missing where the policy is. */
static bool carry_optional(struct placer *x, struct placed *p)
{
	struct carry_list list = placed_list(x->pl->arena, p->grant);
	str expression;
	bool empty;
	if (!list.sometimes.n)
		return true;
	p->code = "CONDITIONAL";
	if (!is_carried(p, carry_list(&x->carrier, &list, placed_scope(p->grant), &expression,
				      &empty, &p->why)))
		return false;
	if (p->grant->key->unit->language->when)
		p->shape->when = expression; /* under which all of them are there */
	else
		placed_set_principals(x, p->shape, expression, empty);
	return true;
}

/* What the statement is there under, as a condition on it. */
static bool carry_condition(struct placer *x, struct placed *p)
{
	const struct grant *g = p->grant;
	if (!g->guards.n || g->extend)
		return true;
	p->code = "CONDITIONAL";
	return is_carried(p, carry_guards(&x->carrier, &g->guards, placed_scope(g), &p->shape->when,
					  &p->why));
}

struct shape *placed_shape(struct planner *pl, const struct grant *g)
{
	if (!g->extend)
		return template_render(pl->tpl, g->targets, g->sid, &g->principals,
				       conditions_shape(pl->arena, g->like, g->delegation),
				       pl->arena);
	struct shape *list = shape_list(pl->arena);
	for (size_t i = 0; i < g->principals.n; i++)
		shape_add(pl->arena, list, shape_text(pl->arena, g->principals.v[i]));
	return list;
}

/* What was added since the last call is for this grant. */
void placed_own_additions(struct placer *x, const struct grant *g)
{
	while (x->owners.n < x->carrier.additions.n)
		VEC_PUSH(x->pl->arena, &x->owners, g);
}

/* The scope can say the text with what it has. */
bool placed_at_hand(struct placer *x, str text, const struct scope *scope)
{
	struct carrier probe = { .arena = x->pl->arena };
	const char *why;
	str out;
	return carry_text(&probe, text, scope, &out, &why) == CARRIED && !probe.additions.n;
}

/* More principals from elsewhere than this come as one list, not as a variable each. */
#define MAX_VARIABLES 2

static bool needs_list(struct placer *x, const struct grant *g)
{
	const struct scope *scope = placed_scope(g);
	size_t n = 0;
	for (size_t i = 0; i < g->principals.n; i++)
		n += !placed_at_hand(x, g->principals.v[i], scope);
	return n > MAX_VARIABLES && scope->parent && !g->extend && !scope->unit->language->carry;
}

/* True when the scope lacks something that the shape says. */
static bool lacks(struct placer *x, const struct shape *s, const struct scope *scope)
{
	if (s->text.n && !placed_at_hand(x, s->text, scope))
		return true;
	for (size_t i = 0; i < s->n; i++)
		if (lacks(x, s->v[i].value, scope))
			return true;
	return false;
}

const struct node *unset_place(const struct grant *g)
{
	return g->of ? g->of->blank : g->key->vacancy.node;
}

static void place(struct placer *x, struct grant *g)
{
	struct arena *a = x->pl->arena;
	struct buf b = { 0 };
	struct placed p = { .grant = g, .kind = CHANGE_APPEND_STATEMENTS };
	if (!g->site)
		p.kind = CHANGE_SET_POLICY;
	else if (g->extend)
		p.kind = CHANGE_ADD_PRINCIPALS;
	p.where = !g->site  ? unset_place(g) :
		  g->extend ? g->extend->principals.list :
			      g->site->site.node;
	p.shape = placed_shape(x->pl, g);
	g->carries = lacks(x, p.shape, placed_scope(g));
	if (g->guards.n && g->optional.n) {
		p.code = "CONDITIONAL";
		p.why = "both the permission and the role exist only under conditions";
	} else if (needs_list(x, g))
		p.code = "KEY-MULTI";
	else if (carry_condition(x, &p) && carry_optional(x, &p))
		placed_carry(x, &p, p.shape);
	placed_own_additions(x, g);
	placed_add_text(&b, p.shape);
	p.text = str_dup(a, buf_str(&b));
	buf_free(&b);
	VEC_PUSH(a, &x->all, p);
}

/* ---- writing ---- */

/* AWS's default policy, written out [11.8]. */
static struct shape *default_document(struct arena *a, const struct key *k)
{
	struct shape *doc = shape_object(a), *list = shape_list(a), *s = shape_object(a);
	struct shape *principal = shape_object(a);
	shape_set(a, principal, S("AWS"),
		  shape_text(a, str_fmt(a, "arn:%.*s:iam::%.*s:root",
					STR_ARG(text_unscoped(a, k->vacancy.partition_ref)),
					STR_ARG(text_unscoped(a, k->vacancy.account_ref)))));
	shape_set(a, s, S("Sid"), shape_text(a, S("Enable IAM User Permissions")));
	shape_set(a, s, S("Effect"), shape_text(a, S("Allow")));
	shape_set(a, s, S("Principal"), principal);
	shape_set(a, s, S("Action"), shape_text(a, S("kms:*")));
	shape_set(a, s, S("Resource"), shape_text(a, S("*")));
	shape_add(a, list, s);
	shape_set(a, doc, S("Version"), shape_text(a, S("2012-10-17")));
	shape_set(a, doc, S("Statement"), list);
	return doc;
}

/* The blocks a default policy refers to: once for each directory. */
static void add_context(struct placer *x, const struct grant *g)
{
	struct planner *pl = x->pl;
	const struct vacancy *v = &g->key->vacancy;
	if (!v->context.n)
		return;
	const size_t *at = map_find(&x->contexts,
				    STR_CAT(pl->arena, v->scope->dir, S("|"), v->context));
	if (at) {
		own(pl, &pl->plan->changes.v[*at], g);
		return;
	}
	size_t *fresh = ARENA_NEW(pl->arena, size_t);
	str dir = path_dir(v->beside->tree->file->path);
	*fresh = pl->plan->changes.n;
	map_put(&x->contexts, pl->arena, STR_CAT(pl->arena, dir, S("|"), v->context), fresh);
	change_new(pl, g, CHANGE_ADD_BLOCKS, v->beside)->text = v->context;
}

static void set_policy(struct placer *x, const struct placed *p)
{
	struct planner *pl = x->pl;
	const struct grant *g = p->grant;
	struct change *change = change_at(pl, g, CHANGE_SET_POLICY, p->where);
	if (!change->shape_count) {
		change->text = g->key->vacancy.within;
		if (!g->of && g->key->vacancy.argument.n)
			strs_add(pl->arena, &change->strings, g->key->vacancy.argument);
		add_shape(pl->arena, change, default_document(pl->arena, g->key));
		add_context(x, g);
		change = change_at(pl, g, CHANGE_SET_POLICY, p->where);
	}
	shape_add(pl->arena, shape_get(change->shapes[0], S("Statement")), p->shape);
}

static void add_additions(struct placer *x)
{
	struct planner *pl = x->pl;
	for (size_t i = 0; i < x->carrier.additions.n; i++) {
		const struct addition *add = &x->carrier.additions.v[i];
		const struct grant *g = x->owners.v[i];
		if (add->after) {
			change_new(pl, g, CHANGE_ADD_BLOCKS, add->after)->text = add->text;
			continue;
		}
		struct change *change = change_new(pl, g, CHANGE_ADD_ARGUMENT, add->body);
		change->text = add->name;
		add_shape(pl->arena, change,
			  add->shape ? add->shape : shape_expression(pl->arena, add->value));
	}
}

void placed_write(struct placer *x, const struct placed *p)
{
	struct planner *pl = x->pl;
	struct change *change;
	if (p->kind == CHANGE_SET_POLICY) {
		set_policy(x, p);
		return;
	}
	change = change_at(pl, p->grant, p->kind, p->where);
	if (p->kind == CHANGE_APPEND_STATEMENTS) {
		change->site = p->grant->site->site;
		add_shape(pl->arena, change, p->shape);
		return;
	}
	for (size_t i = 0; i < p->shape->n; i++)
		add_shape(pl->arena, change, p->shape->v[i].value);
}

void placed_own(struct placer *x, const struct placed *p, const struct grant *g)
{
	change_at(x->pl, g, p->kind, p->where);
}

void placed_refuse(struct placer *x, const struct placed *p, const char *code, const char *why)
{
	struct change *change = change_new(x->pl, p->grant, CHANGE_REFUSED, NULL);
	change->code = code;
	change->why = str_z(x->pl->arena, str_fmt(x->pl->arena,
						  "the policy of '%.*s' cannot name what it would "
						  "have to: %s",
						  STR_ARG(p->grant->key->address), why));
}

/* Twins are looked for only among those at one node. */
static void link_by_node(struct placer *x)
{
	struct map last = { 0 };
	for (size_t i = x->all.n; i-- > 0;) {
		struct placed *p = &x->all.v[i];
		p->next = map_find_at(&last, p->where);
		map_put_at(&last, x->pl->arena, p->where, p);
	}
}

static struct placer placer_new(struct planner *pl)
{
	struct placer x = { .pl = pl, .carrier = { .arena = pl->arena } };
	for (size_t i = 0; i < pl->plan->grants.n; i++)
		place(&x, &pl->plan->grants.v[i]);
	link_by_node(&x);
	return x;
}

/* A statement that cannot take the grant where it stands stays as it is, and there is a new one. */
static bool give_up_extensions(struct placer *x)
{
	bool any = false;
	for (size_t i = 0; i < x->all.n; i++) {
		struct grant *g = placed_grant(x, &x->all.v[i]);
		if (!g->extend || place_is_one(x, i))
			continue;
		g->extend = NULL;
		any = true;
	}
	return any;
}

void place_grants(struct planner *pl)
{
	struct placer x = placer_new(pl);
	while (give_up_extensions(&x))
		x = placer_new(pl);
	for (size_t i = 0; i < x.all.n; i++)
		if (!x.all.v[i].done)
			place_settle(&x, i);
	if (x.all.n)
		placed_own_additions(&x, x.all.v[0].grant);
	add_additions(&x);
}
