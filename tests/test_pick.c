/* SPDX-License-Identifier: MIT */
/*
 * The scanner of logs takes for JSON just what the parser takes for it: a text that has all of JSON
 * is cut off, and each of its bytes is replaced, doubled or left out in turn.
 */
#include "../src/facts/pick.h"

#include <string.h>

#include "kmsfix/file.h"
#include "support.h"

static const char whole[] = "{\"known\": {\"a\": \"b\\n\\u00e9\\ud83d\\ude00\", \"c\\td\": [0, -1, "
			    "12.50e+3, 7E-2, 4e5]},"
			    "\t\"x\":\r\n[true, false, null, {}, [], \"\", "
			    "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"]}\n";

/* What may mean something at another place. */
static const char bytes[] = "{}[]\",:\\/ut09fagz-+.eE \t\n\r\x01\x7f\x80\xc3\xff";

enum { PLACE_TOP = 1, PLACE_KNOWN };

static const struct pick_row rows[] = { { PLACE_TOP, { "known", 5 }, PLACE_KNOWN } };

static bool take(void *ctx, unsigned place, enum pick_what what, str raw, const char **why)
{
	size_t *taken = ctx;
	(void)place;
	(void)what;
	(void)raw;
	(void)why;
	++*taken;
	return true;
}

static bool is_picked(str text, size_t *taken, struct arena *a)
{
	struct pick pick = {
		.rows = rows, .row_count = COUNT(rows), .arena = a, .sink = take, .ctx = taken
	};
	struct syntax_error e = { 0 };
	bool ok = pick_read(&pick, PLACE_TOP, text, &e);
	assert_true(ok || (e.reason && e.offset <= text.n));
	return ok;
}

static void assert_agrees(str text)
{
	struct arena *a = arena_create();
	struct tree *tree;
	struct syntax_error e;
	struct file f = { .path = S("x.json"), .text = text };
	size_t taken = 0;
	if (json_parse(&tree, &f, a, &e) != is_picked(text, &taken, a))
		test_fail("the parser says otherwise: %.*s", STR_ARG(text));
	arena_destroy(a);
}

/* A copy of `text` that ends where its memory ends, in which `more` stands for [at, end). */
static str replaced(struct arena *a, str text, size_t at, size_t end, str more)
{
	return STR_CAT(a, str_sub(text, 0, at), more, str_sub(text, end, text.n));
}

static void all_json_is_taken_as_the_parser_takes_it(void **state)
{
	struct arena *a = arena_create();
	str text = S(whole);
	size_t taken = 0;
	(void)state;
	assert_true(is_picked(text, &taken, a));
	assert_int_equal(taken, 5); /* two objects, and three keys that no row names */
	for (size_t i = 0; i <= text.n; i++) {
		assert_agrees(str_sub(text, 0, i));
		assert_agrees(replaced(a, text, i, i < text.n ? i + 1 : i, S("")));
		for (size_t k = 0; k < sizeof(bytes) - 1; k++) {
			str one = { bytes + k, 1 };
			assert_agrees(replaced(a, text, i, i, one));
			assert_agrees(replaced(a, text, i, i < text.n ? i + 1 : i, one));
		}
	}
	arena_destroy(a);
}

static void nesting_has_a_limit(void **state)
{
	struct arena *a = arena_create();
	char *p = arena_alloc(a, 2 * SYNTAX_MAX_DEPTH + 4);
	(void)state;
	for (size_t n = SYNTAX_MAX_DEPTH - 1; n <= SYNTAX_MAX_DEPTH + 1; n++) {
		memset(p, '[', n);
		memset(p + n, ']', n);
		assert_agrees((str){ p, 2 * n });
	}
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_json_is_taken_as_the_parser_takes_it),
		cmocka_unit_test(nesting_has_a_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
