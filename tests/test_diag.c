/* SPDX-License-Identifier: MIT */
#include "kmsfix/diag.h"

#include "support.h"

static void unsafe_bytes_are_spelled_out(void **state)
{
	static const struct {
		str in;
		const char *want;
	} rows[] = {
		{ { "plain 'text'", 12 }, "plain 'text'" },
		{ { "\xc3\xa4\xe2\x82\xac", 5 }, "\xc3\xa4\xe2\x82\xac" },
		{ { "a\nb\tc\r\0d", 8 }, "a\\x0ab\\x09c\\x0d\\x00d" },
		{ { "\x1b[31m\x7f", 6 }, "\\x1b[31m\\x7f" },
		{ { "\xff\xc3(", 3 }, "\\xff\\xc3(" },
		{ { "\xc2\x9b"
		    "0m",
		    4 },
		  "\\u{9b}0m" },
		{ { "\xe2\x80\xae"
		    "x",
		    4 },
		  "\\u{202e}x" },
		{ { "\xe2\x81\xa6", 3 }, "\\u{2066}" },
		{ { "\xef\xbb\xbf", 3 }, "\\u{feff}" },
		{ { "", 0 }, "" },
		{ { NULL, 0 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf b = { 0 };

		buf_add_safe(&b, rows[i].in);
		assert_str_eq(buf_str(&b), str_from(rows[i].want));
		buf_free(&b);
	}
}

static void check_render(const struct file *f, size_t offset, const char *want)
{
	struct diag d = { SEVERITY_WARNING, f, offset, S("odd 'x'"), false };
	struct diags all = { &d, 1, 1, NULL };
	struct buf b = { 0 };

	diags_render(&all, SEVERITY_NOTE, &b);
	assert_str_eq(buf_str(&b), str_from(want));
	buf_free(&b);
}

static void a_caret_points_at_the_offset(void **state)
{
	struct file f = { .path = S("a\033.tf"),
			  .text = S("one\r\n\t\xc3\xa4 = x\n\001\xff\xc3\xa4y") };

	(void)state;
	check_render(NULL, 0, "warning: odd 'x'\n");
	check_render(&f, 0, "a\\x1b.tf:1:1: warning: odd 'x'\none\n^\n");
	check_render(&f, 4, "a\\x1b.tf:1:5: warning: odd 'x'\none\n   ^\n");
	check_render(&f, 11, "a\\x1b.tf:2:6: warning: odd 'x'\n\t\xc3\xa4 = x\n\t    ^\n");
	check_render(&f, 17,
		     "a\\x1b.tf:3:4: warning: odd 'x'\n"
		     "\\x01\\xff\xc3\xa4y\n         ^\n");
	/* Inside a code point: at its start. Behind the end: at the end. */
	check_render(&f, 16,
		     "a\\x1b.tf:3:3: warning: odd 'x'\n"
		     "\\x01\\xff\xc3\xa4y\n        ^\n");
	check_render(&f, 999,
		     "a\\x1b.tf:3:5: warning: odd 'x'\n"
		     "\\x01\\xff\xc3\xa4y\n          ^\n");
}

static void a_huge_line_is_cut_around_the_caret(void **state)
{
	struct buf text = { 0 }, out = { 0 };
	struct file f = { .path = S("min.json") };
	struct diag d = { SEVERITY_ERROR, &f, 500001, S("bad"), false };
	struct diags all = { &d, 1, 1, NULL };

	(void)state;
	for (int i = 0; i < 500000; i++)
		buf_add(&text, S("\xc3\xa4"));
	f.text = buf_str(&text);
	diags_render(&all, SEVERITY_ERROR, &out);
	assert_true(out.n < 500);
	assert_true(str_starts(buf_str(&out), S("min.json:1:250001: error: bad\n\xc3\xa4")));
	assert_true(str_ends(buf_str(&out), S("\xc3\xa4\n"
					      "          "
					      "          "
					      "          "
					      "          "
					      "          ^\n")));
	buf_free(&text);
	buf_free(&out);
}

static void sorting_is_by_place_and_drops_doubles(void **state)
{
	static const char *const want[] = { "whole", "first", "first", "second", "third", "other" };
	struct file a = { .path = S("a.tf") }, b = { .path = S("b.tf") };
	struct diags d = { .arena = arena_create() };

	(void)state;
	diag_add(&d, SEVERITY_NOTE, &b, 0, "other");
	diag_add(&d, SEVERITY_NOTE, &a, 7, "%s", "third");
	diag_add(&d, SEVERITY_NOTE, &a, 3, "second");
	diag_add(&d, SEVERITY_NOTE, &a, 3, "first");
	diag_add(&d, SEVERITY_ERROR, &a, 3, "first");
	diag_add(&d, SEVERITY_NOTE, &a, 3, "first");
	diag_add(&d, SEVERITY_NOTE, NULL, 0, "whole");
	diags_sort(&d);
	assert_int_equal(d.n, COUNT(want));
	for (size_t i = 0; i < d.n; i++)
		assert_str_eq(d.v[i].text, str_from(want[i]));
	assert_int_equal(d.v[1].severity, SEVERITY_ERROR);
	arena_destroy(d.arena);
}

static void no_diagnostics_sort_too(void **state)
{
	struct diags d = { 0 };

	(void)state;
	diags_sort(&d);
	assert_int_equal(d.n, 0);
	assert_string_equal(severity_name(SEVERITY_ERROR), "error");
	assert_string_equal(severity_name(SEVERITY_WARNING), "warning");
	assert_string_equal(severity_name(SEVERITY_NOTE), "note");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(unsafe_bytes_are_spelled_out),
		cmocka_unit_test(a_caret_points_at_the_offset),
		cmocka_unit_test(a_huge_line_is_cut_around_the_caret),
		cmocka_unit_test(sorting_is_by_place_and_drops_doubles),
		cmocka_unit_test(no_diagnostics_sort_too),
	};

	return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
