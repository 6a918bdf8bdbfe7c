/* SPDX-License-Identifier: MIT */
#include "kmsfix/action.h"
#include "kmsfix/glob.h"

#include "support.h"

#include "../src/iam/action_table.h"

#define X "\001var.x\002"
#define D TARGET_DECRYPT
#define F TARGET_REENCRYPT_FROM
#define T TARGET_REENCRYPT_TO

static const unsigned bits[] = { D, F, T };

/* Which targets a pattern matches, and how many other actions of the table [1.4-1.6]. */
static const struct {
	const char *pattern;
	unsigned targets;
	size_t others;
} coverage[] = {
	{ "*", D | F | T, 53 },
	{ "kms:*", D | F | T, 53 },
	{ "kms:**", D | F | T, 53 },
	{ "kms:D*", D, 9 },
	{ "kms:De*", D, 6 },
	{ "kms:Dec*", D, 0 },
	{ "kms:Decrypt", D, 0 },
	{ "kms:Decrypt*", D, 0 },
	{ "KMS:decrypt", D, 0 },
	{ "Kms:DECRYPT", D, 0 },
	{ "kms:?ecrypt", D, 0 },
	{ "kms:*crypt", D, 1 },
	{ "kms:*crypt*", D | F | T, 1 },
	{ "kms:*Encrypt*", F | T, 1 },
	{ "kms:*encrypt", 0, 1 },
	{ "kms:Encrypt*", 0, 1 },
	{ "kms:R*", F | T, 4 },
	{ "kms:Re*", F | T, 3 },
	{ "kms:ReE*", F | T, 0 },
	{ "kms:ReEncrypt", 0, 0 },
	{ "kms:ReEncrypt*", F | T, 0 },
	{ "kms:Reencrypt*", F | T, 0 },
	{ "kms:ReEncrypt?", 0, 0 },
	{ "kms:ReEncryptFrom", F, 0 },
	{ "kms:ReEncryptTo", T, 0 },
	{ "kms:ReEncrypt????", F, 0 },
	{ "kms:ReEncrypt*To", T, 0 },
	{ "kms:*From", F, 0 },
	{ "kms:*To", T, 0 },
	{ "kms:Generate*", 0, 6 },
	{ "kms:GenerateDataKey*", 0, 4 },
	{ "kms:Describe*", 0, 2 },
	{ "kms:*Key*", 0, 32 },
	{ "kms:???????", D, 1 },
	{ "kms:Get*", 0, 5 },
	{ "kms:List*", 0, 7 },
	{ "kms:", 0, 0 },
	{ "kms:Decrypt ", 0, 0 },
	{ "kms:Decrypt:x", 0, 0 },
	{ "kms", 0, 0 },
	{ "", 0, 0 },
	{ "Decrypt", 0, 0 },
	{ "k*:Decrypt", 0, 0 },
	{ "*:*", 0, 0 },
	{ "kms*", 0, 0 },
	{ "kms:" X, 0, 0 },
	{ "kms:Decrypt" X, 0, 0 },
};

static str full(struct arena *a, size_t i)
{
	return str_fmt(a, "kms:%s", action_table[i]);
}

static void patterns_cover_what_the_table_says(void **state)
{
	struct arena *a = arena_create();

	(void)state;
	assert_int_equal(action_table_size, 56);
	for (size_t i = 0; i < COUNT(coverage); i++) {
		str p = str_from(coverage[i].pattern);
		size_t others = 0;

		for (size_t k = 0; k < action_table_size; k++)
			others += action_matches(p, full(a, k)) && !action_targets(full(a, k));
		if (action_targets(p) != coverage[i].targets || others != coverage[i].others)
			fail_msg("'%s': %u, %zu", coverage[i].pattern, action_targets(p), others);
		assert_int_equal(action_only_targets(p),
				 coverage[i].targets && !coverage[i].others);
	}
	arena_destroy(a);
}

static void the_action_table_is_sorted(void **state)
{
	(void)state;
	for (size_t i = 1; i < action_table_size; i++)
		assert_true(str_cmp(str_from(action_table[i - 1]), str_from(action_table[i])) < 0);
}

static const struct {
	const char *pattern;
	enum action_form form;
	unsigned possible;
} forms[] = {
	{ "*", ACTION_STAR, TARGET_ALL },
	{ "kms:Decrypt", ACTION_KMS, D },
	{ "kMs:*", ACTION_KMS, TARGET_ALL },
	{ "kms:nonsense", ACTION_KMS, 0 },
	{ "s3:*", ACTION_OTHER, 0 },
	{ "s3:" X, ACTION_OTHER, 0 },
	{ "s3*:*", ACTION_OTHER, 0 },
	{ "kms", ACTION_OTHER, 0 },
	{ "", ACTION_OTHER, 0 },
	{ "kmsx:Decrypt", ACTION_OTHER, 0 },
	{ " kms:Decrypt", ACTION_OTHER, 0 },
	{ "k*:Decrypt", ACTION_BAD, D },
	{ "k*:Describe*", ACTION_BAD, 0 },
	{ "*:*", ACTION_BAD, TARGET_ALL },
	{ "**", ACTION_BAD, TARGET_ALL },
	{ "*crypt", ACTION_BAD, D },
	{ "kms*", ACTION_BAD, TARGET_ALL },
	{ "???:ReEncrypt*", ACTION_BAD, F | T },
	{ "*:Nothing", ACTION_OTHER, 0 },
	{ X, ACTION_UNKNOWN, TARGET_ALL },
	{ X ":Decrypt", ACTION_UNKNOWN, D },
	{ X ":GetObject", ACTION_OTHER, 0 },
	{ "kms:" X, ACTION_PART, TARGET_ALL },
	{ "KMS:re" X, ACTION_PART, F | T },
	{ "kms:" X "crypt", ACTION_PART, D },
	{ "kms:Describe" X, ACTION_PART, 0 },
	{ "kms:Nothing" X, ACTION_OTHER, 0 },
	{ "\001kms:Decrypt", ACTION_UNKNOWN, TARGET_ALL },
};

static void forms_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(forms); i++) {
		str p = str_from(forms[i].pattern);

		if (action_form(p) != forms[i].form ||
		    action_possible_targets(p) != forms[i].possible)
			fail_msg("'%s': %d, %u", forms[i].pattern, action_form(p),
				 action_possible_targets(p));
	}
}

static void targets_have_names(void **state)
{
	(void)state;
	assert_string_equal(target_name(D), "kms:Decrypt");
	assert_string_equal(target_name(F), "kms:ReEncryptFrom");
	assert_string_equal(target_name(T), "kms:ReEncryptTo");
	assert_null(target_name(0));
	assert_null(target_name(D | F));
	for (size_t i = 0; i < COUNT(bits); i++)
		assert_int_equal(action_targets(str_from(target_name(bits[i]))), bits[i]);
}

static void actions_of_other_services_match_too(void **state)
{
	(void)state;
	assert_true(action_matches(S("s3:Get*"), S("s3:GetObject")));
	assert_true(action_matches(S("*"), S("s3:GetObject")));
	assert_false(action_matches(S("s3:Get*"), S("s3:PutObject")));
	assert_false(action_matches(S("s*:Get*"), S("s3:GetObject")));
	assert_false(action_matches(S("kms:*"), S("s3:GetObject")));
	assert_false(action_matches(S("kms:*"), S("kms")));
	assert_false(action_matches(S("kms:" X), S("kms:" X)));
}

static void reencrypt_alone_is_no_action(void **state)
{
	(void)state;
	assert_true(action_is_reencrypt_typo(S("kms:ReEncrypt")));
	assert_true(action_is_reencrypt_typo(S("KMS:reencrypt")));
	assert_false(action_is_reencrypt_typo(S("kms:ReEncrypt*")));
	assert_false(action_is_reencrypt_typo(S("ReEncrypt")));
}

static const struct {
	const char *pattern;
	unsigned targets;
	const char *left; /* joined by blanks */
} differences[] = {
	{ "kms:Decrypt", D, "" },
	{ "kms:Decrypt", F | T, "kms:Decrypt" },
	{ "KMS:decrypt*", F, "KMS:decrypt*" },
	{ "kms:Get*", TARGET_ALL, "kms:Get*" },
	{ "kms:Nothing", TARGET_ALL, "kms:Nothing" },
	{ "kms:ReEncrypt*", TARGET_ALL, "" },
	{ "kms:ReEncrypt*", F, "kms:ReEncryptTo" },
	{ "kms:*crypt", D, "kms:Encrypt" },
	{ "kms:*crypt*", D, "kms:Encrypt kms:ReEncryptFrom kms:ReEncryptTo" },
	{ "kms:*Encrypt*", TARGET_ALL, "kms:Encrypt" },
	{ "kms:???????", D, "kms:Encrypt" },
	{ "kms:De*", D, "kms:Delete* kms:DeriveSharedSecret kms:Describe*" },
	{ "KMS:d*", TARGET_ALL,
	  "kms:Delete* kms:DeriveSharedSecret kms:Describe* kms:Disable* "
	  "kms:DisconnectCustomKeyStore" },
	{ "kms:Re*", TARGET_ALL, "kms:ReplicateKey kms:RetireGrant kms:RevokeGrant" },
	{ "kms:R*", T,
	  "kms:ReEncryptFrom kms:ReplicateKey kms:RetireGrant kms:RevokeGrant "
	  "kms:RotateKeyOnDemand" },
	/* Describe* would match DescribeKey, which the pattern did not */
	{ "kms:De*?t*", D, "kms:Delete* kms:DeriveSharedSecret kms:DescribeCustomKeyStores" },
	{ "kms:*", TARGET_ALL,
	  "kms:CancelKeyDeletion kms:ConnectCustomKeyStore kms:Create* kms:Delete* "
	  "kms:DeriveSharedSecret kms:Describe* kms:Disable* kms:DisconnectCustomKeyStore "
	  "kms:Enable* kms:Encrypt kms:Generate* kms:Get* kms:ImportKeyMaterial kms:List* "
	  "kms:PutKeyPolicy kms:ReplicateKey kms:RetireGrant kms:RevokeGrant "
	  "kms:RotateKeyOnDemand kms:ScheduleKeyDeletion kms:Sign "
	  "kms:SynchronizeMultiRegionKey kms:TagResource kms:UntagResource kms:Update* "
	  "kms:Verify*" },
};

static str joined(struct arena *a, const struct strs *list)
{
	str s = S("");

	for (size_t i = 0; i < list->n; i++)
		s = str_fmt(a, "%.*s%s%.*s", STR_ARG(s), i ? " " : "", STR_ARG(list->v[i]));
	return s;
}

static void what_is_left_reads_as_a_person_would_write_it(void **state)
{
	struct arena *a = arena_create();

	(void)state;
	for (size_t i = 0; i < COUNT(differences); i++) {
		struct strs out = { 0 };
		str got;

		assert_true(action_subtract(str_from(differences[i].pattern),
					    differences[i].targets, a, &out));
		got = joined(a, &out);
		if (!str_eq(got, str_from(differences[i].left)))
			fail_msg("'%s': '%.*s'", differences[i].pattern, STR_ARG(got));
	}
	arena_destroy(a);
}

static bool any_matches(const struct strs *list, str action)
{
	for (size_t i = 0; i < list->n; i++) {
		if (action_matches(list->v[i], action))
			return true;
	}
	return false;
}

/* The contract of action_subtract, word by word. */
static void check_difference(struct arena *a, str pattern, unsigned targets)
{
	struct strs out = { 0 };

	assert_true(action_subtract(pattern, targets, a, &out));
	for (size_t i = 0; i < action_table_size; i++) {
		str action = full(a, i);
		bool want = action_matches(pattern, action) && !(action_targets(action) & targets);

		if (any_matches(&out, action) != want)
			fail_msg("'%.*s' - %u: %s", STR_ARG(pattern), targets, action_table[i]);
	}
	for (size_t i = 0; i < out.n; i++) {
		str verb = str_sub(out.v[i], 4, out.v[i].n);

		assert_int_equal(action_targets(out.v[i]) & targets, 0);
		if (!glob_contains(str_sub(pattern, 4, pattern.n), verb, GLOB_FOLD))
			fail_msg("'%.*s' holds more than '%.*s'", STR_ARG(out.v[i]),
				 STR_ARG(pattern));
		for (size_t k = 0; k < i; k++) {
			assert_true(str_cmp(out.v[k], out.v[i]) < 0);
			assert_false(glob_contains(out.v[k], out.v[i], GLOB_FOLD));
		}
	}
}

/* Patterns made from the names of the table: every cut of a name with wildcards put in. */
static void nothing_is_lost_or_won_by_a_difference(void **state)
{
	(void)state;
	for (size_t i = 0; i < action_table_size; i++) {
		struct arena *a = arena_create();
		str name = str_from(action_table[i]);

		for (size_t k = 0; k <= name.n; k++) {
			str head = str_sub(name, 0, k), tail = str_sub(name, k, name.n);

			for (unsigned t = 0; t <= TARGET_ALL; t += i % 5 ? TARGET_ALL : 1) {
				check_difference(a, str_fmt(a, "kms:%.*s*", STR_ARG(head)), t);
				check_difference(a, str_fmt(a, "KMS:*%.*s", STR_ARG(tail)), t);
				check_difference(a,
						 str_fmt(a, "kms:%.*s?%.*s*", STR_ARG(head),
							 STR_ARG(str_sub(tail, 1, 2))),
						 t);
				check_difference(
					a, str_fmt(a, "kms:*%.*s*", STR_ARG(str_sub(tail, 0, 2))),
					t);
			}
		}
		arena_destroy(a);
	}
}

static void only_kms_patterns_can_be_subtracted_from(void **state)
{
	static const char *const refused[] = { "*",    "k*:Decrypt", "kms:\001x\002",
					       "s3:*", "kms",        "*:*",
					       "" };
	struct arena *a = arena_create();
	struct strs out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++)
		assert_false(action_subtract(str_from(refused[i]), TARGET_ALL, a, &out));
	assert_int_equal(out.n, 0);
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_cover_what_the_table_says),
		cmocka_unit_test(the_action_table_is_sorted),
		cmocka_unit_test(forms_are_told_apart),
		cmocka_unit_test(targets_have_names),
		cmocka_unit_test(actions_of_other_services_match_too),
		cmocka_unit_test(reencrypt_alone_is_no_action),
		cmocka_unit_test(what_is_left_reads_as_a_person_would_write_it),
		cmocka_unit_test(nothing_is_lost_or_won_by_a_difference),
		cmocka_unit_test(only_kms_patterns_can_be_subtracted_from),
	};

	return cmocka_run_group_tests_name("action", tests, NULL, NULL);
}
