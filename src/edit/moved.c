/* SPDX-License-Identifier: MIT */
/* Values that move as they are written: only the indentation of their lines changes. */
#include "render.h"
#include "trivia.h"

static str take(const struct style *st, struct buf *b)
{
	str text = str_dup(st->arena, buf_str(b));

	buf_free(b);
	return text;
}

/* True when the line at `at` is in a heredoc that keeps its indentation. */
static bool in_heredoc(const struct node *n, size_t at)
{
	if (at <= n->start || at >= n->end)
		return false;
	if (n->kind == NODE_HEREDOC && !(n->flags & FLAG_INDENTED))
		return true;
	for (const struct node *c = n->first; c; c = c->next) {
		if (in_heredoc(c, at))
			return true;
	}
	return false;
}

str source_moved(const struct style *st, const struct node *value, str indent)
{
	str text = value->tree->file->text, old = line_indent(text, value->start);
	struct buf b = { 0 };
	size_t at = value->start;

	while (at < value->end) {
		size_t end = line_next(text, at);
		str line = str_sub(text, at, end < value->end ? end : value->end);
		bool moves = at > value->start && str_starts(line, old) && !in_heredoc(value, at);

		if (moves) {
			buf_add(&b, indent);
			line = str_sub(line, old.n, line.n);
		}
		buf_add(&b, line);
		at = end;
	}
	return take(st, &b);
}

/* A line that stands `from` columns in, `to` columns in; blanks only stay none. */
static void add_moved(struct buf *b, str line, size_t from, size_t to)
{
	size_t blanks = 0;

	while (blanks < line.n && line.p[blanks] == ' ')
		blanks++;
	if (blanks < line.n && !str_starts(str_sub(line, blanks, line.n), S("\n")))
		buf_fill(b, ' ', blanks + to > from ? blanks + to - from : 0);
	buf_add(b, str_sub(line, blanks, line.n));
}

str yaml_source_moved(const struct style *st, const struct node *value, bool in_list, size_t column)
{
	const struct node *pair = value->parent;
	str text = value->tree->file->text;
	size_t at = value->start, from = value->start - file_line_start(text, value->start);
	struct buf b = { 0 };

	if (pair->kind == NODE_PAIR) {
		from = pair->start - file_line_start(text, pair->start);
		at = pair->mark + 1;
	} else if (!in_list && value->kind == NODE_MAP && !(value->flags & FLAG_FLOW)) {
		column += st->yaml.map_step;
		buf_add(&b, st->eol);
		buf_fill(&b, ' ', column);
	} else if (!in_list) {
		buf_addc(&b, ' ');
	}
	for (bool first = true; at < value->end; first = false) {
		size_t end = line_next(text, at);
		str line = str_sub(text, at, end < value->end ? end : value->end);

		if (first)
			buf_add(&b, line);
		else
			add_moved(&b, line, from, column);
		at = end;
	}
	return take(st, &b);
}
