/* SPDX-License-Identifier: MIT */
/*
 * Diffs, side by side. A region is the whole lines that edits of one bundle touch; old and new
 * lines of a region stand beside each other, without those they begin and end with alike.
 */
#include "html.h"
#include "kmsfix/vec.h"
#include "markup.h"

#define CONTEXT 3         /* lines around a region */
#define LINE_MAX_SIZE 400 /* bytes shown of one line */
#define LINE_REACH 4096   /* bytes that are looked at on either side of a place */
#define LINES_MAX 200     /* shown of one side of one region */
#define EXCERPT_MAX 20    /* lines of a finding */

struct lines {
	str *v;
	size_t n, cap;
};

struct region {
	size_t start, end; /* whole lines of the base, with their ends */
	struct lines before, after;
	size_t line, new_line; /* of the first line */
};

struct side {
	const char *class;
	size_t line; /* 0: nothing on this side */
	str text;
};

/* ---- rows ---- */

static void add_side(struct html *h, const struct side *s)
{
	if (!s->line) {
		buf_add(h->out, S("<td class=\"n\"></td><td class=\"blank\"></td>"));
		return;
	}
	buf_printf(h->out, "<td class=\"n\">%zu</td><td class=\"%s\">", s->line, s->class);
	html_source(h->out, str_sub(s->text, 0, LINE_MAX_SIZE));
	buf_add(h->out, s->text.n > LINE_MAX_SIZE ? S(" ...</td>") : S("</td>"));
}

static void add_row(struct html *h, const struct side *before, const struct side *after)
{
	buf_add(h->out, S("<tr>"));
	add_side(h, before);
	if (after)
		add_side(h, after);
	buf_add(h->out, S("</tr>\n"));
}

static void add_gap(struct html *h, size_t columns)
{
	buf_printf(h->out, "<tr class=\"gap\"><td colspan=\"%zu\">...</td></tr>\n", columns);
}

static void start_table(struct html *h, str path, bool two)
{
	buf_add(h->out, S("<table class=\"diff\"><caption><code>"));
	html_text(h->out, path);
	buf_add(h->out, S("</code></caption><colgroup><col class=\"n\"><col>"));
	buf_add(h->out, two ? S("<col class=\"n\"><col></colgroup>\n") : S("</colgroup>\n"));
}

/* The line at `at`, without its end; `at` moves to the next one. */
static str next_line(str text, size_t *at)
{
	size_t start = *at, end = str_find(text, S("\n"), start);
	str line = str_sub(text, start, end == SIZE_MAX ? text.n : end);

	*at = end == SIZE_MAX ? text.n : end + 1;
	return str_ends(line, S("\r")) ? str_sub(line, 0, line.n - 1) : line;
}

/*
 * Where the line that holds `at` begins and ends. Lines are those of Git: only LF ends one. Of a
 * line that is longer than anybody reads, what is around `at` stands for the whole.
 */
static size_t line_start(str text, size_t at)
{
	size_t least = at > LINE_REACH ? at - LINE_REACH : 0;

	while (at > least && text.p[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(str text, size_t at)
{
	size_t most = text.n - at > LINE_REACH ? at + LINE_REACH : text.n;
	size_t end = str_find(str_sub(text, 0, most), S("\n"), at);

	return end == SIZE_MAX ? most : end + 1;
}

/* ---- regions ---- */

static struct lines split_lines(struct html *h, str text)
{
	struct lines lines = { 0 };

	for (size_t at = 0; at < text.n;)
		VEC_PUSH(h->arena, &lines, next_line(text, &at));
	return lines;
}

/* The region of edit `first` and those of the bundle that touch the same lines; the edit after. */
static size_t make_region(struct html *h, size_t first, struct region *r)
{
	const struct edit *edits = h->in->edits->v;
	const struct file *f = edits[first].file;
	struct buf after = { 0 };
	size_t i = first, at;

	*r = (struct region){ .start = line_start(f->text, edits[first].start) };
	at = r->start;
	do {
		buf_add(&after, str_sub(f->text, at, edits[i].start));
		buf_add(&after, edits[i].text);
		at = edits[i].end;
		/* A deletion up to a line's start does not touch the line behind it. */
		r->end = at > r->start && f->text.p[at - 1] == '\n' ? at : line_end(f->text, at);
		i = h->next[i];
	} while (i != BUNDLE_NONE && edits[i].file == f && edits[i].start < r->end);
	if (after.n && after.p[after.n - 1] != '\n')
		r->end = line_end(f->text, at);
	buf_add(&after, str_sub(f->text, at, r->end));
	r->line = h->lines[first];
	r->new_line = (size_t)((long)r->line + h->shifts[first]);
	r->before = split_lines(h, str_sub(f->text, r->start, r->end));
	r->after = split_lines(h, str_dup(h->arena, buf_str(&after)));
	buf_free(&after);
	return i;
}

/* A line that is on both sides. */
static void add_same(struct html *h, const struct region *r, size_t before, size_t after)
{
	struct side left = { "same", r->line + before, r->before.v[before] };
	struct side right = { "same", r->new_line + after, r->after.v[after] };

	add_row(h, &left, &right);
}

static void add_region(struct html *h, const struct region *r)
{
	size_t b = r->before.n, a = r->after.n, shorter = b < a ? b : a, head = 0, tail = 0;

	while (head < shorter && str_eq(r->before.v[head], r->after.v[head]))
		head++;
	while (head + tail < shorter && str_eq(r->before.v[b - tail - 1], r->after.v[a - tail - 1]))
		tail++;
	for (size_t i = 0; i < head; i++)
		add_same(h, r, i, i);
	for (size_t i = head; i < b - tail || i < a - tail; i++) {
		struct side left = { 0 }, right = { 0 };

		if (i - head == LINES_MAX) {
			add_gap(h, 4);
			break;
		}
		if (i < b - tail)
			left = (struct side){ "del", r->line + i, r->before.v[i] };
		if (i < a - tail)
			right = (struct side){ "add", r->new_line + i, r->after.v[i] };
		add_row(h, &left, &right);
	}
	for (size_t i = tail; i; i--)
		add_same(h, r, b - i, a - i);
}

/* Lines [from, to) of the base, which stay. */
static void add_context(struct html *h, str text, size_t from, size_t to, size_t line, size_t new)
{
	while (from < to) {
		str shown = next_line(str_sub(text, 0, to), &from);
		struct side left = { "same", line++, shown }, right = { "same", new ++, shown };

		add_row(h, &left, &right);
	}
}

/* Where up to CONTEXT lines before `at` begin, none before `least`; how many they are. */
static size_t context_before(str text, size_t at, size_t least, size_t *n)
{
	for (*n = 0; *n < CONTEXT && at > least; ++*n)
		at = line_start(text, at - 1);
	return at < least ? least : at;
}

/* Where up to CONTEXT lines after `at` end, none behind `most`. */
static size_t context_after(str text, size_t at, size_t most)
{
	for (size_t n = 0; n < CONTEXT && at < most; n++)
		at = line_end(text, at);
	return at < most ? at : most;
}

/* What stays between two regions; `after` is NULL behind the last one. */
static void add_between(struct html *h, str text, const struct region *before,
			const struct region *after)
{
	size_t most = after ? after->start : text.n, end = 0, start = most, n = 0;

	if (before) {
		end = context_after(text, before->end, most);
		add_context(h, text, before->end, end, before->line + before->before.n,
			    before->new_line + before->after.n);
	}
	if (!after)
		return;
	start = context_before(text, most, end, &n);
	if (before && start > end)
		add_gap(h, 4);
	add_context(h, text, start, most, after->line - n, after->new_line - n);
}

/* All edits of the bundle in one file, from `i` on; the first edit of the next file. */
static size_t add_file(struct html *h, size_t i)
{
	const struct file *f = h->in->edits->v[i].file;
	struct region regions[2] = { 0 }, *last = NULL;

	start_table(h, f->path, true);
	for (size_t k = 0; i != BUNDLE_NONE && h->in->edits->v[i].file == f; k++) {
		struct region *r = &regions[k % 2];

		i = make_region(h, i, r);
		add_between(h, f->text, last, r);
		add_region(h, r);
		last = r;
	}
	add_between(h, f->text, last, NULL);
	buf_add(h->out, S("</table>\n"));
	return i;
}

void html_diff(struct html *h, size_t bundle)
{
	size_t i = h->heads[bundle];

	while (i != BUNDLE_NONE)
		i = add_file(h, i);
}

void html_excerpt(struct html *h, const struct finding *f, size_t line)
{
	str text = f->file->text;
	size_t at = line_start(text, f->start), n = 0;

	start_table(h, f->file->path, false);
	while (at < text.n && at < f->end && n < EXCERPT_MAX) {
		struct side s = { "same", line + n++, next_line(text, &at) };

		add_row(h, &s, NULL);
	}
	if (at < f->end)
		add_gap(h, 2);
	buf_add(h->out, S("</table>\n"));
}
