/* SPDX-License-Identifier: MIT */
#include "ignore_place.h"

#include "kmsfix/ignore.h"
#include "kmsfix/vec.h"

/* ---- things ---- */

static bool is_element(const struct node *n)
{
	return n->parent && n->parent->kind == NODE_SEQ;
}

static bool is_thing(const struct node *n)
{
	return n->kind == NODE_ATTR || n->kind == NODE_BLOCK || n->kind == NODE_PAIR ||
	       is_element(n);
}

/* Where it begins for a reader: an element of a block sequence with its '-'. */
static size_t begin_of(const struct node *n)
{
	return is_element(n) && n->mark ? n->mark : n->start;
}

void things_collect(struct things *out, const struct tree *t, struct arena *a)
{
	for (const struct node *n = t->root; n; n = node_after(n, t->root))
		if (is_thing(n))
			VEC_PUSH(a, out, n);
}

/* How many things begin before `offset`. */
static size_t count_before(const struct things *things, size_t offset)
{
	size_t low = 0, high = things->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (begin_of(things->v[mid]) < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* A member at the top of a YAML or JSON file is a section, of which a template has few. */
static bool is_section(const struct node *n)
{
	return n->tree->lang != LANG_HCL && n->kind == NODE_PAIR &&
	       (!n->parent || !n->parent->parent);
}

const struct node *thing_around(const struct node *n)
{
	for (n = n->parent; n; n = n->parent)
		if (is_thing(n))
			return is_section(n) ? NULL : n;
	return NULL;
}

/* ---- lines ---- */

static size_t skip_blanks(str text, size_t at)
{
	while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t'))
		at++;
	return at;
}

static size_t next_line(str text, size_t at)
{
	size_t end = file_line_end(text, at);

	if (end < text.n && text.p[end] == '\r')
		end++;
	return end < text.n && text.p[end] == '\n' ? end + 1 : end;
}

static bool at_head(str text, size_t at)
{
	return skip_blanks(text, file_line_start(text, at)) == at;
}

static size_t column(str text, size_t at)
{
	return at - file_line_start(text, at);
}

/* Where the code of the line below the comment starts, and the comments below it. */
static size_t code_below(const struct tree *t, size_t k)
{
	str text = t->file->text;
	size_t at = 0;

	for (size_t i = k; i < k + IGNORE_MAX_COMMENTS; i++) {
		at = skip_blanks(text, next_line(text, t->comments[i].end));
		if (i + 1 == t->comment_count || t->comments[i + 1].start != at)
			break;
	}
	return at;
}

/* ---- what a comment is about ---- */

static struct place_range one(const struct node *n)
{
	return (struct place_range){ n, n };
}

/*
 * Of things [from, to), which begin on the comment's line: the innermost that is open, else all.
 */
static struct place_range on_line(const struct things *things, size_t from, size_t to, size_t at)
{
	const struct node *first = things->v[from], *last = first;

	for (size_t i = to; i > from; i--)
		if (things->v[i - 1]->end > at)
			return one(things->v[i - 1]);
	while (last->next && is_thing(last->next) && last->next->end <= at)
		last = last->next;
	return (struct place_range){ first, last };
}

/* The outermost thing that ends on the line which starts at `line`, before `at`. */
static struct place_range closed(const struct node *n, size_t line, size_t at)
{
	struct place_range out = { 0 };

	for (; n; n = n->parent)
		if (is_thing(n) && n->end > line && n->end <= at)
			out = one(n);
	return out;
}

static bool holds(const struct node *n, const struct span *c)
{
	return n->start <= c->start && c->end <= n->end;
}

/*
 * The innermost thing around the comment; `n` begins before it. A block of YAML ends with its last
 * word: what comes after it, as deep as it, still belongs to it.
 */
static struct place_range around(const struct node *n, const struct tree *t, const struct span *c)
{
	str text = t->file->text;
	bool deep = t->lang == LANG_YAML && at_head(text, c->start);

	for (; n; n = n->parent)
		if (is_thing(n) &&
		    (holds(n, c) || (deep && column(text, begin_of(n)) <= column(text, c->start))))
			return is_section(n) ? (struct place_range){ 0 } : one(n);
	return (struct place_range){ 0 };
}

static bool is_deeper(const struct tree *t, size_t comment, size_t code)
{
	return t->lang == LANG_YAML && column(t->file->text, comment) > column(t->file->text, code);
}

struct place_range things_at(const struct things *things, const struct tree *t, size_t k)
{
	const struct span *c = &t->comments[k];
	size_t line = file_line_start(t->file->text, c->start);
	size_t before = count_before(things, c->start), from = count_before(things, line);
	struct place_range out = { 0 };

	if (at_head(t->file->text, c->start)) {
		size_t code = code_below(t, k), i = count_before(things, code);

		if (i < things->n && begin_of(things->v[i]) == code &&
		    !is_deeper(t, c->start, code))
			return one(things->v[i]);
	} else if (from < before) {
		return on_line(things, from, before, c->start);
	} else if (from) {
		out = closed(things->v[from - 1], line, c->start);
	}
	return out.first || !before ? out : around(things->v[before - 1], t, c);
}
