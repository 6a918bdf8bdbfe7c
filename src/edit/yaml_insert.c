/* SPDX-License-Identifier: MIT */
/*
 * In block collections a new element or pair is new lines, put at the end of the line on which its
 * neighbour ends: nothing has to be known of what else changes before or behind it.
 */
#include "kmsfix/vec.h"
#include "trivia.h"
#include "yaml_edit.h"

static const char *const WHY_SHARED = "an anchor or alias puts the text in several places";
static const char *const WHY_LINE = "the place shares its line with something else";
static const char *const WHY_MOVED = "the lines around the text are moved already";
static const char *const WHY_EMPTY = "there is no value of that kind";
static const char *const WHY_COMMENT = "a comment stands in the empty list or map";
static const char *const WHY_TAG = "the list or map has a tag";

bool is_block(const struct node *n)
{
	return n->tree->lang == LANG_YAML && (n->kind == NODE_SEQ || n->kind == NODE_MAP) &&
	       !(n->flags & FLAG_FLOW);
}

bool in_block(const struct node *n)
{
	const struct node *around = n->parent;

	if (n->tree->lang != LANG_YAML)
		return false;
	if (around && around->kind == NODE_PAIR)
		around = around->parent;
	return !around || !(around->flags & FLAG_FLOW);
}

/* True when the node is, or is in, a value that a dash was put before. */
static bool is_wrapped(const struct edits *es, const struct node *n)
{
	for (; n; n = n->parent) {
		for (size_t i = 0; i < es->wrapped.n; i++) {
			if (es->wrapped.v[i] == n)
				return true;
		}
	}
	return false;
}

bool yaml_may_edit(const struct edits *es, const struct node *n, const char **why)
{
	if (n->tree->lang != LANG_YAML)
		return true;
	*why = WHY_SHARED;
	if (node_is_shared(n))
		return false;
	*why = WHY_MOVED;
	if (is_wrapped(es, n))
		return false;
	*why = WHY_TAG;
	return (n->kind != NODE_SEQ && n->kind != NODE_MAP) || n->start == n->body;
}

bool block_column(const struct node *n, size_t at, size_t *column)
{
	str text = n->tree->file->text;
	size_t line = file_line_start(text, at);

	*column = at - line;
	for (size_t i = line; i < at; i++) {
		if (text.p[i] != ' ' && text.p[i] != '-')
			return false;
	}
	return true;
}

static struct shape_item item_of(struct edits *es, str key, const struct shape *value)
{
	struct shape_item item = { key, ARENA_NEW(es->arena, struct shape) };

	*item.value = *value;
	return item;
}

static str take(struct edits *es, struct buf *b)
{
	str text = str_dup(es->arena, buf_str(b));

	buf_free(b);
	return text;
}

/*
 * The end of the line that a node ends on, with nothing but a comment between. A block scalar at
 * the end of the file would get a line ending that it does not have.
 */
static bool find_end(const struct node *n, size_t *end)
{
	const struct node *scalar = block_scalar(n);
	str text = n->tree->file->text;

	if (!line_rest_empty(n->tree, n->end, end))
		return false;
	return !scalar || *end < text.n ||
	       str_has(str_sub(text, scalar->body, scalar->body + 3), S("-"));
}

/* A blank line stands before the child, as between all children. */
static bool is_apart(const struct node *child)
{
	const struct node *before = child->parent ? child->parent->first : NULL;
	size_t end;

	if (!before || before == child || block_scalar(child))
		return false;
	while (before->next != child)
		before = before->next;
	str text = str_sub(child->tree->file->text, before->end, child->start);
	return line_rest_empty(child->tree, before->end, &end) &&
	       (str_has(text, S("\n\n")) || str_has(text, S("\n\r\n")));
}

/* Lines for `item` at the end of the line on which `child` ends. */
static bool add_after(struct edits *es, const struct style *st, const struct node *child, size_t at,
		      const struct shape_item *item, size_t depth, const char **why)
{
	struct buf b = { 0 };
	size_t column, end;
	bool ok;

	*why = WHY_LINE;
	if (!block_column(child, at, &column) || !find_end(child, &end))
		return false;
	if (is_apart(child))
		buf_add(&b, st->eol);
	ok = yaml_line(st, item, column, depth, &b, why);
	if (ok)
		edits_add(es, child->tree->file, end, end, take(es, &b));
	else
		buf_free(&b);
	return ok;
}

/* The pair of `map` with this key, as a number; SIZE_MAX when there is none. */
static size_t rank_of(const struct node *map, struct arena *a, str key)
{
	size_t rank = 0;

	for (const struct node *p = map->first; p; p = p->next, rank++) {
		str k;

		if (pair_key(p, a, &k) && str_eq(k, key))
			return rank;
	}
	return SIZE_MAX;
}

/* Puts the items in the order of the pairs of `map`; the ones it has not stay behind another. */
static void order_items(struct shape *object, const struct node *map, struct arena *a)
{
	size_t *rank = arena_array(a, object->n, sizeof(*rank)), last = 0;
	struct shape_item *v = arena_array(a, object->n, sizeof(*v));

	for (size_t i = 0; i < object->n; i++) {
		struct shape_item item = object->v[i];
		size_t at = i, r = rank_of(map, a, item.key);

		last = r == SIZE_MAX ? last : r;
		for (; at > 0 && rank[at - 1] > last; at--) {
			rank[at] = rank[at - 1];
			v[at] = v[at - 1];
		}
		rank[at] = last;
		v[at] = item;
	}
	object->v = v;
}

/* A new element, its keys in the order of a sibling's. */
static struct shape_item new_element(struct edits *es, const struct node *seq,
				     const struct shape *element)
{
	struct shape_item item = item_of(es, S(""), element);
	const struct node *sibling = seq->kind == NODE_SEQ ? seq->last : seq;

	if (element->kind == SHAPE_OBJECT && sibling->kind == NODE_MAP)
		order_items(item.value, sibling, es->arena);
	return item;
}

bool yaml_insert_after(struct edits *es, const struct node *child, const struct shape *element,
		       const char **why)
{
	const struct shape_item item = new_element(es, child->parent, element);
	str text = child->tree->file->text;
	struct style st;

	if (!yaml_may_edit(es, child->parent, why))
		return false;
	style_learn(&st, child->parent, es->arena);
	if (child->start < child->end &&
	    trim_left(text, child->mark + 1, child->start) == child->mark + 1)
		*(element->kind == SHAPE_TEXT ? &st.yaml.text_dash : &st.yaml.dash) =
			str_sub(text, child->mark, child->start);
	return add_after(es, &st, child, child->mark, &item, depth_of(element), why);
}

/*
 * Lines in place of `[]`, `{}` or nothing, which is the value of a pair of a block map. A comment
 * may follow it, which keeps its place behind the key.
 */
static bool fill_empty(struct edits *es, const struct node *empty, const struct shape_item *item,
		       const char **why)
{
	const struct node *pair = empty->parent;
	const struct file *f = empty->tree->file;
	struct buf b = { 0 };
	size_t column, end, step;
	struct style st;

	*why = WHY_COMMENT;
	if (comment_in(empty->tree, empty->start, empty->end))
		return false;
	*why = WHY_LINE;
	if (!block_column(pair, pair->start, &column) ||
	    !line_rest_empty(pair->tree, pair->end, &end) ||
	    trim_left(f->text, pair->mark + 1, empty->start) != pair->mark + 1)
		return false;
	style_learn(&st, empty, es->arena);
	step = item->key.n ? st.yaml.map_step : st.yaml.seq_step;
	if (!yaml_line(&st, item, column + step, depth_of(item->value), &b, why)) {
		buf_free(&b);
		return false;
	}
	if (pair->mark + 1 < pair->end)
		edits_add(es, f, pair->mark + 1, pair->end, S(""));
	edits_add(es, f, end, end, take(es, &b));
	return true;
}

bool yaml_fill_list(struct edits *es, const struct node *seq, const struct shape *element,
		    const char **why)
{
	const struct shape_item item = item_of(es, S(""), element);
	const struct node *pair = seq->parent;

	*why = WHY_LINE;
	return pair && pair->kind == NODE_PAIR && pair->mark && fill_empty(es, seq, &item, why);
}

/* Where the lines of a value move when a dash comes before it. */
struct shift {
	str text;      /* the dash and the blanks behind it */
	size_t dash;   /* its column */
	size_t blanks; /* that every line but the first gets */
	bool beside;   /* the value starts on the line of its key */
};

static bool find_shift(const struct style *st, const struct node *value, struct shift *s)
{
	const struct node *pair = value->parent;
	str text = value->tree->file->text;
	size_t key, column;

	if (!pair || pair->kind != NODE_PAIR || !pair->mark ||
	    !block_column(pair, pair->start, &key) || pair->first->start != pair->start)
		return false;
	s->text = value->kind == NODE_MAP ? st->yaml.dash : st->yaml.text_dash;
	s->dash = key + st->yaml.seq_step;
	s->beside = same_line(text, pair->mark, value->start);
	if (s->beside) {
		s->blanks = s->dash - key + (value->kind == NODE_STRING ? 0 : s->text.n);
		return trim_left(text, pair->mark + 1, value->start) == pair->mark + 1;
	}
	if (!at_line_head(text, value->start))
		return false;
	column = value->start - file_line_start(text, value->start);
	if (s->dash + s->text.n < column)
		s->dash = column;
	s->blanks = value->kind == NODE_STRING ? s->dash - key : s->dash + s->text.n - column;
	return true;
}

static str blanks(struct edits *es, str before, size_t n, str after)
{
	struct buf b = { 0 };

	buf_add(&b, before);
	buf_fill(&b, ' ', n);
	buf_add(&b, after);
	return take(es, &b);
}

/* The line does, or is joined to the one before. */
static bool goes(const struct edits *es, const struct file *f, size_t line)
{
	for (size_t i = 0; i < es->n; i++) {
		const struct edit *e = &es->v[i];
		if (e->file == f && e->start <= line && line < e->end)
			return true;
	}
	return false;
}

/*
 * Puts the dash before the value, and its other lines further in: those of a scalar as far as its
 * indentation counts from, which is no longer the key's column but the dash's.
 */
static void shift_value(struct edits *es, const struct style *st, const struct node *value,
			const struct shift *s)
{
	const struct file *f = value->tree->file;
	size_t start = s->beside ? value->parent->mark + 1 : file_line_start(f->text, value->start);

	edits_add(es, f, start, value->start,
		  blanks(es, s->beside ? st->eol : S(""), s->dash, s->text));
	for (size_t at = line_next(f->text, value->start); s->blanks && at < value->end;
	     at = line_next(f->text, at)) {
		if (file_line_end(f->text, at) != at && !goes(es, f, at))
			edits_add(es, f, at, at, blanks(es, S(""), s->blanks, S("")));
	}
}

/* Lines that go, and what stays on its line, may move with the rest; new lines would not. */
static bool moves_with(const struct edit *e, const struct node *value)
{
	return e->start > value->start && e->end <= value->end && !str_has(e->text, S("\n"));
}

static bool may_wrap(const struct edits *es, const struct node *value, const char **why)
{
	*why = WHY_SHARED;
	if (node_is_shared(value))
		return false;
	*why = WHY_EMPTY;
	if (value->start == value->end)
		return false;
	for (size_t i = 0; i < es->wrapped.n; i++) {
		if (es->wrapped.v[i] == value)
			return true;
	}
	*why = WHY_MOVED;
	for (size_t i = 0; i < es->n; i++) {
		const struct edit *e = &es->v[i];

		if (e->file == value->tree->file && e->end >= value->start &&
		    e->start <= value->end && !moves_with(e, value))
			return false;
	}
	return !is_wrapped(es, value);
}

bool yaml_wrap_append(struct edits *es, const struct node *value, const struct shape *element,
		      const char **why)
{
	const struct shape_item item = new_element(es, value, element);
	const struct file *f = value->tree->file;
	struct buf b = { 0 };
	struct shift s;
	struct style st;
	size_t end;

	if (!may_wrap(es, value, why))
		return false;
	style_learn(&st, value, es->arena);
	*why = WHY_LINE;
	if (!find_shift(&st, value, &s) || !find_end(value, &end))
		return false;
	if (!yaml_line(&st, &item, s.dash, depth_of(element), &b, why)) {
		buf_free(&b);
		return false;
	}
	shift_value(es, &st, value, &s);
	edits_add(es, f, end, end, take(es, &b));
	VEC_PUSH(es->arena, &es->wrapped, value);
	return true;
}

/* True when a blank line stands behind the node, or before it. */
static bool stands_apart(const struct node *pair)
{
	str text = pair->tree->file->text;
	const struct node *prev = node_prev(pair);
	size_t next = line_next(text, pair->end);

	if (pair->next)
		return next < text.n && file_line_end(text, next) == next;
	next = prev ? line_next(text, prev->end) : text.n;
	return next < text.n && file_line_end(text, next) == next;
}

/* Whole lines below the pair's last one, which may go. */
bool yaml_insert_pair_after(struct edits *es, const struct node *pair, const struct strs *above,
			    str key, const struct shape *value, const char **why)
{
	const struct shape_item item = item_of(es, key, value);
	str text = pair->tree->file->text, lines;
	struct buf b = { 0 };
	size_t column, end, at;
	struct style st;
	bool ok;

	style_learn(&st, pair->parent, es->arena);
	*why = WHY_LINE;
	if (!block_column(pair, pair->start, &column) || !find_end(pair, &end))
		return false;
	if (stands_apart(pair))
		buf_add(&b, st.eol);
	for (size_t i = 0; i < above->n; i++) {
		buf_add(&b, st.eol);
		buf_fill(&b, ' ', column);
		buf_add(&b, above->v[i]);
	}
	ok = yaml_line(&st, &item, column, 0, &b, why);
	lines = take(es, &b);
	at = line_next(text, end);
	if (end < text.n)
		lines = str_fmt(es->arena, "%.*s%.*s", STR_ARG(str_sub(lines, st.eol.n, lines.n)),
				STR_ARG(st.eol));
	if (ok)
		edits_add(es, pair->tree->file, at, at, lines);
	return ok;
}

bool yaml_add_pair(struct edits *es, const struct node *map, str key, const struct shape *value,
		   const char **why)
{
	const struct shape_item item = item_of(es, key, value);
	const struct node *pair = map->parent;
	struct style st;

	if (!yaml_may_edit(es, map, why))
		return false;
	*why = WHY_EMPTY;
	if (map->kind != NODE_MAP && map->start < map->end)
		return false;
	if (map->first) {
		style_learn(&st, map, es->arena);
		return add_after(es, &st, map->last, map->first->start, &item, 0, why);
	}
	*why = WHY_LINE;
	return pair && pair->kind == NODE_PAIR && pair->mark && in_block(map) &&
	       fill_empty(es, map, &item, why);
}
