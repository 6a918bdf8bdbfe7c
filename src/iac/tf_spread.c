/* SPDX-License-Identifier: MIT */
#include "tf_spread.h"

#include "bystander.h"
#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "tf_func.h"

static void add(struct spread *s, struct tf_block *b, str attr)
{
	const void **key = ARENA_NEW(s->arena, const void *);
	*key = b;
	str name = STR_CAT(s->arena, ((str){ (const char *)key, sizeof(*key) }), attr);
	if (map_find(&s->seen, name))
		return;
	map_put(&s->seen, s->arena, name, b);
	struct spot spot = { b, attr };
	VEC_PUSH(s->arena, &s->spots, spot);
}

/* ---- what differs ---- */

static bool is_named(const struct node *c, struct arena *a, str *name)
{
	*name = c->name;
	return c->kind != NODE_PAIR || pair_key(c, a, name);
}

/* All that the body says under the name. */
static str text_of(const struct node *body, str attr, struct arena *a)
{
	struct buf text = { 0 };
	str name;
	for (const struct node *c = body->first; c; c = c->next)
		if (is_named(c, a, &name) && str_eq(name, attr))
			buf_add(&text, node_source(c));
	str out = str_dup(a, buf_str(&text));
	buf_free(&text);
	return out;
}

static void add_arguments(struct spread *s, struct tf_block *b, const struct tf_declared *other)
{
	struct arena *a = s->arena;
	struct map done = { 0 };
	str name;
	if (!b->body || !other->body) {
		add(s, b, S(""));
		return;
	}
	for (const struct node *c = b->body->first; c; c = c->next) {
		if (!is_named(c, a, &name) || map_find(&done, name))
			continue;
		map_put(&done, a, name, b);
		if (!str_eq(text_of(b->body, name, a), text_of(other->body, name, a)))
			add(s, b, name);
	}
}

/* Blocks of the directory that say something else in the other model; one that is gone there is
 * missed by whatever refers to it. */
static void add_changed(struct spread *s, struct tf_dir *dir, struct tf_dir *other)
{
	const struct file *f = NULL;
	bool same = true;
	for (size_t i = 0; i < dir->blocks.n; i++) {
		const struct tf_declared *b = dir->blocks.v[i];
		if (b->file != f)
			same = !bystander_differs(b->file,
						  fileset_find(s->to->files, b->file->path));
		f = b->file;
		const struct tf_declared *twin = same ? NULL : map_find(&other->index, b->address);
		if (!twin)
			continue;
		b = tf_declared(dir, i);
		twin = tf_declared(other, twin->position);
		if (str_eq(node_source(b->node), node_source(twin->node)))
			continue;
		for (size_t k = 0; k < dir->modules.n; k++)
			add_arguments(s, tf_block_in(dir->modules.v[k], i), twin);
	}
}

/* Some file that a function may load is another one. */
static bool loads_differ(const struct model *x, const struct model *y)
{
	for (size_t i = 0; i < x->files->n; i++) {
		const struct file *f = &x->files->files[i];
		if (!tf_is_config(f->path) && bystander_differs(f, fileset_find(y->files, f->path)))
			return true;
	}
	return false;
}

/* Where the path is known, only for what loads another one. */
static void add_loads(struct spread *s, struct tf_module *mod)
{
	for (size_t i = 0; i < mod->dir->file_calls.n; i++) {
		const struct tf_file_call *call = &mod->dir->file_calls.v[i];
		struct tf_block *b = tf_block_in(mod, call->from);
		const struct file *f = tf_loaded_file(b, call->node);
		if (!f || bystander_differs(f, fileset_find(s->to->files, f->path)))
			add(s, b, call->attr);
	}
}

static void add_all(struct spread *s)
{
	const struct tf_modules *from = &s->from->terraform->modules,
				*to = &s->to->terraform->modules;
	bool loads = loads_differ(s->from, s->to);
	struct map dirs = { 0 }, done = { 0 };
	for (size_t i = 0; i < to->n; i++)
		map_put(&dirs, s->arena, to->v[i]->dir->path, to->v[i]->dir);
	for (size_t i = 0; i < from->n; i++) {
		struct tf_module *mod = from->v[i];
		struct tf_dir *other = map_find(&dirs, mod->dir->path);
		if (loads)
			add_loads(s, mod);
		if (!other || map_find_at(&done, mod->dir))
			continue;
		map_put_at(&done, s->arena, mod->dir, other);
		add_changed(s, mod->dir, other);
	}
}

/* ---- where it goes ---- */

bool tf_is_beside(str attr)
{
	static const char *const names[] = { "depends_on", "lifecycle",
					     "bypass_policy_lockout_safety_check" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(attr, str_from(names[i])))
			return true;
	return false;
}

static bool takes(str rest, str attr)
{
	while (str_starts(rest, S("["))) {
		size_t close = str_find(rest, S("]"), 0);
		if (close == SIZE_MAX)
			return true;
		rest = str_sub(rest, close + 1, rest.n);
	}
	return !str_starts(rest, S(".")) || str_starts(str_sub(rest, 1, rest.n), attr);
}

bool tf_is_text_source(const struct tf_block *b)
{
	return str_eq(b->type, S("data")) && (str_eq(b->kind, S("aws_iam_policy_document")) ||
					      str_eq(b->kind, S("template_file")));
}

bool tf_is_repeat_argument(str attr)
{
	return str_eq(attr, S("count")) || str_eq(attr, S("for_each"));
}

static void to_users(struct spread *s, const struct tf_block *b, str attr, bool any)
{
	const struct tf_refs *users = tf_users(b);
	for (size_t i = 0; i < users->n; i++)
		if (any || takes(users->v[i]->link->rest, attr))
			add(s, tf_from(users->v[i]), users->v[i]->link->attr);
}

static void to_takers(struct spread *s, const struct tf_block *output)
{
	const struct tf_block *call = output->module->call;
	const struct tf_refs *users = call ? tf_users(call) : NULL;
	for (size_t i = 0; users && i < users->n; i++) {
		str taken = tf_output_name(users->v[i]->link->rest);
		if (!taken.n || str_eq(taken, output->name))
			add(s, tf_from(users->v[i]), users->v[i]->link->attr);
	}
}

static void to_callees(struct spread *s, const struct tf_block *call, str attr)
{
	for (size_t i = 0; i < call->callees.n; i++) {
		struct tf_block *b = tf_find(call->callees.v[i],
					     STR_CAT(s->arena, S("var."), attr));
		if (b)
			add(s, b, S("default"));
	}
}

/* What takes something of the instance is another argument. */
static void to_instances(struct spread *s, struct tf_block *b)
{
	str name;
	for (const struct node *c = b->body->first; c; c = c->next) {
		str source = node_source(c);
		if ((str_has(source, S("each.")) || str_has(source, S("count."))) &&
		    is_named(c, s->arena, &name))
			add(s, b, name);
	}
}

static void follow(struct spread *s, struct spot at)
{
	struct tf_block *b = at.block;
	if (tf_is_beside(at.attr))
		return;
	if (tf_is_repeat_argument(at.attr))
		to_instances(s, b);
	if (str_eq(b->type, S("output")))
		to_takers(s, b);
	else if (str_eq(b->type, S("module")))
		to_callees(s, b, at.attr);
	else
		to_users(s, b, at.attr,
			 str_eq(b->type, S("local")) || str_eq(b->type, S("variable")) ||
				 tf_is_text_source(b));
}

static void follow_all(struct spread *s)
{
	for (size_t i = 0; i < s->spots.n; i++)
		follow(s, s->spots.v[i]);
}

void tf_spread(struct spread *s)
{
	add_all(s);
	follow_all(s);
}

void tf_spread_from(struct spread *s, struct tf_block *b, str attr)
{
	add(s, b, attr);
	follow_all(s);
}
