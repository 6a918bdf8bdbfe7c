/* SPDX-License-Identifier: MIT */
/* The pieces of a module, for what is to be checked. */
#ifndef KMSFIX_CHECK_CODE_H
#define KMSFIX_CHECK_CODE_H

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
#define ATTACHED_TO(role)                                                          \
	"resource \"aws_iam_role_policy_attachment\" \"m\" {\n  role = " role "\n" \
	"  policy_arn = aws_iam_policy.m.arn\n}\n\n"
#define ATTACHED ATTACHED_TO("aws_iam_role.app.name")
#define BOUNDED NAMED("x", "x", "  permissions_boundary = aws_iam_policy.m.arn\n")
#define ALLOW(resource) "{ Effect = \"Allow\", Action = \"kms:Decrypt\", " resource " }"
#define ALLOW_BUT(actions, more) \
	"{ Effect = \"Allow\", NotAction = " actions ", Resource = \"*\"" more " }"
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

#define TEAMS(list) ", Condition = { StringEquals = { \"aws:PrincipalTag/team\" = " list " } }"
#define TEAM(values) TEAMS("[" values "]")
#define NOT_TEAM(values) \
	", Condition = { StringNotEquals = { \"aws:PrincipalTag/team\" = [" values "] } }"

#define TIMES "variable \"on\" {\n}\n\nvariable \"off\" {\n}\n\n"
#define IF(condition) "  count = " condition " ? 1 : 0\n"
#define POLICY_OF(role, count, action, resource)                                           \
	"resource \"aws_iam_role_policy\" \"p\" {\n" count "  role = aws_iam_role." role   \
	".id\n  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = " action \
	", Resource = " resource " }] })\n}\n\n"
#define UNLESS(condition) "  count = " condition " ? 0 : 1\n"
#define POLICY_WHEN(condition) POLICY_OF("app", IF(condition), DECRYPT, DATA)
#define POLICY_UNLESS(condition) POLICY_OF("app", UNLESS(condition), DECRYPT, DATA)
#define ROLE_WHEN(condition)                                                            \
	"resource \"aws_iam_role\" \"app\" {\n" IF(condition) "  assume_role_policy = " \
							      "\"{}\"\n}\n\n"
#define APP0 "aws_iam_role.app[0].arn"
#define POLICY_IF(name) POLICY_OF("app", IF("var." name), DECRYPT, DATA)
#define POLICY_IF_LOCAL POLICY_OF("app", IF("local.also"), DECRYPT, DATA)
#define POLICY_IF_ALL(action) POLICY_OF("app[0]", IF("var.on"), action, "aws_kms_key.data[0].arn")
#define COUNTED                                                                                    \
	"resource \"aws_iam_role\" \"app\" {\n" IF(                                                \
		"var.on") "  assume_role_policy = \"{}\"\n}\n\nresource \"aws_kms_key\" \"data\" " \
			  "{\n" IF("var.on") "}\n\n"
#define MANAGED_LIST(list)                                                               \
	"resource \"aws_iam_policy\" \"m\" {\n  policy = jsonencode({ Statement = " list \
	" })\n}\n\n"
#define ATTACHED_IF                                                         \
	"resource \"aws_iam_role_policy_attachment\" \"m\" {\n" IF(         \
		"var.on") "  role = aws_iam_role.app.name\n  policy_arn = " \
			  "aws_iam_policy.m.arn\n}\n\n"
#define ATTACHED_PERHAPS                                                                       \
	"resource \"aws_iam_role_policy_attachment\" \"m\" {\n  for_each = toset(var.roles)\n" \
	"  role = each.value == \"app\" ? aws_iam_role.app.name : \"x\"\n"                     \
	"  policy_arn = aws_iam_policy.m.arn\n}\n\n"
#define ATTACHED_FOR_EACH ATTACHED_TO("aws_iam_role.app.name\n  for_each = var.roles")
#define IN_SET(statement)                                                                        \
	"resource \"aws_ssoadmin_permission_set_inline_policy\" \"s\" {\n"                       \
	"  permission_set_arn = var.set\n  inline_policy = jsonencode({ Statement = [" statement \
	"] })\n}\n"
#define ALIAS(key)                                                   \
	"resource \"aws_kms_alias\" \"a\" {\n  name = \"alias/a\"\n" \
	"  target_key_id = aws_kms_key." key ".key_id\n}\n\n"
#define LOOKED_UP(name)                                          \
	"data \"aws_kms_alias\" \"k\" {\n  name = \"alias/" name \
	"\"\n}\n\n" POLICY("p", "app", DECRYPT, "data.aws_kms_alias.k.target_key_arn", "")
#define REGIONS                                                               \
	"provider \"aws\" {\n  alias  = \"b\"\n  region = \"eu-west-1\"\n}\n" \
	"provider \"aws\" {\n  alias  = \"c\"\n  region = \"eu-west-2\"\n}\n"
#define LOOKED_UP_IN(alias)                                         \
	"data \"aws_kms_alias\" \"k\" {\n  provider = aws." alias   \
	"\n  name = \"alias/a\"\n}\n\n" POLICY("p", "app", DECRYPT, \
					       "data.aws_kms_alias.k.target_key_arn", "")

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

#endif
