/* SPDX-License-Identifier: MIT */
/*
 * Who uses a managed policy by its name: a boundary, an attachment, a data source or a permission
 * set that names it by no reference. A name that is known in part may be each that fits [7.2].
 */
#include "tf_provider.h"

#include "document.h"
#include "kmsfix/arn.h"
#include "kmsfix/vec.h"
#include "policy_name.h"
#include "value.h"

/* As what: a boundary, a policy of a permission set, or one that is attached. */
enum as { BOUNDARY, SET, ATTACHED, AS_COUNT };

#define BOUNDARY_ARGUMENT "permissions_boundary"

/* A boundary whose ARN ends in a name that is known, of whatever account. */
struct boundary_arn {
	struct arn arn;
	str name;
	struct tf_block *by;
};

/* Those that speak of a managed policy by a name (struct tf_blocks), for each of these. */
struct tf_name_uses {
	struct name_index as[AS_COUNT];
	struct {
		struct boundary_arn *v;
		size_t n, cap;
	} boundaries;
};

static void add_use(struct tf_name_uses *uses, struct tf_block *b, enum as as, str name)
{
	struct arena *a = b->module->model->arena;
	if (!name.n)
		return;
	struct name_entry *use = name_entry(&uses->as[as], a, name);
	if (!use->value)
		use->value = ARENA_NEW(a, struct tf_blocks);
	struct tf_blocks *by = use->value;
	VEC_PUSH(a, by, b);
}

/* ---- the texts that a value may be ---- */

struct search {
	struct strs whole, ends; /* what may be all of it, and what may be the end of an ARN */
	bool at_end;
	bool paths;      /* of files, not of ARNs: what a text ends in */
	struct map seen; /* what was followed already */
	size_t depth;
};

static void add_found(struct search *x, struct arena *a, str text)
{
	strs_add(a, x->at_end ? &x->ends : &x->whole, text);
}

static void add_texts(struct search *x, struct arena *a, const struct value *v)
{
	str text;
	if (v->kind == VALUE_LIST || v->kind == VALUE_MAP) {
		for (size_t i = 0; i < v->n; i++)
			add_texts(x, a, value_at(v, i));
		return;
	}
	for (size_t i = 0; v->choice && i < 2; i++)
		add_texts(x, a, v->choice->both[i]);
	if (value_text(v, &text))
		add_found(x, a, text);
}

/* The ARNs in a text of JSON syntax that is not parsed as it has escapes. */
static void add_written(struct search *x, struct arena *a, str source)
{
	static const char arn[] = ":policy/";
	size_t at;
	while ((at = str_find(source, S(arn), 0)) != SIZE_MAX) {
		source = str_sub(source, at + strlen(arn), source.n);
		size_t end = 0;
		while (end < source.n && !strchr("\\\"$", source.p[end]))
			end++;
		strs_add(a, &x->ends, str_sub(source, 0, end));
	}
}

static void find_texts(struct search *x, struct tf_block *scope, const struct node *n);

/* What a local is, a variable is given, or an output hands on. */
static void add_meant(struct search *x, struct tf_block *to)
{
	struct arena *a = to->module->model->arena;
	struct tf_block *call = to->module->call;
	const struct node *n = to->expr;
	if (map_find_at(&x->seen, to) || x->depth >= TF_MAX_HOPS)
		return;
	map_put_at(&x->seen, a, to, to);
	if (str_eq(to->type, S("output")))
		n = tf_attr(to->body, S("value"), a);
	if (call && str_eq(to->type, S("variable")) && (n = tf_attr(call->body, to->name, a)))
		to = call;
	x->depth++;
	if (n)
		find_texts(x, to, n);
	x->depth--;
}

/* What the names in it lead to. */
static void add_referred(struct search *x, struct tf_block *scope, const struct node *n)
{
	const struct tf_refs *refs = tf_refs(scope);
	for (size_t i = 0; i < refs->n; i++) {
		struct tf_block *to = tf_to(refs->v[i]);
		str output = tf_output_name(refs->v[i]->link->rest);
		if (refs->v[i]->link->node != n)
			continue;
		if (str_eq(to->type, S("local")) || str_eq(to->type, S("variable")))
			add_meant(x, to);
		for (size_t k = 0; k < to->callees.n; k++) {
			struct tf_module *callee = to->callees.v[k];
			str name = STR_CAT(callee->model->arena, S("output."), output);
			if (output.n && tf_find(callee, name))
				add_meant(x, tf_find(callee, name));
		}
	}
}

/* An ARN, or a path, of which the name is a reference: one of several, perhaps. */
static bool ends_in_ref(const struct search *x, const struct value *v)
{
	return v->kind == VALUE_TEXT && (x->paths || str_has(v->text, S(":policy/"))) &&
	       text_is_ref(text_base(v->text), NULL);
}

/* What is not known may be whatever is written in it: the values of a map that is looked into, what
 * a call is given. */
static void find_texts(struct search *x, struct tf_block *scope, const struct node *n)
{
	struct arena *a = scope->module->model->arena;
	const struct value *v = tf_eval(scope, n);
	bool at_end = x->at_end;
	add_texts(x, a, v);
	if (v->kind != VALUE_UNKNOWN && !ends_in_ref(x, v))
		return;
	if (n->kind == NODE_STRING && !n->first)
		add_written(x, a, node_source(n));
	x->at_end |= v->kind == VALUE_TEXT;
	n = node_unparen(n);
	for (const struct node *c = n->first; c; c = c->next)
		if (n->kind != NODE_COND || c != n->first)
			find_texts(x, scope, c);
	add_referred(x, scope, n);
	x->at_end = at_end;
}

void tf_files(struct tf_block *b, const struct node *n, struct strs *out)
{
	struct search x = { .paths = true };
	struct arena *a = b->module->model->arena;
	find_texts(&x, b, n);
	strs_add_all(a, &x.whole, &x.ends);
	for (size_t i = 0; i < x.whole.n; i++)
		if (str_ends(x.whole.v[i], S(".json")))
			strs_add(a, out, path_base(x.whole.v[i]));
}

void tf_texts(struct tf_block *b, const struct node *n, struct strs *out)
{
	struct search x = { 0 };
	find_texts(&x, b, n);
	strs_add_all(b->module->model->arena, out, &x.whole);
	strs_add_all(b->module->model->arena, out, &x.ends);
}

/* ---- who speaks of which ---- */

static void add_boundary(struct tf_name_uses *uses, struct tf_block *b, str text)
{
	struct boundary_arn x = { .name = text_base(text), .by = b };
	if (arn_parse(text, &x.arn) && text_is_literal(x.name))
		VEC_PUSH(b->module->model->arena, &uses->boundaries, x);
}

/* The names of managed policies that are no references: what their ARNs end in. */
static void add_text(struct tf_name_uses *uses, struct tf_block *b, str text, str argument)
{
	struct arena *a = b->module->model->arena;
	/* One reference may be any ARN; as a name it is one. */
	if (str_has(text, S(":aws:policy/")) ||
	    (text_is_ref(text, NULL) && !str_eq(argument, S("name"))))
		return;
	bool boundary = str_has(argument, S(BOUNDARY_ARGUMENT));
	if (boundary)
		add_boundary(uses, b, text);
	add_use(uses, b, boundary ? BOUNDARY : ATTACHED, text_unscoped(a, text_base(text)));
}

static void add_given(struct tf_name_uses *uses, struct tf_block *b, const struct node *n,
		      str argument)
{
	struct search x = { 0 };
	bool module = str_eq(b->type, S("module"));
	find_texts(&x, b, n);
	for (size_t i = 0; i < x.whole.n; i++) {
		str text = x.whole.v[i];
		/* A module of elsewhere may do anything with an ARN. */
		if (!module || (str_starts(text, S("arn:")) && str_has(text, S(":policy/"))))
			add_text(uses, b, text, argument);
	}
	for (size_t i = 0; i < x.ends.n; i++)
		add_text(uses, b, x.ends.v[i], argument);
}

static void add_name(struct tf_name_uses *uses, struct tf_block *b, const char *argument)
{
	const struct node *n = tf_attr(b->body, str_from(argument), b->module->model->arena);
	if (n)
		add_given(uses, b, n, str_from(argument));
}

static void add_call(struct tf_name_uses *uses, struct tf_block *b)
{
	str key;
	for (const struct node *c = b->body->first; c; c = c->next) {
		if (c->kind == NODE_ATTR)
			add_given(uses, b, c->first, c->name);
		else if (c->kind == NODE_PAIR && pair_key(c, b->module->model->arena, &key))
			add_given(uses, b, c->last, key);
	}
}

/* Of modules that are not here, nor known by their documentation: those are entities. */
static void add_calls(struct tf_name_uses *uses, struct tf_module *mod)
{
	for (size_t i = 0; i < mod->dir->calls.n; i++) {
		struct tf_block *b = tf_block_in(mod, mod->dir->calls.v[i]);
		if (!b->callees.n && !tf_is_entity(&b->declared))
			add_call(uses, b);
	}
}

/* The policies of the name in all accounts that a permission set is for. */
static void add_of_set(struct tf_name_uses *uses, struct tf_block *b, const struct node *body,
		       enum as as)
{
	struct arena *a = b->module->model->arena;
	struct nodes bodies = { 0 };
	str text;
	tf_nested(body, S("customer_managed_policy_reference"), a, &bodies, NULL);
	for (size_t i = 0; i < bodies.n; i++) {
		const struct node *n = tf_attr(bodies.v[i], S("name"), a);
		if (n && value_text(tf_eval(b, n), &text) && !text_is_ref(text, NULL))
			add_use(uses, b, as, text_unscoped(a, text));
	}
}

static void add_set(struct tf_name_uses *uses, struct tf_block *b)
{
	struct nodes bodies = { 0 };
	if (str_starts(b->kind, S("aws_ssoadmin_customer_managed_policy_attachment")))
		add_of_set(uses, b, b->body, SET);
	if (!str_eq(b->kind, S("aws_ssoadmin_permissions_boundary_attachment")))
		return;
	tf_nested(b->body, S(BOUNDARY_ARGUMENT), b->module->model->arena, &bodies, NULL);
	for (size_t i = 0; i < bodies.n; i++)
		add_of_set(uses, b, bodies.v[i], BOUNDARY);
}

/* Adds every literal name by which the module speaks of a managed policy. */
static void add_names(struct tf_name_uses *uses, struct tf_module *mod)
{
	static const char *const arns[] = { "policy_arn", "policy_arns", "managed_policy_arns" };
	add_calls(uses, mod);
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (str_eq(b->type, S("module"))) {
			if (!b->callees.n)
				add_call(uses, b);
			continue;
		}
		add_name(uses, b, BOUNDARY_ARGUMENT);
		add_set(uses, b);
		if (str_eq(b->type, S("data")) && str_eq(b->kind, S("aws_iam_policy"))) {
			add_name(uses, b, "name");
			add_name(uses, b, "arn");
		}
		for (size_t k = 0; k < sizeof(arns) / sizeof(*arns); k++)
			if (tf_is_attachment(b, str_from(arns[k])))
				add_name(uses, b, arns[k]);
	}
}

/* Made for the first policy that has a name: where none has, evaluating all that modules are given
 * was half of a run. */
static const struct tf_name_uses *name_uses(struct tf_state *state)
{
	struct tf_name_uses *uses = state->name_uses;
	if (uses)
		return uses;
	uses = state->name_uses = ARENA_NEW(state->modules.v[0]->model->arena, struct tf_name_uses);
	for (size_t i = 0; i < state->modules.n; i++)
		add_names(uses, state->modules.v[i]);
	return uses;
}

/* Evaluating it led to a policy of the name. */
static bool is_found(const struct model *m, const struct tf_block *by, str name)
{
	const struct policies *all = policies_called(m, name);
	for (size_t i = 0; all && i < all->n; i++)
		for (size_t k = 0; k < all->v[i]->attachments.n; k++)
			if (all->v[i]->attachments.v[k].front == by)
				return true;
	return false;
}

static void attached_as(const struct model *m, struct policy *p, const struct name_entries *uses)
{
	for (size_t i = 0; i < uses->n; i++) {
		const struct tf_blocks *by = uses->v[i]->value;
		for (size_t k = 0; k < by->n; k++) {
			if (is_found(m, by->v[k], uses->v[i]->name))
				continue;
			issue_add(m->arena, &p->issues, "ATTACH-UNKNOWN",
				  "'%.*s' is also used by its name in '%.*s'", STR_ARG(p->address),
				  STR_ARG(by->v[k]->file->path));
			return;
		}
	}
}

/* ---- policies of unknown names ---- */

/* Nothing is known of any name that it may have. One that gives none gets a fresh one. */
static bool is_nameless(const struct policy *p)
{
	for (size_t i = 0; i < p->called.n; i++)
		if (!text_is_ref(p->called.v[i], NULL))
			return false;
	return p->called.n > 0;
}

/* A boundary is of its role's account, however its ARN says so [7.2]. A module nobody can look into
 * may have its roles in any. */
static bool may_be_of_account(const struct policy *p, const struct boundary_arn *x)
{
	str own = account_id(p->account), named = x->arn.account;
	if (!text_is_literal(named) && str_eq(x->by->type, S("resource")))
		named = account_id(tf_account(x->by));
	return !own.n || !named.n || !text_is_literal(named) || str_eq(own, named);
}

/* "policy/" with the path: "/", when the code gives none. */
static bool may_be_of_path(const struct policy *p, const struct boundary_arn *x)
{
	const struct tf_block *declared = p->front;
	struct tf_block *b = tf_block_in(declared->module, declared->position);
	const struct node *n = tf_attr(b->body, S("path"), b->module->model->arena);
	str path = S("/"), rest = x->arn.resource, prefix = S("policy");
	const struct value *v = n ? tf_eval(b, n) : NULL;
	if (v && v->kind != VALUE_NULL && !value_text(v, &path))
		return true;
	rest = str_sub(rest, prefix.n, rest.n - x->name.n);
	return !text_is_literal(path) || !text_is_literal(rest) || str_eq(path, rest);
}

/* An account has one policy of a name. */
static bool is_of_another(const struct model *m, const struct policy *p, str name)
{
	const struct policies *all = policies_called(m, name);
	for (size_t i = 0; all && i < all->n; i++)
		if (account_same(all->v[i]->account, p->account))
			return true;
	return false;
}

static bool may_be(const struct model *m, const struct policy *p, const struct boundary_arn *x)
{
	return !is_of_another(m, p, x->name) && may_be_of_account(p, x) && may_be_of_path(p, x);
}

void tf_use_without_name(struct tf_state *state, struct policy *p)
{
	const struct model *m = state->modules.v[0]->model;
	const struct tf_name_uses *uses = is_nameless(p) ? name_uses(state) : NULL;
	for (size_t i = 0; uses && i < uses->boundaries.n; i++) {
		const struct boundary_arn *x = &uses->boundaries.v[i];
		if (!may_be(m, p, x))
			continue;
		issue_add_unlock(m->arena, &p->issues, "BOUNDARY-DOC",
				 "give the policy a name that is known to be another one",
				 "'%.*s', whose name is not known, may be the permissions boundary "
				 "'%.*s' of '%.*s'",
				 STR_ARG(p->address), STR_ARG(x->name), STR_ARG(x->by->address));
		return;
	}
}

void tf_use_by_name(struct tf_state *state, struct policy *p)
{
	const struct model *m = state->modules.v[0]->model;
	struct name_entries found[AS_COUNT] = { 0 };
	for (size_t i = 0; i < p->called.n; i++)
		for (enum as as = 0; as < AS_COUNT && p->called.v[i].n; as++)
			name_entries_find(&name_uses(state)->as[as], m->arena, p->called.v[i],
					  &found[as]);
	if (found[BOUNDARY].n)
		p->kind = POLICY_BOUNDARY;
	if (found[SET].n) {
		const struct tf_blocks *by = found[SET].v[0]->value;
		issue_add(m->arena, &p->issues, "SSO", "'%.*s' has '%.*s' by its name",
			  STR_ARG(by->v[0]->address), STR_ARG(p->address));
	}
	attached_as(m, p, &found[ATTACHED]);
}

void tf_use_of_other(struct tf_state *state, struct policy *p)
{
	if (state->modules.n && p->kind == POLICY_MANAGED)
		tf_use_by_name(state, p);
}
