/* SPDX-License-Identifier: MIT */
/*
 * The implicit types of YAML 1.1, as PyYAML resolves them: each form is read by one function, which
 * gives the length of what it could read, and a text is of that form when that is all of it.
 */
#include "kmsfix/syntax.h"

#include <string.h>

#include "kmsfix/ascii.h"

struct word {
	str text;
	enum scalar_type type;
};

static const struct word words[] = {
	{ { "", 0 }, SCALAR_NULL },       { { "~", 1 }, SCALAR_NULL },
	{ { "null", 4 }, SCALAR_NULL },   { { "true", 4 }, SCALAR_BOOL },
	{ { "false", 5 }, SCALAR_BOOL },  { { "yes", 3 }, SCALAR_BOOL },
	{ { "no", 2 }, SCALAR_BOOL },     { { "on", 2 }, SCALAR_BOOL },
	{ { "off", 3 }, SCALAR_BOOL },    { { ".inf", 4 }, SCALAR_FLOAT },
	{ { "+.inf", 5 }, SCALAR_FLOAT }, { { "-.inf", 5 }, SCALAR_FLOAT },
	{ { "<<", 2 }, SCALAR_MERGE },    { { "=", 1 }, SCALAR_VALUE },
};

/* `null`, `Null` or `NULL`, but not `nULL`: capitals are all, none or the first letter. */
static bool is_cased(str s)
{
	size_t first = 0, upper = 0, letters = 0;

	while (first < s.n && (s.p[first] | 0x20) < 'a')
		first++;
	for (size_t i = first; i < s.n; i++) {
		upper += ascii_is_upper(s.p[i]);
		letters++;
	}
	return upper == 0 || upper == letters || (upper == 1 && ascii_is_upper(s.p[first]));
}

/* The end of a run of bytes of `set` from `at`. */
static size_t run(str s, size_t at, const char *set)
{
	while (at < s.n && s.p[at] && strchr(set, s.p[at]))
		at++;
	return at;
}

static size_t sign(str s, size_t at)
{
	return at < s.n && (s.p[at] == '+' || s.p[at] == '-') ? at + 1 : at;
}

static bool at_byte(str s, size_t at, char c)
{
	return at < s.n && s.p[at] == c;
}

/* `:59` and `:9`, one or more times; `at` when there is none. */
static size_t sixties(str s, size_t at)
{
	while (at_byte(s, at, ':')) {
		size_t end = run(str_sub(s, 0, at + 3), at + 1, "0123456789");

		if (end == at + 1 || (end == at + 3 && s.p[at + 1] > '5'))
			return at;
		at = end;
	}
	return at;
}

static bool is_int(str s)
{
	size_t at = sign(s, 0), digits, end;

	if (at_byte(s, at, '0')) {
		if (at_byte(s, at + 1, 'b'))
			return run(s, at + 2, "01_") == s.n && s.n > at + 2;
		if (at_byte(s, at + 1, 'x'))
			return run(s, at + 2, "0123456789abcdefABCDEF_") == s.n && s.n > at + 2;
		return run(s, at + 1, "01234567_") == s.n;
	}
	if (at == s.n || s.p[at] < '1' || s.p[at] > '9')
		return false;
	digits = run(s, at, "0123456789_");
	end = sixties(s, digits);
	return end == s.n;
}

static size_t exponent(str s, size_t at)
{
	size_t digits;

	if (!at_byte(s, at, 'e') && !at_byte(s, at, 'E'))
		return at;
	digits = sign(s, at + 1);
	if (digits == at + 1 || run(s, digits, "0123456789") == digits)
		return at;
	return run(s, digits, "0123456789");
}

static bool is_float(str s)
{
	size_t at = sign(s, 0), end;

	if (str_eq(s, S(".nan")) || str_eq(s, S(".NaN")) || str_eq(s, S(".NAN")))
		return true;
	if (at == 0 && at_byte(s, 0, '.') && s.n > 1 && run(str_sub(s, 0, 2), 1, "0123456789") == 2)
		return exponent(s, run(s, 1, "0123456789_")) == s.n;
	if (at == s.n || s.p[at] < '0' || s.p[at] > '9')
		return false;
	at = run(s, at, "0123456789_");
	end = sixties(s, at);
	if (!at_byte(s, end, '.'))
		return false;
	end = run(s, end + 1, "0123456789_");
	return (s.p[at] == ':' ? end : exponent(s, end)) == s.n;
}

/* From `least` to `most` digits; 0 when there are fewer. */
static size_t digits(str s, size_t at, size_t least, size_t most)
{
	size_t end = run(str_sub(s, 0, at + most), at, "0123456789");

	return end >= at + least ? end : 0;
}

/* Parts of a time in the way of strptime: `d` is one or two digits, `D` two, `Y` four. */
static size_t pattern(str s, size_t at, const char *form)
{
	for (; *form; form++) {
		size_t end = at + 1;

		if (*form == 'd' || *form == 'D')
			end = digits(s, at, *form == 'D' ? 2 : 1, 2);
		else if (*form == 'Y')
			end = digits(s, at, 4, 4);
		else if (!at_byte(s, at, *form))
			return 0;
		if (end == 0 || end > s.n)
			return 0;
		at = end;
	}
	return at;
}

static bool is_zone(str s, size_t at)
{
	size_t end = run(s, at, " \t");

	if (end == s.n)
		return at == s.n;
	if (s.p[end] == 'Z')
		return end + 1 == s.n;
	if (sign(s, end) == end)
		return false;
	end = digits(s, end + 1, 1, 2);
	return end && (end == s.n || pattern(s, end, ":D") == s.n);
}

static bool is_time(str s)
{
	size_t at = pattern(s, 0, "Y-d-d"), clock;

	if (at && at == s.n)
		return s.n == 10;
	if (!at)
		return false;
	clock = at_byte(s, at, 'T') || at_byte(s, at, 't') ? at + 1 : run(s, at, " \t");
	if (clock == at)
		return false;
	at = pattern(s, clock, "d:D:D");
	if (at && at_byte(s, at, '.'))
		at = run(s, at + 1, "0123456789");
	return at && is_zone(s, at);
}

/* No word is longer, and what is not a word begins with a sign or digit: nearly no key does. */
static bool is_long_name(str text)
{
	char first = text.n ? (char)(text.p[0] | 0x20) : '0';

	return text.n > 5 && ascii_is_lower(first);
}

enum scalar_type yaml_resolve_plain(str text)
{
	if (is_long_name(text))
		return SCALAR_STRING;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_eq_fold(words[i].text, text) && is_cased(text))
			return words[i].type;
	}
	if (is_int(text))
		return SCALAR_INT;
	if (is_float(text))
		return SCALAR_FLOAT;
	return is_time(text) ? SCALAR_TIME : SCALAR_STRING;
}

/* `0x1F`, `-0b1` and `0o17`, which is octal in YAML 1.2 only. */
static bool has_base(str s)
{
	size_t at = sign(s, 0);

	if (!at_byte(s, at, '0') || at + 2 >= s.n)
		return false;
	switch (s.p[at + 1] | 0x20) {
	case 'x':
		return run(s, at + 2, "0123456789abcdefABCDEF_") == s.n;
	case 'o':
	case 'b':
		return run(s, at + 2, "01234567_") == s.n;
	default:
		return false;
	}
}

/*
 * Whatever is made of digits and what may stand between them: `089` and `1e3` are numbers in YAML
 * 1.2 and not in 1.1, `1:30` and `017` the other way round, `1,500` is one in Ruby.
 */
static bool looks_numeric(str s)
{
	size_t first = sign(s, 0);
	bool digit = at_byte(s, first, '.') ||
		     (first < s.n && s.p[first] >= '0' && s.p[first] <= '9');

	return digit && run(s, first, "0123456789.,:_-+eE") == s.n;
}

bool yaml_is_ambiguous(str text)
{
	static const char *const more[] = { "y", "n", ".nan", "+.nan", "-.nan" };

	if (is_long_name(text))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_eq_fold(words[i].text, text))
			return true;
	}
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
		if (str_eq_fold(str_from(more[i]), text))
			return true;
	}
	return has_base(text) || looks_numeric(text) || yaml_resolve_plain(text) != SCALAR_STRING;
}

enum scalar_type yaml_resolve(const struct node *scalar)
{
	if (scalar->name.n)
		return str_eq(scalar->name, S("!")) ? SCALAR_STRING : SCALAR_TAGGED;
	return scalar->flags & FLAG_PLAIN ? yaml_resolve_plain(node_decoded(scalar)) :
					    SCALAR_STRING;
}
