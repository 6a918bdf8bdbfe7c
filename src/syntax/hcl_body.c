/* SPDX-License-Identifier: MIT */
/*
 * Bodies:
 *	body	= { newline | ( argument | block ) newline }	the last newline may be missing
 *	argument = name "=" expr
 *	block	= name { name | string } "{" newline body "}"
 *		| name { name | string } "{" [ argument ] "}"
 */
#include "hcl.h"

#include "names.h"

static bool parse_items(struct hcl *p, struct node *body, bool nested);

static bool at_equal(const struct hcl *p)
{
	return hcl_at(p, S("=")) && !hcl_at(p, S("==")) && !hcl_at(p, S("=>"));
}

/* The argument whose '=' is at `pos`. */
static struct node *parse_attr(struct hcl *p, uint32_t start, str name)
{
	struct node *n = hcl_node(p, NODE_ATTR, start);
	unsigned height = 0;

	n->name = name;
	p->pos++;
	if (!hcl_expr_into(p, n, &height))
		return NULL;
	n->end = n->last->end;
	return n;
}

/* The only argument of a block on one line. */
static bool parse_single(struct hcl *p, struct node *body)
{
	uint32_t start = p->pos;
	str name = hcl_name(p);
	struct node *attr;

	hcl_peek(p);
	if (name.n == 0 || !at_equal(p)) {
		hcl_fail(p, start, "expected one argument, a newline or '}' after '{'");
		return false;
	}
	attr = parse_attr(p, start, name);
	if (!attr)
		return false;
	node_append(body, attr);
	if (hcl_peek(p) == '}')
		return true;
	hcl_fail(p, p->pos, "expected '}': a block on one line holds one argument");
	return false;
}

/* The body of a block, from after its '{' to its '}'. */
static struct node *parse_block_body(struct hcl *p)
{
	struct node *body = hcl_node(p, NODE_BODY, p->pos);
	int c = hcl_peek(p);
	bool ok;

	if (c == '}')
		ok = true;
	else if (c == '\n' || c == HCL_END)
		ok = parse_items(p, body, true);
	else
		ok = parse_single(p, body);
	body->end = p->pos;
	return ok ? body : NULL;
}

static bool parse_labels(struct hcl *p, struct node *block)
{
	int c;

	while ((c = hcl_peek(p)) != '{') {
		struct node *label;

		if (c == '"') {
			label = hcl_quoted_label(p);
			if (!label)
				return false;
		} else {
			label = hcl_node(p, NODE_LABEL, p->pos);
			label->name = hcl_name(p);
			label->end = p->pos;
			if (label->name.n == 0) {
				hcl_fail(p, p->pos, "expected '=', a label or '{'");
				return false;
			}
		}
		node_append(block, label);
	}
	return true;
}

static struct node *parse_block(struct hcl *p, uint32_t start, str name)
{
	struct node *n = hcl_node(p, NODE_BLOCK, start), *body;

	n->name = name;
	if (!parse_labels(p, n) || !hcl_enter(p))
		return NULL;
	n->body = p->pos++;
	body = parse_block_body(p);
	if (!body)
		return NULL;
	node_append(n, body);
	n->body_end = n->end = ++p->pos;
	hcl_leave(p);
	return n;
}

/* The first argument of the body that is there twice: a parse error in Terraform. */
static bool check_duplicates(struct hcl *p, const struct node *body)
{
	struct name few[NAMES_FEW];
	struct names names = NAMES_IN(few);
	const struct name *twice;

	for (const struct node *n = body->first; n; n = n->next)
		if (n->kind == NODE_ATTR)
			names_add(&names, p->arena, n->name, n->start);
	twice = names_duplicate(&names);
	if (!twice)
		return true;
	hcl_fail(p, twice->at, "the argument is set twice in this body");
	return false;
}

static struct node *parse_item(struct hcl *p)
{
	uint32_t start = p->pos;
	str name = hcl_name(p);

	if (name.n == 0)
		return hcl_fail(p, start, "expected an argument or a block");
	hcl_peek(p);
	return at_equal(p) ? parse_attr(p, start, name) : parse_block(p, start, name);
}

/* Up to the end of the file, or the '}' of a nested body. */
static bool parse_items(struct hcl *p, struct node *body, bool nested)
{
	for (;;) {
		int c = hcl_peek(p);
		struct node *item;

		if (c == '\n') {
			p->pos += hcl_newline(p);
			continue;
		}
		if (c == (nested ? '}' : HCL_END))
			return check_duplicates(p, body);
		item = c == HCL_END ? hcl_fail(p, p->pos, "expected '}'") : parse_item(p);
		if (!item)
			return false;
		node_append(body, item);
		c = hcl_peek(p);
		if (c != '\n' && c != HCL_END) {
			hcl_fail(p, p->pos, "expected a newline");
			return false;
		}
	}
}

bool hcl_parse(struct tree **out, const struct file *f, struct arena *a, struct syntax_error *e)
{
	struct hcl p = { .s = f->text.p, .newlines = true, .arena = a, .error = e };
	struct tree *t = ARENA_NEW(a, struct tree);

	if (f->text.n > SYNTAX_MAX_SIZE) {
		hcl_fail(&p, 0, "the file is too large");
		return false;
	}
	t->file = f;
	t->lang = LANG_HCL;
	p.tree = t;
	p.end = (uint32_t)f->text.n;
	t->root = hcl_node(&p, NODE_BODY, 0);
	t->root->end = p.end;
	if (hcl_at(&p, S("\xef\xbb\xbf")))
		p.pos = 3;
	if (!parse_items(&p, t->root, false) || p.failed)
		return false;
	t->comments = p.comments.v;
	t->comment_count = p.comments.n;
	*out = t;
	return true;
}
