/* SPDX-License-Identifier: MIT */
/*
 * pieces - an edited text as what it is made of: bytes of the file and bytes of edits, in turn.
 * With it a change to the edited text (a fix) becomes a change to the edits.
 */
#ifndef KMSFIX_EDIT_PIECES_H
#define KMSFIX_EDIT_PIECES_H

#include "kmsfix/edit.h"

struct piece {
	size_t start, end; /* in the edited text */
	size_t base;       /* where it starts in the file, if there is no edit */
	const struct edit *edit;
};

struct pieces {
	struct piece *v;
	size_t n, cap;
};

/* A replacement of [start, end) in the edited text. */
struct fix {
	size_t start, end;
	str text;
};

struct fixes {
	struct fix *v;
	size_t n, cap;
};

/* The pieces of `f` with its `n` sorted edits applied: file, edit, file, edit, …, file. */
void pieces_make(struct pieces *p, const struct file *f, const struct edit *v, size_t n,
		 struct arena *a);
/* The place in the file of a byte of the edited text; false for a byte of an edit. */
bool pieces_base(const struct pieces *p, size_t off, size_t *base);
/* True when [start, end) of the edited text holds or touches an edit. */
bool pieces_edited(const struct pieces *p, size_t start, size_t end);
/* The edits, sorted, that give the edited text with the sorted, disjoint fixes applied. */
void pieces_fix(const struct pieces *p, const struct file *f, const struct fixes *fixes,
		struct edits *out);

#endif
