/* SPDX-License-Identifier: MIT */
#include "kmsfix/text.h"

#include <string.h>

#include "kmsfix/arena.h"
#include "kmsfix/buf.h"

str ref_text(struct arena *a, str source)
{
	char *p = arena_alloc(a, source.n + 2);

	p[0] = REF_OPEN;
	if (source.n)
		memcpy(p + 1, source.p, source.n);
	p[source.n + 1] = REF_CLOSE;
	return (str){ p, source.n + 2 };
}

str ref_in_scope(struct arena *a, str scope, str source)
{
	static const char marks[] = { REF_OPEN, REF_SCOPE, REF_CLOSE };

	return STR_CAT(a, (str){ &marks[0], 1 }, scope, (str){ &marks[1], 1 }, source,
		       (str){ &marks[2], 1 });
}

str ref_scope(str source, str *local)
{
	const char *mark = source.n ? memchr(source.p, REF_SCOPE, source.n) : NULL;
	size_t n = mark ? (size_t)(mark - source.p) : 0;

	*local = mark ? str_sub(source, n + 1, source.n) : source;
	return str_sub(source, 0, n);
}

str text_unscoped(struct arena *a, str text)
{
	struct buf b = { 0 };
	str part, local, out;
	bool ref;

	if (text_is_literal(text))
		return text;
	while (text_next(&text, &part, &ref)) {
		local = part;
		if (ref)
			ref_scope(part, &local);
		buf_add(&b, ref ? ref_text(a, local) : local);
	}
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

/* `opens` and `closes` stand around references; not around {{resolve:…}}, which needs nothing. */
static str rendered(struct arena *a, str text, const char *opens, const char *closes)
{
	struct buf b = { 0 };
	str part, local, out;
	bool ref;

	while (text_next(&text, &part, &ref)) {
		local = part;
		if (ref)
			ref_scope(part, &local);
		bool marked = ref && !str_starts(local, S("{{"));
		buf_printf(&b, "%s%.*s%s", marked ? opens : "", STR_ARG(local),
			   marked ? closes : "");
	}
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

str text_readable(struct arena *a, str text)
{
	return rendered(a, text, "", "");
}

str text_written(struct arena *a, str text)
{
	return rendered(a, text, "${", "}");
}

size_t text_ref_end(str text, size_t at)
{
	while (at < text.n && text.p[at] != REF_CLOSE)
		at++;
	return at < text.n ? at + 1 : text.n;
}

bool text_is_literal(str text)
{
	return !text.n || !memchr(text.p, REF_OPEN, text.n);
}

bool text_is_ref(str text, str *source)
{
	if (!text.n || text.p[0] != REF_OPEN || text_ref_end(text, 0) != text.n ||
	    text.p[text.n - 1] != REF_CLOSE)
		return false;
	if (source)
		*source = str_sub(text, 1, text.n - 1);
	return true;
}

bool text_next(str *rest, str *part, bool *ref)
{
	size_t end;

	if (!rest->n)
		return false;
	*ref = rest->p[0] == REF_OPEN;
	if (*ref) {
		end = text_ref_end(*rest, 0);
		*part = str_sub(*rest, 1, end - (rest->p[end - 1] == REF_CLOSE));
	} else {
		end = text_find(*rest, REF_OPEN, 0);
		*part = str_sub(*rest, 0, end);
	}
	*rest = str_sub(*rest, end, rest->n);
	return true;
}

size_t text_find(str text, char c, size_t from)
{
	for (size_t i = from; i < text.n; i++) {
		if (text.p[i] == c)
			return i;
		if (text.p[i] == REF_OPEN)
			i = text_ref_end(text, i) - 1;
	}
	return SIZE_MAX;
}

str text_base(str text)
{
	size_t base = 0;
	for (size_t i = text_find(text, '/', 0); i != SIZE_MAX; i = text_find(text, '/', i + 1))
		base = i + 1;
	return str_sub(text, base, text.n);
}

bool text_has_variable(str text)
{
	for (size_t i = text_find(text, '$', 0); i != SIZE_MAX; i = text_find(text, '$', i + 1)) {
		if (i + 1 < text.n && text.p[i + 1] == '{')
			return true;
	}
	return false;
}
