/* SPDX-License-Identifier: MIT */
/* What the branches of groups are called. */
#include "report_fixture.h"

#include <string.h>

#include "../src/app/parts.h"

static const struct row {
	const char *label, *name;
} rows[] = {
	/* the label itself where a name can be that, */
	{ "data", "b-data" },
	{ "a1-b2", "b-a1-b2" },
	{ "root", "b-root" },
	/* else something like it and what tells it from others */
	{ "Data", "b-data-" },
	{ "infra/prod", "b-infra-prod-" },
	{ "a//b__c", "b-a-b-c-" },
	{ "/a/", "b-a-" },
	{ "..", "b-" },
	{ "{|~}", "b-" },
	{ ".", "b-root-" },
	{ "0123456789012345678901234567890123456789",
	  "b-0123456789012345678901234567890123456789" },
	{ "01234567890123456789012345678901234567890",
	  "b-0123456789012345678901234567890123456789-" },
	{ "012345678901234567890123456789012345678/x",
	  "b-012345678901234567890123456789012345678-" },
};

static bool is_hash(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("0123456789abcdef", s.p[i]))
			return false;
	return s.n == 8;
}

static void a_label_gives_a_name(void **state)
{
	struct arena *a = arena_create();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		str name = str_from(parts_branch(a, "b", str_from(rows[i].label)));
		str want = str_from(rows[i].name);
		bool hashed = str_ends(want, S("-"));

		if (!str_starts(name, want) ||
		    (hashed ? !is_hash(str_sub(name, want.n, name.n)) : name.n != want.n))
			fail_msg("'%s': %.*s", rows[i].label, STR_ARG(name));
	}
	arena_destroy(a);
}

static void labels_that_look_alike_have_names_of_their_own(void **state)
{
	static const char *const labels[] = { "a/b", "a-b", "A/b", "a//b", "a.b" };
	struct arena *a = arena_create();

	(void)state;
	for (size_t i = 0; i < COUNT(labels); i++) {
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(parts_branch(a, "b", str_from(labels[i])),
						parts_branch(a, "b", str_from(labels[k])));
	}
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_label_gives_a_name),
		cmocka_unit_test(labels_that_look_alike_have_names_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
