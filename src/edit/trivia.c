/* SPDX-License-Identifier: MIT */
#include "trivia.h"

#include <string.h>

bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

bool at_line_start(str text, size_t off)
{
	return off == 0 || ends_line(text.p[off - 1]);
}

bool at_line_head(str text, size_t off)
{
	return at_line_start(text, trim_left(text, 0, off));
}

str line_indent(str text, size_t off)
{
	size_t start = file_line_start(text, off), end = start;

	while (end < text.n && is_blank(text.p[end]))
		end++;
	return str_sub(text, start, end);
}

size_t line_next(str text, size_t off)
{
	size_t end = file_line_end(text, off);

	if (end + 1 < text.n && text.p[end] == '\r' && text.p[end + 1] == '\n')
		return end + 2;
	return end < text.n ? end + 1 : end;
}

str line_ending(str text, size_t off)
{
	size_t end = file_line_end(text, off);

	if (end == text.n) {
		size_t start = file_line_start(text, off);

		if (start == 0)
			return S("\n");
		end = start - 1;
		if (end > 0 && text.p[end] == '\n' && text.p[end - 1] == '\r')
			end--;
	}
	return text.p[end] == '\r' ? S("\r\n") : S("\n");
}

bool same_line(str text, size_t a, size_t b)
{
	for (; a < b; a++) {
		if (ends_line(text.p[a]))
			return false;
	}
	return true;
}

bool has_newline(str s)
{
	return s.n && memchr(s.p, '\n', s.n) != NULL;
}

size_t trim_left(str text, size_t from, size_t off)
{
	while (off > from && is_blank(text.p[off - 1]))
		off--;
	return off;
}

const struct span *comment_in(const struct tree *t, size_t start, size_t end)
{
	size_t low = 0, high = t->comment_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->comments[mid].end <= start)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == t->comment_count || t->comments[low].start >= end)
		return NULL;
	return &t->comments[low];
}

bool line_rest_empty(const struct tree *t, size_t off, size_t *end)
{
	str text = t->file->text;

	while (off < text.n && !ends_line(text.p[off])) {
		const struct span *c = NULL;

		if (!is_blank(text.p[off])) {
			c = comment_in(t, off, off + 1);
			if (!c || !same_line(text, off, c->end))
				return false;
		}
		off = c ? c->end : off + 1;
	}
	*end = off;
	return true;
}

size_t end_with_comma(const struct node *child)
{
	if (child->comma && same_line(child->tree->file->text, child->end, child->comma))
		return child->comma + 1;
	return child->end;
}

bool ends_with_heredoc(const struct node *n)
{
	while (n && n->kind != NODE_HEREDOC)
		n = n->last && n->last->end == n->end ? n->last : NULL;
	return n != NULL;
}
