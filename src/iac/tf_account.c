/* SPDX-License-Identifier: MIT */
/* Whose a block is: the account and Region of its provider, wherever that is configured. */
#include "tf.h"

#include "kmsfix/buf.h"

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
	return v->kind == VALUE_LIST && v->n == 1 && !v->open && value_text(value_at(v, 0), id) &&
	       text_is_literal(*id);
}

/* aws.x, or one of several: aws.x["a"]; which one is not known to be what any other block uses. */
static str traversal_or_text(struct tf_block *b, const struct node *n)
{
	struct arena *a = b->module->model->arena;
	str address, rest, text;
	if (tf_traversal(b, n, a, &address, &rest)) {
		bool known = !rest.n || (str_starts(rest, S("[\"")) && str_ends(rest, S("\"]")) &&
					 !str_has(rest, S("${")));
		return known ? STR_CAT(a, address, rest) :
			       STR_CAT(a, address, rest, S(" of "), b->address);
	}
	if (n->kind == NODE_NAME)
		return n->name;
	return node_text(n, a, &text) ? text : node_source(n);
}

/* The key of a `providers` map: `aws` or `aws.x`. */
static bool is_provider_key(const struct node *pair, struct arena *a, str name)
{
	str address, rest;
	if (pair->kind != NODE_PAIR)
		return false;
	if (pair_key(pair, a, &address))
		return str_eq(address, name);
	return tf_traversal(NULL, pair->first, a, &address, &rest) && str_eq(address, name);
}

/* What a call hands down as that provider, or NULL. */
static const struct node *handed_provider(struct tf_block *call, str name)
{
	struct arena *a = call->module->model->arena;
	const struct node *map = tf_attr(call->body, S("providers"), a), *found = NULL;
	for (const struct node *c = map ? map->first : NULL; c; c = c->next)
		if (is_provider_key(c, a, name))
			found = c->last;
	return found;
}

str tf_provider(struct tf_block *b)
{
	const struct node *n = str_eq(b->type, S("module")) ?
				       handed_provider(b, S("aws")) :
				       tf_attr(b->body, S("provider"), b->module->model->arena);
	return n ? traversal_or_text(b, n) : S("aws");
}

/* A provider as its configuration finds it: handed down by calls until a module configures it. */
struct provider {
	struct tf_module *module;
	struct tf_block *block; /* NULL: configured by the environment alone, or not at all */
	str name;
};

static bool is_configured(const struct tf_block *provider)
{
	return provider && (provider->body->first || provider->overridden);
}

/* All that its configuration says stands in its block [11.19]. */
static bool is_known(const struct tf_block *provider)
{
	return is_configured(provider) && !provider->overridden;
}

static struct provider provider_of(struct tf_module *mod, str name)
{
	struct arena *a = mod->model->arena;
	for (;;) {
		struct tf_block *b = tf_find(mod, STR_CAT(a, S("provider."), name));
		struct provider here = { mod, b, name };
		if (is_configured(b) || !mod->call)
			return here;
		const struct node *found = handed_provider(mod->call, name);
		if (found)
			name = traversal_or_text(mod->call, found);
		else if (!str_eq(name, S("aws")))
			return here;
		mod = mod->parent;
	}
}

str tf_account_of(struct tf_module *mod, str provider)
{
	struct arena *a = mod->model->arena;
	struct provider p = provider_of(mod, provider);
	str id, path = p.module->scope->id;
	bool is_default = str_eq(p.name, S("aws"));
	str configured = is_default ? config_account_of(mod->model->config, p.module->dir->path) :
				      (str){ 0 };
	if (configured.n)
		return STR_CAT(a, S("#"), configured);
	if (is_known(p.block) && allowed_account(p.block, &id))
		return STR_CAT(a, S("#"), id);
	if (is_known(p.block))
		return STR_CAT(a, path, S(":"), provider_signature(p.block));
	return STR_CAT(a, path, S(":"), is_default && !is_configured(p.block) ? S("") : p.name);
}

bool tf_provider_block(struct tf_module *mod, str provider, struct tf_block **out)
{
	struct provider p = provider_of(mod, provider);
	*out = is_known(p.block) ? p.block : NULL;
	return *out || (str_eq(p.name, S("aws")) && !is_configured(p.block));
}

str tf_account(struct tf_block *b)
{
	return tf_account_of(b->module, tf_provider(b));
}

str tf_account_default(struct tf_module *mod)
{
	return tf_account_of(mod, S("aws"));
}

/* ---- Regions ---- */

/* What a block says itself, instead of its provider; aws_region may say it in other words. */
static const struct node *own_region(struct tf_block *b)
{
	static const char *const names[] = { "region", "name", "endpoint" };
	size_t n = str_eq(b->kind, S("aws_region")) ? sizeof(names) / sizeof(*names) : 1;
	const struct node *own = NULL;
	for (size_t i = 0; !own && i < n; i++)
		own = tf_attr(b->body, str_from(names[i]), b->module->model->arena);
	return own && tf_eval(b, own)->kind != VALUE_NULL ? own : NULL;
}

str tf_region(struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	str text;
	const struct node *own = own_region(b);
	if (own)
		return value_text(tf_eval(b, own), &text) ? text : tf_unknown(b, own)->text;
	struct provider p = provider_of(b->module, tf_provider(b));
	const struct node *region = is_known(p.block) ? tf_attr(p.block->body, S("region"), a) :
							NULL;
	if (region && value_text(tf_eval(p.block, region), &text))
		return text;
	return ref_in_scope(a, p.module->scope->id,
			    str_fmt(a, "the Region of %.*s", STR_ARG(p.name)));
}
