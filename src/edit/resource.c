/* SPDX-License-Identifier: MIT */
/*
 * What is taken out of one resource and written as another one, with the comments that belong to
 * it: the ones directly above go above the new resource, the ones inside of what moves move along,
 * and where there is any other one nothing is done.
 */
#include "kmsfix/strs.h"
#include "kmsfix/vec.h"
#include "pair.h"
#include "remove.h"
#include "render.h"
#include "trivia.h"
#include "yaml_edit.h"

static const char *const WHY_COMMENT = "a comment beside it would be lost";

/* ---- comments ---- */

/* The line that the node begins on: a YAML element with its dash. */
static size_t first_line(const struct node *n)
{
	str text = n->tree->file->text;
	bool element = n->tree->lang == LANG_YAML && n->parent && n->parent->kind == NODE_SEQ;

	return file_line_start(text, element && n->mark ? n->mark : n->start);
}

/* The comment lines directly above, without their indentation. */
static struct strs lines_above(struct edits *es, const struct node *n)
{
	str text = n->tree->file->text;
	size_t line = first_line(n);
	struct strs out = { 0 };

	for (size_t at = comments_above(n->tree, line); at < line; at = line_next(text, at))
		strs_add(es->arena, &out, str_trim(str_sub(text, at, file_line_end(text, at))));
	return out;
}

/* Where the bytes that move with a value begin: behind the colon in YAML. */
static size_t moved_from(const struct node *value)
{
	const struct node *pair = value->parent;

	return pair && pair->kind == NODE_PAIR && pair->mark ? pair->mark + 1u : value->start;
}

static bool moves(const struct shape *s, const struct span *c)
{
	if (s->kind == SHAPE_SOURCE)
		return moved_from(s->source) <= c->start && c->end <= s->source->end;
	for (size_t i = 0; i < s->n; i++) {
		if (moves(s->v[i].value, c))
			return true;
	}
	return false;
}

/* True when every comment from the node to the end of its line is in a value that moves. */
static bool keeps_comments(const struct node *n, const struct shape *body)
{
	size_t at = n->start, end = file_line_end(n->tree->file->text, n->end);
	const struct span *c;

	while (at < end && (c = comment_in(n->tree, at, end))) {
		if (!moves(body, c))
			return false;
		at = c->end;
	}
	return true;
}

/* ---- builders ---- */

bool edit_take_out(struct edits *es, const struct node *n, const char **why)
{
	size_t line = first_line(n), above = comments_above(n->tree, line);

	if (n->kind == NODE_BLOCK)
		return edit_remove_block(es, n, why);
	if (!edit_remove_children(es, &n, 1, why))
		return false;
	if (above < line && !owns_comments(n))
		edits_add(es, n->tree->file, above, line, S(""));
	return true;
}

static bool add_block(struct edits *es, const struct node *after, str type, str name,
		      const struct strs *above, const struct shape *body, const char **why)
{
	struct rows rows = { 0 };
	struct buf b = { 0 };
	struct style st;
	bool ok;

	style_init(&st, after->tree, after->start, es->arena);
	st.eol = S("\n");
	for (size_t i = 0; i < body->n; i++) {
		struct row row = { .key = body->v[i].key };

		if (!render_slice(&st, body->v[i].value, st.unit, 0, &row.value, why))
			return false;
		row.apart = i > 0 && (has_newline(row.value) || has_newline(rows.v[i - 1].value));
		VEC_PUSH(es->arena, &rows, row);
	}
	for (size_t i = 0; i < above->n; i++)
		buf_printf(&b, "%.*s\n", STR_ARG(above->v[i]));
	buf_printf(&b, "resource \"%.*s\" \"%.*s\" {\n", STR_ARG(type), STR_ARG(name));
	render_rows(&st, &rows, st.unit, &b);
	buf_add(&b, S("}\n"));
	ok = edit_insert_blocks_after(es, after, str_dup(es->arena, buf_str(&b)), why);
	buf_free(&b);
	return ok;
}

bool edit_add_resource(struct edits *es, const struct node *after, const struct node *from,
		       str type, str name, const struct shape *body, const char **why)
{
	struct strs above = lines_above(es, from);

	*why = WHY_COMMENT;
	if (!keeps_comments(from, body))
		return false;
	if (after->kind == NODE_BLOCK)
		return add_block(es, after, type, name, &above, body, why);
	return pair_insert_after(es, after, &above, name, body, why);
}
