/* SPDX-License-Identifier: MIT */
/*
 * Other root modules of the repository: a key they alias, an output of their state, a role they
 * declare. What a data source finds by its name is in the data source's own account.
 */
#include "kmsfix/vec.h"
#include "tf.h"
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

/* False when they are certainly two. */
static bool join_accounts(struct tf_module *mod, str x, str y)
{
	struct tf_state *state = mod->state;
	x = tf_account_settled(state, x);
	y = tf_account_settled(state, y);
	if (str_eq(x, y))
		return true;
	if (account_id(x).n && account_id(y).n)
		return false;
	str *to = ARENA_NEW(mod->model->arena, str);
	*to = account_id(x).n ? x : y;
	map_put(&state->accounts, mod->model->arena, account_id(x).n ? y : x, to);
	return true;
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

/* The blocks that declare one name. */
static void index_name(struct map *index, struct tf_block *b, str text)
{
	struct arena *a = b->module->model->arena;
	text = text_unscoped(a, text);
	struct tf_blocks *all = map_find(index, text);
	if (!all) {
		all = ARENA_NEW(a, struct tf_blocks);
		map_put(index, a, text, all);
	}
	VEC_PUSH(a, all, b);
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
	struct tf_block *found = NULL;
	const struct tf_blocks *all = map_find(index,
					       text_unscoped(data->module->model->arena, text));
	for (size_t i = 0; all && i < all->n; i++) {
		if (!may_be_in(all->v[i], account, regional ? &region : NULL))
			continue;
		if (found)
			return NULL;
		found = all->v[i];
	}
	return found && found->module->unit != data->module->unit ? found : NULL;
}

struct tf_block *tf_alias_elsewhere(struct tf_block *b, str text)
{
	index_all(b->module->state);
	struct tf_block *at = lookup(b, &b->module->state->aliases, text, true);
	return at && join_accounts(b->module, tf_account(at), tf_account(b)) ? at : NULL;
}

bool tf_finds_role(struct tf_module *from, const struct tf_block *role, str name)
{
	str account = tf_account_default(from);
	index_all(from->state);
	const struct tf_blocks *all = map_find(&from->state->roles,
					       text_unscoped(from->model->arena, name));
	bool found = false;
	for (size_t i = 0; all && i < all->n; i++) {
		if (!may_be_in(all->v[i], account, NULL))
			continue;
		if (all->v[i] != role)
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
	return at && join_accounts(b->module, tf_account(at), tf_account(b)) ? at : NULL;
}

/* ---- outputs in the state of another root module ---- */

/* What tells one state from another in its backend: an S3 key, a prefix, a path. */
static const char *const state_names[] = { "key", "prefix", "path" };

static str backend_name(struct tf_module *mod, const struct nodes *bodies, const char *name)
{
	struct arena *a = mod->model->arena;
	str text;
	for (size_t k = 0; k < bodies->n; k++) {
		const struct node *n = tf_attr(bodies->v[k], str_from(name), a);
		if (n && node_text(n, a, &text))
			return text;
	}
	return (str){ 0 };
}

/* The root keeps its state in a backend of another kind than the data source reads. */
static bool is_other_backend(struct tf_block *data, const struct nodes *nodes)
{
	str kind = tf_literal(data, "backend");
	for (size_t i = 0; i < nodes->n; i++) {
		const struct node *label = nodes->v[i]->first;
		if (kind.n && label && label->kind == NODE_LABEL && !str_eq(label->name, kind))
			return true;
	}
	return false;
}

/* Whether the data source reads the state of that root: -1 when nothing says. */
static int reads_state(struct tf_block *data, struct tf_module *root)
{
	const struct value *config = tf_argument(data, "config");
	struct nodes bodies = { 0 }, nodes = { 0 };
	str want;
	tf_settings(root->dir, S("backend"), &bodies, &nodes);
	if (is_other_backend(data, &nodes))
		return 0;
	for (size_t i = 0; i < sizeof(state_names) / sizeof(*state_names); i++) {
		const struct value_item *item =
			config ? value_get(config, str_from(state_names[i])) : NULL;
		str have = backend_name(root, &bodies, state_names[i]);
		if (item && value_text(item->value, &want) && text_is_literal(want) && have.n)
			return str_eq(want, have);
	}
	return -1;
}

/* The one root module whose output the data source takes. */
static struct tf_block *state_output(struct tf_block *data, str output)
{
	struct tf_block *found = NULL;
	const struct tf_modules *mods = &data->module->state->modules;
	str address = str_fmt(data->module->model->arena, "output.%.*s", STR_ARG(output));
	for (size_t i = 0; i < mods->n; i++) {
		struct tf_module *mod = mods->v[i];
		if (mod->parent || mod->unit == data->module->unit)
			continue;
		struct tf_block *b = tf_find(mod, address);
		int reads = b ? reads_state(data, mod) : 0;
		if (reads > 0)
			return b;
		if (reads < 0 && found)
			return NULL;
		if (reads < 0)
			found = b;
	}
	return found;
}

/* A member of the output's value, as a canonical text; empty when it is not known. */
static str member_text(struct tf_block *output, str rest)
{
	const struct value *v = tf_value(output);
	str text;
	while (v && rest.n && rest.p[0] == '.') {
		size_t dot = str_find(rest, S("."), 1);
		str name = str_sub(rest, 1, dot == SIZE_MAX ? rest.n : dot);
		v = tf_member(v, name);
		rest = str_sub(rest, dot == SIZE_MAX ? rest.n : dot, rest.n);
	}
	return v && !rest.n && value_text(v, &text) ? text : (str){ 0 };
}

const struct name *tf_state_name(struct tf_block *data, str attr)
{
	if (!str_starts(attr, S("outputs.")))
		return NULL;
	str rest = str_sub(attr, 8, attr.n);
	size_t end = 0;
	while (end < rest.n && rest.p[end] != '.' && rest.p[end] != '[')
		end++;
	struct tf_block *output = state_output(data, str_sub(rest, 0, end));
	str text = output ? member_text(output, str_sub(rest, end, rest.n)) : (str){ 0 };
	const struct name *name = text.n ? map_find(&data->module->model->names, text) : NULL;
	if (name && name->key_count &&
	    !join_accounts(data->module, name->keys[0]->account, tf_account_default(data->module)))
		return NULL;
	return name;
}
