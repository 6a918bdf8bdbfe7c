/* SPDX-License-Identifier: MIT */
#include "kmsfix/place.h"

#include "kmsfix/utf8.h"

/* True when no code point holds both the byte before `offset` and the one at it. */
static bool starts_point(str text, size_t offset)
{
	return offset >= text.n || ((unsigned char)text.p[offset] & 0xc0) != 0x80;
}

/* Above U+FFFF, from the start of the line, or from where `p` has counted to on this line. */
static size_t astral_before(const struct place *p, const struct file *f, size_t offset, size_t line)
{
	bool same = p->file == f && p->offset <= offset && p->position.line == line;
	size_t at = same ? p->offset : file_line_start(f->text, offset);
	size_t count = same ? p->astral : 0;

	while (at < offset && at < f->text.n) {
		uint32_t c = 0;
		size_t n = utf8_next(f->text, at, &c);

		count += n == 4;
		at += n ? n : 1;
	}
	return count;
}

static struct position count_from(const struct place *p, const struct file *f, size_t offset)
{
	struct file rest = *f;
	struct position pos;

	rest.text = str_sub(f->text, p->offset, f->text.n);
	pos = file_position(&rest, offset - p->offset);
	if (pos.line == 1)
		pos.column += p->position.column - 1;
	pos.line += p->position.line - 1;
	return pos;
}

static struct position find(struct place *p, const struct file *f, size_t offset, size_t *astral)
{
	bool onwards = p->file == f && p->offset <= offset;
	struct position pos = onwards ? count_from(p, f, offset) : file_position(f, offset);

	*astral = astral_before(p, f, offset, pos.line);
	if (starts_point(f->text, offset))
		*p = (struct place){ f, offset, pos, *astral };
	return pos;
}

struct position place_find(struct place *p, const struct file *f, size_t offset)
{
	size_t astral;

	return find(p, f, offset, &astral);
}

struct position place_find_utf16(struct place *p, const struct file *f, size_t offset)
{
	size_t astral;
	struct position pos = find(p, f, offset, &astral);

	pos.column += astral;
	return pos;
}
