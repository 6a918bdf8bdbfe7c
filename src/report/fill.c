/* SPDX-License-Identifier: MIT */
#include "fill.h"

str fill_next(str text, size_t *at)
{
	size_t start = str_find(text, S("{{"), *at), end;

	if (start == SIZE_MAX)
		return (str){ 0 };
	end = str_find(text, S("}}"), start);
	if (end == SIZE_MAX)
		return (str){ 0 };
	*at = end + 2;
	return str_sub(text, start + 2, end);
}

static const struct fill_value *value_of(str name, const struct fill_value *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(str_from(values[i].name), name))
			return &values[i];
	}
	return NULL;
}

static void fill_line(struct buf *out, str line, const struct fill_value *values, size_t n)
{
	size_t at = 0, done = 0;
	str name;

	while ((name = fill_next(line, &at)).n) {
		const struct fill_value *value = value_of(name, values, n);
		size_t start = at - name.n - 4;

		if (!value)
			continue;
		buf_add(out, str_sub(line, done, start));
		buf_add(out, value->text);
		done = at;
	}
	buf_add(out, str_sub(line, done, line.n));
	buf_addc(out, '\n');
}

/* True when the line is one name, and there is nothing to say for it. */
static bool is_empty(str line, const struct fill_value *values, size_t n)
{
	size_t at = 0;
	str name = fill_next(line, &at);
	const struct fill_value *value = name.n ? value_of(name, values, n) : NULL;

	return value && !value->text.n && name.n + 4 == line.n;
}

void fill_text(struct buf *out, str text, const struct fill_value *values, size_t n)
{
	bool skipping = false;

	while (text.n) {
		size_t end = str_find(text, S("\n"), 0);
		str line = str_sub(text, 0, end);

		text = end == SIZE_MAX ? (str){ 0 } : str_sub(text, end + 1, text.n);
		if (is_empty(line, values, n)) {
			skipping = true;
			continue;
		}
		if (skipping && !line.n)
			continue;
		skipping = false;
		fill_line(out, line, values, n);
	}
}
