/* SPDX-License-Identifier: MIT */
/* Which comments are about what is removed. */
#include <string.h>

#include "remove.h"
#include "trivia.h"

bool owns_comments(const struct node *child)
{
	bool call = child->kind == NODE_SEQ && child->name.n; /* !If */

	return (child->kind == NODE_MAP || call) && child->parent->kind == NODE_SEQ;
}

/* "# {", "#   Action = [", "# }," or "# - Effect: Allow" */
static bool is_code(str comment)
{
	while (comment.n && strchr("#/* \t", comment.p[0]))
		comment = str_sub(comment, 1, comment.n);
	if (str_ends(comment, S(",")) && comment.n > 1)
		return strchr("{}[]\"", comment.p[comment.n - 2]);
	return str_starts(comment, S("- ")) ||
	       (comment.n && strchr("{}[]", comment.p[comment.n - 1]));
}

size_t comments_above(const struct tree *t, size_t line)
{
	str text = t->file->text;
	size_t indent = line_indent(text, line).n, below = line;

	while (line > 0) {
		size_t start = file_line_start(text, line - 1);
		size_t end = trim_left(text, start, file_line_end(text, line - 1));
		const struct span *c = end > start ? comment_in(t, end - 1, end) : NULL;

		if (!c || !at_line_head(text, c->start))
			break;
		if (t->lang == LANG_YAML && line_indent(text, c->start).n != indent)
			break;
		if (is_code(str_sub(text, c->start, end)))
			return below;
		line = file_line_start(text, c->start);
	}
	return line;
}
