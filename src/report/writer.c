/* SPDX-License-Identifier: MIT */
#include "writer.h"

#include <assert.h>

#include "kmsfix/utf8.h"

void writer_init(struct writer *w, struct buf *out)
{
	*w = (struct writer){ .out = out, .expect = EXPECT_VALUE };
}

static void break_line(struct writer *w)
{
	buf_addc(w->out, '\n');
	buf_fill(w->out, ' ', (size_t)2 * w->depth);
}

/* What stands before an item. */
static void start_item(struct writer *w)
{
	if (w->expect == EXPECT_NEXT)
		buf_addc(w->out, ',');
	if (w->expect != EXPECT_VALUE && w->layout[w->depth] == LAYOUT_LINES)
		break_line(w);
	else if (w->expect == EXPECT_NEXT)
		buf_addc(w->out, ' ');
	w->expect = EXPECT_NEXT;
}

void writer_open(struct writer *w, char bracket, enum layout layout)
{
	assert(w->depth < WRITER_DEPTH);
	start_item(w);
	buf_addc(w->out, bracket);
	w->layout[++w->depth] = layout;
	w->expect = EXPECT_FIRST;
}

void writer_close(struct writer *w, char bracket)
{
	bool broken = w->layout[w->depth] == LAYOUT_LINES && w->expect == EXPECT_NEXT;

	w->depth--;
	if (broken)
		break_line(w);
	buf_addc(w->out, bracket);
	w->expect = EXPECT_NEXT;
}

static void add_point(struct buf *out, uint32_t c, str bytes)
{
	if (c == '"' || c == '\\') {
		buf_addc(out, '\\');
		buf_add(out, bytes);
	} else if (c == '\n' || c == '\t' || c == '\r') {
		buf_addc(out, '\\');
		buf_addc(out, c == '\n' ? 'n' : c == '\t' ? 't' : 'r');
	} else if (c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029) {
		buf_printf(out, "\\u%04x", (unsigned)c);
	} else {
		buf_add(out, bytes);
	}
}

static void add_quoted(struct buf *out, str s)
{
	size_t at = 0;

	buf_addc(out, '"');
	while (at < s.n) {
		uint32_t c;
		size_t n = utf8_next(s, at, &c);

		if (n)
			add_point(out, c, str_sub(s, at, at + n));
		else
			buf_add(out, S("\xef\xbf\xbd")); /* U+FFFD */
		at += n ? n : 1;
	}
	buf_addc(out, '"');
}

void writer_key(struct writer *w, const char *key)
{
	start_item(w);
	add_quoted(w->out, str_from(key));
	buf_add(w->out, S(": "));
	w->expect = EXPECT_VALUE;
}

void writer_text(struct writer *w, str s)
{
	start_item(w);
	add_quoted(w->out, s);
}

void writer_name(struct writer *w, const char *z)
{
	if (z)
		writer_text(w, str_from(z));
	else
		writer_null(w);
}

void writer_number(struct writer *w, size_t n)
{
	start_item(w);
	buf_printf(w->out, "%zu", n);
}

void writer_bool(struct writer *w, bool b)
{
	start_item(w);
	buf_add(w->out, b ? S("true") : S("false"));
}

void writer_null(struct writer *w)
{
	start_item(w);
	buf_add(w->out, S("null"));
}

void writer_member_text(struct writer *w, const char *key, str s)
{
	writer_key(w, key);
	writer_text(w, s);
}

void writer_member_optional(struct writer *w, const char *key, str s)
{
	writer_key(w, key);
	if (s.n)
		writer_text(w, s);
	else
		writer_null(w);
}

void writer_member_number(struct writer *w, const char *key, size_t n)
{
	writer_key(w, key);
	writer_number(w, n);
}
