/* SPDX-License-Identifier: MIT */
/* What a reference names: a key, an alias, a principal, an account, or certainly something else. */
#include "tf_awscc.h"
#include "tf_provider.h"

#include "kmsfix/vec.h"

bool tf_source(struct tf_module *mod, str source, struct tf_source *out)
{
	size_t dots = str_starts(source, S("data.")) ? 3 : 2, end = 0;
	while (end < source.n && source.p[end] != '[') {
		if (source.p[end] == '.' && --dots == 0)
			break;
		end++;
	}
	str rest = str_sub(source, end, source.n);
	struct tf_block *b = tf_find(mod, str_sub(source, 0, end)), *at;
	out->index = (str){ 0 };
	if (!b)
		return false;
	tf_settle(b);
	if (str_starts(rest, S("["))) {
		size_t close = str_find(rest, S("]"), 0);
		out->index = str_sub(rest, 0, close + 1);
		rest = str_sub(rest, close + 1, rest.n);
	}
	out->attr = str_starts(rest, S(".")) ? str_sub(rest, 1, rest.n) : rest;
	out->attr = tf_aws_attribute(&b->declared, out->attr);
	at = b->instances.n ? tf_instance(b, out->index) : NULL;
	out->block = at ? at : b;
	out->single = b->repeat == TF_SINGLE   ? !out->index.n :
		      b->repeat == TF_OPTIONAL ? str_eq(out->index, S("[0]")) :
						 at != NULL;
	return true;
}

static bool some_lacks(const struct tf_dir *dir, str source)
{
	struct tf_source at;
	for (size_t i = 0; i < dir->modules.n; i++) {
		struct tf_module *mod = dir->modules.v[i];
		if (tf_source(mod, source, &at) &&
		    (!at.single || at.block->guards.n > mod->guards.n))
			return true;
	}
	return false;
}

bool tf_some_lacks(struct tf_dir *dir, str source)
{
	bool *known = map_find(&dir->lacking, source);
	if (!known) {
		known = ARENA_NEW(dir->model->arena, bool);
		*known = some_lacks(dir, source);
		map_put(&dir->lacking, dir->model->arena, str_dup(dir->model->arena, source),
			known);
	}
	return *known;
}

bool tf_source_of(struct tf_module *mod, str text, struct tf_source *out)
{
	str source, local;
	if (!text_is_ref(text, &source))
		return false;
	struct tf_module *at = map_find(&mod->state->scopes, ref_scope(source, &local));
	return at && tf_source(at, local, out);
}

bool tf_is_key(const struct tf_block *b)
{
	static const char *const kinds[] = { "aws_kms_key", "aws_kms_external_key",
					     "aws_kms_replica_key",
					     "aws_kms_replica_external_key" };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_eq(b->type, S("resource")) && str_eq(b->kind, str_from(kinds[i])))
			return true;
	return false;
}

static struct name key_name(struct model *m, enum name_kind kind, struct key *key)
{
	struct name name = { .kind = kind };
	if (!key)
		return (struct name){ .kind = NAME_EXTERNAL };
	name.keys = arena_array(m->arena, 1, sizeof(*name.keys));
	name.keys[0] = key;
	name.key_count = 1;
	return name;
}

static str alias_key(const struct tf_module *mod, str name)
{
	return STR_CAT(mod->model->arena, mod->unit->path, S("|"), name);
}

/* Adds the aws_kms_alias blocks of the module to the index by unit and name. */
static void index_aliases(struct tf_module *mod)
{
	struct arena *a = mod->model->arena;
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *at = mod->entities.v[i];
		str name;
		if (!str_eq(at->kind, S("aws_kms_alias")) || !str_eq(at->type, S("resource")) ||
		    at->repeat == TF_PLURAL)
			continue;
		const struct node *n = tf_attr(at->body, S("name"), a);
		if (!n || !value_text(tf_eval(at, n), &name))
			continue;
		str key = alias_key(mod, name);
		struct tf_blocks *list = map_find(&mod->state->unit_aliases, key);
		if (!list) {
			list = ARENA_NEW(a, struct tf_blocks);
			map_put(&mod->state->unit_aliases, a, key, list);
		}
		VEC_PUSH(a, list, at);
	}
}

/* The aws_kms_alias of the unit with that name, in the account and Region of `b`; or NULL. */
static struct tf_block *alias_named(struct tf_block *b, str text)
{
	const struct tf_blocks *list = map_find(&b->module->state->unit_aliases,
						alias_key(b->module, text));
	for (size_t i = 0; list && i < list->n; i++)
		if (account_same(tf_account(list->v[i]), tf_account(b)) &&
		    str_eq(tf_region(list->v[i]), tf_region(b)))
			return list->v[i];
	return NULL;
}

static struct name target_of(struct tf_block *b, const char *argument, enum name_kind kind,
			     size_t depth);

static struct name external(struct tf_block *b, str text, enum name_kind kind)
{
	return (struct name){ .kind = NAME_EXTERNAL,
			      .symbol = tf_account(b),
			      .region = tf_region(b),
			      .becomes = kind,
			      .wanted = text_is_literal(text) ? text : S("") };
}

/* What a key id, key ARN, alias name or alias ARN stands for. */
static struct name key_by_text(struct tf_block *b, str text, enum name_kind kind, size_t depth)
{
	struct tf_source at;
	if (str_starts(text, S("alias/aws/")) || str_has(text, S(":alias/aws/")))
		return (struct name){ .kind = NAME_AWS_MANAGED };
	if (depth && tf_source_of(b->module, text, &at)) {
		if (tf_is_key(at.block) && str_eq(b->type, S("data")) &&
		    !str_eq(tf_region(at.block), tf_region(b)))
			return external(b, text, kind); /* a replica with the id [2.7] */
		if (tf_is_key(at.block))
			return at.single && at.block->key ?
				       key_name(b->module->model, kind, at.block->key) :
				       (struct name){ .kind = NAME_KEY_PLURAL };
		if (str_eq(at.block->kind, S("aws_kms_alias")) && at.single &&
		    str_eq(at.block->type, S("resource")))
			return target_of(at.block, "target_key_id", kind, depth - 1);
		if (str_eq(at.block->kind, S("aws_kms_alias")) && at.single)
			return target_of(at.block, "name", kind, depth - 1);
		if (str_eq(at.block->kind, S("aws_kms_key")) && at.single)
			return target_of(at.block, "key_id", kind, depth - 1);
	}
	struct tf_block *alias = depth ? alias_named(b, text) : NULL;
	if (!alias && depth)
		alias = tf_alias_elsewhere(b, text);
	if (alias && alias->key)
		return key_name(b->module->model, kind, alias->key);
	if (alias)
		return target_of(alias, "target_key_id", kind, depth - 1);
	return external(b, text, kind);
}

static struct name target_of(struct tf_block *b, const char *argument, enum name_kind kind,
			     size_t depth)
{
	const struct node *n = tf_attr(b->body, str_from(argument), b->module->model->arena);
	str text;
	if (!n || !value_text(tf_eval(b, n), &text))
		return (struct name){ .kind = NAME_EXTERNAL };
	return key_by_text(b, text, kind, depth);
}

/* Aliases of aliases and data sources of data sources end somewhere. */
#define MAX_HOPS 8

static struct name alias_attribute(struct tf_block *b, str attr, const char *argument)
{
	if (str_eq(attr, S("target_key_arn")))
		return target_of(b, argument, NAME_KEY_ARN, MAX_HOPS);
	if (str_eq(attr, S("target_key_id")))
		return target_of(b, argument, NAME_KEY_ID, MAX_HOPS);
	return (struct name){ .kind = NAME_ALIAS };
}

static struct name attribute(struct tf_block *b, str attr, bool single);

static bool is_alias_text(str text)
{
	return str_starts(text, S("alias/")) || str_has(text, S(":alias/"));
}

/* What a data source of a key is asked with, which its key_id stays: an alias is no id. */
static struct name asked_with(struct tf_block *b)
{
	struct tf_source at = { .block = b, .attr = S("key_id"), .single = true };
	str text = { 0 };
	for (size_t hops = 0; hops < MAX_HOPS && at.single; hops++) {
		const struct node *n = tf_attr(at.block->body, S("key_id"), b->dir->model->arena);
		b = at.block;
		if (!n || !value_text(tf_eval(b, n), &text))
			break;
		if (!tf_source_of(b->module, text, &at))
			return external(b, is_alias_text(text) ? S("") : text,
					str_starts(text, S("arn:")) ? NAME_KEY_ARN : NAME_KEY_ID);
		if (!str_eq(at.block->type, S("data")) || !str_eq(at.block->kind, b->kind) ||
		    !str_eq(at.attr, S("key_id")))
			return attribute(at.block, at.attr, at.single);
	}
	return (struct name){ .kind = NAME_EXTERNAL };
}

static struct name data_attribute(struct tf_block *b, str attr)
{
	if (str_eq(b->kind, S("aws_kms_alias")))
		return alias_attribute(b, attr, "name");
	if (str_eq(b->kind, S("aws_kms_key")) && str_eq(attr, S("key_id")))
		return asked_with(b);
	if (str_eq(b->kind, S("aws_kms_key")))
		return target_of(b, "key_id", str_eq(attr, S("arn")) ? NAME_KEY_ARN : NAME_KEY_ID,
				 MAX_HOPS);
	if (str_eq(b->kind, S("terraform_remote_state"))) {
		const struct name *name = tf_state_name(b, attr);
		return name ? *name : (struct name){ .kind = NAME_EXTERNAL };
	}
	if (str_eq(b->kind, S("aws_caller_identity")) &&
	    (str_eq(attr, S("account_id")) || str_eq(attr, S("id"))))
		return (struct name){ .kind = NAME_ACCOUNT, .symbol = tf_account(b) };
	if (str_eq(b->kind, S("aws_region")) &&
	    (str_eq(attr, S("name")) || str_eq(attr, S("id")) || str_eq(attr, S("region"))))
		return (struct name){ .kind = NAME_REGION, .symbol = tf_region(b) };
	return (struct name){ .kind = NAME_EXTERNAL };
}

/* An attribute such as aws_s3_bucket.b.arn is the ARN of that thing, so not of a key. */
static bool is_own_arn(const struct tf_block *b, str attr)
{
	return str_starts(b->kind, S("aws_")) && !str_has(b->kind, S("kms")) &&
	       str_ends(attr, S("arn")) && !str_has(attr, S("kms")) && !str_has(attr, S("key"));
}

/* The role itself where a data source means one that another root module declares. */
static struct principal *declared(struct tf_block *b)
{
	struct tf_block *role = b->principal->external && b->principal->kind == PRINCIPAL_IS_ROLE ?
					tf_role_elsewhere(b) :
					NULL;
	return role && role->principal ? role->principal : b->principal;
}

static struct name attribute(struct tf_block *b, str attr, bool single)
{
	struct model *m = b->module->model;
	enum name_kind kind;
	if (str_eq(b->type, S("module")) && b->key && tf_adapter_output(b, attr, &kind)) {
		if (kind == NAME_ALIAS)
			return (struct name){ .kind = kind };
		return single ? key_name(m, kind, b->key) :
				(struct name){ .kind = NAME_KEY_PLURAL };
	}
	if (b->principal && single &&
	    (str_eq(b->type, S("module")) ? tf_iam_output_arn(b, attr) : str_eq(attr, S("arn"))))
		return (struct name){ .kind = NAME_PRINCIPAL, .principal = declared(b) };
	if (tf_is_key(b)) {
		if (!single)
			return (struct name){ .kind = NAME_KEY_PLURAL };
		return key_name(m, str_eq(attr, S("arn")) ? NAME_KEY_ARN : NAME_KEY_ID, b->key);
	}
	if (is_own_arn(b, attr))
		return (struct name){ .kind = NAME_OTHER };
	if (str_eq(b->type, S("data")))
		return data_attribute(b, attr);
	if (str_eq(b->kind, S("aws_kms_alias")))
		return alias_attribute(b, attr, "target_key_id");
	return (struct name){ .kind = NAME_EXTERNAL };
}

static void resolve(struct tf_module *mod, str source, struct name *name)
{
	struct tf_source at;
	if (tf_source(mod, source, &at))
		*name = attribute(at.block, at.attr, at.single);
}

void tf_name(struct tf_module *mod, str source)
{
	struct model *m = mod->model;
	str text = ref_in_scope(m->arena, mod->scope->id, source);
	struct tf_pending pending = { mod, source, NULL };
	if (map_find(&m->names, text))
		return;
	/* Set first: what it stands for may be reached through itself. */
	struct name *name = pending.name = ARENA_NEW(m->arena, struct name);
	name->kind = NAME_EXTERNAL;
	map_put(&m->names, m->arena, text, name);
	if (mod->state->ready)
		resolve(mod, source, name);
	else
		VEC_PUSH(m->arena, &mod->state->pending, pending);
}

void tf_names_ready(struct tf_state *state)
{
	for (size_t i = 0; i < state->modules.n; i++)
		index_aliases(state->modules.v[i]);
	state->ready = true;
	for (size_t i = 0; i < state->pending.n; i++)
		resolve(state->pending.v[i].module, state->pending.v[i].source,
			state->pending.v[i].name);
}
