/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "kmsfix/config.h"

#include "support.h"

static void patterns_match_paths(void **state)
{
	static const struct {
		const char *pattern, *path;
		bool match;
	} rows[] = {
		{ "a.tf", "a.tf", true },
		{ "a.tf", "b/a.tf", false },
		{ "b", "b/a.tf", true },
		{ "b", "bb/a.tf", false },
		{ "b/c", "b/c/d/e.tf", true },
		{ "*.tf", "a.tf", true },
		{ "*.tf", "b/a.tf", false },
		{ "*/a.tf", "b/a.tf", true },
		{ "*/a.tf", "b/c/a.tf", false },
		{ "**/a.tf", "b/c/a.tf", true },
		{ "**/a.tf", "a.tf", true },
		{ "**/a.tf", "ba.tf", false },
		{ "**a.tf", "b/ba.tf", true },
		{ "b/**/a.tf", "b/a.tf", true },
		{ "b/**/a.tf", "b/c/d/a.tf", true },
		{ "b/**/a.tf", "ba.tf", false },
		{ "b/**", "b/a.tf", true },
		{ "b/**", "c/a.tf", false },
		{ "b/*", "b/c/a.tf", true },
		{ "?.tf", "a.tf", true },
		{ "b?a.tf", "b/a.tf", false },
		{ "*", "a", true },
		{ "**", "a/b", true },
		{ "a*b*c", "abbcbc", true },
		{ "a*b*c", "abbcb", false },
		{ "", "a", false },
		{ "a", "", false },
		{ "[a]", "a", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (config_path_matches(str_from(rows[i].pattern), str_from(rows[i].path)) !=
		    rows[i].match)
			fail_msg("'%s' '%s'", rows[i].pattern, rows[i].path);
	}
}

static void hostile_path_patterns_take_no_long_time(void **state)
{
	static char pattern[CONFIG_MAX_PATTERN + 1], path[4096];

	(void)state;
	memset(path, 'a', sizeof(path));
	for (size_t i = 0; i < sizeof(pattern); i++)
		pattern[i] = i % 3 == 2 ? 'a' : '*';
	pattern[CONFIG_MAX_PATTERN - 1] = 'b';
	assert_false(config_path_matches((str){ pattern, CONFIG_MAX_PATTERN },
					 (str){ path, sizeof(path) }));
	path[sizeof(path) - 1] = 'b';
	assert_true(config_path_matches((str){ pattern, CONFIG_MAX_PATTERN },
					(str){ path, sizeof(path) }));
	assert_false(config_path_matches((str){ pattern, CONFIG_MAX_PATTERN + 1 },
					 (str){ path, sizeof(path) }));
}

static void directories_hold_what_is_below(void **state)
{
	(void)state;
	assert_true(config_path_below(S(""), S("a/b.tf")));
	assert_true(config_path_below(S(""), S("")));
	assert_true(config_path_below(S("a"), S("a/b.tf")));
	assert_true(config_path_below(S("a"), S("a")));
	assert_false(config_path_below(S("a"), S("ab/c.tf")));
	assert_false(config_path_below(S("a/b"), S("a")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_match_paths),
		cmocka_unit_test(hostile_path_patterns_take_no_long_time),
		cmocka_unit_test(directories_hold_what_is_below),
	};

	return cmocka_run_group_tests_name("config_query", tests, NULL, NULL);
}
