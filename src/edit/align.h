/* SPDX-License-Identifier: MIT */
/*
 * align - the columns of terraform fmt: the `=` of consecutive lines stand below each other, and so
 * do the comments at their ends. A slot is the blanks before one of them.
 */
#ifndef KMSFIX_EDIT_ALIGN_H
#define KMSFIX_EDIT_ALIGN_H

#include "kmsfix/node.h"

struct slot {
	size_t start, end; /* of the blanks */
	size_t want;       /* how many there should be */
	bool aligned;      /* the slot and all of its group are as they should be */
	size_t group;      /* number of the group: the same for consecutive lines */
	size_t width;      /* columns before the slot */
	size_t next;       /* offset of the line below */
};

struct slots {
	struct slot *v; /* in source order */
	size_t n, cap;
};

/* Says of slots, whose `want` is known, whether all of their group are as they should be. */
void slots_settle(struct slots *s, str text);
void slots_of_assignments(struct slots *s, const struct tree *t, struct arena *a);
void slots_of_comments(struct slots *s, const struct tree *t, struct arena *a);

#endif
