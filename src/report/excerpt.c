/* SPDX-License-Identifier: MIT */
#include "excerpt.h"

#include "kmsfix/diag.h"
#include "kmsfix/utf8.h"
#include "width.h"

#define TAB "    "
#define CUT "..."
#define GUTTER 9 /* columns before the text: "  1234 | " */
#define LEAST 24 /* columns that are always taken for the text */

/* Appends what is shown for the code point (or the odd byte) at `at`; its bytes in the text. */
static size_t add_point(struct buf *out, str text, size_t at)
{
	size_t n = utf8_next(text, at, NULL);
	str point = str_sub(text, at, at + (n ? n : 1));

	if (str_eq(point, S("\t")))
		buf_add(out, S(TAB));
	else
		buf_add_safe(out, point);
	return point.n;
}

/* Where to begin so that what is between there and `at` fits. */
static size_t find_begin(str text, size_t line_start, size_t at, size_t columns)
{
	struct buf shown = { 0 };
	size_t begin = line_start, width = 0, next;

	if (at - begin > 4 * columns) {
		begin = at - 4 * columns;
		while (begin < at && ((unsigned char)text.p[begin] & 0xc0) == 0x80)
			begin++;
	}
	for (size_t i = begin; i < at;) {
		shown.n = 0;
		i += add_point(&shown, text, i);
		width += text_width(buf_str(&shown));
	}
	for (; width > columns; begin = next) {
		shown.n = 0;
		next = begin + add_point(&shown, text, begin);
		width -= text_width(buf_str(&shown));
	}
	buf_free(&shown);
	return begin;
}

static bool is_marked(const struct excerpt *x, size_t at)
{
	for (size_t i = 0; i < x->n && x->marks[i].start <= at; i++) {
		if (at < x->marks[i].end || at == x->marks[i].start)
			return true;
	}
	return false;
}

static bool is_line_end(str text, size_t at)
{
	return at >= text.n || text.p[at] == '\n' || text.p[at] == '\r';
}

/* The line from `at` on as far as it fits, and carets in a line of their own. */
static void add_line(struct buf *out, struct buf *carets, const struct excerpt *x, size_t at,
		     size_t columns)
{
	str text = x->file->text;
	size_t width = 0;

	while (!is_line_end(text, at)) {
		size_t before = out->n, n = add_point(out, text, at);
		size_t wide = text_width((str){ out->p + before, out->n - before });

		if (width + wide > columns) {
			out->n = before;
			buf_add(out, S(CUT));
			break;
		}
		buf_fill(carets, is_marked(x, at) ? '^' : ' ', wide);
		width += wide;
		at += n;
	}
	if (is_line_end(text, at) && x->marks[0].start >= at)
		buf_addc(carets, '^');
	while (carets->n && carets->p[carets->n - 1] == ' ')
		carets->n--;
}

void excerpt_add(struct buf *out, const struct excerpt *x)
{
	struct buf carets = { 0 };
	size_t columns = x->columns > LEAST + GUTTER + 6 ? x->columns - GUTTER - 6 : LEAST;
	size_t at = x->marks[0].start, begin, line_start, line_end;

	file_line_near(x->file->text, at, 4 * columns, &line_start, &line_end);
	begin = find_begin(x->file->text, line_start, at, columns * 2 / 3);

	paint_start(out, x->color, INK_QUIET);
	buf_printf(out, "  %4zu | ", x->line);
	paint_end(out, x->color, INK_QUIET);
	if (begin > line_start) {
		buf_add(out, S(CUT));
		buf_fill(&carets, ' ', sizeof(CUT) - 1);
	}
	add_line(out, &carets, x, begin, columns);
	buf_addc(out, '\n');
	paint_start(out, x->color, INK_QUIET);
	buf_add(out, S("       | "));
	paint_end(out, x->color, INK_QUIET);
	paint_start(out, x->color, x->ink);
	buf_add(out, buf_str(&carets));
	paint_end(out, x->color, x->ink);
	buf_addc(out, '\n');
	buf_free(&carets);
}
