/* SPDX-License-Identifier: MIT */
/*
 * Two rounds of edits as one. In the text between the rounds, the edits of the first are the spans
 * they wrote; whatever touches there becomes one edit of the base.
 */
#include "apply.h"
#include "kmsfix/buf.h"
#include "kmsfix/edit.h"

/* Where the rounds are in one file: the next edit of each, and what the first moved until there. */
struct merge {
	const struct edit *first, *second;
	size_t n, m, i, k;
	size_t grown, shrunk; /* bytes that the first wrote and took before edit `i` */
};

static size_t written_start(const struct merge *m)
{
	return m->first[m->i].start + m->grown - m->shrunk;
}

static size_t written_end(const struct merge *m)
{
	return written_start(m) + m->first[m->i].text.n;
}

static void pass_first(struct merge *m)
{
	m->grown += m->first[m->i].text.n;
	m->shrunk += m->first[m->i].end - m->first[m->i].start;
	m->i++;
}

/* One group: everything that touches the end of it, which grows by that. */
static void grow(struct merge *m, size_t *end)
{
	for (;;) {
		if (m->i < m->n && written_start(m) <= *end) {
			*end = written_end(m) > *end ? written_end(m) : *end;
			pass_first(m);
		} else if (m->k < m->m && m->second[m->k].start <= *end) {
			*end = m->second[m->k].end > *end ? m->second[m->k].end : *end;
			m->k++;
		} else {
			return;
		}
	}
}

/* [start, end) of the text between, with the edits of the second round that are in it. */
static str edited_slice(struct arena *a, const struct file *between, const struct edit *v, size_t n,
			size_t start, size_t end)
{
	struct buf b = { 0 };
	size_t at = start;
	str out;
	for (size_t i = 0; i < n; i++) {
		buf_add(&b, str_sub(between->text, at, v[i].start));
		buf_add(&b, v[i].text);
		at = v[i].end;
	}
	buf_add(&b, str_sub(between->text, at, end));
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

static void merge_file(struct edits *out, const struct file *base, const struct file *between,
		       struct merge *m)
{
	while (m->i < m->n || m->k < m->m) {
		size_t from = m->k, grown = m->grown, shrunk = m->shrunk;
		bool first = m->i < m->n &&
			     (m->k == m->m || written_start(m) <= m->second[m->k].start);
		size_t start = first ? written_start(m) : m->second[m->k].start, end = start;
		grow(m, &end);
		const struct edit *inside = m->k > from ? m->second + from : NULL;
		edits_add(out, base, start - grown + shrunk, end - m->grown + m->shrunk,
			  edited_slice(out->arena, between, inside, m->k - from, start, end));
	}
}

void edits_compose(struct edits *out, const struct fileset *base, const struct edits *first,
		   const struct fileset *between, const struct edits *second)
{
	size_t i = 0, k = 0;
	while (i < first->n || k < second->n) {
		int c = i == first->n  ? 1 :
			k == second->n ? -1 :
					 str_cmp(first->v[i].file->path, second->v[k].file->path);
		struct merge m = { .first = first->n ? first->v + i : NULL,
				   .second = second->n ? second->v + k : NULL };
		m.n = c <= 0 ? edits_of_file(first->v + i, first->n - i) : 0;
		m.m = c >= 0 ? edits_of_file(second->v + k, second->n - k) : 0;
		str path = m.n ? m.first->file->path : m.second->file->path;
		i += m.n;
		k += m.m;
		merge_file(out, fileset_find(base, path), fileset_find(between, path), &m);
	}
}
