/* SPDX-License-Identifier: MIT */
/* --check: what a change of one file undoes. */
#include <stdlib.h>
#include <unistd.h>

#include "check_code.h"
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
	{ "by NotAction as before", FIXED MANAGED(ALLOW_BUT("\"s3:*\"", "")) ATTACHED,
	  "# more\n" FIXED MANAGED(ALLOW_BUT("\"s3:*\"", "")) ATTACHED, NULL, NULL },
	{ "by NotAction of more than before", FIXED MANAGED(ALLOW_BUT(DECRYPT, "")) ATTACHED,
	  "# more\n" FIXED MANAGED(ALLOW_BUT("[\"s3:*\", \"kms:Decrypt\"]", "")) ATTACHED, NULL,
	  NULL },
	{ "by NotAction of less than before", FIXED MANAGED(ALLOW_BUT(DECRYPT, "")) ATTACHED,
	  FIXED MANAGED(ALLOW_BUT("\"s3:*\"", "")) ATTACHED, NULL, "use kms:Decrypt on *" },
	{ "by NotAction under a condition before",
	  FIXED MANAGED(ALLOW_BUT("\"s3:*\"", WHEN)) ATTACHED,
	  FIXED MANAGED(ALLOW_BUT("\"s3:*\"", "")) ATTACHED, NULL, "PERMISSION-BACK" },
	{ "an action instead of NotAction", FIXED MANAGED(ALLOW_BUT("\"s3:*\"", "")) ATTACHED,
	  FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED, NULL, NULL },
	{ "by two actions", FIXED,
	  FIXED POLICY("p", "app", "[\"kms:De*\", \"kms:Decrypt\"]", DATA, ""), NULL,
	  "use kms:Decrypt on aws_kms_key.data" },
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
	{ "no resources where they were not known",
	  FIXED MANAGED(ALLOW("Resource = flatten(var.arns)")) ATTACHED,
	  FIXED MANAGED(ALLOW("")) ATTACHED, NULL, "PERMISSION-BACK" },
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
	{ "in a permission set", FIXED, FIXED IN_SET(ALLOW("Resource = " DATA)), NULL,
	  "PERMISSION-BACK" },
	{ "in a permission set before, too", FIXED IN_SET(ALLOW("Resource = " DATA)),
	  "# more\n" FIXED IN_SET(ALLOW("Resource = " DATA)), NULL, NULL },
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
	{ "at times before", FIXED TIMES POLICY_IF("on"),
	  FIXED TIMES POLICY("p", "app", DECRYPT, DATA, ""), NULL,
	  "lets aws_iam_role.app use kms:Decrypt on aws_kms_key.data by an IAM policy, where" },
	{ "at times now", FIXED TIMES POLICY("p", "app", DECRYPT, DATA, ""),
	  FIXED TIMES POLICY_IF("on"), NULL, NULL },
	{ "at other times", FIXED TIMES POLICY_IF("on"), FIXED TIMES POLICY_IF("off"), NULL,
	  "PERMISSION-BACK" },
	{ "at the same times", FIXED TIMES POLICY_IF("on"),
	  FIXED TIMES "locals {\n  also = var.on\n}\n" POLICY_IF_LOCAL, NULL, NULL },
	{ "attached at times before", FIXED TIMES MANAGED(ALLOW("Resource = " DATA)) ATTACHED_IF,
	  FIXED TIMES MANAGED(ALLOW("Resource = " DATA)) ATTACHED, NULL, "PERMISSION-BACK" },
	{ "attached perhaps before",
	  FIXED TIMES MANAGED(ALLOW("Resource = " DATA)) ATTACHED_PERHAPS,
	  FIXED TIMES MANAGED(ALLOW("Resource = " DATA)) ATTACHED, NULL, "PERMISSION-BACK" },
	{ "attached to each of some before",
	  FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED_FOR_EACH,
	  FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED, NULL, "PERMISSION-BACK" },
	{ "attached to somebody else, as before",
	  FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED_TO("var.role"),
	  "# more\n" FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED_TO("var.role"), NULL, NULL },
	{ "a resource for each of some before",
	  FIXED POLICY("p", "app", DECRYPT, "[for x in var.list : " DATA "]", ""),
	  FIXED POLICY("p", "app", DECRYPT, DATA, ""), NULL, "PERMISSION-BACK" },
	{ "a statement that was there at times",
	  FIXED TIMES MANAGED_LIST("var.on ? [" ALLOW("Resource = " DATA) "] : []") ATTACHED,
	  FIXED TIMES MANAGED(ALLOW("Resource = " DATA)) ATTACHED, NULL, "PERMISSION-BACK" },
	{ "an action that was there at times",
	  FIXED TIMES POLICY("p", "app", "concat([\"kms:Encrypt\"], var.on ? [" DECRYPT "] : [])",
			     DATA, ""),
	  FIXED TIMES POLICY("p", "app", DECRYPT, DATA, ""), NULL, "PERMISSION-BACK" },
	{ "a resource that was there at times",
	  FIXED TIMES POLICY("p", "app", DECRYPT, "var.on ? [" DATA "] : []", ""),
	  FIXED TIMES POLICY("p", "app", DECRYPT, DATA, ""), NULL, "PERMISSION-BACK" },
	{ "all that there is at times", TIMES COUNTED POLICY_IF_ALL(DECRYPT),
	  TIMES COUNTED POLICY_IF_ALL("[\"kms:Decrypt\"]"), NULL, NULL },
	{ "an action that was not known", FIXED POLICY("p", "app", "var.actions", DATA, ""),
	  FIXED POLICY("p", "app", DECRYPT, DATA, ""), NULL, "PERMISSION-BACK" },
	{ "an action that is not known", FIXED POLICY("p", "app", "var.actions", DATA, ""),
	  FIXED POLICY("p", "app", "[var.actions]", DATA, ""), NULL, NULL },
	{ "a condition that was not known",
	  FIXED POLICY("p", "app", DECRYPT, DATA, ", Condition = var.c"),
	  FIXED POLICY("p", "app", DECRYPT, DATA, ""), NULL, "PERMISSION-BACK" },
	{ "a condition that is not known",
	  FIXED POLICY("p", "app", DECRYPT, DATA, ", Condition = var.c"),
	  FIXED POLICY("p", "app", "[" DECRYPT "]", DATA, ", Condition = var.c"), NULL, NULL },
	{ "an effect that was not known",
	  FIXED MANAGED("{ Effect = var.e, Action = " DECRYPT ", Resource = " DATA " }") ATTACHED,
	  FIXED MANAGED(ALLOW("Resource = " DATA)) ATTACHED, NULL, "PERMISSION-BACK" },
	{ "a data source that looks for another key", FIXED LOOKED_UP("a"), FIXED LOOKED_UP("b"),
	  NULL, "use kms:Decrypt on ${data.aws_kms_alias.k.target_key_arn}" },
	{ "a data source that looks for the same key", FIXED LOOKED_UP("a"),
	  "# more\n" FIXED LOOKED_UP("a"), NULL, NULL },
	{ "a data source that looks in another Region", FIXED REGIONS LOOKED_UP_IN("b"),
	  FIXED REGIONS LOOKED_UP_IN("c"), NULL, "PERMISSION-BACK" },
	{ "a data source that looks in the same Region", FIXED REGIONS LOOKED_UP_IN("b"),
	  "# more\n" FIXED REGIONS LOOKED_UP_IN("b"), NULL, NULL },
	{ "an alias that is declared now", FIXED LOOKED_UP("a"), FIXED ALIAS("data") LOOKED_UP("a"),
	  NULL, NULL },
	{ "an alias that is not declared any more", FIXED ALIAS("data") LOOKED_UP("a"),
	  FIXED LOOKED_UP("a"), NULL, NULL },
	{ "an alias that is of another key", FIXED OTHER ALIAS("other") LOOKED_UP("a"),
	  FIXED OTHER ALIAS("data") LOOKED_UP("a"), NULL, "use kms:Decrypt on aws_kms_key.data" },
	{ "one of two values", FIXED POLICY("p", "app", DECRYPT, DATA, TEAM("\"a\", \"b\"")),
	  FIXED POLICY("p", "app", DECRYPT, DATA, TEAM("\"b\"")), NULL, NULL },
	{ "one value more", FIXED POLICY("p", "app", DECRYPT, DATA, TEAM("\"a\"")),
	  FIXED POLICY("p", "app", DECRYPT, DATA, TEAM("\"a\", \"b\"")), NULL, "PERMISSION-BACK" },
	{ "one value more is left out", FIXED POLICY("p", "app", DECRYPT, DATA, NOT_TEAM("\"a\"")),
	  FIXED POLICY("p", "app", DECRYPT, DATA, NOT_TEAM("\"a\", \"b\"")), NULL, NULL },
	{ "one value less is left out",
	  FIXED POLICY("p", "app", DECRYPT, DATA, NOT_TEAM("\"a\", \"b\"")),
	  FIXED POLICY("p", "app", DECRYPT, DATA, NOT_TEAM("\"a\"")), NULL, "PERMISSION-BACK" },
	{ "values of which one is not known",
	  FIXED POLICY("p", "app", DECRYPT, DATA, TEAM("\"a\", \"b\"")),
	  FIXED POLICY("p", "app", DECRYPT, DATA, TEAMS("concat([\"a\"], var.more)")), NULL,
	  "PERMISSION-BACK" },
	{ "values that are not all known any more",
	  FIXED POLICY("p", "app", DECRYPT, DATA, TEAM("\"a\"")),
	  FIXED POLICY("p", "app", DECRYPT, DATA, TEAMS("concat([\"a\"], var.more)")), NULL,
	  "PERMISSION-BACK" },
	{ "values that are not all known, as before",
	  FIXED POLICY("p", "app", DECRYPT, DATA, TEAMS("concat([\"a\"], var.more)")),
	  "# more\n" FIXED POLICY("p", "app", "[" DECRYPT "]", DATA,
				  TEAMS("concat([\"a\"], var.more)")),
	  NULL, NULL },
	{ "a grant for one value more", ROLE("app") KEY(GRANT(APP, DECRYPT, TEAM("\"a\""))),
	  ROLE("app") KEY(GRANT(APP, DECRYPT, TEAM("\"a\", \"b\""))), NULL, NULL },
	{ "a grant for one of two values",
	  ROLE("app") KEY(GRANT(APP, DECRYPT, TEAM("\"a\", \"b\""))),
	  ROLE("app") KEY(GRANT(APP, DECRYPT, TEAM("\"a\""))), NULL, "GRANT-DROPPED" },
	{ "at fewer times", FIXED TIMES POLICY_WHEN("var.on"),
	  FIXED TIMES POLICY_WHEN("!var.off && var.on"), NULL, NULL },
	{ "not at those times", FIXED TIMES POLICY_WHEN("!var.off"),
	  FIXED TIMES POLICY_WHEN("var.on && !var.off"), NULL, NULL },
	{ "not when it is that", FIXED TIMES POLICY_WHEN("var.on != \"a b\""),
	  FIXED TIMES POLICY_WHEN("var.on != \"a b\" && var.off"), NULL, NULL },
	{ "when it is that", FIXED TIMES POLICY_WHEN("var.on == \"a\""),
	  FIXED TIMES POLICY_WHEN("var.on != \"a\" && var.off"), NULL, "PERMISSION-BACK" },
	{ "at more times", FIXED TIMES POLICY_WHEN("var.on"),
	  FIXED TIMES POLICY_WHEN("var.on || var.off"), NULL, "PERMISSION-BACK" },
	{ "at more times again", FIXED TIMES POLICY_WHEN("var.on && var.off"),
	  FIXED TIMES POLICY_WHEN("var.on"), NULL, "PERMISSION-BACK" },
	{ "at one of both times", FIXED TIMES POLICY_WHEN("var.on || var.off"),
	  FIXED TIMES POLICY_WHEN("var.off"), NULL, NULL },
	{ "at one of both times, and then not always",
	  FIXED TIMES POLICY_WHEN("(var.on || var.off)"),
	  FIXED TIMES POLICY_WHEN("(var.off || var.on) && length(var.x) > 0"), NULL, NULL },
	{ "not at either time", FIXED TIMES POLICY_UNLESS("var.on"),
	  FIXED TIMES POLICY_UNLESS("var.on || var.off"), NULL, NULL },
	{ "not at both times", FIXED TIMES POLICY_UNLESS("var.on || var.off"),
	  FIXED TIMES POLICY_UNLESS("var.on && var.off"), NULL, "PERMISSION-BACK" },
	{ "a text that looks like an operator", FIXED TIMES POLICY_WHEN("var.on"),
	  FIXED TIMES POLICY_WHEN("var.off == \" && var.on && \""), NULL, "PERMISSION-BACK" },
	{ "a role at fewer times", TIMES ROLE_WHEN("var.on") KEY(GRANT(APP0, DECRYPT, "")),
	  TIMES ROLE_WHEN("var.on && var.off") KEY(GRANT(APP0, DECRYPT, "")), NULL, NULL },
	{ "a role at more times",
	  TIMES ROLE_WHEN("var.on && var.off") KEY(GRANT(APP0, DECRYPT, "")),
	  TIMES ROLE_WHEN("var.on") KEY(GRANT(APP0, DECRYPT, "")), NULL, NULL },
	{ "a role at more times, and the grant is gone",
	  TIMES ROLE_WHEN("var.on && var.off") KEY(GRANT(APP0, DECRYPT, "")),
	  TIMES ROLE_WHEN("var.on") KEY(""), NULL, "GRANT-DROPPED" },
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_change_is_judged),
	};

	return cmocka_run_group_tests_name("check_changes", tests, setup, teardown);
}
