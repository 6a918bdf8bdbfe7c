/* SPDX-License-Identifier: MIT */
/*
 * JSON strings. A string of a heredoc with `${…}` in it gets TEXT and INTERP children; those
 * INTERP nodes are copies that share the expressions of the HCL tree.
 */
#include "json.h"

#include "kmsfix/utf8.h"

/* The length of the escape at `pos`: 0 when it is not valid. A lone surrogate is. */
static uint32_t escape_length(const struct json *p)
{
	char c = p->end - p->pos >= 2 ? p->s[p->pos + 1] : '\0';

	if (c == '"' || c == '\\' || c == '/' || c == 'b' || c == 'f' || c == 'n' || c == 'r' ||
	    c == 't')
		return 2;
	if (c != 'u' || p->end - p->pos < 6)
		return 0;
	for (uint32_t i = p->pos + 2; i < p->pos + 6; i++) {
		char d = p->s[i];

		if (!(d >= '0' && d <= '9') && !((d | 0x20) >= 'a' && (d | 0x20) <= 'f'))
			return 0;
	}
	return 6;
}

/* The length of the character at `pos`, 0 with an error. */
static uint32_t character_length(struct json *p)
{
	unsigned char c = (unsigned char)p->s[p->pos];
	uint32_t len;

	if (c < 0x20) {
		json_fail(p, p->pos, "a control character in a string");
		return 0;
	}
	if (c == '\\') {
		len = escape_length(p);
		if (len == 0)
			json_fail(p, p->pos, "this escape sequence is not valid");
		return len;
	}
	if (c < 0x80)
		return 1;
	len = (uint32_t)utf8_next((str){ p->s, p->end }, p->pos, NULL);
	if (len == 0)
		json_fail(p, p->pos, "this is not valid UTF-8");
	return len;
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != '$';
}

static void text_add(struct json *p, struct node *string, uint32_t start)
{
	struct node *n;

	if (start == p->pos)
		return;
	n = node_new(p->arena, p->tree, NODE_TEXT, start);
	n->flags = p->flags;
	n->end = p->pos;
	node_append(string, n);
}

struct node *json_interp(struct json *p)
{
	struct node *n = node_new(p->arena, p->tree, NODE_INTERP, p->pos);

	n->first = p->part->first;
	n->last = p->part->last;
	p->pos = n->end = p->part->end;
	do
		p->part = p->part->next;
	while (p->part && p->part->kind != NODE_INTERP);
	return n;
}

struct node *json_string(struct json *p)
{
	struct node *n = node_new(p->arena, p->tree, NODE_STRING, p->pos);
	uint32_t text = ++p->pos;

	n->flags = p->flags;
	for (;;) {
		uint32_t len;

		while (p->pos < p->end && is_plain((unsigned char)p->s[p->pos]))
			p->pos++;
		if (p->pos >= p->end)
			return json_fail(p, n->start, "the string is not closed");
		if (p->s[p->pos] == '"')
			break;
		if (p->part && p->part->start == p->pos) {
			text_add(p, n, text);
			node_append(n, json_interp(p));
			text = p->pos;
			continue;
		}
		len = character_length(p);
		if (len == 0)
			return NULL;
		p->pos += len;
	}
	if (n->first)
		text_add(p, n, text);
	n->end = ++p->pos;
	return n;
}
