/* SPDX-License-Identifier: MIT */
/*
 * The trees of files. Eight of ten files say nothing that a stage of the model looks for by itself:
 * of their nodes only the blocks and the references between them are noted, and the trees go, as
 * they were two thirds of a run's memory. When somebody asks for such a block after all, its file
 * is parsed once more, to stay.
 */
#include "tf.h"

#include "kmsfix/arena.h"
#include "kmsfix/syntax.h"

/*
 * Whether nodes of the file will be asked for, as far as that can be seen. One with a comment for
 * us must be kept, as those are looked for in its tree. The tests under the sanitizers keep no
 * other, so that all that is true of a file is found again in one that was parsed twice.
 */
static bool is_kept(const struct file *f)
{
	static const char *const words[] = {
		"kmsfix",
#ifndef KMSFIX_ARENA_DEBUG
		"\"aws_iam_",  "\"aws_kms_", "\"aws_sso",  "permissions_boundary",
		"provider \"", "module \"",  "backend \"",
#endif
	};
	if (!str_ends(f->path, S(".tf")))
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_has(f->text, str_from(words[i])))
			return true;
	return false;
}

/* That of the model before when its text is the very same. */
static struct tree *known_tree(const struct model *m, const struct file *f)
{
	const void *key = f->text.p;
	struct tree *known = f->text.n ? map_find(&m->parsed->trees, map_pointer(&key)) : NULL;
	return known && str_eq(known->file->path, f->path) ? known : NULL;
}

static bool parse(struct model *m, const struct file *f, struct arena *a, struct tree **out,
		  struct syntax_error *e)
{
	bool json = str_ends(f->path, S(".json"));
	if (!(json ? json_parse(out, f, a, e) : hcl_parse(out, f, a, e)))
		return false;
	if (!f->text.n || a != m->parsed->arena)
		return true;
	const void **key = arena_alloc(a, sizeof(*key));
	*key = f->text.p;
	map_put(&m->parsed->trees, a, map_pointer(key), *out);
	return true;
}

bool tf_parse(struct tf_dir *dir, const struct file *f, struct arena *scratch, struct tree **out,
	      struct syntax_error *e)
{
	struct model *m = dir->model;
	*out = known_tree(m, f);
	return *out || parse(m, f, is_kept(f) ? m->parsed->arena : scratch, out, e);
}

void tf_forget(struct tf_dir *dir)
{
	const struct file *f = NULL;
	bool known = false;
	for (size_t i = 0; i < dir->blocks.n; i++) {
		struct tf_block *b = dir->blocks.v[i];
		if (b->file != f)
			known = known_tree(dir->model, b->file) != NULL;
		f = b->file;
		if (!known)
			b->node = b->body = b->expr = NULL;
	}
}

/* ---- once more ---- */

/* The first block of the directory, which has them in order, that is not before that place. */
static size_t first_block(const struct tf_dir *dir, const struct file *f, size_t start)
{
	size_t low = 0, high = dir->blocks.n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct tf_block *b = dir->blocks.v[mid];
		int c = str_cmp(b->file->path, f->path);
		if (c < 0 || (c == 0 && b->start < start))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* What stands there, if it is the block that is known by that name. */
static void find_again(struct tf_dir *dir, const struct file *f, const struct node *n)
{
	size_t at = first_block(dir, f, n->start);
	struct tf_block *b = at < dir->blocks.n ? dir->blocks.v[at] : NULL;
	if (!b || b->start != n->start || !str_eq(b->file->path, f->path))
		return;
	b->node = n;
	if (n->kind == NODE_ATTR)
		b->expr = n->first;
	else
		b->body = n->last;
	tf_link_again(b);
}

static void parse_again(struct tf_dir *dir, const struct file *f)
{
	struct model *m = dir->model;
	struct tree *tree = NULL;
	struct syntax_error e;
	if (!parse(m, f, m->parsed->arena, &tree, &e))
		return; /* it was fine before */
	for (const struct node *n = tree->root->first; n; n = n->next) {
		if (n->kind != NODE_BLOCK)
			continue;
		if (!str_eq(n->name, S("locals"))) {
			find_again(dir, f, n);
			continue;
		}
		for (const struct node *c = n->last->first; c; c = c->next)
			if (c->kind == NODE_ATTR)
				find_again(dir, f, c);
	}
}

struct tf_block *tf_declared(struct tf_dir *dir, size_t position)
{
	struct tf_block *b = dir->blocks.v[position];
	if (!b->node)
		parse_again(b->dir, b->file);
	return b;
}
