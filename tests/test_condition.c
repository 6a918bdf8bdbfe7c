/* SPDX-License-Identifier: MIT */
#include "kmsfix/action.h"
#include "kmsfix/condition.h"

#include "support.h"

#define X "\001var.X\002"

static int setup(void **state)
{
	*state = arena_create();
	return 0;
}

static int teardown(void **state)
{
	arena_destroy(*state);
	return 0;
}

/* `values` are joined by blanks. */
static struct condition make(struct arena *a, const char *op, const char *key, const char *values)
{
	str rest = str_from(values);
	struct strs list = { 0 };
	struct condition c;

	while (rest.n) {
		size_t blank = str_find(rest, S(" "), 0);

		strs_add(a, &list, str_sub(rest, 0, blank));
		rest = str_sub(rest, blank == SIZE_MAX ? rest.n : blank + 1, rest.n);
	}
	condition_make(&c, a, str_from(op), str_from(key), &list);
	return c;
}

static void operators_get_the_spelling_of_aws(void **state)
{
	static const struct {
		const char *written, *canonical;
	} rows[] = {
		{ "stringequals", "StringEquals" },
		{ "STRINGNOTEQUALSIGNORECASE", "StringNotEqualsIgnoreCase" },
		{ "foranyvalue:stringlike", "ForAnyValue:StringLike" },
		{ "FORALLVALUES:arnlikeifexists", "ForAllValues:ArnLikeIfExists" },
		{ "boolifexists", "BoolIfExists" },
		{ "notipaddress", "NotIpAddress" },
		{ "null", "Null" },
		/* not IAM's: as written */
		{ "nullifexists", "nullifexists" },
		{ "forallvalues:null", "forallvalues:null" },
		{ "ForSomeValues:StringLike", "ForSomeValues:StringLike" },
		{ "stringequalsx", "stringequalsx" },
		{ "ifexists", "ifexists" },
		{ "", "" },
		{ X, X },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct condition c = make(*state, rows[i].written, "k", "v");

		if (!str_eq(c.op, str_from(rows[i].canonical)))
			fail_msg("'%s': '%.*s'", rows[i].written, STR_ARG(c.op));
	}
}

static void keys_have_no_case_but_references_have(void **state)
{
	struct condition c = make(*state, "Bool", "KMS:EncryptionContext:" X X "App", "v");

	assert_true(str_eq(c.key, S("kms:encryptioncontext:" X X "app")));
	c = make(*state, "Bool", "", "v");
	assert_int_equal(c.key.n, 0);
}

static void values_are_a_set_that_keeps_case(void **state)
{
	struct condition x = make(*state, "StringEquals", "aws:PrincipalTag/a", "b a b B");
	struct condition y = make(*state, "stringequals", "AWS:principaltag/A", "B a b");
	struct condition z = make(*state, "StringEquals", "aws:PrincipalTag/a", "a b");

	assert_int_equal(x.values.n, 3);
	assert_true(str_eq(x.values.v[0], S("B")));
	assert_true(condition_equal(&x, &y));
	assert_int_equal(condition_hash(&x), condition_hash(&y));
	assert_false(condition_equal(&x, &z));
}

static void the_list_given_stays_as_it_was(void **state)
{
	struct strs list = { 0 };
	struct condition c;

	strs_add(*state, &list, S("b"));
	strs_add(*state, &list, S("a"));
	condition_make(&c, *state, S("Bool"), S("k"), &list);
	assert_true(str_eq(list.v[0], S("b")));
}

static void any_difference_tells_two_conditions_apart(void **state)
{
	struct condition all[] = {
		make(*state, "StringEquals", "k", "v"),
		make(*state, "StringLike", "k", "v"),
		make(*state, "StringEqualsIfExists", "k", "v"),
		make(*state, "ForAnyValue:StringEquals", "k", "v"),
		make(*state, "StringEquals", "k2", "v"),
		make(*state, "StringEquals", "k", "v2"),
		make(*state, "StringEquals", "k", "v v2"),
		make(*state, "StringEquals", "k", ""),
		make(*state, "k", "stringequals", "v"),
		make(*state, "StringEquals", "v", "k"),
	};

	for (size_t i = 0; i < COUNT(all); i++) {
		for (size_t k = 0; k < COUNT(all); k++) {
			int c = condition_cmp(&all[i], &all[k]);

			assert_int_equal(condition_equal(&all[i], &all[k]), i == k);
			assert_int_equal(condition_hash(&all[i]) == condition_hash(&all[k]),
					 i == k);
			assert_int_equal(c > 0, condition_cmp(&all[k], &all[i]) < 0);
		}
	}
}

static struct condition_set set_of(struct arena *a, const char *keys)
{
	struct condition_set set = { 0 };

	for (; *keys; keys++) {
		struct condition c = make(a, "Bool", (char[]){ *keys, '\0' }, "true");

		condition_set_add(a, &set, &c);
	}
	condition_set_sort(&set);
	return set;
}

static void sets_compare_as_sets(void **state)
{
	static const struct {
		const char *part, *whole;
		bool subset, equal;
	} rows[] = {
		{ "", "", true, true },        { "", "a", true, false },
		{ "a", "", false, false },     { "ab", "ba", true, true },
		{ "aab", "bba", true, true },  { "b", "abc", true, false },
		{ "ac", "abc", true, false },  { "abc", "ac", false, false },
		{ "ad", "abc", false, false }, { "d", "abc", false, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct condition_set part = set_of(*state, rows[i].part);
		struct condition_set whole = set_of(*state, rows[i].whole);

		if (condition_set_subset(&part, &whole) != rows[i].subset ||
		    condition_set_equal(&part, &whole) != rows[i].equal)
			fail_msg("'%s' '%s'", rows[i].part, rows[i].whole);
		assert_int_equal(condition_set_hash(&part) == condition_set_hash(&whole),
				 rows[i].equal);
	}
}

static void a_variable_in_any_value_is_seen(void **state)
{
	struct condition c = make(*state, "StringEquals", "k", "a b${aws:username} c");

	assert_true(condition_has_variable(&c));
	c = make(*state, "StringEquals", "k", "a $b {c}");
	assert_false(condition_has_variable(&c));
}

#define D TARGET_DECRYPT
#define F TARGET_REENCRYPT_FROM
#define ALL TARGET_ALL
#define MOVES CONDITION_MOVES, ""
#define DEAD CONDITION_DEAD, "COND-DEAD"
#define HELD CONDITION_HELD

static const struct {
	const char *op, *key, *values;
	unsigned targets;
	enum condition_verdict verdict;
	const char *code;
} rulings[] = {
	/* KMS's own keys [5.2] */
	{ "StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com", ALL, MOVES },
	{ "StringLike", "KMS:viaservice", "s3.*.amazonaws.com", D, MOVES },
	{ "StringEquals", "kms:EncryptionContext:App", "x", ALL, MOVES },
	{ "StringEquals", "kms:EncryptionContext:" X, X, ALL, MOVES },
	{ "StringEquals", "kms:EncryptionContext:", "x", ALL, HELD, "COND-UNKNOWN" },
	{ "StringEquals", "kms:EncryptionContext", "x", ALL, HELD, "COND-UNKNOWN" },
	{ "ForAllValues:StringEquals", "kms:EncryptionContextKeys", "a", D, MOVES },
	{ "Null", "kms:EncryptionContextKeys", "true", D, MOVES },
	{ "StringEqualsIgnoreCase", "kms:RecipientAttestation:ImageSha384", "a", D, MOVES },
	{ "StringEqualsIgnoreCase", "kms:RecipientAttestation:PCR0", "a", ALL, MOVES },
	{ "Bool", "kms:ReEncryptOnSameKey", "true", F, MOVES },
	{ "Bool", "kms:ReEncryptOnSameKey", "true", D | F, MOVES },
	{ "Bool", "kms:ReEncryptOnSameKey", "true", D, DEAD },
	{ "Bool", "kms:MultiRegion", "true", D, MOVES },
	/* IAM policies only [5.3] */
	{ "ForAnyValue:StringEquals", "kms:ResourceAliases", "alias/a", D, HELD, "COND-IAMONLY" },
	{ "StringEquals", "aws:ResourceTag/App", "x", D, HELD, "COND-IAMONLY" },
	{ "StringEquals", "aws:ResourceAccount", "1", D, HELD, "COND-IAMONLY" },
	{ "StringEquals", "aws:ResourceOrgID", "o", D, HELD, "COND-IAMONLY" },
	/* the same request in both [5.4] */
	{ "StringEquals", "aws:PrincipalTag/App", "${aws:username}", D, MOVES },
	{ "StringEquals", "aws:PrincipalOrgID", "o-1", D, MOVES },
	{ "IpAddress", "aws:SourceIp", "10.0.0.0/8", D, MOVES },
	{ "StringEqualsIfExists", "aws:SourceVpce", "vpce-1", D, MOVES },
	{ "ForAnyValue:StringEquals", "aws:CalledVia", "athena.amazonaws.com", D, MOVES },
	{ "BoolIfExists", "aws:MultiFactorAuthPresent", "true", D, MOVES },
	{ "DateLessThan", "aws:CurrentTime", "2030-01-01T00:00:00Z", D, MOVES },
	{ "StringNotLike", "aws:userid", "AROA*", D, MOVES },
	{ "StringEquals", "aws:PrincipalTag", "x", D, HELD, "COND-UNKNOWN" },
	{ "StringEquals", "aws:TagKeys", "x", D, HELD, "COND-UNKNOWN" },
	{ "StringEquals", "s3:prefix", "x", D, HELD, "COND-UNKNOWN" },
	{ "StringEquals", "", "x", D, HELD, "COND-UNKNOWN" },
	{ "StringEquals", X, "x", D, HELD, "COND-UNKNOWN" },
	{ "StringIs", "kms:ViaService", "x", D, HELD, "COND-UNKNOWN" },
	{ X, "kms:ViaService", "x", D, HELD, "COND-UNKNOWN" },
	{ "StringEquals", "kms:ViaService", "", D, HELD, "COND-UNKNOWN" },
	/* set operators that KMS refuses [5.5] */
	{ "ForAllValues:StringEquals", "kms:EncryptionContext:App", "x", D, HELD, "COND-FORALL" },
	{ "ForAnyValue:StringEquals", "kms:EncryptionContext:App", "x", D, HELD, "COND-FORALL" },
	{ "ForAllValues:StringEquals", "aws:RequestTag/App", "x", D, HELD, "COND-FORALL" },
	{ "StringEquals", "aws:RequestTag/App", "x", D, HELD, "COND-UNKNOWN" },
	/* keys that no request for a target has [5.9] */
	{ "Bool", "kms:GrantIsForAWSResource", "true", ALL, DEAD },
	{ "Bool", "kms:GrantIsForAWSResource", "false", ALL, DEAD },
	{ "Bool", "kms:GrantIsForAWSResource", X, ALL, DEAD },
	{ "BoolIfExists", "kms:GrantIsForAWSResource", "true", ALL, HELD, "COND-DEAD" },
	{ "Null", "kms:GrantIsForAWSResource", "false", ALL, DEAD },
	{ "Null", "kms:GrantIsForAWSResource", "False", ALL, DEAD },
	{ "Null", "kms:GrantIsForAWSResource", "true", ALL, HELD, "COND-DEAD" },
	{ "Null", "kms:GrantIsForAWSResource", "false true", ALL, HELD, "COND-DEAD" },
	{ "Null", "kms:GrantIsForAWSResource", X, ALL, HELD, "COND-DEAD" },
	{ "ForAllValues:StringEquals", "kms:GrantOperations", "Decrypt", D, HELD, "COND-DEAD" },
	{ "ForAnyValue:StringEquals", "kms:GrantOperations", "Decrypt", D, DEAD },
	{ "ForAnyValue:StringNotEquals", "kms:GrantOperations", "Decrypt", D, DEAD },
	{ "StringNotEquals", "kms:MessageType", "RAW", D, HELD, "COND-DEAD" },
	{ "NumericGreaterThan", "kms:RotationPeriodInDays", "90", D, DEAD },
};

static void the_rulings_are_those_of_the_table(void **state)
{
	size_t wrong = 0;

	for (size_t i = 0; i < COUNT(rulings); i++) {
		struct condition c = make(*state, rulings[i].op, rulings[i].key, rulings[i].values);
		struct condition_ruling r = condition_check(&c, rulings[i].targets);

		if (r.verdict == rulings[i].verdict &&
		    str_eq(str_from(r.code), str_from(rulings[i].code)) &&
		    (r.verdict == CONDITION_MOVES) == (r.why[0] == '\0'))
			continue;
		print_error("%s %s %s: %d %s\n", rulings[i].op, rulings[i].key, rulings[i].values,
			    r.verdict, r.code);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operators_get_the_spelling_of_aws),
		cmocka_unit_test(keys_have_no_case_but_references_have),
		cmocka_unit_test(values_are_a_set_that_keeps_case),
		cmocka_unit_test(the_list_given_stays_as_it_was),
		cmocka_unit_test(any_difference_tells_two_conditions_apart),
		cmocka_unit_test(sets_compare_as_sets),
		cmocka_unit_test(a_variable_in_any_value_is_seen),
		cmocka_unit_test(the_rulings_are_those_of_the_table),
	};

	return cmocka_run_group_tests_name("condition", tests, setup, teardown);
}
