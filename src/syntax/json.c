/* SPDX-License-Identifier: MIT */
/*
 * RFC 8259, nothing more. In a heredoc the bytes map one to one, so JSON is read where it stands;
 * the `${…}` inside its strings were found by the HCL parser and are stepped over whole, since they
 * may hold quotes themselves.
 */
#include "json.h"

#include <string.h>

struct node *json_fail(struct json *p, uint32_t at, const char *reason)
{
	p->error->offset = at;
	p->error->reason = reason;
	return NULL;
}

/* Skips white space; the next byte, or -1 at the end. */
static int peek(struct json *p)
{
	while (p->pos < p->end) {
		unsigned char c = (unsigned char)p->s[p->pos];

		if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t'))
			return c;
		p->pos++;
	}
	return -1;
}

static bool is_digit(const struct json *p)
{
	return p->pos < p->end && p->s[p->pos] >= '0' && p->s[p->pos] <= '9';
}

static bool skip_digits(struct json *p)
{
	if (!is_digit(p))
		return false;
	while (is_digit(p))
		p->pos++;
	return true;
}

static bool skip_byte(struct json *p, char c)
{
	if (p->pos >= p->end || p->s[p->pos] != c)
		return false;
	p->pos++;
	return true;
}

static bool skip_number(struct json *p)
{
	skip_byte(p, '-');
	if (!skip_byte(p, '0') && !skip_digits(p))
		return false;
	if (skip_byte(p, '.') && !skip_digits(p))
		return false;
	if (!skip_byte(p, 'e') && !skip_byte(p, 'E'))
		return true;
	if (!skip_byte(p, '+'))
		skip_byte(p, '-');
	return skip_digits(p);
}

static struct node *parse_number(struct json *p)
{
	struct node *n = node_new(p->arena, p->tree, NODE_NUMBER, p->pos);

	if (!skip_number(p))
		return json_fail(p, p->pos, "this is not a number");
	n->end = p->pos;
	return n;
}

static struct node *parse_word(struct json *p)
{
	static const str words[] = { { "true", 4 }, { "false", 5 }, { "null", 4 } };
	struct node *n;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = words[i].n;

		if (p->end - p->pos < len || memcmp(p->s + p->pos, words[i].p, len) != 0)
			continue;
		n = node_new(p->arena, p->tree, NODE_LITERAL, p->pos);
		n->name = (str){ p->s + p->pos, len };
		p->pos += (uint32_t)len;
		n->end = p->pos;
		return n;
	}
	return json_fail(p, p->pos, "expected a value");
}

static struct node *parse_value(struct json *p);

static struct node *parse_pair(struct json *p)
{
	struct node *n, *child;

	if (peek(p) != '"')
		return json_fail(p, p->pos, "expected a key in double quotes");
	n = node_new(p->arena, p->tree, NODE_PAIR, p->pos);
	child = json_string(p);
	if (!child)
		return NULL;
	node_append(n, child);
	if (peek(p) != ':')
		return json_fail(p, p->pos, "expected ':' after the key");
	p->pos++;
	child = parse_value(p);
	if (!child)
		return NULL;
	node_append(n, child);
	n->end = child->end;
	return n;
}

/* `{…}` or `[…]`, by its closing byte. */
static struct node *parse_bracket(struct json *p, enum node_kind kind, int close)
{
	struct node *n = node_new(p->arena, p->tree, kind, p->pos);

	if (p->depth == SYNTAX_MAX_DEPTH)
		return json_fail(p, p->pos, "nested too deeply");
	p->depth++;
	p->pos++;
	while (n->first || peek(p) != close) {
		struct node *item = kind == NODE_MAP ? parse_pair(p) : parse_value(p);

		if (!item)
			return NULL;
		node_append(n, item);
		if (peek(p) != ',')
			break;
		item->comma = p->pos++;
	}
	if (peek(p) != close)
		return json_fail(p, p->pos,
				 kind == NODE_MAP ? "expected ',' or '}'" : "expected ',' or ']'");
	n->end = ++p->pos;
	p->depth--;
	return n;
}

static struct node *parse_value(struct json *p)
{
	int c = peek(p);

	if (c == '"')
		return json_string(p);
	if (c == '{')
		return parse_bracket(p, NODE_MAP, '}');
	if (c == '[')
		return parse_bracket(p, NODE_SEQ, ']');
	if (c == '-' || (c >= '0' && c <= '9'))
		return parse_number(p);
	if (p->part && p->part->start == p->pos)
		return json_interp(p);
	return parse_word(p);
}

/* The one value of [pos, end). */
static bool parse_document(struct tree **out, struct json *p, const struct file *f)
{
	struct tree *t = ARENA_NEW(p->arena, struct tree);

	t->file = f;
	t->lang = LANG_JSON;
	p->s = f->text.p;
	p->tree = t;
	t->root = parse_value(p);
	if (!t->root)
		return false;
	if (peek(p) != -1) {
		json_fail(p, p->pos, "expected the end of the JSON text");
		return false;
	}
	*out = t;
	return true;
}

bool json_parse(struct tree **out, const struct file *f, struct arena *a, struct syntax_error *e)
{
	struct json p = { .arena = a, .error = e, .flags = FLAG_JSON };

	if (f->text.n > SYNTAX_MAX_SIZE) {
		json_fail(&p, 0, "the file is too large");
		return false;
	}
	p.end = (uint32_t)f->text.n;
	if (str_starts(f->text, S("\xef\xbb\xbf")))
		p.pos = 3;
	return parse_document(out, &p, f);
}

bool json_parse_heredoc(struct tree **out, const struct node *heredoc, struct arena *a,
			struct syntax_error *e)
{
	struct json p = { .arena = a, .error = e, .flags = FLAG_JSON | FLAG_TEMPLATE };

	for (const struct node *n = heredoc->first; n; n = n->next) {
		if (n->kind == NODE_DIRECTIVE) {
			json_fail(&p, n->start, "a '%{' directive in JSON text");
			return false;
		}
	}
	p.pos = heredoc->body;
	p.end = heredoc->body_end;
	p.part = heredoc->first;
	while (p.part && p.part->kind != NODE_INTERP)
		p.part = p.part->next;
	if (!parse_document(out, &p, heredoc->tree->file))
		return false;
	(*out)->host = heredoc;
	return true;
}

bool json_parse_literal(struct tree **out, const struct node *scalar, struct arena *a,
			struct syntax_error *e)
{
	struct json p = { .arena = a, .error = e, .flags = FLAG_JSON };
	const struct file *f = scalar->tree->file;

	if (!(scalar->flags & FLAG_LITERAL)) {
		json_fail(&p, scalar->start, "JSON text that is not a literal block ('|')");
		return false;
	}
	p.pos = (uint32_t)file_line_end(f->text, scalar->body);
	p.end = scalar->end > p.pos ? scalar->end : p.pos;
	if (!parse_document(out, &p, f))
		return false;
	(*out)->host = scalar;
	return true;
}
