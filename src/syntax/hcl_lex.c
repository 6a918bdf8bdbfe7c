/* SPDX-License-Identifier: MIT */
/*
 * White space, comments, names and numbers. A name is `[A-Za-z_]` or ID_Start, then also digits,
 * '-' and ID_Continue. A `#` or `//` comment leaves its newline to be seen, a block comment does
 * not count as one even over several lines.
 */
#include "hcl.h"

#include <string.h>

#include "kmsfix/vec.h"
#include "unicode.h"

/* More digits than this in an exponent are out of the range of Terraform's numbers. */
#define EXPONENT_DIGITS 8

struct node *hcl_fail(struct hcl *p, uint32_t at, const char *reason)
{
	if (!p->failed) {
		p->failed = true;
		p->error->offset = at;
		p->error->reason = reason;
	}
	return NULL;
}

struct node *hcl_node(struct hcl *p, enum node_kind kind, uint32_t start)
{
	return node_new(p->arena, p->tree, kind, start);
}

uint32_t hcl_newline(const struct hcl *p)
{
	if (p->pos < p->end && p->s[p->pos] == '\n')
		return 1;
	return p->end - p->pos >= 2 && memcmp(p->s + p->pos, "\r\n", 2) == 0 ? 2 : 0;
}

static void comment_push(struct hcl *p, uint32_t start, uint32_t end)
{
	VEC_PUSH(p->arena, &p->comments, ((struct span){ start, end }));
}

static void skip_line_comment(struct hcl *p)
{
	const char *nl = memchr(p->s + p->pos, '\n', p->end - p->pos);
	uint32_t start = p->pos;

	p->pos = nl ? (uint32_t)(nl - p->s) : p->end;
	if (nl && p->s[p->pos - 1] == '\r')
		p->pos--;
	comment_push(p, start, p->pos);
}

static void skip_block_comment(struct hcl *p)
{
	uint32_t start = p->pos, i = p->pos + 2;
	const char *star = NULL;

	while (i < p->end && (star = memchr(p->s + i, '*', p->end - i))) {
		i = (uint32_t)(star - p->s) + 1;
		if (i < p->end && p->s[i] == '/')
			break;
		star = NULL;
	}
	if (!star) {
		hcl_fail(p, start, "the comment is not closed");
		p->pos = p->end;
		return;
	}
	p->pos = i + 1;
	comment_push(p, start, p->pos);
}

static bool skip_comment(struct hcl *p)
{
	char next = p->end - p->pos >= 2 ? p->s[p->pos + 1] : '\0';

	if (p->s[p->pos] == '#' || next == '/')
		skip_line_comment(p);
	else if (next == '*')
		skip_block_comment(p);
	else
		return false;
	return true;
}

int hcl_peek(struct hcl *p)
{
	for (;;) {
		unsigned char c;
		uint32_t newline;

		while (p->pos < p->end && (p->s[p->pos] == ' ' || p->s[p->pos] == '\t'))
			p->pos++;
		if (p->pos >= p->end)
			return HCL_END;
		c = (unsigned char)p->s[p->pos];
		if (c > '/')
			return c;
		if (c == '\n' || c == '\r') {
			newline = hcl_newline(p);
			if (newline == 0 || p->newlines)
				return newline ? '\n' : '\r';
			p->pos += newline;
		} else if ((c != '#' && c != '/') || !skip_comment(p)) {
			return c;
		}
	}
}

bool hcl_at(const struct hcl *p, str bytes)
{
	return p->end - p->pos >= bytes.n && memcmp(p->s + p->pos, bytes.p, bytes.n) == 0;
}

static bool is_letter(unsigned char c)
{
	return (unsigned)((c | 0x20) - 'a') < 26 || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The end of the name at `pos`, which holds bytes above ASCII from `i` on. */
static uint32_t wide_name_end(const struct hcl *p, uint32_t i)
{
	for (;;) {
		unsigned char c = i < p->end ? (unsigned char)p->s[i] : 0;
		uint32_t point;
		size_t width;

		if (c < 0x80) {
			if (!is_letter(c) && (i == p->pos || !(is_digit((char)c) || c == '-')))
				return i;
			i++;
			continue;
		}
		width = utf8_next((str){ p->s, p->end }, i, &point);
		if (width == 0 ||
		    !(i == p->pos ? unicode_starts_name(point) : unicode_continues_name(point)))
			return i;
		i += (uint32_t)width;
	}
}

str hcl_name(struct hcl *p)
{
	const char *start = p->s + p->pos;
	uint32_t i = p->pos;

	if (i < p->end && is_letter((unsigned char)p->s[i])) {
		i++;
		while (i < p->end &&
		       (is_letter((unsigned char)p->s[i]) || is_digit(p->s[i]) || p->s[i] == '-'))
			i++;
	}
	if (i < p->end && (unsigned char)p->s[i] >= 0x80)
		i = wide_name_end(p, i);
	p->pos = i;
	return (str){ start, (size_t)(p->s + i - start) };
}

bool hcl_word(struct hcl *p, str word)
{
	uint32_t start = p->pos;

	if (hcl_at(p, word) && hcl_name(p).n == word.n)
		return true;
	p->pos = start;
	return false;
}

/* The end of the longest run that Terraform takes for one number, well-formed or not. */
static uint32_t number_end(const struct hcl *p)
{
	uint32_t i = p->pos;

	while (i < p->end) {
		char c = p->s[i];
		uint32_t digit = i + 1;

		if (is_digit(c) || c == '.') {
			i++;
			continue;
		}
		if (c != 'e' && c != 'E')
			break;
		if (digit < p->end && (p->s[digit] == '+' || p->s[digit] == '-'))
			digit++;
		if (digit >= p->end || !is_digit(p->s[digit]))
			break;
		i = digit + 1;
	}
	while (p->s[i - 1] == '.')
		i--;
	return i;
}

static size_t count_digits(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && is_digit(s[i]))
		i++;
	return i;
}

/* digits [ '.' digits ] [ 'e' sign digits ]; Terraform takes `1.e5` too. */
static bool number_is_valid(str s)
{
	size_t i = count_digits(s.p, s.n);

	if (i < s.n && s.p[i] == '.')
		i += 1 + count_digits(s.p + i + 1, s.n - i - 1);
	if (i == s.n)
		return true;
	if (s.p[i] != 'e' && s.p[i] != 'E')
		return false;
	i++;
	if (s.p[i] == '+' || s.p[i] == '-')
		i++;
	return s.n - i <= EXPONENT_DIGITS && count_digits(s.p + i, s.n - i) == s.n - i;
}

struct node *hcl_number(struct hcl *p)
{
	struct node *n = hcl_node(p, NODE_NUMBER, p->pos);

	p->pos = n->end = number_end(p);
	if (!number_is_valid((str){ p->s + n->start, n->end - n->start }))
		return hcl_fail(p, n->start, "this is not a number");
	p->height = 0;
	return n;
}

bool hcl_enter(struct hcl *p)
{
	if (p->depth >= SYNTAX_MAX_DEPTH) {
		hcl_fail(p, p->pos, "nested too deeply");
		return false;
	}
	p->depth++;
	return true;
}

void hcl_leave(struct hcl *p)
{
	p->depth--;
}

bool hcl_wrap(struct hcl *p, unsigned height, unsigned other)
{
	p->height = (height > other ? height : other) + 1;
	if (p->depth + p->height <= SYNTAX_MAX_DEPTH)
		return true;
	hcl_fail(p, p->pos, "nested too deeply");
	return false;
}
