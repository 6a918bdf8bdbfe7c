/* SPDX-License-Identifier: MIT */
/*
 * Fn::Sub replaces `${Name}` in a text that YAML or JSON has decoded; `${!Name}` stands for the
 * text `${Name}`. JSON strings are read in place, so no escape may stand for anything that matters
 * to the template.
 */
#include "tree.h"

#include <string.h>

#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"

struct sub {
	str s;         /* the text, from its first byte in the file when that is verbatim */
	uint32_t at;   /* offset of s in the file */
	bool verbatim; /* each byte of s is one of the file */
	bool json;     /* s holds escapes */
	struct node *out;
	const struct tree *tree;
	struct arena *arena;
	struct syntax_error *error;
};

static bool fail(struct sub *p, size_t i, const char *reason)
{
	p->error->offset = p->verbatim ? p->at + i : p->at;
	p->error->reason = reason;
	return false;
}

static struct node *part(struct sub *p, enum node_kind kind, size_t start, size_t end)
{
	struct node *n = node_new(p->arena, p->tree, kind, p->at);

	if (p->verbatim) {
		n->start = p->at + (uint32_t)start;
		n->end = p->at + (uint32_t)end;
	}
	node_append(p->out, n);
	return n;
}

/* The bytes of a TEXT without the `!` of `${!`. */
static str unescape(struct arena *a, str s)
{
	struct buf b = { 0 };
	str out = s;

	if (!str_has(s, S("${!")))
		return s;
	for (size_t i = 0; i < s.n; i++) {
		buf_addc(&b, s.p[i]);
		if (s.p[i] == '{' && i > 0 && s.p[i - 1] == '$' && i + 1 < s.n && s.p[i + 1] == '!')
			i++;
	}
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

static bool add_text(struct sub *p, size_t start, size_t end)
{
	struct node *n;
	str raw = str_sub(p->s, start, end);

	if (raw.n == 0)
		return true;
	n = part(p, NODE_TEXT, start, end);
	if (p->json) {
		n->flags = FLAG_JSON;
		if (!node_text(n, p->arena, &raw))
			return fail(p, start, "an escape that stands for no character");
	}
	n->flags = FLAG_DECODED;
	node_more(p->arena, n)->text = unescape(p->arena, raw);
	return true;
}

static bool is_name(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!ascii_is_alnum(c) && c != '.' && c != ':' && c != '_')
			return false;
	}
	return s.n > 0;
}

/* Whether the escape at `i` stands for '$', '{', '!' or '}'. */
static bool escapes_punctuation(str s, size_t i)
{
	static const char *const codes[] = { "0024", "007b", "007B", "0021", "007d", "007D" };

	if (s.p[i + 1] != 'u')
		return false;
	for (size_t k = 0; k < sizeof(codes) / sizeof(codes[0]); k++) {
		if (memcmp(s.p + i + 2, codes[k], 4) == 0)
			return true;
	}
	return false;
}

/* The `${` at `i`, and the text before it from `*text` on, unless it is a `${!`. */
static bool read_variable(struct sub *p, size_t *i, size_t *text)
{
	size_t end = str_find(p->s, S("}"), *i);
	str name;

	if (end == SIZE_MAX)
		return fail(p, *i, "a '${' without '}'");
	if (p->s.p[*i + 2] == '!') {
		*i = end + 1;
		return true;
	}
	name = str_trim(str_sub(p->s, *i + 2, end));
	if (!is_name(name))
		return fail(p, *i, "Fn::Sub allows no such variable name");
	if (!add_text(p, *text, *i))
		return false;
	part(p, NODE_INTERP, *i, end + 1)->name = name;
	*i = *text = end + 1;
	return true;
}

static bool split(struct sub *p)
{
	size_t i = 0, text = 0;

	while (i < p->s.n) {
		if (p->json && p->s.p[i] == '\\') {
			if (escapes_punctuation(p->s, i))
				return fail(p, i, "template punctuation written as a JSON escape");
			i += p->s.p[i + 1] == 'u' ? 6 : 2;
		} else if (str_eq(str_sub(p->s, i, i + 2), S("${"))) {
			if (!read_variable(p, &i, &text))
				return false;
		} else {
			i++;
		}
	}
	return add_text(p, text, p->s.n);
}

/* True when `s` is a slice of `file`: no decoding was needed. */
static bool stands_in(str file, str s)
{
	uintptr_t start = (uintptr_t)file.p, at = (uintptr_t)s.p;

	return s.n && at >= start && at - start < file.n;
}

bool sub_template(struct node **out, const struct node *string, struct arena *a,
		  struct syntax_error *e)
{
	struct sub p = { .tree = string->tree, .arena = a, .error = e, .at = string->start };
	str file = string->tree->file->text;

	p.out = node_new(a, string->tree, NODE_STRING, string->start);
	p.out->end = string->end;
	p.out->body = string->body;
	p.out->flags = string->flags;
	p.out->parent = string->parent;
	if (string->flags & FLAG_DECODED) {
		p.s = node_decoded(string);
		p.verbatim = stands_in(file, p.s);
		p.at = p.verbatim ? (uint32_t)(p.s.p - file.p) : string->body;
	} else {
		p.at = string->start + 1;
		p.s = str_sub(file, p.at, string->end - 1);
		p.json = p.verbatim = true;
	}
	if (!split(&p))
		return false;
	*out = p.out;
	return true;
}
