/* SPDX-License-Identifier: MIT */
/*
 * A few of the random accounts that `make soak` judges by the hundred thousand (tests/judge), and
 * the judge's own table of cases. The seeds are always the same; KMSFIX_MODELS is how many. And
 * random code in which something is chosen, and random expressions, where there is a Terraform to
 * say what they are worth.
 */
#include <stdlib.h>

#include "program.h"

#define PYTHON "/usr/bin/python3"

static bool has_python(struct arena *a)
{
	return test_run(a, (const char *[]){ PYTHON, "-c", "import yaml", NULL }).status == 0;
}

/* What a script says that lacks something which no Debian package has. */
#define LACKS 77

static void run_judge(const char *script, const char *const *args)
{
	struct arena *a = arena_create();
	const char *argv[16] = { PYTHON, "-B", script };
	size_t n = 3;
	struct outcome o;

	if (!has_python(a)) {
		arena_destroy(a);
		program_lacks("python3-yaml");
		return;
	}
	for (size_t i = 0; args[i]; i++)
		argv[n++] = args[i];
	o = test_run(a, argv);
	if (o.status == LACKS) {
		print_message("%.*s", STR_ARG(o.out));
		skip();
	}
	if (o.status)
		test_fail("%.*s%.*s", STR_ARG(o.out), STR_ARG(o.err));
	arena_destroy(a);
}

static bool is_slow(void)
{
	const char *run = getenv("RUN");
	return run && *run;
}

static const char *driver_in(struct arena *a)
{
	const char *build = getenv("BUILD");
	return str_fmt(a, "%s %s/tests/judge/driver", is_slow() ? getenv("RUN") : "",
		       build ? build : "build")
		.p;
}

static void nobody_gains_and_nobody_loses(void **state)
{
	struct arena *a = arena_create();
	const char *wanted = getenv("KMSFIX_MODELS"), *few = is_slow() ? "10" : "50";

	(void)state;
	run_judge("tests/judge/judge.py",
		  (const char *[]){ driver_in(a), "--models", wanted ? wanted : few, "--patterns",
				    "2000", NULL });
	arena_destroy(a);
}

static void the_judge_decides_as_documented(void **state)
{
	(void)state;
	run_judge("tests/judge/cases.py", (const char *[]){ NULL });
}

static void expressions_are_worth_what_terraform_says(void **state)
{
	struct arena *a = arena_create();
	(void)state;
	run_judge("tests/judge/expressions.py",
		  (const char *[]){ driver_in(a), "--count", is_slow() ? "20" : "200", NULL });
	arena_destroy(a);
}

static void code_does_as_before_whatever_is_chosen(void **state)
{
	struct arena *a = arena_create();
	(void)state;
	run_judge("tests/judge/choices.py",
		  (const char *[]){ driver_in(a), "--count", is_slow() ? "20" : "300", NULL });
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_gains_and_nobody_loses),
		cmocka_unit_test(expressions_are_worth_what_terraform_says),
		cmocka_unit_test(code_does_as_before_whatever_is_chosen),
		cmocka_unit_test(the_judge_decides_as_documented),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
