/* SPDX-License-Identifier: MIT */
#include "struct_text.h"

#include "kmsfix/ascii.h"

static bool refuse(const char **why, const char *reason)
{
	*why = reason;
	return false;
}

static bool is_name_byte(char c)
{
	return ascii_is_alnum(c) || c == '_';
}

/* The length of `name=` at `at`, 0 when there is none. */
static size_t name_length(str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && is_name_byte(s.p[at + n]))
		n++;
	return n && at + n < s.n && s.p[at + n] == '=' ? n + 1 : 0;
}

/* Where the value that starts at `at` ends: before ", name=" or the end of `s`; SIZE_MAX: never. */
static size_t value_end(str s, size_t at)
{
	size_t depth = 0;

	for (; at < s.n; at++) {
		char c = s.p[at];

		if (c == '{' || c == '[') {
			if (++depth > STRUCT_MAX_DEPTH)
				return SIZE_MAX;
		} else if (c == '}' || c == ']') {
			if (!depth--)
				return SIZE_MAX;
		} else if (!depth && c == ',' && at + 1 < s.n && s.p[at + 1] == ' ' &&
			   name_length(s, at + 2)) {
			return at;
		}
	}
	return depth ? SIZE_MAX : at;
}

static bool is_nothing(str s)
{
	return !s.n || str_eq(s, S("null"));
}

bool struct_field(str s, str name, str *value, const char **why)
{
	size_t at = 0;
	bool found = false;

	*value = S("");
	if (is_nothing(s))
		return true;
	if (!str_starts(s, S("{")) || !str_ends(s, S("}")) || s.n < 2)
		return refuse(why, "neither JSON nor a struct as Athena prints it");
	s = str_sub(s, 1, s.n - 1);
	while (at < s.n) {
		size_t n = name_length(s, at), end;

		if (!n)
			return refuse(why, "expected 'name=value' in a struct");
		end = value_end(s, at + n);
		if (end == SIZE_MAX)
			return refuse(why, "the brackets of a struct do not match");
		if (str_eq_fold(str_sub(s, at, at + n - 1), name)) {
			if (found)
				return refuse(why, "a struct has the same field twice");
			found = true;
			*value = str_sub(s, at + n, end);
		}
		at = end + 2;
	}
	if (is_nothing(*value))
		*value = S("");
	return true;
}

bool struct_list(str *s, const char **why)
{
	if (s->n < 2 || s->p[0] != '[' || s->p[s->n - 1] != ']')
		return refuse(why, "neither JSON nor a list as Athena prints it");
	*s = str_sub(*s, 1, s->n - 1);
	return true;
}

bool struct_item(str *rest, str *item, const char **why)
{
	size_t at = 0, depth = 0;

	if (!rest->n)
		return false;
	for (; at < rest->n; at++) {
		if (rest->p[at] == '{')
			depth++;
		else if (rest->p[at] == '}' && (!depth || !--depth))
			break;
	}
	if (rest->p[0] != '{' || at == rest->n || depth)
		return refuse(why, "a list of structs is not closed");
	*item = str_sub(*rest, 0, at + 1);
	*rest = str_sub(*rest, at + 1, rest->n);
	if (str_starts(*rest, S(", ")))
		*rest = str_sub(*rest, 2, rest->n);
	else if (rest->n)
		return refuse(why, "expected ', ' between structs");
	return true;
}
