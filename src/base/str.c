/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* memmem() */
#include "kmsfix/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kmsfix/arena.h"

static unsigned char fold(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 'A' && u <= 'Z' ? (unsigned char)(u + ('a' - 'A')) : u;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

str str_from(const char *z)
{
	return z ? (str){ z, strlen(z) } : S("");
}

bool str_eq_fold(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (fold(a.p[i]) != fold(b.p[i]))
			return false;
	}
	return true;
}

int str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

size_t str_find(str s, str needle, size_t from)
{
	if (from > s.n || needle.n > s.n - from)
		return SIZE_MAX;
	if (!needle.n)
		return from;
	const char *hit = memmem(s.p + from, s.n - from, needle.p, needle.n);
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

bool str_has(str s, str needle)
{
	return str_find(s, needle, 0) != SIZE_MAX;
}

str str_trim(str s)
{
	size_t start = 0, end = s.n;

	while (start < end && is_space(s.p[start]))
		start++;
	while (end > start && is_space(s.p[end - 1]))
		end--;
	return str_sub(s, start, end);
}

uint64_t str_hash(str s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	return h;
}

str str_dup(struct arena *a, str s)
{
	return (str){ str_z(a, s), s.n };
}

const char *str_z(struct arena *a, str s)
{
	char *z = arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(z, s.p, s.n);
	return z;
}

str str_join(struct arena *a, const str *parts, size_t count)
{
	size_t n = 0;
	char *z, *to;

	for (size_t i = 0; i < count; i++)
		n += parts[i].n;
	z = to = arena_alloc(a, n + 1);
	for (size_t i = 0; i < count; i++) {
		if (parts[i].n)
			memcpy(to, parts[i].p, parts[i].n);
		to += parts[i].n;
	}
	return (str){ z, n };
}

str str_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *z;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(n >= 0); /* fails only for wide characters and 2 GiB, neither of which we print */
	z = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(z, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (str){ z, (size_t)n };
}
