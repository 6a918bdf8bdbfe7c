/* SPDX-License-Identifier: MIT */
#include "markup.h"

#include <string.h>

#include "kmsfix/ascii.h"
#include "kmsfix/diag.h"

#define ZERO_WIDTH_SPACE "\xe2\x80\x8b"

/* ---- Markdown ---- */

static void add_prose(struct buf *out, char c)
{
	if (c == '<')
		buf_add(out, S("&lt;"));
	else if (c == '>')
		buf_add(out, S("&gt;"));
	else if (c == '&')
		buf_add(out, S("&amp;"));
	else if (c == '@' || c == '#') /* a backslash does not stop these */
		buf_printf(out, "\\%c" ZERO_WIDTH_SPACE, c);
	else if (c && strchr("\\`*_{}[]()+-.!|~:/=\"'$^", c))
		buf_printf(out, "\\%c", c);
	else
		buf_addc(out, c);
}

void markdown_text(struct buf *out, str s)
{
	struct buf safe = { 0 };

	buf_add_safe(&safe, s);
	for (size_t i = 0; i < safe.n; i++)
		add_prose(out, safe.p[i]);
	buf_free(&safe);
}

/* The longest run of backquotes. */
static size_t longest_run(str s)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < s.n; i++) {
		run = s.p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

void markdown_code(struct buf *out, str s, bool cell)
{
	struct buf safe = { 0 };
	size_t fence;

	buf_add_safe(&safe, s);
	if (!safe.n)
		buf_addc(&safe, ' ');
	fence = longest_run(buf_str(&safe)) + 1;
	buf_fill(out, '`', fence);
	buf_add(out, fence > 1 ? S(" ") : S(""));
	for (size_t i = 0; i < safe.n; i++) {
		if (safe.p[i] == '|' && cell)
			buf_addc(out, '\\');
		buf_addc(out, safe.p[i]);
	}
	buf_add(out, fence > 1 ? S(" ") : S(""));
	buf_fill(out, '`', fence);
	buf_free(&safe);
}

/* ---- Mermaid ---- */

void mermaid_label(struct buf *out, str s)
{
	struct buf safe = { 0 };

	buf_add_safe(&safe, s);
	if (!safe.n)
		buf_add(out, S("#32;")); /* an empty label is an error */
	for (size_t i = 0; i < safe.n; i++) {
		unsigned char c = (unsigned char)safe.p[i];
		bool plain = ascii_is_alnum(safe.p[i]) || c == '_' || c == '.' || (c == ' ' && i) ||
			     c >= 0x80;

		if (plain)
			buf_addc(out, (char)c);
		else
			buf_printf(out, "#%u;", c);
	}
	buf_free(&safe);
}

/* ---- HTML ---- */

static void add_escaped(struct buf *out, str s)
{
	static const struct {
		char c;
		const char *text;
	} rows[] = {
		{ '&', "&amp;" },  { '<', "&lt;" },   { '>', "&gt;" },
		{ '"', "&quot;" }, { '\'', "&#39;" },
	};

	for (size_t i = 0; i < s.n; i++) {
		size_t r = 0;

		while (r < sizeof(rows) / sizeof(*rows) && rows[r].c != s.p[i])
			r++;
		if (r < sizeof(rows) / sizeof(*rows))
			buf_printf(out, "%s", rows[r].text);
		else
			buf_addc(out, s.p[i]);
	}
}

void html_text(struct buf *out, str s)
{
	struct buf safe = { 0 };

	buf_add_safe(&safe, s);
	add_escaped(out, buf_str(&safe));
	buf_free(&safe);
}

void html_source(struct buf *out, str s)
{
	while (s.n) {
		size_t n = 0;

		while (n < s.n && s.p[n] != '\n' && s.p[n] != '\t')
			n++;
		html_text(out, str_sub(s, 0, n));
		if (n < s.n)
			buf_addc(out, s.p[n]);
		s = str_sub(s, n + 1, s.n);
	}
}
