/* SPDX-License-Identifier: MIT */
/* trivia - what stands between nodes: blanks, line ends and comments. */
#ifndef KMSFIX_EDIT_TRIVIA_H
#define KMSFIX_EDIT_TRIVIA_H

#include "kmsfix/node.h"

bool is_blank(char c); /* a blank or a tab */
/* True when a line starts at `off`. */
bool at_line_start(str text, size_t off);
/* True when only blanks stand between the start of the line and `off`. */
bool at_line_head(str text, size_t off);
/* The leading blanks of the line that holds `off`. */
str line_indent(str text, size_t off);
/* Offset of the first byte of the next line: after the LF or CRLF, or the text's length. */
size_t line_next(str text, size_t off);
/* The line ending to write near `off`: that of its line, else that of the line before, else LF. */
str line_ending(str text, size_t off);
/* True when no line ends in [a, b). */
bool same_line(str text, size_t a, size_t b);
bool has_newline(str s);
/* Offset of the last non-blank byte before `off` plus one, looking no further back than `from`. */
size_t trim_left(str text, size_t from, size_t off);

/* The first comment that overlaps [start, end), or NULL. */
const struct span *comment_in(const struct tree *t, size_t start, size_t end);
/*
 * From `off` over blanks and comments of the same line. True when that is the end of the line (or
 * of the text); *end then is the offset of the line ending.
 */
bool line_rest_empty(const struct tree *t, size_t off, size_t *end);
/* Where a child ends together with its comma, when that follows on the same line. */
size_t end_with_comma(const struct node *child);
/* True when the node's last byte is the end of a heredoc, which only a line ending may follow. */
bool ends_with_heredoc(const struct node *n);

#endif
