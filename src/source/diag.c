/* SPDX-License-Identifier: MIT */
#include "kmsfix/diag.h"

#include <stdlib.h>

#include "kmsfix/place.h"
#include "kmsfix/utf8.h"
#include "kmsfix/vec.h"

/* Bytes of a source line shown on either side of the caret: minified JSON is one huge line. */
#define SHOWN_MAX 100

void diag_add(struct diags *d, enum severity sev, const struct file *f, size_t offset,
	      const char *fmt, ...)
{
	struct diag new = { .severity = sev, .file = f, .offset = offset };
	struct buf text = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	new.text = str_dup(d->arena, buf_str(&text));
	buf_free(&text);
	VEC_PUSH(d->arena, d, new);
}

void diag_unread(struct diags *d)
{
	d->v[d->n - 1].unread = true;
}

static int diag_order(const void *pa, const void *pb)
{
	const struct diag *a = pa, *b = pb;
	int order = (a->file != NULL) - (b->file != NULL);

	if (!order && a->file)
		order = str_cmp(a->file->path, b->file->path);
	if (!order)
		order = (a->offset > b->offset) - (a->offset < b->offset);
	if (!order)
		order = str_cmp(a->text, b->text);
	return order ? order : (a->severity > b->severity) - (a->severity < b->severity);
}

void diags_sort(struct diags *d)
{
	size_t kept = 0;

	if (!d->n)
		return;
	qsort(d->v, d->n, sizeof(*d->v), diag_order);
	for (size_t i = 0; i < d->n; i++) {
		if (!kept || diag_order(&d->v[kept - 1], &d->v[i]))
			d->v[kept++] = d->v[i];
	}
	d->n = kept;
}

const char *severity_name(enum severity sev)
{
	static const char *const names[] = {
		[SEVERITY_ERROR] = "error",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_NOTE] = "note",
	};

	return names[sev];
}

/* Code points that a terminal obeys instead of showing. */
static bool is_unsafe(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x00, 0x1f },     { 0x7f, 0x9f },     { 0x61c, 0x61c },   { 0x200e, 0x200f },
		{ 0x2028, 0x202e }, { 0x2066, 0x2069 }, { 0xfeff, 0xfeff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	}
	return false;
}

void buf_add_safe(struct buf *b, str s)
{
	size_t at = 0;

	while (at < s.n) {
		uint32_t c = (unsigned char)s.p[at];
		size_t n = utf8_next(s, at, &c);

		if (n && !is_unsafe(c))
			buf_add(b, str_sub(s, at, at + n));
		else if (n > 1)
			buf_printf(b, "\\u{%x}", (unsigned)c);
		else
			buf_printf(b, "\\x%02x", (unsigned)c);
		at += n ? n : 1;
	}
}

/* A piece of source: safe, but with its tabs, so that it looks as it does in an editor. */
static void add_source(struct buf *out, str piece)
{
	size_t at = 0, tab;

	while ((tab = str_find(piece, S("\t"), at)) != SIZE_MAX) {
		buf_add_safe(out, str_sub(piece, at, tab));
		buf_addc(out, '\t');
		at = tab + 1;
	}
	buf_add_safe(out, str_sub(piece, at, piece.n));
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Offset of the code point that holds the byte at `at`; `at` where that is not UTF-8. */
static size_t point_start(str text, size_t at)
{
	for (size_t back = 1; back < 4 && back <= at; back++) {
		if (utf8_next(text, at - back, NULL) > back)
			return at - back;
	}
	return at;
}

/* The line around `offset` and, below it, a caret in the same column. */
static void add_excerpt(struct buf *out, const struct file *f, size_t offset)
{
	size_t start, end, first, caret;

	file_line_near(f->text, offset, SHOWN_MAX + 4, &start, &end);
	offset = point_start(f->text, offset < end ? offset : end);
	if (offset - start > SHOWN_MAX)
		start = point_start(f->text, offset - SHOWN_MAX);
	if (end - offset > SHOWN_MAX)
		end = point_start(f->text, offset + SHOWN_MAX);
	first = out->n;
	add_source(out, str_sub(f->text, start, offset));
	caret = out->n;
	add_source(out, str_sub(f->text, offset, end));
	buf_addc(out, '\n');
	for (; first < caret; first++) {
		if (!is_continuation(out->p[first]))
			buf_addc(out, out->p[first] == '\t' ? '\t' : ' ');
	}
	buf_add(out, S("^\n"));
}

static void render(const struct diag *d, struct place *place, struct buf *out)
{
	if (d->file) {
		struct position pos = place_find(place, d->file, d->offset);

		buf_add_safe(out, d->file->path);
		buf_printf(out, ":%zu:%zu: ", pos.line, pos.column);
	}
	buf_printf(out, "%s: ", severity_name(d->severity));
	buf_add_safe(out, d->text);
	buf_addc(out, '\n');
	if (d->file && d->file->text.n)
		add_excerpt(out, d->file, d->offset);
}

void diags_render(const struct diags *d, enum severity least, struct buf *out)
{
	struct place place = { 0 };

	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].severity <= least)
			render(&d->v[i], &place, out);
}
