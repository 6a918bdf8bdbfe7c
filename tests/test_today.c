/* SPDX-License-Identifier: MIT */
/* The day that suppressions and baselines are judged by: told, or that of the clock. */
#include "report_fixture.h"

#include <stdlib.h>

#include "../src/app/adoption.h"

static const struct {
	const char *epoch, *day; /* NULL: refused */
} rows[] = {
	{ "0", "1970-01-01" },      { "86399", "1970-01-01" }, { "1709206200", "2024-02-29" },
	{ "soon", NULL },           { "12x", NULL },           { "-1", NULL },
	{ "99999999999999", NULL },
};

static void an_epoch_is_a_day(void **state)
{
	struct arena *a = arena_create();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = { 0 };
		str day = S("");
		bool ok;

		setenv("SOURCE_DATE_EPOCH", rows[i].epoch, 1);
		ok = today(&day, a, &e);
		if (ok != (rows[i].day != NULL) || !str_eq(day, str_from(rows[i].day)))
			fail_msg("'%s' is '%.*s' %s", rows[i].epoch, STR_ARG(day), e.msg);
		if (!ok)
			assert_int_equal(e.code, ERR_USAGE);
	}
	arena_destroy(a);
}

static void without_one_the_clock_says(void **state)
{
	static const char *const epochs[] = { "", NULL };
	struct arena *a = arena_create();

	(void)state;
	for (size_t i = 0; i < COUNT(epochs); i++) {
		struct err e = { 0 };
		str day;

		if (epochs[i])
			setenv("SOURCE_DATE_EPOCH", epochs[i], 1);
		else
			unsetenv("SOURCE_DATE_EPOCH");
		assert_true(today(&day, a, &e));
		assert_int_equal(day.n, 10);
		assert_true(str_cmp(day, S("2020-01-01")) > 0);
	}
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_epoch_is_a_day),
		cmocka_unit_test(without_one_the_clock_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
