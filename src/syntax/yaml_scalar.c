/* SPDX-License-Identifier: MIT */
/*
 * Scalars. Their text is libyaml's; where no decoding was needed it has to be what stands in the
 * file, which also proves the marks right.
 */
#include "yaml.h"

#include <string.h>

#include "kmsfix/vec.h"

static str trim_breaks(str s)
{
	while (s.n && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

static bool is_blank(str s)
{
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s.n == 0;
}

static str last_line(str s)
{
	return str_sub(s, file_line_start(s, s.n), s.n);
}

/* The length of `|`, its indentation and chomping indicators. */
static size_t header_length(str raw)
{
	size_t n = 1;

	while (n < raw.n &&
	       (raw.p[n] == '+' || raw.p[n] == '-' || (raw.p[n] >= '0' && raw.p[n] <= '9')))
		n++;
	return n;
}

/*
 * Where a block scalar ends, before its line ending. The scanner's end is behind all blank lines;
 * they are part of the scalar only where `+` keeps them, or where the text ends with a line that
 * consists of blanks.
 */
static size_t block_end(str raw, str value)
{
	size_t header = header_length(raw);
	bool blank_tail;

	if (str_has(str_sub(raw, 0, header), S("+"))) {
		size_t line = last_line(raw).n ? raw.n : raw.n - 1;

		return line > header && raw.p[line - 1] == '\r' ? line - 1 : line;
	}
	value = trim_breaks(value);
	blank_tail = value.n && is_blank(last_line(value));
	for (;;) {
		str line;

		raw = trim_breaks(raw);
		line = last_line(raw);
		if (blank_tail || !is_blank(line))
			return raw.n;
		raw.n -= line.n;
	}
}

/* Notes the comment behind the header. */
static void note_comment(struct yaml *p, str raw)
{
	size_t line = file_line_end(raw, 0), hash = str_find(raw, S("#"), 0);
	struct span c = { p->start + (uint32_t)hash, p->start + (uint32_t)line };

	if (hash < line)
		VEC_PUSH(p->arena, &p->comments, c);
}

static unsigned flags_of(yaml_scalar_style_t style)
{
	switch (style) {
	case YAML_PLAIN_SCALAR_STYLE:
		return FLAG_DECODED | FLAG_PLAIN;
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		return FLAG_DECODED | FLAG_SINGLE;
	case YAML_LITERAL_SCALAR_STYLE:
		return FLAG_DECODED | FLAG_LITERAL;
	case YAML_FOLDED_SCALAR_STYLE:
		return FLAG_DECODED | FLAG_FOLDED;
	default:
		return FLAG_DECODED;
	}
}

/* True when the text of a flow scalar stands in the file as it is. */
static bool is_verbatim(str raw, unsigned flags)
{
	if (raw.n && memchr(raw.p, '\n', raw.n))
		return false;
	if (flags & FLAG_PLAIN)
		return true;
	return !str_has(raw, flags & FLAG_SINGLE ? S("'") : S("\\"));
}

struct node *yaml_scalar(struct yaml *p)
{
	struct node *n = node_new(p->arena, p->tree, NODE_STRING, p->start);
	str value = { (const char *)p->token.data.scalar.value, p->token.data.scalar.length };
	str raw = str_sub(p->tree->file->text, p->start, p->end);

	n->body = p->start;
	n->flags = flags_of(p->token.data.scalar.style);
	n->end = p->end;
	if (n->flags & (FLAG_LITERAL | FLAG_FOLDED)) {
		n->end = p->start + (uint32_t)block_end(raw, value);
		note_comment(p, raw);
		node_more(p->arena, n)->text = str_dup(p->arena, value);
		return yaml_next(p) ? n : NULL;
	}
	if (!(n->flags & FLAG_PLAIN))
		raw = str_sub(raw, 1, raw.n - 1);
	node_more(p->arena, n)->text = raw;
	if (!is_verbatim(raw, n->flags))
		n->more->text = str_dup(p->arena, value);
	else if (!str_eq(raw, value))
		return yaml_fail(p, p->start, "the scanner's marks do not fit the text");
	return yaml_next(p) ? n : NULL;
}
