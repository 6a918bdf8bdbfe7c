/* SPDX-License-Identifier: MIT */
#include "pick.h"

#include <string.h>

#include "kmsfix/arena.h"
#include "kmsfix/utf8.h"
#include "member.h"
#include "scan.h"

struct level {
	bool object;
	unsigned place;
	size_t row, rows_end; /* those of the place */
	uint64_t seen;        /* of them */
};

struct picker {
	const struct pick *pick;
	const char *p;
	size_t at, n;
	struct syntax_error *e;
	struct level levels[SYNTAX_MAX_DEPTH];
	unsigned depth;
};

static bool fail(struct picker *k, size_t at, const char *reason)
{
	*k->e = (struct syntax_error){ at, reason };
	return false;
}

static char peek(struct picker *k)
{
	while (k->at < k->n) {
		char c = k->p[k->at];

		if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
			return c;
		k->at++;
	}
	return '\0';
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool skip_escape(struct picker *k)
{
	char c = k->at + 1 < k->n ? k->p[k->at + 1] : '\0';

	if (c && strchr("\"\\/bfnrt", c)) {
		k->at += 2;
		return true;
	}
	if (c != 'u' || k->n - k->at < 6)
		return false;
	for (size_t i = 2; i < 6; i++) {
		if (!is_hex(k->p[k->at + i]))
			return false;
	}
	k->at += 6;
	return true;
}

/* The byte that ended a run of plain ones: an escape, or a character beyond ASCII. */
static bool skip_special(struct picker *k)
{
	unsigned char c = (unsigned char)k->p[k->at];
	size_t n;

	if (c == '\\')
		return skip_escape(k) || fail(k, k->at, "this escape sequence is not valid");
	if (c < 0x20)
		return fail(k, k->at, "a control character in a string");
	n = utf8_next((str){ k->p, k->n }, k->at, NULL);
	if (!n)
		return fail(k, k->at, "this is not valid UTF-8");
	k->at += n;
	return true;
}

static bool skip_string(struct picker *k, str *raw)
{
	size_t start = k->at++;

	while ((k->at = scan_ascii(k->p, k->at, k->n)) < k->n && k->p[k->at] != '"') {
		if (!skip_special(k))
			return false;
	}
	if (k->at == k->n)
		return fail(k, start, "the string is not closed");
	*raw = (str){ k->p + start + 1, k->at - start - 1 };
	k->at++;
	return true;
}

static bool skip_digits(struct picker *k)
{
	size_t start = k->at;

	while (k->at < k->n && k->p[k->at] >= '0' && k->p[k->at] <= '9')
		k->at++;
	return k->at > start;
}

static bool skip_byte(struct picker *k, char c)
{
	if (k->at == k->n || k->p[k->at] != c)
		return false;
	k->at++;
	return true;
}

static bool skip_number(struct picker *k)
{
	skip_byte(k, '-');
	if (!skip_byte(k, '0') && !skip_digits(k))
		return false;
	if (skip_byte(k, '.') && !skip_digits(k))
		return false;
	if (!skip_byte(k, 'e') && !skip_byte(k, 'E'))
		return true;
	if (!skip_byte(k, '+'))
		skip_byte(k, '-');
	return skip_digits(k);
}

static bool skip_word(struct picker *k)
{
	static const str words[] = { { "true", 4 }, { "false", 5 }, { "null", 4 } };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (k->n - k->at >= words[i].n && k->p[k->at] == words[i].p[0] &&
		    !memcmp(k->p + k->at, words[i].p, words[i].n)) {
			k->at += words[i].n;
			return true;
		}
	}
	return fail(k, k->at, "expected a value");
}

static bool give(struct picker *k, unsigned place, enum pick_what what, str raw, size_t at)
{
	const char *why = NULL;

	return !place || k->pick->sink(k->pick->ctx, place, what, raw, &why) || fail(k, at, why);
}

/* Where the member that `key` names leads. */
static bool find_place(struct picker *k, struct level *level, str raw, size_t at, unsigned *place)
{
	const struct pick *pick = k->pick;
	str key;

	*place = 0;
	if (!level->place)
		return true;
	key = pick_decode(raw, pick->arena);
	for (size_t i = level->row; i < level->rows_end; i++) {
		const struct pick_row *row = &pick->rows[i];
		uint64_t bit = UINT64_C(1) << (i - level->row);

		if (row->key.n != key.n || !str_eq_fold(row->key, key))
			continue;
		if (level->seen & bit)
			return fail(k, at, "this member is there twice");
		level->seen |= bit;
		*place = row->to;
		return true;
	}
	return give(k, level->place, PICK_KEY, raw, at);
}

static bool read_key(struct picker *k, struct level *level, unsigned *place)
{
	size_t at;
	str key;

	if (peek(k) != '"')
		return fail(k, k->at, "expected a key in double quotes");
	at = k->at;
	if (!skip_string(k, &key) || !find_place(k, level, key, at, place))
		return false;
	if (peek(k) != ':')
		return fail(k, k->at, "expected ':' after the key");
	k->at++;
	return true;
}

static void find_rows(struct picker *k, struct level *level)
{
	const struct pick *pick = k->pick;

	while (level->row < pick->row_count && pick->rows[level->row].in != level->place)
		level->row++;
	level->rows_end = level->row;
	while (level->rows_end < pick->row_count && pick->rows[level->rows_end].in == level->place)
		level->rows_end++;
}

static bool open_level(struct picker *k, unsigned place, bool object)
{
	if (k->depth == SYNTAX_MAX_DEPTH)
		return fail(k, k->at, "nested too deeply");
	k->levels[k->depth] = (struct level){ .object = object, .place = place };
	if (object && place)
		find_rows(k, &k->levels[k->depth]);
	k->depth++;
	return !object || give(k, place, PICK_OBJECT, S(""), k->at);
}

/* One value; *opened when it is a bracket whose inside comes next. */
static bool read_value(struct picker *k, unsigned place, bool *opened)
{
	char c = peek(k);
	size_t at = k->at;
	str raw;

	*opened = false;
	if (c == '"')
		return skip_string(k, &raw) && give(k, place, PICK_STRING, raw, at);
	if (c == '{' || c == '[') {
		*opened = true;
		if (!open_level(k, place, c == '{'))
			return false;
		k->at++;
		return true;
	}
	if (c == '-' || (c >= '0' && c <= '9'))
		return skip_number(k) || fail(k, k->at, "this is not a number");
	return skip_word(k);
}

/* Behind a value: closes what ends here. False at the end of the text, or with an error. */
static bool next_item(struct picker *k, bool *ok)
{
	while (k->depth) {
		const struct level *level = &k->levels[k->depth - 1];
		char c = peek(k);

		if (c == ',') {
			k->at++;
			return true;
		}
		if (c != (level->object ? '}' : ']')) {
			*ok = fail(k, k->at,
				   level->object ? "expected ',' or '}'" : "expected ',' or ']'");
			return false;
		}
		k->at++;
		k->depth--;
	}
	peek(k);
	if (k->at < k->n)
		*ok = fail(k, k->at, "expected the end of the JSON text");
	return false;
}

bool pick_read(const struct pick *pick, unsigned start, str text, struct syntax_error *e)
{
	struct picker k;
	bool ok = true, opened, more = true;

	k.pick = pick;
	k.p = text.p;
	k.at = k.depth = 0;
	k.n = text.n;
	k.e = e;
	while (more) {
		struct level *level = k.depth ? &k.levels[k.depth - 1] : NULL;
		unsigned place = level ? level->place : start;

		if (level && level->object && !read_key(&k, level, &place))
			return false;
		if (!read_value(&k, place, &opened))
			return false;
		/* An empty bracket ends like a value; any other goes on with its first item. */
		if (opened && peek(&k) != (k.levels[k.depth - 1].object ? '}' : ']'))
			continue;
		more = next_item(&k, &ok);
	}
	return ok;
}

str pick_decode(str raw, struct arena *a)
{
	struct file *f;
	struct syntax_error ignored;
	struct tree *t;

	if (!str_has(raw, S("\\")))
		return raw;
	f = ARENA_NEW(a, struct file);
	f->text = (str){ raw.p - 1, raw.n + 2 }; /* with its quotes */
	return json_parse(&t, f, a, &ignored) ? string_text(t->root, a) : S("");
}
