/* SPDX-License-Identifier: MIT */
/*
 * New blocks and arguments. All of them are one insertion at the end of a line, which holds the
 * line ending before the new text; the line ending that is there already follows it.
 */
#include "kmsfix/edit.h"

#include "pair.h"
#include "render.h"
#include "trivia.h"

static const char *const WHY_LINE = "the block shares its line with something else";
static const char *const WHY_JSON = "an argument cannot be added to JSON";

/* Where new lines go: behind `at`, or in place of [at, end) in a block on one line. */
struct gap {
	size_t at, end;
	str indent, eol;
	const struct node *only; /* the argument before it, which gets a line of its own; or NULL */
	str after;               /* what keeps the brace on its own */
};

static str step_in(struct edits *es, const struct tree *t, size_t offset, str indent)
{
	struct style st;

	style_init(&st, t, offset, es->arena);
	return str_fmt(es->arena, "%.*s%.*s", STR_ARG(indent), STR_ARG(st.unit));
}

/* The gap behind a child of a body, which ends its line. */
static bool gap_behind(const struct node *child, struct gap *g)
{
	str text = child->tree->file->text;

	if (!at_line_head(text, child->start) || !line_rest_empty(child->tree, child->end, &g->at))
		return false;
	g->end = g->at;
	g->indent = line_indent(text, child->start);
	g->eol = line_ending(text, child->start);
	return true;
}

/* The gap directly behind the opening brace of a block: `{}`, or `{` at the end of its line. */
static bool gap_inside(struct edits *es, const struct node *block, struct gap *g)
{
	const struct tree *t = block->tree;
	str text = t->file->text, outer = line_indent(text, block->start);
	const struct node *only = block->last->first;

	*g = (struct gap){ .at = block->body + 1 };
	g->eol = line_ending(text, block->start);
	g->indent = step_in(es, t, block->start, outer);
	if (line_rest_empty(t, g->at, &g->at)) {
		g->end = g->at;
		return true;
	}
	if (comment_in(t, block->body, block->body_end))
		return false;
	g->after = str_fmt(es->arena, "%.*s%.*s", STR_ARG(g->eol), STR_ARG(outer));
	g->end = block->body_end - 1;
	g->only = only;
	if (only)
		g->at = only->end;
	return true;
}

/* A block on one line is written anew: what comes later comes into the same edit. */
static bool fill_on(struct edits *es, const struct file *f, const struct gap *g, str text)
{
	for (size_t i = 0; i < es->n && g->after.n; i++) {
		struct edit *e = &es->v[i];

		if (e->start != g->at || e->end != g->end || !str_eq(e->file->path, f->path))
			continue;
		if (!str_has(e->text, text))
			e->text = STR_CAT(es->arena, str_sub(e->text, 0, e->text.n - g->after.n),
					  text, g->after);
		return true;
	}
	return false;
}

/* Puts `text` into the gap, after a blank line if it stands apart. */
static void fill(struct edits *es, const struct file *f, const struct gap *g, bool apart, str text)
{
	text = STR_CAT(es->arena, apart ? g->eol : S(""), g->eol, g->indent, text);
	if (fill_on(es, f, g, text))
		return;
	if (g->only)
		edits_add(es, f, g->only->parent->parent->body + 1, g->only->start,
			  STR_CAT(es->arena, g->eol, g->indent));
	edits_add(es, f, g->at, g->end, STR_CAT(es->arena, text, g->after));
}

static bool is_statement(const struct node *n)
{
	return n->kind == NODE_BLOCK &&
	       (str_eq(n->name, S("statement")) ||
		(str_eq(n->name, S("dynamic")) && str_eq(n->first->name, S("statement"))));
}

static bool is_apart(const struct node *a, const struct node *b)
{
	str text = a->tree->file->text;

	return line_next(text, a->end) != file_line_start(text, b->start);
}

/* True unless two statement blocks of the body, which is not empty, stand directly below each
 * other. */
static bool statements_apart(const struct node *body)
{
	for (const struct node *c = body->first; c->next; c = c->next) {
		if (is_statement(c) && is_statement(c->next))
			return is_apart(c, c->next);
	}
	return true;
}

/* The last one that stays. */
static const struct node *last_statement(const struct edits *es, const struct node *body)
{
	const struct node *last = body->last;

	for (const struct node *c = body->first; c; c = c->next) {
		if (is_statement(c) && !edits_leaves(es, c))
			last = c;
	}
	return last;
}

/* The same as members of an object of .tf.json, which has no key twice. */
static bool append_members(struct edits *es, const struct node *body,
			   const struct shape **statements, size_t n, const char **why)
{
	struct shape *list = shape_list(es->arena);

	for (size_t i = 0; i < n; i++) {
		struct shape *document = document_shape(es->arena, statements[i], why);

		if (!document)
			return false;
		*why = WHY_JSON;
		if (document->when.n)
			return false;
		shape_add(es->arena, list, document);
	}
	return pair_append_elements(es, body, S("statement"), list, why);
}

bool edit_append_statement_blocks(struct edits *es, const struct node *body,
				  const struct shape **statements, size_t n, const char **why)
{
	if (body->kind == NODE_MAP)
		return append_members(es, body, statements, n, why);
	for (size_t i = 0; i < n; i++)
		if (!edit_append_statement_block(es, body, NULL, statements[i], why))
			return false;
	return true;
}

bool edit_append_statement_block(struct edits *es, const struct node *body,
				 const struct node *after, const struct shape *statement,
				 const char **why)
{
	struct shape *document;
	struct gap g = { 0 };
	str text;
	bool apart;

	if (body->kind == NODE_MAP)
		return append_members(es, body, &statement, 1, why);
	document = document_shape(es->arena, statement, why);
	if (!document)
		return false;
	if (!after)
		after = last_statement(es, body);
	*why = WHY_LINE;
	if (!(after && gap_behind(after, &g)) && !gap_inside(es, body->parent, &g))
		return false;
	apart = (after || g.only) && statements_apart(body);
	if (!render_statement_block(es->arena, body, document, g.indent, g.eol, &text, why))
		return false;
	fill(es, body->tree->file, &g, apart, text);
	return true;
}

/* The last argument on one line before the first nested block; else the last argument there. */
static const struct node *last_argument(const struct node *body)
{
	const struct node *last = NULL, *flat = NULL;

	for (const struct node *c = body->first; c && c->kind == NODE_ATTR; c = c->next) {
		last = c;
		if (!has_newline(node_source(c)))
			flat = c;
	}
	return flat ? flat : last;
}

/* Adds `name = <open><value><close>` to a BODY: behind `after`, or when that is NULL first. */
static bool add_argument(struct edits *es, const struct node *body, const struct node *after,
			 bool apart, str name, const struct shape *value, const char *open,
			 const char *close, const char **why)
{
	const struct tree *t = body->tree;
	struct gap g = { 0 };
	struct style st;
	str text;

	*why = WHY_LINE;
	if (!(after && gap_behind(after, &g)) && !gap_inside(es, body->parent, &g))
		return false;
	style_init(&st, t, body->parent->start, es->arena);
	if (!render_slice(&st, value, g.indent, 0, &text, why))
		return false;
	fill(es, t->file, &g, apart,
	     str_fmt(es->arena, "%.*s = %s%.*s%s", STR_ARG(name), open, STR_ARG(text), close));
	return true;
}

bool edit_add_policy_argument(struct edits *es, const struct node *body, str name,
			      const struct shape *document, const char **why)
{
	if (body->tree->dialect == DIALECT_CLOUDFORMATION)
		return edit_add_pair(es, body, name, document, why);
	if (body->kind == NODE_MAP)
		return pair_add_document(es, body, name, document, why);
	return add_argument(es, body, last_argument(body), false, name, document, "jsonencode(",
			    ")", why);
}

bool edit_set_policy_text(struct edits *es, const struct node *value, const struct shape *document,
			  const char **why)
{
	const struct tree *t = value->tree;
	str indent = line_indent(t->file->text, value->start), text;
	struct style st;

	style_init(&st, t, value->start, es->arena);
	if (!render_slice(&st, document, indent, 0, &text, why))
		return false;
	edits_add(es, t->file, value->start, value->end,
		  str_fmt(es->arena, "jsonencode(%.*s)", STR_ARG(text)));
	return true;
}

/* A new section of a template stands above its resources; behind what is there when it cannot. */
static bool add_section(struct edits *es, const struct node *root, str name,
			const struct shape *value, const char **why)
{
	const struct node *before = NULL;
	size_t edits = es->n;
	str key;

	for (const struct node *p = root->first; p; before = p, p = p->next) {
		if (!pair_key(p, es->arena, &key) || !str_eq(key, S("Resources")))
			continue;
		if (before && edit_insert_pair_after(es, before, name, value, why))
			return true;
		es->n = edits;
		break;
	}
	return edit_add_pair(es, root, name, value, why);
}

bool edit_add_argument(struct edits *es, const struct node *body, str name,
		       const struct shape *value, const char **why)
{
	if (body->tree->dialect == DIALECT_CLOUDFORMATION) {
		if (body == body->tree->root && str_eq(name, S("Parameters")))
			return add_section(es, body, name, value, why);
		return edit_add_pair(es, body, name, value, why);
	}
	*why = WHY_JSON;
	return body->kind == NODE_BODY &&
	       add_argument(es, body, last_argument(body), false, name, value, "", "", why);
}

bool edit_append_argument(struct edits *es, const struct node *body, str name,
			  const struct shape *value, const char **why)
{
	return add_argument(es, body, body->last, body->last != NULL, name, value, "", "", why);
}

bool edit_concat(struct edits *es, const struct node *value, const struct shape *list,
		 const char **why)
{
	const struct tree *t = value->tree;
	str outer = line_indent(t->file->text, value->start);
	str eol = line_ending(t->file->text, value->start), text, out;
	str inner = step_in(es, t, value->start, outer);
	bool tall = has_newline(node_source(value));
	struct style st;

	style_init(&st, t, value->start, es->arena);
	if (!render_slice(&st, list, tall ? inner : outer, 0, &text, why))
		return false;
	if (tall)
		out = STR_CAT(es->arena, S("concat("), eol, inner, source_moved(&st, value, inner),
			      S(","), eol, inner, text, eol, outer, S(")"));
	else
		out = STR_CAT(es->arena, S("concat("), node_source(value), S(", "), text, S(")"));
	edits_add(es, t->file, value->start, value->end, out);
	return true;
}

/* `text` with its line endings made `eol`, without the last one. */
static str with_endings(struct arena *a, str text, str eol)
{
	struct buf b = { 0 };
	str out;

	while (str_ends(text, S("\n")))
		text.n--;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n')
			buf_add(&b, eol);
		else if (text.p[i] != '\r' || i + 1 == text.n || text.p[i + 1] != '\n')
			buf_addc(&b, text.p[i]);
	}
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

bool edit_insert_blocks_after(struct edits *es, const struct node *block, str text,
			      const char **why)
{
	const struct file *f = block->tree->file;
	struct gap g = { 0 };
	size_t next;

	*why = WHY_LINE;
	if (!gap_behind(block, &g))
		return false;
	fill(es, f, &g, true, with_endings(es->arena, text, g.eol));
	next = line_next(f->text, g.at);
	if (next < f->text.n && file_line_end(f->text, next) != next)
		edits_add(es, f, next, next, g.eol); /* a repeated one is dropped */
	return true;
}
