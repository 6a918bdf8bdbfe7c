/* SPDX-License-Identifier: MIT */
#include "kmsfix/parsed.h"

struct tree *parsed_tree(const struct parsed *parsed, const struct file *f)
{
	struct tree *t = f->text.n ? map_find_at(&parsed->trees, f->text.p) : NULL;

	return t && str_eq(t->file->path, f->path) ? t : NULL;
}

/* Empty texts may be at one place, all of them. */
void parsed_keep(struct parsed *parsed, struct tree *t)
{
	if (t->file->text.n)
		map_put_at(&parsed->trees, parsed->arena, t->file->text.p, t);
}

void parsed_join(struct parsed *parsed, const struct parsed *from)
{
	for (size_t i = 0; i < from->trees.size; i++)
		if (from->trees.slots[i].value)
			parsed_keep(parsed, from->trees.slots[i].value);
}
