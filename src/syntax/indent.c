/* SPDX-License-Identifier: MIT */
#include "indent.h"

#include <string.h>

#include "kmsfix/arena.h"
#include "unicode.h"

/* The line of `body` at `from`, with its newline. */
static str line_at(str body, size_t from)
{
	size_t newline = str_find(body, S("\n"), from);

	return str_sub(body, from, newline == SIZE_MAX ? body.n : newline + 1);
}

/* The bytes of the first `max` white space characters of a line; *count: how many there are. */
static size_t leading_space(str line, size_t max, size_t *count)
{
	size_t i = 0, width;

	for (*count = 0; *count < max; ++*count) {
		width = unicode_space(line, i);
		if (width == 0)
			break;
		i += width;
	}
	return i;
}

static bool is_blank(str line)
{
	size_t count;

	return leading_space(line, SIZE_MAX, &count) == line.n;
}

static size_t smallest_indent(str body)
{
	size_t smallest = SIZE_MAX;

	for (size_t i = 0; i < body.n;) {
		str line = line_at(body, i);
		size_t count;

		if (leading_space(line, smallest, &count) != line.n && count < smallest)
			smallest = count;
		i += line.n;
	}
	return smallest;
}

str indent_strip(str body, struct arena *a)
{
	size_t indent = smallest_indent(body), n = 0, count;
	char *text;

	if (indent == 0 || indent == SIZE_MAX)
		return body;
	text = arena_alloc(a, body.n);
	for (size_t i = 0; i < body.n;) {
		str line = line_at(body, i);
		size_t skip = is_blank(line) ? 0 : leading_space(line, indent, &count);

		memcpy(text + n, line.p + skip, line.n - skip);
		n += line.n - skip;
		i += line.n;
	}
	return (str){ text, n };
}
