/* SPDX-License-Identifier: MIT */
/*
 * Removal thinks in runs: neighbouring children that all go. A run is cut in segments, the children
 * of which share their lines; a segment that has its lines for itself goes with these lines, any
 * other one goes from its first byte to the next child, or from the comma before it.
 */
#include <stdlib.h>
#include <string.h>

#include "kmsfix/vec.h"
#include "remove.h"
#include "trivia.h"
#include "yaml_edit.h"

static const char *const WHY_COMMENT = "a comment beside the element would be lost";
static const char *const WHY_LINE = "the element shares its line with something else";
static const char *const WHY_PARENT = "only elements of one list, object or body can be removed";

void removal_change(struct removal *r, size_t start, size_t end, str text)
{
	edits_add(r->es, r->tree->file, start, end, text);
	r->es->v[r->es->n - 1].list = r->parent;
}

static bool refuse(struct removal *r, const char *why)
{
	r->why = why;
	return false;
}

/*
 * True when no comment stands in [start, end), behind child `i`. The comment that ends the line of
 * a removed child is its own and goes with it.
 */
static bool gap_is_free(const struct removal *r, size_t i, size_t start, size_t end)
{
	size_t own;

	if (line_rest_empty(r->tree, end_with_comma(r->child[i]), &own) && own > start)
		start = own;
	return start >= end || !comment_in(r->tree, start, end);
}

/* Deletes [start, end), which holds the children i to j and what is between them. */
static bool cut(struct removal *r, size_t i, size_t j, size_t start, size_t end)
{
	bool free = start >= r->child[i]->start || !comment_in(r->tree, start, r->child[i]->start);

	for (size_t k = i; k < j && free; k++)
		free = gap_is_free(r, k, r->child[k]->end, r->child[k + 1]->start);
	if (!free || !gap_is_free(r, j, r->child[j]->end, end))
		return refuse(r, WHY_COMMENT);
	removal_change(r, start, end, S(""));
	return true;
}

/* True when nothing but its comma and comments stands behind child `i` on its line. */
static bool ends_line(const struct removal *r, size_t i)
{
	const struct node *c = r->child[i];
	size_t end;

	if (c->comma && !same_line(r->text, c->end, c->comma))
		return false;
	return line_rest_empty(r->tree, end_with_comma(c), &end);
}

static bool is_whole_lines(const struct removal *r, size_t i, size_t j)
{
	return at_line_head(r->text, r->child[i]->start) && ends_line(r, j);
}

/* The last child of the segment that starts at `i`, not beyond `last`. */
static size_t segment_end(const struct removal *r, size_t i, size_t last)
{
	while (i < last && same_line(r->text, r->child[i]->end, r->child[i + 1]->start))
		i++;
	return i;
}

/* Whole lines, and above them the comments that are about what goes. */
static bool cut_lines(struct removal *r, size_t i, size_t j)
{
	size_t start = file_line_start(r->text, r->child[i]->start), above = start;

	if (!cut(r, i, j, start, line_next(r->text, end_with_comma(r->child[j]))))
		return false;
	if (owns_comments(r->child[i]))
		above = comments_above(r->tree, start);
	if (above < start)
		removal_change(r, above, start, S(""));
	return true;
}

static bool remove_segment(struct removal *r, size_t i, size_t j)
{
	const struct node *first = r->child[i], *last = r->child[j], *prev;

	if (is_whole_lines(r, i, j))
		return cut_lines(r, i, j);
	if (r->parent->kind == NODE_BODY)
		return refuse(r, WHY_LINE);
	if (!ends_line(r, j) && j + 1 < r->n)
		return cut(r, i, j, first->start, r->child[j + 1]->start);
	prev = i > 0 ? r->child[i - 1] : NULL;
	if (!prev || !prev->comma || !same_line(r->text, prev->comma, first->start))
		return refuse(r, WHY_LINE);
	return cut(r, i, j, prev->comma + 1, end_with_comma(last));
}

/* The rest of a run in which commas stand on later lines: up to the next child. */
static bool remove_from(struct removal *r, size_t i, size_t j)
{
	if (j + 1 == r->n)
		return refuse(r, WHY_LINE);
	return cut(r, i, j, r->child[i]->start, r->child[j + 1]->start);
}

static bool remove_segments(struct removal *r, size_t i, size_t j)
{
	while (i <= j) {
		size_t end = segment_end(r, i, j);

		if (end < j && !ends_line(r, end))
			return remove_from(r, i, j);
		if (!remove_segment(r, i, end))
			return false;
		i = end + 1;
	}
	return true;
}

/* True when the run's last segment does not have its lines for itself. */
static bool ends_inline(const struct removal *r, size_t i, size_t j)
{
	size_t k = i, end = segment_end(r, i, j);

	while (end < j) {
		k = end + 1;
		end = segment_end(r, k, j);
	}
	return !is_whole_lines(r, k, j);
}

/* `[{ … }, …` becomes `concat([{ … }], …`: what ends the line of the last brace opens a list. */
static bool ends_in_another(const struct removal *r, const struct node *last)
{
	size_t end = r->parent->end;

	if (last->end + 1 != end)
		return false;
	for (size_t i = 0; i < r->es->n; i++) {
		const struct edit *e = &r->es->v[i];

		if (e->file == r->tree->file && e->start == end && e->end == end &&
		    str_starts(e->text, S(",")))
			return true;
	}
	return false;
}

/*
 * In `[{ … }, { … }]` over several lines terraform fmt indents the line of the last brace less than
 * the ones of the braces between. When the last element goes, the brace before takes its
 * indentation.
 */
static void move_closing_line(struct removal *r, const struct node *prev, const struct node *last)
{
	size_t a = prev->end - 1, b = last->end - 1;
	str want = line_indent(r->text, b);

	if (ends_in_another(r, last))
		return;
	if (!has_newline(node_source(prev)) || !at_line_head(r->text, a) ||
	    !at_line_head(r->text, b))
		return;
	if (!str_eq(line_indent(r->text, a), want))
		removal_change(r, file_line_start(r->text, a), a, want);
}

/* A run at the end that shares its last line: the comma before it goes, or stays by habit. */
static bool remove_inline_tail(struct removal *r, size_t i, size_t j)
{
	const struct node *prev = r->child[i - 1], *last = r->child[j];
	size_t start = prev->end;

	if (last->comma && prev->comma)
		start = prev->comma + 1;
	if (comment_in(r->tree, prev->end, r->child[i]->start))
		return refuse(r, WHY_COMMENT);
	if (ends_with_heredoc(prev))
		return refuse(r, WHY_LINE);
	move_closing_line(r, prev, last);
	return cut(r, i, j, start, last->comma ? last->comma + 1 : last->end);
}

/* Everything goes: the brackets close up, unless a comment between the lines has to stay. */
static bool remove_all(struct removal *r)
{
	size_t last = r->n - 1;

	if (cut(r, 0, last, inside(r->parent), r->parent->end - 1))
		return true;
	for (size_t i = 0; i <= last; i = segment_end(r, i, last) + 1) {
		if (!is_whole_lines(r, i, segment_end(r, i, last)))
			return false;
	}
	return remove_segments(r, 0, last);
}

/*
 * The comma of the new last element. One with a comment beside it stays, as HCL allows: a new
 * element may stand behind that comment.
 */
static void drop_comma(struct removal *r, const struct node *last)
{
	size_t end;

	if (!line_rest_empty(r->tree, last->comma + 1, &end))
		end = last->comma;
	if (comment_in(r->tree, last->end, end))
		return;
	removal_change(r, last->comma, last->comma + 1, S(""));
}

static bool remove_run(struct removal *r, size_t i, size_t j)
{
	const struct node *prev = i > 0 ? r->child[i - 1] : NULL;
	bool last = j + 1 == r->n;

	if (r->parent->kind == NODE_BODY)
		return remove_segments(r, i, j);
	if (last && !prev)
		return remove_all(r);
	if (last && ends_inline(r, i, j))
		return remove_inline_tail(r, i, j);
	if (!prev && !at_line_head(r->text, r->child[i]->start))
		return cut(r, i, j, r->child[i]->start, r->child[j + 1]->start);
	if (!remove_segments(r, i, j))
		return false;
	if (prev && same_line(r->text, prev->end, r->child[i]->start))
		move_closing_line(r, prev, r->child[j]);
	if (last && prev->comma && !r->child[j]->comma)
		drop_comma(r, prev);
	return true;
}

static bool remove_runs(struct removal *r)
{
	for (size_t i = 0; i < r->n; i++) {
		size_t j = i;

		if (!r->gone[i])
			continue;
		while (j + 1 < r->n && r->gone[j + 1])
			j++;
		if (!remove_run(r, i, j))
			return false;
		i = j;
	}
	return true;
}

static int by_start(const void *pa, const void *pb)
{
	const struct node *a = *(const struct node *const *)pa;
	const struct node *b = *(const struct node *const *)pb;

	return (a->start > b->start) - (a->start < b->start);
}

/* Marks the children that go; false when one is not a child of the parent. */
static bool mark(struct removal *r, const struct node *const *children, size_t n)
{
	const struct node **sorted = arena_array(r->es->arena, n, sizeof(*sorted));
	size_t k = 0, done = 0;

	memcpy(sorted, children, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_start);
	r->n = node_count(r->parent);
	r->child = arena_array(r->es->arena, r->n, sizeof(*r->child));
	r->gone = arena_array(r->es->arena, r->n, sizeof(*r->gone));
	for (const struct node *c = r->parent->first; c; c = c->next, k++) {
		r->child[k] = c;
		for (; done < n && sorted[done] == c; done++)
			r->gone[k] = true;
	}
	return done == n;
}

/* Takes the edits of earlier removals from the list back, and gives them to *old. */
static void take_back(struct edits *es, const struct node *list, struct edits *old)
{
	size_t kept = 0;

	for (size_t i = 0; i < es->n; i++) {
		if (es->v[i].list == list)
			VEC_PUSH(es->arena, old, es->v[i]);
		else
			es->v[kept++] = es->v[i];
	}
	es->n = kept;
}

/* Removes what was removed from the list before together with `children`, as one. */
static bool remove_together(struct edits *es, const struct node *list,
			    const struct node *const *children, size_t n, const char **why)
{
	struct removal r = { .es = es, .parent = list, .tree = list->tree, .why = WHY_PARENT };
	const struct edited *known = map_find_at(&es->removed, list);
	struct edited all = { 0 };
	struct edits old = { 0 };
	size_t before;
	bool ok;

	r.text = r.tree->file->text;
	for (size_t i = 0; known && i < known->n; i++)
		VEC_PUSH(es->arena, &all, known->v[i]);
	if (known)
		take_back(es, list, &old);
	for (size_t i = 0; i < n; i++)
		VEC_PUSH(es->arena, &all, children[i]);
	before = es->n;
	ok = mark(&r, all.v, all.n) && (is_block(list) ? yaml_remove(&r) : remove_runs(&r));
	if (!ok)
		es->n = before;
	for (size_t i = 0; i < old.n && !ok; i++)
		VEC_PUSH(es->arena, es, old.v[i]);
	*why = r.why;
	return ok;
}

static bool is_empty_list(const struct node *n)
{
	return n->kind == NODE_SEQ && !n->first;
}

static bool is_removed(const struct edits *es, const struct node *n)
{
	const struct edited *known = map_find_at(&es->removed, n->parent);

	for (size_t i = 0; known && i < known->n; i++)
		if (known->v[i] == n)
			return true;
	return false;
}

static void note_removed(struct edits *es, const struct node *n)
{
	struct edited *known = map_find_at(&es->removed, n->parent);

	if (!known) {
		known = ARENA_NEW(es->arena, struct edited);
		map_put_at(&es->removed, es->arena, n->parent, known);
	}
	VEC_PUSH(es->arena, known, n);
}

/* The last argument of the call that stays when `gone` goes, too; NULL when none does. */
static const struct node *last_staying(const struct edits *es, const struct node *call,
				       const struct node *gone)
{
	const struct node *last = NULL;

	for (const struct node *n = call->first; n; n = n->next)
		if (n != gone && !is_removed(es, n))
			last = n;
	return last;
}

/* Of a list that loses everything: the argument `x ? [{ … }] : []` of a concat() of several, of
 * which nothing is left then. Else NULL. */
static const struct node *vain_argument(const struct edits *es, const struct node *list, size_t n)
{
	const struct node *cond = list->parent, *call;

	if (list->kind != NODE_SEQ || node_count(list) != n || !cond || cond->kind != NODE_COND)
		return NULL;
	call = node_concat_of(cond);
	if (!call || !last_staying(es, call, cond) ||
	    !is_empty_list(list == cond->last ? cond->first->next : cond->last))
		return NULL;
	return cond;
}

/* The bracket that is the last on its line then stands where the call ended. */
static void align_bracket(struct edits *es, const struct node *call)
{
	const struct node *last = last_staying(es, call, NULL);
	str text = call->tree->file->text;

	if (!last->next || !at_line_head(text, last->end - 1))
		return;
	size_t line = file_line_start(text, last->end);
	edits_add(es, call->tree->file, line, line + line_indent(text, line).n,
		  line_indent(text, call->end));
	es->v[es->n - 1].list = call; /* done anew when one more goes */
}

/* False when the list is no such argument, or that cannot go. */
static bool remove_argument(struct edits *es, const struct node *list, size_t n)
{
	const struct node *argument = vain_argument(es, list, n);
	const char *why;

	if (!argument || !remove_together(es, argument->parent, &argument, 1, &why))
		return false;
	note_removed(es, argument);
	align_bracket(es, argument->parent);
	return true;
}

bool edit_remove_children(struct edits *es, const struct node *const *children, size_t n,
			  const char **why)
{
	const struct node *list = n ? children[0]->parent : NULL;

	if (n == 0)
		return true;
	*why = WHY_PARENT;
	if (!list || (list->kind != NODE_SEQ && list->kind != NODE_MAP && list->kind != NODE_BODY))
		return false;
	if (remove_argument(es, list, n))
		return true;
	if (list->tree->lang == LANG_YAML && !yaml_may_remove(es, list, children, n, why))
		return false;
	if (!remove_together(es, list, children, n, why))
		return false;
	for (size_t i = 0; i < n; i++)
		note_removed(es, children[i]);
	return true;
}

bool edit_remove_block(struct edits *es, const struct node *block, const char **why)
{
	const struct tree *t = block->tree;
	str text = t->file->text;
	size_t end;

	if (block->kind != NODE_BLOCK)
		return edit_remove_children(es, &block, 1, why);
	if (!at_line_head(text, block->start) || !line_rest_empty(t, block->end, &end)) {
		*why = WHY_LINE;
		return false;
	}
	edits_add(es, t->file, comments_above(t, file_line_start(text, block->start)),
		  line_next(text, block->end), S(""));
	return true;
}
