/* SPDX-License-Identifier: MIT */
/*
 * The trees of files. Eight of ten files say nothing that a stage of the model looks for by itself:
 * of their nodes only the blocks and the references between them are noted, and the trees go, as
 * they were two thirds of a run's memory. When somebody asks for such a block after all, its file
 * is parsed once more, to stay.
 */
#include "tf_awscc.h"

#include "kmsfix/arena.h"
#include "kmsfix/parsed.h"
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
		"\"aws_iam_",  "\"aws_kms_", "\"aws_sso",  "\"awscc_", "permissions_boundary",
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

static bool parse(const struct file *f, struct arena *a, struct tree **out, struct syntax_error *e)
{
	bool json = str_ends(f->path, S(".json"));
	if (json ? !json_parse(out, f, a, e) : !hcl_parse(out, f, a, e))
		return false;
	tf_as_aws(*out, a);
	return true;
}

bool tf_parse(struct parsed *parsed, const struct file *f, struct arena *scratch, struct tree **out,
	      struct syntax_error *e)
{
	*out = parsed_tree(parsed, f);
	if (*out)
		return true;
	bool kept = is_kept(f);
	if (!parse(f, kept ? parsed->arena : scratch, out, e))
		return false;
	if (kept)
		parsed_keep(parsed, *out);
	return true;
}

void tf_forget(struct tf_dir *dir)
{
	const struct file *f = NULL;
	bool known = false;
	for (size_t i = 0; i < dir->blocks.n; i++) {
		struct tf_declared *b = dir->blocks.v[i];
		if (b->file != f)
			known = parsed_tree(dir->model->parsed, b->file) != NULL;
		f = b->file;
		if (!known)
			b->node = b->body = b->expr = NULL;
	}
}

/* ---- once more ---- */

/* The blocks of one file, which stand in the order of the file: [first, end). */
struct again {
	struct tf_dir *dir;
	size_t first, end;
	size_t next; /* the first that has no node yet */
};

/* What stands there, if it is a block that is known by its name: the first of that name is. */
static void find_again(struct again *x, const struct node *n)
{
	struct tf_declared *b = x->next < x->end ? x->dir->blocks.v[x->next] : NULL;
	if (!b || b->start != n->start)
		return;
	x->next++;
	b->node = n;
	if (n->kind == NODE_ATTR)
		b->expr = n->first;
	else
		b->body = n->last;
}

/* A tree of its own: one that a later model has kept since is about that model's file. */
static void parse_again(struct again *x, const struct file *f)
{
	struct parsed *parsed = x->dir->model->parsed;
	struct tree *tree = NULL;
	struct syntax_error e;
	if (!parse(f, parsed->arena, &tree, &e))
		return; /* it was fine before */
	parsed_keep(parsed, tree);
	for (const struct node *n = tree->root->first; n; n = n->next) {
		if (n->kind != NODE_BLOCK)
			continue;
		if (!str_eq(n->name, S("locals"))) {
			find_again(x, n);
			continue;
		}
		for (const struct node *c = n->last->first; c; c = c->next)
			if (c->kind == NODE_ATTR)
				find_again(x, c);
	}
	tf_link_again(x->dir, x->first, x->end);
}

struct tf_declared *tf_declared(struct tf_dir *dir, size_t position)
{
	struct tf_declared **v = dir->blocks.v, *b = v[position];
	if (b->node)
		return b;
	struct again x = { b->dir, position, position, 0 };
	while (x.first && v[x.first - 1]->file == b->file)
		x.first--;
	while (x.end < dir->blocks.n && v[x.end]->file == b->file)
		x.end++;
	x.next = x.first;
	parse_again(&x, b->file);
	return b;
}
