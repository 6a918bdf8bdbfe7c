/* SPDX-License-Identifier: MIT */
/*
 * file - one file of the tree we were given: a path and immutable bytes. Positions are byte offsets
 * into it everywhere; line and column are computed only when a message is printed.
 */
#ifndef KMSFIX_FILE_H
#define KMSFIX_FILE_H

#include "kmsfix/str.h"

struct file {
	str path; /* relative to the root of the tree, '/' between parts, raw bytes */
	str text;
	unsigned mode; /* Git's: 0100644, 0100755 or, with the text that it leads to, FILE_LINK */
	bool linked;   /* it is a symbolic link or one leads to it: the text has other readers */
	const char *unread; /* why its text, empty here, is not known; NULL: it is */
};

#define FILE_LINK 0120000u

/* 1-based; the column counts code points of valid UTF-8 and single bytes of anything else. */
struct position {
	size_t line;
	size_t column;
};

/* The position of `offset` (clamped to the text). LF, CRLF and a lone CR each end one line. */
struct position file_position(const struct file *f, size_t offset);
/* The line that holds `offset`, without its line ending. */
str file_line(const struct file *f, size_t offset);
/* Offset of the first byte of the line that holds `offset`. */
size_t file_line_start(str text, size_t offset);
/* Offset of the line's end: of its LF or CRLF (or lone CR), or the text's length. */
size_t file_line_end(str text, size_t offset);
/* The same two, but no farther than `reach` bytes before and behind `offset`: its line may be huge.
 */
void file_line_near(str text, size_t offset, size_t reach, size_t *start, size_t *end);
/* The directory part of a path, without the trailing '/'; "" for the root. */
str path_dir(str path);
/* It is the directory, or below it. */
bool path_is_in(str path, str dir);
/* The part after the last '/'. */
str path_base(str path);
/* `dir` joined with `rel`, with "." and ".." resolved; false when it leads outside the root. */
bool path_join(struct arena *a, str dir, str rel, str *out);

#endif
