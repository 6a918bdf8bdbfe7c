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
	bool told; /* its details.json */
};

static const struct said rows[] = {
	{ "empties/cannot-wait", "--jobs", "1", "json",
	  "'aws_iam_role.late' waited for the policy, and cannot be made to wait for the key "
	  "policy instead: in a first deployment it may come before this access",
	  false },
	{ "empties/waits-no-more", "--jobs", "1", "json",
	  "'data.aws_sqs_queue.x', 'module.m' waited for the policy", false },
	{ "empties/waits-for-each-other", "--jobs", "1", "json",
	  "'aws_sqs_queue.one' waited for the policy", false },
	{ "cloudformation/waits-at-times", "--jobs", "1", "json", "'Job' waited for the policy",
	  false },
	{ "empties/function-waited-for", "--jobs", "1", "json", "\"order\": \"grant-first\"",
	  false },
	{ "cloudformation/waits-for-the-role", "--jobs", "1", "json",
	  "in a first deployment what uses the principal may come before this access", false },
	{ "resources/wildcard-here-only", "--wildcard-keys", "repo", "markdown",
	  "> But other keys than those declared here are given up where wildcards meant them",
	  false },
	{ "facts/attached-outside", "--account-details", "@details.json", "markdown",
	  "> This takes what the account said about itself for what it is now.", false },
	{ "handoff/granted", "--grants", "@requests", "html",
	  "role/service/app \xe2\x86\x92 aws_kms_key.data: kept (kms:Decrypt)</title>", false },
	{ "handoff/held", "--grants", "@requests", "json",
	  "the key 'arn:aws:kms:us-east-1:111122223333:alias/data' is not declared", false },
	{ "handoff/terraform", "--grants", "@requests", "markdown",
	  "> What other repositories ask for is taken for what IAM policies give there now",
	  false },
	{ "handoff/terraform", "--grants", "@requests", "html",
	  "role/service/app \xe2\x86\x92 aws_kms_key.data: moved (kms:Decrypt)</title>", false },
	{ "empties/policy-and-attachment-go", "--jobs", "1", "markdown",
	  ", and deletes what would be left empty: `aws_iam_policy.app`. It replaces nothing.",
	  false },
	{ "terraform/attached-in-many-ways", "--jobs", "1", "markdown",
	  ", and deletes what would be left empty: `aws_iam_role_policy.exclusive`, "
	  "`aws_iam_role_policy.beside`, "
	  "`aws_iam_policy.alone`.",
	  false },
	{ "second-run/one-more-role", "--jobs", "1", "html",
	  "aws_iam_role.two \xe2\x86\x92 aws_kms_key.data: kept (kms:Decrypt)</title>", false },
	{ "evaluation/direct-grant-exists", "--jobs", "1", "html",
	  "aws_iam_role.app \xe2\x86\x92 aws_kms_key.data: kept (kms:Decrypt)</title>", false },
	{ "modules/other-root-same-role-name", "--phased", "--jobs=1", "html",
	  "app3: aws_iam_role.app \xe2\x86\x92 keys3: aws_kms_key.data: moved", false },
	{ "modules/other-root-same-role-name", "--phased", "--jobs=1", "markdown",
	  "| Principal | `keys2: aws_kms_key.data` | `keys3: aws_kms_key.data` | ", false },
	{ "modules/other-root-phased", "--phased", "--jobs=1", "markdown",
	  "\n1. Apply the first commit, in any order in: `keys`.\n"
	  "2. When all of that is done, apply the second one, in any order in: `app`.\n",
	  false },
	{ "handoff/receipt", "--requests", "@box", "markdown",
	  "always in the same one, but for grants that receipts tell of, which must be applied "
	  "already where they are: `.`.\n",
	  true },
	{ "resources/wildcard-here-only", "--wildcard-keys", "repo", "html",
	  "<p>But other keys than those declared here are given up where wildcards meant them",
	  false },
	{ "handoff/receipt", "--requests", "@box", "markdown",
	  "> This takes what receipts say of key policies elsewhere for what is applied.", true },
	{ "resources/computed-beside-keys", "--jobs", "1", "text",
	  "    access: PickerRole\n    unlock: say in \"keys\" of .kmsfix.json which keys it means",
	  false },
	{ "config/key-map-of-many-expressions", "--jobs", "1", "text",
	  "    unlock: write the policy out, with references only", false },
	{ "config/account-of-a-parameter", "--jobs", "1", "text",
	  "    unlock: name the key's own account as AWS::AccountId or", false },
	{ "modules/order-of-instances", "--jobs", "1", "json", "\"order\": \"grant-first\"",
	  false },
	{ "modules/instances-with-own-roles", "--jobs", "1", "markdown",
	  ", `aws_iam_role_policy.w1` and others. It replaces nothing.", false },
	{ "evaluation/condition-not-read-back", "--jobs", "1", "markdown",
	  "| `aws_iam_role.app` | **held** Decrypt; **moved** ReEncryptTo |", false },
	{ "evaluation/condition-not-read-back", "--jobs", "1", "html",
	  "aws_iam_role.app \xe2\x86\x92 aws_kms_key.data: moved (kms:ReEncryptTo)</title>",
	  false },
	{ "bad-input/broken-file", "--jobs", "1", "text",
	  "    unlock: repair the file, so that it parses\n", false },
	{ "bad-input/label", "--jobs", "1", "text", "    unlock: correct the label of the block\n",
	  false },
	{ "cloudformation/stack-set", "--jobs", "1", "json",
	  "the template of the stack set 'Everywhere' is not read", false },
	{ "cloudformation/stack-set", "--jobs", "1", "json",
	  "the template of 'InOtherAccount' is not read", false },
	{ "kinds/templates-of-cloudformation", "--jobs", "1", "json",
	  "\"path\": \"module/main.tf\", \"line\": 10, \"column\": 42, \"message\": "
	  "\"TF-DYNAMIC: the template of 'aws_cloudformation_stack.text' is written here and not "
	  "read",
	  false },
	{ "cloudformation/serverless-odd", "--jobs", "1", "json",
	  "the resource '${file(key.yml):}' is computed by an expression", false },
	{ "cloudformation/serverless-role-depends", "--jobs", "1", "json",
	  "SLS-IMPLICIT: the framework gives the role of the functions kms:Decrypt because of "
	  "kmsKeyArn",
	  false },
	{ "cloudformation/serverless-unread", "--jobs", "1", "json",
	  "'${file(./statements.${self:provider.stage}.yml)}' is not known from the repository",
	  false },
	{ "cloudformation/serverless-unread", "--jobs", "1", "json",
	  "'${file(./statements.${self:provider.stage}.yml):app}' is not known", false },
	{ "cloudformation/serverless-unread", "--jobs", "1", "json",
	  "'${file(functions.js)}' is not known", false },
	{ "cloudformation/serverless-unread", "--jobs", "1", "json",
	  "'${file(resources.${self:provider.stage}.yml)}' is not known", false },
	{ "cloudformation/serverless-unread", "--jobs", "1", "json",
	  "'${file(iam.${self:provider.stage}.yml)}' is not known", false },
	{ "cloudformation/serverless-unread", "--jobs", "1", "json",
	  "'${file(app.${self:provider.stage}.yml)}' is not known", false },
	{ "cloudformation/serverless-unread", "--jobs", "1", "json",
	  "'${file(role.${self:provider.stage}.yml)}' is not known", false },
	{ "cloudformation/cycle-accept-managed", "--accept", "CYCLE", "json",
	  "to open a dependency cycle, policies of 'AppRole', 'BatchRole' become resources",
	  false },
	{ "suppression/hcl-places", "--jobs", "1", "sarif",
	  "\"suppressions\": [{\"kind\": \"inSource\", \"status\": \"accepted\", "
	  "\"justification\": "
	  "\"opens the statement\", \"location\": ",
	  false },
	{ "actions/notaction", "--jobs", "1", "text",
	  "    10 |         NotAction = [\"iam:*\"]\n       |                      ^^^^^^^\n",
	  false },
	{ "kinds/chosen-document", "--jobs", "1", "text",
	  "    33 |     actions   = [\"kms:Decrypt\", ", false },
	{ "cloudformation/odd-in-many-ways", "--jobs", "1", "json",
	  "\"path\": \"app/app.snapshot/app.template.yml\", \"line\": 1, \"column\": 1, "
	  "\"message\": "
	  "\"the CDK writes this template; its source is what to change\"",
	  false },
	{ "cloudformation/odd-in-many-ways", "--jobs", "1", "json",
	  "\"path\": \"app/cdk.out/app.template.yml\"", false },
	{ "cloudformation/odd-in-many-ways", "--jobs", "1", "json",
	  "\"path\": \"app/app.yml.j2\", \"line\": 1, \"column\": 1, \"message\": \"a template of "
	  "another program, which becomes a template only when it is filled in",
	  false },
	{ "cloudformation/odd-in-many-ways", "--jobs", "1", "json",
	  "\"path\": \"app/sam.yml.j2\", \"line\": 1, \"column\": 1, \"message\": \"a Jinja, Helm "
	  "or Go "
	  "template, which becomes",
	  false },
	{ "cloudformation/generated", "--jobs", "1", "json",
	  "\"severity\": \"warning\", \"path\": \"broken.yml\", \"line\": 7, \"column\": 1, "
	  "\"message\": \"did not find expected ',' or closing bracket; the file is left alone\"",
	  false },
	{ "bad-input/other-kinds", "--jobs", "1", "json",
	  "\"severity\": \"note\", \"path\": \"live/terragrunt.hcl\", \"line\": 4, \"column\": 48, "
	  "\"message\": \"files of this kind are not read, and this one says that somebody is "
	  "allowed an action (3 such files); it is left alone\"",
	  false },
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
	o = program_run(a, (const char *[]){ r->option, value, "--format", r->format, repo,
					     r->told ? "--account-details" : NULL,
					     str_fmt(a, "%s/details.json", from).p, NULL });
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

/* One work tree has both phases: which unit is to be applied first is said wherever they are. */
static void phases_are_told_in_their_order(void **state)
{
	static const struct {
		const char *dir, *option, *text;
	} runs[] = {
		{ "modules/other-root-phased", "--jobs=1",
		  "\ntwo phases: apply the grants first, in 'keys'; then the rest, in 'app'\n" },
		{ "modules/other-root-phased", "--write",
		  "\ntwo phases: apply the grants first, in 'keys'; then the rest, in 'app'\n" },
		{ "actions/star", "--jobs=1", NULL },
		{ "actions/all-kms", "--write",
		  "\ntwo phases: apply the grants first, in '.'; then the rest, in '.'; 'kmsfix "
		  "--apply --phased' makes a commit for each\n" },
	};
	struct arena *a = arena_create();

	(void)state;
	for (size_t i = 0; i < COUNT(runs); i++) {
		const char *repo = program_repo(a, str_fmt(a, GOLDEN "%s/in", runs[i].dir).p);
		str said = program_run(a,
				       (const char *[]){ "--phased", runs[i].option, repo, NULL })
				   .err;

		if (runs[i].text ? !str_has(said, str_from(runs[i].text)) :
				   str_has(said, S("two phases")))
			test_fail("%s: %.*s", runs[i].dir, STR_ARG(said));
		test_rmdir(a, repo);
	}
	arena_destroy(a);
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
	out = program_run(a, (const char *[]){ "account", "testdata/account/whole/in", "--format",
					       "html", NULL })
		      .out;
	assert_true(str_has(out, S(" on <code>account 111122223333</code></p>")));
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reports_say_it),
		cmocka_unit_test(phases_are_told_in_their_order),
		cmocka_unit_test(an_account_is_told_how),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
