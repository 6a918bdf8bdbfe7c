/* SPDX-License-Identifier: MIT */
/*
 * From the bytes of a literal to the text it stands for. The parsers have checked every escape, so
 * decoding fails only where there is no text: a lone surrogate, or text that depends on a template.
 */
#include "kmsfix/node.h"

#include <string.h>

#include "indent.h"
#include "kmsfix/arena.h"

/* What is special in the bytes of a literal. */
enum escapes {
	ESCAPES_HCL = 1,      /* backslash, with \U and without \/ \b \f */
	ESCAPES_JSON = 2,     /* backslash, with surrogate pairs */
	ESCAPES_TEMPLATE = 4, /* `$${` and `%%{` */
};

static uint32_t hex_number(const char *s, size_t digits)
{
	uint32_t value = 0;

	for (size_t i = 0; i < digits; i++) {
		char c = s[i];

		value = value << 4 | (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return value;
}

static char simple_escape(char c)
{
	switch (c) {
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	default:
		return c;
	}
}

/* Writes a code point, which is no surrogate; the number of bytes. */
static size_t encode(uint32_t point, char out[4])
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t len = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

	for (size_t i = len; i > 1; i--) {
		out[i - 1] = (char)(0x80 | (point & 0x3f));
		point >>= 6;
	}
	out[0] = (char)(lead[len] | point);
	return len;
}

static bool is_surrogate(uint32_t point)
{
	return point >= 0xd800 && point < 0xe000;
}

/* The code point of the \u or \U escape that starts `s`, and its length; 0: a lone surrogate. */
static size_t unicode_escape(str s, unsigned how, uint32_t *point)
{
	size_t digits = s.p[1] == 'U' ? 8 : 4;
	uint32_t low;

	*point = hex_number(s.p + 2, digits);
	if (!is_surrogate(*point))
		return 2 + digits;
	if (!(how & ESCAPES_JSON) || *point >= 0xdc00 || s.n < 12 || s.p[6] != '\\' ||
	    s.p[7] != 'u')
		return 0;
	low = hex_number(s.p + 8, 4);
	if (low < 0xdc00 || low >= 0xe000)
		return 0;
	*point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
	return 12;
}

static bool is_template_escape(str s)
{
	return s.n >= 3 && (s.p[0] == '$' || s.p[0] == '%') && s.p[1] == s.p[0] && s.p[2] == '{';
}

/* Decodes what is at the start of `s` to *out; the number of bytes read, 0 when it has no text. */
static size_t decode_one(str s, unsigned how, char **out)
{
	uint32_t point;
	size_t len;

	if ((how & ESCAPES_TEMPLATE) && is_template_escape(s)) {
		memcpy(*out, s.p + 1, 2);
		*out += 2;
		return 3;
	}
	if (s.p[0] != '\\' || !(how & (ESCAPES_HCL | ESCAPES_JSON))) {
		*(*out)++ = s.p[0];
		return 1;
	}
	if (s.p[1] != 'u' && s.p[1] != 'U') {
		*(*out)++ = simple_escape(s.p[1]);
		return 2;
	}
	len = unicode_escape(s, how, &point);
	if (len)
		*out += encode(point, *out);
	return len;
}

static bool decode(str raw, unsigned how, struct arena *a, str *out)
{
	bool backslash = how & (ESCAPES_HCL | ESCAPES_JSON) && str_has(raw, S("\\"));
	char *text, *end;

	*out = raw;
	if (!backslash &&
	    !((how & ESCAPES_TEMPLATE) && (str_has(raw, S("$${")) || str_has(raw, S("%%{")))))
		return true;
	text = end = arena_alloc(a, raw.n); /* no escape is shorter than its text */
	for (size_t i = 0, len; i < raw.n; i += len) {
		len = decode_one(str_sub(raw, i, raw.n), how, &end);
		if (len == 0)
			return false;
	}
	*out = (str){ text, (size_t)(end - text) };
	return true;
}

static unsigned escapes_of(const struct node *n)
{
	if (!(n->flags & FLAG_JSON))
		return ESCAPES_HCL | ESCAPES_TEMPLATE;
	return n->flags & FLAG_TEMPLATE ? ESCAPES_JSON | ESCAPES_TEMPLATE : ESCAPES_JSON;
}

static bool quoted_text(const struct node *n, struct arena *a, str *out)
{
	str raw = node_source(n);

	return decode(str_sub(raw, 1, raw.n - 1), escapes_of(n), a, out);
}

static bool heredoc_text(const struct node *n, struct arena *a, str *out)
{
	str raw = str_sub(n->tree->file->text, n->body, n->body_end);

	if (n->flags & FLAG_INDENTED)
		raw = indent_strip(raw, a);
	return decode(raw, ESCAPES_TEMPLATE, a, out);
}

/*
 * Text beside a `~` marker, or in an indented heredoc, depends on its neighbours: no decoding. (The
 * neighbours of a TEXT are always `…}` before it and `${…` or `%{…` after it.)
 */
static bool part_text(const struct node *n, struct arena *a, str *out)
{
	const struct node *parent = n->parent;
	const char *s = n->tree->file->text.p;

	if (n != parent->first && s[n->start - 2] == '~')
		return false;
	if (n->next && s[n->end + 2] == '~')
		return false;
	if (parent->kind != NODE_HEREDOC)
		return decode(node_source(n), escapes_of(n), a, out);
	if (parent->flags & FLAG_INDENTED)
		return false;
	return decode(node_source(n), ESCAPES_TEMPLATE, a, out);
}

bool node_text(const struct node *n, struct arena *a, str *out)
{
	if (n->flags & FLAG_DECODED) {
		*out = node_decoded(n);
		return !n->first;
	}
	switch (n->kind) {
	case NODE_STRING:
		return !n->first && quoted_text(n, a, out);
	case NODE_HEREDOC:
		return !n->first && heredoc_text(n, a, out);
	case NODE_TEXT:
		return part_text(n, a, out);
	case NODE_LABEL:
		if (n->name.n == n->end - n->start)
			break;
		return quoted_text(n, a, out);
	case NODE_NAME:
		break;
	default:
		return false;
	}
	*out = n->name;
	return true;
}
