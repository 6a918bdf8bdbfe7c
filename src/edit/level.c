/* SPDX-License-Identifier: MIT */
#include "level.h"

#include "kmsfix/vec.h"
#include "trivia.h"

struct spans {
	struct span *v;
	size_t n, cap;
};

/* What is read from line to line. */
struct reading {
	const struct tree *tree;
	struct spans texts;   /* strings and heredocs */
	size_t text, comment; /* the next of these */
	struct {
		size_t *v; /* how many brackets each level has opened */
		size_t n, cap;
	} open;
};

/* False for a text in quotes over several lines. */
static bool find_texts(struct spans *out, const struct node *n, struct arena *a)
{
	bool ok = n->kind != NODE_STRING || !has_newline(node_source(n));

	if (n->kind == NODE_STRING || n->kind == NODE_HEREDOC)
		VEC_PUSH(a, out, ((struct span){ n->start, n->end }));
	else
		for (const struct node *c = n->first; c && ok; c = c->next)
			ok = find_texts(out, c, a);
	return ok;
}

/* The end of what starts at `at` and has no brackets of its own; `at` where nothing does. */
static size_t skip(struct reading *r, size_t at)
{
	const struct span *comments = r->tree->comments;

	while (r->text < r->texts.n && r->texts.v[r->text].start < at)
		r->text++;
	while (r->comment < r->tree->comment_count && comments[r->comment].start < at)
		r->comment++;
	if (r->text < r->texts.n && r->texts.v[r->text].start == at)
		return r->texts.v[r->text].end;
	if (r->comment < r->tree->comment_count && comments[r->comment].start == at)
		return comments[r->comment].end;
	return at;
}

/* The end of the line that starts at `at`, and by how many it opens more brackets than it closes.
 */
static size_t read_line(struct reading *r, size_t at, long *net)
{
	str text = r->tree->file->text;

	for (*net = 0; at < text.n && text.p[at] != '\n'; at++) {
		size_t end = skip(r, at);

		if (end > at) {
			at = end - 1;
			continue;
		}
		*net += str_has(S("{[("), str_sub(text, at, at + 1));
		*net -= str_has(S("}])"), str_sub(text, at, at + 1));
	}
	return at;
}

static void close_levels(struct reading *r, size_t closed)
{
	while (closed > 0 && r->open.n > 0) {
		size_t *last = &r->open.v[r->open.n - 1];

		if (closed < *last) {
			*last -= closed;
			return;
		}
		closed -= *last;
		r->open.n--;
	}
}

/* Takes the line into account; gives the level at which it stands. */
static size_t level_of(struct reading *r, long net, struct arena *a)
{
	size_t level;

	if (net < 0)
		close_levels(r, (size_t)-net);
	level = r->open.n;
	if (net > 0)
		VEC_PUSH(a, &r->open, (size_t)net);
	return level;
}

void slots_of_indents(struct slots *out, const struct tree *t, struct arena *a)
{
	struct reading r = { .tree = t };
	str text = t->file->text;
	size_t group = 0;

	if (!find_texts(&r.texts, t->root, a))
		return;
	for (size_t at = 0, end; at < text.n; at = end + 1) {
		long net;

		group += r.open.n == 0;
		end = read_line(&r, at, &net);
		struct slot s = { .start = at, .end = at, .group = group };
		s.want = 2 * level_of(&r, net, a);
		while (s.end < end && is_blank(text.p[s.end]))
			s.end++;
		if (str_trim(str_sub(text, at, end)).n > 0)
			VEC_PUSH(a, out, s);
	}
	slots_settle(out, text);
}
