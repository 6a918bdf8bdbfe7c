/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "kmsfix/text.h"
#include "yaml_edit.h"

static void line_start(const struct style *st, size_t column, struct buf *out)
{
	buf_add(out, st->eol);
	buf_fill(out, ' ', column);
}

static bool is_text_list(const struct shape *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->v[i].value->kind != SHAPE_TEXT)
			return false;
	}
	return s->kind == SHAPE_LIST;
}

/* The value in brackets, or without them if it is a text; false when it gets too wide or cannot. */
static bool flow_value(const struct style *st, const struct shape *s, size_t column, str *out)
{
	struct style flat = *st;
	const char *why;

	flat.flat = true;
	return render_slice(&flat, s, S(""), 0, out, &why) &&
	       column + columns(*out) + 16 <= STYLE_WIDTH;
}

static bool add_lines(const struct style *st, const struct shape *s, bool first_inline,
		      size_t column, size_t depth, struct buf *out, const char **why)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t at = out->n;

		if (!yaml_line(st, &s->v[i], column, depth, out, why))
			return false;
		if (i == 0 && first_inline) {
			size_t skip = at + st->eol.n + column;

			memmove(out->p + at, out->p + skip, out->n - skip);
			out->n -= skip - at;
		}
	}
	return true;
}

/* A text; the long form of a function is an object. */
static bool render_text(const struct style *st, str text, bool in_list, size_t column,
			struct buf *out, const char **why)
{
	struct style literal = *st;
	struct intrinsic in;

	if (text_is_literal(text) || !st->yaml.long_form || st->dialect != DIALECT_CLOUDFORMATION) {
		if (!in_list)
			buf_addc(out, ' ');
		return yaml_spell_text(st, text, false, out, why);
	}
	if (!intrinsic_of(st->arena, text, &in, why))
		return false;
	literal.flat_lists = true;
	if (in.function == FUNCTION_SUB)
		literal.yaml.text = st->yaml.sub;
	return yaml_render(&literal, intrinsic_shape(st->arena, &in), in_list, column, 0, out, why);
}

bool yaml_render(const struct style *st, const struct shape *s, bool in_list, size_t column,
		 size_t depth, struct buf *out, const char **why)
{
	size_t step = s->kind == SHAPE_LIST ? st->yaml.seq_step : st->yaml.map_step;
	str flow;

	if (s->kind == SHAPE_TEXT)
		return render_text(st, s->text, in_list, column, out, why);
	if (!st->yaml.long_form && intrinsic_if(s)) {
		buf_add(out, in_list ? S("!If") : S(" !If"));
		return add_lines(st, intrinsic_if(s), false, column, depth, out, why);
	}
	if (s->kind == SHAPE_SOURCE) {
		buf_add(out, yaml_source_moved(st, s->source, in_list, column));
		return true;
	}
	if (s->n == 0 || (st->flat_lists && is_text_list(s))) {
		if (flow_value(st, s, column, &flow)) {
			buf_add(out, in_list ? S("") : S(" "));
			buf_add(out, flow);
			return true;
		}
	}
	return add_lines(st, s, in_list, in_list ? column : column + step, depth, out, why);
}

bool yaml_line(const struct style *st, const struct shape_item *item, size_t column, size_t depth,
	       struct buf *out, const char **why)
{
	const struct shape *value = item->value;

	line_start(st, column, out);
	if (item->key.n == 0) {
		str dash = value->kind == SHAPE_TEXT ? st->yaml.text_dash : st->yaml.dash;

		buf_add(out, dash);
		return yaml_render(st, value, true, column + dash.n, depth, out, why);
	}
	if (!yaml_spell_key(st, item->key, false, out, why))
		return false;
	buf_addc(out, ':');
	value = as_siblings(st, item, depth);
	return yaml_render(st, value, false, column, depth ? depth + 1 : 0, out, why);
}
