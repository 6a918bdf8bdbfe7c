/* SPDX-License-Identifier: MIT */
/* The account and the Region that a block's provider works in [11.18]. */
#include "tf_provider.h"

#include "tf_awscc.h"

#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "value.h"

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
	return v->kind == VALUE_LIST && v->n == 1 && !v->open && value_text(value_at(v, 0), id) &&
	       text_is_literal(*id);
}

/* ---- names ---- */

static void note_provider(struct tf_dir *dir, str own, const struct node *node)
{
	static const char *const names[] = { "aws", "awscc" };
	struct arena *a = dir->model->arena;
	const struct node *source = node->kind == NODE_MAP ? tf_attr(node, S("source"), a) : NULL;
	str text;
	if (!source || !node_text(source, a, &text))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct tf_provider_name name = { own, str_from(names[i]) };
		if (str_ends(text, STR_CAT(a, S("hashicorp/"), name.real)) &&
		    !str_eq(own, name.real))
			VEC_PUSH(a, &dir->providers, name);
	}
}

void tf_note_providers(struct tf_dir *dir)
{
	struct arena *a = dir->model->arena;
	struct nodes lists = { 0 };
	tf_settings(dir, S("required_providers"), &lists, NULL);
	for (size_t i = 0; i < lists.n; i++)
		for (const struct node *c = lists.v[i]->first; c; c = c->next) {
			str own = c->name;
			if (c->kind == NODE_ATTR || pair_key(c, a, &own))
				note_provider(dir, str_dup(a, own), c->last);
		}
}

static str without_alias(str provider)
{
	return str_sub(provider, 0, text_find(provider, '.', 0));
}

/* As Terraform knows the provider that the module calls so: what it manages may be of a provider
 * that no block names. */
static str real_name(const struct tf_dir *dir, str provider)
{
	str own = without_alias(provider);
	for (size_t i = 0; i < dir->providers.n; i++)
		if (str_eq(own, dir->providers.v[i].own))
			return STR_CAT(dir->model->arena, dir->providers.v[i].real,
				       str_sub(provider, own.n, provider.n));
	return provider;
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

/* The key of a `providers` map: `aws` or `aws.x`, in the words of the module that is called. */
static bool is_provider_key(const struct node *pair, struct arena *a, const struct tf_dir *to,
			    str name)
{
	str address, rest;
	if (pair->kind != NODE_PAIR)
		return false;
	if (!pair_key(pair, a, &address) && !tf_traversal(NULL, pair->first, a, &address, &rest))
		return false;
	return str_eq(to ? real_name(to, address) : address, name);
}

/* What a call hands down as that provider, or NULL. */
static const struct node *handed_provider(struct tf_block *call, const struct tf_dir *to, str name)
{
	struct arena *a = call->module->model->arena;
	const struct node *map = tf_attr(call->body, S("providers"), a), *found = NULL;
	for (const struct node *c = map ? map->first : NULL; c; c = c->next)
		if (is_provider_key(c, a, to, name))
			found = c->last;
	return found;
}

str tf_provider(struct tf_block *b)
{
	const struct node *n = str_eq(b->type, S("module")) ?
				       handed_provider(b, NULL, S("aws")) :
				       tf_attr(b->body, S("provider"), b->module->model->arena);
	if (n)
		return traversal_or_text(b, n);
	return tf_is_awscc(&b->declared) ? S("awscc") : S("aws");
}

/* A provider as its configuration finds it: handed down by calls until a module configures it. */
struct provider {
	struct tf_module *module;
	struct tf_block *block; /* NULL: configured by the environment alone, or not at all */
	str name;
};

/* Such a one is handed down by itself. */
static bool is_default(str provider)
{
	return str_eq(provider, S("aws")) || str_eq(provider, S("awscc"));
}

static bool is_configured(const struct tf_block *provider)
{
	return provider && (provider->body->first || provider->overridden);
}

/* All that its configuration says stands in its block [11.19]. */
static bool is_known(const struct tf_block *provider)
{
	return is_configured(provider) && !provider->overridden;
}

/* The block that configures the provider, by whichever name; or one that does not, or NULL. */
static struct tf_block *configuration(struct tf_module *mod, str name)
{
	struct arena *a = mod->model->arena;
	const struct tf_dir *dir = mod->dir;
	str real = without_alias(name), alias = str_sub(name, real.n, name.n);
	struct tf_block *b = NULL;
	if (str_eq(real_name(dir, name), name))
		b = tf_find(mod, STR_CAT(a, S("provider."), name));
	for (size_t i = 0; !is_configured(b) && i < dir->providers.n; i++)
		if (str_eq(real, dir->providers.v[i].real))
			b = tf_find(mod,
				    STR_CAT(a, S("provider."), dir->providers.v[i].own, alias));
	return b;
}

static struct provider provider_of(struct tf_module *mod, str name)
{
	for (;;) {
		name = real_name(mod->dir, name);
		struct tf_block *b = configuration(mod, name);
		struct provider here = { mod, b, name };
		if (is_configured(b) || !mod->call)
			return here;
		const struct node *found = handed_provider(mod->call, mod->dir, name);
		if (found)
			name = traversal_or_text(mod->call, found);
		else if (!is_default(name))
			return here;
		mod = mod->parent;
	}
}

/* The environment alone says how it works: all such providers are alike. */
static bool is_environment(const struct provider *p)
{
	return is_default(p->name) && !is_configured(p->block);
}

str tf_account_of(struct tf_module *mod, str provider)
{
	struct arena *a = mod->model->arena;
	struct provider p = provider_of(mod, provider);
	str id, path = p.module->scope->id;
	str configured = is_default(p.name) ?
				 config_account_of(mod->model->config, p.module->dir->path) :
				 (str){ 0 };
	if (configured.n)
		return STR_CAT(a, S("#"), configured);
	if (is_known(p.block) && allowed_account(p.block, &id))
		return STR_CAT(a, S("#"), id);
	if (is_known(p.block))
		return STR_CAT(a, path, S(":"), provider_signature(p.block));
	return STR_CAT(a, path, S(":"), is_environment(&p) ? S("") : p.name);
}

bool tf_provider_block(struct tf_module *mod, str provider, struct tf_block **out)
{
	struct provider p = provider_of(mod, provider);
	*out = is_known(p.block) ? p.block : NULL;
	return *out || is_environment(&p);
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
	return ref_in_scope(
		a, p.module->scope->id,
		str_fmt(a, "the Region of %.*s", STR_ARG(is_environment(&p) ? S("aws") : p.name)));
}
