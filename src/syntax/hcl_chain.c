/* SPDX-License-Identifier: MIT */
/*
 * What may follow a term:
 *	chain	= { "." name | "." number | "[" expr "]" } [ splat ]
 *	splat	= "[" "*" "]" chain | "." "*" { "." name | "." number } chain
 * The first splat takes the rest of the chain as what happens to every element; the second, older
 * one takes only attributes, and what follows them applies to the resulting list.
 */
#include "hcl.h"

static struct node *parse_chain(struct hcl *p, struct node *obj, bool dots_only);

/* A node of this kind around `obj`. */
static struct node *step_new(struct hcl *p, enum node_kind kind, struct node *obj)
{
	struct node *n = hcl_node(p, kind, obj->start);

	node_append(n, obj);
	return n;
}

/* The splat of `obj` whose marker ends at `pos`. */
static struct node *parse_splat(struct hcl *p, struct node *obj, bool legacy)
{
	struct node *n = step_new(p, NODE_SPLAT, obj), *each;
	unsigned height = p->height;

	if (!hcl_enter(p))
		return NULL;
	p->height = 0;
	each = parse_chain(p, hcl_node(p, NODE_ITEM, p->pos), legacy);
	if (!each)
		return NULL;
	hcl_leave(p);
	if (!hcl_wrap(p, height, p->height))
		return NULL;
	node_append(n, each);
	n->flags = legacy ? FLAG_LEGACY : 0;
	n->end = each->end;
	return n;
}

/* `obj.0`. A second number would be read as a fraction, which Terraform refuses. */
static struct node *parse_legacy_index(struct hcl *p, struct node *obj)
{
	struct node *n = step_new(p, NODE_INDEX, obj), *key;
	unsigned height = p->height;

	key = hcl_number(p);
	if (!key)
		return NULL;
	if (str_has(node_source(key), S(".")))
		return hcl_fail(p, key->start, "two indexes after '.': write '[0][1]'");
	if (!hcl_wrap(p, height, 0))
		return NULL;
	node_append(n, key);
	n->flags = FLAG_LEGACY;
	n->end = key->end;
	return n;
}

static struct node *parse_dot(struct hcl *p, struct node *obj, bool dots_only)
{
	struct node *n;
	int c;

	p->pos++;
	c = hcl_peek(p);
	if (c >= '0' && c <= '9')
		return parse_legacy_index(p, obj);
	if (c == '*') {
		if (dots_only)
			return hcl_fail(p, p->pos, "'.*' inside '.*': write '[*]'");
		p->pos++;
		return parse_splat(p, obj, true);
	}
	n = step_new(p, NODE_GETATTR, obj);
	n->name = hcl_name(p);
	if (n->name.n == 0)
		return hcl_fail(p, p->pos, "expected an attribute name after '.'");
	n->end = p->pos;
	return hcl_wrap(p, p->height, 0) ? n : NULL;
}

static struct node *parse_full_splat(struct hcl *p, struct node *obj)
{
	p->pos++;
	if (hcl_peek(p) != ']')
		return hcl_fail(p, p->pos, "expected ']' after '[*'");
	p->pos++;
	return parse_splat(p, obj, false);
}

static struct node *parse_bracket(struct hcl *p, struct node *obj)
{
	unsigned height = p->height;
	bool newlines = p->newlines;
	struct node *n;

	p->pos++;
	if (hcl_peek(p) == '*')
		return parse_full_splat(p, obj);
	n = step_new(p, NODE_INDEX, obj);
	p->newlines = false;
	if (!hcl_enter(p) || !hcl_expr_into(p, n, &height))
		return NULL;
	if (hcl_peek(p) != ']')
		return hcl_fail(p, p->pos, "expected ']' after the index");
	p->pos++;
	p->newlines = newlines;
	hcl_leave(p);
	n->end = p->pos;
	return hcl_wrap(p, height, 0) ? n : NULL;
}

static struct node *parse_chain(struct hcl *p, struct node *obj, bool dots_only)
{
	while (obj) {
		int c = hcl_peek(p);

		if (c == '.' && !hcl_at(p, S("...")))
			obj = parse_dot(p, obj, dots_only);
		else if (c == '[' && !dots_only)
			obj = parse_bracket(p, obj);
		else
			break;
	}
	return obj;
}

struct node *hcl_chain(struct hcl *p, struct node *obj)
{
	return parse_chain(p, obj, false);
}
