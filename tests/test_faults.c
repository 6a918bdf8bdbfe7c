/* SPDX-License-Identifier: MIT */
/*
 * A few of the faults, races and hostile repositories that `make soak` goes through one by one
 * (tests/fault, tests/hostile); KMSFIX_FAULTS=7 is every seventh. Not under valgrind and the
 * sanitizers, which a library put before theirs disturbs.
 */
#include <stdlib.h>

#include "program.h"

#define PYTHON "/usr/bin/python3"

#ifndef __has_feature
#define __has_feature(x) 0
#endif

static bool is_plain(void)
{
	const char *run = getenv("RUN");
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
	return false;
#endif
	return !run || !*run;
}

static void must_pass(const char *script, const char *option, const char *value)
{
	struct arena *a = arena_create();
	const char *build = getenv("BUILD");
	const char *program = str_fmt(a, "%s/kmsfix", build ? build : "build").p;
	const char *inject = str_fmt(a, "%s/tests/fault/inject.so", build ? build : "build").p;
	bool matrix = str_ends(str_from(script), S("matrix.py"));
	const char *argv[] = { PYTHON, "-B", script, program, option, value, NULL, NULL };
	struct outcome o;

	if (matrix)
		argv[6] = inject;
	if (!is_plain()) {
		arena_destroy(a);
		skip();
	}
	if (!test_exists(PYTHON)) {
		arena_destroy(a);
		program_lacks("python3");
		return;
	}
	o = test_run(a, argv);
	if (o.status)
		test_fail("%.*s%.*s", STR_ARG(o.out), STR_ARG(o.err));
	arena_destroy(a);
}

static void a_run_cut_short_leaves_all_or_nothing(void **state)
{
	const char *wanted = getenv("KMSFIX_FAULTS");

	(void)state;
	must_pass("tests/fault/matrix.py", "--every", wanted ? wanted : "251");
}

static void of_several_runs_one_wins(void **state)
{
	(void)state;
	must_pass("tests/fault/race.py", "--rounds", "1");
}

static void what_was_made_to_hurt_is_bounded(void **state)
{
	(void)state;
	must_pass("tests/hostile/hostile.py", "--fast", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_cut_short_leaves_all_or_nothing),
		cmocka_unit_test(of_several_runs_one_wins),
		cmocka_unit_test(what_was_made_to_hurt_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
