/* SPDX-License-Identifier: MIT */
/*
 * str - a slice of bytes: a pointer and a length, never NUL-terminated by promise.
 *
 * Slices are passed by value and borrow their bytes; whoever made the bytes (a file, an arena, a
 * literal) outlives the slice. File content may hold NUL and any other byte, so nothing here calls
 * strlen on it. "Case-folded" always means ASCII only: IAM compares action names that way [1.1].
 */
#ifndef KMSFIX_STR_H
#define KMSFIX_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

typedef struct str {
	const char *p;
	size_t n;
} str;

/* A slice of a string literal. */
#define S(lit) ((str){ (lit), sizeof(lit) - 1 })
/* The two printf arguments for "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p

/* The slice of a NUL-terminated string; NULL gives the empty slice. */
str str_from(const char *z);
/* These few are called a hundred million times in a large repository, and so stand in line. */
static inline bool str_eq(str a, str b)
{
	/* memcmp must not see NULL, not even for no bytes. */
	return a.n == b.n && (!a.n || !memcmp(a.p, b.p, a.n));
}

/* The slice [start, end), clamped to s. */
static inline str str_sub(str s, size_t start, size_t end)
{
	if (end > s.n)
		end = s.n;
	if (start > end)
		start = end;
	/* NULL + 0 is undefined in C. */
	return (str){ start ? s.p + start : s.p, end - start };
}

static inline bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

static inline bool str_ends(str s, str suffix)
{
	return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, s.n), suffix);
}

/* Equal when ASCII letters are compared without case. */
bool str_eq_fold(str a, str b);
/* <0, 0, >0 by unsigned bytes, a shorter prefix first. */
int str_cmp(str a, str b);
/* Offset of the first `needle` at or after `from`, or SIZE_MAX. An empty one is found at `from`. */
size_t str_find(str s, str needle, size_t from);
bool str_has(str s, str needle);
/* s without blanks, tabs, CR and LF at both ends. */
str str_trim(str s);
/* FNV-1a, 64 bit: stable across machines and runs, so it may end up in ids. */
uint64_t str_hash(str s);
/* A copy in the arena, followed by a NUL that is not counted (for C APIs). */
str str_dup(struct arena *a, str s);
/* The same copy as a C string. The caller makes sure that s holds no NUL. */
const char *str_z(struct arena *a, str s);
/* The parts one after another, in the arena and followed by a NUL as in str_dup(). */
str str_join(struct arena *a, const str *parts, size_t count);
#define STR_CAT(a, ...)                             \
	str_join((a), (const str[]){ __VA_ARGS__ }, \
		 sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
/* printf into the arena; STR_CAT() takes a tenth of the time where there is nothing but texts. */
str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
