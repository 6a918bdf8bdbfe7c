/* SPDX-License-Identifier: MIT */
/*
 * The code of every golden case with one thing altered in one to three of its files, many times
 * (ALTERATIONS=500 for more, SEED=7 for others). Whatever that makes of it: planning ends, the
 * edits fit together, the proof holds on the result, what is held has a code and a reason, and
 * without a fix nothing is edited.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "altered.h"
#include "golden_code.h"
#include "support.h"

#ifndef __has_feature
#define __has_feature(x) 0
#endif

/* The code of one case. */
struct original {
	str dir;
	struct fileset files;
};

/* Not so many where each takes long. */
static unsigned long alterations(void)
{
	const char *wanted = getenv("ALTERATIONS"), *run = getenv("RUN");
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
	run = "slow";
#endif
	return wanted ? strtoul(wanted, NULL, 10) : run && *run ? 1 : 40;
}

static void show(const struct original *o, const struct fileset *files, str failure)
{
	for (size_t i = 0; i < files->n; i++) {
		if (!str_eq(files->files[i].text, o->files.files[i].text))
			/* print_message() shows no more than a kilobyte. */
			printf("%.*s:\n%.*s\n", STR_ARG(files->files[i].path),
			       STR_ARG(files->files[i].text));
	}
	test_fail("%.*s: %.*s", STR_ARG(o->dir), STR_ARG(failure));
}

static void alter_once(const struct original *o, uint64_t seed)
{
	struct arena *a = arena_create();
	struct fileset altered = { 0 };
	str failure = altered_fix(&altered, &o->files, seed, a);
	if (failure.n)
		show(o, &altered, failure);
	arena_destroy(a);
}

static void alter_case(str dir, const struct fileset *files)
{
	const struct original o = { dir, *files };
	const char *first = getenv("SEED");
	uint64_t seed = first ? strtoull(first, NULL, 10) : 4;
	for (unsigned long i = 0; i < alterations(); i++)
		alter_once(&o, (seed * 1000003 + i) * UINT64_C(0x9E3779B97F4A7C15) + 1);
}

static void what_is_altered_is_fixed_or_held(void **state)
{
	(void)state;
	golden_each(alter_case);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_altered_is_fixed_or_held),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
