/* SPDX-License-Identifier: MIT */
/*
 * Files to directories of blocks. What an override file, a second declaration or a .tofu twin also
 * speaks of is marked, because which text counts then depends on the program that reads it [11.19].
 */
#include <stdlib.h>

#include "tf_awscc.h"
#include "tf_provider.h"

#include "kmsfix/ascii.h"
#include "kmsfix/jobs.h"
#include "kmsfix/parsed.h"
#include "kmsfix/place.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

/* ---- blocks ---- */

/* A file of a directory whose blocks are being read. */
struct loading {
	struct tf_dir *dir;
	struct arena *scratch;
	const struct file *file;
	bool override;
	struct place *place; /* of the last block without a proper name */
};

/* Adds the block; what changes one that is already there is one that nobody refers to, nor
 * understands: what it speaks of has a user there. */
static void block_add(const struct loading *l, struct tf_declared proto)
{
	struct tf_dir *dir = l->dir;
	struct arena *a = dir->model->arena;
	struct tf_declared *b = map_find(&dir->index, proto.address);
	if (b) {
		tf_override(b);
		proto.type = S("override");
		proto.kind = proto.name = (str){ 0 };
		proto.address = tf_override_of(b, ++b->overrides);
	}
	b = ARENA_NEW(a, struct tf_declared);
	*b = proto;
	b->dir = dir;
	b->file = l->file;
	b->start = b->node->start;
	b->by_key = b->body && tf_attr(b->body, S("for_each"), a) &&
		    !tf_attr(b->body, S("count"), a);
	if (l->override)
		tf_override(b);
	VEC_PUSH(l->scratch, &dir->blocks, b);
	if (proto.address.n)
		map_put(&dir->index, l->scratch, proto.address, b);
}

/* What is beyond ASCII may be a letter. */
static bool is_name(str name)
{
	bool ok = name.n && name.p[0] != '-' && !ascii_is_digit(name.p[0]);
	for (size_t i = 0; ok && i < name.n; i++) {
		char c = name.p[i];
		ok = (unsigned char)c >= 0x80 || c == '_' || c == '-' || ascii_is_alnum(c);
	}
	return ok;
}

/* Something at that place leaves open what is in the module. */
static void not_known(struct tf_dir *dir, struct position at, str path, str what,
		      const char *unlock)
{
	struct arena *a = dir->model->arena;
	struct issue issue = { "TF-DYNAMIC",
			       str_fmt(a, "the module is not fully known: %.*s:%zu:%zu%.*s",
				       STR_ARG(path), at.line, at.column, STR_ARG(what)),
			       unlock };
	issue_copy(a, &dir->issues, &issue);
}

/* Terraform refuses the module, and nothing could refer to the block. */
static void check_name(const struct loading *l, const struct tf_declared *b)
{
	struct model *m = l->dir->model;
	const char *wrong = "a block has a label that is no name";
	bool labelled = b->kind.n || b->name.n;
	if (!labelled || (is_name(b->name) && (!b->kind.n || is_name(b->kind))))
		return;
	struct position at = place_find(l->place, l->file, b->node->start);
	diag_add(m->diags, SEVERITY_ERROR, l->file, b->node->start,
		 "%s; what may depend on it is held", wrong);
	not_known(l->dir, at, l->file->path, str_fmt(m->arena, ": %s", wrong),
		  "correct the label of the block");
}

static void add_labelled(const struct loading *l, struct tf_declared proto)
{
	struct arena *a = l->dir->model->arena;
	check_name(l, &proto);
	if (str_eq(proto.type, S("resource")))
		proto.address = STR_CAT(a, proto.kind, S("."), proto.name);
	else if (str_eq(proto.type, S("data")))
		proto.address = STR_CAT(a, S("data."), proto.kind, S("."), proto.name);
	else if (str_eq(proto.type, S("variable")))
		proto.address = STR_CAT(a, S("var."), proto.name);
	else if (proto.name.n)
		proto.address = STR_CAT(a, proto.type, S("."), proto.name);
	if (str_eq(proto.type, S("provider"))) {
		const struct node *alias = tf_attr(proto.body, S("alias"), a);
		str text;
		if (alias && node_text(alias, a, &text))
			proto.address = STR_CAT(a, proto.address, S("."), text);
	}
	if (str_eq(proto.type, S("resource")))
		proto.kind = tf_aws_kind(proto.kind);
	block_add(l, proto);
}

static void add_local(const struct loading *l, str name, const struct node *node,
		      const struct node *expr)
{
	struct tf_declared proto = { .type = S("local"), .name = name, .node = node, .expr = expr };
	proto.address = STR_CAT(l->dir->model->arena, S("local."), name);
	block_add(l, proto);
}

static void add_native(const struct loading *l, const struct node *root)
{
	for (const struct node *n = root->first; n; n = n->next) {
		if (n->kind != NODE_BLOCK)
			continue;
		const struct node *body = n->last;
		if (str_eq(n->name, S("locals"))) {
			for (const struct node *c = body->first; c; c = c->next)
				if (c->kind == NODE_ATTR)
					add_local(l, c->name, c, c->first);
			continue;
		}
		struct tf_declared proto = { .type = n->name, .node = n, .body = body };
		const struct node *l1 = n->first, *l2 = l1->next;
		if (l1->kind == NODE_LABEL && l2->kind == NODE_LABEL) {
			proto.kind = l1->name;
			proto.name = l2->name;
		} else if (l1->kind == NODE_LABEL) {
			proto.name = l1->name;
		}
		add_labelled(l, proto);
	}
}

/* One level of `"resource": {"type": {"name": body}}`; a body may be a list of bodies. */
static void add_json_bodies(const struct loading *l, struct tf_declared proto,
			    const struct node *value)
{
	if (value->kind == NODE_SEQ) {
		for (const struct node *c = value->first; c; c = c->next)
			add_json_bodies(l, proto, c);
		return;
	}
	if (value->kind != NODE_MAP)
		return;
	proto.body = value;
	if (!proto.node || proto.node->last != value)
		proto.node = value;
	add_labelled(l, proto);
}

/* `levels` label levels below a top-level member of a .tf.json file. */
static void add_json_level(const struct loading *l, struct tf_declared proto,
			   const struct node *value, int levels)
{
	struct arena *a = l->dir->model->arena;
	if (value->kind == NODE_SEQ && levels > 0) {
		for (const struct node *c = value->first; c; c = c->next)
			if (c->kind == NODE_MAP)
				add_json_level(l, proto, c, levels);
		return;
	}
	if (levels == 0) {
		add_json_bodies(l, proto, value);
		return;
	}
	if (value->kind != NODE_MAP)
		return;
	for (const struct node *pair = value->first; pair; pair = pair->next) {
		struct tf_declared next = proto;
		str key;
		if (!pair_key(pair, a, &key) || str_eq(key, S("//")))
			continue;
		next.node = pair;
		if (levels == 2)
			next.kind = key;
		else
			next.name = key;
		if (str_eq(proto.type, S("local")))
			add_local(l, key, pair, pair->last);
		else
			add_json_level(l, next, pair->last, levels - 1);
	}
}

/* A file is an object or a list of them, and may have a member several times. */
static void add_json(const struct loading *l, const struct node *root)
{
	static const struct {
		const char *member, *type;
		int levels;
	} members[] = {
		{ "resource", "resource", 2 },   { "data", "data", 2 },
		{ "locals", "local", 1 },        { "variable", "variable", 1 },
		{ "output", "output", 1 },       { "module", "module", 1 },
		{ "provider", "provider", 1 },   { "terraform", "terraform", 0 },
		{ "import", "import", 0 },       { "moved", "moved", 0 },
		{ "removed", "removed", 0 },     { "check", "check", 1 },
		{ "ephemeral", "ephemeral", 2 },
	};
	str key;
	for (const struct node *c = root->first; c; c = c->next) {
		if (root->kind == NODE_SEQ)
			add_json(l, c);
		if (root->kind != NODE_MAP || !pair_key(c, l->dir->model->arena, &key))
			continue;
		for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
			struct tf_declared proto = { .type = str_from(members[i].type) };
			if (str_eq(key, str_from(members[i].member)))
				add_json_level(l, proto, c->last, members[i].levels);
		}
	}
}

/* ---- files ---- */

static void load_file(struct tf_dir *dir, const struct file *f, struct arena *scratch)
{
	struct model *m = dir->model;
	struct tree *tree = NULL;
	struct syntax_error e = { 0 };
	if (f->unread) {
		issue_add(m->arena, &dir->issues, "TF-DYNAMIC",
			  "the module is not fully known: '%.*s' is %s", STR_ARG(f->path),
			  f->unread);
		return;
	}
	if (!tf_parse(m->parsed, f, scratch, &tree, &e)) {
		struct position at = file_position(f, e.offset);
		diag_add(m->diags, SEVERITY_ERROR, f, e.offset,
			 "%s; the file is left alone and what may depend on it is held", e.reason);
		diag_unread(m->diags);
		not_known(dir, at, f->path, str_fmt(scratch, " does not parse (%s)", e.reason),
			  "repair the file, so that it parses");
		return;
	}
	struct place place = { 0 };
	struct loading l = { dir, scratch, f,
			     tf_is_override(f->path) || tf_has_twin(m->files, f, scratch), &place };
	if (tree->lang == LANG_JSON)
		add_json(&l, tree->root);
	else
		add_native(&l, tree->root);
}

static struct tf_dir *dir_at(struct model *m, struct tf_dirs *dirs, str path)
{
	struct tf_dir *dir = map_find(&dirs->index, path);
	if (dir)
		return dir;
	dir = ARENA_NEW(m->arena, struct tf_dir);
	dir->model = m;
	dir->path = path;
	dir->issues.brief = true;
	VEC_PUSH(m->arena, dirs, dir);
	map_put(&dirs->index, m->arena, path, dir);
	return dir;
}

static int by_offset(const void *x, const void *y)
{
	const struct tf_declared *a = *(struct tf_declared *const *)x,
				 *b = *(struct tf_declared *const *)y;
	int c = str_cmp(a->file->path, b->file->path);
	if (c)
		return c;
	return a->start < b->start ? -1 : a->start > b->start;
}

static void note_positions(struct tf_dir *dir)
{
	struct arena *a = dir->model->arena;
	for (size_t i = 0; i < dir->blocks.n; i++) {
		struct tf_declared *b = dir->blocks.v[i];
		b->position = (uint32_t)i;
		if (str_eq(b->type, S("module")))
			VEC_PUSH(a, &dir->calls, i);
		if (str_eq(b->type, S("import")))
			VEC_PUSH(a, &dir->imports, i);
		if (str_eq(b->type, S("variable")) || str_eq(b->type, S("output")))
			VEC_PUSH(a, &dir->borders, i);
		if (tf_is_entity(b))
			VEC_PUSH(a, &dir->entities, i);
		if (b->expr && str_has(node_source(b->expr), S("kms:")))
			VEC_PUSH(a, &dir->texts, i);
	}
}

/* In the order of the files, and with no more room than they need, as they are many. */
static void keep_blocks(struct tf_dir *dir)
{
	struct arena *a = dir->model->arena;
	struct tf_declared **v = arena_array(a, dir->blocks.n, sizeof(struct tf_declared *));
	if (dir->blocks.n) {
		memcpy(v, dir->blocks.v, dir->blocks.n * sizeof(struct tf_declared *));
		qsort(v, dir->blocks.n, sizeof(struct tf_declared *), by_offset);
	}
	dir->blocks.v = v;
	dir->blocks.cap = dir->blocks.n;
	map_move(&dir->index, a);
}

/* Override files after all others: what they speak of is there then. */
static void load_files(struct tf_dir *dir, struct arena *scratch)
{
	for (size_t override = 0; override < 2; override++)
		for (size_t i = 0; i < dir->files.n; i++)
			if (tf_is_override(dir->files.v[i]->path) == (override == 1))
				load_file(dir, dir->files.v[i], scratch);
	keep_blocks(dir);
	note_positions(dir);
	tf_link(dir, scratch);
	tf_index_links(dir, scratch);
	dir->circle = tf_has_circle(dir, scratch);
	dir->older = tf_asks_for_older(dir);
	tf_note_providers(dir);
	tf_forget(dir);
}

/* True when the directory was read from the very same files. */
static bool is_same(const struct tf_dir *dir, const struct tf_dir *known)
{
	bool same = known && known->files.n == dir->files.n;
	for (size_t i = 0; same && i < dir->files.n; i++)
		same = known->files.v[i]->text.p == dir->files.v[i]->text.p &&
		       known->files.v[i]->text.n == dir->files.v[i]->text.n &&
		       str_eq(known->files.v[i]->path, dir->files.v[i]->path);
	return same;
}

/* What the files say, as the first model read it where none of them is changed. */
static void load_dir(struct tf_dir *dir, struct arena *scratch)
{
	const struct tf_dir *known = map_find(&dir->model->parsed->dirs, dir->path);
	if (!is_same(dir, known)) {
		dir->was = known;
		load_files(dir, scratch);
		return;
	}
	dir->known = true;
	dir->blocks = known->blocks;
	dir->index = known->index;
	dir->issues = known->issues;
	dir->calls = known->calls;
	dir->imports = known->imports;
	dir->borders = known->borders;
	dir->entities = known->entities;
	dir->texts = known->texts;
	dir->links = known->links;
	dir->circle = known->circle;
	dir->older = known->older;
	dir->providers.v = known->providers.v;
	dir->providers.n = known->providers.n;
	dir->file_calls = known->file_calls;
}

/* ---- several threads ---- */

/* A thread is worth some hundred files. */
#define WORTH_A_THREAD 300

/* What one thread reads with: the model itself, or one that looks like it. */
struct loader {
	struct model *m, copy;
	struct parsed parsed;
	struct diags diags;
	struct arena *scratch;
};

struct loaders {
	struct tf_dirs *dirs;
	struct loader v[JOBS_MAX];
};

static void load_nth(void *ctx, size_t worker, size_t i)
{
	struct loaders *all = ctx;
	struct loader *l = &all->v[worker];
	struct tf_dir *dir = all->dirs->v[i];
	dir->model = l->m;
	load_dir(dir, l->scratch);
	arena_reset(l->scratch);
}

static void loader_start(struct loader *l, struct model *m, bool first)
{
	l->m = m;
	l->scratch = arena_create();
	if (first)
		return;
	l->copy = *m;
	l->m = &l->copy;
	l->copy.arena = l->parsed.arena = l->diags.arena = arena_create();
	l->copy.parsed = &l->parsed;
	l->copy.diags = &l->diags;
}

static void loader_end(struct loader *l, struct model *m)
{
	arena_destroy(l->scratch);
	if (l->m == m)
		return;
	arena_join(m->arena, l->copy.arena);
	parsed_join(m->parsed, &l->parsed);
	for (size_t i = 0; i < l->diags.n; i++)
		VEC_PUSH(m->diags->arena, m->diags, l->diags.v[i]);
}

/* Only of the first model: a later one reads few files, and asks for the trees of the first. */
static void load_dirs(struct model *m, struct tf_dirs *dirs)
{
	struct loaders all = { .dirs = dirs };
	bool first = !m->parsed->files.n;
	size_t jobs = first && m->parsed->jobs ? m->parsed->jobs : 1;
	if (jobs > m->files_read / WORTH_A_THREAD + 1)
		jobs = m->files_read / WORTH_A_THREAD + 1;
	for (size_t i = 0; i < jobs; i++)
		loader_start(&all.v[i], m, i == 0);
	jobs_run(jobs, dirs->n, load_nth, &all);
	for (size_t i = 0; i < jobs; i++)
		loader_end(&all.v[i], m);
	for (size_t i = 0; i < dirs->n; i++) {
		struct tf_dir *dir = dirs->v[i];
		dir->model = m;
		if (!map_find(&m->parsed->dirs, dir->path))
			map_put(&m->parsed->dirs, m->arena, dir->path, dir);
	}
}

/* True when the file differs from the one of the first model. */
static bool is_changed(const struct model *m, size_t i)
{
	const struct fileset *first = &m->parsed->files;
	return i >= first->n || first->files[i].text.p != m->files->files[i].text.p ||
	       !str_eq(first->files[i].path, m->files->files[i].path);
}

void tf_load(struct model *m, struct tf_dirs *out)
{
	for (size_t i = 0; i < m->files->n; i++) {
		const struct file *f = &m->files->files[i];
		if (!tf_is_config(f->path)) {
			m->loads_changed |= is_changed(m, i);
			continue;
		}
		struct tf_dir *dir = dir_at(m, out, path_dir(f->path));
		m->files_read++;
		VEC_PUSH(m->arena, &dir->files, f);
	}
	load_dirs(m, out);
	if (!m->parsed->files.n)
		m->parsed->files = *m->files;
}
