/* SPDX-License-Identifier: MIT */
/*
 * Terms:
 *	term	= number | name | call | string | heredoc | "(" expr ")" | tuple | object
 *	call	= name { "::" name } "(" [ expr { "," expr } [ "," | "..." ] ] ")"
 */
#include "hcl.h"

static struct node *parse_paren(struct hcl *p)
{
	struct node *n = hcl_node(p, NODE_PAREN, p->pos);
	bool newlines = p->newlines;
	unsigned height = 0;

	if (!hcl_enter(p))
		return NULL;
	p->newlines = false;
	p->pos++;
	if (!hcl_expr_into(p, n, &height))
		return NULL;
	if (hcl_peek(p) != ')')
		return hcl_fail(p, p->pos, "expected ')'");
	p->pos++;
	p->newlines = newlines;
	hcl_leave(p);
	p->height = height + 1;
	n->end = p->pos;
	return n;
}

/* The arguments up to the ')', which is left to the caller. */
static bool parse_args(struct hcl *p, struct node *call, unsigned *height)
{
	while (hcl_peek(p) != ')') {
		struct node *arg = hcl_expr_into(p, call, height);

		if (!arg)
			return false;
		if (hcl_peek(p) == ',') {
			arg->comma = p->pos++;
			continue;
		}
		if (hcl_at(p, S("..."))) {
			call->flags |= FLAG_EXPAND;
			p->pos += 3;
			hcl_peek(p);
		}
		break;
	}
	if (hcl_at(p, S(")")))
		return true;
	hcl_fail(p, p->pos, "expected ',' or ')' after the argument");
	return false;
}

/* The call whose '(' is at `pos`. */
static struct node *parse_call(struct hcl *p, uint32_t start, str name)
{
	struct node *n = hcl_node(p, NODE_CALL, start);
	bool newlines = p->newlines;
	unsigned height = 0;

	n->name = name;
	if (!hcl_enter(p))
		return NULL;
	p->newlines = false;
	p->pos++;
	if (!parse_args(p, n, &height))
		return NULL;
	p->pos++;
	p->newlines = newlines;
	hcl_leave(p);
	p->height = height + 1;
	n->end = p->pos;
	return n;
}

/*
 * The rest of `name::name`, of a function. Terraform allows blanks around the '::', which nobody
 * writes; without them the whole name is one slice.
 */
static struct node *parse_namespaced_call(struct hcl *p, uint32_t start, str name)
{
	while (hcl_at(p, S("::"))) {
		str part;

		p->pos += 2;
		part = hcl_name(p);
		if (part.n == 0)
			return hcl_fail(p, p->pos, "expected a function name after '::'");
		name.n += 2 + part.n;
	}
	if (hcl_peek(p) != '(')
		return hcl_fail(p, p->pos, "expected '(' after the function name");
	return parse_call(p, start, name);
}

static bool is_literal(str name)
{
	return str_eq(name, S("true")) || str_eq(name, S("false")) || str_eq(name, S("null"));
}

static struct node *parse_name(struct hcl *p)
{
	uint32_t start = p->pos;
	str name = hcl_name(p);
	uint32_t end = p->pos;
	struct node *n;

	if (name.n == 0)
		return hcl_fail(p, start, "expected an expression");
	if (hcl_at(p, S("::")))
		return parse_namespaced_call(p, start, name);
	if (hcl_peek(p) == '(')
		return parse_call(p, start, name);
	n = hcl_node(p, is_literal(name) ? NODE_LITERAL : NODE_NAME, start);
	n->name = name;
	n->end = end;
	p->height = 0;
	return n;
}

struct node *hcl_term(struct hcl *p)
{
	int c = hcl_peek(p);

	switch (c) {
	case '"':
		return hcl_quoted(p);
	case '[':
		return hcl_tuple(p);
	case '{':
		return hcl_object(p);
	case '(':
		return parse_paren(p);
	case '<':
		return hcl_heredoc(p);
	default:
		return c >= '0' && c <= '9' ? hcl_number(p) : parse_name(p);
	}
}
