/* SPDX-License-Identifier: MIT */
/*
 * Code that says nothing of KMS, told by its bytes: most repositories that a bot looks at. Building
 * the model of one, to find nothing, was three quarters of the run.
 *
 * A permission is found where an action names a target. It can be written out, as a wildcard, as
 * what NotAction leaves, with escapes, or put together of pieces, of which one ends within the word
 * `kms`. (replace() could make it of anything, as functions could that are not evaluated.)
 */
#include <string.h>

#include "kmsfix/action.h"
#include "kmsfix/ascii.h"
#include "kmsfix/iac.h"

/* The next `c` at or after `at`; false when there is none. */
static bool next_char(str text, char c, size_t *at)
{
	const char *p = *at < text.n ? memchr(text.p + *at, c, text.n - *at) : NULL;
	if (p)
		*at = (size_t)(p - text.p);
	return p != NULL;
}

static bool is_at(str text, size_t at, str word)
{
	return str_starts(str_sub(text, at, text.n), word);
}

static bool is_letter_at(str text, size_t at, char lower)
{
	return at < text.n && (text.p[at] | 0x20) == lower;
}

/* What a piece of a text ends with: its quotes, or what is put in there; `plain`: it needs none. */
static bool ends_piece(str text, size_t at, bool plain)
{
	char c = at < text.n ? text.p[at] : '\n';
	return memchr("\"'$%\\", c, 5) || (plain && memchr(",]}\r\n", c, 5));
}

/* `kms`, or a piece that ends in `k` or `km`. */
static bool has_word(str text, char k, bool plain)
{
	for (size_t i = 0; next_char(text, k, &i); i++) {
		bool m = is_letter_at(text, i + 1, 'm');
		if (m && is_letter_at(text, i + 2, 's'))
			return true;
		if ((!i || !ascii_is_alnum(text.p[i - 1])) && ends_piece(text, i + 1 + m, plain))
			return true;
	}
	return false;
}

static bool is_delimiter(char c)
{
	return memchr(" \t\r\n\"'[]{}(),;=", c, 15) != NULL;
}

/* So that the time is linear: nobody writes more of one action, or between a key and its value. */
#define MAX_WORD 256
#define MAX_BEFORE 1024

/* What stands before it on its line says that it is no action. */
static bool is_no_action(str before)
{
	static const char *const keys[] = { "esource", "rincipal", "dentifiers", "AWS" };
	for (size_t i = before.n; i > 0 && before.n - i < MAX_BEFORE; i--) {
		str rest = str_sub(before, i - 1, before.n);
		if (memchr("\n{}", rest.p[0], 3) || str_starts(rest, S("ction")))
			return false;
		for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++)
			if (str_starts(rest, str_from(keys[k])))
				return true;
	}
	return false;
}

/* The word around the wildcard, up to *stop, is an action that covers a target; a bare `*` is none.
 */
static bool is_wildcard(str text, size_t at, size_t *stop)
{
	size_t start = at, end = at;
	while (start > 0 && !is_delimiter(text.p[start - 1]))
		start--;
	while (end < text.n && !is_delimiter(text.p[end]))
		end++;
	*stop = end;
	if (end - start > MAX_WORD)
		return true;
	bool quoted = start > 0 && end < text.n && text.p[start - 1] == text.p[end] &&
		      memchr("\"'", text.p[end], 2);
	str word = str_sub(text, start, end);
	bool bare = true;
	for (size_t i = 0; i < word.n; i++)
		bare &= word.p[i] == '*' || word.p[i] == '?';
	return bare ? quoted && !is_no_action(str_sub(text, 0, start)) :
		      action_possible_targets(word) != 0;
}

static bool has_wildcard(str text, char c)
{
	for (size_t i = 0; next_char(text, c, &i);)
		if (is_wildcard(text, i, &i))
			return true;
	return false;
}

static unsigned hex_value(char c)
{
	return ascii_is_digit(c) ? (unsigned)(c - '0') : ((unsigned)(c | 0x20) - 'a' + 10) & 0xf;
}

/* The escape stands for a letter of `kms`, or for a wildcard. */
static bool is_disguise(str text, size_t at)
{
	size_t digits = text.p[at] == 'x' ? 2 : text.p[at] == 'u' ? 4 : 8;
	unsigned code = 0;
	for (size_t i = at + 1; i <= at + digits && i < text.n && ascii_is_hex(text.p[i]); i++)
		code = code << 4 | hex_value(text.p[i]);
	return code < 0x80 && code && strchr("kKmMsS*?", (int)code) != NULL;
}

static bool has_escape(str text)
{
	for (size_t i = 0; next_char(text, '\\', &i); i += 2)
		if (i + 1 < text.n && memchr("uUx", text.p[i + 1], 3) && is_disguise(text, i + 1))
			return true;
	return false;
}

static bool has_negation(str text)
{
	for (size_t i = 0; next_char(text, 'N', &i); i++)
		if (is_at(text, i, S("NotAction")))
			return true;
	for (size_t i = 0; next_char(text, '_', &i); i++)
		if (i >= 3 && is_at(text, i - 3, S("not_actions")))
			return true;
	return false;
}

static bool is_hcl(str path)
{
	static const char *const ends[] = { ".tf", ".tofu", ".hcl", ".tfvars" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(path, str_from(ends[i])))
			return true;
	return false;
}

static bool is_silent(str text, bool plain)
{
	size_t nul = 0;
	return !has_word(text, 'k', plain) && !has_word(text, 'K', plain) &&
	       !has_wildcard(text, '*') && !has_wildcard(text, '?') && !has_escape(text) &&
	       !has_negation(text) && !next_char(text, '\0', &nul);
}

bool files_are_silent(const struct fileset *files)
{
	for (size_t i = 0; i < files->n; i++) {
		const struct file *f = &files->files[i];
		if (!is_silent(f->path, false) || !is_silent(f->text, !is_hcl(f->path)))
			return false;
	}
	return true;
}
