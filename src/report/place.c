/* SPDX-License-Identifier: MIT */
#include "place.h"

/* True when no code point holds both the byte before `offset` and the one at it. */
static bool starts_point(str text, size_t offset)
{
	return offset >= text.n || ((unsigned char)text.p[offset] & 0xc0) != 0x80;
}

struct position place_find(struct place *p, const struct file *f, size_t offset)
{
	struct position pos;

	if (p->file == f && p->offset <= offset) {
		struct file rest = *f;

		rest.text = str_sub(f->text, p->offset, f->text.n);
		pos = file_position(&rest, offset - p->offset);
		if (pos.line == 1)
			pos.column += p->position.column - 1;
		pos.line += p->position.line - 1;
	} else {
		pos = file_position(f, offset);
	}
	if (starts_point(f->text, offset))
		*p = (struct place){ f, offset, pos };
	return pos;
}
