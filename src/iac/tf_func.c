/* SPDX-License-Identifier: MIT */
/*
 * The functions that policies are written with. Each row evaluates one function or declines (NULL);
 * a declined call is carried as its source.
 */
#include "tf.h"

#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "value.h"

struct args {
	struct tf_block *scope;
	struct arena *arena;
	const struct node *call;
	const struct value *v[16];
	size_t n;
};

static const struct value *call_jsonencode(const struct args *in)
{
	struct value_items items = { 0 };
	struct value_item item = { .node = in->call->first, .value = in->v[0] };
	if (in->n != 1)
		return NULL;
	VEC_PUSH(in->arena, &items, item);
	struct value *v = value_items_new(in->arena, VALUE_JSON, &items, in->call);
	v->via = in->v[0]->via;
	return v;
}

/* path.module is this directory; path.root too where nobody calls the module. */
static bool file_path(const struct args *in, str *out)
{
	static const char *const prefixes[] = { "\x01path.module\x02/", "\x01path.root\x02/",
						"./" };
	str text;
	if (!value_text(in->v[0], &text))
		return false;
	for (size_t i = 0; i < 3; i++) {
		str prefix = str_from(prefixes[i]);
		if (!str_starts(text, prefix))
			continue;
		if (i > 0 && in->scope->module->called)
			return false;
		text = str_sub(text, prefix.n, text.n);
		break;
	}
	return text_is_literal(text) && !str_starts(text, S("/")) &&
	       path_join(in->arena, in->scope->module->unit->path, text, out);
}

static const struct value *call_file(const struct args *in)
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
static const struct value *call_templatefile(const struct args *in)
{
	struct args path = *in;
	path.n = 1;
	const struct value *v = in->n == 2 ? call_file(&path) : NULL;
	struct value *template = v ? value_copy(in->arena, v) : NULL;
	if (template)
		template->open = true;
	return template;
}

static void add_list(const struct args *in, struct value_items *items, bool *open,
		     const struct value *list, bool deep)
{
	if (list->kind != VALUE_LIST) {
		*open = true;
		return;
	}
	*open |= list->open;
	for (size_t i = 0; i < list->n; i++) {
		const struct value *item = list->items[i].value;
		if (deep && item->kind == VALUE_LIST)
			add_list(in, items, open, item, deep);
		else
			VEC_PUSH(in->arena, items, list->items[i]);
	}
}

static const struct value *join_lists(const struct args *in, bool deep)
{
	struct value_items items = { 0 };
	bool open = false;
	for (size_t i = 0; i < in->n; i++)
		add_list(in, &items, &open, in->v[i], deep);
	struct value *v = value_items_new(in->arena, VALUE_LIST, &items, in->call);
	v->open = open || (in->call->flags & FLAG_EXPAND);
	return v;
}

static const struct value *call_concat(const struct args *in)
{
	return join_lists(in, false);
}

static const struct value *call_flatten(const struct args *in)
{
	return in->n == 1 ? join_lists(in, true) : NULL;
}

/* Sets and lists alike: order has no meaning in a policy, and repeats none either. */
static const struct value *call_same(const struct args *in)
{
	return in->n == 1 ? in->v[0] : NULL;
}

/* join("", list of exactly one) and one(list of one): that element. */
static const struct value *only_item(const struct value *list)
{
	if (list->kind != VALUE_LIST || list->open || list->n != 1 || list->items[0].value->maybe)
		return NULL;
	return list->items[0].value;
}

static const struct value *call_one(const struct args *in)
{
	return in->n == 1 ? only_item(in->v[0]) : NULL;
}

static const struct value *call_join(const struct args *in)
{
	str separator, text;
	if (in->n != 2 || !value_text(in->v[0], &separator) || in->v[1]->kind != VALUE_LIST ||
	    in->v[1]->open)
		return NULL;
	if (in->v[1]->n == 1)
		return only_item(in->v[1]);
	struct buf b = { 0 };
	bool ok = true;
	for (size_t i = 0; i < in->v[1]->n && ok; i++) {
		const struct value *item = in->v[1]->items[i].value;
		ok = !item->maybe && value_text(item, &text);
		if (i && ok)
			buf_add(&b, separator);
		if (ok)
			buf_add(&b, text);
	}
	str joined = str_dup(in->arena, buf_str(&b));
	buf_free(&b);
	return ok ? value_text_new(in->arena, joined, in->call) : NULL;
}

/* format() with plain %s and %d only, which is how ARNs are put together. */
static const struct value *call_format(const struct args *in)
{
	struct buf b = { 0 };
	str spec, text;
	size_t next = 1;
	bool ok = in->n && value_text(in->v[0], &spec) && text_is_literal(spec);
	for (size_t i = 0; ok && i < spec.n; i++) {
		char verb = i + 1 < spec.n ? spec.p[i + 1] : 0;
		if (spec.p[i] != '%') {
			buf_addc(&b, spec.p[i]);
		} else if (verb == '%') {
			buf_addc(&b, spec.p[++i]);
		} else {
			ok = (verb == 's' || verb == 'd') && next < in->n &&
			     value_text(in->v[next++], &text);
			if (ok)
				buf_add(&b, text);
			i++;
		}
	}
	text = str_dup(in->arena, buf_str(&b));
	buf_free(&b);
	return ok && next == in->n ? value_text_new(in->arena, text, in->call) : NULL;
}

static const struct {
	const char *name;
	const struct value *(*call)(const struct args *in);
} functions[] = {
	{ "jsonencode", call_jsonencode },
	{ "file", call_file },
	{ "templatefile", call_templatefile },
	{ "concat", call_concat },
	{ "flatten", call_flatten },
	{ "distinct", call_same },
	{ "compact", call_same },
	{ "toset", call_same },
	{ "tolist", call_same },
	{ "tostring", call_same },
	{ "sort", call_same },
	{ "nonsensitive", call_same },
	{ "one", call_one },
	{ "join", call_join },
	{ "format", call_format },
};

const struct value *tf_call(struct tf_block *scope, const struct node *call)
{
	struct args in = { .scope = scope, .arena = scope->module->model->arena, .call = call };
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		if (!str_eq(call->name, str_from(functions[i].name)))
			continue;
		for (const struct node *c = call->first; c; c = c->next) {
			if (in.n == sizeof(in.v) / sizeof(*in.v))
				return NULL;
			in.v[in.n++] = tf_eval(scope, c);
		}
		return functions[i].call(&in);
	}
	return NULL;
}
