/* SPDX-License-Identifier: MIT */
#include "align.h"

#include "kmsfix/vec.h"
#include "render.h"
#include "trivia.h"

/*
 * Adds a slot that ends at `end`, with the offset of the next line: the group goes on there.
 * SIZE_MAX makes a group of one, which has one blank.
 */
static void add_slot(struct slots *s, str text, size_t end, size_t next, struct arena *a)
{
	size_t line = file_line_start(text, end);
	struct slot slot = { .start = trim_left(text, line, end), .end = end, .next = next };
	const struct slot *prev = s->n ? &s->v[s->n - 1] : NULL;
	bool joins = prev && prev->next == line && next != SIZE_MAX;

	slot.width = columns(str_sub(text, line, slot.start));
	slot.group = prev ? prev->group + !joins : 0;
	VEC_PUSH(a, s, slot);
}

/* True when the blanks are as many spaces as they should be. */
static bool is_right(const struct slot *slot, str text)
{
	for (size_t i = slot->start; i < slot->end; i++) {
		if (text.p[i] != ' ')
			return false;
	}
	return slot->end - slot->start == slot->want;
}

static size_t group_end(const struct slots *s, size_t i)
{
	size_t end = i;

	while (end < s->n && s->v[end].group == s->v[i].group)
		end++;
	return end;
}

void slots_settle(struct slots *s, str text)
{
	for (size_t i = 0, end; i < s->n; i = end) {
		bool aligned = true;

		end = group_end(s, i);
		for (size_t k = i; k < end; k++)
			aligned = aligned && is_right(&s->v[k], text);
		for (size_t k = i; k < end; k++)
			s->v[k].aligned = aligned;
	}
}

/* All of a group begin one column behind the widest. */
static void judge_groups(struct slots *s, str text)
{
	for (size_t i = 0, end; i < s->n; i = end) {
		size_t width = 0;

		end = group_end(s, i);
		for (size_t k = i; k < end; k++) {
			if (s->v[k].width > width)
				width = s->v[k].width;
		}
		for (size_t k = i; k < end; k++)
			s->v[k].want = width - s->v[k].width + 1;
	}
	slots_settle(s, text);
}

/* The offset of the `=` of an argument or pair that starts its line; false when there is none. */
static bool find_equals(const struct node *item, size_t *equals)
{
	str text = item->tree->file->text;
	size_t at = item->kind == NODE_ATTR ? item->start + item->name.n : item->first->end;

	if (!at_line_head(text, item->start) || has_newline(str_sub(text, item->start, at)))
		return false;
	while (is_blank(text.p[at])) /* the value follows */
		at++;
	*equals = at;
	return text.p[at] == '=';
}

/*
 * True when the line of `item` ends outside of all brackets opened on it and closes none: terraform
 * fmt aligns only these. A heredoc counts as part of its line. *next is the line below.
 */
static bool is_one_line(const struct node *item, size_t *next)
{
	str text = item->tree->file->text;
	size_t end;

	for (;; item = item->next) {
		const struct node *value = item->last;

		if (value->kind != NODE_HEREDOC && has_newline(node_source(value)))
			return false;
		if (line_rest_empty(item->tree, end_with_comma(item), &end)) {
			*next = line_next(text, end);
			return true;
		}
		if (!item->next || !same_line(text, item->end, item->next->start))
			return false;
	}
}

static void walk(struct slots *s, const struct node *n, struct arena *a)
{
	for (const struct node *c = n->first; c; c = c->next) {
		str text = c->tree->file->text;
		size_t equals, next;

		if ((c->kind == NODE_ATTR || c->kind == NODE_PAIR) && find_equals(c, &equals))
			add_slot(s, text, equals, is_one_line(c, &next) ? next : SIZE_MAX, a);
		if (c->kind != NODE_STRING && c->kind != NODE_HEREDOC)
			walk(s, c, a);
	}
}

void slots_of_assignments(struct slots *s, const struct tree *t, struct arena *a)
{
	walk(s, t->root, a);
	judge_groups(s, t->file->text);
}

void slots_of_comments(struct slots *s, const struct tree *t, struct arena *a)
{
	str text = t->file->text;

	for (size_t i = 0; i < t->comment_count; i++) {
		size_t start = t->comments[i].start;

		if (text.p[start] != '#' && text.p[start + 1] != '/')
			continue;
		if (!at_line_head(text, start))
			add_slot(s, text, start, line_next(text, start), a);
	}
	judge_groups(s, text);
}
