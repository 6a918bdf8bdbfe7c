/* SPDX-License-Identifier: MIT */
/*
 * The patch is made by libgit2 itself, between the base tree and the tree that a commit would have.
 * New objects go to memory only. No configuration and no attributes are there (scratch.h), so the
 * same change is the same patch for everyone.
 */
#include "repo.h"
#include "scratch.h"
#include "tree_write.h"

/*
 * Adds "--- a/x" and its like. A name with a blank gets a tab behind it, by which git apply and
 * patch know where it ends; git writes it, libgit2 does not.
 */
static void add_header_line(struct buf *out, str line)
{
	bool names = str_starts(line, S("--- ")) || str_starts(line, S("+++ "));
	str text = str_sub(line, 0, line.n - 1);

	buf_add(out, text);
	if (names && str_find(text, S(" "), 4) != SIZE_MAX)
		buf_addc(out, '\t');
	buf_addc(out, '\n');
}

static void add_header(struct buf *out, str header)
{
	while (header.n) {
		size_t end = str_find(header, S("\n"), 0);

		if (end == SIZE_MAX)
			break;
		add_header_line(out, str_sub(header, 0, end + 1));
		header = str_sub(header, end + 1, header.n);
	}
}

static int add_line(const git_diff_delta *delta, const git_diff_hunk *hunk,
		    const git_diff_line *line, void *ctx)
{
	struct buf *out = ctx;
	str text = { line->content, line->content_len };

	(void)delta;
	(void)hunk;
	switch (line->origin) {
	case GIT_DIFF_LINE_FILE_HDR:
		add_header(out, text);
		return 0;
	case GIT_DIFF_LINE_CONTEXT:
	case GIT_DIFF_LINE_ADDITION:
	case GIT_DIFF_LINE_DELETION:
		buf_addc(out, line->origin);
		break;
	default: /* "@@", or "\ No newline at end of file" */
		break;
	}
	buf_add(out, text);
	return 0;
}

static bool print_diff(struct buf *out, git_repository *git, git_tree *old_tree, git_tree *new_tree,
		       struct err *e)
{
	git_diff_options options;
	git_diff *diff = NULL;
	bool ok;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
	options.id_abbrev = GIT_OID_HEXSZ;
	ok = git_diff_tree_to_tree(&diff, git, old_tree, new_tree, &options) == 0 &&
	     git_diff_print(diff, GIT_DIFF_FORMAT_PATCH, add_line, out) == 0;
	git_diff_free(diff);
	return ok || repo_fail(e, "cannot compare the trees");
}

static bool diff_trees(struct buf *out, git_repository *git, const git_oid *old_id,
		       const git_oid *new_id, struct err *e)
{
	git_tree *old_tree = NULL, *new_tree = NULL;
	bool ok = git_tree_lookup(&old_tree, git, old_id) == 0 &&
		  git_tree_lookup(&new_tree, git, new_id) == 0;

	if (ok)
		ok = print_diff(out, git, old_tree, new_tree, e);
	else
		repo_fail(e, "cannot read the trees to compare");
	git_tree_free(old_tree);
	git_tree_free(new_tree);
	return ok;
}

static bool diff_file(const struct file_change *c, struct buf *out)
{
	const char *path = c->before->path.p;
	git_diff_options options;
	git_patch *patch = NULL;
	bool ok;

	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
	options.id_abbrev = GIT_OID_HEXSZ;
	ok = git_patch_from_buffers(&patch, c->before->text.p, c->before->text.n, path, c->text.p,
				    c->text.n, path, &options) == 0 &&
	     git_patch_print(patch, add_line, out) == 0;
	git_patch_free(patch);
	return ok;
}

bool files_diff(const struct file_change *changes, size_t n, struct buf *out, struct err *e)
{
	bool ok = git_libgit2_init() >= 0;

	for (size_t i = 0; ok && i < n; i++)
		ok = diff_file(&changes[i], out);
	if (!ok)
		repo_fail(e, "cannot compare the files");
	git_libgit2_shutdown();
	return ok;
}

bool repo_diff(struct repo *r, const struct base_info *base, const struct file_change *changes,
	       size_t n, struct buf *out, struct err *e)
{
	git_repository *scratch = NULL;
	git_oid old_id, new_id;
	bool ok;

	if (git_oid_fromstr(&old_id, base->tree) < 0)
		return repo_fail(e, "no such tree '%s'", base->tree);
	if (!scratch_create(&scratch, r, e))
		return false;
	ok = tree_write(&new_id, scratch, &old_id, changes, n, r->arena, e) &&
	     diff_trees(out, scratch, &old_id, &new_id, e);
	git_repository_free(scratch);
	return ok;
}
