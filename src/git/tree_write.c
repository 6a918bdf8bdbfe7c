/* SPDX-License-Identifier: MIT */
#include "tree_write.h"

bool tree_verify(git_oid *id, git_filemode_t *mode, const git_tree *base,
		 const struct file_change *change, struct arena *a, struct err *e)
{
	const struct file *f = change->before;
	git_tree_entry *entry = NULL;
	bool same;

	if (git_tree_entry_bypath(&entry, base, str_z(a, f->path)) < 0)
		return repo_fail(e, "cannot change '%.*s'", STR_ARG(f->path));
	*mode = git_tree_entry_filemode(entry);
	same = git_odb_hash(id, f->text.p, f->text.n, GIT_OBJECT_BLOB) == 0 &&
	       git_oid_equal(id, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	if (!same)
		return err_set(e, ERR_GIT,
			       "the object of '%.*s' does not match its id: run git fsck",
			       STR_ARG(f->path));
	if (*mode != GIT_FILEMODE_BLOB && *mode != GIT_FILEMODE_BLOB_EXECUTABLE)
		return err_set(e, ERR_GIT, "'%.*s' is not a regular file", STR_ARG(f->path));
	return true;
}

static bool write_blob(git_tree_update *update, git_odb *odb, const git_tree *base,
		       const struct file_change *change, struct arena *a, struct err *e)
{
	str path = change->before->path;
	git_oid old;

	update->action = GIT_TREE_UPDATE_UPSERT;
	update->path = str_z(a, path);
	if (!tree_verify(&old, &update->filemode, base, change, a, e))
		return false;
	if (git_odb_write(&update->id, odb, change->text.p, change->text.n, GIT_OBJECT_BLOB) < 0)
		return repo_fail(e, "cannot store the new '%.*s'", STR_ARG(path));
	return true;
}

bool tree_write(git_oid *out, git_repository *git, const git_oid *base,
		const struct file_change *changes, size_t n, struct arena *a, struct err *e)
{
	git_tree_update *updates = arena_array(a, n, sizeof(*updates));
	git_tree *tree = NULL;
	git_odb *odb = NULL;
	bool ok = true;

	if (git_tree_lookup(&tree, git, base) < 0 || git_repository_odb(&odb, git) < 0)
		ok = repo_fail(e, "cannot read the tree %s", git_oid_tostr_s(base));
	for (size_t i = 0; ok && i < n; i++)
		ok = write_blob(&updates[i], odb, tree, &changes[i], a, e);
	if (ok && git_tree_create_updated(out, git, tree, n, updates) < 0)
		ok = repo_fail(e, "cannot make the new tree");
	git_odb_free(odb);
	git_tree_free(tree);
	return ok;
}
