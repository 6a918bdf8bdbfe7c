/* SPDX-License-Identifier: MIT */
/*
 * Other root modules of the repository: a key they alias or hand on in their state, a role they
 * declare. What a data source finds by its name is in the data source's own account.
 */
#include "kmsfix/arn.h"
#include "kmsfix/assumed.h"
#include "kmsfix/vec.h"
#include "tf_provider.h"
#include "value.h"

/* ---- accounts that are known to be one ---- */

str tf_account_settled(const struct tf_state *state, str symbol)
{
	for (size_t i = 0; i < state->accounts.n; i++) {
		const str *next = map_find(&state->accounts, symbol);
		if (!next)
			break;
		symbol = *next;
	}
	return symbol;
}

/* A provider as one module calls it. */
struct working {
	struct tf_module *module;
	str provider;
};

enum relation {
	ACCOUNTS_DIFFER,
	ACCOUNTS_UNKNOWN, /* other words choose them, or words that are not understood */
	ACCOUNTS_ASSUMED, /* nothing chooses either, or a variable that both have */
	ACCOUNTS_SAME,
};

static struct working working(struct tf_block *b)
{
	return (struct working){ b->module, tf_provider(b) };
}

static str account_settled(const struct working *w)
{
	return tf_account_settled(w->module->state, tf_account_of(w->module, w->provider));
}

/* Adds what the argument says; false when that is not a text or a list of texts. */
static bool add_choice(struct tf_block *provider, const struct node *n, str *out)
{
	struct arena *a = provider->module->model->arena;
	const struct value *v = tf_eval(provider, n);
	bool list = value_is_known_list(v), known = true;
	str text;
	for (size_t i = 0; known && i < (list ? v->n : 1); i++) {
		known = value_text(list ? value_at(v, i) : v, &text);
		*out = known ? STR_CAT(a, *out, S("\n"), text) : *out;
	}
	return known || v->kind == VALUE_NULL;
}

/* The role that the provider assumes last is of the account it works in. */
static const struct node *assumed_role(struct tf_block *provider)
{
	struct arena *a = provider->module->model->arena;
	static const char *const names[] = { "assume_role_with_web_identity", "assume_role" };
	struct nodes bodies = { 0 };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		str name = str_from(names[i]);
		const struct node *map = tf_attr(provider->body, name, a);
		tf_nested(provider->body, name, a, &bodies, NULL);
		if (map && map->kind == NODE_MAP) /* as the provider awscc has it */
			VEC_PUSH(a, &bodies, map);
	}
	return bodies.n ? tf_attr(bodies.v[bodies.n - 1], S("role_arn"), a) : NULL;
}

/* Adds the source of a role that is assumed at times. */
static void add_dynamic_role(struct tf_block *provider, str *out)
{
	struct arena *a = provider->module->model->arena;
	struct tf_dynamic d;
	for (const struct node *n = provider->body->first; n; n = n->next) {
		if (!tf_dynamic(n, S("assume_role"), a, &d))
			continue;
		const struct node *role = tf_attr(d.content, S("role_arn"), a);
		str source = STR_CAT(a, d.each ? node_source(d.each) : S(""), S(" "),
				     role ? node_source(role) : S(""));
		*out = STR_CAT(a, *out, ref_in_scope(a, provider->module->scope->id, source));
	}
}

/* What the provider says of its account, as a canonical text; false when not all is understood. */
static bool chosen_by(struct tf_block *provider, str *out)
{
	static const char *const names[] = {
		"profile",
		"access_key",
		"secret_key",
		"token",
		"shared_config_files",
		"shared_credentials_file",
		"shared_credentials_files",
	};
	struct arena *a = provider->module->model->arena;
	const struct node *role = assumed_role(provider), *n;
	bool known = true;
	struct arn arn;
	*out = S("");
	if (role) {
		known = value_text(tf_eval(provider, role), out);
		if (known && arn_parse(*out, &arn))
			*out = arn.account;
		return known;
	}
	add_dynamic_role(provider, out);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if ((n = tf_attr(provider->body, str_from(names[i]), a))) {
			*out = STR_CAT(a, *out, S("\n"), str_from(names[i]));
			known &= add_choice(provider, n, out);
		}
	return known;
}

static enum relation relation(const struct working *x, const struct working *y)
{
	str one = account_settled(x), other = account_settled(y), here = S(""), there = S("");
	struct tf_block *mine, *its;
	if (str_eq(one, other))
		return ACCOUNTS_SAME;
	if (account_id(one).n && account_id(other).n)
		return ACCOUNTS_DIFFER;
	if (!tf_provider_block(x->module, x->provider, &mine) ||
	    !tf_provider_block(y->module, y->provider, &its) || (mine && !chosen_by(mine, &here)) ||
	    (its && !chosen_by(its, &there)) || !tf_texts_alike(x->module->state, here, there))
		return ACCOUNTS_UNKNOWN;
	return here.n && text_is_literal(here) ? ACCOUNTS_SAME : ACCOUNTS_ASSUMED;
}

static str pair_of(struct arena *a, const struct unit *x, const struct unit *y)
{
	return STR_CAT(a, x->path, S("|"), y->path);
}

bool account_assumed(const struct model *m, const struct unit *x, const struct unit *y)
{
	const struct tf_state *state = m->terraform;
	return state && state->assumed.n && map_find(&state->assumed, pair_of(m->arena, x, y));
}

/* Takes the accounts for one where nothing in the code is against it. */
static enum relation join_accounts(struct working x, struct working y)
{
	struct tf_state *state = x.module->state;
	struct model *m = x.module->model;
	enum relation r = relation(&x, &y);
	str one = account_settled(&x), other = account_settled(&y);
	if (r < ACCOUNTS_ASSUMED || str_eq(one, other))
		return r;
	if (r == ACCOUNTS_ASSUMED) {
		const struct unit *mine = x.module->unit, *its = y.module->unit;
		map_put(&state->assumed, m->arena, pair_of(m->arena, mine, its), state);
		map_put(&state->assumed, m->arena, pair_of(m->arena, its, mine), state);
	}
	str *to = ARENA_NEW(m->arena, str);
	*to = account_id(one).n ? one : other;
	map_put(&state->accounts, m->arena, account_id(one).n ? other : one, to);
	return r;
}

bool tf_looks_there(struct tf_module *from, str provider, struct tf_block *role)
{
	struct working there = working(role), here = { from, provider };
	return relation(&here, &there) >= ACCOUNTS_ASSUMED;
}

void tf_settle_accounts(const struct tf_state *state, struct model *m)
{
	for (size_t i = 0; i < m->keys.n; i++)
		m->keys.v[i]->account = tf_account_settled(state, m->keys.v[i]->account);
	for (size_t i = 0; i < m->principals.n; i++)
		m->principals.v[i]->account = tf_account_settled(state,
								 m->principals.v[i]->account);
	for (size_t i = 0; i < m->names.size; i++) {
		struct name *name = m->names.slots[i].value;
		if (name && name->kind == NAME_ACCOUNT)
			name->symbol = tf_account_settled(state, name->symbol);
	}
}

/* ---- keys by their alias ---- */

/* A block, and the name that it declares as it writes it. */
struct name_of {
	struct tf_block *block;
	str text;
};

struct names_of {
	struct name_of *v;
	size_t n, cap;
};

static void index_name(struct map *index, struct tf_block *b, str text)
{
	struct arena *a = b->module->model->arena;
	str bare = text_unscoped(a, text);
	struct names_of *all = map_find(index, bare);
	if (!all) {
		all = ARENA_NEW(a, struct names_of);
		map_put(index, a, bare, all);
	}
	struct name_of one = { b, text };
	VEC_PUSH(a, all, one);
}

static void index_aliases(struct map *index, struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	const struct value *v = tf_argument(b, "aliases");
	str text;
	for (size_t i = 0; v && v->kind == VALUE_LIST && i < v->n; i++)
		if (value_text(value_at(v, i), &text))
			index_name(index, b, str_fmt(a, "alias/%.*s", STR_ARG(text)));
}

static void index_block(struct tf_state *state, struct tf_block *b)
{
	bool alias = str_eq(b->kind, S("aws_kms_alias")), role = str_eq(b->kind, S("aws_iam_role"));
	const struct value *name;
	str text;
	if (b->key && str_eq(b->type, S("module")))
		index_aliases(&state->aliases, b);
	if (!(alias || role) || !str_eq(b->type, S("resource")) || b->repeat == TF_PLURAL)
		return;
	name = tf_argument(b, "name");
	if (name && value_text(name, &text))
		index_name(alias ? &state->aliases : &state->roles, b, text);
}

static void index_all(struct tf_state *state)
{
	if (state->indexed)
		return;
	state->indexed = true;
	for (size_t i = 0; i < state->modules.n; i++)
		for (size_t k = 0; k < state->modules.v[i]->entities.n; k++)
			index_block(state, state->modules.v[i]->entities.v[k]);
}

static bool differ(str x, str y)
{
	return text_is_literal(x) && text_is_literal(y) && !str_eq(x, y);
}

/* What is in that account, and in that Region; NULL: in any. */
static bool may_be_in(struct tf_block *b, str account, const str *region)
{
	str own = tf_account(b);
	return !(account_id(account).n && account_id(own).n && !str_eq(account, own)) &&
	       !(region && differ(*region, tf_region(b)));
}

/* The only block that the data source may find by the name, when another unit declares it: it finds
 * what is in its account, and keys in its Region. */
static struct tf_block *lookup(struct tf_block *data, const struct map *index, str text,
			       bool regional)
{
	str account = tf_account(data), region = tf_region(data);
	const struct name_of *found = NULL;
	const struct names_of *all = map_find(index,
					      text_unscoped(data->module->model->arena, text));
	for (size_t i = 0; all && i < all->n; i++) {
		if (!may_be_in(all->v[i].block, account, regional ? &region : NULL))
			continue;
		if (found)
			return NULL;
		found = &all->v[i];
	}
	return found && found->block->module->unit != data->module->unit &&
			       tf_texts_alike(data->module->state, found->text, text) ?
		       found->block :
		       NULL;
}

struct tf_block *tf_alias_elsewhere(struct tf_block *b, str text)
{
	index_all(b->module->state);
	struct tf_block *at = lookup(b, &b->module->state->aliases, text, true);
	return at && join_accounts(working(at), working(b)) != ACCOUNTS_DIFFER ? at : NULL;
}

bool tf_finds_role(struct tf_module *from, const struct tf_block *role, str name)
{
	str account = tf_account_default(from);
	index_all(from->state);
	const struct names_of *all = map_find(&from->state->roles,
					      text_unscoped(from->model->arena, name));
	bool found = false;
	for (size_t i = 0; all && i < all->n; i++) {
		if (!may_be_in(all->v[i].block, account, NULL))
			continue;
		if (all->v[i].block != role)
			return false;
		found = true;
	}
	return found;
}

struct tf_block *tf_role_elsewhere(struct tf_block *b)
{
	str text;
	const struct value *v = tf_argument(b, "name");
	if (!v || !value_text(v, &text))
		return NULL;
	index_all(b->module->state);
	struct tf_block *at = lookup(b, &b->module->state->roles, text, false);
	return at && join_accounts(working(at), working(b)) >= ACCOUNTS_ASSUMED ? at : NULL;
}

/* ---- keys that a state hands on ---- */

const struct name *tf_state_name(struct tf_block *data, str attr)
{
	str text = tf_state_output(data, attr);
	const struct name *name = text.n ? map_find(&data->module->model->names, text) : NULL;
	struct working reader = { data->module, S("aws") };
	struct tf_source at;
	if (name && name->key_count &&
	    (!tf_source_of(data->module, text, &at) ||
	     join_accounts(working(at.block), reader) == ACCOUNTS_DIFFER))
		return NULL;
	return name;
}
