/* SPDX-License-Identifier: MIT */
/* --check: what a change undoes, told by two commits. */
#include <stdlib.h>
#include <unistd.h>

#include "program.h"

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

/* ---- the pieces of a module ---- */

#define ROLE(name) "resource \"aws_iam_role\" \"" name "\" {\n  assume_role_policy = \"{}\"\n}\n\n"
#define NAMED(label, name, more)                                      \
	"resource \"aws_iam_role\" \"" label "\" {\n  name = \"" name \
	"\"\n  assume_role_policy = \"{}\"\n" more "}\n\n"
#define ROOT                                                                              \
	"{ Effect = \"Allow\", Principal = { AWS = \"arn:aws:iam::123456789012:root\" }," \
	" Action = \"kms:*\", Resource = \"*\" },\n"
#define GRANT(who, action, more)                                                               \
	"      { Sid = \"KmsfixDecrypt1\", Effect = \"Allow\", Principal = { AWS = " who " }," \
	" Action = " action ", Resource = \"*\"" more " },\n"
#define KEY(grants)                                                      \
	"resource \"aws_kms_key\" \"data\" {\n  policy = jsonencode({\n" \
	"    Version = \"2012-10-17\"\n    Statement = [\n      " ROOT grants "    ]\n  })\n}\n\n"
#define POLICY(name, role, action, resource, more)                                             \
	"resource \"aws_iam_role_policy\" \"" name "\" {\n  role = aws_iam_role." role ".id\n" \
	"  policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [\n"           \
	"      { Effect = \"Allow\", Action = " action ", Resource = " resource more " },\n"   \
	"    ]\n  })\n}\n\n"
/* A statement in a policy that is attached, or of which nothing is known. */
#define MANAGED(statement)                                                                       \
	"resource \"aws_iam_policy\" \"m\" {\n  policy = jsonencode({ Version = \"2012-10-17\"," \
	" Statement = [" statement "] })\n}\n\n"
#define ATTACHED                                                                                \
	"resource \"aws_iam_role_policy_attachment\" \"m\" {\n  role = aws_iam_role.app.name\n" \
	"  policy_arn = aws_iam_policy.m.arn\n}\n\n"
#define BOUNDED NAMED("x", "x", "  permissions_boundary = aws_iam_policy.m.arn\n")
#define ALLOW(resource) "{ Effect = \"Allow\", Action = \"kms:Decrypt\", " resource " }"
#define OTHER "resource \"aws_kms_key\" \"other\" {\n}\n\n"
#define LITERAL "\"arn:aws:iam::123456789012:role/x\""
#define APP "aws_iam_role.app.arn"
#define DATA "aws_kms_key.data.arn"
#define DECRYPT "\"kms:Decrypt\""
#define AT_TIMES "var.open ? [" LITERAL "] : [" APP "]"
#define ELSEWHERE                                                                              \
	"      { Effect = \"Allow\", Principal = { AWS = " APP " }, Action = \"kms:Decrypt\"," \
	" Resource = \"arn:aws:kms:eu-west-1:123456789012:key/1\" },\n"
#define WHEN ", Condition = { StringEquals = { \"aws:PrincipalTag/team\" = \"a\" } }"

#define MOVED(from, to) "moved {\n  from = " from "\n  to   = " to "\n}\n\n"
#define BLOB(grants)                                                     \
	"resource \"aws_kms_key\" \"blob\" {\n  policy = jsonencode({\n" \
	"    Version = \"2012-10-17\"\n    Statement = [\n      " ROOT grants "    ]\n  })\n}\n\n"

#define LOADED(name)                                                                          \
	"resource \"aws_iam_role_policy\" \"p\" {\n  role = aws_iam_role.app.id\n  policy = " \
	"file(\"" name ".json\")\n}\n"

#define FIXED ROLE("app") KEY(GRANT(APP, DECRYPT, ""))
#define SUPPRESS                                                                                   \
	"{\"version\": 1, \"suppress\": [{\"path\": \"main.tf\", \"address\": "                    \
	"\"aws_kms_key.data\", \"code\": \"GRANT-DROPPED\", \"reason\": \"agreed\", \"expires\": " \
	"\"2999-12-31\"}]}"

static const struct row {
	const char *name, *base, *head;
	const char *config;   /* of the head */
	const char *expected; /* a part of what is printed; NULL: nothing is wrong */
} rows[] = {
	{ "nothing that matters", FIXED, "# more\n" FIXED, NULL, NULL },
	{ "the permission is back", FIXED, FIXED POLICY("p", "app", DECRYPT, DATA, ""), NULL,
	  "main.tf:20:7: PERMISSION-BACK aws_iam_role_policy.p: lets aws_iam_role.app use "
	  "kms:Decrypt on aws_kms_key.data by an IAM policy" },
	{ "by a pattern", FIXED, FIXED POLICY("p", "app", "\"kms:*\"", "\"*\"", ""), NULL,
	  "kms:Decrypt, kms:ReEncryptFrom and kms:ReEncryptTo on *" },
	{ "by NotAction", FIXED,
	  FIXED "resource \"aws_iam_role_policy\" \"p\" {\n  role = aws_iam_role.app.id\n"
		"  policy = jsonencode({ Statement = [{ Effect = \"Allow\","
		" NotAction = \"s3:*\", Resource = \"*\" }] })\n}\n",
	  NULL, "PERMISSION-BACK" },
	{ "with a reason", FIXED,
	  FIXED "# kmsfix:ignore agreed\n" POLICY("p", "app", DECRYPT, DATA, ""), NULL, NULL },
	{ "for another service's resource", FIXED,
	  FIXED POLICY("p", "app", "\"*\"", "\"arn:aws:s3:::b/*\"", ""), NULL, NULL },
	{ "another address of the same role",
	  NAMED("app", "n", "") POLICY("p", "app", DECRYPT, DATA, ""),
	  NAMED("web", "n", "") POLICY("p", "web", DECRYPT, DATA, ""), NULL, NULL },
	{ "of another name", NAMED("app", "n", "") POLICY("p", "app", DECRYPT, DATA, ""),
	  NAMED("web", "m", "") POLICY("p", "web", DECRYPT, DATA, ""), NULL,
	  "PERMISSION-BACK aws_iam_role_policy.p: lets aws_iam_role.web use" },
	{ "of another account", NAMED("app", "n", "") POLICY("p", "app", DECRYPT, DATA, ""),
	  "provider \"aws\" {\n  alias = \"b\"\n  assume_role {\n    role_arn = var.b\n  "
	  "}\n}\n\n" NAMED("web", "n", "  provider = aws.b\n")
		  POLICY("p", "web", DECRYPT, DATA, ""),
	  NULL, "PERMISSION-BACK aws_iam_role_policy.p: lets aws_iam_role.web use" },
	{ "one of two with the name",
	  NAMED("a", "n", "  count = var.a ? 1 : 0\n") NAMED("b", "n", "  count = var.a ? 0 : 1\n")
		  POLICY("p", "a[0]", DECRYPT, DATA, ""),
	  NAMED("web", "n", "") POLICY("p", "web", DECRYPT, DATA, ""), NULL,
	  "PERMISSION-BACK aws_iam_role_policy.p: lets aws_iam_role.web use" },
	{ "the grant of another address is gone",
	  NAMED("app", "n", "") KEY(GRANT(APP, DECRYPT, "")), NAMED("web", "n", "") KEY(""), NULL,
	  "GRANT-DROPPED aws_kms_key.data: takes kms:Decrypt from aws_iam_role.web" },
	{ "the grant is gone", FIXED, ROLE("app") KEY(""), NULL,
	  "main.tf:6:23: GRANT-DROPPED aws_kms_key.data: takes kms:Decrypt from aws_iam_role.app, "
	  "granted before at main.tf:10:7" },
	{ "the key has no policy any more", FIXED,
	  ROLE("app") "resource \"aws_kms_key\" \"data\" {\n}\n", NULL,
	  "main.tf:5:1: GRANT-DROPPED" },
	{ "the grant is narrower", FIXED, ROLE("app") KEY(GRANT(APP, DECRYPT, WHEN)), NULL,
	  "GRANT-DROPPED" },
	{ "the grant is wider", ROLE("app") KEY(GRANT(APP, DECRYPT, WHEN)), FIXED, NULL, NULL },
	{ "the grant is spelt otherwise", FIXED,
	  ROLE("app") KEY(GRANT("[" APP "]", "[\"kms:De*\", \"kms:Encrypt\"]", "")), NULL, NULL },
	{ "the grant goes back to the role", FIXED,
	  ROLE("app") KEY("") POLICY("p", "app", DECRYPT, DATA, ""), NULL, "PERMISSION-BACK" },
	{ "the role is gone, too", FIXED, KEY(""), NULL, NULL },
	{ "the key is gone, too", FIXED, ROLE("app"), NULL, NULL },
	{ "resources that are not known",
	  FIXED POLICY("p", "app", DECRYPT, "flatten(var.arns)", ""),
	  "# more\n" FIXED POLICY("p", "app", DECRYPT, "flatten(var.arns)", ""), NULL, NULL },
	{ "resources that are not known any more", FIXED POLICY("p", "app", DECRYPT, DATA, ""),
	  FIXED POLICY("p", "app", DECRYPT, "flatten(var.arns)", ""), NULL, "PERMISSION-BACK" },
	{ "resources that are known now",
	  FIXED POLICY("p", "app", DECRYPT, "flatten(var.arns)", ""),
	  FIXED POLICY("p", "app", DECRYPT, DATA, ""), NULL, "PERMISSION-BACK" },
	{ "no resources at all", FIXED MANAGED(ALLOW("")) ATTACHED,
	  "# more\n" FIXED MANAGED(ALLOW("")) ATTACHED, NULL, NULL },
	{ "resources where there were none", FIXED MANAGED(ALLOW("")) ATTACHED,
	  FIXED MANAGED(ALLOW("Resource = flatten(var.arns)")) ATTACHED, NULL, "PERMISSION-BACK" },
	{ "other resources that are not known",
	  FIXED POLICY("p", "app", DECRYPT, "flatten(var.arns)", ""),
	  FIXED POLICY("p", "app", DECRYPT, "flatten(var.others)", ""), NULL, "PERMISSION-BACK" },
	{ "a grant at times", ROLE("app") KEY(GRANT(AT_TIMES, DECRYPT, "")),
	  "# more\n" ROLE("app") KEY(GRANT(AT_TIMES, DECRYPT, "")), NULL, NULL },
	{ "a grant at times is gone", ROLE("app") KEY(GRANT(AT_TIMES, DECRYPT, "")),
	  ROLE("app") KEY(""), NULL, "GRANT-DROPPED" },
	{ "a grant of another key", ROLE("app") KEY(ELSEWHERE),
	  "# more\n" ROLE("app") KEY(ELSEWHERE), NULL, NULL },
	{ "a grant is one of another key now", FIXED, ROLE("app") KEY(ELSEWHERE), NULL,
	  "GRANT-DROPPED" },
	{ "the key is called otherwise", ROLE("app") KEY("") POLICY("p", "app", DECRYPT, DATA, ""),
	  ROLE("app") BLOB("") POLICY("p", "app", DECRYPT, "aws_kms_key.blob.arn", "")
		  MOVED("aws_kms_key.data", "aws_kms_key.blob"),
	  NULL, NULL },
	{ "the key is another one", ROLE("app") KEY("") POLICY("p", "app", DECRYPT, DATA, ""),
	  ROLE("app") BLOB("") POLICY("p", "app", DECRYPT, "aws_kms_key.blob.arn", ""), NULL,
	  "PERMISSION-BACK" },
	{ "the key is one that was there",
	  ROLE("app") KEY("") BLOB("") POLICY("p", "app", DECRYPT, DATA, ""),
	  ROLE("app") BLOB("") POLICY("p", "app", DECRYPT, "aws_kms_key.blob.arn", "")
		  MOVED("aws_kms_key.data", "aws_kms_key.blob"),
	  NULL, "PERMISSION-BACK" },
	{ "the key was called otherwise long ago",
	  ROLE("app") KEY("") POLICY("p", "app", DECRYPT, DATA, "")
		  MOVED("aws_kms_key.data", "aws_kms_key.blob"),
	  ROLE("app") BLOB("") POLICY("p", "app", DECRYPT, "aws_kms_key.blob.arn", "")
		  MOVED("aws_kms_key.data", "aws_kms_key.blob"),
	  NULL, "PERMISSION-BACK" },
	{ "the grant of a key that is called otherwise is gone", FIXED,
	  ROLE("app") BLOB("") MOVED("aws_kms_key.data", "aws_kms_key.old")
		  MOVED("aws_kms_key.old", "aws_kms_key.blob"),
	  NULL, "GRANT-DROPPED aws_kms_key.blob: takes kms:Decrypt from aws_iam_role.app" },
	{ "the role is called otherwise", ROLE("app") KEY("") POLICY("p", "app", DECRYPT, DATA, ""),
	  ROLE("web") KEY("") POLICY("p", "web", DECRYPT, DATA, "")
		  MOVED("aws_iam_role.app", "aws_iam_role.web"),
	  NULL, NULL },
	{ "a circle of moved blocks", FIXED,
	  FIXED MOVED("aws_kms_key.a", "aws_kms_key.b") MOVED("aws_kms_key.b", "aws_kms_key.a")
		  POLICY("p", "app", DECRYPT, DATA, ""),
	  NULL, "PERMISSION-BACK" },
	{ "the grant may go", FIXED, ROLE("app") KEY(""), SUPPRESS, NULL },
	{ "a role that no code declares",
	  KEY(GRANT("\"arn:aws:iam::123456789012:role/x\"", DECRYPT, "")), KEY(""), NULL,
	  "takes kms:Decrypt from arn:aws:iam::123456789012:role/x" },
	{ "narrower than before", FIXED POLICY("p", "app", DECRYPT, "\"*\"", ""),
	  FIXED POLICY("p", "app", DECRYPT, DATA, WHEN), NULL, NULL },
	{ "wider than before", FIXED POLICY("p", "app", DECRYPT, DATA, ""),
	  FIXED POLICY("p", "app", DECRYPT, "\"*\"", ""), NULL, "kms:Decrypt on *" },
	{ "no condition any more", FIXED POLICY("p", "app", DECRYPT, DATA, WHEN),
	  FIXED POLICY("p", "app", DECRYPT, DATA, ""), NULL, "PERMISSION-BACK" },
	{ "in another policy of the role", FIXED POLICY("p", "app", DECRYPT, DATA, ""),
	  FIXED POLICY("q", "app", "[\"kms:Encrypt\", \"kms:Decrypt\"]", DATA, ""), NULL, NULL },
	{ "in a policy of another role", FIXED ROLE("b") POLICY("p", "app", DECRYPT, DATA, ""),
	  FIXED ROLE("b") POLICY("p", "b", DECRYPT, DATA, ""), NULL,
	  "lets aws_iam_role.b use kms:Decrypt" },
	{ "in a managed policy", FIXED, FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED, NULL,
	  "lets aws_iam_role.app use kms:Decrypt on aws_kms_key.data" },
	{ "in a policy that nobody is seen to have", FIXED,
	  FIXED MANAGED(ALLOW("Resource = " DATA)), NULL, "lets aws_iam_policy.m use kms:Decrypt" },
	{ "in that policy before", FIXED MANAGED(ALLOW("Resource = " DATA)),
	  FIXED MANAGED(ALLOW("Resource = [" DATA "]")), NULL, NULL },
	{ "in a permission set", FIXED,
	  FIXED
	  "resource \"aws_ssoadmin_permission_set_inline_policy\" \"s\" {\n"
	  "  permission_set_arn = var.set\n  inline_policy = jsonencode({ Statement = [" ALLOW(
		  "Resource = " DATA) "] })\n}\n",
	  NULL, "PERMISSION-BACK" },
	{ "in a text that an unknown module is given", FIXED,
	  FIXED "module \"x\" {\n  source = \"example.com/x/y\"\n  policy = jsonencode({"
		" Version = \"2012-10-17\", Statement = [" ALLOW("Resource = " DATA) "] })\n}\n",
	  NULL, "PERMISSION-BACK" },
	{ "a denial", FIXED,
	  FIXED MANAGED("{ Effect = \"Deny\", Action = \"kms:Decrypt\", Resource = \"*\" }")
		  ATTACHED,
	  NULL, NULL },
	{ "all but one key as before", FIXED MANAGED(ALLOW("NotResource = " DATA)) ATTACHED,
	  "# more\n" FIXED MANAGED(ALLOW("NotResource = [" DATA ", \"a\"]")) ATTACHED, NULL, NULL },
	{ "all but one key, and that one", FIXED MANAGED(ALLOW("NotResource = " DATA)) ATTACHED,
	  FIXED MANAGED(ALLOW("NotResource = " DATA) ", " ALLOW("Resource = " DATA)) ATTACHED, NULL,
	  "lets aws_iam_role.app use kms:Decrypt on aws_kms_key.data" },
	{ "all but another key", FIXED MANAGED(ALLOW("NotResource = " DATA)) ATTACHED,
	  FIXED OTHER MANAGED(ALLOW("NotResource = aws_kms_key.other.arn")) ATTACHED, NULL,
	  "PERMISSION-BACK" },
	{ "all but one key where there was one", FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED,
	  FIXED MANAGED(ALLOW("NotResource = " DATA)) ATTACHED, NULL, "PERMISSION-BACK" },
	{ "one of two keys",
	  FIXED OTHER MANAGED(ALLOW("Resource = [aws_kms_key.other.arn, " DATA "]")) ATTACHED,
	  FIXED OTHER MANAGED(ALLOW("Resource = " DATA)) ATTACHED, NULL, NULL },
	{ "another key", FIXED OTHER MANAGED(ALLOW("Resource = aws_kms_key.other.arn")) ATTACHED,
	  FIXED OTHER MANAGED(ALLOW("Resource = " DATA)) ATTACHED, NULL, "on aws_kms_key.data" },
	{ "the key by another name", FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED,
	  FIXED
	  "data \"aws_kms_key\" \"again\" {\n  key_id = aws_kms_key.data.key_id\n}\n\n" MANAGED(
		  ALLOW("Resource = data.aws_kms_key.again.arn")) ATTACHED,
	  NULL, NULL },
	{ "a key that is new", FIXED,
	  FIXED OTHER POLICY("p", "app", DECRYPT, "aws_kms_key.other.arn", ""), NULL,
	  "on aws_kms_key.other" },
	{ "a text is granted it by another statement", KEY(GRANT(LITERAL, DECRYPT, "")),
	  KEY(GRANT("[\"arn:aws:iam::123456789012:role/y\", " LITERAL "]", "\"kms:*\"", "")), NULL,
	  NULL },
	{ "a text is granted it under a condition", KEY(GRANT(LITERAL, DECRYPT, "")),
	  KEY(GRANT(LITERAL, DECRYPT, WHEN)), NULL, "GRANT-DROPPED" },
	{ "a text is denied it", KEY(GRANT(LITERAL, DECRYPT, "")),
	  KEY("{ Effect = \"Deny\", Principal = { AWS = " LITERAL
	      " }, Action = \"kms:Decrypt\", Resource = \"*\" },\n"),
	  NULL, "GRANT-DROPPED" },
	{ "a user that no code declares",
	  KEY(GRANT("\"arn:aws:iam::123456789012:user/x\"", DECRYPT, "")), KEY(""), NULL,
	  "takes kms:Decrypt from arn:aws:iam::123456789012:user/x" },
	{ "a text, and the key has no policy any more", KEY(GRANT(LITERAL, DECRYPT, "")),
	  "resource \"aws_kms_key\" \"data\" {\n}\n", NULL, "GRANT-DROPPED" },
	{ "another account", KEY(GRANT("\"arn:aws:iam::999999999999:root\"", DECRYPT, "")), KEY(""),
	  NULL, NULL },
	{ "a denial of the key is gone",
	  ROLE("app")
		  KEY("{ Effect = \"Deny\", Principal = \"*\", Action = \"kms:Decrypt\","
		      " Resource = \"*\" },\n{ Effect = \"Allow\", NotPrincipal = { AWS = " LITERAL
		      " }, Action = \"kms:Decrypt\", Resource = \"*\" },\n"),
	  ROLE("app") KEY(""), NULL, NULL },
	{ "in two places", FIXED,
	  FIXED POLICY("p", "app", DECRYPT, DATA, "") POLICY("q", "app", DECRYPT, DATA, ""), NULL,
	  "PERMISSION-BACK aws_iam_role_policy.q" },
	{ "one of two is wider than before",
	  FIXED POLICY("p", "app", DECRYPT, DATA, "") POLICY("q", "app", DECRYPT, DATA, ""),
	  FIXED POLICY("p", "app", DECRYPT, DATA, "") POLICY("q", "app", DECRYPT, "\"*\"", ""),
	  NULL, "kms:Decrypt on *" },
	{ "the same condition", FIXED POLICY("p", "app", DECRYPT, DATA, WHEN),
	  FIXED POLICY("p", "app", "[\"kms:Decrypt\", \"kms:Encrypt\"]", DATA, WHEN), NULL, NULL },
	{ "in a policy of a role that is new", FIXED,
	  FIXED ROLE("b") POLICY("p", "b", DECRYPT, DATA, ""), NULL,
	  "lets aws_iam_role.b use kms:Decrypt" },
	{ "a key that is new, beside one that is not", FIXED POLICY("p", "app", DECRYPT, DATA, ""),
	  FIXED OTHER POLICY("p", "app", DECRYPT, "[" DATA ", aws_kms_key.other.arn]", ""), NULL,
	  "on aws_kms_key.other" },
	{ "a key instead of one elsewhere",
	  FIXED POLICY("p", "app", DECRYPT, "\"arn:aws:kms:eu-west-1:123456789012:key/1\"", ""),
	  FIXED POLICY("p", "app", DECRYPT, DATA, ""), NULL, "on aws_kms_key.data" },
	{ "the account is granted nothing more",
	  "data \"aws_caller_identity\" \"me\" {\n}\n" KEY(
		  GRANT("data.aws_caller_identity.me.account_id", DECRYPT, "")),
	  "data \"aws_caller_identity\" \"me\" {\n}\n" KEY(""), NULL, NULL },
	{ "what is granted is something else", ROLE("app") KEY(GRANT(APP, "\"kms:Encrypt\"", "")),
	  ROLE("app") KEY(""), NULL, NULL },
	{ "to two roles at once", FIXED ROLE("b"),
	  FIXED ROLE("b") MANAGED(ALLOW("Resource = " DATA)) ATTACHED
	  "resource \"aws_iam_role_policy_attachment\" \"b\" {\n  role = aws_iam_role.b.name\n"
	  "  policy_arn = aws_iam_policy.m.arn\n}\n",
	  NULL, "lets aws_iam_role.app and aws_iam_role.b use kms:Decrypt" },
	{ "by a statement that IAM refuses", FIXED,
	  FIXED POLICY("p", "app", DECRYPT, DATA, ", Principal = \"*\""), NULL, NULL },
	{ "by a policy that is a boundary, too", FIXED,
	  FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED BOUNDED, NULL, "PERMISSION-BACK" },
	{ "a policy that is a boundary, too, as before",
	  FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED BOUNDED,
	  FIXED BOUNDED MANAGED(ALLOW("Resource = [" DATA "]")) ATTACHED, NULL, NULL },
	{ "a text, and what the key's policy is is not known any more",
	  KEY(GRANT(LITERAL, DECRYPT, "")),
	  "variable \"p\" {\n}\n\nresource \"aws_kms_key\" \"data\" {\n  policy = var.p\n}\n", NULL,
	  "GRANT-DROPPED" },
	{ "two grants of a key are gone",
	  ROLE("app") ROLE("b")
		  KEY(GRANT(APP, DECRYPT, "") GRANT("aws_iam_role.b.arn", DECRYPT, WHEN)),
	  ROLE("app") ROLE("b") KEY(""), NULL, "takes kms:Decrypt from aws_iam_role.b" },
};

static const char *path(struct arena *a, const char *repo, const char *name)
{
	return str_fmt(a, "%s/%s", repo, name).p;
}

static void each_change_is_judged(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *r = &rows[i];
		const char *repo = test_mkdir(*state);
		struct outcome o;

		test_write(path(*state, repo, "main.tf"), str_from(r->base));
		test_repo(*state, repo);
		test_write(path(*state, repo, "main.tf"), str_from(r->head));
		if (r->config)
			test_write(path(*state, repo, ".kmsfix.json"), str_from(r->config));
		test_commit(*state, repo, "head");
		o = program_run(*state, (const char *[]){ "--check", repo, NULL });
		if (o.status != (r->expected ? 5 : 0) ||
		    (r->expected ? !str_has(o.out, str_from(r->expected)) : o.out.n > 0))
			test_fail("%s: %d\n%.*s%.*s", r->name, o.status, STR_ARG(o.out),
				  STR_ARG(o.err));
		test_rmdir(*state, repo);
	}
}

static void git(struct arena *a, const char *repo, const char *what, const char *name)
{
	test_must(a, (const char *[]){ "git", "-C", repo, what, "-q", name, NULL });
}

/* main goes on and is ahead: what it did since is nothing that the branch has undone. */
static void the_base_is_where_the_branch_parted(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", "--base=main", "--format=json", repo, NULL };
	struct outcome o;

	test_write(path(a, repo, "main.tf"), S(ROLE("app") KEY("")));
	test_repo(a, repo);
	test_must(a, (const char *[]){ "git", "-C", repo, "branch", "work", NULL });
	test_write(path(a, repo, "main.tf"), S(FIXED));
	test_commit(a, repo, "main goes on");
	git(a, repo, "checkout", "work");
	test_write(path(a, repo, "b.tf"), S("locals {\n}\n"));
	test_commit(a, repo, "work");
	assert_int_equal(program_run(a, args).status, 0);
	test_write(path(a, repo, "main.tf"),
		   S(ROLE("app") KEY("") POLICY("p", "app", DECRYPT, DATA, "")));
	test_commit(a, repo, "one more");
	o = program_run(a, args);
	assert_int_equal(o.status, 5);
	assert_true(str_has(o.err, S("1 permission back, 0 grants dropped")));
	test_write(path(a, repo, "out.json"), o.out);
	program_validate(a, "templates/kmsfix-check.schema.json",
			 (const char *[]){ path(a, repo, "out.json") }, 1);
	test_rmdir(a, repo);
}

/* A directory that moves is the same module. */
static void moved_code_is_no_regression(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", repo, NULL };

	test_must(a, (const char *[]){ "mkdir", path(a, repo, "old"), NULL });
	test_write(path(a, repo, "old/main.tf"), S(FIXED POLICY("p", "app", DECRYPT, DATA, "")));
	test_repo(a, repo);
	test_must(a, (const char *[]){ "git", "-C", repo, "mv", "old", "new", NULL });
	test_commit(a, repo, "move");
	assert_int_equal(program_run(a, args).status, 0);
	test_must(a, (const char *[]){ "git", "-C", repo, "mv", "new", "other", NULL });
	test_write(path(a, repo, "other/main.tf"),
		   S(ROLE("app") KEY("") POLICY("q", "app", "\"kms:ReEncryptTo\"", DATA, "")));
	test_commit(a, repo, "move and change");
	assert_int_equal(program_run(a, args).status, 5);
	test_rmdir(a, repo);
}

/* A policy file with another name is that of the role that has it, and nobody's besides. */
static void a_renamed_policy_file_is_no_regression(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", repo, NULL };

	test_write(path(a, repo, "main.tf"), S(FIXED LOADED("old")));
	test_write(path(a, repo, "old.json"),
		   S("{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"kms:Decrypt\", "
		     "\"Resource\": \"*\"}]}"));
	test_repo(a, repo);
	test_must(a, (const char *[]){ "git", "-C", repo, "mv", "old.json", "new.json", NULL });
	test_write(path(a, repo, "main.tf"), S(FIXED LOADED("new")));
	test_commit(a, repo, "rename");
	assert_int_equal(program_run(a, args).status, 0);
	test_rmdir(a, repo);
}

/* A file that is excluded gives nothing back; it does once it is no longer. */
static void what_is_excluded_is_not_judged(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", repo, NULL };

	test_write(path(a, repo, ".kmsfix.json"), S("{\"version\": 1, \"exclude\": [\"old.tf\"]}"));
	test_write(path(a, repo, "main.tf"), S(FIXED));
	test_repo(a, repo);
	test_write(path(a, repo, "old.tf"), S(POLICY("p", "app", DECRYPT, DATA, "")));
	test_commit(a, repo, "excluded");
	assert_int_equal(program_run(a, args).status, 0);
	test_must(a, (const char *[]){ "git", "-C", repo, "mv", "old.tf", "new.tf", NULL });
	test_commit(a, repo, "not excluded");
	assert_int_equal(program_run(a, args).status, 5);
	test_rmdir(a, repo);
}

static void the_summary_names_what_cannot_be_read(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	struct outcome o;

	test_write(path(a, repo, "main.tf"), S(FIXED));
	test_repo(a, repo);
	test_write(path(a, repo, "main.tf"), S(FIXED POLICY("p", "app", DECRYPT, DATA, "")));
	test_write(path(a, repo, "bad.tf"), S("locals {\n"));
	test_commit(a, repo, "head");
	o = program_run(a, (const char *[]){ "--check", "--format=text", repo, NULL });
	assert_int_equal(o.status, 5);
	assert_true(str_has(o.err, S("bad.tf:")));
	assert_true(str_has(o.err, S("1 permission back, 0 grants dropped")));
	test_write(path(a, repo, "a.tf"), S(POLICY("q", "app", DECRYPT, DATA, "")));
	test_commit(a, repo, "in another file");
	o = program_run(
		a, (const char *[]){ "--check", "--base=HEAD~2", "--format=text", repo, NULL });
	assert_true(str_starts(o.out, S("a.tf:")) && str_has(o.out, S("\nmain.tf:")));
	str told = o.out;
	o = program_run(a, (const char *[]){ "--check", "--base=HEAD~2", "-q", repo, NULL });
	assert_int_equal(o.status, 5);
	assert_true(str_eq(o.out, told));
	assert_int_equal(o.err.n, 0);
	test_rmdir(a, repo);
}

static void without_a_base_there_is_an_error(void **state)
{
	struct arena *a = *state;
	const char *repo = program_repo(a, "testdata/demo");
	struct outcome o = program_run(a, (const char *[]){ "--check", repo, NULL });

	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("HEAD has no parent to compare with; say with what")));
	test_must(a, (const char *[]){ "git", "-C", repo, "checkout", "-q", "--orphan", "other",
				       NULL });
	test_commit(a, repo, "another beginning");
	o = program_run(a, (const char *[]){ "--check", "--base=main", repo, NULL });
	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("HEAD and 'main' have no commit in common")));
	test_rmdir(a, repo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_change_is_judged),
		cmocka_unit_test(the_base_is_where_the_branch_parted),
		cmocka_unit_test(moved_code_is_no_regression),
		cmocka_unit_test(a_renamed_policy_file_is_no_regression),
		cmocka_unit_test(what_is_excluded_is_not_judged),
		cmocka_unit_test(the_summary_names_what_cannot_be_read),
		cmocka_unit_test(without_a_base_there_is_an_error),
	};

	return cmocka_run_group_tests_name("check", tests, setup, teardown);
}
