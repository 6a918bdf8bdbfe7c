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
	return in->n == 1 && in->v[0]->kind == VALUE_JSON ? in->v[0]->items[0].value : NULL;
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
		str id = ref_scope(part, &local);
		const struct tf_module *at = map_find(&mod->state->scopes, id);
		if (!at || !str_starts(rest, S("/")))
			return false;
		if (str_eq(local, S("path.module")))
			dir = at->dir->path;
		else if (!str_eq(local, S("path.root")) && !str_eq(local, S("path.cwd")))
			return false;
		text = str_sub(rest, 1, rest.n);
	}
	return text_is_literal(text) && !str_starts(text, S("/")) &&
	       path_join(in->arena, dir, text, out);
}

const struct value *call_file(const struct args *in)
{
	str path;
	if (in->n != 1 || !file_path(in, &path))
		return NULL;
	const struct file *f = fileset_find(in->scope->module->model->files, path);
	if (!f)
		return NULL;
	struct value *v = value_new(in->arena, VALUE_FILE, in->call);
	v->file = f;
	return v;
}

/* Seen, so that the grants in it are findings; not edited. */
const struct value *call_templatefile(const struct args *in)
{
	struct args path = *in;
	path.n = 1;
	const struct value *v = in->n == 2 ? call_file(&path) : NULL;
	struct value *template = v ? value_copy(in->arena, v) : NULL;
	if (template)
		template->open = true;
	return template;
}
