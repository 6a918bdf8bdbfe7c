/* SPDX-License-Identifier: MIT */
/* What the reports for people say of golden cases beside their findings: on what a fix rests, what
 * is deleted, and who keeps what.
 */
#include <string.h>

#include "program.h"

#define GOLDEN "testdata/golden/"

struct said {
	const char *dir;            /* of the case */
	const char *option, *value; /* "@x" is the file x of a copy of the case */
	const char *format, *text;
};

static const struct said rows[] = {
	{ "resources/wildcard-here-only", "--wildcard-keys", "repo", "markdown",
	  "> But other keys than those declared here are given up where wildcards meant them" },
	{ "facts/attached-outside", "--account-details", "@details.json", "markdown",
	  "> This takes what the account said about itself for what it is now." },
	{ "handoff/granted", "--grants", "@requests", "html",
	  "role/service/app \xe2\x86\x92 aws_kms_key.data: kept (kms:Decrypt)</title>" },
	{ "handoff/terraform", "--grants", "@requests", "markdown",
	  "> What other repositories ask for is taken for what IAM policies give there now" },
	{ "handoff/terraform", "--grants", "@requests", "html",
	  "role/service/app \xe2\x86\x92 aws_kms_key.data: moved (kms:Decrypt)</title>" },
	{ "empties/policy-and-attachment-go", "--jobs", "1", "markdown",
	  ", and deletes what would be left empty: `aws_iam_policy.app`. It replaces nothing." },
	{ "terraform/attached-in-many-ways", "--jobs", "1", "markdown",
	  ", and deletes what would be left empty: `aws_iam_role_policy.exclusive`, "
	  "`aws_iam_role_policy.beside`." },
	{ "second-run/one-more-role", "--jobs", "1", "html",
	  "aws_iam_role.two \xe2\x86\x92 aws_kms_key.data: kept (kms:Decrypt)</title>" },
	{ "evaluation/direct-grant-exists", "--jobs", "1", "html",
	  "aws_iam_role.app \xe2\x86\x92 aws_kms_key.data: kept (kms:Decrypt)</title>" },
	{ "modules/other-root-same-role-name", "--phased", "--jobs=1", "html",
	  "app3: aws_iam_role.app \xe2\x86\x92 app3: aws_kms_key.data: moved" },
};

static void expect(const struct said *r, struct arena *a)
{
	const char *from = str_fmt(a, GOLDEN "%s", r->dir).p, *dir = test_mkdir(a);
	const char *repo = program_repo(a, str_fmt(a, "%s/in", from).p);
	const char *value = r->value;
	struct outcome o;

	test_must(a, (const char *[]){ "cp", "-R", from, dir, NULL });
	if (*value == '@')
		value = str_fmt(a, "%s/%s/%s", dir, strrchr(from, '/') + 1, value + 1).p;
	o = program_run(a, (const char *[]){ r->option, value, "--format", r->format, repo, NULL });
	if (!str_has(o.out, str_from(r->text)))
		test_fail("%s: '%s' is not in %.*s%.*s", r->dir, r->text, STR_ARG(o.out),
			  STR_ARG(o.err));
	test_rmdir(a, repo);
	test_rmdir(a, dir);
}

static void reports_say_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena *a = arena_create();

		expect(&rows[i], a);
		arena_destroy(a);
	}
}

/* An account has no commit, and its fix is calls. */
static void an_account_is_told_how(void **state)
{
	struct arena *a = arena_create();
	str out = program_run(a, (const char *[]){ "account", "testdata/account/whole/in",
						   "--format", "markdown", NULL })
			  .out;

	(void)state;
	assert_true(str_has(out, S("### How to do it\n")));
	assert_true(str_ends(out, S(" on account `111122223333`\n")));
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_say_it),
		cmocka_unit_test(an_account_is_told_how),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
