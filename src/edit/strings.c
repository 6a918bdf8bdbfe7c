/* SPDX-License-Identifier: MIT */
#include "kmsfix/edit.h"

#include "render.h"
#include "trivia.h"
#include "yaml_edit.h"

static const char *const WHY_EMPTY = "an element cannot be replaced by nothing";
static const char *const WHY_NOT_TEXT = "only a string can be replaced by strings";
static const char *const WHY_PART = "the string is part of an expression that a list cannot be";

/* The strings, joined by a comma and `separator`. */
static bool join(const struct style *st, const struct strs *strings, str separator, str *out,
		 const char **why)
{
	struct buf b = { 0 };
	bool ok = true;

	for (size_t i = 0; i < strings->n && ok; i++) {
		if (i > 0) {
			buf_addc(&b, ',');
			buf_add(&b, separator);
		}
		ok = spell_text(st, strings->v[i], &b, why);
	}
	*out = ok ? str_dup(st->arena, buf_str(&b)) : S("");
	buf_free(&b);
	return ok;
}

/* The new elements stand below each other if the one they replace has a line for itself. */
static bool element_text(const struct style *st, const struct node *value,
			 const struct strs *strings, str *out, const char **why)
{
	str text = value->tree->file->text, separator = st->gap;

	if (at_line_head(text, value->start) &&
	    !(value->next && same_line(text, value->end, value->next->start)))
		separator = str_fmt(st->arena, "%.*s%.*s", STR_ARG(st->eol),
				    STR_ARG(line_indent(text, value->start)));
	return join(st, strings, separator, out, why);
}

/* Where a text stands, a list may: not in a call, or beside another text. */
static bool may_become_list(const struct node *value)
{
	const struct node *around = value->parent;

	while (around->kind == NODE_PAREN)
		around = around->parent;
	return around->kind == NODE_PAIR || around->kind == NODE_ATTR;
}

static bool scalar_text(const struct style *st, const struct node *value,
			const struct strs *strings, str *out, const char **why)
{
	str indent = line_indent(value->tree->file->text, value->start);
	struct shape *list = shape_list(st->arena);

	if (strings->n == 1)
		return join(st, strings, S(""), out, why);
	*why = WHY_PART;
	if (!may_become_list(value))
		return false;
	for (size_t i = 0; i < strings->n; i++)
		shape_add(st->arena, list, shape_text(st->arena, strings->v[i]));
	return render_slice(st, list, indent, 0, out, why);
}

bool edit_replace_strings(struct edits *es, const struct node *value, const struct strs *strings,
			  const char **why)
{
	bool element = value->parent && value->parent->kind == NODE_SEQ;
	struct style st;
	str text;

	*why = strings->n == 0 ? WHY_EMPTY : WHY_NOT_TEXT;
	if (strings->n == 0 || value->kind != NODE_STRING)
		return false;
	if (in_block(value))
		return yaml_replace_strings(es, value, strings, why);
	if (!yaml_may_edit(es, value, why))
		return false;
	style_learn(&st, element ? value->parent : value, es->arena);
	if (element ? !element_text(&st, value, strings, &text, why) :
		      !scalar_text(&st, value, strings, &text, why))
		return false;
	edits_add(es, value->tree->file, value->start, value->end, text);
	return true;
}
