/* SPDX-License-Identifier: MIT */
#include "render.h"

#include "kmsfix/text.h"
#include "kmsfix/vec.h"
#include "trivia.h"

static const char *const WHY_EXPRESSION =
	"what is there only at times cannot be written in plain JSON";

size_t columns(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

static str deeper(const struct style *st, str indent)
{
	return str_fmt(st->arena, "%.*s%.*s", STR_ARG(indent), STR_ARG(st->unit));
}

static void line_break(const struct style *st, str indent, struct buf *out)
{
	buf_add(out, st->eol);
	buf_add(out, indent);
}

/* Rows from `i` on that stand directly below each other with values on one line. */
static size_t group_end(const struct rows *rows, size_t i)
{
	while (i < rows->n && !rows->v[i].block && !has_newline(rows->v[i].value)) {
		i++;
		if (i < rows->n && rows->v[i].apart)
			break;
	}
	return i;
}

static size_t group_width(const struct style *st, const struct rows *rows, size_t i, size_t end)
{
	size_t width = 0;

	for (; st->align && !st->colon && i < end; i++) {
		if (columns(rows->v[i].key) > width)
			width = columns(rows->v[i].key);
	}
	return width;
}

static void add_row(const struct style *st, const struct row *row, size_t width, struct buf *out)
{
	size_t n = columns(row->key);

	buf_add(out, row->key);
	buf_fill(out, ' ', width > n ? width - n : 0);
	buf_add(out, row->block ? S(" ") : st->before);
	if (!row->block) {
		buf_addc(out, st->colon ? ':' : '=');
		buf_add(out, st->after);
	}
	buf_add(out, row->value);
}

/* The rows, joined by `comma` and a line break; none after the last one. */
static void add_rows(const struct style *st, const struct rows *rows, bool comma, str indent,
		     struct buf *out)
{
	size_t end = 0, width = 0;

	for (size_t i = 0; i < rows->n; i++) {
		if (i >= end) {
			end = group_end(rows, i);
			width = group_width(st, rows, i, end);
			end += end == i;
		}
		if (i > 0 && comma)
			buf_addc(out, ',');
		if (i > 0 && rows->v[i].apart)
			buf_add(out, st->eol);
		if (i > 0)
			line_break(st, indent, out);
		add_row(st, &rows->v[i], width, out);
	}
}

void render_rows(const struct style *st, const struct rows *rows, str indent, struct buf *out)
{
	buf_add(out, indent);
	add_rows(st, rows, false, indent, out);
	buf_add(out, st->eol);
}

static bool key_slice(const struct style *st, str key, str *out, const char **why)
{
	struct buf b = { 0 };
	bool ok = spell_key(st, key, &b, why);

	*out = ok ? str_dup(st->arena, buf_str(&b)) : S("");
	buf_free(&b);
	return ok;
}

bool render_slice(const struct style *st, const struct shape *s, str indent, size_t depth, str *out,
		  const char **why)
{
	struct buf b = { 0 };
	bool ok = render_value(st, s, indent, depth, &b, why);

	*out = ok ? str_dup(st->arena, buf_str(&b)) : S("");
	buf_free(&b);
	return ok;
}

size_t depth_of(const struct shape *s)
{
	bool object = s->kind == SHAPE_OBJECT && s->n && s->v[0].key.n;

	return object && s->v[0].key.p[0] >= 'A' && s->v[0].key.p[0] <= 'Z';
}

const struct shape *as_siblings(const struct style *st, const struct shape_item *item, size_t depth)
{
	struct shape *list, *value = item->value;

	if (!may_be_list(item->key) || depth == 0 || depth >= STYLE_DEPTHS)
		return value;
	if (st->single[depth] == SINGLE_SCALAR && value->kind == SHAPE_LIST && value->n == 1 &&
	    value->v[0].value->kind == SHAPE_TEXT)
		return value->v[0].value;
	if (st->single[depth] != SINGLE_LIST || value->kind != SHAPE_TEXT)
		return value;
	list = shape_list(st->arena);
	shape_add(st->arena, list, value);
	return list;
}

static bool object_rows(const struct style *st, const struct shape *s, str indent, size_t depth,
			struct rows *rows, const char **why)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct shape *value = as_siblings(st, &s->v[i], depth);
		struct row row = { 0 };

		if (!key_slice(st, s->v[i].key, &row.key, why) ||
		    !render_slice(st, value, indent, depth ? depth + 1 : 0, &row.value, why))
			return false;
		VEC_PUSH(st->arena, rows, row);
	}
	return true;
}

static void add_flat_rows(const struct style *st, const struct rows *rows, struct buf *out)
{
	buf_addc(out, '{');
	buf_add(out, st->object_pad);
	for (size_t i = 0; i < rows->n; i++) {
		if (i > 0) {
			buf_addc(out, ',');
			buf_add(out, st->gap);
		}
		add_row(st, &rows->v[i], 0, out);
	}
	buf_add(out, st->object_pad);
	buf_addc(out, '}');
}

static bool render_object(const struct style *st, const struct shape *s, str indent, size_t depth,
			  struct buf *out, const char **why)
{
	str inner = deeper(st, indent);
	struct rows rows = { 0 };

	if (!object_rows(st, s, inner, depth, &rows, why))
		return false;
	if (s->n == 0) {
		buf_add(out, S("{}"));
	} else if (st->flat) {
		add_flat_rows(st, &rows, out);
	} else {
		buf_addc(out, '{');
		line_break(st, inner, out);
		add_rows(st, &rows, st->commas, inner, out);
		if (st->pair_comma)
			buf_addc(out, ',');
		line_break(st, indent, out);
		buf_addc(out, '}');
	}
	return true;
}

/* The elements of a list as slices; *flat tells that they are texts that fit on one line. */
static bool elements(const struct style *st, const struct shape *s, str indent, size_t depth,
		     struct strs *out, bool *flat, const char **why)
{
	size_t width = columns(indent) + 16; /* with a key like `NotResource = ` */

	*flat = st->flat || s->n <= 1 || st->flat_lists;
	for (size_t i = 0; i < s->n; i++) {
		str element;

		if (!render_slice(st, s->v[i].value, indent, depth, &element, why))
			return false;
		strs_add(st->arena, out, element);
		width += columns(element) + 2;
		bool text = s->v[i].value->kind == SHAPE_TEXT ||
			    s->v[i].value->kind == SHAPE_EXPRESSION;
		if ((!text || has_newline(element)) && !st->flat)
			*flat = false;
	}
	if (!st->flat && s->n > 1 && width > STYLE_WIDTH)
		*flat = false;
	return true;
}

bool has_expressions(const struct style *st)
{
	return st->lang == LANG_HCL && !st->template;
}

/* `x ? [{ … }] : []`: an element that is there only at times. */
bool render_optional(const struct style *st, const struct shape *s, str indent, size_t depth,
		     struct buf *out, const char **why)
{
	*why = WHY_EXPRESSION;
	if (!has_expressions(st))
		return false;
	buf_printf(out, "%.*s ? [", STR_ARG(s->when));
	if (!render_value(st, s, indent, depth, out, why))
		return false;
	buf_add(out, S("] : []"));
	return true;
}

str with_brace_at(struct arena *a, str text, str indent)
{
	size_t line = file_line_start(text, text.n);

	if (line == 0 || !str_ends(text, S("}")) || trim_left(text, line, text.n - 1) != line)
		return text;
	return str_fmt(a, "%.*s%.*s}", STR_ARG(str_sub(text, 0, line)), STR_ARG(indent));
}

static const str tail = { "] : []", 6 };

str optional_at(struct arena *a, str text, str indent)
{
	if (!str_ends(text, tail))
		return text;
	str object = str_sub(text, 0, text.n - tail.n);
	return str_fmt(a, "%.*s%.*s", STR_ARG(with_brace_at(a, object, indent)), STR_ARG(tail));
}

str optional_between(struct arena *a, str text)
{
	size_t line = file_line_start(text, text.n);

	return line ? optional_at(a, text, line_indent(text, line - 1)) : text;
}

/* `text`, but for its closing bracket, which stands at `indent` when it has a line of its own. */
static str with_bracket_at(struct arena *a, str text, str indent)
{
	size_t line = file_line_start(text, text.n);

	if (line == 0 || trim_left(text, line, text.n - 1) != line)
		return text;
	return STR_CAT(a, str_sub(text, 0, line), indent, S("]"));
}

/* Between what is written and what may be missing; only the last lines change. */
static void add_comma(struct buf *b, const struct style *st)
{
	size_t line = file_line_start(buf_str(b), b->n);
	size_t from = line ? file_line_start(buf_str(b), line - 1) : 0;
	str last = str_dup(st->arena, str_sub(buf_str(b), from, b->n));

	b->n = from;
	buf_add(b, optional_between(st->arena, last));
	buf_addc(b, ',');
	buf_add(b, st->gap);
}

/*
 * A list with elements that are there only at times: concat() of the others and each of those. For
 * `terraform fmt` a line that closes one bracket and opens two is one of the list that it closes.
 */
static bool render_concat(const struct style *st, const struct shape *s, str indent, size_t depth,
			  struct buf *out, const char **why)
{
	struct shape *plain = shape_list(st->arena);
	str text = { 0 }, inner = indent;
	struct buf b = { 0 };
	bool ok = true;

	for (size_t i = 0; i < s->n; i++)
		if (!s->v[i].value->when.n)
			shape_add(st->arena, plain, s->v[i].value);
	if (plain->n && !render_slice(st, plain, indent, depth, &text, why))
		return false;
	if (has_newline(text)) {
		inner = deeper(st, indent);
		text = with_bracket_at(st->arena, text, inner);
	}
	buf_add(&b, text);
	for (size_t i = 0; ok && i < s->n; i++) {
		if (!s->v[i].value->when.n)
			continue;
		if (b.n)
			add_comma(&b, st);
		ok = render_optional(st, s->v[i].value, inner, depth, &b, why);
	}
	text = optional_at(st->arena, buf_str(&b), indent);
	buf_printf(out, plain->n || s->n > 1 ? "concat(%.*s)" : "%.*s", STR_ARG(text));
	buf_free(&b);
	return ok;
}

static bool has_optional(const struct shape *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].value->when.n)
			return true;
	return false;
}

static bool render_list(const struct style *st, const struct shape *s, str indent, size_t depth,
			struct buf *out, const char **why)
{
	str inner = deeper(st, indent);
	struct strs list = { 0 };
	bool flat;

	if (!elements(st, s, inner, depth, &list, &flat, why))
		return false;
	buf_addc(out, '[');
	if (s->n > 0 && flat)
		buf_add(out, st->list_pad);
	for (size_t i = 0; i < list.n; i++) {
		if (!flat)
			line_break(st, inner, out);
		buf_add(out, list.v[i]);
		if (i + 1 < list.n || (!flat && st->list_comma))
			buf_addc(out, ',');
		if (flat && i + 1 < list.n)
			buf_add(out, st->gap);
	}
	if (s->n > 0 && flat)
		buf_add(out, st->list_pad);
	else if (s->n > 0)
		line_break(st, indent, out);
	buf_addc(out, ']');
	return true;
}

/* A function of CloudFormation over several lines. */
static bool render_call(const struct style *st, str text, str indent, struct buf *out,
			const char **why)
{
	struct style call = *st;
	struct intrinsic in;

	if (!intrinsic_of(st->arena, text, &in, why))
		return false;
	call.dialect = DIALECT_NATIVE;
	call.tall_calls = false;
	call.flat_lists = !st->tall_args;
	return render_value(&call, intrinsic_shape(st->arena, &in), indent, 0, out, why);
}

bool render_value(const struct style *st, const struct shape *s, str indent, size_t depth,
		  struct buf *out, const char **why)
{
	switch (s->kind) {
	case SHAPE_TEXT:
		if (st->tall_calls && !st->flat && !text_is_literal(s->text))
			return render_call(st, s->text, indent, out, why);
		return spell_text(st, s->text, out, why);
	case SHAPE_LIST:
		if (has_optional(s))
			return render_concat(st, s, indent, depth, out, why);
		return render_list(st, s, indent, depth, out, why);
	case SHAPE_OBJECT:
		return render_object(st, s, indent, depth, out, why);
	case SHAPE_SOURCE:
		buf_add(out, source_moved(st, s->source, indent));
		return true;
	case SHAPE_EXPRESSION:
		*why = WHY_EXPRESSION;
		buf_add(out, s->text);
		return has_expressions(st);
	}
	return false;
}
