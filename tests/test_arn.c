/* SPDX-License-Identifier: MIT */
#include "kmsfix/arn.h"

#include "support.h"

#define PART "\001data.aws_partition.current.partition\002"
#define REGION "\001data.aws_region.current.name\002"
#define ACCT "\001data.aws_caller_identity.current.account_id\002"
#define ID "\001aws_kms_key.a.key_id\002"
#define ARN "\001aws_kms_key.a.arn\002"
#define UUID "1234abcd-12ab-34cd-56ef-1234567890ab"

static void an_arn_has_six_parts(void **state)
{
	struct arn arn;

	(void)state;
	assert_true(arn_parse(S("arn:aws:kms:us-east-1:111122223333:key/a:b"), &arn));
	assert_str_eq(arn.partition, S("aws"));
	assert_str_eq(arn.service, S("kms"));
	assert_str_eq(arn.region, S("us-east-1"));
	assert_str_eq(arn.account, S("111122223333"));
	assert_str_eq(arn.resource, S("key/a:b"));
	assert_true(arn_parse(S("arn:::::"), &arn));
	assert_false(arn_parse(S("arn:aws:kms:us-east-1:key/a"), &arn));
	assert_false(arn_parse(S("ARN:aws:kms:us-east-1:1:key/a"), &arn));
	assert_false(arn_parse(S(""), &arn));
	assert_false(arn_parse((str){ 0 }, &arn));
}

static void colons_in_references_do_not_split(void **state)
{
	struct arn arn;

	(void)state;
	assert_true(arn_parse(S("arn:\001a ? \"x:y\" : z\002:iam::" ACCT ":root"), &arn));
	assert_str_eq(arn.partition, S("\001a ? \"x:y\" : z\002"));
	assert_str_eq(arn.account, S(ACCT));
	assert_str_eq(arn.resource, S("root"));
	assert_false(arn_parse(S("arn:aws:\001kms:::key/a"), &arn));
}

static void a_key_arn_has_an_id(void **state)
{
	struct key_arn key;

	(void)state;
	assert_true(key_arn_parse(S("arn:aws-cn:kms:cn-north-1:" ACCT ":key/" ID), &key));
	assert_str_eq(key.partition, S("aws-cn"));
	assert_str_eq(key.region, S("cn-north-1"));
	assert_str_eq(key.account, S(ACCT));
	assert_str_eq(key.id, S(ID));
	assert_false(key_arn_parse(S("arn:aws:kms:us-east-1:1:key/"), &key));
	assert_false(key_arn_parse(S("arn:aws:kms:us-east-1:1:alias/a"), &key));
	assert_false(key_arn_parse(S("arn:aws:s3:us-east-1:1:key/a"), &key));
	assert_false(key_arn_parse(S(UUID), &key));
}

/* The key of the table: all literal, all symbolic, and one of which only the id is known. */
static const struct key_arn literal = { S("aws"), S("us-east-1"), S("111122223333"), S(UUID) };
static const struct key_arn symbolic = { S(PART), S(REGION), S(ACCT), S(ID) };
static const struct key_arn unknown = { { 0 }, { 0 }, { 0 }, S(ID) };

#define N MATCH_NO
#define Y MATCH_YES
#define M MATCH_MAYBE

static const struct {
	const char *pattern;
	enum match literal, symbolic, unknown;
	enum resource_kind kind;
} rows[] = {
	/* one key [2.1, 2.7] */
	{ "arn:aws:kms:us-east-1:111122223333:key/" UUID, Y, M, M, RESOURCE_KEY },
	{ "arn:aws:kms:us-east-1:111122223333:key/mrk-1", N, M, M, RESOURCE_KEY },
	{ "arn:aws:kms:us-west-2:111122223333:key/" UUID, N, M, M, RESOURCE_KEY }, /* [2.15] */
	{ "arn:aws:kms:us-east-1:999999999999:key/" UUID, N, M, M, RESOURCE_KEY },
	{ "arn:aws-cn:kms:us-east-1:111122223333:key/" UUID, N, M, M, RESOURCE_KEY }, /* [2.12] */
	{ "arn:" PART ":kms:" REGION ":" ACCT ":key/" ID, M, Y, M, RESOURCE_KEY },
	{ "arn:aws:kms:" REGION ":" ACCT ":key/" ID, M, Y, M, RESOURCE_KEY },
	{ "arn:aws-cn:kms:" REGION ":" ACCT ":key/" ID, N, M, M, RESOURCE_KEY },
	{ "arn:*:kms:*:*:key/" ID, M, Y, Y, RESOURCE_KEY_WILD },
	{ "arn:*:kms:us-east-1:111122223333:key/" UUID, Y, M, M, RESOURCE_KEY },
	{ "arn:aws:kms:us-east-1:111122223333:key/\001var.id\002", M, M, M, RESOURCE_KEY },
	{ "arn:aws:kms:us-east-1:111122223333:key/mrk-\001var.id\002", N, M, M, RESOURCE_KEY },
	{ "arn:aws:kms:us-east-1:111122223333:key/" UUID ":x", N, M, M, RESOURCE_KEY },
	/* many keys [2.4-2.6] */
	{ "*", Y, Y, Y, RESOURCE_STAR },
	{ "arn:aws:kms:*:*:key/*", Y, Y, Y, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:*:111122223333:key/*", Y, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:*:" ACCT ":key/*", M, Y, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:us-*-1:111122223333:key/*", Y, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:us-????"
	  "-1:111122223333:key/*",
	  Y, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:us-west-?:111122223333:key/*", N, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:us-east-1:111122223333:key/1234*", Y, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:us-east-1:111122223333:key/????????"
	  "-*",
	  Y, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:us-east-1:111122223333:key/mrk-*", N, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:*:*:*", Y, Y, Y, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:*:*:key*", Y, Y, Y, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:*:*:*/" UUID, M, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:*:*:*" ID, M, M, M, RESOURCE_UNKNOWN },
	{ "arn:aws:kms:us-east-1:*", Y, M, M, RESOURCE_KEY_WILD }, /* crosses colons [2.6] */
	{ "arn:aws:kms:us-west-2:*", N, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:us*", Y, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:eu*", N, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:*", Y, Y, Y, RESOURCE_KEY_WILD },
	{ "arn:aws:kms*", Y, Y, Y, RESOURCE_KEY_WILD },
	{ "arn:aws:*", Y, Y, Y, RESOURCE_KEY_WILD },
	{ "arn:*", Y, Y, Y, RESOURCE_KEY_WILD },
	{ "arn:aws*", Y, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:*:*:*:*", Y, Y, Y, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:*:key/" UUID, M, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:*111122223333:key/*", M, M, M, RESOURCE_KEY_WILD },
	{ "arn:aws:kms:us-west-2*:key/*", N, M, M, RESOURCE_KEY_WILD },
	{ "arn:*:us-east-1:111122223333:key/*", M, M, M, RESOURCE_KEY_WILD },
	/* aliases [2.2] */
	{ "arn:aws:kms:us-east-1:111122223333:alias/app", N, N, N, RESOURCE_ALIAS },
	{ "arn:aws:kms:us-east-1:111122223333:alias/*", N, N, N, RESOURCE_ALIAS },
	{ "arn:aws:kms:*:*:a*", N, N, N, RESOURCE_ALIAS },
	{ "arn:aws:kms:*:*:alias/" ID, N, N, N, RESOURCE_ALIAS },
	{ "arn:aws:kms:*:*:alias/${aws:username}", N, N, N, RESOURCE_ALIAS },
	/* what no key has [2.7] */
	{ "arn:aws:kms:us-east-1:111122223333:key/" UUID "/*", N, N, N, RESOURCE_BELOW_KEY },
	{ "arn:aws:kms:*:*:key/aws/ssm", N, N, N, RESOURCE_BELOW_KEY },
	{ "arn:aws:kms:*:*:key/" ID "/*", N, N, N, RESOURCE_BELOW_KEY },
	{ "arn:aws:kms:*:*:key/*/*", N, N, N, RESOURCE_BELOW_KEY },
	/* other services [2.14] */
	{ "arn:aws:s3:::bucket/key/" UUID, N, N, N, RESOURCE_OTHER_SERVICE },
	{ "arn:aws:s3:::" ID, N, N, N, RESOURCE_OTHER_SERVICE },
	{ "arn:" PART ":s3:::x", N, N, N, RESOURCE_OTHER_SERVICE },
	{ "arn:aws:s3:::${aws:username}", N, N, N, RESOURCE_OTHER_SERVICE },
	{ "arn:aws:KMS:us-east-1:1:key/a", N, N, N, RESOURCE_OTHER_SERVICE },
	{ "arn:aws:s3*", N, N, N, RESOURCE_OTHER_SERVICE },
	{ "arn:aws:s3:*", N, N, N, RESOURCE_OTHER_SERVICE },
	{ "arn:aws:s*:::x", N, N, N, RESOURCE_OTHER_SERVICE },
	{ "arn:aws:kms:us-east-1:1:store/a", N, N, N, RESOURCE_OTHER_SERVICE },
	/* policy variables [2.11] */
	{ "arn:aws:kms:us-east-1:111122223333:key/${aws:PrincipalTag/k}", M, M, M,
	  RESOURCE_VARIABLE },
	{ "arn:aws:kms:us-west-2:111122223333:key/${aws:PrincipalTag/k}", N, M, M,
	  RESOURCE_VARIABLE },
	{ "arn:aws:kms:*:*:key/mrk-&{aws:PrincipalTag/k}", N, M, M, RESOURCE_VARIABLE },
	{ "arn:aws:kms:${aws:RequestedRegion}:111122223333:key/*", M, M, M, RESOURCE_VARIABLE },
	{ "${aws:PrincipalTag/arn}", M, M, M, RESOURCE_VARIABLE },
	{ "arn:aws:kms:*:${aws:PrincipalAccount}:key/*", M, M, M, RESOURCE_VARIABLE },
	/* no ARNs [2.3] */
	{ "", N, N, N, RESOURCE_BAD },
	{ UUID, N, N, N, RESOURCE_BAD },
	{ "alias/app", N, N, N, RESOURCE_BAD },
	{ "alias/" ID, N, N, N, RESOURCE_BAD },
	{ "alias/${aws:username}", N, N, N, RESOURCE_BAD },
	{ "key/*", N, N, N, RESOURCE_BAD },
	{ "**", M, M, M, RESOURCE_BAD },
	{ "arn:aws:kms:us-east-1:key/a", N, N, N, RESOURCE_BAD },
	{ "arn:aws:kms", N, N, N, RESOURCE_BAD },
	{ "arn:aws", N, N, N, RESOURCE_BAD },
	{ "arn:", N, N, N, RESOURCE_BAD },
	{ "arn:aws:kms:us-east-1:1:key/", N, N, N, RESOURCE_BAD },
	{ "arn:aws:kms:us-east-1:1:key", N, N, N, RESOURCE_BAD },
	{ "arn:aws:kms:::key/*", N, N, N, RESOURCE_BAD },
	/* references in the way */
	{ ARN, M, M, M, RESOURCE_REFERENCE },
	{ ARN "*", M, M, M, RESOURCE_UNKNOWN },
	{ "\001local.prefix\002:key/" UUID, M, M, M, RESOURCE_UNKNOWN },
	{ "arn:" PART ":\001var.service\002:*:*:key/a", N, M, M, RESOURCE_UNKNOWN },
	{ "arn:aws:kms:us-east-1:111122223333:" ID, M, M, M, RESOURCE_UNKNOWN },
	{ "arn:aws:kms:*:111122223333:" ID, M, M, M, RESOURCE_UNKNOWN },
	{ "arn:aws:kms:\001local.place\002:key/" UUID, M, M, M, RESOURCE_UNKNOWN },
	{ "arn:\001local.rest\002", M, M, M, RESOURCE_UNKNOWN },
	{ "\001open", M, M, M, RESOURCE_UNKNOWN },
};

static void patterns_mean_the_keys_the_table_says(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		str p = str_from(rows[i].pattern);
		enum match l = resource_match(p, &literal), s = resource_match(p, &symbolic),
			   u = resource_match(p, &unknown);
		enum resource_kind k = resource_classify(p);

		if (l == rows[i].literal && s == rows[i].symbolic && u == rows[i].unknown &&
		    k == rows[i].kind)
			continue;
		print_error("'%s': %d %d %d, kind %d\n", rows[i].pattern, l, s, u, k);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void a_part_that_is_unknown_is_not_empty(void **state)
{
	const struct key_arn nothing = { 0 };

	(void)state;
	assert_int_equal(resource_match(S("arn:aws:kms:*:*:key/*"), &nothing), MATCH_YES);
	assert_int_equal(resource_match(S("arn:aws:kms:*:*:key/a"), &nothing), MATCH_MAYBE);
	assert_int_equal(resource_match(S("arn:aws:kms::*:key/a"), &nothing), MATCH_NO);
	assert_int_equal(resource_match(S("arn:aws:kms:*::key/a"), &nothing), MATCH_NO);
	assert_int_equal(resource_match(S("arn::kms:*:*:key/a"), &nothing), MATCH_NO);
}

static void partitions_match_by_their_own_rule(void **state)
{
	struct key_arn key = { .partition = S("") };

	(void)state;
	assert_int_equal(resource_match(S("arn:aws:kms:*:*:*"), &key), MATCH_YES);
	assert_int_equal(resource_match(S("arn:" PART ":kms:*:*:*"), &key), MATCH_YES);
	assert_int_equal(resource_match(S("arn:aws-us-gov:kms:*:*:*"), &key), MATCH_MAYBE);
	key.partition = S("aws");
	assert_int_equal(resource_match(S("arn:" PART ":kms:*:*:*"), &key), MATCH_YES);
	assert_int_equal(resource_match(S("arn:aws*:kms:*:*:*"), &key), MATCH_YES);
	key.partition = S("aws-cn");
	assert_int_equal(resource_match(S("arn:" PART ":kms:*:*:*"), &key), MATCH_MAYBE);
	assert_int_equal(resource_match(S("arn:aws:kms:*:*:*"), &key), MATCH_NO);
	key.partition = S("\001var.partition\002");
	assert_int_equal(resource_match(S("arn:" PART ":kms:*:*:*"), &key), MATCH_MAYBE);
}

static void a_region_has_its_partition(void **state)
{
	(void)state;
	assert_str_eq(arn_partition(S("eu-west-1")), S("aws"));
	assert_str_eq(arn_partition(S("cn-north-1")), S("aws-cn"));
	assert_str_eq(arn_partition(S("us-gov-west-1")), S("aws-us-gov"));
	assert_str_eq(arn_partition(S("us-iso-east-1")), S("aws-iso"));
	assert_str_eq(arn_partition(S("us-isob-east-1")), S("aws-iso-b"));
	assert_str_eq(arn_partition(S("eu-isoe-west-1")), S("aws-iso-e"));
	assert_str_eq(arn_partition(S("us-isof-south-1")), S("aws-iso-f"));
	assert_str_eq(arn_partition(S("eusc-de-east-1")), S("aws-eusc"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_arn_has_six_parts),
		cmocka_unit_test(colons_in_references_do_not_split),
		cmocka_unit_test(a_key_arn_has_an_id),
		cmocka_unit_test(patterns_mean_the_keys_the_table_says),
		cmocka_unit_test(a_part_that_is_unknown_is_not_empty),
		cmocka_unit_test(partitions_match_by_their_own_rule),
		cmocka_unit_test(a_region_has_its_partition),
	};

	return cmocka_run_group_tests_name("arn", tests, NULL, NULL);
}
