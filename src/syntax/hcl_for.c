/* SPDX-License-Identifier: MIT */
/*
 *	for	= "for" name [ "," name ] "in" expr ":" expr [ "=>" expr ] [ "..." ] [ "if" expr ]
 * between brackets: `=>` and `...` only between braces, and there `=>` is required.
 */
#include "hcl.h"

bool hcl_for_intro(struct hcl *p, str *key, str *value)
{
	hcl_peek(p);
	*key = (str){ NULL, 0 };
	*value = hcl_name(p);
	if (value->n && hcl_peek(p) == ',') {
		p->pos++;
		hcl_peek(p);
		*key = *value;
		*value = hcl_name(p);
	}
	hcl_peek(p);
	if (value->n && hcl_word(p, S("in")))
		return true;
	hcl_fail(p, p->pos, "expected 'for name in' or 'for name, name in'");
	return false;
}

/* Reads the byte `c`, or fails. */
static bool expect(struct hcl *p, int c, const char *reason)
{
	if (hcl_peek(p) != c) {
		hcl_fail(p, p->pos, reason);
		return false;
	}
	p->pos++;
	return true;
}

/* `value`, or `key => value`, and what may follow it. */
static bool parse_result(struct hcl *p, struct node *n, unsigned *height)
{
	bool object = n->flags & FLAG_OBJECT;

	if (!hcl_expr_into(p, n, height))
		return false;
	if (object) {
		hcl_peek(p);
		if (!hcl_at(p, S("=>"))) {
			hcl_fail(p, p->pos, "expected '=>' and the value");
			return false;
		}
		p->pos += 2;
		if (!hcl_expr_into(p, n, height))
			return false;
		hcl_peek(p);
		if (hcl_at(p, S("..."))) {
			n->flags |= FLAG_GROUP;
			p->pos += 3;
		}
	}
	hcl_peek(p);
	if (hcl_word(p, S("if"))) {
		n->flags |= FLAG_COND;
		if (!hcl_expr_into(p, n, height))
			return false;
	}
	return true;
}

struct node *hcl_for(struct hcl *p, uint32_t open)
{
	struct node *n = hcl_node(p, NODE_FOR, open);
	bool object = p->s[open] == '{';
	struct node_more *more = node_more(p->arena, n);
	unsigned height = 0;

	n->flags = object ? FLAG_OBJECT : 0;
	if (!hcl_for_intro(p, &more->name2, &n->name) || !hcl_expr_into(p, n, &height) ||
	    !expect(p, ':', "expected ':' after the collection") || !parse_result(p, n, &height) ||
	    !expect(p, object ? '}' : ']', "expected the end of the 'for' expression"))
		return NULL;
	p->height = height + 1;
	return n;
}
