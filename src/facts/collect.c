/* SPDX-License-Identifier: MIT */
#include "collect.h"

#include "kmsfix/arn.h"
#include "kmsfix/ascii.h"
#include "kmsfix/diag.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "member.h"

static void add_place(struct buf *b, const struct file *f, size_t offset)
{
	struct position at = file_position(f, offset);

	buf_add_safe(b, f->path);
	buf_printf(b, ":%zu:%zu", at.line, at.column);
}

bool vfail_at(struct err *e, const struct file *f, size_t offset, const char *fmt, va_list ap)
{
	struct buf b = { 0 };

	add_place(&b, f, offset);
	buf_add(&b, S(": "));
	buf_vprintf(&b, fmt, ap);
	err_set(e, ERR_IO, "%.*s", STR_ARG(buf_str(&b)));
	buf_free(&b);
	return false;
}

bool collect_fail(struct collector *c, size_t offset, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfail_at(c->err, c->file, offset, fmt, ap);
	va_end(ap);
	return false;
}

str collect_text(struct collector *c, const struct node *map, str name)
{
	const struct node *n = member(map, c->scratch, name);

	/* Decoded into what stays; a text without escapes is a slice of the file. */
	return string_text(n, c->arena);
}

struct facts_place collect_place(struct collector *c, const struct node *n)
{
	return (struct facts_place){ c->file, n->start, node_source(n) };
}

static bool same_node(const struct node *x, const struct node *y, struct arena *a)
{
	const struct node *cx = x->first, *cy = y->first;

	if (x->kind != y->kind)
		return false;
	if (x->kind == NODE_STRING)
		return str_eq(node_source(x), node_source(y)) ||
		       str_eq(string_text(x, a), string_text(y, a));
	if (!cx && !cy && x->kind != NODE_MAP && x->kind != NODE_SEQ)
		return str_eq(node_source(x), node_source(y));
	while (cx && cy && same_node(cx, cy, a)) {
		cx = cx->next;
		cy = cy->next;
	}
	return !cx && !cy;
}

/* Both were parts of valid JSON once. */
static bool same_text(str x, str y)
{
	struct arena *a = arena_create();
	struct file fx = { .text = x }, fy = { .text = y };
	struct syntax_error e;
	struct tree *tx, *ty;
	bool same = json_parse(&tx, &fx, a, &e) && json_parse(&ty, &fy, a, &e) &&
		    same_node(tx->root, ty->root, a);

	arena_destroy(a);
	return same;
}

bool collect_same(struct collector *c, const char *what, str name, const struct facts_place *here,
		  const struct facts_place *there)
{
	struct buf b = { 0 }, shown = { 0 };

	if (str_eq(here->source, there->source) || same_text(here->source, there->source))
		return true;
	add_place(&b, there->file, there->offset);
	buf_add_safe(&shown, str_sub(name, 0, 200));
	c->file = here->file;
	collect_fail(c, here->offset, "%s '%.*s' is not what %.*s says: take all answers again",
		     what, STR_ARG(buf_str(&shown)), STR_ARG(buf_str(&b)));
	buf_free(&b);
	buf_free(&shown);
	return false;
}

void collect_account(struct collector *c, str account)
{
	if (!account.n || map_find(&c->accounts, account))
		return;
	map_put(&c->accounts, c->arena, account, c);
	strs_add(c->arena, &c->facts->accounts, account);
}

struct facts_key *collect_key(struct collector *c, str arn)
{
	struct facts_key *key = map_find(&c->facts->by_arn[BY_KEY], arn);
	struct key_arn part;

	if (key)
		return key;
	if (!key_arn_parse(arn, &part))
		return NULL;
	key = ARENA_NEW(c->arena, struct facts_key);
	key->arn = arn;
	key->id = part.id;
	key->account = part.account;
	key->region = part.region;
	key->partition = part.partition;
	map_put(&c->facts->by_arn[BY_KEY], c->arena, arn, key);
	VEC_PUSH(c->arena, &c->facts->keys, key);
	collect_account(c, part.account);
	return key;
}

/* ---- policy documents ---- */

static int hex(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c |= 0x20;
	return ascii_is_hex(c) ? c - 'a' + 10 : -1;
}

/* RFC 3986, as IAM encodes documents: a '+' stays one. False for a '%' without two digits. */
static bool url_decode(struct arena *a, str in, str *out)
{
	char *to = arena_alloc(a, in.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		int high, low;

		if (in.p[i] != '%') {
			to[n++] = in.p[i];
			continue;
		}
		high = i + 2 < in.n ? hex(in.p[i + 1]) : -1;
		low = high < 0 ? -1 : hex(in.p[i + 2]);
		if (low < 0)
			return false;
		to[n++] = (char)(high << 4 | low);
		i += 2;
	}
	*out = (str){ to, n };
	return true;
}

/* A string may hold the JSON as it is, or encoded: then it starts with "%7B", or "%0A%7B", … */
static bool document_text(struct collector *c, const struct node *n, str *out)
{
	struct file f = { .text = { NULL, 0 } };
	struct syntax_error e;
	struct tree *t;

	*out = string_text(n, c->arena);
	if (str_starts(str_trim(*out), S("%")) && !url_decode(c->arena, *out, out))
		return collect_fail(c, n->start, "a policy document whose URL encoding is wrong");
	f.text = *out;
	if (!json_parse(&t, &f, c->scratch, &e))
		return collect_fail(c, n->start, "a policy document: byte %zu: %s", e.offset,
				    e.reason);
	return t->root->kind == NODE_MAP ||
	       collect_fail(c, n->start, "a policy document that is no object");
}

bool collect_document(struct collector *c, const struct node *n, struct facts_document *out)
{
	*out = (struct facts_document){ { NULL, 0 }, { NULL, 0, { NULL, 0 } } };
	if (!n)
		return true;
	out->place = collect_place(c, n);
	if (n->kind == NODE_MAP) {
		out->text = node_source(n);
		return true;
	}
	if (n->kind != NODE_STRING)
		return collect_fail(c, n->start, "expected a policy document");
	return document_text(c, n, &out->text);
}
