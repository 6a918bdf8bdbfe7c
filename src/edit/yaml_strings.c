/* SPDX-License-Identifier: MIT */
#include "trivia.h"
#include "yaml_edit.h"

static const char *const WHY_LINE = "the text shares its line with something else";

/* Quotes as the text that goes has them. */
static void keep_quotes(struct style *st, const struct node *value)
{
	if (value->name.n || value->flags & (FLAG_LITERAL | FLAG_FOLDED))
		return;
	st->yaml.text = value->flags & FLAG_PLAIN  ? QUOTE_PLAIN :
			value->flags & FLAG_SINGLE ? QUOTE_SINGLE :
						     QUOTE_DOUBLE;
	if (st->yaml.text != QUOTE_PLAIN)
		st->yaml.forced = st->yaml.text;
}

/* The texts as elements of a block sequence whose first dash is written already. */
static bool add_elements(const struct style *st, const struct strs *strings, size_t column,
			 size_t width, struct buf *out, const char **why)
{
	for (size_t i = 0; i < strings->n; i++) {
		const struct shape text = { .kind = SHAPE_TEXT, .text = strings->v[i] };

		if (i > 0) {
			buf_add(out, st->eol);
			buf_fill(out, ' ', column);
			buf_add(out, st->yaml.dash);
		}
		if (!yaml_render(st, &text, true, column + width, 0, out, why))
			return false;
	}
	return true;
}

/* One element of a block sequence. */
static bool element_text(struct style *st, const struct node *value, const struct strs *strings,
			 struct buf *out, const char **why)
{
	str text = value->tree->file->text;
	size_t column, end;

	if (strings->n == 1)
		return add_elements(st, strings, 0, 0, out, why);
	*why = WHY_LINE;
	if (!block_column(value, value->mark, &column) ||
	    !line_rest_empty(value->tree, value->end, &end) ||
	    trim_left(text, value->mark + 1, value->start) != value->mark + 1)
		return false;
	st->yaml.dash = str_sub(text, value->mark, value->start);
	return add_elements(st, strings, column, st->yaml.dash.n, out, why);
}

/* The value of a pair of a block map: *start is moved to the colon where lines replace it. */
static bool value_text(struct style *st, const struct node *value, const struct strs *strings,
		       size_t *start, struct buf *out, const char **why)
{
	const struct node *pair = value->parent;
	struct shape *list = shape_list(st->arena);
	str text = value->tree->file->text;
	size_t column, end;

	if (strings->n == 1)
		return add_elements(st, strings, 0, 0, out, why);
	*why = WHY_LINE;
	if (!pair || pair->kind != NODE_PAIR || !block_column(pair, pair->start, &column) ||
	    !line_rest_empty(value->tree, value->end, &end) ||
	    trim_left(text, pair->mark + 1, value->start) != pair->mark + 1)
		return false;
	for (size_t i = 0; i < strings->n; i++)
		shape_add(st->arena, list, shape_text(st->arena, strings->v[i]));
	*start = pair->mark + 1;
	return yaml_render(st, list, false, column, 0, out, why);
}

bool yaml_replace_strings(struct edits *es, const struct node *value, const struct strs *strings,
			  const char **why)
{
	bool element = value->parent && value->parent->kind == NODE_SEQ, ok;
	size_t start = value->start;
	struct buf b = { 0 };
	struct style st;

	if (!yaml_may_edit(es, value, why))
		return false;
	style_learn(&st, element ? value->parent : value, es->arena);
	keep_quotes(&st, value);
	ok = element ? element_text(&st, value, strings, &b, why) :
		       value_text(&st, value, strings, &start, &b, why);
	if (ok)
		edits_add(es, value->tree->file, start, value->end,
			  str_dup(es->arena, buf_str(&b)));
	buf_free(&b);
	return ok;
}
