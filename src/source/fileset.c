/* SPDX-License-Identifier: MIT */
#include "kmsfix/fileset.h"

#include <assert.h>
#include <stdlib.h>

#include "kmsfix/vec.h"

void fileset_put(struct fileset *set, struct arena *a, const struct file *f)
{
	struct {
		struct file *v;
		size_t n, cap;
	} files = { set->files, set->n, set->cap };

	VEC_PUSH(a, &files, *f);
	set->files = files.v;
	set->n = files.n;
	set->cap = files.cap;
	set->sorted = false;
}

void fileset_add(struct fileset *set, struct arena *a, str path, str text, unsigned mode)
{
	fileset_put(set, a, &(struct file){ .path = path, .text = text, .mode = mode });
}

/*
 * A damaged tree can name a path twice; comparing the text as well keeps the order independent of
 * how qsort treats equals.
 */
static int file_order(const void *pa, const void *pb)
{
	const struct file *a = pa, *b = pb;
	int order = str_cmp(a->path, b->path);

	if (!order)
		order = str_cmp(a->text, b->text);
	return order ? order : (a->mode > b->mode) - (a->mode < b->mode);
}

void fileset_sort(struct fileset *set)
{
	if (set->n)
		qsort(set->files, set->n, sizeof(*set->files), file_order);
	set->sorted = true;
}

/* The link that the path is below, or is. */
static const struct dir_link *link_above(const struct fileset *set, str path)
{
	for (size_t i = 0; i < set->link_count; i++) {
		const struct dir_link *l = &set->links[i];

		if (path_is_in(path, l->path))
			return l;
	}
	return NULL;
}

str fileset_real_path(const struct fileset *set, str path, struct arena *a)
{
	const struct dir_link *l = link_above(set, path);

	for (size_t hop = 0; l && hop < set->link_count; hop++) {
		str rest = str_sub(path, l->path.n, path.n);

		if (!l->target.n && rest.n)
			rest = str_sub(rest, 1, rest.n);
		path = STR_CAT(a, l->target, rest);
		l = link_above(set, path);
	}
	return path;
}

const struct file *fileset_find(const struct fileset *set, str path)
{
	size_t low = 0, high = set->n;

	assert(set->sorted);
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (str_cmp(set->files[mid].path, path) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < set->n && str_eq(set->files[low].path, path) ? &set->files[low] : NULL;
}
