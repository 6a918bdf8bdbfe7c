/* SPDX-License-Identifier: MIT */
/*
 * Edits are collected in any order, then sorted and checked once, then applied once: the size of
 * the result is computed before a byte is copied and asserted after.
 */
#include "kmsfix/edit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "kmsfix/vec.h"
#include "trivia.h"

void edits_add(struct edits *es, const struct file *f, size_t start, size_t end, str text)
{
	struct edit e = { f, start, end, text, NULL };

	VEC_PUSH(es->arena, es, e);
}

void edits_note_leaving(struct edits *es, const struct node *statement)
{
	map_put_at(&es->leaving, es->arena, statement, es);
}

bool edits_leaves(const struct edits *es, const struct node *statement)
{
	return map_find_at(&es->leaving, statement) != NULL;
}

/* An edit with its place in the order of adding: qsort alone is not stable. */
struct ranked {
	struct edit edit;
	size_t rank;
};

static int by_size(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* By path, start, end: an insertion comes before a replacement that starts at the same byte. */
static int by_span(const struct edit *a, const struct edit *b)
{
	int c = str_cmp(a->file->path, b->file->path);

	if (c == 0)
		c = by_size(a->start, b->start);
	return c ? c : by_size(a->end, b->end);
}

static int by_rank(const void *pa, const void *pb)
{
	const struct ranked *a = pa, *b = pb;
	int c = by_span(&a->edit, &b->edit);

	return c ? c : by_size(a->rank, b->rank);
}

static void sort(struct edits *es)
{
	struct ranked *r = arena_array(es->arena, es->n, sizeof(*r));

	for (size_t i = 0; i < es->n; i++)
		r[i] = (struct ranked){ es->v[i], i };
	qsort(r, es->n, sizeof(*r), by_rank);
	for (size_t i = 0; i < es->n; i++)
		es->v[i] = r[i].edit;
}

/* New lines begin with a line ending; at the head of a file they end with it. */
static str at_head(struct arena *a, str lines)
{
	size_t start = 0;
	while (start < lines.n && (lines.p[start] == '\n' || lines.p[start] == '\r'))
		start++;
	return STR_CAT(a, str_sub(lines, start, lines.n), line_ending(lines, 0));
}

/* What is added to the end of a line that goes, the last of those that do, is added to the end of
 * the line that is last then. */
static bool lift(struct edit *e, const struct edit *gone, struct arena *a)
{
	str text = e->file->text;
	size_t head = gone->start;
	if (!str_eq(e->file->path, gone->file->path) || e->start != e->end || gone->text.n ||
	    e->start <= head || e->start >= gone->end || (head && text.p[head - 1] != '\n') ||
	    str_trim(str_sub(text, e->start, gone->end)).n)
		return false;
	if (!head) {
		e->start = e->end = 0;
		e->text = at_head(a, e->text);
		return true;
	}
	head--;
	e->start = e->end = head && text.p[head - 1] == '\r' ? head - 1 : head;
	return true;
}

static void lift_all(struct edits *es)
{
	bool any = false;
	for (size_t i = es->n; i-- > 0;)
		for (size_t k = i; k-- > 0 && es->v[k].end + 2 >= es->v[i].start;)
			any |= lift(&es->v[i], &es->v[k], es->arena);
	if (any)
		sort(es);
}

/* True when the last kept edits hold the same span and text already. */
static bool is_repeat(const struct edit *v, size_t kept, const struct edit *e)
{
	while (kept > 0 && by_span(&v[kept - 1], e) == 0) {
		if (str_eq(v[--kept].text, e->text))
			return true;
	}
	return false;
}

static bool is_valid(const struct edit *prev, const struct edit *e, struct err *err)
{
	if (e->start > e->end || e->end > e->file->text.n)
		return err_set(err, ERR_PROOF, "edit of bytes %zu to %zu is outside '%.*s'",
			       e->start, e->end, STR_ARG(e->file->path));
	if (prev && str_eq(prev->file->path, e->file->path) && e->start < prev->end)
		return err_set(err, ERR_PROOF, "two edits overlap at byte %zu of '%.*s'", e->start,
			       STR_ARG(e->file->path));
	return true;
}

bool edits_sort(struct edits *es, struct err *err)
{
	size_t kept = 0;

	if (es->n == 0)
		return true;
	sort(es);
	lift_all(es);
	for (size_t i = 0; i < es->n; i++) {
		struct edit e = es->v[i];

		if (is_repeat(es->v, kept, &e))
			continue;
		if (!is_valid(kept ? &es->v[kept - 1] : NULL, &e, err))
			return false;
		es->v[kept++] = e;
	}
	es->n = kept;
	return true;
}

size_t edits_of_file(const struct edit *v, size_t n)
{
	size_t i = 0;

	while (i < n && str_eq(v[i].file->path, v[0].file->path))
		i++;
	return i;
}

static char *put(char *p, str s)
{
	if (s.n)
		memcpy(p, s.p, s.n);
	return p + s.n;
}

str edits_result(const struct file *f, const struct edit *v, size_t n, struct arena *a)
{
	size_t size = f->text.n, at = 0;
	char *start, *p;

	for (size_t i = 0; i < n; i++)
		size = size - (v[i].end - v[i].start) + v[i].text.n;
	start = p = arena_alloc(a, size);
	for (size_t i = 0; i < n; i++) {
		assert(at <= v[i].start && v[i].end <= f->text.n);
		p = put(p, str_sub(f->text, at, v[i].start));
		p = put(p, v[i].text);
		at = v[i].end;
	}
	p = put(p, str_sub(f->text, at, f->text.n));
	assert((size_t)(p - start) == size);
	return (str){ start, size };
}

bool edits_apply(struct fileset *out, const struct fileset *base, const struct edits *es,
		 struct arena *a, struct err *err)
{
	size_t done = 0;

	out->links = base->links;
	out->link_count = base->link_count;
	for (size_t i = 0; i < base->n; i++) {
		const struct file *f = &base->files[i];
		struct file now = *f;
		size_t n = 0;

		if (done < es->n && str_eq(es->v[done].file->path, f->path))
			n = edits_of_file(es->v + done, es->n - done);
		if (n)
			now.text = edits_result(f, es->v + done, n, a);
		done += n;
		fileset_put(out, a, &now);
	}
	if (done < es->n)
		return err_set(err, ERR_PROOF, "edited file '%.*s' is not in the tree",
			       STR_ARG(es->v[done].file->path));
	fileset_sort(out);
	return true;
}
