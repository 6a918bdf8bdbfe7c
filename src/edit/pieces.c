/* SPDX-License-Identifier: MIT */
#include "pieces.h"

#include "apply.h"
#include "kmsfix/vec.h"

void pieces_make(struct pieces *p, const struct file *f, const struct edit *v, size_t n,
		 struct arena *a)
{
	size_t at = 0, out = 0;

	for (size_t i = 0; i <= n; i++) {
		size_t end = i < n ? v[i].start : f->text.n;
		struct piece piece = { out, out + (end - at), at, NULL };

		VEC_PUSH(a, p, piece);
		out = piece.end;
		if (i == n)
			break;
		piece = (struct piece){ out, out + v[i].text.n, 0, &v[i] };
		VEC_PUSH(a, p, piece);
		out = piece.end;
		at = v[i].end;
	}
}

/* The last piece that starts at or before `off`. */
static size_t piece_at(const struct pieces *p, size_t off)
{
	size_t low = 0, high = p->n;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (p->v[mid].start <= off)
			low = mid;
		else
			high = mid;
	}
	return low;
}

bool pieces_base(const struct pieces *p, size_t off, size_t *base)
{
	const struct piece *piece = &p->v[piece_at(p, off)];

	*base = piece->base + (off - piece->start);
	return !piece->edit;
}

bool pieces_edited(const struct pieces *p, size_t start, size_t end)
{
	size_t i = piece_at(p, start);

	while (i > 0 && p->v[i - 1].end >= start)
		i--;
	for (; i < p->n && p->v[i].start <= end; i++) {
		if (p->v[i].edit)
			return true;
	}
	return false;
}

/*
 * The part of a fix that lies in piece `i`; false when none does. An insertion between two pieces
 * belongs to the one that is an edit.
 */
static bool share(const struct pieces *p, size_t i, const struct fix *fix, size_t *start,
		  size_t *end)
{
	const struct piece *piece = &p->v[i];

	*start = fix->start > piece->start ? fix->start : piece->start;
	*end = fix->end < piece->end ? fix->end : piece->end;
	if (fix->start < fix->end)
		return *start < *end;
	if (fix->start < piece->start || fix->start > piece->end)
		return false;
	if (piece->edit)
		return true;
	return (i == 0 || fix->start > piece->start) && (i + 1 == p->n || fix->start < piece->end);
}

/* The fixes from *next on that lie in piece `i`; the first part of a fix gets its text. */
static void collect(const struct pieces *p, size_t i, const struct fixes *fixes, size_t *next,
		    bool *begun, struct edits *out)
{
	size_t start, end;

	while (*next < fixes->n && share(p, i, &fixes->v[*next], &start, &end)) {
		const struct fix *fix = &fixes->v[*next];

		edits_add(out, NULL, start - p->v[i].start, end - p->v[i].start,
			  *begun ? S("") : fix->text);
		*begun = fix->end > end;
		if (*begun)
			return;
		++*next;
	}
}

void pieces_fix(const struct pieces *p, const struct file *f, const struct fixes *fixes,
		struct edits *out)
{
	size_t next = 0;
	bool begun = false;

	for (size_t i = 0; i < p->n; i++) {
		const struct piece *piece = &p->v[i];
		struct edits part = { .arena = out->arena };

		collect(p, i, fixes, &next, &begun, &part);
		if (piece->edit) {
			struct file text = { .text = piece->edit->text };

			edits_add(out, f, piece->edit->start, piece->edit->end,
				  edits_result(&text, part.v, part.n, out->arena));
			continue;
		}
		for (size_t k = 0; k < part.n; k++)
			edits_add(out, f, piece->base + part.v[k].start,
				  piece->base + part.v[k].end, part.v[k].text);
	}
}
