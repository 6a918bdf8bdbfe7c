/* SPDX-License-Identifier: MIT */
#include "link_read.h"

#include <string.h>

#include "blob_read.h"
#include "kmsfix/vec.h"

/* A chain of more is a circle; Linux follows 40. */
#define HOPS_MAX 40
/* What a path may have on Linux. */
#define PATH_SIZE 4096

struct follower {
	struct repo *repo;
	const git_tree *tree;
	struct fileset *files;
	struct arena *arena;
	struct err *err;
	struct {
		struct file *v;
		size_t n, cap;
	} found;
	struct {
		struct dir_link *v;
		size_t n, cap;
	} dirs;
};

/* A place on the way of a link, or where it ends. */
struct end {
	str path;
	git_oid id;
	git_filemode_t mode;
};

/* Where the link leads, seen from the root of the tree; *leads: there is such a place. */
static bool read_target(struct follower *f, str *path, const git_oid *id, bool *leads)
{
	struct blob blob;

	if (!blob_read(&blob, f->repo, id, PATH_SIZE, *path, f->arena, f->err))
		return false;
	*leads = blob.text.n && blob.text.p[0] != '/' && !memchr(blob.text.p, '\0', blob.text.n) &&
		 path_join(f->arena, path_dir(*path), blob.text, path);
	return true;
}

/* What is there, if anything. */
static bool find_entry(struct follower *f, struct end *end, bool *leads)
{
	git_tree_entry *entry = NULL;
	int rc;

	if (!end->path.n) { /* the root itself */
		end->mode = GIT_FILEMODE_TREE;
		return true;
	}
	rc = git_tree_entry_bypath(&entry, f->tree, str_z(f->arena, end->path));
	*leads = rc == 0;
	if (rc < 0)
		return rc == GIT_ENOTFOUND || blob_read_failed(f->repo, rc, end->path, f->err);
	end->mode = git_tree_entry_filemode(entry);
	git_oid_cpy(&end->id, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	return true;
}

/* What is at the end of a chain of links; a link where that is nothing of the tree. */
static bool find_end(struct follower *f, const struct link *l, struct end *end)
{
	bool leads = true;

	*end = (struct end){ .path = l->path, .mode = GIT_FILEMODE_LINK };
	git_oid_cpy(&end->id, &l->id);
	for (int hop = 0; leads && end->mode == GIT_FILEMODE_LINK && hop < HOPS_MAX; hop++)
		if (!read_target(f, &end->path, &end->id, &leads) ||
		    (leads && !find_entry(f, end, &leads)))
			return false;
	return true;
}

/* The file that is there, under the name of the link. */
static bool add_file(struct follower *f, const struct link *l, const struct end *end)
{
	struct file out = { .path = l->path, .mode = FILE_LINK, .linked = true };
	const struct file *there = fileset_find(f->files, end->path);
	struct blob blob;

	if (there) {
		f->files->files[there - f->files->files].linked = true;
		out.unread = there->unread;
		out.text = str_dup(f->arena, there->text); /* trees are known by their texts */
	} else if (blob_read(&blob, f->repo, &end->id, REPO_FILE_MAX, end->path, f->arena,
			     f->err)) {
		out.unread = blob.unread ? "a symbolic link to what cannot be read" : NULL;
		out.text = blob.text;
	} else {
		return false;
	}
	VEC_PUSH(f->arena, &f->found, out);
	return true;
}

static bool follow(struct follower *f, const struct link *l)
{
	struct file lost = { .path = l->path, .mode = FILE_LINK, .linked = true };
	struct end end;

	if (!find_end(f, l, &end))
		return false;
	switch (end.mode) {
	case GIT_FILEMODE_TREE:
		VEC_PUSH(f->arena, &f->dirs, ((struct dir_link){ l->path, end.path }));
		return true;
	case GIT_FILEMODE_BLOB:
	case GIT_FILEMODE_BLOB_EXECUTABLE:
		return !l->wanted || add_file(f, l, &end);
	default:
		lost.unread = "a symbolic link that leads to nothing of the tree";
		if (l->wanted)
			VEC_PUSH(f->arena, &f->found, lost);
		return true;
	}
}

bool links_follow(const struct links *links, struct repo *r, const git_tree *tree,
		  struct fileset *files, struct arena *a, struct err *e)
{
	struct follower f = { .repo = r, .tree = tree, .files = files, .arena = a, .err = e };

	for (size_t i = 0; i < links->n; i++)
		if (!follow(&f, &links->v[i]))
			return false;
	for (size_t i = 0; i < f.found.n; i++)
		fileset_put(files, a, &f.found.v[i]);
	files->links = f.dirs.v;
	files->link_count = f.dirs.n;
	fileset_sort(files);
	return true;
}
