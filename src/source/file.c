/* SPDX-License-Identifier: MIT */
#include "kmsfix/file.h"

#include <string.h>

#include "kmsfix/arena.h"
#include "kmsfix/utf8.h"

/* True when a line ends just before `at`. */
static bool line_starts(str text, size_t at)
{
	if (!at || text.p[at - 1] == '\n')
		return true;
	return text.p[at - 1] == '\r' && !(at < text.n && text.p[at] == '\n');
}

size_t file_line_start(str text, size_t offset)
{
	if (offset > text.n)
		offset = text.n;
	while (!line_starts(text, offset))
		offset--;
	return offset;
}

size_t file_line_end(str text, size_t offset)
{
	if (offset > text.n)
		offset = text.n;
	if (offset && offset < text.n && text.p[offset] == '\n' && text.p[offset - 1] == '\r')
		return offset - 1;
	while (offset < text.n && text.p[offset] != '\n' && text.p[offset] != '\r')
		offset++;
	return offset;
}

void file_line_near(str text, size_t offset, size_t reach, size_t *start, size_t *end)
{
	size_t at = offset < text.n ? offset : text.n;
	size_t from = at > reach ? at - reach : 0;
	str near = str_sub(text, from, at + reach);

	*start = from + file_line_start(near, at - from);
	*end = from + file_line_end(near, at - from);
}

struct position file_position(const struct file *f, size_t offset)
{
	struct position pos = { 1, 1 };
	size_t start, at;

	if (offset > f->text.n)
		offset = f->text.n;
	start = file_line_start(f->text, offset);
	for (at = 1; at <= start; at++)
		pos.line += line_starts(f->text, at);
	for (at = start; at < offset; pos.column++) {
		size_t n = utf8_next(f->text, at, NULL);

		if (n > offset - at)
			break; /* inside a code point: its column */
		at += n ? n : 1;
	}
	return pos;
}

str file_line(const struct file *f, size_t offset)
{
	return str_sub(f->text, file_line_start(f->text, offset), file_line_end(f->text, offset));
}

/* Offset of the last '/', or SIZE_MAX. */
static size_t last_slash(str path)
{
	for (size_t i = path.n; i > 0; i--) {
		if (path.p[i - 1] == '/')
			return i - 1;
	}
	return SIZE_MAX;
}

str path_dir(str path)
{
	size_t slash = last_slash(path);

	return slash == SIZE_MAX ? S("") : str_sub(path, 0, slash);
}

bool path_is_in(str path, str dir)
{
	return str_starts(path, dir) && (path.n == dir.n || path.p[dir.n] == '/');
}

str path_base(str path)
{
	size_t slash = last_slash(path);

	return slash == SIZE_MAX ? path : str_sub(path, slash + 1, path.n);
}

/* Walks the parts of `path` from *out, which has room for them; false above the root. */
static bool path_walk(char *bytes, str *out, str path)
{
	size_t at = 0;

	while (at < path.n) {
		size_t slash = str_find(path, S("/"), at);
		size_t end = slash == SIZE_MAX ? path.n : slash;
		str part = str_sub(path, at, end);

		at = end + 1;
		if (!part.n || str_eq(part, S(".")))
			continue;
		if (str_eq(part, S(".."))) {
			if (!out->n)
				return false;
			out->n = path_dir(*out).n;
			continue;
		}
		if (out->n)
			bytes[out->n++] = '/';
		memcpy(bytes + out->n, part.p, part.n);
		out->n += part.n;
	}
	return true;
}

bool path_join(struct arena *a, str dir, str rel, str *out)
{
	char *bytes;
	str path;

	if (str_starts(rel, S("/")))
		return false;
	bytes = arena_alloc(a, dir.n + rel.n + 2); /* a '/' between them, a NUL after them */
	path = (str){ bytes, 0 };
	if (!path_walk(bytes, &path, dir) || !path_walk(bytes, &path, rel))
		return false;
	bytes[path.n] = '\0';
	*out = path;
	return true;
}
