/* SPDX-License-Identifier: MIT */
#include "pair.h"

#include "render.h"
#include "trivia.h"

static const char *const WHY_DOUBLE = "the key is there more than once";

static str key_and(const struct style *st, str key, str value)
{
	return str_fmt(st->arena, "\"%.*s\"%.*s:%.*s%.*s", STR_ARG(key), STR_ARG(st->before),
		       STR_ARG(st->after), STR_ARG(value));
}

/* Where the pairs of `map` are indented. */
static str pair_indent(const struct style *st, const struct node *map)
{
	str text = map->tree->file->text;

	if (map->last && at_line_head(text, map->last->start))
		return line_indent(text, map->last->start);
	return str_fmt(st->arena, "%.*s%.*s", STR_ARG(line_indent(text, map->end - 1)),
		       STR_ARG(st->unit));
}

/* Adds a pair behind the last one, or between the braces when there is none. */
static void add_pair(struct edits *es, const struct style *st, const struct node *map, str pair)
{
	const struct file *f = map->tree->file;
	str indent = pair_indent(st, map), eol = st->eol, outer;

	if (map->last) {
		bool own = at_line_head(f->text, map->last->start);

		edits_add(es, f, map->last->end, map->last->end,
			  str_fmt(es->arena, ",%.*s%.*s%.*s", STR_ARG(own ? eol : st->gap),
				  STR_ARG(own ? indent : S("")), STR_ARG(pair)));
		return;
	}
	outer = line_indent(f->text, map->end - 1);
	edits_add(es, f, map->start + 1, map->end - 1,
		  str_fmt(es->arena, "%.*s%.*s%.*s%.*s%.*s", STR_ARG(eol), STR_ARG(indent),
			  STR_ARG(pair), STR_ARG(eol), STR_ARG(outer)));
}

static size_t count_key(const struct node *map, struct arena *a, str key)
{
	size_t n = 0;

	for (const struct node *p = map->first; p; p = p->next) {
		str k;

		n += pair_key(p, a, &k) && str_eq(k, key);
	}
	return n;
}

bool pair_append_element(struct edits *es, const struct node *map, str key, struct shape *element,
			 const char **why)
{
	const struct node *value = map_get(map, es->arena, key);
	struct shape *list;
	struct style st;
	str text;

	*why = WHY_DOUBLE;
	if (count_key(map, es->arena, key) > 1)
		return false;
	if (value && value->kind == NODE_SEQ)
		return edit_append_element(es, value, element, why);
	if (value)
		return edit_wrap_append(es, value, element, why);
	style_learn(&st, map, es->arena);
	list = shape_list(es->arena);
	shape_add(es->arena, list, element);
	if (!render_slice(&st, list, pair_indent(&st, map), 0, &text, why))
		return false;
	add_pair(es, &st, map, key_and(&st, key, text));
	return true;
}

bool pair_add_document(struct edits *es, const struct node *map, str key,
		       const struct shape *document, const char **why)
{
	struct style st, inner;
	struct buf b = { 0 };
	str json;

	style_learn(&st, map, es->arena);
	inner = st;
	inner.flat = true;
	inner.before = inner.after = inner.gap = inner.object_pad = inner.list_pad = S("");
	if (!render_slice(&inner, document, S(""), 0, &json, why))
		return false;
	buf_addc(&b, '"');
	spell_json_bytes(json, &b);
	buf_addc(&b, '"');
	json = str_dup(es->arena, buf_str(&b));
	buf_free(&b);
	add_pair(es, &st, map, key_and(&st, key, json));
	return true;
}
