/* SPDX-License-Identifier: MIT */
/* Functions that load files, and encodings. */
#include "tf_func.h"

#include "kmsfix/vec.h"

const struct value *call_jsonencode(const struct args *in)
{
	struct value_items items = { 0 };
	struct value_item item = { .node = in->call->first };
	if (in->n != 1 || in->open)
		return NULL;
	item.value = in->v[0];
	VEC_PUSH(in->arena, &items, item);
	struct value *v = value_items_new(in->arena, VALUE_JSON, &items, in->call);
	v->via = in->v[0]->via;
	return v;
}

const struct value *call_jsondecode(const struct args *in)
{
	return in->n == 1 && in->v[0]->kind == VALUE_JSON ? value_at(in->v[0], 0) : NULL;
}

/* The directory that the path of a reference is; false for any other reference. */
static bool is_directory(const struct tf_state *state, str ref, str *dir)
{
	str local, id = ref_scope(ref, &local);
	const struct tf_module *at = map_find(&state->scopes, id);
	if (at && str_eq(local, S("path.module")))
		*dir = at->dir->path;
	else if (at && str_eq(local, S("path.root")))
		*dir = at->unit->path;
	else
		return false;
	return true;
}

/* A path that begins with path.module or path.root, or is relative to the root module. */
static bool file_path(const struct args *in, str *out)
{
	const struct tf_module *mod = in->scope->module;
	str text, rest, part, local, dir = mod->unit->path;
	bool ref = false;
	if (!value_text(in->v[0], &text))
		return false;
	rest = text;
	if (text_next(&rest, &part, &ref) && ref) {
		ref_scope(part, &local);
		if (!str_starts(rest, S("/")) ||
		    (!is_directory(mod->state, part, &dir) && !str_eq(local, S("path.cwd"))))
			return false;
		text = str_sub(rest, 1, rest.n);
	}
	if (!text_is_literal(text) || str_starts(text, S("/")) ||
	    !path_join(in->arena, dir, text, out))
		return false;
	*out = fileset_real_path(mod->model->files, *out, in->arena);
	return true;
}

/* A path that is one of two: what the call makes of each, as if the call were in each branch. */
static const struct value *call_of_each(const struct args *in, tf_function *call)
{
	struct choice *c = in->v[0]->choice;
	struct value_item *items = arena_array(in->arena, 2, sizeof(*items));
	struct args one = *in;
	one.v = arena_array(in->arena, in->n, sizeof(*one.v));
	if (c->find)
		c->find(c);
	c->find = NULL;
	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 1; k < in->n; k++)
			one.v[k] = in->v[k];
		one.v[0] = c->both[i];
		const struct value *v = call(&one);
		if (!v)
			return NULL;
		items[i].node = in->call;
		items[i].value = value_under(in->arena, v, c->guards[i]);
	}
	return value_with(in->arena, tf_unknown(in->scope, in->call), items, 2);
}

const struct value *call_file(const struct args *in)
{
	str path;
	if (in->n == 1 && in->v[0]->choice)
		return call_of_each(in, call_file);
	if (in->n != 1 || !file_path(in, &path))
		return NULL;
	const struct file *f = fileset_find(in->scope->module->model->files, path);
	if (!f || f->unread)
		return NULL;
	struct value *v = value_new(in->arena, VALUE_FILE, in->call);
	v->file = f;
	return v;
}

bool tf_loads_file(const struct node *n)
{
	return n->kind == NODE_CALL &&
	       (str_eq(n->name, S("file")) || str_eq(n->name, S("templatefile")) ||
		str_eq(n->name, S("filebase64")));
}

const struct file *tf_loaded_file(struct tf_block *scope, const struct node *call)
{
	const struct value *path = call->first ? tf_eval(scope, call->first) : NULL;
	struct args in = { .scope = scope,
			   .arena = scope->module->model->arena,
			   .call = call,
			   .v = &path,
			   .n = 1 };
	const struct value *v = path ? call_file(&in) : NULL;
	return v ? v->file : NULL;
}

bool tf_path_known(struct tf_block *scope, const struct node *call, struct tf_path *out)
{
	const struct value *path = call->first ? tf_eval(scope, call->first) : NULL;
	str text, part;
	bool ref = false, open = false;
	*out = (struct tf_path){ .dir = scope->module->unit->path, .anchored = true };
	if (!path || !value_text(path, &text))
		return false;
	for (size_t i = 0; text_next(&text, &part, &ref); i++) {
		if (!ref && i < 2 && out->anchored)
			out->first = part;
		if (!ref)
			out->last = part;
		else if (i > 0 || !is_directory(scope->module->state, part, &out->dir)) {
			open = true;
			out->anchored &= i > 0;
		}
	}
	if (ref)
		out->last = S("");
	return open && (out->last.n > 1 || (out->anchored && (out->dir.n || out->first.n > 1)) ||
			str_has(node_source(scope->node), S("fileset(")));
}

bool tf_path_fits(const struct tf_path *p, str path)
{
	str first = str_sub(p->first, str_starts(p->first, S("/")), p->first.n), below = path;
	if (!str_ends(path, p->last))
		return false;
	if (p->anchored && p->dir.n) {
		below = str_sub(path, p->dir.n, path.n);
		if (!str_starts(path, p->dir) || !str_starts(below, S("/")))
			return false;
		below = str_sub(below, 1, below.n);
	}
	return !p->anchored || str_starts(below, first);
}

/* The block with the variables as the only names a template knows besides functions. */
static struct tf_block *bind_variables(struct tf_block *scope, const struct value *vars)
{
	struct arena *a = scope->module->model->arena;
	struct tf_block *ctx = ARENA_NEW(a, struct tf_block);
	*ctx = *scope;
	ctx->bindings = NULL;
	for (size_t i = 0; vars->kind == VALUE_MAP && i < vars->n; i++)
		tf_bind(ctx, ARENA_NEW(a, struct tf_binding), value_item(vars, i)->key,
			value_at(vars, i));
	return ctx;
}

const struct value *tf_template(struct tf_block *scope, const struct value *file,
				const struct value *vars, const struct node *origin)
{
	struct value *v;
	if (!file || file->kind != VALUE_FILE || !vars)
		return NULL;
	v = value_copy(scope->module->model->arena, file);
	v->kind = VALUE_TEMPLATE;
	v->origin = origin;
	v->owner = bind_variables(scope, vars);
	return v;
}

const struct value *call_templatefile(const struct args *in)
{
	struct args path = *in;
	path.n = 1;
	if (in->n == 2 && in->v[0]->choice)
		return call_of_each(in, call_templatefile);
	return in->n == 2 ? tf_template(in->scope, call_file(&path), in->v[1], in->call) : NULL;
}

/* data.template_file.x.rendered */
const struct value *tf_template_data(struct tf_block *data, const struct node *origin)
{
	struct arena *a = data->module->model->arena;
	const struct node *text = tf_attr(data->body, S("template"), a);
	const struct node *vars = tf_attr(data->body, S("vars"), a);
	static const struct value none = { .kind = VALUE_MAP };
	if (!text || !tf_enter(data))
		return NULL;
	const struct value *v = tf_template(data, tf_eval(data, text),
					    vars ? tf_eval(data, vars) : &none, origin);
	tf_leave(data);
	return v;
}
