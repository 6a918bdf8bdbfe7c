/* SPDX-License-Identifier: MIT */
#include "kmsfix/glob.h"

#include "support.h"

#define X "\001x\002"
#define Y "\001y\002"

struct row {
	const char *pattern, *text;
	bool match, fold, may;
};

static const struct row rows[] = {
	{ "", "", true, true, true },
	{ "", "a", false, false, false },
	{ "a", "", false, false, false },
	{ "*", "", true, true, true },
	{ "**", "abc", true, true, true },
	{ "?", "", false, false, false },
	{ "?", "a", true, true, true },
	{ "A", "a", false, true, false },
	{ "a*c", "abcbc", true, true, true },
	{ "a*c", "abcb", false, false, false },
	{ "*ab", "aab", true, true, true },
	{ "*a?c*", "xxabcxx", true, true, true },
	{ "a*b*c", "abbcb", false, false, false },
	{ "[a]", "a", false, false, false },
	{ "\\*", "*", false, false, false },
	/* references equal only themselves; '*' covers them, '?' does not */
	{ X, X, true, true, true },
	{ X, Y, false, false, true },
	{ "*", X, true, true, true },
	{ "?", X, false, false, true },
	{ "???", X, false, false, true },
	{ "a*" X, "abc" X, true, true, true },
	{ X, "abc", false, false, true },
	{ "a" X, "abc", false, false, true },
	{ "b" X, "abc", false, false, false },
	{ X "b", "abc", false, false, false },
	{ X "b" X, "abc", false, false, true },
	{ "abc", "a" X, false, false, true },
	{ "abc", "b" X, false, false, false },
	{ "abc", X "b", false, false, false },
	{ "*c", "a" X "b", false, false, false },
	{ "\001a*\002", "\001ab\002", false, false, true },
	{ "\001a", "\001a", true, true, true },
};

static void the_table_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		str p = str_from(rows[i].pattern), t = str_from(rows[i].text);

		if (glob_match(p, t, GLOB_EXACT) != rows[i].match ||
		    glob_match(p, t, GLOB_FOLD) != rows[i].fold ||
		    glob_may_match(p, t, GLOB_EXACT) != rows[i].may)
			fail_msg("row %zu: '%s' '%s'", i, rows[i].pattern, rows[i].text);
	}
}

/* The i-th text over `letters`, shortest first. */
static str nth(char space[8], const char *letters, size_t i)
{
	size_t base = str_from(letters).n, n = 0;

	for (; i; i = (i - 1) / base)
		space[n++] = letters[(i - 1) % base];
	return (str){ space, n };
}

/* The definition, which may take exponential time. */
static bool slow_match(str p, str t)
{
	if (!p.n)
		return !t.n;
	if (p.p[0] == '*')
		return slow_match(str_sub(p, 1, p.n), t) ||
		       (t.n && slow_match(p, str_sub(t, 1, t.n)));
	return t.n && (p.p[0] == '?' || p.p[0] == t.p[0]) &&
	       slow_match(str_sub(p, 1, p.n), str_sub(t, 1, t.n));
}

static void every_short_pattern_matches_as_defined(void **state)
{
	char ps[8], ts[8];

	(void)state;
	for (size_t i = 0; i < 1365; i++) { /* up to 5 of 4 letters */
		str p = nth(ps, "ab*?", i);

		for (size_t k = 0; k < 127; k++) { /* up to 6 of 2 letters */
			str t = nth(ts, "ab", k);

			if (glob_match(p, t, GLOB_EXACT) != slow_match(p, t))
				fail_msg("'%.*s' '%.*s'", STR_ARG(p), STR_ARG(t));
		}
	}
}

/* The letter c stands in no pattern, so it tells '?' and '*' from every literal. */
static bool slow_contains(str outer, str inner)
{
	char space[8];

	for (size_t i = 0; i < 364; i++) { /* up to 5 of 3 letters */
		str t = nth(space, "abc", i);

		if (slow_match(inner, t) && !slow_match(outer, t))
			return false;
	}
	return true;
}

static bool is_exact_case(str outer, str inner)
{
	size_t star = str_find(outer, S("*"), 0), inner_star = str_find(inner, S("*"), 0);

	return !str_has(inner, S("?")) && (inner_star == SIZE_MAX || inner_star == inner.n - 1) &&
	       (star == SIZE_MAX || str_find(outer, S("?"), star) == SIZE_MAX);
}

static void containment_is_never_claimed_wrongly(void **state)
{
	char os[8], is[8];
	size_t proven = 0;

	(void)state;
	for (size_t i = 0; i < 341; i++) { /* up to 4 of 4 letters */
		str outer = nth(os, "ab*?", i);

		for (size_t k = 0; k < 341; k++) {
			str inner = nth(is, "ab*?", k);
			bool claim = glob_contains(outer, inner, GLOB_EXACT);

			proven += claim;
			if (claim == slow_contains(outer, inner))
				continue;
			if (claim || is_exact_case(outer, inner))
				fail_msg("'%.*s' '%.*s'", STR_ARG(outer), STR_ARG(inner));
		}
	}
	assert_true(proven > 3000);
}

static void containment_knows_case_and_references(void **state)
{
	(void)state;
	assert_true(glob_contains(S("D*"), S("describe*"), GLOB_FOLD));
	assert_false(glob_contains(S("D*"), S("describe*"), GLOB_EXACT));
	assert_true(glob_contains(S("a*"), S("a" X), GLOB_EXACT));
	assert_true(glob_contains(S("a" X), S("a" X), GLOB_EXACT));
	assert_false(glob_contains(S("a?"), S("a" X), GLOB_EXACT));
	assert_false(glob_contains(S("a" X), S("ab"), GLOB_EXACT));
	assert_true(glob_match(S("AZ"), S("az"), GLOB_FOLD));
}

static void what_is_before_the_last_run_does_not_matter(void **state)
{
	(void)state;
	assert_true(glob_may_match(S("a*z"), S("a" X "yz"), GLOB_EXACT));
	assert_true(glob_may_match(S("a" X "z"), S("a" X "yz"), GLOB_EXACT));
	assert_false(glob_may_match(S("a*yz"), S("a" X "zz"), GLOB_EXACT));
	assert_true(glob_may_match(S("a"), S("a" X), GLOB_EXACT)); /* which may be empty */
}

static void hostile_patterns_take_no_long_time(void **state)
{
	static char stars[100000], text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(stars); i++)
		stars[i] = i % 2 ? 'a' : '*';
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = 'a';
	str t = { text, sizeof(text) };
	for (size_t n = 300; n <= 500; n++)
		assert_int_equal(glob_match((str){ stars, n }, t, GLOB_FOLD), n <= 401);
	assert_false(glob_match((str){ stars, sizeof(stars) }, t, GLOB_FOLD));
	stars[301] = 'b';
	assert_false(glob_match((str){ stars, 302 }, t, GLOB_FOLD));
}

static void wildcards_in_references_are_none(void **state)
{
	(void)state;
	assert_true(glob_is_pattern(S("a*")));
	assert_true(glob_is_pattern(S("?")));
	assert_false(glob_is_pattern(S("a")));
	assert_false(glob_is_pattern((str){ 0 }));
	assert_false(glob_is_pattern(S("\001a[*]\002")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_holds),
		cmocka_unit_test(every_short_pattern_matches_as_defined),
		cmocka_unit_test(containment_is_never_claimed_wrongly),
		cmocka_unit_test(containment_knows_case_and_references),
		cmocka_unit_test(what_is_before_the_last_run_does_not_matter),
		cmocka_unit_test(hostile_patterns_take_no_long_time),
		cmocka_unit_test(wildcards_in_references_are_none),
	};

	return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
