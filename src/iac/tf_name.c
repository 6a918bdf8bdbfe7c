/* SPDX-License-Identifier: MIT */
/* What a reference names: a key, an alias, a principal, an account, or certainly something else. */
#include "tf.h"

#include "kmsfix/buf.h"
#include "kmsfix/vec.h"

bool tf_source(const struct tf_module *mod, str source, struct tf_source *out)
{
	size_t dots = str_starts(source, S("data.")) ? 3 : 2, end = 0;
	while (end < source.n && source.p[end] != '[') {
		if (source.p[end] == '.' && --dots == 0)
			break;
		end++;
	}
	str rest = str_sub(source, end, source.n);
	out->block = tf_find(mod, str_sub(source, 0, end));
	out->index = (str){ 0 };
	if (!out->block)
		return false;
	if (str_starts(rest, S("["))) {
		size_t close = str_find(rest, S("]"), 0);
		if (close == SIZE_MAX)
			return false;
		out->index = str_sub(rest, 0, close + 1);
		rest = str_sub(rest, close + 1, rest.n);
	}
	out->attr = str_starts(rest, S(".")) ? str_sub(rest, 1, rest.n) : rest;
	out->single = out->block->repeat == TF_SINGLE ? !out->index.n :
							str_eq(out->index, S("[0]"));
	out->single &= out->block->repeat != TF_PLURAL;
	return true;
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

/* The aws_kms_alias of the module with the same name text, or NULL. */
static struct tf_block *alias_named(struct tf_module *mod, str text)
{
	struct arena *a = mod->model->arena;
	str name;
	for (size_t i = 0; i < mod->blocks.n; i++) {
		struct tf_block *b = mod->blocks.v[i];
		if (!str_eq(b->kind, S("aws_kms_alias")) || !str_eq(b->type, S("resource")) ||
		    b->repeat == TF_PLURAL)
			continue;
		const struct node *n = tf_attr(b->body, S("name"), a);
		if (n && value_text(tf_eval(b, n), &name) && str_eq(name, text))
			return b;
	}
	return NULL;
}

static struct name target_of(struct tf_block *b, const char *argument, enum name_kind kind,
			     size_t depth);

/* What a key id, key ARN, alias name or alias ARN stands for. */
static struct name key_by_text(struct tf_block *b, str text, enum name_kind kind, size_t depth)
{
	str source;
	struct tf_source at;
	if (str_starts(text, S("alias/aws/")) || str_has(text, S(":alias/aws/")))
		return (struct name){ .kind = NAME_AWS_MANAGED };
	if (text_is_ref(text, &source) && tf_source(b->module, source, &at) && depth) {
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
	struct tf_block *alias = alias_named(b->module, text);
	if (alias && depth)
		return target_of(alias, "target_key_id", kind, depth - 1);
	return (struct name){ .kind = NAME_EXTERNAL };
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

static struct name data_attribute(struct tf_block *b, str attr)
{
	if (str_eq(b->kind, S("aws_kms_alias")))
		return alias_attribute(b, attr, "name");
	if (str_eq(b->kind, S("aws_kms_key")))
		return target_of(b, "key_id", str_eq(attr, S("arn")) ? NAME_KEY_ARN : NAME_KEY_ID,
				 MAX_HOPS);
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

static struct name attribute(struct tf_block *b, str attr, bool single)
{
	struct model *m = b->module->model;
	if (b->principal && single && str_eq(attr, S("arn")))
		return (struct name){ .kind = NAME_PRINCIPAL, .principal = b->principal };
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

void tf_name(struct tf_block *scope, str source)
{
	struct model *m = scope->module->model;
	struct unit *u = scope->module->unit;
	struct tf_source at;
	str text = ref_text(m->arena, source);
	if (name_get(u, text))
		return;
	/* Set first: what it stands for may be reached through itself. */
	struct name *name = ARENA_NEW(m->arena, struct name);
	name->kind = NAME_EXTERNAL;
	map_put(&u->names, m->arena, text, name);
	if (tf_source(scope->module, source, &at))
		*name = attribute(at.block, at.attr, at.single);
}

/* ---- accounts ---- */

/* Arguments of a provider block that do not choose the account. */
static const char *const neutral_arguments[] = {
	"region",
	"alias",
	"default_tags",
	"ignore_tags",
	"max_retries",
	"version",
	"endpoints",
	"skip_region_validation",
	"skip_metadata_api_check",
	"skip_credentials_validation",
	"skip_requesting_account_id",
	"retry_mode",
	"use_fips_endpoint",
	"allowed_account_ids",
};

static bool is_neutral(str name)
{
	for (size_t i = 0; i < sizeof(neutral_arguments) / sizeof(*neutral_arguments); i++)
		if (str_eq(name, str_from(neutral_arguments[i])))
			return true;
	return false;
}

/* Two providers of one module with the same remaining text work in the same account [11.18]. */
static str provider_signature(struct tf_block *provider)
{
	struct arena *a = provider->module->model->arena;
	struct buf b = { 0 };
	for (const struct node *c = provider->body->first; c; c = c->next) {
		str name = c->name;
		if (c->kind == NODE_PAIR && !pair_key(c, a, &name))
			continue;
		if (is_neutral(name))
			continue;
		buf_add(&b, node_source(c));
		buf_addc(&b, '\n');
	}
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

/* The one literal account the provider may be used with. */
static bool allowed_account(struct tf_block *provider, str *id)
{
	struct arena *a = provider->module->model->arena;
	const struct node *n = tf_attr(provider->body, S("allowed_account_ids"), a);
	if (!n)
		return false;
	const struct value *v = tf_eval(provider, n);
	return v->kind == VALUE_LIST && v->n == 1 && !v->open &&
	       value_text(v->items[0].value, id) && text_is_literal(*id);
}

static str provider_name(struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	const struct node *n = tf_attr(b->body, S("provider"), a);
	str address, rest, text;
	if (!n)
		return S("aws");
	if (tf_traversal(n, a, &address, &rest))
		return address;
	if (n->kind == NODE_NAME)
		return n->name;
	return node_text(n, a, &text) ? text : node_source(n);
}

static str account_of(struct tf_module *mod, str name)
{
	struct arena *a = mod->model->arena;
	str id;
	struct tf_block *provider = tf_find(mod, str_fmt(a, "provider.%.*s", STR_ARG(name)));
	bool is_default = str_eq(name, S("aws"));
	str configured = is_default ? config_account_of(mod->model->config, mod->unit->path) :
				      (str){ 0 };
	if (configured.n)
		return str_fmt(a, "#%.*s", STR_ARG(configured));
	if (provider && provider->body && allowed_account(provider, &id))
		return str_fmt(a, "#%.*s", STR_ARG(id));
	str path = mod->unit->path;
	if (provider && provider->body)
		return str_fmt(a, "%.*s:%.*s", STR_ARG(path),
			       STR_ARG(provider_signature(provider)));
	return str_fmt(a, "%.*s:%.*s", STR_ARG(path), STR_ARG(is_default ? S("") : name));
}

str tf_account(struct tf_block *b)
{
	return account_of(b->module, provider_name(b));
}

str tf_account_default(struct tf_module *mod)
{
	return account_of(mod, S("aws"));
}

/* ---- Regions ---- */

str tf_region(struct tf_block *b)
{
	struct tf_module *mod = b->module;
	struct arena *a = mod->model->arena;
	str text;
	const struct node *own = str_eq(b->type, S("resource")) ? tf_attr(b->body, S("region"), a) :
								  NULL;
	if (own && value_text(tf_eval(b, own), &text))
		return text;
	str name = provider_name(b);
	struct tf_block *provider = tf_find(mod, str_fmt(a, "provider.%.*s", STR_ARG(name)));
	const struct node *region = provider && provider->body ?
					    tf_attr(provider->body, S("region"), a) :
					    NULL;
	if (region && value_text(tf_eval(provider, region), &text))
		return text;
	return ref_text(a, str_fmt(a, "the Region of %.*s", STR_ARG(name)));
}
