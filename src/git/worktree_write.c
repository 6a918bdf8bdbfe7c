/* SPDX-License-Identifier: MIT */
/*
 * The work tree is the user's: every file is looked at before any is touched, all new bytes are on
 * disk before the first rename, and a failed rename takes the earlier ones back.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "journal.h"
#include "repo.h"
#include "tree_write.h"
#include "work_file.h"

struct worktree {
	struct repo *repo;
	git_index *index;
	git_tree *tree; /* of HEAD */
	struct work_file *files;
	size_t n; /* files that were read */
	int root;
	struct journal journal;
	struct err *err;
};

static bool check_staged(struct worktree *w, const git_oid *id, str path)
{
	const git_index_entry *entry = git_index_get_bypath(w->index, str_z(w->repo->arena, path),
							    0);

	if (!entry || !git_oid_equal(&entry->id, id))
		return err_set(w->err, ERR_GIT,
			       "'%.*s' has staged changes or a conflict: commit it first, or use "
			       "--apply",
			       STR_ARG(path));
	if (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE)
		return err_set(w->err, ERR_GIT,
			       "'%.*s' is outside the sparse checkout: run git sparse-checkout "
			       "disable, or use --apply",
			       STR_ARG(path));
	return true;
}

/* `in` as git would check it out at `path`. */
static bool checked_out(struct worktree *w, str path, str in, str *out)
{
	struct arena *a = w->repo->arena;
	git_filter_list *filters = NULL;
	git_buf text = GIT_BUF_INIT;
	bool ok = git_filter_list_load(&filters, w->repo->git, NULL, str_z(a, path),
				       GIT_FILTER_TO_WORKTREE, GIT_FILTER_ALLOW_UNSAFE) == 0;

	*out = in;
	if (ok && filters) {
		ok = git_filter_list_apply_to_buffer(&text, filters, in.p, in.n) == 0;
		if (ok)
			*out = str_dup(a, (str){ text.ptr, text.size });
	}
	git_buf_dispose(&text);
	git_filter_list_free(filters);
	return ok || repo_fail(w->err, "cannot convert '%.*s'", STR_ARG(path));
}

/*
 * The file must be what HEAD holds, as stored or as checked out: then the new bytes in the same
 * form differ from it exactly where the change does. Or it holds those bytes already.
 */
static bool choose_text(struct worktree *w, struct work_file *f, const struct file_change *change)
{
	str before;

	f->text = change->text;
	f->done = str_eq(f->old, change->text);
	if (f->done || str_eq(f->old, change->before->text))
		return true;
	if (!checked_out(w, f->path, change->before->text, &before) ||
	    !checked_out(w, f->path, change->text, &f->text))
		return false;
	f->done = str_eq(f->old, f->text);
	if (!f->done && !str_eq(f->old, before))
		return err_set(w->err, ERR_GIT,
			       "'%.*s' differs from HEAD: commit or stash it first, or use --apply",
			       STR_ARG(f->path));
	return true;
}

static bool read_target(struct worktree *w, const struct file_change *change)
{
	struct work_file *f = &w->files[w->n];
	str path = change->before->path;
	git_filemode_t mode;
	git_oid id;

	if (!tree_verify(&id, &mode, w->tree, change, w->repo->arena, w->err) ||
	    !check_staged(w, &id, path) ||
	    !work_file_read(f, w->n, w->root, path, w->repo->arena, w->err))
		return false;
	w->n++;
	return choose_text(w, f, change);
}

static bool check_head(struct worktree *w, const struct base_info *base)
{
	git_oid head, wanted;

	if (git_oid_fromstr(&wanted, base->commit) < 0 ||
	    git_reference_name_to_id(&head, w->repo->git, "HEAD") < 0)
		return repo_fail(w->err, "cannot read HEAD of '%s'", w->repo->name);
	if (!git_oid_equal(&head, &wanted))
		return err_set(w->err, ERR_GIT,
			       "the work tree is at another commit than the base: check out %s, "
			       "or use --apply",
			       base->commit);
	return true;
}

static bool worktree_open(struct worktree *w, const struct base_info *base)
{
	struct repo *r = w->repo;
	git_oid tree;

	if (!r->work)
		return err_set(w->err, ERR_GIT,
			       "'%s' is bare, there is nothing to edit: use --apply", r->name);
	if (!check_head(w, base))
		return false;
	if (git_repository_index(&w->index, r->git) < 0)
		return repo_fail(w->err, "cannot read the index of '%s' (--apply does not need it)",
				 r->name);
	if (git_oid_fromstr(&tree, base->tree) < 0 || git_tree_lookup(&w->tree, r->git, &tree) < 0)
		return repo_fail(w->err, "cannot read the tree of HEAD in '%s'", r->name);
	w->root = open(r->work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (w->root < 0)
		return err_set(w->err, ERR_GIT, "cannot open the work tree '%s': %s", r->work,
			       strerror(errno));
	return journal_open(&w->journal, r, w->root, w->err);
}

static void worktree_close(struct worktree *w)
{
	journal_close(&w->journal);
	if (w->root >= 0)
		close(w->root);
	git_tree_free(w->tree);
	git_index_free(w->index);
}

static bool restore_files(struct worktree *w)
{
	struct err first = *w->err;
	struct buf left = { 0 };
	bool ok = true;

	for (size_t i = 0; i < w->n; i++) {
		if (!work_file_restore(&w->files[i]))
			buf_printf(&left, " '%.*s'", STR_ARG(w->files[i].path));
	}
	ok = !left.n;
	if (!ok)
		err_set(w->err, ERR_GIT,
			"%.500s; these files keep their new bytes, and the next --write goes on; "
			"or run git restore:%.*s",
			first.msg, STR_ARG(buf_str(&left)));
	buf_free(&left);
	return ok;
}

/*
 * After a failure: undoes everything. What cannot be undone stays in the journal for the next run,
 * and is added to the message.
 */
static void revert(struct worktree *w)
{
	struct err ignored;
	bool ok = restore_files(w) && journal_back(&w->journal, &ignored);

	for (size_t i = 0; ok && i < w->n; i++)
		ok = w->files[i].done || work_file_drop(&w->files[i]);
	if (ok)
		journal_end(&w->journal, &ignored);
}

static bool prepare(struct worktree *w)
{
	bool ok;

	for (size_t i = 0; i < w->n; i++)
		work_file_choose_temp(&w->files[i]);
	ok = journal_begin(&w->journal, w->files, w->n, w->err);
	for (size_t i = 0; i < w->n; i++)
		*w->files[i].temp = '\0';
	for (size_t i = 0; ok && i < w->n; i++)
		ok = w->files[i].done || work_file_prepare(&w->files[i], w->err);
	return ok && journal_commit(&w->journal, w->err);
}

static bool write_files(struct worktree *w)
{
	struct err ignored;
	bool ok = prepare(w), left = false;

	for (size_t i = 0; ok && i < w->n; i++)
		ok = w->files[i].done || work_file_replace(&w->files[i], w->err);
	if (!ok)
		revert(w);
	/* What cannot be removed, the next run removes. */
	for (size_t i = 0; ok && i < w->n; i++)
		left |= w->files[i].exchanged && !work_file_drop(&w->files[i]);
	if (ok && !left)
		journal_end(&w->journal, &ignored);
	return ok;
}

bool repo_write(struct repo *r, const struct base_info *base, const struct file_change *changes,
		size_t n, size_t *edited, struct err *e)
{
	struct worktree w = { .repo = r, .root = -1, .journal = { .dir = -1 }, .err = e };
	bool ok = worktree_open(&w, base);

	w.files = arena_array(r->arena, n, sizeof(*w.files));
	for (size_t i = 0; ok && i < n; i++)
		ok = read_target(&w, &changes[i]);
	ok = ok && write_files(&w);
	for (size_t i = 0; ok && edited && i < w.n; i++)
		*edited += !w.files[i].done;
	worktree_close(&w);
	return ok;
}
