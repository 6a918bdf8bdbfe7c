/* SPDX-License-Identifier: MIT */
/*
 * Constructors:
 *	tuple	= "[" [ expr { "," expr } [ "," ] ] "]"
 *	object	= "{" { newline } { expr ( "=" | ":" ) expr ( "," | newline ) { newline } } "}"
 * where the last separator of an object may be missing, and newlines do not count in a tuple.
 */
#include "hcl.h"

static struct node *parse_elements(struct hcl *p, struct node *n, unsigned *height)
{
	while (hcl_peek(p) != ']') {
		struct node *item = hcl_expr_into(p, n, height);

		if (!item)
			return NULL;
		if (hcl_peek(p) == ',')
			item->comma = p->pos++;
		else if (!hcl_at(p, S("]")))
			return hcl_fail(p, p->pos, "expected ',' or ']' after the element");
	}
	return n;
}

struct node *hcl_tuple(struct hcl *p)
{
	struct node *n = hcl_node(p, NODE_SEQ, p->pos);
	bool newlines = p->newlines;
	unsigned height = 0;

	if (!hcl_enter(p))
		return NULL;
	p->newlines = false;
	p->pos++;
	hcl_peek(p);
	if (hcl_word(p, S("for"))) {
		n = hcl_for(p, n->start);
	} else {
		n = parse_elements(p, n, &height);
		p->height = height + 1;
		p->pos++;
	}
	if (!n)
		return NULL;
	p->newlines = newlines;
	hcl_leave(p);
	n->end = p->pos;
	return n;
}

static struct node *parse_pair(struct hcl *p, unsigned *height)
{
	struct node *n = hcl_node(p, NODE_PAIR, p->pos), *key = hcl_expr_into(p, n, height);
	int c;

	if (!key)
		return NULL;
	if (key->kind == NODE_LITERAL)
		key->kind = NODE_NAME; /* `true = 1`: just a key */
	c = hcl_peek(p);
	if (c == ':')
		n->flags = FLAG_COLON;
	else if (c != '=' || hcl_at(p, S("==")) || hcl_at(p, S("=>")))
		return hcl_fail(p, p->pos, "expected '=' or ':' after the key");
	p->pos++;
	if (!hcl_expr_into(p, n, height))
		return NULL;
	n->end = n->last->end;
	return n;
}

static struct node *parse_pairs(struct hcl *p, struct node *n, unsigned *height)
{
	for (;;) {
		struct node *pair;
		int c = hcl_peek(p);

		if (c == '\n') {
			p->pos += hcl_newline(p);
			continue;
		}
		if (c == '}')
			return n;
		pair = parse_pair(p, height);
		if (!pair)
			return NULL;
		node_append(n, pair);
		c = hcl_peek(p);
		if (c == ',')
			pair->comma = p->pos++;
		else if (c != '\n' && c != '}')
			return hcl_fail(p, p->pos,
					"expected ',', a newline or '}' after the value");
	}
}

struct node *hcl_object(struct hcl *p)
{
	struct node *n = hcl_node(p, NODE_MAP, p->pos);
	bool newlines = p->newlines;
	unsigned height = 0;

	if (!hcl_enter(p))
		return NULL;
	p->newlines = false;
	p->pos++;
	hcl_peek(p); /* newlines before the first key never matter */
	if (hcl_word(p, S("for"))) {
		n = hcl_for(p, n->start);
	} else {
		p->newlines = true;
		n = parse_pairs(p, n, &height);
		p->height = height + 1;
		p->pos++;
	}
	if (!n)
		return NULL;
	p->newlines = newlines;
	hcl_leave(p);
	n->end = p->pos;
	return n;
}
