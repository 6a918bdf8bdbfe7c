/* SPDX-License-Identifier: MIT */
/*
 * What expressions of Terraform are worth: as `terraform console` says where it can, and never a
 * guess where what a user gives or what is made later decides.
 */
#include "kmsfix/buf.h"
#include "kmsfix/iac.h"
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

static const struct row {
	const char *expression;
	const char *worth; /* the elements; "?" before one that is there at times, "..." for more;
			    * NULL: not known, so the source of the expression */
} rows[] = {
	{ "[\"s3:a\", \"s3:a\"]", "s3:a s3:a" },
	{ "concat(local.ab, [\"s3:c\"])", "s3:a s3:b s3:c" },
	{ "concat(local.ab, local.none)", "s3:a s3:b" },
	{ "concat(local.ab, var.many)", "s3:a s3:b ..." },
	{ "concat(local.ab, local.null)", "s3:a s3:b" },
	{ "concat(local.maybe, [\"s3:d\"])", "s3:a ?s3:c s3:d" },
	{ "concat([local.ab]...)", "s3:a s3:b" },
	{ "concat(var.many...)", "..." },
	{ "setunion(local.ab, [\"s3:b\", \"s3:c\"])", "s3:a s3:b s3:b s3:c" },
	{ "flatten([[\"s3:a\"], [[\"s3:b\"], []], \"s3:c\"])", "s3:a s3:b s3:c" },
	{ "flatten([local.ab, var.many])", "s3:a s3:b var.many" },
	{ "[flatten([local.ab, var.many, \"s3:c\"])[3]]", NULL },
	{ "length(flatten([local.ab, var.many])) == 3 ? [\"s3:yes\"] : [\"s3:no\"]",
	  "?s3:yes ?s3:no" },
	{ "flatten(local.ab, local.ab)", NULL },
	{ "distinct(local.ab)", "s3:a s3:b" },
	{ "sort(local.ab)", "s3:a s3:b" },
	{ "toset(local.ab)", "s3:a s3:b" },
	{ "tolist(local.ab, local.ab)", NULL },
	{ "compact([\"s3:a\", \"\", null, \"s3:b\"])", "s3:a s3:b" },
	{ "compact([\"s3:a\", var.x])", "s3:a var.x" },
	{ "compact(local.maybe)", "s3:a ?s3:c" },
	{ "compact(var.many)", "var.many" },
	{ "compact([], [])", NULL },
	{ "setsubtract([\"s3:a\", \"s3:b\"], [\"s3:b\"])", "s3:a" },
	{ "setsubtract(local.ab, var.many)", NULL },
	{ "setsubtract(var.many, local.ab)", NULL },
	{ "setsubtract([\"s3:a\", var.x], [\"s3:a\"])", "var.x" },
	{ "setsubtract(local.ab)", NULL },
	{ "contains(local.ab, \"s3:a\") ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "contains(local.ab, \"s3:c\") ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "contains(local.ab, var.x) ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "contains(var.many, \"s3:a\") ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "contains(local.maybe, \"s3:a\") ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "contains([var.x], \"s3:a\") ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "contains(local.ab) ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "[one([\"s3:a\"])]", "s3:a" },
	{ "one([]) == null ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "[one(local.ab)]", NULL },
	{ "[one(var.many)]", NULL },
	{ "[one(local.more)]", NULL },
	{ "[element(local.ab, 0)]", "s3:a" },
	{ "[element(local.ab, 1)]", "s3:b" },
	{ "[element(local.ab, 5)]", "s3:b" },
	{ "[element(local.ab, var.x)]", NULL },
	{ "[element(local.none, 0)]", NULL },
	{ "[element(var.many, 0)]", NULL },
	{ "[element(local.maybe, 0)]", NULL },
	{ "length(local.ab) == 2 ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "length(local.map) == 2 ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "length(local.maybe) == 1 ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "length(var.many) > 0 ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "length(\"text\") == 4 ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "length(local.ab) > 0 ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "length(local.none) > 0 ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "length(local.more) > 0 ? local.more : [\"s3:no\"]", "?s3:c ?s3:no" },
	{ "values(merge(local.map, { two = \"s3:c\", three = \"s3:d\" }))", "s3:a s3:c s3:d" },
	{ "values(merge(local.map, local.null))", "s3:a s3:b" },
	{ "values(merge(local.map, var.x))", "..." },
	{ "values(merge(local.map, var.x ? { four = \"s3:e\" } : {}))", "s3:a s3:b ?s3:e" },
	{ "[lookup(local.map, \"one\", \"s3:z\")]", "s3:a" },
	{ "[lookup(local.map, \"six\", \"s3:z\")]", "s3:z" },
	{ "[lookup(local.map, \"six\")]", NULL },
	{ "[lookup(local.map, var.x, \"s3:z\")]", NULL },
	{ "[lookup(var.x, \"one\", \"s3:z\")]", NULL },
	{ "[lookup(merge(local.map, var.x), \"six\", \"s3:z\")]", NULL },
	{ "[for k in keys(local.map) : \"s3:${k}\"]", "s3:one s3:two" },
	{ "keys(var.x)", NULL },
	{ "keys(local.map, local.map)", NULL },
	{ "values(local.map)", "s3:a s3:b" },
	{ "values(zipmap([\"b\", \"a\"], local.ab))", "s3:a s3:b" },
	{ "values(zipmap([\"b\"], local.ab))", NULL },
	{ "values(zipmap([\"b\", var.x], local.ab))", NULL },
	{ "values(zipmap([\"b\", \"c\"], var.many))", NULL },
	{ "try(local.ab, local.none)", "s3:a s3:b" },
	{ "try(local.ab[7], [\"s3:z\"])", NULL },
	{ "try(local.map.six, [\"s3:z\"])", "s3:z" },
	{ "try(var.x, [\"s3:z\"])", NULL },
	{ "try(var.many)", "var.many" },
	{ "[try(aws_iam_role.r.arn, \"s3:z\")]", "aws_iam_role.r.arn" },
	{ "[coalesce(\"\", null, \"s3:a\")]", "s3:a" },
	{ "[coalesce(null, \"s3:a\", \"s3:b\")]", "s3:a" },
	{ "[coalesce(var.x, \"s3:b\")]", NULL },
	{ "[coalesce(\"\", var.x)]", "var.x" },
	{ "[coalesce(aws_iam_role.r.arn, \"s3:b\")]", "aws_iam_role.r.arn" },
	{ "[coalesce()]", NULL },
	{ "coalescelist([], local.ab)", "s3:a s3:b" },
	{ "coalescelist(local.ab, [\"s3:c\"])", "s3:a s3:b" },
	{ "coalescelist(var.many, local.ab)", NULL },
	{ "coalescelist(local.more, local.ab)", NULL },
	{ "coalescelist([], [])", NULL },
	{ "[join(\":\", [\"s3\", \"a\"])]", "s3:a" },
	{ "[join(\"\", [\"s3:\", \"a\", \"b\"])]", "s3:ab" },
	{ "[join(\":\", [\"s3\", var.x])]", "s3:var.x" },
	{ "[join(\":\", [])]", "" },
	{ "[join(\":\", local.maybe)]", NULL },
	{ "[join(\":\", var.many)]", NULL },
	{ "[join(\":\", [\"s3:a\"])]", "s3:a" },
	{ "[join(\":\", local.more)]", NULL },
	{ "[join(\":\", \"s3:a\")]", NULL },
	{ "[join(\":\")]", NULL },
	{ "[format(\"s3:%s%s\", \"a\", \"b\")]", "s3:ab" },
	{ "[format(\"s3:%d\", 7)]", "s3:7" },
	{ "[format(\"s3:%%%s\", \"b\")]", "s3:%b" },
	{ "[format(\"s3:%s\", var.x)]", "s3:var.x" },
	{ "[format(\"s3:%q\", \"a\")]", NULL },
	{ "[format(\"s3:%s\")]", NULL },
	{ "[format(\"s3:a\", \"b\")]", NULL },
	{ "[format(var.x, \"b\")]", NULL },
	{ "[format(\"s3:%s\", local.ab...)]", NULL },
	{ "[format(\"s3:%s%s\", [\"a\", \"b\"]...)]", "s3:ab" },
	{ "[format(\"s3:%\")]", NULL },
	{ "formatlist(\"s3:%s\", [\"a\", \"b\"])", "s3:a s3:b" },
	{ "formatlist(\"%s:%s\", \"s3\", [\"a\", \"b\"])", "s3:a s3:b" },
	{ "formatlist(\"%s:%s\", [\"s3\", \"sqs\"], [\"a\", \"b\"])", "s3:a sqs:b" },
	{ "formatlist(\"%s:%s\", [\"s3\", \"sqs\"], [\"a\"])", NULL },
	{ "formatlist(\"s3:%s\", var.many)", NULL },
	{ "formatlist(\"s3:%s\", \"a\")", NULL },
	{ "formatlist(\"s3:%s\", local.maybe)", NULL },
	{ "formatlist(var.x, local.ab)", NULL },
	{ "formatlist(\"s3:%s\")", NULL },
	{ "formatlist(\"s3:%s%s\", [\"a\"])", NULL },
	{ "[lower(\"S3:GetObject\")]", "s3:getobject" },
	{ "[upper(\"s3:a\")]", "S3:A" },
	{ "[lower(var.x)]", NULL },
	{ "[lower(\"\\u00c4\")]", NULL },
	{ "[lower(\"a\", \"b\")]", NULL },
	{ "[lower(local.ab)]", NULL },
	{ "[tostring(\"s3:a\")]", "s3:a" },
	{ "[sensitive(\"s3:a\")]", "s3:a" },
	{ "[replace(\"s3:a\", \"a\", \"b\")]", "s3:b" },
	{ "[trimspace(\" s3:a \")]", NULL },
	{ "[for a in local.ab : a]", "s3:a s3:b" },
	{ "[for a in local.ab : upper(a)]", "S3:A S3:B" },
	{ "[for a in local.ab : a if a != \"s3:a\"]", "s3:b" },
	{ "[for a in local.ab : a if var.x]", "?s3:a ?s3:b" },
	{ "[for a in local.maybe : a]", "s3:a ?s3:c" },
	{ "[for a in var.many : a]", NULL },
	{ "[for k, v in local.map : v]", "s3:a s3:b" },
	{ "[for k, v in local.map : v if k == \"two\"]", "s3:b" },
	{ "[for i, v in local.ab : v if i == 1]", "s3:b" },
	{ "values({ for a in local.ab : a => a })", "s3:a s3:b" },
	{ "values({ for a in local.ab : var.x => a })", NULL },
	{ "values({ for a in local.ab : \"k\" => a... })", NULL },
	{ "[for a in local.null : a]", NULL },
	{ "[local.ab[0], local.ab[1]]", "s3:a s3:b" },
	{ "[local.ab[2]]", NULL },
	{ "[local.ab[var.x]]", NULL },
	{ "[local.map[\"one\"], local.map.two]", "s3:a s3:b" },
	{ "[local.map[var.x]]", NULL },
	{ "local.ab[*]", "s3:a s3:b" },
	{ "true ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "false ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "var.x ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "var.x ? [\"s3:a\"] : [\"s3:a\"]", "?s3:a ?s3:a" },
	{ "var.x ? local.ab : []", "?s3:a ?s3:b" },
	{ "var.x ? \"s3:a\" : \"s3:b\"", NULL },
	{ "[var.x ? \"s3:a\" : \"s3:b\"]", NULL },
	{ "[var.x ? \"s3:a\" : \"s3:a\"]", "s3:a" },
	{ "var.x ? var.many : local.ab", "?s3:a ?s3:b ..." },
	{ "var.x ? null : local.ab", "?s3:a ?s3:b" },
	{ "!true ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "!var.x ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "(1 > 0) ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "0 > 0 ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "-1 > 0 ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "2 > 1 ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "\"a\" == \"a\" ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "\"a\" == \"b\" ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "\"a\" != \"b\" ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "var.x == \"b\" ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "null == null ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "local.ab == null ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "local.map != null ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "\"a\" != null ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "var.x == null ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "aws_iam_role.r.arn == null ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "aws_iam_role.r.id != null ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "local.ab == [] ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "true && false ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "true && true ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "false || true ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "false && var.x ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "true || var.x ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "var.x && false ? [\"s3:yes\"] : [\"s3:no\"]", "s3:no" },
	{ "var.x || true ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "true && var.x ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "1 + 1 == 2 ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "[\"s3:${true ? \"a\" : \"b\"}\"]", "s3:a" },
	{ "[\"s3:%{ if true }a%{ else }b%{ endif }\"]", NULL },
	{ "[\"s3:${var.x}\"]", "s3:var.x" },
	{ "[\"${local.ab[0]}\"]", "s3:a" },
	{ "jsondecode(\"[\\\"s3:a\\\"]\")", NULL },
	{ "[jsondecode(\"{\\\"a\\\": \\\"s3:a\\\"}\").a]", NULL },
	{ "jsondecode(var.x)", NULL },
	{ "local.null", "" },
	{ "local.missing", NULL },
	{ "null", "" },
	{ "\"s3:a\"", "s3:a" },
	{ "{ a = \"s3:a\" }", "..." },
	{ "[{ a = \"s3:a\" }.a]", "s3:a" },
	{ "[[\"s3:a\"]]", "s3:a" },
	{ "[null, \"s3:a\"]", "s3:a ..." },
	{ "[[], \"s3:a\"]", "s3:a" },
	{ "[var.x]", NULL },
	{ "var.x", NULL },
	{ "[sort([\"s3:b\", \"s3:a\"])[0]]", NULL },
	{ "[distinct([\"s3:a\", \"s3:a\", \"s3:b\"])[1]]", NULL },
	{ "[tolist(toset([\"s3:b\", \"s3:a\"]))[0]]", NULL },
	{ "[keys({ b = 1, a = 2 })[0]]", NULL },
	{ "[values({ b = \"s3:b\", a = \"s3:a\" })[0]]", NULL },
	{ "[element(values({ b = \"s3:b\", a = \"s3:a\" }), 0)]", NULL },
	{ "[element(sort([\"s3:b\", \"s3:a\"]), 0)]", NULL },
	{ "[element(local.ab, \"-1\")]", NULL },
	{ "[element([\"s3:a\", \"s3:b\", \"s3:c\"], \"-1\")]", NULL },
	{ "[element(local.ab, \"x\")]", NULL },
	{ "length(distinct([\"a\", \"a\"])) == 1 ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "length(toset([\"a\", \"a\"])) == 1 ? [\"s3:yes\"] : [\"s3:no\"]", "?s3:yes ?s3:no" },
	{ "length(setunion([\"a\"], [\"a\"])) == 1 ? [\"s3:yes\"] : [\"s3:no\"]",
	  "?s3:yes ?s3:no" },
	{ "[local.maybe[1]]", NULL },
	{ "[concat(local.more, local.ab)[0]]", NULL },
	{ "[element(concat(local.more, local.ab), 0)]", NULL },
	{ "[join(\":\", sort([\"s3\", \"a\"]))]", NULL },
	{ "[join(\":\", keys({ s3 = 1, a = 2 }))]", NULL },
	{ "[join(\":\", values({ z = \"s3\", a = \"a\" }))]", NULL },
	{ "[join(\":\", distinct([\"s3\", \"a\", \"a\"]))]", NULL },
	{ "[[for k, v in { b = \"s3:b\", a = \"s3:a\" } : v][0]]", NULL },
	{ "[for i, v in sort([\"s3:b\", \"s3:a\"]) : v if i == 0]", NULL },
	{ "[for i, v in values({ b = \"s3:b\", a = \"s3:a\" }) : v if i == 0]", NULL },
	{ "[zipmap(sort([\"b\", \"a\"]), [\"s3:1\", \"s3:2\"]).a]", NULL },
	{ "[zipmap([\"b\", \"a\"], values({ b = \"s3:b\", a = \"s3:a\" })).b]", NULL },
	{ "[zipmap(keys({ b = \"s3:b\", a = \"s3:a\" }), values({ b = \"s3:b\", a = \"s3:a\" "
	  "})).b]",
	  NULL },
	{ "[compact([\"\", \"s3:a\"])[0]]", "s3:a" },
	{ "[compact([var.x, \"s3:a\"])[1]]", NULL },
	{ "[setsubtract([\"s3:b\", \"s3:a\"], [\"s3:c\"])[0]]", NULL },
	{ "[flatten([local.more, \"s3:a\"])[0]]", NULL },
	{ "[flatten([[\"s3:a\"], [\"s3:b\"]])[1]]", "s3:b" },
	{ "[formatlist(\"s3:%s\", sort([\"b\", \"a\"]))[0]]", NULL },
	{ "[one(distinct([\"s3:a\", \"s3:a\"]))]", NULL },
	{ "[one(toset([\"s3:a\"]))]", "s3:a" },
	{ "[jsonencode(sort([\"s3:b\", \"s3:a\"]))]", "..." },
	{ "[local.map[\"one\"]]", "s3:a" },
	{ "[coalescelist(sort([\"s3:b\", \"s3:a\"]))[0]]", NULL },
	{ "[merge({ a = \"s3:a\" }, { a = \"s3:b\" }).a]", "s3:b" },
	{ "[merge({ a = \"s3:a\" }, var.x).a]", NULL },
	{ "[lookup(merge({ a = \"s3:a\" }, var.x), \"a\", \"s3:z\")]", NULL },
	{ "[{ a = \"s3:a\", a = \"s3:b\" }.a]", "..." },
	{ "[[for a in [\"s3:b\", \"s3:a\"] : a][0]]", "s3:b" },
	{ "[upper(sort([\"s3:b\", \"s3:a\"])[0])]", NULL },
	{ "sort([\"s3:b\", \"s3:a\"])[*]", "s3:b s3:a" },
	{ "[sort([\"s3:b\", \"s3:a\"]).0]", NULL },
	{ "slice([\"s3:b\", \"s3:a\"], 0, 1)", NULL },
	{ "reverse([\"s3:b\", \"s3:a\"])", NULL },
	{ "[local.sorted[0]]", NULL },
	{ "length(keys(local.map)) == 2 ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "length(toset([\"a\", \"b\"])) == 2 ? [\"s3:yes\"] : [\"s3:no\"]", "s3:yes" },
	{ "[element(local.ab, \"7777777\")]", NULL },
	{ "formatlist(\"s3:%s\", keys({ b = 1, a = 2 }))", "s3:b s3:a" },
	{ "formatlist(\"%s:%s\", [\"s3\", \"s3\"], keys({ b = 1, a = 2 }))", NULL },
	{ "[formatlist(\"s3:%s\", keys({ b = 1, a = 2 }))[0]]", NULL },
	{ "[for k, v in toset([\"s3:a\", \"s3:b\"]) : k]", NULL },
	{ "[for i, v in local.maybe : v if i == 0]", NULL },
	{ "[for i, v in var.many : v if i == 0]", NULL },
	{ "values(local.map)[*]", "s3:a s3:b" },
	{ "[values({ one = \"s3:a\" })[0]]", "s3:a" },
	{ "[merge({ a = \"s3:a\" }, var.x ? { a = \"s3:b\" } : {}).a]", NULL },
	{ "[merge(var.x, var.x ? { a = \"s3:b\" } : {}).a]", NULL },
	{ "[merge({ a = \"s3:a\" }, var.x ? { a = \"s3:b\" } : {}, var.x ? { a = \"s3:c\" } : "
	  "{}).a]",
	  NULL },
	{ "[merge({ a = \"s3:a\" }, var.x ? { a = \"s3:b\" } : {}, { a = \"s3:c\" }).a]", "s3:c" },
	{ "[merge({ a = \"s3:a\", b = \"s3:b\" }, var.x ? { a = \"s3:c\" } : {}).b]", "s3:b" },
	{ "[lookup(merge(var.x, { a = \"s3:a\" }), \"a\", \"s3:z\")]", "s3:a" },
	{ "[compact([\"s3:a\", \"s3:b\"])[1]]", "s3:b" },
};

static str show(const struct elements *list, struct arena *a)
{
	struct buf b = { 0 };
	str text;

	for (size_t i = 0; i < list->n; i++)
		buf_printf(&b, "%s%s%.*s", i ? " " : "", list->v[i].maybe ? "?" : "",
			   STR_ARG(text_readable(a, list->v[i].text)));
	if (list->open)
		buf_printf(&b, "%s...", b.n ? " " : "");
	text = str_dup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

/* The actions of the one statement. */
static str worth(const char *expression, struct arena *a)
{
	struct fileset files = { 0 };
	struct diags unsaid = { .arena = a };
	struct parsed parsed = { 0 };
	struct config *config;
	struct model *m;
	struct err e = { 0 };

	assert_true(config_parse(&config, S("{\"version\": 1}"), S("config"), a, &e));
	fileset_add(&files, a, S("a.tf"), str_fmt(a, code, expression), 0100644);
	fileset_sort(&files);
	m = model_build(&files, config, &unsaid, &parsed, a);
	for (size_t i = 0; i < m->statements.n; i++)
		if (m->statements.v[i]->resources.n)
			return show(&m->statements.v[i]->actions, a);
	return S("no statement");
}

/* An expression in brackets is the one element of a list. */
static bool is_source(str text, str expression)
{
	return str_eq(text, expression) || str_eq(text, str_sub(expression, 1, expression.n - 1));
}

static void an_expression_is_worth_what_terraform_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *r = &rows[i];
		struct arena *a = arena_create();
		str is = worth(r->expression, a);

		if (r->worth ? !str_eq(is, str_from(r->worth)) :
			       !is_source(is, str_from(r->expression)))
			test_fail("%s: %.*s", r->expression, STR_ARG(is));
		arena_destroy(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_expression_is_worth_what_terraform_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
