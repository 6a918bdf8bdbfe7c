/* SPDX-License-Identifier: MIT */
/*
 * All golden cases as one repository: stacks, services and root modules that have nothing to do
 * with each other, but often the same names, change nothing of each other.
 */
#include <stdio.h>

#include "program.h"

static const struct {
	const char *args[4];
} rows[] = {
	{ { NULL } },
	{ { "--phased" } },
	{ { "--strict" } },
	{ { "--accept", "CYCLE" } },
};

static void each_is_what_it_is_alone(void **state)
{
	struct arena *a = arena_create();
	const char *repo = program_repo(a, "testdata/golden");

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *args[COUNT(rows[i].args) + 2] = { repo };
		size_t n = 1;

		for (size_t k = 0; k < COUNT(rows[i].args) && rows[i].args[k]; k++)
			args[n++] = rows[i].args[k];
		struct outcome o = program_run(a, args);
		if (o.status != 2)
			fail_msg("%s: status %d: %.*s", n > 1 ? args[1] : "alone", o.status,
				 STR_ARG(str_sub(o.err, o.err.n > 500 ? o.err.n - 500 : 0,
						 o.err.n)));
	}
	test_rmdir(a, repo);
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_what_it_is_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
