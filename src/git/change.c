/* SPDX-License-Identifier: MIT */
#include "kmsfix/arena.h"
#include "kmsfix/git.h"

size_t files_changed(struct arena *a, const struct fileset *from, const struct fileset *to,
		     struct file_change **out)
{
	size_t n = 0;
	*out = arena_array(a, from->n, sizeof(**out));
	for (size_t i = 0; i < from->n; i++) {
		const struct file *before = &from->files[i];
		const struct file *after = fileset_find(to, before->path);
		if (after && !str_eq(before->text, after->text))
			(*out)[n++] = (struct file_change){ .before = before, .text = after->text };
	}
	return n;
}
