/* SPDX-License-Identifier: MIT */
/* KMS keys and who writes their policies [11.6]. */
#include "mention.h"
#include "tf_copy.h"
#include "tf_awscc.h"
#include "tf_provider.h"
#include "tf_vacancy.h"

#include "kmsfix/ascii.h"
#include "kmsfix/vec.h"
#include "value.h"

/* The argument of `policies[0].policy_document`, which may be a text. */
static str ignored_argument(const struct tf_block *b, const struct node *n)
{
	str text;
	size_t end = 0;
	while (n->kind == NODE_GETATTR || n->kind == NODE_INDEX)
		n = n->first;
	if (!node_text(n, b->module->model->arena, &text))
		text = n->name;
	while (end < text.n && text.p[end] != '.' && text.p[end] != '[')
		end++;
	return tf_aws_attribute(&b->declared, str_sub(text, 0, end));
}

/* lifecycle { ignore_changes = [policy] } or all: an edit would never be applied [11.9]. */
bool tf_ignores_changes(struct tf_block *b, const char *argument)
{
	struct arena *a = b->module->model->arena;
	struct nodes bodies = { 0 };
	tf_nested(b->body, S("lifecycle"), a, &bodies, NULL);
	for (size_t i = 0; i < bodies.n; i++) {
		const struct node *n = tf_attr(bodies.v[i], S("ignore_changes"), a);
		if (!n)
			continue;
		const struct node *first = n->kind == NODE_SEQ ? n->first : n;
		for (const struct node *c = first; c; c = n->kind == NODE_SEQ ? c->next : NULL) {
			str text = ignored_argument(b, c);
			if (str_eq(text, str_from(argument)) || str_eq(text, S("all")))
				return true;
		}
	}
	return false;
}

static bool is_true(struct tf_block *b, const char *argument)
{
	const struct node *n = tf_attr(b->body, str_from(argument), b->module->model->arena);
	str text;
	return n && value_text(tf_eval(b, n), &text) && str_eq(text, S("true"));
}

/* KMS does not look whether somebody can still change the policy [4.9]. */
static bool is_unchecked(struct tf_block *b)
{
	const struct node *n = tf_attr(b->body, S("bypass_policy_lockout_safety_check"),
				       b->module->model->arena);
	const struct value *v = n ? tf_eval(b, n) : NULL;
	return v && v->kind != VALUE_NULL && !value_is(v, S("false"));
}

static bool is_source(const struct tf_block *b)
{
	return str_eq(b->type, S("data")) && b->repeat == TF_SINGLE &&
	       (str_eq(b->kind, S("aws_caller_identity")) || str_eq(b->kind, S("aws_partition")));
}

static void add_key(struct tf_block *b)
{
	struct model *m = b->module->model;
	struct key *k = ARENA_NEW(m->arena, struct key);
	k->unit = b->module->unit;
	k->scope = b->module->scope;
	k->address = tf_address(b->module, b->address);
	k->name = b->address;
	k->account = tf_account(b);
	k->region = tf_region(b);
	k->guards = b->guards;
	k->multi_region = is_true(b, "multi_region") || str_has(b->kind, S("replica"));
	k->unchecked = is_unchecked(b);
	k->block = b->node;
	k->body = b->body;
	k->file = b->file;
	k->offset = b->node->start;
	tf_vacancy(b, k);
	if (b->repeat == TF_PLURAL)
		issue_add(m->arena, &k->issues, "KEY-MULTI", "'%.*s' is several keys",
			  STR_ARG(k->address));
	if (b->overridden)
		issue_add(m->arena, &k->issues, "TF-OVERRIDE",
			  "an override file or a second declaration changes '%.*s'",
			  STR_ARG(b->address));
	if (tf_ignores_changes(b, "policy"))
		issue_add(m->arena, &k->issues, "KEY-IGNORED",
			  "'%.*s' ignores changes of its policy, so a new statement would never be "
			  "applied",
			  STR_ARG(b->address));
	b->key = k;
	VEC_PUSH(m->arena, &m->keys, k);
}

/* A replica belongs to the key that its primary_key_arn names [2.8]. */
static void link_replica(struct tf_block *b)
{
	const struct node *n = tf_attr(b->body, S("primary_key_arn"), b->module->model->arena);
	str text;
	if (!b->key || !n || !value_text(tf_eval(b, n), &text))
		return;
	const struct name *name = name_get(b->module->unit, text);
	if (name && name->kind == NAME_KEY_ARN) {
		b->key->primary = name->keys[0];
		b->key->account = name->keys[0]->account; /* always the primary's account */
	}
}

void tf_keys(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++)
		if (is_source(mod->entities.v[i]))
			VEC_PUSH(mod->model->arena, &mod->sources, mod->entities.v[i]);
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (tf_is_key(b) || tf_is_key_module(&b->declared))
			add_key(b);
		if (b->key && !tf_is_key(b))
			tf_adapter_key(b, b->key);
	}
}

/* The address of the block stands in the text, not as a part of a longer name; its index may be
 * written in other ways. */
static bool names_address(str text, str address)
{
	address = str_sub(address, 0, text_find(address, '[', 0));
	for (size_t at = str_find(text, address, 0); at != SIZE_MAX;
	     at = str_find(text, address, at + 1)) {
		size_t end = at + address.n;
		if (end == text.n ||
		    !(ascii_is_alnum(text.p[end]) || text.p[end] == '_' || text.p[end] == '-'))
			return true;
	}
	return false;
}

static bool names_any(str text, const struct strs *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_has(text, names->v[i]))
			return true;
	return false;
}

static bool names_key(const struct node *n, const struct key *k)
{
	str text = node_source(n);
	return names_any(text, &k->aliases) || names_any(text, &k->may_alias) ||
	       (str_eq(k->scope->dir, path_dir(n->tree->file->path)) &&
		names_address(text, k->name));
}

/* A block that may mean each key that one of its expressions speaks of. */
struct speaking {
	struct tf_block *block;
	void (*means)(struct tf_block *b, struct key *k);
};

static void visit_keys(void *speaking, const struct node *n)
{
	const struct speaking *s = speaking;
	const struct tf_module *mod = s->block->module;
	for (size_t i = 0; i < mod->model->keys.n; i++) {
		struct key *k = mod->model->keys.v[i];
		if (k->unit == mod->unit && names_key(n, k))
			s->means(s->block, k);
	}
}

static void each_spoken_of(struct tf_block *b, const struct node *n,
			   void (*means)(struct tf_block *b, struct key *k))
{
	struct speaking s = { b, means };
	visit_keys(&s, n);
	mentions_visit(b->module->model, b->module->scope, n, visit_keys, &s);
}

static void may_lead_to(struct tf_block *alias, struct key *k)
{
	strs_add_once(alias->module->model->arena, &k->may_alias, tf_literal(alias, "name"));
}

/* aws_kms_alias, or what the call of a key module says. */
static void note_aliases(struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	const struct value *list = b->key ? tf_argument(b, "aliases") : NULL, *target;
	str text, name = tf_literal(b, "name");
	for (size_t i = 0; list && list->kind == VALUE_LIST && i < list->n; i++)
		if (value_text(value_at(list, i), &text) && text_is_literal(text))
			strs_add_once(a, &b->key->aliases, str_fmt(a, "alias/%.*s", STR_ARG(text)));
	if (!str_eq(b->type, S("resource")) || !str_eq(b->kind, S("aws_kms_alias")) || !name.n ||
	    !(target = tf_argument(b, "target_key_id")))
		return;
	const struct name *key = value_text(target, &text) ? name_get(b->module->unit, text) : NULL;
	if (key && (key->kind == NAME_KEY_ID || key->kind == NAME_KEY_ARN)) {
		strs_add_once(a, &key->keys[0]->aliases, name);
		return;
	}
	each_spoken_of(b, tf_attr(b->body, S("target_key_id"), a), may_lead_to);
}

void tf_aliases(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++)
		note_aliases(mod->entities.v[i]);
}

void tf_replicas(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++)
		link_replica(mod->entities.v[i]);
}

void tf_two_writers(const struct tf_block *second, struct key *key)
{
	issue_add(second->module->model->arena, &key->issues, "KEY-2WRITERS",
		  "both '%.*s' and '%.*s' write the policy of '%.*s'",
		  STR_ARG(key->policy->address), STR_ARG(second->address), STR_ARG(key->address));
}

static void set_policy(struct tf_block *writer, struct key *key, const struct node *expr)
{
	if (key->policy)
		tf_two_writers(writer, key);
	else
		tf_key_policy_text(writer, key, expr);
}

static void own_policy(struct tf_block *b)
{
	const struct node *expr = tf_attr(b->body, S("policy"), b->module->model->arena);
	const struct value *v = expr ? tf_eval(b, expr) : NULL;
	b->key->argument = expr;
	if (!v || tf_is_no_policy(v)) {
		b->key->unset = !b->key->policy; /* a module above may write it */
		if (v)
			tf_vacancy_instead(b, b->key, expr, v);
		return;
	}
	if (v->tried)
		issue_add(b->module->model->arena, &b->key->issues, "TF-DYNAMIC",
			  "the policy of '%.*s' may be null", STR_ARG(b->address));
	set_policy(b, b->key, expr);
}

static void hold_written(struct tf_block *writer, struct key *key)
{
	issue_add(writer->module->model->arena, &key->issues, "KEY-MULTI",
		  "'%.*s' may write the policy of '%.*s'", STR_ARG(writer->address),
		  STR_ARG(key->address));
}

/* One of several keys has a policy of its own: which one is not known. */
static void may_write_one(struct tf_block *writer, str text)
{
	struct tf_source at;
	if (!tf_source_of(writer->module, text, &at))
		return;
	for (size_t i = 0; i < at.block->instances.n; i++)
		if (at.block->instances.v[i]->key)
			hold_written(writer, at.block->instances.v[i]->key);
}

/* The policy of a key that is not known: of one that its key_id speaks of, or of none here. */
static void policy_of_unknown(struct tf_block *b, const struct node *id, const struct value *v,
			      const struct node *expr)
{
	str text;
	tf_policy_text(b, tf_policy_new(b, POLICY_KEY), expr);
	if (value_text(v, &text))
		may_write_one(b, text);
	each_spoken_of(b, id, hold_written);
}

/* aws_kms_key_policy: the key it writes, by its key_id. */
static void separate_policy(struct tf_block *b)
{
	struct model *m = b->module->model;
	const struct node *id = tf_attr(b->body, S("key_id"), m->arena);
	const struct node *expr = tf_attr(b->body, S("policy"), m->arena);
	if (!id || !expr || tf_repeated_key(b))
		return;
	str text;
	const struct value *v = tf_eval(b, id);
	const struct name *name = value_text(v, &text) ? name_get(b->module->unit, text) : NULL;
	if (!name || !name->key_count) {
		policy_of_unknown(b, id, v, expr);
		return;
	}
	struct key *key = name->keys[0];
	key->unset = false;
	key->argument = expr;
	key->unchecked |= is_unchecked(b);
	set_policy(b, key, expr);
	if (tf_ignores_changes(b, "policy"))
		issue_add(m->arena, &key->issues, "KEY-IGNORED",
			  "'%.*s' ignores changes of its policy", STR_ARG(b->address));
	if (b->repeat == TF_PLURAL || b->overridden)
		issue_add(m->arena, &key->issues, b->overridden ? "TF-OVERRIDE" : "KEY-MULTI",
			  "'%.*s' is not one resource in one place", STR_ARG(b->address));
	for (size_t i = 0; i < b->guards.n; i++)
		if (!strs_has(&key->guards, b->guards.v[i]))
			issue_add(m->arena, &key->issues, "CONDITIONAL",
				  "'%.*s' exists only under a condition", STR_ARG(b->address));
}

void tf_key_policies(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++)
		if (mod->entities.v[i]->key && tf_is_key(mod->entities.v[i]))
			own_policy(mod->entities.v[i]);
		else if (mod->entities.v[i]->key)
			tf_adapter_policy(mod->entities.v[i]);
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (str_eq(b->type, S("resource")) && str_eq(b->kind, S("aws_kms_key_policy")))
			separate_policy(b);
	}
}
