/* SPDX-License-Identifier: MIT */
/*
 * Templates: literal text with `${expr}` and `%{directive}` in it; `$${` and `%%{` stand for the
 * plain characters. Directives stay flat in the tree; only their nesting is checked.
 */
#include "hcl.h"

#include "kmsfix/utf8.h"

/* Whether a `${` or `%{` starts here, or the escaped form of one; *width is its length. */
static bool sequence_at(const struct hcl *p, uint32_t *width)
{
	char c = p->s[p->pos];

	if (p->end - p->pos >= 3 && p->s[p->pos + 1] == c && p->s[p->pos + 2] == '{') {
		*width = 3;
		return true;
	}
	*width = 2;
	return p->end - p->pos >= 2 && p->s[p->pos + 1] == '{';
}

bool hcl_text_step(struct hcl *p, bool *part)
{
	unsigned char c = (unsigned char)p->s[p->pos];
	uint32_t width = 1;

	*part = false;
	if (c == '$' || c == '%') {
		if (!sequence_at(p, &width))
			width = 1;
		else if (width == 2)
			*part = true;
	} else if (c >= 0x80) {
		width = (uint32_t)utf8_next((str){ p->s, p->end }, p->pos, NULL);
		if (width == 0) {
			hcl_fail(p, p->pos, "this is not valid UTF-8");
			return false;
		}
	}
	if (!*part)
		p->pos += width;
	return true;
}

/* The TEXT before the part at `pos`, or before the end. */
static void text_flush(struct hcl *p, struct hcl_template *t)
{
	struct node *n;

	if (t->text == p->pos)
		return;
	n = hcl_node(p, NODE_TEXT, t->text);
	n->end = p->pos;
	n->flags = t->flags;
	node_append(t->node, n);
}

static bool parse_directive(struct hcl *p, struct node *n, unsigned *height)
{
	str key, value;

	hcl_peek(p);
	n->name = hcl_name(p);
	if (str_eq(n->name, S("if")))
		return hcl_expr_into(p, n, height) != NULL;
	if (str_eq(n->name, S("for")))
		return hcl_for_intro(p, &key, &value) && hcl_expr_into(p, n, height) != NULL;
	if (str_eq(n->name, S("else")) || str_eq(n->name, S("endif")) ||
	    str_eq(n->name, S("endfor")))
		return true;
	hcl_fail(p, n->start, "expected 'if', 'else', 'endif', 'for' or 'endfor' after '%{'");
	return false;
}

bool hcl_part(struct hcl *p, struct hcl_template *t)
{
	bool interp = p->s[p->pos] == '$', newlines = p->newlines;
	struct node *n = hcl_node(p, interp ? NODE_INTERP : NODE_DIRECTIVE, p->pos);

	text_flush(p, t);
	if (!hcl_enter(p))
		return false;
	p->newlines = false;
	p->pos += 2;
	if (hcl_at(p, S("~")))
		p->pos++;
	if (interp ? !hcl_expr_into(p, n, &t->height) : !parse_directive(p, n, &t->height))
		return false;
	hcl_peek(p);
	if (hcl_at(p, S("~}")))
		p->pos++;
	if (!hcl_at(p, S("}"))) {
		hcl_fail(p, p->pos, "expected '}' at the end of the template sequence");
		return false;
	}
	p->pos++;
	p->newlines = newlines;
	hcl_leave(p);
	n->end = p->pos;
	node_append(t->node, n);
	t->text = p->pos;
	return true;
}

/* What may close or continue the innermost open directive `open`: "" at the outermost level. */
static bool directive_fits(str open, str name)
{
	if (str_eq(name, S("else")))
		return str_eq(open, S("if"));
	if (str_eq(name, S("endif")))
		return str_eq(open, S("if")) || str_eq(open, S("else"));
	return str_eq(open, S("for"));
}

/* Every directive has its counterpart. */
static bool directives_nest(struct hcl *p, const struct node *template)
{
	const struct node *open[SYNTAX_MAX_DEPTH];
	size_t depth = 0;

	for (const struct node *n = template->first; n; n = n->next) {
		if (n->kind != NODE_DIRECTIVE)
			continue;
		if (n->first) {
			if (depth == SYNTAX_MAX_DEPTH) {
				hcl_fail(p, n->start, "nested too deeply");
				return false;
			}
			open[depth++] = n;
			continue;
		}
		if (depth == 0 || !directive_fits(open[depth - 1]->name, n->name)) {
			hcl_fail(p, n->start, "this directive has no matching 'if' or 'for'");
			return false;
		}
		if (str_eq(n->name, S("else")))
			open[depth - 1] = n;
		else
			depth--;
	}
	if (depth == 0)
		return true;
	hcl_fail(p, open[depth - 1]->start, "this directive is not closed");
	return false;
}

bool hcl_template_finish(struct hcl *p, struct hcl_template *t)
{
	p->height = 0;
	if (!t->node->first)
		return true;
	text_flush(p, t);
	p->height = t->height + 1;
	return directives_nest(p, t->node);
}
