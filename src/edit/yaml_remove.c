/* SPDX-License-Identifier: MIT */
/*
 * From a block collection whole lines go: from the one of the dash or key to the one on which the
 * value ends. Only the first child may have something before it on its line (`- - a`, `- Sid: b`);
 * it goes up to the next child that stays. A block scalar above would take what follows for its
 * own text, so nothing goes that might be followed by such.
 */
#include "remove.h"
#include "trivia.h"
#include "yaml_edit.h"

static const char *const WHY_COMMENT = "a comment beside the element would be lost";
static const char *const WHY_LINE = "the element shares its line with something else";
static const char *const WHY_BLOCK = "a block scalar would take in what follows the element";
static const char *const WHY_NAMES = "an anchor or alias stands in the text";
static const char *const WHY_EMPTY = "an element without text stands beside";

static bool refuse(struct removal *r, const char *why)
{
	r->why = why;
	return false;
}

static bool has_names(const struct node *n)
{
	if (n->kind == NODE_ALIAS || node_name2(n).n)
		return true;
	for (const struct node *c = n->first; c; c = c->next) {
		if (has_names(c))
			return true;
	}
	return false;
}

bool ends_empty(const struct node *n)
{
	while (n->last && n->last->end == n->end)
		n = n->last;
	return n->start == n->end;
}

bool yaml_may_remove(const struct edits *es, const struct node *list,
		     const struct node *const *children, size_t n, const char **why)
{
	if (!yaml_may_edit(es, list, why))
		return false;
	*why = WHY_NAMES;
	for (size_t i = 0; i < n; i++) {
		if (has_names(children[i]))
			return false;
	}
	*why = WHY_LINE;
	if (is_block(list))
		return true;
	if (list->tree->file->text.p[list->body] != (list->kind == NODE_SEQ ? '[' : '{'))
		return false;
	*why = WHY_EMPTY;
	for (const struct node *c = list->first; c; c = c->next) {
		if (ends_empty(c))
			return false;
	}
	return true;
}

/* Where a child starts, with its dash. */
static size_t start_of(const struct node *child)
{
	return child->parent->kind == NODE_SEQ ? child->mark : child->start;
}

/* The end of the line that a child ends on: in a block nothing but a comment can follow it. */
static size_t end_of(const struct removal *r, const struct node *child)
{
	return file_line_end(r->text, child->end);
}

/* No comment between the children i to j but those that end their lines. */
static bool gaps_are_free(struct removal *r, size_t i, size_t j)
{
	for (; i < j; i++) {
		if (comment_in(r->tree, end_of(r, r->child[i]), start_of(r->child[i + 1])))
			return refuse(r, WHY_COMMENT);
	}
	return true;
}

const struct node *block_scalar(const struct node *n)
{
	while (n->last)
		n = n->last;
	return n->flags & (FLAG_LITERAL | FLAG_FOLDED) ? n : NULL;
}

/* True when a block scalar above would end as it does with what is at `at` behind it. */
static bool scalar_stays(struct removal *r, const struct node *scalar, size_t at)
{
	size_t column = start_of(r->child[0]);
	str header = scalar ? str_sub(r->text, scalar->body, scalar->body + 3) : S("");

	if (!scalar)
		return true;
	if (str_has(header, S("+")))
		return refuse(r, WHY_BLOCK);
	column -= file_line_start(r->text, column);
	while (at < r->text.n && str_trim(file_line(r->tree->file, at)).n == 0)
		at = line_next(r->text, at);
	if (at < r->text.n && comment_in(r->tree, at, file_line_end(r->text, at)) &&
	    line_indent(r->text, at).n > column)
		return refuse(r, WHY_BLOCK);
	return true;
}

/* The line ending before the line at `start`, when the last line of a file goes that has none. */
static size_t without_ending(str text, size_t start, size_t end)
{
	if (end < text.n || start == 0 || text.p[end - 1] == '\n')
		return start;
	start--;
	return start > 0 && text.p[start - 1] == '\r' ? start - 1 : start;
}

/* A resource of a template: what is said above it goes with it. */
static bool is_resource(const struct node *child)
{
	const struct node *map = child->parent;

	return child->tree->dialect == DIALECT_CLOUDFORMATION && child->kind == NODE_PAIR &&
	       map->parent && map->parent->kind == NODE_PAIR &&
	       str_eq(node_decoded(map->parent->first), S("Resources"));
}

/* The first line of what goes with the child. */
static size_t first_line(const struct removal *r, size_t i)
{
	size_t line = file_line_start(r->text, start_of(r->child[i]));

	return is_resource(r->child[i]) || owns_comments(r->child[i]) ?
		       comments_above(r->tree, line) :
		       line;
}

/*
 * The lines of child *i, and of those that go right below it: *i becomes the last of them. What
 * stays above ends with a block scalar, or with none.
 */
static bool remove_lines(struct removal *r, const struct node *scalar, size_t *i)
{
	size_t start = start_of(r->child[*i]), end;

	if (!at_line_head(r->text, start))
		return refuse(r, WHY_LINE);
	start = first_line(r, *i);
	for (;; ++*i) {
		end = line_next(r->text, end_of(r, r->child[*i]));
		if (*i + 1 == r->n || !r->gone[*i + 1] || first_line(r, *i + 1) != end)
			break;
	}
	if (!scalar_stays(r, scalar, end))
		return false;
	if (!scalar)
		start = without_ending(r->text, start, end);
	removal_change(r, start, end, S(""));
	return true;
}

/* The children up to `next`, the first of which stands behind something on its line. */
static bool remove_first(struct removal *r, size_t next)
{
	if (!gaps_are_free(r, 0, next))
		return false;
	removal_change(r, start_of(r->child[0]), start_of(r->child[next]), S(""));
	return true;
}

/* `[]` or `{}` in place of all. */
static bool remove_all(struct removal *r)
{
	const struct node *pair = r->parent->parent;
	str empty = r->parent->kind == NODE_SEQ ? S("[]") : S("{}");

	if (pair && pair->kind == NODE_PAIR && pair->mark &&
	    !same_line(r->text, pair->mark, start_of(r->child[0]))) {
		removal_change(r, pair->mark + 1, pair->mark + 1,
			       str_fmt(r->es->arena, " %.*s", STR_ARG(empty)));
		for (size_t i = 0; i < r->n; i++) {
			if (!remove_lines(r, NULL, &i))
				return false;
		}
		return true;
	}
	if (!gaps_are_free(r, 0, r->n - 1))
		return false;
	removal_change(r, r->parent->start, end_of(r, r->child[r->n - 1]), empty);
	return true;
}

bool yaml_remove(struct removal *r)
{
	const struct node *scalar = NULL;
	size_t i = 0, next = 0;

	while (next < r->n && r->gone[next])
		next++;
	if (next == r->n)
		return remove_all(r);
	if (next > 0 && !at_line_head(r->text, start_of(r->child[0]))) {
		if (!remove_first(r, next))
			return false;
		i = next;
	}
	for (; i < r->n; i++) {
		if (!r->gone[i])
			scalar = block_scalar(r->child[i]);
		else if (!remove_lines(r, scalar, &i))
			return false;
	}
	return true;
}
