/* SPDX-License-Identifier: MIT */
/*
 * Where the policy of a key that has none can be written, and how that place names the key's
 * account: in the block of the key; or, where a null stands for it, there, which may be in the call
 * of its module, or in what that leaves out.
 */
#include "tf_awscc.h"
#include "tf_provider.h"
#include "tf_vacancy.h"

#include "kmsfix/arena.h"
#include "kmsfix/ascii.h"
#include "value.h"

/* A data source of this kind that asks in the account. */
static str known_reference(struct tf_module *mod, const char *kind, const char *attr, str account)
{
	struct arena *a = mod->model->arena;
	for (size_t i = 0; i < mod->sources.n; i++) {
		struct tf_block *b = mod->sources.v[i];
		if (str_eq(b->kind, str_from(kind)) && account_same(tf_account(b), account))
			return ref_in_scope(a, mod->scope->id,
					    str_fmt(a, "%.*s.%s", STR_ARG(b->address), attr));
	}
	return (str){ 0 };
}

/* x of aws.x; empty for a provider without an alias, for one of several (aws.x["a"]), and for one
 * that has no such data sources. */
static str provider_alias(str provider)
{
	size_t dot = str_find(provider, S("."), 0);
	bool usable = dot != SIZE_MAX && !str_starts(provider, S("awscc."));
	str alias = !usable ? S("") : str_sub(provider, dot + 1, provider.n);
	for (size_t i = 0; i < alias.n; i++) {
		char c = alias.p[i];
		if (!ascii_is_alnum(c) && c != '_' && c != '-')
			return S("");
	}
	return alias;
}

/* The block is there, or in a file that is made when Terraform runs, as somebody refers to it. */
static bool is_taken(struct tf_module *mod, str address)
{
	struct arena *a = mod->model->arena;
	str referred = STR_CAT(a, address, S("."));
	bool *found = map_find(&mod->taken, address);
	if (found)
		return *found;
	found = arena_alloc(a, sizeof(*found));
	*found = tf_find(mod, address);
	for (size_t i = 0; !*found && i < mod->dir->files.n; i++)
		*found = str_has(mod->dir->files.v[i]->text, referred);
	map_put(&mod->taken, a, address, found);
	return *found;
}

/*
 * The same, with the text of a new data block in the context where the module has none; `provider`
 * is empty for the module's own.
 */
static str reference(struct tf_module *mod, struct vacancy *v, str account, str provider,
		     const char *kind, const char *attr)
{
	struct arena *a = mod->model->arena;
	str known = known_reference(mod, kind, attr, account);
	str name = provider.n ? provider_alias(provider) : S("current");
	if (known.n)
		return known;
	if (is_taken(mod, str_fmt(a, "data.%s.%.*s", kind, STR_ARG(name))))
		name = provider.n ? str_fmt(a, "kmsfix_%.*s", STR_ARG(name)) : S("kmsfix");
	v->context = str_fmt(a, "%.*s%sdata \"%s\" \"%.*s\" {", STR_ARG(v->context),
			     v->context.n ? "\n" : "", kind, STR_ARG(name));
	if (provider.n)
		v->context = str_fmt(a, "%.*s\n  provider = %.*s\n", STR_ARG(v->context),
				     STR_ARG(provider));
	v->context = str_fmt(a, "%.*s}\n", STR_ARG(v->context));
	return ref_in_scope(a, mod->scope->id,
			    str_fmt(a, "data.%s.%.*s.%s", kind, STR_ARG(name), attr));
}

/* The place, in the words of the module. */
static void settle(struct tf_module *mod, struct vacancy *v, str account, str provider)
{
	v->scope = mod->scope;
	v->context = S("");
	v->nameless_provider = provider.n && !provider_alias(provider).n;
	v->account_ref = reference(mod, v, account, provider, "aws_caller_identity", "account_id");
	v->partition_ref = reference(mod, v, account, provider, "aws_partition", "partition");
}

static bool speaks_of_aws(const struct file *f)
{
	static const char *const words[] = { "\"aws_", "\"aws\"", "hashicorp/aws\"" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_has(f->text, str_from(words[i])))
			return true;
	return false;
}

/* The module, or one that calls it, uses the provider aws: data sources do not bring it in. */
static bool has_aws(const struct tf_module *mod)
{
	for (; mod; mod = mod->parent)
		for (size_t i = 0; i < mod->dir->files.n; i++)
			if (speaks_of_aws(mod->dir->files.v[i]))
				return true;
	return false;
}

void tf_vacancy(struct tf_block *b, struct key *k)
{
	bool own = account_same(k->account, tf_account_default(b->module));
	k->vacancy.node = b->body;
	k->vacancy.argument = tf_is_awscc(&b->declared) ? S("key_policy") : S("");
	k->vacancy.guards = b->guards;
	k->vacancy.beside = b->node;
	settle(b->module, &k->vacancy, k->account, own ? S("") : tf_provider(b));
	k->vacancy.nameless_provider |= tf_is_awscc(&b->declared) && !has_aws(b->module);
}

/* ---- instead of null ---- */

bool tf_is_no_policy(const struct value *v)
{
	return (v->kind == VALUE_NULL || value_is(v, S(""))) && !v->maybe && !v->tried &&
	       !v->failed;
}

/* A literal null or "" that a document can stand in place of. */
static bool is_blank(const struct node *n)
{
	bool constant = n->kind == NODE_LITERAL || (n->kind == NODE_STRING && !n->first);
	return constant && n->tree->lang == LANG_HCL && !n->tree->host &&
	       n->tree->dialect == DIALECT_NATIVE;
}

const struct node *tf_blank_in(const struct node *expr, const struct value *v)
{
	if (is_blank(expr))
		return expr;
	bool written = v->origin && !v->via && node_is_within(v->origin, expr);
	return written && is_blank(v->origin) ? v->origin : NULL;
}

static bool is_single(const struct tf_block *b)
{
	return b->repeat == TF_SINGLE || b->repeat == TF_OPTIONAL;
}

/* The local or variable that the expression is, if that gives the key its policy and does nothing
 * else. */
static struct tf_block *only_name(struct tf_module *mod, const struct node *expr, const char *kind)
{
	str name = node_source(expr);
	struct tf_block *b = str_starts(name, str_from(kind)) ? tf_find(mod, name) : NULL;
	return b && !b->overridden && tf_users(b)->n == 1 ? b : NULL;
}

static struct tf_block *only_variable(struct tf_module *mod, const struct node *expr)
{
	struct tf_block *b = only_name(mod, expr, "var.");
	if (!b || !mod->call || mod->call->overridden || !is_single(mod->call) ||
	    mod->call->body->kind != NODE_BODY)
		return NULL;
	const struct node *type = tf_attr(b->body, S("type"), mod->model->arena);
	if (type && !str_eq(node_source(type), S("string")) && !str_eq(node_source(type), S("any")))
		return NULL;
	return b;
}

/* The place that the expression leads to, up through the calls; false when there is none. */
static bool lead(struct tf_block *b, const struct node *expr, const struct value *v,
		 struct vacancy *out, struct tf_module **mod)
{
	const struct tf_block *at = b, *local;
	*mod = b->module;
	for (;; at = (*mod)->call, *mod = (*mod)->parent) {
		if ((local = only_name(*mod, expr, "local.")) && local->expr)
			expr = local->expr;
		*out = (struct vacancy){ .guards = at->guards, .beside = at->node };
		if ((out->node = tf_blank_in(expr, v)))
			return true;
		struct tf_block *variable = is_single(at) ? only_variable(*mod, expr) : NULL;
		if (!variable)
			return false;
		expr = tf_attr((*mod)->call->body, variable->name, b->module->model->arena);
		if (!expr) {
			at = (*mod)->call;
			*mod = (*mod)->parent;
			*out = (struct vacancy){ .node = at->body,
						 .argument = variable->name,
						 .guards = at->guards,
						 .beside = at->node };
			return true;
		}
	}
}

void tf_vacancy_instead(struct tf_block *b, struct key *k, const struct node *expr,
			const struct value *v)
{
	struct vacancy found;
	struct tf_module *mod;
	bool known = lead(b, expr, v, &found, &mod);
	bool own = known && account_same(k->account, tf_account_default(mod));
	if (!known || (!own && mod != b->module)) {
		k->vacancy.node = NULL;
		return;
	}
	settle(mod, &found, k->account, own ? S("") : tf_provider(b));
	k->vacancy = found;
}

/* ---- keys of one block ---- */

static bool is_open(const struct key *k)
{
	for (const struct policy *p = k->policy; p; p = p->otherwise)
		if (p->open)
			return true;
	return false;
}

static void close_blanks(struct key *k)
{
	for (struct policy *p = k->policy; p; p = p->otherwise)
		p->blank = NULL;
	if (k->unset && k->vacancy.node && node_is_within(k->vacancy.node, k->argument))
		k->vacancy.node = NULL;
}

void tf_blanks_agree(struct model *m)
{
	struct map unclear = { 0 };
	for (size_t i = 0; i < m->keys.n; i++)
		if (m->keys.v[i]->argument && is_open(m->keys.v[i]))
			map_put_at(&unclear, m->arena, m->keys.v[i]->argument, m);
	for (size_t i = 0; unclear.n && i < m->keys.n; i++)
		if (map_find_at(&unclear, m->keys.v[i]->argument))
			close_blanks(m->keys.v[i]);
}
