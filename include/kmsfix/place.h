/* SPDX-License-Identifier: MIT */
/*
 * place - file_position() for many offsets: what was counted for one is not counted again for the
 * next one behind it in the same file. A file of 64 MiB may hold a million findings.
 */
#ifndef KMSFIX_PLACE_H
#define KMSFIX_PLACE_H

#include "kmsfix/file.h"

/* The last position asked for; zeroed at first. */
struct place {
	const struct file *file;
	size_t offset;
	struct position position;
	size_t astral; /* code points above U+FFFF before it on its line */
};

/* Equal to file_position(f, offset); quick when files and offsets come in order. */
struct position place_find(struct place *p, const struct file *f, size_t offset);

/* The same, but the column counts UTF-16 code units; a byte that is no UTF-8 is one. */
struct position place_find_utf16(struct place *p, const struct file *f, size_t offset);

#endif
