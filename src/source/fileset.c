/* SPDX-License-Identifier: MIT */
#include "kmsfix/fileset.h"

#include <assert.h>
#include <stdlib.h>

#include "kmsfix/vec.h"

void fileset_add(struct fileset *set, struct arena *a, str path, str text, unsigned mode)
{
	struct {
		struct file *v;
		size_t n, cap;
	} files = { set->files, set->n, set->cap };
	struct file f = { .path = path, .text = text, .mode = mode };

	VEC_PUSH(a, &files, f);
	*set = (struct fileset){ .files = files.v, .n = files.n, .cap = files.cap };
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
