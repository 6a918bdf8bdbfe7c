/* SPDX-License-Identifier: MIT */
/*
 * What two root modules say alike. Who applies them gives both the same workspace, and is taken to
 * give a variable of one name the same value: as long as no default and no .tfvars file says
 * otherwise.
 */
#include "tf.h"

#include "kmsfix/ascii.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

/* ---- what the repository gives a variable ---- */

static bool is_assignments(str path)
{
	return str_ends(path, S(".tfvars")) || str_ends(path, S(".tfvars.json"));
}

static void index_assignments(struct tf_state *state, const struct model *m)
{
	if (state->assignments.indexed)
		return;
	state->assignments.indexed = true;
	for (size_t i = 0; i < m->files->n; i++)
		if (is_assignments(m->files->files[i].path))
			VEC_PUSH(m->arena, &state->assignments, &m->files->files[i]);
}

/* Read without being asked for. */
static bool is_automatic(str path)
{
	return str_eq(path, S("terraform.tfvars")) || str_eq(path, S("terraform.tfvars.json")) ||
	       (!str_has(path, S("/")) &&
		(str_ends(path, S(".auto.tfvars")) || str_ends(path, S(".auto.tfvars.json"))));
}

/* The path from the directory of the module on; empty when the file is not below it. */
static str path_below(const struct tf_module *root, str path)
{
	str dir = root->dir->path;
	if (!dir.n)
		return path;
	return str_starts(path, dir) && path.n > dir.n && path.p[dir.n] == '/' ?
		       str_sub(path, dir.n + 1, path.n) :
		       S("");
}

/* The value the file gives the variable, or NULL. */
static const struct node *assigned(struct tf_module *root, const struct file *f, str name)
{
	struct model *m = root->model;
	struct tree *tree = NULL;
	struct syntax_error e;
	return tf_parse(m->parsed, f, m->arena, &tree, &e) ? tf_attr(tree->root, name, m->arena) :
							     NULL;
}

/* What it is without any file that has to be asked for; NULL when that is not known. */
static const struct node *usual(struct tf_module *root, str name)
{
	const struct tf_state *state = root->state;
	struct tf_block *b = tf_find(root, STR_CAT(root->model->arena, S("var."), name));
	const struct node *value = b ? tf_attr(b->body, S("default"), root->model->arena) : NULL;
	for (size_t i = 0; i < state->assignments.n; i++) {
		const struct file *f = state->assignments.v[i];
		const struct node *n = is_automatic(path_below(root, f->path)) ?
					       assigned(root, f, name) :
					       NULL;
		value = n ? n : value;
	}
	return value;
}

static bool differ(struct arena *a, const struct node *x, const struct node *y)
{
	str one, other;
	if (!x || !y)
		return false;
	if (!node_text(x, a, &one) || !node_text(y, a, &other))
		return !str_eq(node_source(x), node_source(y));
	return !str_eq(one, other);
}

/* A file that has to be asked for, say prod.tfvars, is compared with the other's of that name. */
static bool files_differ(struct tf_module *x, struct tf_module *y, str name)
{
	const struct tf_state *state = x->state;
	for (size_t i = 0; i < state->assignments.n; i++) {
		str path = path_below(x, state->assignments.v[i]->path);
		const struct node *one = path.n && !is_automatic(path) ?
						 assigned(x, state->assignments.v[i], name) :
						 NULL;
		for (size_t k = 0; one && k < state->assignments.n; k++)
			if (str_eq(path_below(y, state->assignments.v[k]->path), path) &&
			    differ(x->model->arena, one,
				   assigned(y, state->assignments.v[k], name)))
				return true;
	}
	return false;
}

bool tf_variables_alike(struct tf_module *x, struct tf_module *y, str name)
{
	index_assignments(x->state, x->model);
	return !differ(x->model->arena, usual(x, name), usual(y, name)) &&
	       !files_differ(x, y, name);
}

/* ---- texts ---- */

static bool is_name_char(char c)
{
	return ascii_is_alnum(c) || c == '_' || c == '-' || c == '.';
}

/* What an expression refers to: the next chain of names, `var.a.b`; false at the end. */
static bool next_chain(str *rest, str *chain)
{
	size_t start = 0;
	while (start < rest->n && !is_name_char(rest->p[start]))
		start++;
	size_t end = start;
	while (end < rest->n && is_name_char(rest->p[end]))
		end++;
	*chain = str_sub(*rest, start, end);
	*rest = str_sub(*rest, end, rest->n);
	return chain->n > 0;
}

/* The address it begins with: `var.a`. */
static str address_of(str chain)
{
	size_t dot = str_find(chain, S("."), 0);
	size_t end = dot == SIZE_MAX ? SIZE_MAX : str_find(chain, S("."), dot + 1);
	return str_sub(chain, 0, end == SIZE_MAX ? chain.n : end);
}

/* The same for both, whatever it is: a word, the workspace, a role that is made of what stands
 * beside it; or compared by itself: account, Region. */
static bool is_common(str chain)
{
	static const char *const kinds[] = { "data.aws_caller_identity.", "data.aws_partition.",
					     "data.aws_region.", "assume_role." };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_starts(chain, str_from(kinds[i])))
			return true;
	return str_eq(chain, S(WORKSPACE)) || !str_has(chain, S("."));
}

static bool words_alike(struct tf_module *x, struct tf_module *y, str source, size_t depth);

/* Locals that say the same; or that neither declares, as a script that adds a file to both may. */
static bool locals_alike(struct tf_module *x, struct tf_module *y, str address, size_t depth)
{
	struct tf_block *one = tf_find(x, address), *other = tf_find(y, address);
	if (!one || !other || !depth)
		return !one && !other;
	return !one->overridden && !other->overridden && one->expr && other->expr &&
	       str_eq(node_source(one->expr), node_source(other->expr)) &&
	       words_alike(x, y, node_source(one->expr), depth - 1);
}

/* The same source means the same in both modules, as far as the repository tells. */
static bool words_alike(struct tf_module *x, struct tf_module *y, str source, size_t depth)
{
	bool alike = true;
	str chain;
	while (alike && next_chain(&source, &chain)) {
		str address = address_of(chain);
		if (str_starts(chain, S("var.")))
			alike = tf_variables_alike(x, y, str_sub(address, 4, address.n));
		else if (str_starts(chain, S("local.")))
			alike = locals_alike(x, y, address, depth);
		else
			alike = is_common(chain);
	}
	return alike;
}

static bool refs_alike(struct tf_state *state, str x, str y)
{
	str local, other;
	struct tf_module *one = map_find(&state->scopes, ref_scope(x, &local));
	struct tf_module *two = map_find(&state->scopes, ref_scope(y, &other));
	if (!one || !two || !str_eq(local, other))
		return false;
	return one == two || is_common(local) ||
	       (!one->parent && !two->parent && words_alike(one, two, local, TF_MAX_HOPS));
}

bool tf_texts_alike(struct tf_state *state, str x, str y)
{
	str one, other;
	bool ref, is_ref, more = true;
	while (more) {
		more = text_next(&x, &one, &ref);
		if (more != text_next(&y, &other, &is_ref))
			return false;
		if (more &&
		    (ref != is_ref || !(ref ? refs_alike(state, one, other) : str_eq(one, other))))
			return false;
	}
	return true;
}
