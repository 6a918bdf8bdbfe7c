/* SPDX-License-Identifier: MIT */
#include "kmsfix/limits.h"

#include "support.h"

static void the_limits_are_those_of_aws(void **state)
{
	(void)state;
	assert_int_equal(LIMIT_KEY_POLICY, 32768);
	assert_int_equal(LIMIT_MANAGED, 6144);
	assert_int_equal(LIMIT_INLINE_ROLE, 10240);
	assert_int_equal(LIMIT_INLINE_USER, 2048);
	assert_int_equal(LIMIT_INLINE_GROUP, 5120);
	assert_int_equal(LIMIT_SET, 32768);
}

static void white_space_outside_strings_is_free(void **state)
{
	static const struct {
		const char *json;
		size_t size;
	} rows[] = {
		{ "", 0 },
		{ " \t\r\n", 0 },
		{ "{ \"a b\" : [ 1 , 2 ] }\n", 13 },
		{ "\"a\\\" b\" ", 7 },
		{ "\"a\\\" b c\" ", 9 },
		{ "\"a\\\\\" ", 5 },
		{ "\" unfinished ", 13 },
		{ "\"\\", 2 },
		{ "\\ \"", 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t size = json_minified_size(str_from(rows[i].json));

		if (size != rows[i].size)
			fail_msg("'%s': %zu", rows[i].json, size);
	}
	assert_int_equal(json_minified_size((str){ 0 }), 0);
}

static void policies_hold_latin_characters_only(void **state)
{
	static const struct {
		str text;
		bool fine;
	} rows[] = {
		{ { 0 }, true },
		{ S("a\tb\r\n~"), true },
		{ S("\x7f"), true },
		{ S("\xc2\x80\xc3\xbf"), true },
		{ S("\xc4\x80"), false }, /* U+0100 */
		{ S("a\xc4\x80"), false },
		{ S("\xe2\x80\x93"), false }, /* en dash */
		{ S("\xc1\xbf"), false },     /* overlong */
		{ S("\xc3"), false },
		{ S("\xc3z"), false },
		{ S("\xbf"), false },
		{ S("\xff"), false },
		{ S("\0"), false },
		{ S("\x1f"), false },
		{ S("\x0b"), false },
		{ S("a\001var.\xe2\x80\x93\002z"), true },
		{ S("a\001v\002\xe2\x80\x93"), false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (str_in_charset(rows[i].text) != rows[i].fine)
			fail_msg("row %zu", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_limits_are_those_of_aws),
		cmocka_unit_test(white_space_outside_strings_is_free),
		cmocka_unit_test(policies_hold_latin_characters_only),
	};

	return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
