/* SPDX-License-Identifier: MIT */
#include "pair.h"

#include "render.h"
#include "trivia.h"
#include "yaml_edit.h"

static const char *const WHY_KIND = "the place is not an object";
static const char *const WHY_LAST = "nothing can be put behind the last pair";
static const char *const WHY_DOUBLE = "the key is there more than once";

/* `"key": value`; false when the key has no spelling. */
static bool key_and(const struct style *st, str key, str value, str *out, const char **why)
{
	struct buf b = { 0 };
	bool ok = spell_key(st, key, &b, why);

	buf_printf(&b, "%.*s:%.*s%.*s", STR_ARG(st->before), STR_ARG(st->after), STR_ARG(value));
	*out = str_dup(st->arena, buf_str(&b));
	buf_free(&b);
	return ok;
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

/* The pair as it is written in `map`. */
static bool pair_text(const struct style *st, const struct node *map, str key,
		      const struct shape *value, str *out, const char **why)
{
	return render_slice(st, value, pair_indent(st, map), 0, out, why) &&
	       key_and(st, key, *out, out, why);
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
	if (st->lang == LANG_YAML) {
		edits_add(es, f, map->end - 1, map->end - 1, pair);
		return;
	}
	outer = line_indent(f->text, map->end - 1);
	edits_add(es, f, map->start + 1, map->end - 1,
		  str_fmt(es->arena, "%.*s%.*s%.*s%.*s%.*s", STR_ARG(eol), STR_ARG(indent),
			  STR_ARG(pair), STR_ARG(eol), STR_ARG(outer)));
}

/* Behind a pair in brackets, on a line of its own where that one has one. */
static bool insert_flat(struct edits *es, const struct node *pair, str key,
			const struct shape *value, const char **why)
{
	const struct node *map = pair->parent;
	const struct file *f = map->tree->file;
	struct style st;
	str text, indent;

	style_learn(&st, map, es->arena);
	indent = pair_indent(&st, map);
	if (!pair_text(&st, map, key, value, &text, why))
		return false;
	bool own = at_line_head(f->text, pair->start);
	edits_add(es, f, pair->end, pair->end,
		  str_fmt(es->arena, ",%.*s%.*s%.*s", STR_ARG(own ? st.eol : st.gap),
			  STR_ARG(own ? indent : S("")), STR_ARG(text)));
	return true;
}

bool pair_insert_after(struct edits *es, const struct node *pair, const struct strs *above, str key,
		       const struct shape *value, const char **why)
{
	if (!yaml_may_edit(es, pair->parent, why))
		return false;
	if (is_block(pair->parent))
		return yaml_insert_pair_after(es, pair, above, key, value, why);
	*why = WHY_LAST;
	return !above->n && insert_flat(es, pair, key, value, why);
}

bool edit_insert_pair_after(struct edits *es, const struct node *pair, str key,
			    const struct shape *value, const char **why)
{
	return pair_insert_after(es, pair, &(struct strs){ 0 }, key, value, why);
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

static bool append_each(struct edits *es, const struct node *value, const struct shape *list,
			const char **why)
{
	for (size_t i = 0; i < list->n; i++)
		if (!edit_append_to(es, value, list->v[i].value, why))
			return false;
	return true;
}

bool pair_append_elements(struct edits *es, const struct node *map, str key, struct shape *list,
			  const char **why)
{
	const struct node *value = map_get(map, es->arena, key);
	struct style st;
	str text;

	*why = WHY_DOUBLE;
	if (count_key(map, es->arena, key) > 1)
		return false;
	if (value)
		return append_each(es, value, list, why);
	style_learn(&st, map, es->arena);
	if (!pair_text(&st, map, key, list, &text, why))
		return false;
	add_pair(es, &st, map, text);
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
	if (!key_and(&st, key, json, &json, why))
		return false;
	add_pair(es, &st, map, json);
	return true;
}

bool edit_add_pair(struct edits *es, const struct node *map, str key, const struct shape *value,
		   const char **why)
{
	struct style st;
	str text;

	*why = WHY_DOUBLE;
	if (map->kind == NODE_MAP && count_key(map, es->arena, key) > 0)
		return false;
	if (is_block(map) || (!map->first && in_block(map))) {
		if (yaml_add_pair(es, map, key, value, why))
			return true;
		if (is_block(map))
			return false;
	}
	*why = WHY_KIND;
	if (map->kind != NODE_MAP || !yaml_may_edit(es, map, why))
		return false;
	*why = WHY_LAST;
	if (map->last && (ends_empty(map->last) || comment_in(map->tree, map->last->end, map->end)))
		return false;
	style_learn(&st, map, es->arena);
	if (!pair_text(&st, map, key, value, &text, why))
		return false;
	add_pair(es, &st, map, text);
	return true;
}
