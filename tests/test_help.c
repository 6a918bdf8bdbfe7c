/* SPDX-License-Identifier: MIT */
/* What tells of the options: --help and the manual page. */
#include "kmsfix/options.h"

#include <stdio.h>

#include "support.h"

/* Every line of the help, in order, with what stands before its text. */
static void the_help_is_one_screen_and_has_every_option(void **state)
{
	struct buf help = { 0 };
	size_t lines = 0, at = 0;

	(void)state;
	options_help(&help);
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		char name[64];

		snprintf(name, sizeof(name), "--%s", row->name);
		assert_true(str_has(buf_str(&help), str_from(name)));
		assert_true(str_has(buf_str(&help), str_from(row->help)));
		assert_true((row->kind == OPTION_FLAG) == (row->value == NULL));
		if (row->kind == OPTION_CHOICE || row->kind == OPTION_FORMAT)
			assert_non_null(row->choices);
	}
	while (at < help.n) {
		size_t end = str_find(buf_str(&help), S("\n"), at);

		assert_true(end != SIZE_MAX && end - at <= 80);
		at = end + 1;
		lines++;
	}
	assert_true(lines <= 47);
	buf_free(&help);
}

/* The options of the manual page: its lines ".It Fl q , \-quiet" and ".It Fl \-base Ar REV". */
static void the_manual_page_has_the_same_options(void **state)
{
	str page = test_read(*state, "src/app/kmsfix.1");
	size_t at = 0;

	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		str line, want;

		at = str_find(page, S("\n.It Fl "), at);
		assert_true(at != SIZE_MAX);
		at++;
		line = str_sub(page, at, str_find(page, S("\n"), at));
		want = row->letter ? str_fmt(*state, ".It Fl %c , \\-%s", row->letter, row->name) :
				     str_fmt(*state, ".It Fl \\-%s", row->name);
		if (row->value)
			want = str_fmt(*state, "%.*s Ar %s", STR_ARG(want), row->value);
		assert_str_eq(line, want);
	}
	assert_true(str_find(page, S("\n.It Fl "), at) == SIZE_MAX);
}

static int setup(void **state)
{
	*state = arena_create();
	return 0;
}

static int teardown(void **state)
{
	arena_destroy(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_help_is_one_screen_and_has_every_option),
		cmocka_unit_test(the_manual_page_has_the_same_options),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
