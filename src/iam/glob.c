/* SPDX-License-Identifier: MIT */
/*
 * One greedy match with a single point of return serves all three questions: when a letter does
 * not fit, the last run takes one letter more. An earlier run never needs to, because the last one
 * can. A letter is a byte or a whole reference; the questions differ in which letters fit each
 * other and in which letters of the pattern are runs.
 */
#include "kmsfix/glob.h"

#include "kmsfix/text.h"

struct question {
	enum glob_case fold;
	bool ref_is_run; /* a reference of the pattern stands for any text */
	bool inner_glob; /* '*' and '?' of the text are letters that only wildcards cover */
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static str letter(str s, size_t at)
{
	return str_sub(s, at, s.p[at] == REF_OPEN ? text_ref_end(s, at) : at + 1);
}

static bool is_run(const struct question *q, str l)
{
	return l.p[0] == '*' || (q->ref_is_run && l.p[0] == REF_OPEN);
}

/* A letter of the text under a letter of the pattern that is no run. */
static bool fits(const struct question *q, str outer, str inner)
{
	char o = outer.p[0], i = inner.p[0];

	if (o == REF_OPEN || i == REF_OPEN)
		return str_eq(outer, inner);
	if (q->inner_glob && i == '*')
		return false;
	return o == '?' || o == i || (q->fold == GLOB_FOLD && lower(o) == lower(i));
}

/* Every letter that is no run needs a byte: a pattern with more of them matches nothing. */
static bool too_long(const struct question *q, str pattern, size_t n)
{
	size_t need = 0;

	for (size_t p = 0; p < pattern.n && need <= n; p += letter(pattern, p).n)
		need += !is_run(q, letter(pattern, p));
	return need > n;
}

/* Nearly all pairs that are asked of differ in their first letter. */
static bool begins_otherwise(const struct question *q, str pattern, str text)
{
	return pattern.n && text.n && !is_run(q, letter(pattern, 0)) &&
	       !fits(q, letter(pattern, 0), letter(text, 0));
}

static bool match(const struct question *q, str pattern, str text)
{
	size_t p = 0, t = 0, after_run = 0, taken = 0;

	if (begins_otherwise(q, pattern, text) || too_long(q, pattern, text.n))
		return false;
	while (t < text.n) {
		str in = letter(text, t);
		str out = p < pattern.n ? letter(pattern, p) : S("");

		if (out.n && is_run(q, out)) {
			after_run = p += out.n;
			taken = t;
		} else if (out.n && fits(q, out, in)) {
			p += out.n;
			t += in.n;
		} else if (after_run) {
			p = after_run;
			t = taken += letter(text, taken).n;
		} else {
			return false;
		}
	}
	while (p < pattern.n && is_run(q, letter(pattern, p)))
		p += letter(pattern, p).n;
	return p == pattern.n;
}

bool glob_match(str pattern, str text, enum glob_case fold)
{
	return match(&(struct question){ .fold = fold }, pattern, text);
}

bool glob_contains(str outer, str inner, enum glob_case fold)
{
	return match(&(struct question){ .fold = fold, .inner_glob = true }, outer, inner);
}

/* The letters before the first run of either side must fit each other. */
static bool heads_fit(const struct question *q, str pattern, str text)
{
	for (size_t i = 0; i < pattern.n && i < text.n; i++) {
		if (is_run(q, letter(pattern, i)) || is_run(q, letter(text, i)))
			return true;
		if (!fits(q, letter(pattern, i), letter(text, i)))
			return false;
	}
	return true;
}

/* How many bytes from the end stand after the last run. */
static size_t tail_length(str s)
{
	size_t n = 0;

	while (n < s.n && s.p[s.n - n - 1] != '*' && s.p[s.n - n - 1] != REF_CLOSE)
		n++;
	return n;
}

static bool tails_fit(const struct question *q, str pattern, str text)
{
	size_t n = tail_length(pattern), m = tail_length(text);

	n = n < m ? n : m;
	for (size_t i = 1; i <= n; i++) {
		if (!fits(q, str_sub(pattern, pattern.n - i, pattern.n - i + 1),
			  str_sub(text, text.n - i, text.n - i + 1)))
			return false;
	}
	return true;
}

bool glob_may_match(str pattern, str text, enum glob_case fold)
{
	struct question q = { .fold = fold, .ref_is_run = true };

	if (text_is_literal(text))
		return match(&q, pattern, text);
	return heads_fit(&q, pattern, text) && tails_fit(&q, pattern, text);
}

bool glob_is_pattern(str text)
{
	return text_find(text, '*', 0) != SIZE_MAX || text_find(text, '?', 0) != SIZE_MAX;
}
