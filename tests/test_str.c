/* SPDX-License-Identifier: MIT */
#include "kmsfix/str.h"

#include <string.h>

#include "kmsfix/utf8.h"
#include "support.h"

static const str none = { 0 };

static void equality_compares_bytes_and_length(void **state)
{
	(void)state;
	assert_true(str_eq(S("abc"), S("abc")));
	assert_true(str_eq(S("a\0b"), S("a\0b")));
	assert_false(str_eq(S("a\0b"), S("a\0c")));
	assert_false(str_eq(S("abc"), S("ab")));
	assert_false(str_eq(S("abc"), S("ABC")));
	assert_true(str_eq(none, S("")));
	assert_true(str_eq(str_from(NULL), none));
	assert_str_eq(str_from("ab\0c"), S("ab"));
}

static void folding_is_ascii_only(void **state)
{
	(void)state;
	assert_true(str_eq_fold(S("kms:Decrypt"), S("KMS:dECRYPT")));
	assert_false(str_eq_fold(S("kms:Decrypt"), S("kms:Decryp")));
	/* The neighbours of the letters, and letters with the high bit, stay apart. */
	assert_false(str_eq_fold(S("@["), S("`{")));
	assert_false(str_eq_fold(S("\xc0"), S("\xe0")));
	assert_false(str_eq_fold(S("k"), S("\xe2\x84\xaa")));
	assert_true(str_eq_fold(none, none));
}

static void order_is_by_unsigned_bytes(void **state)
{
	/* In order. */
	static const char *const rows[] = { "", "A", "Aa", "B", "a", "\x7f", "\x80", "\xff" };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t j = 0; j < COUNT(rows); j++) {
			int order = str_cmp(str_from(rows[i]), str_from(rows[j]));

			assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
		}
	}
	assert_int_equal(str_cmp(none, none), 0);
	assert_true(str_cmp(S("a\0a"), S("a\0b")) < 0);
}

static void prefixes_and_suffixes(void **state)
{
	(void)state;
	assert_true(str_starts(S("kms:Decrypt"), S("kms:")));
	assert_true(str_starts(S("kms"), S("")));
	assert_true(str_starts(none, none));
	assert_false(str_starts(S("km"), S("kms")));
	assert_true(str_ends(S("main.tf"), S(".tf")));
	assert_true(str_ends(S("main.tf"), none));
	assert_false(str_ends(S("tf"), S(".tf")));
	assert_false(str_ends(S("main.tf"), S(".TF")));
}

static void find_gives_the_first_offset_or_size_max(void **state)
{
	static const struct {
		const char *text, *needle;
		size_t from, want;
	} rows[] = {
		{ "abcabc", "abc", 0, 0 },
		{ "abcabc", "abc", 1, 3 },
		{ "abcabc", "abc", 4, SIZE_MAX },
		{ "abcabc", "abcabcd", 0, SIZE_MAX },
		{ "aaab", "aab", 0, 1 },
		{ "abcabc", "c", 5, 5 },
		{ "abc", "", 0, 0 },
		{ "abc", "", 3, 3 },
		{ "abc", "", 4, SIZE_MAX },
		{ "", "a", 0, SIZE_MAX },
		{ "", "", 0, 0 },
		{ "abc", "a", SIZE_MAX, SIZE_MAX },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t at = str_find(str_from(rows[i].text), str_from(rows[i].needle),
				     rows[i].from);

		if (at != rows[i].want)
			test_fail("'%s' in '%s' from %zu: found at %zu", rows[i].needle,
				  rows[i].text, rows[i].from, at);
	}
	assert_int_equal(str_find(S("a\0b"), S("b"), 0), 2);
	assert_true(str_has(S("a\0b"), S("\0b")));
	assert_false(str_has(none, S("x")));
	assert_true(str_has(none, none));
}

static void sub_clamps_to_the_slice(void **state)
{
	(void)state;
	assert_str_eq(str_sub(S("abc"), 1, 2), S("b"));
	assert_str_eq(str_sub(S("abc"), 1, SIZE_MAX), S("bc"));
	assert_str_eq(str_sub(S("abc"), 2, 1), S(""));
	assert_str_eq(str_sub(S("abc"), 7, 9), S(""));
	assert_str_eq(str_sub(none, 0, 9), S(""));
}

static void trim_takes_blanks_at_both_ends(void **state)
{
	(void)state;
	assert_str_eq(str_trim(S(" \t\r\n a b\r\n")), S("a b"));
	assert_str_eq(str_trim(S(" \t ")), S(""));
	assert_str_eq(str_trim(S("\v\f")), S("\v\f"));
	assert_str_eq(str_trim(none), S(""));
}

static void hash_is_fnv_1a_everywhere(void **state)
{
	(void)state;
	assert_true(str_hash(none) == UINT64_C(0xcbf29ce484222325));
	assert_true(str_hash(S("a")) == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(str_hash(S("foobar")) == UINT64_C(0x85944171f73967e8));
	assert_true(str_hash(S("\xff")) != str_hash(S("\x7f")));
}

static void copies_end_with_a_nul(void **state)
{
	struct arena *a = arena_create();
	char bytes[] = "abc";
	str copy = str_dup(a, (str){ bytes, 2 });

	(void)state;
	bytes[0] = 'x';
	assert_str_eq(copy, S("ab"));
	assert_int_equal(copy.p[2], 0);
	assert_string_equal(str_z(a, S("abc")), "abc");
	assert_string_equal(str_z(a, none), "");
	assert_str_eq(str_dup(a, S("a\0b")), S("a\0b"));
	assert_str_eq(str_fmt(a, "%.*s=%d", STR_ARG(S("key")), 7), S("key=7"));
	assert_str_eq(str_fmt(a, "%s", ""), S(""));
	assert_int_equal(str_fmt(a, "%*d", 100000, 1).n, 100000);
	arena_destroy(a);
}

static void utf8_refuses_what_is_not_well_formed(void **state)
{
	static const struct {
		const char *text;
		size_t want;
		uint32_t point;
	} rows[] = {
		{ "a", 1, 'a' },
		{ "\x7f", 1, 0x7f },
		{ "\xc2\x80", 2, 0x80 },
		{ "\xc3\xa4x", 2, 0xe4 },
		{ "\xe0\xa0\x80", 3, 0x800 },
		{ "\xed\x9f\xbf", 3, 0xd7ff },
		{ "\xee\x80\x80", 3, 0xe000 },
		{ "\xf0\x90\x80\x80", 4, 0x10000 },
		{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
		{ "", 0, 0 },
		{ "\x80", 0, 0 },             /* a continuation first */
		{ "\xc1\xbf", 0, 0 },         /* overlong */
		{ "\xe0\x9f\xbf", 0, 0 },     /* overlong */
		{ "\xf0\x8f\xbf\xbf", 0, 0 }, /* overlong */
		{ "\xed\xa0\x80", 0, 0 },     /* surrogate */
		{ "\xf4\x90\x80\x80", 0, 0 }, /* above U+10FFFF */
		{ "\xf8\x88\x80\x80\x80", 0, 0 },
		{ "\xff", 0, 0 },
		{ "\xc3", 0, 0 },         /* cut off */
		{ "\xe2\x82", 0, 0 },     /* cut off */
		{ "\xe2\x82 ", 0, 0 },    /* interrupted */
		{ "\xf0\x9f\x98", 0, 0 }, /* cut off */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint32_t point = 0;
		size_t n = utf8_next(str_from(rows[i].text), 0, &point);

		if (n != rows[i].want || point != rows[i].point)
			test_fail("row %zu: length %zu, code point U+%04X", i, n, (unsigned)point);
	}
	assert_int_equal(utf8_next(S("a\0"), 1, NULL), 1);
	assert_int_equal(utf8_next(S("a"), SIZE_MAX, NULL), 0);
	assert_int_equal(utf8_next(none, 0, NULL), 0);
}

static void parts_are_put_one_after_another(void **state)
{
	struct arena *a = arena_create();
	str all = STR_CAT(a, S("a"), S(""), (str){ 0 }, S("b\0c"), S("d"));

	(void)state;
	assert_true(str_eq(all, S("ab\0cd")));
	assert_int_equal(all.p[all.n], '\0');
	assert_true(str_eq(STR_CAT(a, S("")), S("")));
	assert_int_equal(str_join(a, NULL, 0).n, 0);
	arena_destroy(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(equality_compares_bytes_and_length),
		cmocka_unit_test(folding_is_ascii_only),
		cmocka_unit_test(order_is_by_unsigned_bytes),
		cmocka_unit_test(prefixes_and_suffixes),
		cmocka_unit_test(find_gives_the_first_offset_or_size_max),
		cmocka_unit_test(sub_clamps_to_the_slice),
		cmocka_unit_test(trim_takes_blanks_at_both_ends),
		cmocka_unit_test(hash_is_fnv_1a_everywhere),
		cmocka_unit_test(copies_end_with_a_nul),
		cmocka_unit_test(parts_are_put_one_after_another),
		cmocka_unit_test(utf8_refuses_what_is_not_well_formed),
	};

	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
