/* SPDX-License-Identifier: MIT */
/*
 * Files to modules. Every directory with configuration files is a module; its blocks are those of
 * all its files. What an override file, a second declaration or a .tofu twin also speaks of is
 * marked, because which text counts then depends on the program that reads it [11.19].
 */
#include <stdlib.h>

#include "tf.h"

#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

static const char *const config_suffixes[] = { ".tf", ".tofu", ".tf.json", ".tofu.json" };

/* Generated or vendored: never read, never edited [7.7]. */
static const char *const skipped_dirs[] = { ".terraform", "cdk.out", ".aws-sam", ".serverless",
					    ".terragrunt-cache" };

static bool in_skipped_dir(str path)
{
	while (path.n) {
		size_t slash = str_find(path, S("/"), 0);
		if (slash == SIZE_MAX)
			return false;
		str part = str_sub(path, 0, slash);
		for (size_t i = 0; i < sizeof(skipped_dirs) / sizeof(*skipped_dirs); i++)
			if (str_eq(part, str_from(skipped_dirs[i])))
				return true;
		path = str_sub(path, slash + 1, path.n);
	}
	return false;
}

/* The name without its configuration suffix; false for other files. */
static bool config_stem(str path, str *stem)
{
	for (size_t i = 0; i < sizeof(config_suffixes) / sizeof(*config_suffixes); i++) {
		str suffix = str_from(config_suffixes[i]);
		if (str_ends(path, suffix) && path_base(path).n > suffix.n) {
			*stem = str_sub(path, 0, path.n - suffix.n);
			return true;
		}
	}
	return false;
}

bool tf_is_config(str path)
{
	str stem;
	str base = path_base(path);
	/* Terraform ignores hidden files and editors' leftovers. */
	return base.n && base.p[0] != '.' && base.p[0] != '#' && config_stem(path, &stem) &&
	       !in_skipped_dir(path);
}

static bool is_override(str path)
{
	str stem;
	if (!config_stem(path, &stem))
		return false;
	return str_eq(path_base(stem), S("override")) || str_ends(stem, S("_override"));
}

/* True when x.tf has a twin x.tofu (or the reverse): OpenTofu reads only the latter. */
static bool has_twin(const struct fileset *files, const struct file *f, struct arena *a)
{
	static const char *const pairs[][2] = { { ".tf", ".tofu" }, { ".tf.json", ".tofu.json" } };
	for (size_t i = 0; i < 2; i++)
		for (size_t side = 0; side < 2; side++) {
			str have = str_from(pairs[i][side]), other = str_from(pairs[i][!side]);
			if (!str_ends(f->path, have))
				continue;
			str stem = str_sub(f->path, 0, f->path.n - have.n);
			if (fileset_find(files,
					 str_fmt(a, "%.*s%.*s", STR_ARG(stem), STR_ARG(other))))
				return true;
		}
	return false;
}

/* ---- blocks ---- */

static size_t index_slot(const struct tf_module *mod, str address)
{
	size_t i = (size_t)str_hash(address) & (mod->index_size - 1);
	while (mod->index[i] && !str_eq(mod->index[i]->address, address))
		i = (i + 1) & (mod->index_size - 1);
	return i;
}

struct tf_block *tf_find(const struct tf_module *mod, str address)
{
	return mod->index_size ? mod->index[index_slot(mod, address)] : NULL;
}

static void index_grow(struct tf_module *mod)
{
	mod->index_size = mod->index_size ? mod->index_size * 2 : 64;
	mod->index = arena_array(mod->model->arena, mod->index_size, sizeof(*mod->index));
	for (size_t i = 0; i < mod->blocks.n; i++) {
		size_t slot = index_slot(mod, mod->blocks.v[i]->address);
		if (!mod->index[slot])
			mod->index[slot] = mod->blocks.v[i];
	}
}

/* Adds the block, or marks the one that is already there. */
static struct tf_block *block_add(struct tf_module *mod, struct tf_block proto, bool override)
{
	struct arena *a = mod->model->arena;
	if ((mod->blocks.n + 1) * 2 > mod->index_size)
		index_grow(mod);
	size_t slot = index_slot(mod, proto.address);
	if (mod->index[slot] && proto.address.n) {
		mod->index[slot]->overridden = true;
		return NULL;
	}
	struct tf_block *b = ARENA_NEW(a, struct tf_block);
	*b = proto;
	b->module = mod;
	b->overridden = override;
	VEC_PUSH(a, &mod->blocks, b);
	mod->index[slot] = b;
	return b;
}

static bool is_literal(const struct node *n, const char *text)
{
	return n && n->kind == NODE_NUMBER && str_eq(node_source(n), str_from(text));
}

static const struct node *unparen(const struct node *n)
{
	while (n && n->kind == NODE_PAREN)
		n = n->first;
	return n;
}

/* `cond ? 1 : 0` and the reverse. */
static bool is_zero_or_one(const struct node *n)
{
	if (!n || n->kind != NODE_COND)
		return false;
	const struct node *then = unparen(n->first->next), *other = unparen(n->last);
	return (is_literal(then, "1") && is_literal(other, "0")) ||
	       (is_literal(then, "0") && is_literal(other, "1"));
}

static void read_repeat(struct tf_block *b, const char *argument, bool optional)
{
	struct arena *a = b->module->model->arena;
	const struct node *n = tf_attr(b->body, str_from(argument), a);
	if (!n)
		return;
	const struct node *expr = unparen(n);
	if (optional && is_literal(expr, "1")) {
		b->repeat = TF_OPTIONAL;
		return;
	}
	b->repeat = optional && is_zero_or_one(expr) ? TF_OPTIONAL : TF_PLURAL;
	str source = str_dup(a, node_source(expr));
	strs_add_once(a, &b->guards, str_fmt(a, "%s = %.*s", argument, STR_ARG(source)));
}

static void add_labelled(struct tf_module *mod, struct tf_block proto, bool override)
{
	struct arena *a = mod->model->arena;
	if (str_eq(proto.type, S("resource")))
		proto.address = str_fmt(a, "%.*s.%.*s", STR_ARG(proto.kind), STR_ARG(proto.name));
	else if (str_eq(proto.type, S("data")))
		proto.address = str_fmt(a, "data.%.*s.%.*s", STR_ARG(proto.kind),
					STR_ARG(proto.name));
	else if (str_eq(proto.type, S("variable")))
		proto.address = str_fmt(a, "var.%.*s", STR_ARG(proto.name));
	else if (proto.name.n)
		proto.address = str_fmt(a, "%.*s.%.*s", STR_ARG(proto.type), STR_ARG(proto.name));
	if (str_eq(proto.type, S("provider"))) {
		const struct node *alias = tf_attr(proto.body, S("alias"), a);
		str text;
		if (alias && node_text(alias, a, &text))
			proto.address = str_fmt(a, "%.*s.%.*s", STR_ARG(proto.address),
						STR_ARG(text));
	}
	struct tf_block *b = block_add(mod, proto, override);
	if (!b || !(str_eq(b->type, S("resource")) || str_eq(b->type, S("data"))))
		return;
	read_repeat(b, "count", true);
	read_repeat(b, "for_each", false);
}

static void add_local(struct tf_module *mod, const struct file *f, str name,
		      const struct node *node, const struct node *expr, bool override)
{
	struct tf_block proto = {
		.type = S("local"), .name = name, .file = f, .node = node, .expr = expr
	};
	proto.address = str_fmt(mod->model->arena, "local.%.*s", STR_ARG(name));
	block_add(mod, proto, override);
}

static void add_native(struct tf_module *mod, const struct file *f, const struct node *root,
		       bool override)
{
	for (const struct node *n = root->first; n; n = n->next) {
		if (n->kind != NODE_BLOCK)
			continue;
		const struct node *body = n->last;
		if (str_eq(n->name, S("locals"))) {
			for (const struct node *c = body->first; c; c = c->next)
				if (c->kind == NODE_ATTR)
					add_local(mod, f, c->name, c, c->first, override);
			continue;
		}
		struct tf_block proto = { .type = n->name, .file = f, .node = n, .body = body };
		const struct node *l1 = n->first, *l2 = l1 ? l1->next : NULL;
		if (l1 && l1->kind == NODE_LABEL && l2 && l2->kind == NODE_LABEL) {
			proto.kind = l1->name;
			proto.name = l2->name;
		} else if (l1 && l1->kind == NODE_LABEL) {
			proto.name = l1->name;
		}
		add_labelled(mod, proto, override);
	}
}

/* One level of `"resource": {"type": {"name": body}}`; a body may be a list of bodies. */
static void add_json_bodies(struct tf_module *mod, struct tf_block proto, const struct node *value,
			    bool override)
{
	if (value->kind == NODE_SEQ) {
		for (const struct node *c = value->first; c; c = c->next)
			add_json_bodies(mod, proto, c, override);
		return;
	}
	if (value->kind != NODE_MAP)
		return;
	proto.body = value;
	if (!proto.node || proto.node->kind != NODE_PAIR || proto.node->last != value)
		proto.node = value;
	add_labelled(mod, proto, override);
}

/* `levels` label levels below a top-level member of a .tf.json file. */
static void add_json_level(struct tf_module *mod, struct tf_block proto, const struct node *value,
			   int levels, bool override)
{
	struct arena *a = mod->model->arena;
	if (value->kind == NODE_SEQ && levels > 0) {
		for (const struct node *c = value->first; c; c = c->next)
			if (c->kind == NODE_MAP)
				add_json_level(mod, proto, c, levels, override);
		return;
	}
	if (levels == 0) {
		add_json_bodies(mod, proto, value, override);
		return;
	}
	if (value->kind != NODE_MAP)
		return;
	for (const struct node *pair = value->first; pair; pair = pair->next) {
		struct tf_block next = proto;
		str key;
		if (!pair_key(pair, a, &key) || str_eq(key, S("//")))
			continue;
		next.node = pair;
		if (levels == 2)
			next.kind = key;
		else
			next.name = key;
		if (str_eq(proto.type, S("local")))
			add_local(mod, proto.file, key, pair, pair->last, override);
		else
			add_json_level(mod, next, pair->last, levels - 1, override);
	}
}

static void add_json(struct tf_module *mod, const struct file *f, const struct node *root,
		     bool override)
{
	static const struct {
		const char *member, *type;
		int levels;
	} members[] = {
		{ "resource", "resource", 2 }, { "data", "data", 2 },
		{ "locals", "local", 1 },      { "variable", "variable", 1 },
		{ "output", "output", 1 },     { "module", "module", 1 },
		{ "provider", "provider", 1 }, { "terraform", "terraform", 0 },
	};
	if (root->kind != NODE_MAP)
		return;
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		const struct node *value = map_get(root, mod->model->arena,
						   str_from(members[i].member));
		struct tf_block proto = { .type = str_from(members[i].type), .file = f };
		if (value)
			add_json_level(mod, proto, value, members[i].levels, override);
	}
}

/* ---- files ---- */

static void load_file(struct tf_module *mod, const struct file *f)
{
	struct model *m = mod->model;
	struct tree *tree = NULL;
	struct syntax_error e = { 0 };
	bool json = str_ends(f->path, S(".json"));
	bool ok = json ? json_parse(&tree, f, m->arena, &e) : hcl_parse(&tree, f, m->arena, &e);
	if (!ok) {
		struct position at = file_position(f, e.offset);
		diag_add(m->diags, SEVERITY_ERROR, f, e.offset,
			 "%s; the file is left alone and what may depend on it is held", e.reason);
		issue_add(m->arena, &mod->unit->issues, "TF-DYNAMIC",
			  "the module is not fully known: %.*s:%zu:%zu does not parse (%s)",
			  STR_ARG(f->path), at.line, at.column, e.reason);
		mod->broken = true;
		return;
	}
	bool override = is_override(f->path) || has_twin(m->files, f, m->arena);
	if (json)
		add_json(mod, f, tree->root, override);
	else
		add_native(mod, f, tree->root, override);
}

static struct tf_module *module_at(const struct tf_modules *mods, str dir)
{
	for (size_t i = 0; i < mods->n; i++)
		if (str_eq(mods->v[i]->unit->path, dir))
			return mods->v[i];
	return NULL;
}

/* Notes which modules of the repository are called, and by whom. */
static void link_calls(struct tf_modules *mods, struct tf_module *mod)
{
	struct arena *a = mod->model->arena;
	for (size_t i = 0; i < mod->blocks.n; i++) {
		const struct tf_block *b = mod->blocks.v[i];
		str source, dir;
		const struct node *n;
		if (!str_eq(b->type, S("module")) || !(n = tf_attr(b->body, S("source"), a)) ||
		    !node_text(n, a, &source))
			continue;
		if (!str_starts(source, S("./")) && !str_starts(source, S("../")))
			continue;
		if (!path_join(a, mod->unit->path, source, &dir))
			continue;
		struct tf_module *callee = module_at(mods, dir);
		if (!callee)
			continue;
		callee->called = true;
		strs_add(a, &callee->calls,
			 str_fmt(a, "%.*s%c%.*s", STR_ARG(mod->unit->path), 1, STR_ARG(b->name)));
	}
}

static struct tf_module *module_new(struct model *m, str dir)
{
	struct tf_module *mod = ARENA_NEW(m->arena, struct tf_module);
	mod->model = m;
	mod->unit = ARENA_NEW(m->arena, struct unit);
	mod->unit->path = dir;
	mod->unit->front = mod;
	VEC_PUSH(m->arena, &m->units, mod->unit);
	return mod;
}

static int by_offset(const void *x, const void *y)
{
	const struct tf_block *a = *(struct tf_block *const *)x, *b = *(struct tf_block *const *)y;
	int c = str_cmp(a->file->path, b->file->path);
	if (c)
		return c;
	return a->node->start < b->node->start ? -1 : a->node->start > b->node->start;
}

void tf_load(struct model *m, struct tf_modules *out)
{
	struct {
		const struct file **v;
		size_t n, cap;
	} overrides = { 0 };
	for (size_t i = 0; i < m->files->n; i++) {
		const struct file *f = &m->files->files[i];
		if (!tf_is_config(f->path))
			continue;
		str dir = path_dir(f->path);
		struct tf_module *mod = out->n ? out->v[out->n - 1] : NULL;
		/* Files of one directory are not always neighbours in path order ("a/b.tf",
		 * "a/b/c.tf"). */
		if (!mod || !str_eq(mod->unit->path, dir))
			mod = module_at(out, dir);
		if (!mod) {
			mod = module_new(m, dir);
			VEC_PUSH(m->arena, out, mod);
		}
		m->files_read++;
		if (is_override(f->path))
			VEC_PUSH(m->arena, &overrides, f);
		else
			load_file(mod, f);
	}
	for (size_t i = 0; i < overrides.n; i++)
		load_file(module_at(out, path_dir(overrides.v[i]->path)), overrides.v[i]);
	for (size_t i = 0; i < out->n; i++) {
		link_calls(out, out->v[i]);
		if (out->v[i]->blocks.n)
			qsort(out->v[i]->blocks.v, out->v[i]->blocks.n,
			      sizeof(*out->v[i]->blocks.v), by_offset);
	}
}
