/* SPDX-License-Identifier: MIT */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kmsfix/vec.h"

static bool fail(struct err *e, const char *path)
{
	return err_set(e, ERR_IO, "cannot read '%s': %s", path, strerror(errno));
}

static void add_file(struct walk *w, const char *path, const struct stat *st, bool walked,
		     struct arena *a)
{
	struct walk_file f = { .path = path,
			       .walked = walked,
			       .size = S_ISREG(st->st_mode) ? (uint64_t)st->st_size : 0,
			       .device = st->st_dev,
			       .inode = st->st_ino };

	VEC_PUSH(a, w, f);
}

struct walker {
	struct walk *w;
	bool (*wanted)(str name);
	struct arena *arena;
	struct err *err;
};

static bool walk_dir(struct walker *w, const char *path, unsigned depth);

static bool walk_entry(struct walker *w, const char *dir, const char *name, unsigned depth)
{
	const char *path = str_fmt(w->arena, "%s/%s", dir, name).p;
	struct stat st;

	/* Gone since the directory was read is an error, too: what was it? */
	if (lstat(path, &st) < 0)
		return fail(w->err, path);
	if (S_ISDIR(st.st_mode))
		return walk_dir(w, path, depth + 1);
	if (S_ISREG(st.st_mode) && w->wanted(str_from(name)))
		add_file(w->w, path, &st, true, w->arena);
	else
		w->w->skipped++;
	return true;
}

static bool walk_dir(struct walker *w, const char *path, unsigned depth)
{
	DIR *dir = depth < WALK_MAX_DEPTH ? opendir(path) : NULL;
	struct dirent *entry;
	bool ok = true;

	if (depth == WALK_MAX_DEPTH)
		return err_set(w->err, ERR_IO, "'%s' is nested too deeply", path);
	if (!dir)
		return fail(w->err, path);
	while (ok && (errno = 0, entry = readdir(dir))) {
		if (entry->d_name[0] != '.')
			ok = walk_entry(w, path, entry->d_name, depth);
	}
	if (ok && errno)
		ok = fail(w->err, path);
	closedir(dir);
	return ok;
}

bool walk_add(struct walk *w, const char *path, bool (*wanted)(str name), struct arena *a,
	      struct err *e)
{
	struct walker walker = { w, wanted, a, e };
	struct stat st;

	if (stat(path, &st) < 0)
		return fail(e, path);
	if (S_ISDIR(st.st_mode))
		return walk_dir(&walker, path, 0);
	add_file(w, path, &st, false, a);
	return true;
}

static int path_order(const void *pa, const void *pb)
{
	const struct walk_file *a = pa, *b = pb;

	return strcmp(a->path, b->path);
}

/* Of the same file: by path, so that the first one stays. */
static int identity_order(const void *pa, const void *pb)
{
	const struct walk_file *a = pa, *b = pb;
	int order = (a->device > b->device) - (a->device < b->device);

	if (!order)
		order = (a->inode > b->inode) - (a->inode < b->inode);
	return order ? order : path_order(a, b);
}

static bool is_same(const struct walk_file *a, const struct walk_file *b)
{
	return a->device == b->device && a->inode == b->inode;
}

void walk_sort(struct walk *w)
{
	size_t kept = 0;

	if (!w->n)
		return;
	qsort(w->v, w->n, sizeof(*w->v), identity_order);
	for (size_t i = 1; i < w->n; i++) {
		if (!is_same(&w->v[i], &w->v[kept]))
			w->v[++kept] = w->v[i];
	}
	w->n = kept + 1;
	qsort(w->v, w->n, sizeof(*w->v), path_order);
}
