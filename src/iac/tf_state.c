/* SPDX-License-Identifier: MIT */
/* What terraform_remote_state finds: outputs of other root modules of the repository. */
#include "tf.h"

#include "value.h"

/* What tells one state from another in its backend. */
static const char *const state_names[] = {
	"key",
	"prefix",
	"path",
	"bucket",
	"container_name",
	"storage_account_name",
	"workspace_key_prefix",
};

/* Whether a data source reads the state of some root module. */
enum reads {
	READS_OTHER,
	READS_PERHAPS, /* nothing tells */
	READS_LIKELY,  /* one name of it is the same, and not all others are known */
	READS_IT,
};

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

/* Paths of files are seen from where Terraform runs, which has one even when it says none. */
static enum reads reads_file(struct tf_block *data, struct tf_module *root, str want, str have)
{
	struct arena *a = root->model->arena;
	struct tf_module *from = data->module;
	str mine, its;
	while (from->parent)
		from = from->parent;
	if (!path_join(a, from->dir->path, want, &mine) ||
	    !path_join(a, root->dir->path, have.n ? have : S("terraform.tfstate"), &its))
		return READS_PERHAPS;
	return str_eq(mine, its) ? READS_IT : READS_OTHER;
}

static enum reads reads_state(struct tf_block *data, struct tf_module *root)
{
	const struct value *config = tf_argument(data, "config");
	struct nodes bodies = { 0 }, nodes = { 0 };
	bool same = false, sure = true;
	str want;
	tf_settings(root->dir, S("backend"), &bodies, &nodes);
	if (is_other_backend(data, &nodes))
		return READS_OTHER;
	for (size_t i = 0; i < sizeof(state_names) / sizeof(*state_names); i++) {
		const struct value_item *item =
			config ? value_get(config, str_from(state_names[i])) : NULL;
		str have = backend_name(root, &bodies, state_names[i]);
		bool known = item && value_text(item->value, &want) && text_is_literal(want);
		if (known && str_eq(tf_literal(data, "backend"), S("local")))
			return reads_file(data, root, want, have);
		if (known && have.n && !str_eq(want, have))
			return READS_OTHER;
		same |= known && have.n;
		sure &= (known && have.n) || (!item && !have.n);
	}
	return !same ? READS_PERHAPS : sure ? READS_IT : READS_LIKELY;
}

static bool has_workspaces(const struct tf_state *state, const struct unit *unit)
{
	for (size_t i = 0; i < state->modules.n; i++) {
		const struct tf_module *mod = state->modules.v[i];
		for (size_t k = 0; mod->unit == unit && k < mod->dir->files.n; k++)
			if (str_has(mod->dir->files.v[k]->text, S(WORKSPACE)))
				return true;
	}
	return false;
}

/* Asked once for each. */
static bool uses_workspaces(struct tf_state *state, struct tf_module *mod)
{
	static char yes, no;
	const char *known = map_find(&state->workspaces, mod->unit->path);
	if (!known) {
		known = has_workspaces(state, mod->unit) ? &yes : &no;
		map_put(&state->workspaces, mod->model->arena, mod->unit->path,
			known == &yes ? &yes : &no);
	}
	return known == &yes;
}

/* The state is of the workspace that the reader is applied in; or neither has more than one. */
static bool is_same_workspace(struct tf_block *data, struct tf_module *root)
{
	struct tf_state *state = data->module->state;
	str text, source, local;
	const struct value *v = tf_argument(data, "workspace");
	if (v && value_text(v, &text) && text_is_ref(text, &source)) {
		ref_scope(source, &local);
		if (str_eq(local, S(WORKSPACE)))
			return true;
	}
	return !uses_workspaces(state, data->module) && !uses_workspaces(state, root);
}

/* The one root module whose output the data source takes. */
static struct tf_block *state_output(struct tf_block *data, str output)
{
	struct tf_block *found = NULL;
	enum reads best = READS_OTHER;
	const struct tf_modules *mods = &data->module->state->modules;
	str address = str_fmt(data->module->model->arena, "output.%.*s", STR_ARG(output));
	for (size_t i = 0; i < mods->n; i++) {
		struct tf_module *mod = mods->v[i];
		if (mod->parent || mod->unit == data->module->unit)
			continue;
		struct tf_block *b = tf_find(mod, address);
		enum reads reads = b ? reads_state(data, mod) : READS_OTHER;
		if (reads == READS_OTHER || reads < best)
			continue;
		found = reads == best ? NULL : b; /* of two alike neither is */
		best = reads;
	}
	return found;
}

/* Takes one step off the path: `.name`, `["name"]` or `[0]`. False when it is none of these. */
static bool next_step(str *path, str *name, bool *index)
{
	bool quoted = str_starts(*path, S("[\""));
	*index = !quoted && str_starts(*path, S("["));
	if (!quoted && !*index && !str_starts(*path, S(".")))
		return false;
	str rest = str_sub(*path, quoted ? 2 : 1, path->n);
	str end = quoted ? S("\"]") : *index ? S("]") : S("");
	size_t n = 0;
	while (n < rest.n && (end.n ? !str_starts(str_sub(rest, n, rest.n), end) :
				      rest.p[n] != '.' && rest.p[n] != '['))
		n++;
	if (n + end.n > rest.n)
		return false;
	*name = str_sub(rest, 0, n);
	*path = str_sub(rest, n + end.n, rest.n);
	return true;
}

/* A member of the output's value, as a canonical text; empty when it is not known. */
static str member_text(struct tf_block *output, str path)
{
	const struct value *v = tf_value(output);
	str text, name;
	bool index;
	size_t i;
	while (v && path.n) {
		if (v->covered || !next_step(&path, &name, &index))
			return (str){ 0 };
		if (index)
			v = value_index(name, &i) ? value_nth(v, i) : NULL;
		else
			v = tf_member(v, name);
	}
	return v && value_text(v, &text) ? text : (str){ 0 };
}

str tf_state_output(struct tf_block *data, str attr)
{
	if (!str_starts(attr, S("outputs.")))
		return (str){ 0 };
	str rest = str_sub(attr, 8, attr.n);
	size_t end = 0;
	while (end < rest.n && rest.p[end] != '.' && rest.p[end] != '[')
		end++;
	struct tf_block *output = state_output(data, str_sub(rest, 0, end));
	bool same = output && is_same_workspace(data, output->module);
	return same ? member_text(output, str_sub(rest, end, rest.n)) : (str){ 0 };
}
