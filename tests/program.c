/* SPDX-License-Identifier: MIT */
#include "program.h"

#include <stdlib.h>
#include <string.h>

/* Debian's own, which sees Debian's packages. */
#define PYTHON "/usr/bin/python3"

str program_wrapper(void)
{
	static unsigned long runs;
	const char *run = getenv("RUN"), *every = getenv("RUN_EVERY");
	unsigned long n = every ? strtoul(every, NULL, 10) : 1;

	return n > 1 && runs++ % n ? S("") : str_trim(str_from(run));
}

struct outcome program_run(struct arena *a, const char *const *args)
{
	const char *program = getenv("KMSFIX"), *build = getenv("BUILD");
	const char *argv[PROGRAM_ARGS + 8] = { NULL };
	str rest = program_wrapper();
	size_t n = 0;

	while (rest.n && n < 7) { /* words of RUN */
		size_t end = str_find(rest, S(" "), 0);

		argv[n++] = str_z(a, str_sub(rest, 0, end));
		rest = str_trim(str_sub(rest, end == SIZE_MAX ? rest.n : end, rest.n));
	}
	argv[n++] = program ? program : str_fmt(a, "%s/kmsfix", build ? build : "build").p;
	for (size_t i = 0; args[i]; i++) {
		assert_true(i < PROGRAM_ARGS);
		argv[n++] = args[i];
	}
	return test_run(a, argv);
}

const char *program_repo(struct arena *a, const char *from)
{
	const char *dir = test_mkdir(a);

	test_copy(a, from, dir);
	test_repo(a, dir);
	return dir;
}

void program_lacks(const char *what)
{
	const char *must = getenv("KMSFIX_VALIDATE");

	if (must && !strcmp(must, "1"))
		test_fail("%s is not there", what);
	print_message("%s is not there\n", what);
	skip();
}

void program_validate(struct arena *a, const char *schema, const char *const *files, size_t n)
{
	const char *argv[2 * PROGRAM_ARGS + 8] = { PYTHON, "-W", "ignore", "-m", "jsonschema" };
	size_t at = 5;
	struct outcome o;

	if (test_run(a, (const char *[]){ PYTHON, "-c", "import jsonschema", NULL }).status) {
		program_lacks("python3-jsonschema");
		return;
	}
	assert_true(n <= PROGRAM_ARGS);
	for (size_t i = 0; i < n; i++) {
		argv[at++] = "-i";
		argv[at++] = files[i];
	}
	argv[at++] = schema;
	o = test_run(a, argv);
	if (o.status)
		test_fail("%.*s%.*s", STR_ARG(o.out), STR_ARG(o.err));
}
