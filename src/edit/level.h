/* SPDX-License-Identifier: MIT */
/*
 * level - the indentation of terraform fmt: a line that opens more brackets than it closes is one
 * level above those that follow, however many these are, until they are closed again; a line that
 * closes more than it opens stands where what it closes was opened.
 */
#ifndef KMSFIX_EDIT_LEVEL_H
#define KMSFIX_EDIT_LEVEL_H

#include "kmsfix/node.h"

struct level {
	size_t start, end; /* of the blanks at the head of the line */
	size_t want;       /* how many there should be */
	bool right;        /* these are there */
	size_t group;      /* number of the block or what else is at the top */
};

struct levels {
	struct level *v; /* in source order; no empty lines, none in a heredoc or comment */
	size_t n, cap;
};

/* None where a text in quotes has several lines. */
void levels_of(struct levels *out, const struct tree *t, struct arena *a);

#endif
