/* SPDX-License-Identifier: MIT */
#include "kmsfix/action.h"
#include "kmsfix/sid.h"

#include "support.h"

static void a_sid_is_letters_and_digits_and_ours(void **state)
{
	struct arena *a = arena_create();

	(void)state;
	for (unsigned t = 1; t <= TARGET_ALL; t++) {
		str sid = sid_make(a, t, S("aws_kms_key.a"));

		assert_true(sid_is_ours(sid));
		for (size_t i = 0; i < sid.n; i++)
			assert_true((sid.p[i] >= '0' && sid.p[i] <= '9') ||
				    (sid.p[i] >= 'A' && sid.p[i] <= 'Z') ||
				    (sid.p[i] >= 'a' && sid.p[i] <= 'z'));
	}
	arena_destroy(a);
}

static void only_lower_hex_digits_end_one_of_ours(void **state)
{
	static const char *const others[] = { "",
					      "KmsfixDecrypt",
					      "KmsfixDecrypt4fd0bfc",
					      "KmsfixDecrypt4fd0bfcg",
					      "KmsfixDecrypt4FD0BFC1",
					      "KmsfixDecrypt4fd0bfc/",
					      "KmsfixDecrypt4fd0bfc:",
					      "KmsfixEncrypt4fd0bfc1",
					      "4fd0bfc1" };

	(void)state;
	assert_true(sid_is_ours(S("KmsfixDecrypt4fd0bfc1")));
	for (size_t i = 0; i < COUNT(others); i++)
		assert_false(sid_is_ours(str_from(others[i])));
}

/* A later release must find what an earlier one wrote. */
static void a_sid_never_changes(void **state)
{
	struct arena *a = arena_create();

	(void)state;
	assert_true(str_eq(sid_make(a, TARGET_DECRYPT, S("")), S("KmsfixDecrypt4fd0bfc1")));
	assert_true(str_eq(sid_make(a, TARGET_ALL, S("a")), S("KmsfixDecryptReEncrypt296230c0")));
	arena_destroy(a);
}

static void different_statements_get_different_sids(void **state)
{
	struct arena *a = arena_create();

	(void)state;
	assert_true(str_eq(sid_make(a, 1, S("a")), sid_make(a, 1, S("a"))));
	assert_false(str_eq(sid_make(a, 1, S("a")), sid_make(a, 1, S("b"))));
	for (unsigned x = 1; x <= TARGET_ALL; x++) {
		for (unsigned y = 1; y < x; y++)
			assert_false(str_eq(sid_make(a, x, S("a")), sid_make(a, y, S("a"))));
	}
	arena_destroy(a);
}

static void a_persons_sid_is_not_ours(void **state)
{
	static const char *const theirs[] = {
		"",
		"Kmsfix",
		"KmsfixDecrypt",
		"KmsfixDecrypt1a2b3c4",
		"KmsfixDecrypt1a2b3c4d5",
		"KmsfixDecrypt1A2B3C4D",
		"KmsfixDecrypt1a2b3c4g",
		"kmsfixDecrypt1a2b3c4d",
		"KmsfixEncrypt1a2b3c4d",
		"1a2b3c4d",
		"Enable IAM User Permissions",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(theirs); i++)
		assert_false(sid_is_ours(str_from(theirs[i])));
	assert_false(sid_is_ours((str){ 0 }));
	assert_true(sid_is_ours(S("KmsfixDecrypt1a2b3c4d")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sid_is_letters_and_digits_and_ours),
		cmocka_unit_test(only_lower_hex_digits_end_one_of_ours),
		cmocka_unit_test(a_sid_never_changes),
		cmocka_unit_test(different_statements_get_different_sids),
		cmocka_unit_test(a_persons_sid_is_not_ours),
	};

	return cmocka_run_group_tests_name("sid", tests, NULL, NULL);
}
