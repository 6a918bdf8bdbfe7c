/* SPDX-License-Identifier: MIT */
/*
 * Who else uses a policy or a document. Every reference to it is followed through locals, variables
 * and outputs: what is not an attachment, a policy text or a mere mention in another policy is a
 * user
 * we must understand before anything is edited [7.2, 7.6, 11.4].
 */
#include "tf.h"

#include "document.h"
#include "kmsfix/action.h"
#include "kmsfix/vec.h"
#include "value.h"

/* ---- what other root modules take from an output ---- */

/* The output that is taken: ".outputs.x.y", "[0].outputs[\"x\"]"; empty: it may be any. */
static str remote_output(str rest)
{
	size_t at = str_find(rest, S(".outputs"), 0);
	if (at == SIZE_MAX)
		return S("");
	rest = str_sub(rest, at + strlen(".outputs"), rest.n);
	if (!str_starts(rest, S("[\"")))
		return tf_output_name(rest);
	rest = str_sub(rest, 2, rest.n);
	return str_sub(rest, 0, str_find(rest, S("\""), 0));
}

const struct tf_block *tf_remote_user(const struct tf_block *output)
{
	const struct map *index = &output->module->state->remote_users;
	const struct tf_block *taker = map_find(index, output->name);
	return taker ? taker : map_find(index, S(""));
}

void tf_index_remote_users(struct tf_module *mod)
{
	struct map *index = &mod->state->remote_users;
	for (size_t i = 0; i < mod->dir->blocks.n; i++) {
		if (!str_eq(mod->dir->blocks.v[i]->kind, S("terraform_remote_state")))
			continue;
		const struct tf_refs *users = tf_users(tf_block_in(mod, i));
		for (size_t k = 0; k < users->n; k++) {
			str name = remote_output(users->v[k]->link->rest);
			if (!map_find(index, name))
				map_put(index, mod->model->arena, name, tf_from(users->v[k]));
		}
	}
}

/* ---- managed policies ---- */

enum use { USE_NONE, USE_ATTACHED, USE_BOUNDARY, USE_MENTION, USE_OUTPUT, USE_OTHER };

static bool is_policy_argument(str attr)
{
	static const char *const names[] = { "policy",    "inline_policy", "assume_role_policy",
					     "statement", "access_policy", "tags" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(attr, str_from(names[i])))
			return true;
	return false;
}

static enum use classify(const struct tf_ref *ref)
{
	const struct tf_block *from = tf_from(ref);
	if (str_eq(ref->link->attr, S("depends_on")) || str_eq(ref->link->attr, S("lifecycle")) ||
	    str_eq(ref->link->attr, S("count")))
		return USE_NONE;
	if (str_eq(ref->link->attr, S("for_each")) && tf_is_attachment(from, S("policy_arn")))
		return USE_ATTACHED; /* by each.value */
	if (str_has(ref->link->attr, S("permissions_boundary")) ||
	    str_eq(from->kind, S("aws_ssoadmin_permissions_boundary_attachment")))
		return USE_BOUNDARY;
	if (tf_is_attachment(from, ref->link->attr))
		return USE_ATTACHED;
	if (str_eq(from->type, S("output")))
		return USE_OUTPUT;
	if (str_eq(from->type, S("resource")) && is_policy_argument(ref->link->attr))
		return USE_MENTION;
	if (str_eq(from->kind, S("aws_iam_policy_document")))
		return USE_MENTION;
	return USE_OTHER;
}

/* An attachment that evaluation carried the policy to, or that certainly attaches another one. */
static bool is_accounted(const struct policy *p, const struct tf_block *from)
{
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct tf_block *at = p->attachments.v[i].front;
		if (at == from || (at && at->base == from))
			return true;
	}
	return from->repeat == TF_ABSENT || from->attaches_known;
}

/* The block attaches the policy to whomever else somebody adds, and leaves them [11.4, 11.9]. */
static bool lets_others(struct tf_block *from)
{
	static const char *const lists[] = { "roles", "users", "groups" };
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (str_eq(from->kind, S("aws_iam_policy_attachment")) &&
		    tf_ignores_changes(from, lists[i]))
			return true;
	return false;
}

static void use_of_policy(void *ctx, const struct tf_ref *ref)
{
	struct tf_block *b = ctx;
	struct model *m = b->module->model;
	struct policy *p = b->policy;
	const struct tf_block *taker;
	switch (classify(ref)) {
	case USE_BOUNDARY:
		p->kind = POLICY_BOUNDARY;
		break;
	case USE_OUTPUT:
		taker = tf_remote_user(tf_from(ref));
		if (taker)
			issue_add(m->arena, &p->issues, "ATTACH-UNKNOWN",
				  "'%.*s' is exported and used by '%.*s' in '%.*s'",
				  STR_ARG(b->address), STR_ARG(taker->address),
				  STR_ARG(taker->file->path));
		break;
	case USE_ATTACHED:
		if (lets_others(tf_from(ref)))
			issue_add(m->arena, &p->issues, "ATTACH-UNKNOWN",
				  "'%.*s' ignores changes of whom it attaches '%.*s' to",
				  STR_ARG(tf_from(ref)->address), STR_ARG(b->address));
		if (is_accounted(p, tf_from(ref)))
			break;
		/* fall through */
	case USE_OTHER:
		issue_add(m->arena, &p->issues,
			  str_eq(tf_from(ref)->kind,
				 S("aws_ssoadmin_customer_managed_policy_attachment")) ?
				  "SSO" :
				  "ATTACH-UNKNOWN",
			  "'%.*s' is handed to '%.*s', so not every attachment is known",
			  STR_ARG(b->address), STR_ARG(tf_from(ref)->address));
		break;
	default:
		break;
	}
}

#define BOUNDARY "permissions_boundary"
#define SET "permission set"

/* The key of the index of names under which a boundary, or a policy of a permission set, stands. */
static str name_as(struct arena *a, const char *what, str name)
{
	return str_fmt(a, "%s %.*s", what, STR_ARG(name));
}

static void add_text(struct map *names, struct arena *a, str text, struct tf_block *b)
{
	struct tf_blocks *list = map_find(names, text);
	if (!list) {
		list = ARENA_NEW(a, struct tf_blocks);
		map_put(names, a, text, list);
	}
	VEC_PUSH(a, list, b);
}

/* What a block says of managed policies. */
struct naming {
	struct map *names;
	struct tf_block *by;
	str argument;
	bool ends;       /* what is read is the end of an ARN */
	struct map seen; /* what was followed already */
	size_t depth;
};

static void add_named(struct naming *g, str name)
{
	struct arena *a = g->by->module->model->arena;
	if (name.n)
		add_text(g->names, a,
			 str_has(g->argument, S(BOUNDARY)) ? name_as(a, BOUNDARY, name) : name,
			 g->by);
}

/* The names of managed policies that are no references: what their ARNs end in. */
static void add_value(struct naming *g, const struct value *v)
{
	str text;
	if (v->kind == VALUE_LIST || v->kind == VALUE_MAP) {
		for (size_t i = 0; i < v->n; i++)
			add_value(g, value_at(v, i));
		return;
	}
	for (size_t i = 0; v->choice && i < 2; i++)
		add_value(g, v->choice->both[i]);
	if (!value_text(v, &text))
		return;
	/* A module of elsewhere may do anything with an ARN. */
	if (str_eq(g->by->type, S("module")) && !g->ends &&
	    (!str_starts(text, S("arn:")) || !str_has(text, S(":policy/"))))
		return;
	/* One reference may be any ARN; as a name it is one. */
	if (str_has(text, S(":aws:policy/")) ||
	    (text_is_ref(text, NULL) && !str_eq(g->argument, S("name"))))
		return;
	add_named(g, text_unscoped(g->by->module->model->arena, text_base(text)));
}

/* The ARNs in a text of JSON syntax that is not parsed as it has escapes. */
static void add_written(struct naming *g, str source)
{
	static const char arn[] = ":policy/";
	size_t at;
	while ((at = str_find(source, S(arn), 0)) != SIZE_MAX) {
		source = str_sub(source, at + strlen(arn), source.n);
		size_t end = 0;
		while (end < source.n && !strchr("\\\"$", source.p[end]))
			end++;
		add_named(g, text_base(str_sub(source, 0, end)));
	}
}

static void add_all(struct naming *g, struct tf_block *scope, const struct node *n);

/* What a local is, a variable is given, or an output hands on. */
static void add_meant(struct naming *g, struct tf_block *to)
{
	struct arena *a = to->module->model->arena;
	struct tf_block *call = to->module->call;
	const struct node *n = to->expr;
	if (map_find_at(&g->seen, to) || g->depth >= TF_MAX_HOPS)
		return;
	map_put_at(&g->seen, a, to, to);
	if (str_eq(to->type, S("output")))
		n = tf_attr(to->body, S("value"), a);
	if (call && str_eq(to->type, S("variable")) && (n = tf_attr(call->body, to->name, a)))
		to = call;
	g->depth++;
	if (n)
		add_all(g, to, n);
	g->depth--;
}

/* What the names in it lead to. */
static void add_referred(struct naming *g, struct tf_block *scope, const struct node *n)
{
	const struct tf_refs *refs = tf_refs(scope);
	for (size_t i = 0; i < refs->n; i++) {
		struct tf_block *to = tf_to(refs->v[i]);
		str output = tf_output_name(refs->v[i]->link->rest);
		if (refs->v[i]->link->node != n)
			continue;
		if (str_eq(to->type, S("local")) || str_eq(to->type, S("variable")))
			add_meant(g, to);
		for (size_t k = 0; k < to->callees.n; k++) {
			struct tf_module *callee = to->callees.v[k];
			str name = STR_CAT(callee->model->arena, S("output."), output);
			if (output.n && tf_find(callee, name))
				add_meant(g, tf_find(callee, name));
		}
	}
}

/* An ARN of which the name is a reference: one of several, perhaps. */
static bool ends_in_ref(const struct value *v)
{
	return v->kind == VALUE_TEXT && str_has(v->text, S(":policy/")) &&
	       text_is_ref(text_base(v->text), NULL);
}

/* What is not known may be whatever is written in it: the values of a map that is looked into, what
 * a call is given. */
static void add_all(struct naming *g, struct tf_block *scope, const struct node *n)
{
	const struct value *v = tf_eval(scope, n);
	bool ends = g->ends;
	add_value(g, v);
	if (v->kind != VALUE_UNKNOWN && !ends_in_ref(v))
		return;
	if (n->kind == NODE_STRING && !n->first)
		add_written(g, node_source(n));
	g->ends |= v->kind == VALUE_TEXT;
	n = node_unparen(n);
	for (const struct node *c = n->first; c; c = c->next)
		if (n->kind != NODE_COND || c != n->first)
			add_all(g, scope, c);
	add_referred(g, scope, n);
	g->ends = ends;
}

static void add_name(struct map *names, struct tf_block *b, const char *argument)
{
	const struct node *n = tf_attr(b->body, str_from(argument), b->module->model->arena);
	struct naming g = { .names = names, .by = b, .argument = str_from(argument) };
	if (n)
		add_all(&g, b, n);
}

static void add_call(struct map *names, struct tf_block *b)
{
	struct naming g = { .names = names, .by = b };
	for (const struct node *c = b->body->first; c; c = c->next) {
		g.argument = c->name;
		if (c->kind == NODE_ATTR)
			add_all(&g, b, c->first);
		else if (c->kind == NODE_PAIR && pair_key(c, b->module->model->arena, &g.argument))
			add_all(&g, b, c->last);
	}
}

/* Of modules that are not here, nor known by their documentation: those are entities. */
static void add_calls(struct map *names, struct tf_module *mod)
{
	for (size_t i = 0; i < mod->dir->calls.n; i++) {
		struct tf_block *b = tf_block_in(mod, mod->dir->calls.v[i]);
		if (!b->callees.n && !tf_is_entity(&b->declared))
			add_call(names, b);
	}
}

/* The policies of the name in all accounts that a permission set is for. */
static void add_of_set(struct map *names, struct tf_block *b, const struct node *body,
		       const char *what)
{
	struct arena *a = b->module->model->arena;
	struct nodes bodies = { 0 };
	str text;
	tf_nested(body, S("customer_managed_policy_reference"), a, &bodies, NULL);
	for (size_t i = 0; i < bodies.n; i++) {
		const struct node *n = tf_attr(bodies.v[i], S("name"), a);
		if (n && value_text(tf_eval(b, n), &text) && !text_is_ref(text, NULL))
			add_text(names, a, name_as(a, what, text_unscoped(a, text)), b);
	}
}

static void add_set(struct map *names, struct tf_block *b)
{
	struct nodes bodies = { 0 };
	if (str_starts(b->kind, S("aws_ssoadmin_customer_managed_policy_attachment")))
		add_of_set(names, b, b->body, SET);
	if (!str_eq(b->kind, S("aws_ssoadmin_permissions_boundary_attachment")))
		return;
	tf_nested(b->body, S(BOUNDARY), b->module->model->arena, &bodies, NULL);
	for (size_t i = 0; i < bodies.n; i++)
		add_of_set(names, b, bodies.v[i], BOUNDARY);
}

/* Adds every literal name by which the module speaks of a managed policy. */
static void add_names(struct map *names, struct tf_module *mod)
{
	static const char *const arns[] = { "policy_arn", "policy_arns", "managed_policy_arns" };
	add_calls(names, mod);
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (str_eq(b->type, S("module"))) {
			if (!b->callees.n)
				add_call(names, b);
			continue;
		}
		add_name(names, b, BOUNDARY);
		add_set(names, b);
		if (str_eq(b->type, S("data")) && str_eq(b->kind, S("aws_iam_policy"))) {
			add_name(names, b, "name");
			add_name(names, b, "arn");
		}
		for (size_t k = 0; k < sizeof(arns) / sizeof(*arns); k++)
			if (tf_is_attachment(b, str_from(arns[k])))
				add_name(names, b, arns[k]);
	}
}

/* Made for the first policy that has a name: where none has, evaluating all that modules are given
 * was half of a run. */
static const struct map *policy_names(struct tf_state *state)
{
	struct map *names = state->policy_names;
	if (names)
		return names;
	names = state->policy_names = ARENA_NEW(state->modules.v[0]->model->arena, struct map);
	for (size_t i = 0; i < state->modules.n; i++)
		add_names(names, state->modules.v[i]);
	return names;
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

/* Another module, or a data source, may attach a policy of a fixed name by that name. */
static void use_by_name(struct tf_state *state, struct policy *p)
{
	const struct model *m = state->modules.v[0]->model;
	struct arena *a = m->arena;
	str name = p->called, address = p->address;
	if (!name.n)
		return;
	const struct map *names = policy_names(state);
	const struct tf_blocks *by = map_find(names, name);
	const struct tf_blocks *sets = map_find(names, name_as(a, SET, name));
	if (map_find(names, name_as(a, BOUNDARY, name)))
		p->kind = POLICY_BOUNDARY;
	if (sets)
		issue_add(a, &p->issues, "SSO", "'%.*s' has '%.*s' by its name",
			  STR_ARG(sets->v[0]->address), STR_ARG(address));
	for (size_t i = 0; by && i < by->n; i++) {
		if (is_found(m, by->v[i], name))
			continue;
		issue_add(a, &p->issues, "ATTACH-UNKNOWN",
			  "'%.*s' is also used by its name in '%.*s'", STR_ARG(address),
			  STR_ARG(by->v[i]->file->path));
		return;
	}
}

void tf_use_of_other(struct tf_state *state, struct policy *p)
{
	if (state->modules.n && p->kind == POLICY_MANAGED)
		use_by_name(state, p);
}

/* A key that leaves its unit may get its policy from a writer that we cannot match [11.6]. */
static void key_leaves(void *ctx, const struct tf_ref *ref)
{
	struct tf_block *b = ctx;
	struct model *m = b->module->model;
	const struct tf_block *from = tf_from(ref);
	const struct policy *writer = NULL;
	if (!str_eq(from->type, S("module")) &&
	    !(str_eq(from->type, S("output")) && tf_remote_user(from)))
		return;
	for (size_t i = 0; i < m->policies.n && !writer; i++)
		if (m->policies.v[i]->kind == POLICY_KEY && !m->policies.v[i]->key)
			writer = m->policies.v[i];
	if (writer)
		issue_add(m->arena, &b->key->issues, "KEY-2WRITERS",
			  "'%.*s' leaves its module, and '%.*s' writes the policy of a key that "
			  "is not known",
			  STR_ARG(b->address), STR_ARG(writer->address));
}

void tf_uses(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (b->key)
			tf_follow(b, key_leaves, b);
		if (!b->policy)
			continue;
		if (!str_eq(b->kind, S("aws_iam_policy")) && !str_eq(b->type, S("module")))
			continue;
		tf_follow(b, use_of_policy, b);
		use_by_name(mod->state, b->policy);
	}
	tf_document_uses(mod);
}
