/* SPDX-License-Identifier: MIT */
/*
 * A revision's tree, walked depth first, as a fileset. Trees may come from anyone, so a name is
 * never trusted to be one that Git itself would have written, and depth is bounded.
 */
#include <string.h>

#include "blob_read.h"
#include "kmsfix/vec.h"
#include "link_read.h"
#include "settings.h"

struct reader {
	struct repo *repo;
	file_filter *want;
	void *ctx;
	struct fileset *out;
	struct arena *arena;
	struct diags *diags;
	struct err *err;
	struct buf path; /* of the entry at hand */
	struct links links;
};

static void note(struct reader *rd, enum severity severity, const char *text)
{
	struct file *f = ARENA_NEW(rd->arena, struct file);

	f->path = str_dup(rd->arena, buf_str(&rd->path));
	f->mode = GIT_FILEMODE_BLOB;
	diag_add(rd->diags, severity, f, 0, "%s", text);
}

/* A file that is there, but whose text is not. */
static void leave(struct reader *rd, unsigned mode, const char *why)
{
	struct file f = { .path = str_dup(rd->arena, buf_str(&rd->path)), .mode = mode };

	f.unread = why;
	fileset_put(rd->out, rd->arena, &f);
}

static bool wanted(struct reader *rd)
{
	return !rd->want || rd->want(buf_str(&rd->path), rd->ctx);
}

static void want_link(struct reader *rd, const git_oid *id)
{
	struct link l = { .path = str_dup(rd->arena, buf_str(&rd->path)), .wanted = wanted(rd) };

	git_oid_cpy(&l.id, id);
	VEC_PUSH(rd->arena, &rd->links, l);
}

/* Names that git refuses to check out, and libgit2 to write. */
static bool name_is_sound(str name)
{
	return name.n && !memchr(name.p, '/', name.n) && !str_eq(name, S(".")) &&
	       !str_eq(name, S("..")) && !str_eq_fold(name, S(".git"));
}

/* What Git LFS stores instead of a file; left as it is, it says nothing in any language. */
static void warn_pointer(struct reader *rd)
{
	if (str_starts(rd->out->files[rd->out->n - 1].text,
		       S("version https://git-lfs.github.com/spec/")))
		note(rd, SEVERITY_WARNING,
		     "a pointer of Git LFS: what the file says is not in the repository");
}

static bool read_blob(struct reader *rd, const git_oid *id, unsigned mode)
{
	struct blob blob;

	if (!blob_read(&blob, rd->repo, id, REPO_FILE_MAX, buf_str(&rd->path), rd->arena, rd->err))
		return false;
	if (blob.unread) {
		leave(rd, mode, blob.unread);
		return true;
	}
	fileset_add(rd->out, rd->arena, str_dup(rd->arena, buf_str(&rd->path)), blob.text, mode);
	warn_pointer(rd);
	return true;
}

static bool read_tree(struct reader *rd, const git_oid *id, unsigned depth);

static bool read_entry(struct reader *rd, const git_tree_entry *entry, unsigned depth)
{
	const git_oid *id = git_tree_entry_id(entry);
	git_filemode_t mode = git_tree_entry_filemode(entry);

	if (!name_is_sound(str_from(git_tree_entry_name(entry)))) {
		note(rd, SEVERITY_WARNING, "not read: Git forbids this name");
		return true;
	}
	switch (mode) {
	case GIT_FILEMODE_TREE:
		return read_tree(rd, id, depth + 1);
	case GIT_FILEMODE_BLOB:
	case GIT_FILEMODE_BLOB_EXECUTABLE:
		return !wanted(rd) || read_blob(rd, id, (unsigned)mode);
	case GIT_FILEMODE_LINK:
		want_link(rd, id);
		return true;
	default: /* a submodule: another repository */
		return true;
	}
}

static bool read_tree(struct reader *rd, const git_oid *id, unsigned depth)
{
	git_tree *tree = NULL;
	size_t parent = rd->path.n;
	bool ok = true;
	int rc;

	if (depth > GIT_TREE_DEPTH) {
		note(rd, SEVERITY_WARNING, "not read: too many folders within folders");
		return true;
	}
	rc = git_tree_lookup(&tree, rd->repo->git, id);
	if (rc < 0)
		return blob_read_failed(rd->repo, rc, buf_str(&rd->path), rd->err);
	for (size_t i = 0; ok && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);

		if (depth)
			buf_addc(&rd->path, '/');
		buf_add(&rd->path, str_from(git_tree_entry_name(entry)));
		ok = read_entry(rd, entry, depth);
		if (ok)
			rd->path.n = parent;
	}
	git_tree_free(tree);
	return ok;
}

/* A tree may hold one name twice; which of the two is meant cannot be told. */
static bool check_unique(const struct fileset *set, struct err *e)
{
	for (size_t i = 1; i < set->n; i++) {
		str path = set->files[i].path;

		if (str_eq(path, set->files[i - 1].path))
			return err_set(e, ERR_GIT, "the tree holds '%.*s' twice: run git fsck",
				       STR_ARG(path));
	}
	return true;
}

static bool no_revision(struct repo *r, int rc, const char *rev, struct err *e)
{
	if (git_repository_head_unborn(r->git) == 1 && strncmp(rev, "HEAD", 4) == 0)
		return err_set(e, ERR_GIT, "'%s' has no commit yet: make the first one", r->name);
	if (rc == GIT_EAMBIGUOUS)
		return err_set(e, ERR_GIT, "revision '%s' is ambiguous: give more digits", rev);
	if (git_repository_is_shallow(r->git) == 1)
		return err_set(e, ERR_GIT,
			       "no revision '%s' in '%s', a shallow clone: fetch it, or run "
			       "git fetch --unshallow",
			       rev, r->name);
	return err_set(e, ERR_GIT, "no revision '%s' in '%s': see git branch -a and git log", rev,
		       r->name);
}

bool repo_commit_find(git_commit **out, struct repo *r, const char *rev, struct err *e)
{
	git_object *named = NULL, *commit = NULL;
	int rc = git_revparse_single(&named, r->git, rev);

	if (rc == GIT_ENOTFOUND || rc == GIT_EAMBIGUOUS || rc == GIT_EINVALIDSPEC)
		return no_revision(r, rc, rev, e);
	if (rc < 0)
		return repo_fail(e, "cannot read revision '%s' of '%s'", rev, r->name);
	rc = git_object_peel(&commit, named, GIT_OBJECT_COMMIT);
	git_object_free(named);
	if (rc < 0)
		return err_set(e, ERR_GIT, "'%s' is not a commit: name a branch, tag or commit",
			       rev);
	*out = (git_commit *)commit;
	return true;
}

static void warn_replaced(struct repo *r, struct diags *d)
{
	git_reference_iterator *it = NULL;
	const char *name;

	if (git_reference_iterator_glob_new(&it, r->git, "refs/replace/*") < 0)
		return;
	if (git_reference_next_name(&name, it) == 0)
		diag_add(d, SEVERITY_WARNING, NULL, 0,
			 "refs/replace is ignored: the original objects are read");
	git_reference_iterator_free(it);
}

static bool follow_links(struct reader *rd, const git_commit *commit)
{
	git_tree *tree = NULL;
	bool ok;

	if (!rd->links.n)
		return true;
	if (git_commit_tree(&tree, commit) < 0)
		return repo_fail(rd->err, "cannot read the tree of '%s'", rd->repo->name);
	ok = links_follow(&rd->links, rd->repo, tree, rd->out, rd->arena, rd->err);
	git_tree_free(tree);
	return ok;
}

static void note_unread(const struct fileset *set, struct diags *d)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct file *f = &set->files[i];

		if (!f->unread)
			continue;
		diag_add(d, f->mode == FILE_LINK ? SEVERITY_NOTE : SEVERITY_WARNING, f, 0,
			 "not read: %s", f->unread);
		diag_unread(d);
	}
}

bool repo_read(struct repo *r, const char *rev, file_filter *want, void *ctx, struct fileset *out,
	       struct base_info *info, struct arena *a, struct diags *d, struct err *e)
{
	struct reader rd = {
		.repo = r, .want = want, .ctx = ctx, .out = out, .arena = a, .diags = d, .err = e
	};
	git_commit *commit = NULL;
	bool ok;

	if (!repo_commit_find(&commit, r, rev ? rev : "HEAD", e))
		return false;
	git_oid_tostr(info->commit, sizeof(info->commit), git_commit_id(commit));
	git_oid_tostr(info->tree, sizeof(info->tree), git_commit_tree_id(commit));
	info->time = git_commit_time(commit);
	info->offset = git_commit_time_offset(commit);
	info->shallow = git_repository_is_shallow(r->git) == 1;
	warn_replaced(r, d);
	ok = read_tree(&rd, git_commit_tree_id(commit), 0);
	fileset_sort(out);
	ok = ok && follow_links(&rd, commit) && check_unique(out, e);
	git_commit_free(commit);
	buf_free(&rd.path);
	note_unread(out, d);
	return ok;
}
