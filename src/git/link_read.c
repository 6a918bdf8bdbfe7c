/* SPDX-License-Identifier: MIT */
#include "link_read.h"

#include <string.h>

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
	struct {
		struct file *v;
		size_t n, cap;
	} found;
	struct {
		struct dir_link *v;
		size_t n, cap;
	} dirs;
};

/* A blob of at most `size` bytes. */
static bool read_blob(struct follower *f, const git_oid *id, size_t size, str *out)
{
	git_odb_object *object = NULL;
	git_object_t type;
	size_t n;

	if (git_odb_read_header(&n, &type, f->repo->odb, id) < 0 || type != GIT_OBJECT_BLOB ||
	    n > size || git_odb_read(&object, f->repo->odb, id) < 0)
		return false;
	*out = str_dup(f->arena, (str){ git_odb_object_data(object), git_odb_object_size(object) });
	git_odb_object_free(object);
	return true;
}

/* Where the link leads, seen from the root of the tree. */
static bool read_target(struct follower *f, str path, const git_oid *id, str *out)
{
	str text;

	return read_blob(f, id, PATH_SIZE, &text) && text.n && text.p[0] != '/' &&
	       !memchr(text.p, '\0', text.n) && path_join(f->arena, path_dir(path), text, out);
}

/* What is at the end of a chain of links; a link where that is nothing of the tree. */
static git_filemode_t find_end(struct follower *f, const struct link *l, str *path, git_oid *id)
{
	git_filemode_t mode = GIT_FILEMODE_LINK;

	*path = l->path;
	git_oid_cpy(id, &l->id);
	for (int hop = 0; mode == GIT_FILEMODE_LINK && hop < HOPS_MAX; hop++) {
		git_tree_entry *entry = NULL;

		if (!read_target(f, *path, id, path))
			break;
		if (!path->n) /* the root itself */
			return GIT_FILEMODE_TREE;
		if (git_tree_entry_bypath(&entry, f->tree, str_z(f->arena, *path)) < 0)
			break;
		mode = git_tree_entry_filemode(entry);
		git_oid_cpy(id, git_tree_entry_id(entry));
		git_tree_entry_free(entry);
	}
	return mode;
}

static struct file file_at(struct follower *f, const struct link *l, str path, const git_oid *id)
{
	struct file out = { .path = l->path, .mode = FILE_LINK, .linked = true };
	const struct file *there = fileset_find(f->files, path);

	if (there) {
		f->files->files[there - f->files->files].linked = true;
		out.unread = there->unread;
		out.text = str_dup(f->arena, there->text); /* trees are known by their texts */
	} else if (!read_blob(f, id, REPO_FILE_MAX, &out.text)) {
		out.unread = "a symbolic link to what cannot be read";
	}
	return out;
}

static void follow(struct follower *f, const struct link *l)
{
	struct file lost = { .path = l->path, .mode = FILE_LINK, .linked = true };
	git_oid id;
	str path;

	switch (find_end(f, l, &path, &id)) {
	case GIT_FILEMODE_TREE:
		VEC_PUSH(f->arena, &f->dirs, ((struct dir_link){ l->path, path }));
		return;
	case GIT_FILEMODE_BLOB:
	case GIT_FILEMODE_BLOB_EXECUTABLE:
		if (l->wanted)
			VEC_PUSH(f->arena, &f->found, file_at(f, l, path, &id));
		return;
	default:
		lost.unread = "a symbolic link that leads to nothing of the tree";
		if (l->wanted)
			VEC_PUSH(f->arena, &f->found, lost);
	}
}

void links_follow(const struct links *links, struct repo *r, const git_tree *tree,
		  struct fileset *files, struct arena *a)
{
	struct follower f = { .repo = r, .tree = tree, .files = files, .arena = a };

	for (size_t i = 0; i < links->n; i++)
		follow(&f, &links->v[i]);
	for (size_t i = 0; i < f.found.n; i++)
		fileset_put(files, a, &f.found.v[i]);
	files->links = f.dirs.v;
	files->link_count = f.dirs.n;
	fileset_sort(files);
}
