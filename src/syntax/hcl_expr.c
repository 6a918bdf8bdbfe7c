/* SPDX-License-Identifier: MIT */
/*
 * Operators:
 *	expr	= binary [ "?" expr ":" expr ]
 *	binary	= unary { operator unary }	all left-associative, by rank
 *	unary	= ( "-" | "!" ) unary | term chain
 */
#include "hcl.h"

struct binary_op {
	str text;
	enum node_op op;
	unsigned rank;
};

/* The operator at `c`, which hcl_peek returned; NULL when there is none. */
static const struct binary_op *operator_at(const struct hcl *p, int c)
{
	static const struct binary_op ops[] = {
		{ { "||", 2 }, OP_OR, 1 }, { { "&&", 2 }, OP_AND, 2 }, { { "==", 2 }, OP_EQ, 3 },
		{ { "!=", 2 }, OP_NE, 3 }, { { "<=", 2 }, OP_LE, 4 },  { { ">=", 2 }, OP_GE, 4 },
		{ { "<", 1 }, OP_LT, 4 },  { { ">", 1 }, OP_GT, 4 },   { { "+", 1 }, OP_ADD, 5 },
		{ { "-", 1 }, OP_SUB, 5 }, { { "*", 1 }, OP_MUL, 6 },  { { "/", 1 }, OP_DIV, 6 },
		{ { "%", 1 }, OP_MOD, 6 },
	};

	if (c == ',' || c == '\n' || c == ']' || c == ')' || c == '}')
		return NULL;
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (c == ops[i].text.p[0] && hcl_at(p, ops[i].text))
			return &ops[i];
	return NULL;
}

static struct node *parse_unary(struct hcl *p);

static struct node *parse_prefix(struct hcl *p, enum node_op op)
{
	struct node *n = hcl_node(p, NODE_UNARY, p->pos), *operand;

	if (!hcl_enter(p))
		return NULL;
	n->op = op;
	p->pos++;
	operand = parse_unary(p);
	if (!operand)
		return NULL;
	hcl_leave(p);
	p->height++;
	node_append(n, operand);
	n->end = operand->end;
	return n;
}

static struct node *parse_unary(struct hcl *p)
{
	int c = hcl_peek(p);
	struct node *n;

	if (c == '-')
		return parse_prefix(p, OP_NEG);
	if (c == '!')
		return parse_prefix(p, OP_NOT);
	n = hcl_term(p);
	return n ? hcl_chain(p, n) : NULL;
}

/* A chain of operators of at least this rank. */
static struct node *parse_binary(struct hcl *p, unsigned rank)
{
	struct node *left = parse_unary(p);
	const struct binary_op *op;

	while (left && (op = operator_at(p, hcl_peek(p))) && op->rank >= rank) {
		struct node *n = hcl_node(p, NODE_BINARY, left->start), *right;
		unsigned height = p->height;

		p->pos += (uint32_t)op->text.n;
		right = parse_binary(p, op->rank + 1);
		if (!right || !hcl_wrap(p, height, p->height))
			return NULL;
		n->op = op->op;
		node_append(n, left);
		node_append(n, right);
		n->end = right->end;
		left = n;
	}
	return left;
}

static struct node *parse_cond(struct hcl *p, struct node *cond)
{
	struct node *n = hcl_node(p, NODE_COND, cond->start);
	unsigned height = p->height;

	node_append(n, cond);
	p->pos++;
	if (!hcl_enter(p) || !hcl_expr_into(p, n, &height))
		return NULL;
	if (hcl_peek(p) != ':')
		return hcl_fail(p, p->pos, "expected ':' and the value for false");
	p->pos++;
	if (!hcl_expr_into(p, n, &height))
		return NULL;
	hcl_leave(p);
	if (!hcl_wrap(p, height, 0))
		return NULL;
	n->end = n->last->end;
	return n;
}

struct node *hcl_expr(struct hcl *p)
{
	struct node *n = parse_binary(p, 1);

	return n && hcl_peek(p) == '?' ? parse_cond(p, n) : n;
}

struct node *hcl_expr_into(struct hcl *p, struct node *parent, unsigned *height)
{
	struct node *n = hcl_expr(p);

	if (!n)
		return NULL;
	node_append(parent, n);
	if (p->height > *height)
		*height = p->height;
	return n;
}
