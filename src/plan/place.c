/* SPDX-License-Identifier: MIT */
/*
 * Where grants are written: each one in the text of its key's policy, with every reference as that
 * place says it. A text that is the policy of several keys, because several callers share a module,
 * must be right for all of them.
 */
#include "grants.h"
#include "kmsfix/buf.h"
#include "kmsfix/carry.h"
#include "kmsfix/vec.h"

/* A grant in the words of its place. */
struct placed {
	const struct grant *grant;
	enum change_kind kind;
	const struct node *where;
	struct shape *shape;    /* the statement, or the list of principals that extends one */
	str text;               /* the same, for comparison */
	const char *code, *why; /* when it cannot be said there */
	bool done;
};

struct placer {
	struct planner *pl;
	struct carrier carrier;
	struct {
		struct placed *v;
		size_t n, cap;
	} all;
	struct {
		const struct grant **v;
		size_t n, cap;
	} owners; /* of the carrier's additions */
};

/* The change is for this grant, too. */
static void own(struct planner *pl, struct change *change, const struct grant *g)
{
	for (size_t k = 0; k < g->owners.n; k++)
		strs_add_once(pl->arena, &change->owners, g->owners.v[k]);
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

/* The name of a change of that kind at that node. */
static str change_name(struct planner *pl, enum change_kind kind, const struct node *node)
{
	const void **name = arena_array(pl->arena, 2, sizeof(*name));
	name[0] = node;
	memcpy(&name[1], &kind, sizeof(kind));
	return (str){ (const char *)name, 2 * sizeof(*name) };
}

static struct change *change_at(struct planner *pl, const struct grant *g, enum change_kind kind,
				const struct node *node)
{
	str name = change_name(pl, kind, node);
	size_t *at = map_find(&pl->placed, name);
	if (!at) {
		at = ARENA_NEW(pl->arena, size_t);
		*at = pl->plan->changes.n;
		map_put(&pl->placed, pl->arena, name, at);
		return change_new(pl, g, kind, node);
	}
	struct change *change = &pl->plan->changes.v[*at];
	own(pl, change, g);
	return change;
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

static const struct scope *scope_of(const struct grant *g)
{
	const struct scope *list = g->extend ? g->extend->principals.scope : NULL;
	if (list)
		return list;
	return g->site ? g->site->scope : g->key->scope;
}

/* Every text of the shape as the scope says it; shapes nest a few levels only. */
static bool carry_shape(struct placer *x, struct placed *p, struct shape *s)
{
	str out;
	enum carried result;
	for (size_t i = 0; i < s->n; i++)
		if (!carry_shape(x, p, s->v[i].value))
			return false;
	if (s->kind != SHAPE_TEXT)
		return true;
	result = carry_text(&x->carrier, s->text, scope_of(p->grant), &out, &p->why);
	if (result != CARRIED) {
		p->code = result == CARRY_SHARED ? "KEY-MULTI" : "ROLE-UNRESOLVED";
		return false;
	}
	s->text = text_unscoped(x->pl->arena, out);
	return true;
}

static void add_text(struct buf *b, const struct shape *s)
{
	buf_printf(b, "%d%.*s?%.*s(", s->kind, STR_ARG(s->text), STR_ARG(s->when));
	for (size_t i = 0; i < s->n; i++) {
		buf_printf(b, "%.*s:", STR_ARG(s->v[i].key));
		add_text(b, s->v[i].value);
	}
	buf_addc(b, ')');
}

static struct carry_list list_of(struct arena *a, const struct grant *g)
{
	struct carry_list list = { .sometimes = g->optional };
	for (size_t i = 0; i < g->principals.n; i++)
		if (!strs_has(&g->optional, g->principals.v[i]))
			strs_add(a, &list.always, g->principals.v[i]);
	return list;
}

/* The principals as one list expression, on which the whole statement depends when it may be
 * empty. */
static void set_principals(struct placer *x, struct shape *statement, str expression, bool empty)
{
	struct shape *principal = shape_get(statement, S("Principal"));
	shape_set(x->pl->arena, principal, S("AWS"), shape_expression(x->pl->arena, expression));
	if (empty)
		statement->when = expression;
}

/* Principals that may be missing where the policy is. */
static bool carry_optional(struct placer *x, struct placed *p)
{
	struct carry_list list = list_of(x->pl->arena, p->grant);
	str expression;
	bool empty;
	if (!list.sometimes.n)
		return true;
	p->code = "CONDITIONAL";
	if (p->grant->extend) {
		p->why = "a statement that is there already would have to name what may be missing";
		return false;
	}
	switch (carry_list(&x->carrier, &list, scope_of(p->grant), &expression, &empty, &p->why)) {
	case CARRIED:
		p->code = NULL;
		set_principals(x, p->shape, expression, empty);
		return true;
	case CARRY_SHARED:
		p->code = "KEY-MULTI";
		return false;
	default:
		return false;
	}
}

static struct shape *shape_of(struct planner *pl, const struct grant *g)
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
static void own_additions(struct placer *x, const struct grant *g)
{
	while (x->owners.n < x->carrier.additions.n)
		VEC_PUSH(x->pl->arena, &x->owners, g);
}

/* The scope can say the text with what it has. */
static bool is_at_hand(struct placer *x, str text, const struct scope *scope)
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
	const struct scope *scope = scope_of(g);
	size_t n = 0;
	for (size_t i = 0; i < g->principals.n; i++)
		n += !is_at_hand(x, g->principals.v[i], scope);
	return n > MAX_VARIABLES && scope->parent && !g->extend && !scope->unit->language->carry;
}

/* True when the scope lacks something that the shape says. */
static bool lacks(struct placer *x, const struct shape *s, const struct scope *scope)
{
	if (s->text.n && !is_at_hand(x, s->text, scope))
		return true;
	for (size_t i = 0; i < s->n; i++)
		if (lacks(x, s->v[i].value, scope))
			return true;
	return false;
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
	p.where = !g->site  ? g->key->body :
		  g->extend ? g->extend->principals.list :
			      g->site->site.node;
	p.shape = shape_of(x->pl, g);
	g->carries = lacks(x, p.shape, scope_of(g));
	if (needs_list(x, g))
		p.code = "KEY-MULTI";
	else if (carry_optional(x, &p))
		carry_shape(x, &p, p.shape);
	own_additions(x, g);
	add_text(&b, p.shape);
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
					STR_ARG(text_unscoped(a, k->partition_ref)),
					STR_ARG(text_unscoped(a, k->account_ref)))));
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
static void add_context(struct planner *pl, const struct grant *g)
{
	const struct key *k = g->key;
	for (size_t i = 0; i < pl->plan->changes.n; i++) {
		const struct change *c = &pl->plan->changes.v[i];
		if (c->kind == CHANGE_ADD_BLOCKS && str_eq(c->text, k->context) &&
		    str_eq(path_dir(c->nodes[0]->tree->file->path), k->scope->dir)) {
			own(pl, &pl->plan->changes.v[i], g);
			return;
		}
	}
	if (k->context.n)
		change_new(pl, g, CHANGE_ADD_BLOCKS, k->block)->text = k->context;
}

static void set_policy(struct planner *pl, const struct placed *p)
{
	const struct grant *g = p->grant;
	struct change *change = change_at(pl, g, CHANGE_SET_POLICY, p->where);
	if (!change->shape_count) {
		change->text = g->key->within;
		add_shape(pl->arena, change, default_document(pl->arena, g->key));
		add_context(pl, g);
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

static void write_placed(struct placer *x, const struct placed *p)
{
	struct planner *pl = x->pl;
	struct change *change;
	if (p->kind == CHANGE_SET_POLICY) {
		set_policy(pl, p);
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

static void refuse(struct placer *x, const struct placed *p, const char *code, const char *why)
{
	struct change *change = change_new(x->pl, p->grant, CHANGE_REFUSED, NULL);
	change->code = code;
	change->why = str_z(x->pl->arena, str_fmt(x->pl->arena,
						  "the policy of '%.*s' cannot name what it would "
						  "have to: %s",
						  STR_ARG(p->grant->key->address), why));
}

/* ---- places that several keys share ---- */

/* How many key policies (or keys without one) have the text at the place. */
static size_t count_texts(const struct model *m, const struct placed *p)
{
	size_t n = 0;
	for (size_t i = 0; p->grant->site && i < m->documents.n; i++)
		n += m->documents.v[i]->node == p->grant->site->node &&
		     m->documents.v[i]->uses.n != 0;
	for (size_t i = 0; !p->grant->site && i < m->keys.n; i++)
		n += m->keys.v[i]->body == p->where;
	return n;
}

static bool is_twin(const struct placed *x, const struct placed *y)
{
	return x->where == y->where && x->kind == y->kind &&
	       x->grant->targets == y->grant->targets && str_eq(x->grant->seed, y->grant->seed);
}

/* All placed grants of one text and meaning, in the instances of its module. */
struct twins {
	struct placed **v;
	size_t n, cap;
	bool same; /* one text does for all of them, and there is no other instance */
};

static struct twins twins_of(struct placer *x, size_t first)
{
	struct placed *p = &x->all.v[first];
	struct twins t = { .same = !p->code };
	for (size_t i = first; i < x->all.n; i++) {
		struct placed *each = &x->all.v[i];
		if (!is_twin(p, each))
			continue;
		VEC_PUSH(x->pl->arena, &t, each);
		each->done = true;
		t.same &= !each->code && str_eq(each->text, p->text);
	}
	t.same &= t.n == count_texts(x->pl->m, p);
	return t;
}

static str share_name(struct arena *a, unsigned targets)
{
	const char *verb = !(targets & ~(unsigned)TARGET_DECRYPT) ? "decrypt" :
			   !(targets & TARGET_DECRYPT)            ? "reencrypt" :
								    "decrypt_reencrypt";
	return str_fmt(a, "kms_%s_principal_arns", verb);
}

/* The conditions in the words of the first, when they are the same words for all. */
static bool same_conditions(struct placer *x, const struct twins *t)
{
	struct buf first = { 0 };
	bool same = true;
	for (size_t i = 0; i < t->n; i++) {
		struct placed copy = *t->v[i];
		struct buf b = { 0 };
		struct shape *c = conditions_shape(x->pl->arena, copy.grant->like,
						   copy.grant->delegation);
		same &= !c || carry_shape(x, &copy, c);
		if (c)
			add_text(i ? &b : &first, c);
		same &= !i || str_eq(buf_str(&first), buf_str(&b));
		buf_free(&b);
	}
	buf_free(&first);
	return same;
}

/* Takes those that the only instance can name itself out of what its caller is to give. */
static struct strs take_at_hand(struct placer *x, struct carry_share *share)
{
	struct arena *a = x->pl->arena;
	struct strs own = { 0 }, rest = { 0 };
	for (size_t i = 0; i < share->list.always.n; i++) {
		str text = share->list.always.v[i];
		strs_add(a, is_at_hand(x, text, share->scope) ? &own : &rest, text);
	}
	share->list.always = rest;
	return own;
}

/* One statement for all instances, its principals in a variable that each caller sets. */
static bool share_place(struct placer *x, struct twins *t, const char **why)
{
	struct arena *a = x->pl->arena;
	struct placed *p = t->v[0];
	struct carry_share *shares = arena_array(a, t->n, sizeof(*shares));
	str variable;
	*why = "its text is the policy of other keys too";
	if (p->grant->extend || !same_conditions(x, t))
		return false;
	for (size_t i = 0; i < t->n; i++)
		shares[i] = (struct carry_share){ scope_of(t->v[i]->grant),
						  list_of(a, t->v[i]->grant) };
	struct carry_list own = { 0 };
	str named = { 0 };
	bool empty = true;
	if (t->n == 1)
		own.always = take_at_hand(x, &shares[0]);
	if (carry_shared(&x->carrier, shares, t->n, share_name(a, p->grant->targets), &variable,
			 why) != CARRIED)
		return false;
	if (own.always.n &&
	    carry_list(&x->carrier, &own, shares[0].scope, &named, &empty, why) != CARRIED)
		return false;
	if (named.n)
		variable = str_fmt(a, "concat(%.*s, %.*s)", STR_ARG(named), STR_ARG(variable));
	p->code = NULL;
	p->shape = shape_of(x->pl, p->grant);
	struct shape *c = shape_get(p->shape, S("Condition"));
	if (c && !carry_shape(x, p, c))
		return false;
	set_principals(x, p->shape, variable, empty);
	own_additions(x, p->grant);
	write_placed(x, p);
	return true;
}

static bool only_shared(const struct twins *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->code && !str_eq(str_from(t->v[i]->code), S("KEY-MULTI")))
			return false;
	return true;
}

static void settle_place(struct placer *x, size_t first)
{
	struct twins t = twins_of(x, first);
	const char *why = NULL;
	if (t.same) {
		write_placed(x, t.v[0]);
		return;
	}
	if (only_shared(&t) && share_place(x, &t, &why))
		return;
	for (size_t i = 0; i < t.n; i++)
		refuse(x, t.v[i], t.v[i]->code ? t.v[i]->code : "KEY-MULTI",
		       t.v[i]->why ? t.v[i]->why : why);
}

void place_grants(struct planner *pl)
{
	struct placer x = { .pl = pl, .carrier = { .arena = pl->arena } };
	for (size_t i = 0; i < pl->plan->grants.n; i++)
		place(&x, &pl->plan->grants.v[i]);
	for (size_t i = 0; i < x.all.n; i++)
		if (!x.all.v[i].done)
			settle_place(&x, i);
	if (x.all.n)
		own_additions(&x, x.all.v[0].grant);
	add_additions(&x);
}
