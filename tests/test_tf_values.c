/* SPDX-License-Identifier: MIT */
/* What expressions are worth that hardly anybody writes: see test_tf_functions.c. */
#include "expression.h"
#include "support.h"

static const char code[] =
	"variable \"x\" {}\n"
	"variable \"many\" { type = list(string) }\n"
	"locals {\n"
	"  ab    = [\"s3:a\", \"s3:b\"]\n"
	"  none  = []\n"
	"  null  = null\n"
	"  map   = { one = \"s3:a\", two = \"s3:b\" }\n"
	"  more  = var.x ? [\"s3:c\"] : []\n"
	"  sorted = sort([\"s3:b\", \"s3:a\"])\n"
	"  maybe = concat([\"s3:a\"], local.more)\n"
	"}\n"
	"resource \"aws_iam_role\" \"r\" {\n  assume_role_policy = \"{}\"\n}\n"
	"resource \"aws_iam_role_policy\" \"p\" {\n  role   = aws_iam_role.r.id\n"
	"  policy = data.aws_iam_policy_document.d.json\n}\n"
	"data \"aws_iam_policy_document\" \"d\" {\n"
	"  statement {\n    resources = [\"*\"]\n    actions   = %s\n  }\n}\n";

static const struct expression rows[] = {
	{ "toset(local.ab, 1)", NULL },
	{ "[contains([[\"s3:a\"], \"s3:b\"], \"s3:b\") ? \"s3:yes\" : \"s3:no\"]", NULL },
	{ "[for l in concat([[\"a\"]], var.x ? [[\"b\"]] : []) : length(l) == 1 ? \"s3:yes\" : "
	  "\"s3:no\"]",
	  "s3:yes ?s3:yes" },
	{ "formatlist(\"s3:%s%s\", toset([\"a\", \"b\"]), [\"c\", \"d\"])", NULL },
	{ "[replace(\"s3:a\", \"/\303\251/\", \"b\")]", NULL },
	{ "[replace(\"s3:a]\", \"/]/\", \"b\")]", NULL },
	{ "concat(toset([[\"s3:a\"]])...)", "s3:a" },
	{ "[1 > var.x ? \"s3:yes\" : \"s3:no\"]", NULL },
	{ "[1 > 1 ? \"s3:yes\" : \"s3:no\"]", NULL },
	{ "[-1 > 0 ? \"s3:yes\" : \"s3:no\"]", NULL },
	{ "[for d in(var.x ? [jsonencode({})] : []) : d == null ? \"s3:yes\" : \"s3:no\"]",
	  "?s3:no" },
	{ "[jsonencode(\"a\", var.many...)]", NULL },
	{ "[file(\"\")]", NULL },
	{ "[file(\"${path.other}/x\")]", NULL },
	{ "[file(\"${path.root}/none\")]", NULL },
	{ "[templatefile(\"a.tf\")]", NULL },
	{ "[aws_iam_role.none[*].arn == null ? \"s3:yes\" : \"s3:no\"]", NULL },
	{ "[aws_iam_role.none[max(1)].arn == null ? \"s3:yes\" : \"s3:no\"]", NULL },
	{ "[file(\"a.tf\")[*]]", NULL },
	{ "[jsonencode({})[*]]", NULL },
	{ "[concat([], var.many)[0]]", NULL },
	{ "[merge({ a = \"s3:a\" }, var.x)[\"a\"]]", NULL },
	{ "[merge({ a = \"s3:a\" }, var.x).a]", NULL },
	{ "[for o in(var.x ? [var.many] : []) : o.a]", "?var.many.a" },
	{ "[var.x[\"${\"\"}\"]]", "var.x[\"\"]" },
	{ "[var.x[length([1])]]", "var.x[1]" },
	{ "[for e in toset([aws_iam_role.r.arn]) : \"s3:x\"]", "s3:x" },
	{ "length(concat([], var.x ? [\"a\"] : [])) > 0 ? concat([\"s3:a\"], var.x ? [\"s3:b\"] : "
	  "[]) : []",
	  "?s3:a ?s3:b" },
	{ "[for e in var.many : \"s3:${length(var.many)}\"]", NULL },
	{ "try([for e in [\"a\"] : element(local.ab, 5)], [\"s3:z\"])", "s3:b" },
	{ "try([for e in [var.x] : e.a], [\"s3:z\"])", NULL },
	{ "try([[element(local.ab, 5)]], [\"s3:z\"])", NULL },
	{ "[one([\"s3:a\", \"s3:b\"])]", NULL },
	{ "[one(\"s3:a\")]", NULL },
	{ "[one(var.x ? [\"s3:a\"] : [])]", NULL },
	{ "distinct()", NULL },
	{ "keys(var.x)", NULL },
	{ "values(local.ab)", NULL },
	{ "[lookup(local.map, \"one\")]", "s3:a" },
	{ "[lookup(local.map, \"three\", \"s3:z\")]", "s3:z" },
	{ "[element(local.ab, 1)]", "s3:b" },
	{ "[element(local.ab, var.x)]", NULL },
	{ "values(zipmap([\"a\"], [\"s3:a\"]))", "s3:a" },
	{ "[zipmap([\"a\", \"b\"], [\"s3:a\"]).b]", NULL },
	{ "[zipmap(var.many, [\"s3:a\"]).b]", NULL },
	{ "[coalesce()]", NULL },
	{ "coalescelist([], [\"s3:a\"])", "s3:a" },
	{ "coalescelist(var.many, [\"s3:a\"])", NULL },
	{ "[sensitive(\"s3:a\")]", "s3:a" },
	{ "[join(\":\", var.many)]", NULL },
	{ "[format(\"s3:%s\")]", NULL },
	{ "[format(\"s3:%d\", 5)]", "s3:5" },
	{ "[format(\"%%s3:%s\", \"a\")]", "%s3:a" },
	{ "jsondecode(\"[\\\"s3:a\\\", 5, true, null]\")", NULL },
	{ "[jsondecode(\"{\\\"a\\\": \\\"s3:a\\\"}\").a]", NULL },
	{ "[yamldecode(\"a: s3:a\").a]", NULL },
	{ "[-5]", NULL },
	{ "[true && var.x ? \"s3:a\" : \"s3:b\"]", NULL },
	{ "[false && var.x ? \"s3:a\" : \"s3:b\"]", "s3:b" },
	{ "[true || var.x ? \"s3:a\" : \"s3:b\"]", "s3:a" },
	{ "[var.x || true ? \"s3:a\" : \"s3:b\"]", "s3:a" },
	{ "[\"s3:%{if true}a%{endif}\"]", NULL },
	{ "[local.map[*].one]", "s3:a" },
	{ "local.ab.*", "s3:a s3:b" },
	{ "[local.ab[5]]", NULL },
	{ "[local.ab[\"one\"]]", NULL },
	{ "[local.null.a]", NULL },
	{ "[{ for k, v in local.map : v => k... }[\"s3:a\"][0]]", NULL },
	{ "values({ for k, v in local.map : k => v if k != \"one\" })", "s3:b" },
	{ "[for k, v in var.x : v]", NULL },
	{ "[for e in null : e]", NULL },
	{ "[for e in \"s3:a\" : e]", NULL },
	{ "[each.key]", NULL },
	{ "[count.index]", NULL },
	{ "[self.arn]", NULL },
	{ "[path.module]", NULL },
	{ "[data.aws_region.x.name]", NULL },
	{ "[module.none.a]", NULL },
	{ "[local.undeclared]", NULL },
	{ "[var.undeclared]", NULL },
};

static void what_hardly_anybody_writes_is_no_guess(void **state)
{
	(void)state;
	expressions_check(rows, COUNT(rows), "a.tf", code, expression_is_source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_hardly_anybody_writes_is_no_guess),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
