/* SPDX-License-Identifier: MIT */
/*
 * level - the indentation of terraform fmt: a line that opens more brackets than it closes is one
 * level above those that follow, however many these are, until they are closed again; a line that
 * closes more than it opens stands where what it closes was opened.
 */
#ifndef KMSFIX_EDIT_LEVEL_H
#define KMSFIX_EDIT_LEVEL_H

#include "align.h"

/*
 * The blanks at the head of each line, those of a block in one group; no empty lines, none in a
 * heredoc or comment. None at all where a text in quotes has several lines.
 */
void slots_of_indents(struct slots *out, const struct tree *t, struct arena *a);

#endif
