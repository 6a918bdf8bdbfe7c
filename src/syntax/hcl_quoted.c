/* SPDX-License-Identifier: MIT */
/*
 * Quoted strings: one line, with the escapes \n \r \t \" \\ \uXXXX \UXXXXXXXX. NUL and tabs are
 * accepted as they are.
 */
#include "hcl.h"

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* The length of the escape at `pos`: 0 when it is not valid. */
static uint32_t escape_length(const struct hcl *p)
{
	char c = p->end - p->pos >= 2 ? p->s[p->pos + 1] : '\0';
	uint32_t digits = c == 'u' ? 4 : 8, cp = 0;

	if (c == 'n' || c == 'r' || c == 't' || c == '"' || c == '\\')
		return 2;
	if ((c != 'u' && c != 'U') || p->end - p->pos < 2 + digits)
		return 0;
	for (uint32_t i = 0; i < digits; i++) {
		int value = hex_value(p->s[p->pos + 2 + i]);

		if (value < 0 || cp > 0x10ffff)
			return 0;
		cp = cp << 4 | (uint32_t)value;
	}
	return cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000) ? 0 : 2 + digits;
}

static bool is_plain(unsigned char c)
{
	return c < 0x80 && c != '"' && c != '\\' && c != '$' && c != '%' && c != '\n' && c != '\r';
}

/* Reads literal bytes up to the closing quote or to a part. */
static bool scan_literal(struct hcl *p, uint32_t start)
{
	bool part = false;

	while (!part) {
		uint32_t width;
		char c;

		while (p->pos < p->end && is_plain((unsigned char)p->s[p->pos]))
			p->pos++;
		c = p->pos < p->end ? p->s[p->pos] : '\n';
		if (c == '"')
			return true;
		if (c == '\n' || c == '\r') {
			hcl_fail(p, start, "the string is not closed on its line");
			return false;
		}
		if (c == '\\') {
			width = escape_length(p);
			if (width == 0) {
				hcl_fail(p, p->pos, "this escape sequence is not valid");
				return false;
			}
			p->pos += width;
		} else if (!hcl_text_step(p, &part)) {
			return false;
		}
	}
	return true;
}

struct node *hcl_quoted(struct hcl *p)
{
	struct node *n = hcl_node(p, NODE_STRING, p->pos);
	struct hcl_template t = { .node = n, .text = p->pos + 1 };

	p->pos++;
	for (;;) {
		if (!scan_literal(p, n->start))
			return NULL;
		if (p->s[p->pos] == '"')
			break;
		if (!hcl_part(p, &t))
			return NULL;
	}
	if (!hcl_template_finish(p, &t))
		return NULL;
	p->pos++;
	n->end = p->pos;
	return n;
}

struct node *hcl_quoted_label(struct hcl *p)
{
	struct node *n = hcl_node(p, NODE_LABEL, p->pos);

	p->pos++;
	if (!scan_literal(p, n->start))
		return NULL;
	if (p->s[p->pos] != '"')
		return hcl_fail(p, p->pos, "a block label cannot hold a template sequence");
	n->name = (str){ p->s + n->start + 1, p->pos - n->start - 1 };
	p->pos++;
	n->end = p->pos;
	return n;
}
