/* SPDX-License-Identifier: MIT */
/*
 * Two loops that do nearly all of the work: one over the inside of strings, eight bytes at a time,
 * one over the bytes between strings. All else happens once per string or bracket.
 */
#include "scan.h"

#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

enum byte_class {
	BYTE_BAD,
	BYTE_SKIP,
	BYTE_LINE,
	BYTE_QUOTE,
	BYTE_OPEN,
	BYTE_CLOSE,
	BYTE_COLON,
	BYTE_COMMA
};

#define B BYTE_BAD
#define K BYTE_SKIP
static const unsigned char classes[256] = {
	['\t'] = K,
	['\n'] = BYTE_LINE,
	['\r'] = K,
	[' '] = K,
	['"'] = BYTE_QUOTE,
	['{'] = BYTE_OPEN,
	['['] = BYTE_OPEN,
	['}'] = BYTE_CLOSE,
	[']'] = BYTE_CLOSE,
	[':'] = BYTE_COLON,
	[','] = BYTE_COMMA,
	/* numbers, true, false, null */
	['+'] = K,
	['-'] = K,
	['.'] = K,
	['E'] = K,
	['e'] = K,
	['0'] = K,
	['1'] = K,
	['2'] = K,
	['3'] = K,
	['4'] = K,
	['5'] = K,
	['6'] = K,
	['7'] = K,
	['8'] = K,
	['9'] = K,
	['a'] = K,
	['f'] = K,
	['l'] = K,
	['n'] = K,
	['r'] = K,
	['s'] = K,
	['t'] = K,
	['u'] = K,
};
#undef K
#undef B

static const struct {
	str name;
	enum scan_field field;
} fields[] = {
	{ { "eventSource", 11 }, FIELD_SOURCE },
	{ { "eventName", 9 }, FIELD_NAME },
	{ { "eventTime", 9 }, FIELD_TIME },
	{ { "CloudTrailEvent", 15 }, FIELD_EMBEDDED },
	{ { "Records", 7 }, FIELD_LIST },
	{ { "Events", 6 }, FIELD_LIST },
	{ { "kmsfix_evidence", 15 }, FIELD_SUMMARY },
	{ { "EventSelectors", 14 }, FIELD_SELECTORS },
	{ { "AdvancedEventSelectors", 22 }, FIELD_SELECTORS },
};

void scan_start(struct scan *s)
{
	*s = (struct scan){ .item = SCAN_NONE, .token = SCAN_NONE, .line = 1 };
}

static enum scan_result fail(struct scan *s, const char *reason)
{
	s->reason = reason;
	return SCAN_ERROR;
}

static inline uint64_t zero_bytes(uint64_t v)
{
	return (v - ONES) & ~v & HIGHS;
}

/* Compilers know this as one load, where it is one. */
static inline uint64_t load(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
	       (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
	       (uint64_t)b[7] << 56;
}

size_t scan_string(const char *p, size_t at, size_t n)
{
	for (; n - at >= 8; at += 8) {
		uint64_t v = load(p + at);
		uint64_t hit = zero_bytes(v ^ ONES * '"') | zero_bytes(v ^ ONES * '\\') |
			       ((v - ONES * 0x20) & ~v & HIGHS);

		/* Only bits above a true hit can be false ones. */
		if (hit)
			return at + (size_t)__builtin_ctzll(hit) / 8;
	}
	while (at < n && (unsigned char)p[at] >= 0x20 && p[at] != '"' && p[at] != '\\')
		at++;
	return at;
}

size_t scan_ascii(const char *p, size_t at, size_t n)
{
	for (; n - at >= 8; at += 8) {
		uint64_t v = load(p + at);
		uint64_t hit = zero_bytes(v ^ ONES * '"') | zero_bytes(v ^ ONES * '\\') |
			       ((v - ONES * 0x20) & ~v & HIGHS) | (v & HIGHS);

		if (hit)
			return at + (size_t)__builtin_ctzll(hit) / 8;
	}
	while (at < n && (unsigned char)p[at] >= 0x20 && (unsigned char)p[at] < 0x80 &&
	       p[at] != '"' && p[at] != '\\')
		at++;
	return at;
}

static enum scan_field field_of(str name)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		if (name.n == fields[i].name.n && name.p[0] == fields[i].name.p[0] &&
		    !memcmp(name.p, fields[i].name.p, name.n))
			return fields[i].field;
	}
	return FIELD_OTHER;
}

/* A string that is a key or a value of the item itself. */
static void member_string(struct scan *s, const char *p, size_t start, size_t end)
{
	str text = { p + start, end - start };

	if (!s->value) {
		s->key = field_of(text);
		s->odd |= s->escapes;
		s->seen |= 1u << s->key;
		return;
	}
	if (s->key == FIELD_OTHER || s->item == SCAN_NONE)
		return;
	s->fields[s->key].at = (uint32_t)(start - s->item);
	s->fields[s->key].n = (uint32_t)text.n;
	s->odd |= s->escapes && s->key != FIELD_EMBEDDED;
}

static void item_start(struct scan *s, size_t at, bool text)
{
	s->item = at;
	s->text = text;
	s->value = s->odd = false;
	s->key = FIELD_OTHER;
	s->seen = 0;
	memset(s->fields, 0, sizeof(s->fields));
	s->item_line = s->line;
	s->item_line_start = s->line_start;
}

/* From inside a string to behind it. SCAN_ITEM when the string is an item. */
static enum scan_result string_rest(struct scan *s, const char *p, size_t n)
{
	for (;;) {
		if (s->escaped && s->pos < n) {
			if ((unsigned char)p[s->pos] < 0x20)
				return fail(s, "a control character in a string");
			s->escaped = false;
			s->pos++;
		}
		s->pos = scan_string(p, s->pos, n);
		if (s->pos == n)
			return SCAN_MORE;
		if (p[s->pos] == '"')
			break;
		if (p[s->pos] != '\\')
			return fail(s, "a control character in a string");
		s->escaped = s->escapes = true;
		s->pos++;
	}
	s->pos++;
	if (s->depth == s->base) {
		s->token = SCAN_NONE;
		return SCAN_ITEM;
	}
	if (s->depth == s->base + 1)
		member_string(s, p, s->token + 1, s->pos - 1);
	s->token = SCAN_NONE;
	return SCAN_MORE;
}

static bool is_object(const struct scan *s, unsigned level)
{
	return s->objects[level / 64] >> level % 64 & 1;
}

static bool push(struct scan *s, char c)
{
	uint64_t bit = UINT64_C(1) << s->depth % 64;

	if (s->depth == SYNTAX_MAX_DEPTH)
		return false;
	if (c == '{')
		s->objects[s->depth / 64] |= bit;
	else
		s->objects[s->depth / 64] &= ~bit;
	s->depth++;
	s->pos++;
	return true;
}

/* The value of "Records" of an outermost object: what was an item becomes the place of items. */
static bool opens_list(const struct scan *s, char c)
{
	return c == '[' && s->base == 0 && s->depth == 1 && s->value && s->key == FIELD_LIST;
}

static enum scan_result bracket_open(struct scan *s, char c)
{
	bool list = opens_list(s, c);

	if (!push(s, c))
		return fail(s, "nested too deeply");
	if (list) {
		s->base = s->depth;
		s->item = SCAN_NONE;
		s->expect = EXPECT_FIRST;
	}
	return SCAN_MORE;
}

static enum scan_result bracket_close(struct scan *s, char c)
{
	if (is_object(s, s->depth - 1) != (c == '}'))
		return fail(s, "this bracket does not match the one that it would close");
	s->depth--;
	s->pos++;
	return s->depth == s->base && s->item != SCAN_NONE ? SCAN_ITEM : SCAN_MORE;
}

static void line_feed(struct scan *s, uint64_t before)
{
	s->line++;
	s->line_start = before + ++s->pos;
}

static void string_start(struct scan *s)
{
	s->token = s->pos++;
	s->escapes = s->escaped = false;
}

static void separator(struct scan *s, char c)
{
	if (s->depth == s->base + 1)
		s->value = c == ':';
	s->pos++;
}

/*
 * A string that ends in the window and has no escapes, as nearly all do, in one step, with the ':'
 * or ',' that follows most of them.
 */
static void whole_string(struct scan *s, const char *p, size_t n)
{
	size_t start = s->pos + 1, end = scan_string(p, start, n);

	if (end == n || p[end] != '"') {
		string_start(s);
		return;
	}
	s->escapes = false;
	if (s->depth == s->base + 1)
		member_string(s, p, start, end);
	s->pos = end + 1;
	if (s->pos < n && (p[s->pos] == ':' || p[s->pos] == ','))
		separator(s, p[s->pos]);
}

/* Any other byte that is not skipped. */
static enum scan_result other_byte(struct scan *s, char c, uint64_t before)
{
	switch (classes[(unsigned char)c]) {
	case BYTE_COLON:
	case BYTE_COMMA:
		separator(s, c);
		return SCAN_MORE;
	case BYTE_LINE:
		line_feed(s, before);
		return SCAN_MORE;
	case BYTE_OPEN:
		return bracket_open(s, c);
	case BYTE_CLOSE:
		return bracket_close(s, c);
	default:
		return fail(s, "this is no JSON");
	}
}

/* Inside an item, or beside a list of items, up to its end or that of the window. */
static enum scan_result inside(struct scan *s, const char *p, size_t n, uint64_t before)
{
	enum scan_result r = SCAN_MORE;

	while (r == SCAN_MORE && s->pos < n && s->token == SCAN_NONE && s->depth != s->base) {
		size_t at = s->pos;

		if (p[at] == '"') {
			whole_string(s, p, n);
			continue;
		}
		while (at < n && classes[(unsigned char)p[at]] == BYTE_SKIP)
			at++;
		s->pos = at;
		if (at < n && p[at] != '"')
			r = other_byte(s, p[at], before);
	}
	return r;
}

/* Where no list is open: any values, one after another. In a list: items and commas in turn. */
static enum scan_result between(struct scan *s, char c, uint64_t before)
{
	bool list = s->base > 0;

	if (c == '\n') {
		line_feed(s, before);
	} else if (c == ' ' || c == '\t' || c == '\r') {
		s->pos++;
	} else if (list && c == ',' && s->expect == EXPECT_COMMA) {
		s->expect = EXPECT_ITEM;
		s->pos++;
	} else if (list && c == ']' && s->expect != EXPECT_ITEM) {
		s->base = 0;
		s->value = false;
		s->key = FIELD_OTHER;
		s->depth--;
		s->pos++;
	} else if (list && s->expect == EXPECT_COMMA) {
		return fail(s, "expected ',' or ']'");
	} else if (c == '{') {
		item_start(s, s->pos, false);
		push(s, c);
	} else if (list && c == '"') {
		item_start(s, s->pos, true);
		string_start(s);
	} else if (!list && c == '[') {
		push(s, c);
		s->base = 1;
		s->expect = EXPECT_FIRST;
	} else {
		return fail(s,
			    list ? "expected an event: a JSON object" : "expected a JSON object");
	}
	return SCAN_MORE;
}

enum scan_result scan_next(struct scan *s, const char *p, size_t n, uint64_t before)
{
	enum scan_result r = SCAN_MORE;

	if (s->item != SCAN_NONE && s->depth == s->base && s->token == SCAN_NONE) {
		s->item = SCAN_NONE;
		s->expect = EXPECT_COMMA;
	}
	while (r == SCAN_MORE && s->pos < n) {
		if (s->token != SCAN_NONE)
			r = string_rest(s, p, n);
		else if (s->depth == s->base)
			r = between(s, p[s->pos], before);
		else
			r = inside(s, p, n, before);
	}
	return r;
}

str scan_field(const struct scan *s, const char *p, enum scan_field field)
{
	return (str){ p + s->item + s->fields[field].at, s->fields[field].n };
}

size_t scan_keep(const struct scan *s)
{
	size_t keep = s->item < s->token ? s->item : s->token;

	return keep < s->pos ? keep : s->pos;
}

void scan_shift(struct scan *s, size_t drop)
{
	s->pos -= drop;
	if (s->item != SCAN_NONE)
		s->item -= drop;
	if (s->token != SCAN_NONE)
		s->token -= drop;
}

const char *scan_end(const struct scan *s)
{
	if (s->token != SCAN_NONE)
		return "the file ends inside a string";
	return s->depth ? "the file ends too early" : NULL;
}

bool scan_whole(struct scan *s, str text)
{
	str rest;

	scan_start(s);
	if (scan_next(s, text.p, text.n, 0) != SCAN_ITEM || s->text)
		return false;
	rest = str_sub(text, s->pos, text.n);
	return !str_trim(rest).n;
}
