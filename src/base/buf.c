/* SPDX-License-Identifier: MIT */
#include "kmsfix/buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kmsfix/memory.h"

/* Room for `more` bytes; returns where they go. */
static char *buf_reserve(struct buf *b, size_t more)
{
	/* A size that wraps is one that no allocator has: let it say so. */
	size_t need = more > SIZE_MAX - b->n ? SIZE_MAX : b->n + more;

	if (!b->p || need > b->cap) {
		size_t cap = b->cap > SIZE_MAX / 2 ? SIZE_MAX : b->cap * 2;

		if (cap < need)
			cap = need < 64 ? 64 : need;
		b->p = memory_resize(b->p, cap);
		b->cap = cap;
	}
	return b->p + b->n;
}

void buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

void buf_add(struct buf *b, str s)
{
	char *to = buf_reserve(b, s.n);

	if (s.n)
		memcpy(to, s.p, s.n);
	b->n += s.n;
}

void buf_addc(struct buf *b, char c)
{
	*buf_reserve(b, 1) = c;
	b->n++;
}

void buf_fill(struct buf *b, char c, size_t count)
{
	memset(buf_reserve(b, count), c, count);
	b->n += count;
}

void buf_add_quoted(struct buf *b, str s)
{
	buf_addc(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'')
			buf_add(b, S("'\\''"));
		else
			buf_addc(b, s.p[i]);
	}
	buf_addc(b, '\'');
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	assert(n >= 0);
	/* vsnprintf writes a NUL too; it is not counted. */
	vsnprintf(buf_reserve(b, (size_t)n + 1), (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

str buf_str(const struct buf *b)
{
	return b->p ? (str){ b->p, b->n } : S("");
}
