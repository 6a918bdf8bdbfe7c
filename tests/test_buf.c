/* SPDX-License-Identifier: MIT */
#include "kmsfix/buf.h"

#include <string.h>

#include "kmsfix/err.h"
#include "support.h"

static void an_empty_buf_is_an_empty_slice(void **state)
{
	struct buf b = { 0 };

	(void)state;
	assert_str_eq(buf_str(&b), S(""));
	buf_add(&b, (str){ 0 });
	buf_fill(&b, 'x', 0);
	buf_printf(&b, "%s", "");
	assert_str_eq(buf_str(&b), S(""));
	buf_free(&b);
	buf_free(&b);
	assert_str_eq(buf_str(&b), S(""));
}

static void appends_come_one_after_another(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_add(&b, S("a\0b"));
	buf_addc(&b, '\xff');
	buf_fill(&b, ' ', 3);
	buf_printf(&b, "%d-%.*s", 42, STR_ARG(S("xyz")));
	assert_str_eq(buf_str(&b), S("a\0b\xff   42-xyz"));
	buf_free(&b);
}

static void growth_keeps_what_is_there(void **state)
{
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 10000; i++) {
		buf_addc(&b, (char)('a' + i % 26));
		if (i % 1000 == 0)
			buf_printf(&b, "%*s", 300, "");
	}
	assert_int_equal(b.n, 10000 + 10 * 300);
	assert_true(b.cap >= b.n);
	assert_int_equal(b.p[0], 'a');
	assert_int_equal(b.p[b.n - 1], 'a' + 9999 % 26);
	buf_free(&b);
}

static void a_shell_takes_a_quoted_text_as_it_is(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_add_quoted(&b, S(""));
	buf_add_quoted(&b, S("a'$(b)`\n'"));
	assert_str_eq(buf_str(&b), S("''"
				     "'a'\\''$(b)`\n'\\'''"));
	buf_free(&b);
}

static void an_error_has_a_code_and_one_cut_message(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_false(err_set(&e, ERR_IO, "cannot read '%s'", "a.tf"));
	assert_int_equal(e.code, ERR_IO);
	assert_string_equal(e.msg, "cannot read 'a.tf'");
	assert_false(err_set(&e, ERR_GIT, "%5000d", 1));
	assert_int_equal(strlen(e.msg), sizeof(e.msg) - 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buf_is_an_empty_slice),
		cmocka_unit_test(appends_come_one_after_another),
		cmocka_unit_test(growth_keeps_what_is_there),
		cmocka_unit_test(a_shell_takes_a_quoted_text_as_it_is),
		cmocka_unit_test(an_error_has_a_code_and_one_cut_message),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
