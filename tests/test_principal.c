/* SPDX-License-Identifier: MIT */
#include "kmsfix/principal.h"

#include "support.h"

#define PART "\001data.aws_partition.current.partition\002"
#define ACCT "\001data.aws_caller_identity.current.account_id\002"
#define X "\001var.x\002"
#define ID "111122223333"

static const struct {
	const char *type, *text;
	enum principal_form form;
	const char *partition, *account, *path, *name;
} rows[] = {
	{ "*", "*", PRINCIPAL_STAR, "", "", "", "" },
	{ "AWS", "*", PRINCIPAL_STAR, "", "", "", "" },
	{ "*", X, PRINCIPAL_UNKNOWN, "", "", "", "" },
	{ "*", "arn:aws:iam::" ID ":root", PRINCIPAL_OTHER, "", "", "", "" },
	/* the account [3.4] */
	{ "AWS", "arn:aws:iam::" ID ":root", PRINCIPAL_ACCOUNT, "aws", ID, "", "" },
	{ "AWS", ID, PRINCIPAL_ACCOUNT, "", ID, "", "" },
	{ "AWS", "arn:" PART ":iam::" ACCT ":root", PRINCIPAL_ACCOUNT, PART, ACCT, "", "" },
	{ "AWS", "arn:aws:iam::" ID ":" X, PRINCIPAL_UNKNOWN, "aws", ID, "", "" },
	{ "AWS", "arn:aws:iam::12345:root", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "arn:aws:iam::*:root", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "arn:aws:iam:us-east-1:" ID ":root", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "arn:aws:iam:::root", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "arn::iam::" ID ":root", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "arn:aws:sts::" ID ":root", PRINCIPAL_OTHER, "aws", ID, "", "" },
	{ "AWS", "11112222333", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "1111222233334", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "11112222333x", PRINCIPAL_OTHER, "", "", "", "" },
	/* roles and users, with their paths [4.4] */
	{ "AWS", "arn:aws:iam::" ID ":role/app", PRINCIPAL_ROLE, "aws", ID, "/", "app" },
	{ "AWS", "arn:aws:iam::" ID ":role/a/b/app", PRINCIPAL_ROLE, "aws", ID, "/a/b/", "app" },
	{ "AWS", "arn:aws:iam::" ACCT ":role/a/" X, PRINCIPAL_ROLE, "aws", ACCT, "/a/", X },
	{ "AWS", "arn:aws:iam::" ID ":role" X "app", PRINCIPAL_UNKNOWN, "aws", ID, "", "" },
	{ "AWS", "arn:aws:iam::" ID ":r" X, PRINCIPAL_UNKNOWN, "aws", ID, "", "" },
	{ "AWS", "arn:aws:iam::" ID ":x" X, PRINCIPAL_OTHER, "aws", ID, "", "" },
	{ "AWS", "arn:aws:iam::" ID ":role/", PRINCIPAL_OTHER, "aws", ID, "/", "" },
	{ "AWS", "arn:aws:iam::" ID ":role/a/", PRINCIPAL_OTHER, "aws", ID, "/a/", "" },
	{ "AWS", "arn:aws:iam::" ID ":role/app-*", PRINCIPAL_OTHER, "", "", "", "" }, /* [4.2] */
	{ "AWS", "arn:aws:iam::" ID ":user/bob", PRINCIPAL_USER, "aws", ID, "/", "bob" },
	{ "AWS", "arn:aws-cn:iam::" ID ":user/d/bob", PRINCIPAL_USER, "aws-cn", ID, "/d/", "bob" },
	/* sessions [3.9] */
	{ "AWS", "arn:aws:sts::" ID ":assumed-role/app/s", PRINCIPAL_SESSION, "aws", ID, "/app/",
	  "s" },
	{ "AWS", "arn:aws:sts::" ID ":federated-user/bob", PRINCIPAL_SESSION, "aws", ID, "/",
	  "bob" },
	/* ids of deleted principals [4.5] */
	{ "AWS", "AROAEXAMPLE123456789", PRINCIPAL_UNIQUE_ID, "", "", "", "AROAEXAMPLE123456789" },
	{ "AWS", "AIDAEXAMPLE123456789", PRINCIPAL_UNIQUE_ID, "", "", "", "AIDAEXAMPLE123456789" },
	{ "AWS", "AROA567890123456", PRINCIPAL_UNIQUE_ID, "", "", "", "AROA567890123456" },
	{ "AWS", "AROA56789012345", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "AROAexample123456789", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "AROAshort", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "AGPAEXAMPLE123456789", PRINCIPAL_OTHER, "", "", "", "" },
	/* others */
	{ "AWS", "arn:aws:iam::" ID ":group/g", PRINCIPAL_OTHER, "aws", ID, "", "" }, /* [4.1] */
	{ "AWS", "arn:aws:s3:::" ID, PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "arn:aws:iam", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "bob", PRINCIPAL_OTHER, "", "", "", "" },
	{ "AWS", "", PRINCIPAL_OTHER, "", "", "", "" },
	{ "Service", "s3.amazonaws.com", PRINCIPAL_SERVICE, "", "", "", "s3.amazonaws.com" },
	{ "Service", X, PRINCIPAL_SERVICE, "", "", "", X },
	{ "Federated", "arn:aws:iam::" ID ":role/app", PRINCIPAL_OTHER, "", "", "", "" },
	{ "CanonicalUser", "*", PRINCIPAL_OTHER, "", "", "", "" },
	{ "aws", ID, PRINCIPAL_OTHER, "", "", "", "" },
	{ "", ID, PRINCIPAL_OTHER, "", "", "", "" },
	/* references */
	{ "AWS", X, PRINCIPAL_REFERENCE, "", "", "", "" },
	{ "AWS", X "x", PRINCIPAL_UNKNOWN, "", "", "", "" },
	{ "AWS", "arn:aws:" X "::" ID ":root", PRINCIPAL_UNKNOWN, "", "", "", "" },
	{ "AWS", "arn:aws:iam::" X, PRINCIPAL_UNKNOWN, "", "", "", "" },
	{ X, ID, PRINCIPAL_UNKNOWN, "", "", "", "" },
};

static void texts_name_the_principals_of_the_table(void **state)
{
	size_t wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct principal_ref p = principal_parse(str_from(rows[i].type),
							 str_from(rows[i].text));

		if (p.form == rows[i].form && str_eq(p.partition, str_from(rows[i].partition)) &&
		    str_eq(p.account, str_from(rows[i].account)) &&
		    str_eq(p.path, str_from(rows[i].path)) &&
		    str_eq(p.name, str_from(rows[i].name)))
			continue;
		print_error("'%s': %d '%.*s' '%.*s' '%.*s' '%.*s'\n", rows[i].text, p.form,
			    STR_ARG(p.partition), STR_ARG(p.account), STR_ARG(p.path),
			    STR_ARG(p.name));
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static const struct {
	const char *arn;
	bool exists;
} names[] = {
	{ "arn:aws:iam::123456789012:role/app", true },
	{ "arn:aws-us-gov:iam::123456789012:role/a\"/!~/x+=,.@-_9", true },
	{ "arn:aws:iam::123456789012:user/a b", false },
	{ "arn:aws:iam::123456789012:role/", false },
	{ "arn:aws:iam::123456789012:role/a\"b", false },
	{ "arn:aws:iam::123456789012:role/a b/c", false },
	{ "arn:aws\n:iam::123456789012:role/c", false },
	{ "arn:aws:iam::123456789012:role/"
	  "1234567890123456789012345678901234567890123456789012345678901234",
	  true },
	{ "arn:aws:iam::123456789012:role/"
	  "12345678901234567890123456789012345678901234567890123456789012345",
	  false },
};

static void iam_gives_names_of_some_characters(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct principal_ref p = principal_parse(S("AWS"), str_from(names[i].arn));

		if (principal_can_exist(&p) != names[i].exists)
			fail_msg("%s", names[i].arn);
	}
}

static void a_path_is_of_512_characters_at_most(void **state)
{
	static char path[513];
	struct principal_ref p = principal_parse(S("AWS"), str_from(names[0].arn));

	(void)state;
	memset(path, '/', sizeof(path));
	p.path = (str){ path, 512 };
	assert_true(principal_can_exist(&p));
	p.path.n++;
	assert_false(principal_can_exist(&p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_name_the_principals_of_the_table),
		cmocka_unit_test(iam_gives_names_of_some_characters),
		cmocka_unit_test(a_path_is_of_512_characters_at_most),
	};

	return cmocka_run_group_tests_name("principal", tests, NULL, NULL);
}
