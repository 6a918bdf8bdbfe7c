/* SPDX-License-Identifier: MIT */
#include "kmsfix/file.h"

#include "support.h"

static void every_offset_has_a_line_and_a_column(void **state)
{
	static const struct {
		str text;
		size_t offset, line, column;
	} rows[] = {
		{ { "", 0 }, 0, 1, 1 },
		{ { "", 0 }, 9, 1, 1 },
		{ { "ab\ncd", 5 }, 0, 1, 1 },
		{ { "ab\ncd", 5 }, 2, 1, 3 }, /* a line ending belongs to its line */
		{ { "ab\ncd", 5 }, 3, 2, 1 },
		{ { "ab\ncd", 5 }, 5, 2, 3 },
		{ { "ab\ncd", 5 }, SIZE_MAX, 2, 3 },
		{ { "ab\n", 3 }, 3, 2, 1 },
		{ { "a\r\nb", 4 }, 1, 1, 2 },
		{ { "a\r\nb", 4 }, 2, 1, 3 },
		{ { "a\r\nb", 4 }, 3, 2, 1 },
		{ { "a\rb", 3 }, 1, 1, 2 },
		{ { "a\rb", 3 }, 2, 2, 1 },
		{ { "\r\r\n\n\r", 5 }, 5, 5, 1 },
		{ { "\n\n\n", 3 }, 1, 2, 1 },
		{ { "a\0b", 3 }, 2, 1, 3 },
		{ { "\xc3\xa4x", 3 }, 2, 1, 2 },
		{ { "\xc3\xa4x", 3 }, 1, 1, 1 }, /* inside a code point */
		{ { "\xf0\x9f\x98\x80x", 5 }, 4, 1, 2 },
		{ { "\xf0\x9f\x98\x80x", 5 }, 3, 1, 1 },
		{ { "\xff\xfex", 3 }, 2, 1, 3 }, /* single bytes of anything else */
		{ { "\xc3", 1 }, 1, 1, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct file f = { .text = rows[i].text };
		struct position pos = file_position(&f, rows[i].offset);

		if (pos.line != rows[i].line || pos.column != rows[i].column)
			test_fail("row %zu: %zu:%zu", i, pos.line, pos.column);
	}
}

static void a_line_reaches_from_its_start_to_its_ending(void **state)
{
	static const struct {
		str text;
		size_t offset;
		const char *line;
	} rows[] = {
		{ { "ab\ncd", 5 }, 0, "ab" },   { { "ab\ncd", 5 }, 2, "ab" },
		{ { "ab\ncd", 5 }, 3, "cd" },   { { "ab\ncd", 5 }, 99, "cd" },
		{ { "ab\r\ncd", 6 }, 2, "ab" }, { { "ab\r\ncd", 6 }, 3, "ab" },
		{ { "ab\r\ncd", 6 }, 4, "cd" }, { { "ab\rcd", 5 }, 2, "ab" },
		{ { "ab\rcd", 5 }, 3, "cd" },   { { "ab\n", 3 }, 3, "" },
		{ { "\n\r\n", 3 }, 1, "" },     { { "\n\r\n", 3 }, 2, "" },
		{ { "", 0 }, 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct file f = { .text = rows[i].text };
		size_t start = file_line_start(f.text, rows[i].offset);
		size_t end = file_line_end(f.text, rows[i].offset);

		assert_true(start <= end);
		assert_str_eq(str_sub(f.text, start, end), str_from(rows[i].line));
		assert_str_eq(file_line(&f, rows[i].offset), str_from(rows[i].line));
	}
	assert_int_equal(file_line_start((str){ 0 }, 7), 0);
	assert_int_equal(file_line_end((str){ 0 }, 7), 0);
}

static void paths_split_at_the_last_slash(void **state)
{
	static const char *const rows[][3] = {
		{ "a/b/c.tf", "a/b", "c.tf" },
		{ "c.tf", "", "c.tf" },
		{ "a/", "a", "" },
		{ "/a", "", "a" },
		{ "", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_str_eq(path_dir(str_from(rows[i][0])), str_from(rows[i][1]));
		assert_str_eq(path_base(str_from(rows[i][0])), str_from(rows[i][2]));
	}
	assert_str_eq(path_dir((str){ 0 }), S(""));
	assert_str_eq(path_base((str){ 0 }), S(""));
}

static void joining_never_leaves_the_root(void **state)
{
	static const struct {
		const char *dir, *rel, *want; /* NULL: leads outside */
	} rows[] = {
		{ "", "a.tf", "a.tf" },    { "a", "b.tf", "a/b.tf" },
		{ "a/b", "../c", "a/c" },  { "a/b", "./../c/./d", "a/c/d" },
		{ "a/b", "../..", "" },    { "a/b", "../../x", "x" },
		{ "a", "", "a" },          { "", "", "" },
		{ "a", ".", "a" },         { "a", "b//c/", "a/b/c" },
		{ "a", "...", "a/..." },   { "a", "..b/.c", "a/..b/.c" },
		{ "", "a/../b", "b" },     { "", "..", NULL },
		{ "a", "../..", NULL },    { "a", "../../a/b", NULL },
		{ "", "a/../../b", NULL }, { "a", "/etc/passwd", NULL },
	};
	struct arena *a = arena_create();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		str out = S("untouched");
		bool inside = path_join(a, str_from(rows[i].dir), str_from(rows[i].rel), &out);

		assert_int_equal(inside, rows[i].want != NULL);
		assert_str_eq(out, rows[i].want ? str_from(rows[i].want) : S("untouched"));
	}
	arena_destroy(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_offset_has_a_line_and_a_column),
		cmocka_unit_test(a_line_reaches_from_its_start_to_its_ending),
		cmocka_unit_test(paths_split_at_the_last_slash),
		cmocka_unit_test(joining_never_leaves_the_root),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
