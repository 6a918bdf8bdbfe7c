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

/* And each is in the synopsis. */
static void the_synopsis_names_every_option(void **state)
{
	str page = test_read(*state, "src/app/kmsfix.1");
	str synopsis = str_sub(page, str_find(page, S("\n.Sh SYNOPSIS\n"), 0),
			       str_find(page, S("\n.Sh DESCRIPTION\n"), 0));

	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];

		if (!str_has(synopsis, str_fmt(*state, "Fl \\-%s", row->name)) &&
		    !(row->letter && str_has(synopsis, str_fmt(*state, "Fl %c", row->letter))))
			test_fail("--%s", row->name);
	}
}

/* Each kind of file that the manual page lists starts the hooks. */
static void the_hooks_look_at_every_kind_of_file(void **state)
{
	str page = test_read(*state, "src/app/kmsfix.1"), rest;
	str hooks = test_read(*state, ".pre-commit-hooks.yaml");
	size_t at = str_find(page, S("\n.Sh FILES\n"), 0), kinds = 0;

	rest = str_sub(page, at, str_find(page, S("\n.Sh EXIT"), 0));
	for (at = 0; (at = str_find(rest, S("*."), at)) != SIZE_MAX; kinds++) {
		str word = str_sub(rest, at + 2, rest.n), want;

		at += 2;
		word = str_sub(word, 0, str_find(word, S("\n"), 0));
		if (str_has(word, S(" ")))
			word = str_sub(word, 0, str_find(word, S(" "), 0));
		if (str_eq(word, S("yaml")) || str_eq(word, S("yml")))
			word = S("ya?ml");
		if (str_eq(word, S("tf.json")))
			word = S("json");
		want = str_fmt(*state, "|%.*s", STR_ARG(word));
		if (!str_has(hooks, want) &&
		    !str_has(hooks, str_fmt(*state, "(%.*s|", STR_ARG(word))))
			test_fail("%.*s", STR_ARG(word));
	}
	assert_true(kinds > 12);
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
		cmocka_unit_test(the_synopsis_names_every_option),
		cmocka_unit_test(the_hooks_look_at_every_kind_of_file),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
