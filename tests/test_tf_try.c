/* SPDX-License-Identifier: MIT */
/*
 * try(): what may be an error is not what it gives, unless that is the last; as `terraform console`
 * says of every value that the variables may have.
 */
#include "expression.h"
#include "kmsfix/arena.h"
#include "support.h"

static const char code[] =
	"variable \"x\" {}\n"
	"variable \"many\" { type = list(string) }\n"
	"locals {\n"
	"  ab    = [\"s3:a\", \"s3:b\"]\n"
	"  map   = { one = \"s3:a\", two = \"s3:b\" }\n"
	"}\n"
	"resource \"aws_iam_role\" \"r\" {\n  assume_role_policy = \"{}\"\n}\n"
	"resource \"aws_iam_role_policy\" \"p\" {\n  role   = aws_iam_role.r.id\n"
	"  policy = data.aws_iam_policy_document.d.json\n}\n"
	"data \"aws_iam_policy_document\" \"d\" {\n"
	"  statement {\n    resources = [\"*\"]\n    actions   = %s\n  }\n}\n";

static const struct expression rows[] = {
	{ "try([\"s3:${var.x}\"], [\"s3:z\"])", NULL },
	{ "try([\"s3:${aws_iam_role.r.arn}\"], [\"s3:z\"])", "s3:aws_iam_role.r.arn" },
	{ "try([\"s3:a\", var.x], [\"s3:z\"])", "s3:a var.x" },
	{ "try([\"s3:a\", var.x.y], [\"s3:z\"])", NULL },
	{ "try([\"s3:a\", [\"s3:b\"][1]], [\"s3:z\"])", NULL },
	{ "try([\"s3:a\", element(local.ab, 5)], [\"s3:z\"])", NULL },
	{ "try([\"s3:a\", lower(\"S3:B\")], [\"s3:z\"])", "s3:a s3:b" },
	{ "try(concat(local.ab, var.many), [\"s3:z\"])", NULL },
	{ "try(concat(local.ab, null), [\"s3:z\"])", NULL },
	{ "try(concat(local.ab, [aws_iam_role.r.arn]), [\"s3:z\"])",
	  "s3:a s3:b aws_iam_role.r.arn" },
	{ "try(concat(local.ab, [var.x.y]), [\"s3:z\"])", NULL },
	{ "try(tolist(local.ab), [local.ab])", "s3:a s3:b" },
	{ "try(tolist(\"s3:a\"), [\"s3:a\"])", NULL },
	{ "try(tolist(local.map), [\"s3:a\"])", NULL },
	{ "[try(merge({ a = \"s3:a\" }, { a = \"s3:b\", (var.x) = \"c\" }).a, \"s3:z\")]", NULL },
	{ "[try(merge(local.map, { one = \"s3:b\" }).one, \"s3:z\")]", "s3:b" },
	{ "formatlist(\"s3:%s\", flatten([var.many]))", NULL },
	{ "[try(tonumber(\"s3:a\"), \"s3:z\")]", NULL },
	{ "try(values({ a = \"s3:a\", (var.x) = \"s3:b\" }), [\"s3:z\"])", NULL },
	{ "try([for e in local.ab : e if startswith(var.x, \"s3\")], [\"s3:z\"])", NULL },
	{ "try([for e in local.ab : e if e != \"s3:b\"], [\"s3:z\"])", "s3:a" },
	{ "try([for e in var.many : \"s3:x\"], [\"s3:z\"])", NULL },
	{ "try(var.x.on ? [] : [], [\"s3:z\"])", NULL },
	{ "try(true ? local.ab : [], [\"s3:z\"])", "s3:a s3:b" },
	{ "[try({ a = \"s3:a\" }[\"a\"], \"s3:z\")]", "s3:a" },
	{ "[try(jsondecode(jsonencode({ a = \"s3:a\" })).a, \"s3:z\")]", "s3:a" },
	{ "[try(!true ? \"s3:a\" : \"s3:b\", \"s3:z\")]", "s3:b" },
	{ "try(concat([local.ab]...), [\"s3:z\"])", NULL },
	{ "[trimprefix(\"xs3:a\", \"x\")]", NULL },
	{ "[try(jsondecode(\"{\"), \"s3:z\")]", NULL },
	{ "[try(file(\"none\"), \"s3:z\")]", NULL },
	{ "try([for e in local.ab : e][*], [\"s3:z\"])", "s3:a s3:b" },
	{ "try(local.ab[0] == \"s3:a\" ? [\"s3:a\"] : [], [\"s3:z\"])", "s3:a" },
	{ "try([lookup(local.map, var.x, \"\")], [\"s3:z\"])", NULL },
	{ "values(try({ a = \"s3:a\" }, {}))", "s3:a" },
	{ "[jsonencode(var.many...)]", NULL },
	{ "[file([\"a\"])]", NULL },
	{ "[file(\"/etc/x\")]", NULL },
	{ "[file(\"../../x\")]", NULL },
	{ "[file(\"${path.cwd}/none\")]", NULL },
	{ "[file(\"${var.x}/none\")]", NULL },
	{ "[file(\"${path.module}\")]", NULL },
	{ "[terraform.other]", NULL },
	{ "[resource[\"aws_iam_role\"].r]", NULL },
	{ "[var.x[\"-a\"]]", NULL },
	{ "[var.x[\"\"]]", NULL },
	{ "flatten(concat(local.ab, var.many)[*])", "s3:a s3:b ..." },
	{ "[file(\"none\")[*]]", NULL },
	{ "[try(<<E\ns3:${var.x}\nE\n, \"s3:z\")]", "try(<<E s3:${var.x} E , \"s3:z\")" },
	{ "try(local.ab, [])", "s3:a s3:b" },
	{ "try([aws_iam_role.r.arn], [])", "aws_iam_role.r.arn" },
	{ "[\"${12345678901234567}\"]", "12345678901234567" },
	{ "[join(\",\", [[\"a\"]])]", NULL },
	{ "[replace(\"s3:é\", \"a\", \"b\")]", NULL },
	{ "[replace(\"s3:a]\", \"/[]]/\", \"\")]", NULL },
	{ "[replace(\"s3:a\", \"/[a^]/\", \"b\")]", NULL },
	{ "[replace(\"s3:a\", \"/[é]/\", \"b\")]", NULL },
	{ "[replace(\"s3:a\", \"/[/\", \"b\")]", NULL },
	{ "concat(local.ab, concat([[\"s3:c\"]], var.many)...)", "s3:a s3:b s3:c ..." },
	{ "[{ a = \"s3:a\" }[*].a]", "s3:a" },
	{ "local.ab[*]", "s3:a s3:b" },
	{ "[lookup(local.map,\tvar.x)]", "lookup(local.map, var.x)" },
	{ "try(aws_iam_role.r.arn == \"a\" ? [] : [], [\"s3:z\"])", NULL },
	{ "[coalesce(jsonencode({}), \"s3:z\")]", "..." },
	{ "[coalesce(data.aws_iam_policy_document.d.json, \"s3:z\")]", "..." },
	/* In the order of the keys, which the code does not know. */
	{ "[coalesce((var.x ? values({ z = \"s3:a\", a = \"s3:b\" }) : [])...)]",
	  "coalesce((var.x ? values({ z = \"s3:a\", a = \"s3:b\" }) : [])...)" },
	{ "[output.x]", NULL },
	/* A key that is not known may be one that is there already. */
	{ "values({ a = \"s3:a\", (var.x) = \"s3:b\" })", NULL },
	{ "values({ (var.x) = \"s3:b\", a = \"s3:a\" })", "s3:a ..." },
	{ "[lookup({ a = \"s3:a\", (var.x) = \"s3:b\" }, \"a\", \"\")]", NULL },
	{ "values(merge({ a = \"s3:a\", (var.x) = \"s3:b\" }, local.map))", "s3:a s3:b ..." },
	{ "[for k, v in { a = \"s3:a\", (var.x) = \"s3:b\" } : v]", NULL },
	{ "values(try({ a = element(local.ab, 7) }, {}))", NULL },
};

/* Each of the forms within the next one, `depth` times, and `text` in the innermost. */
static const char *nested(const char *form, size_t depth, const char *text, struct arena *a)
{
	str all = str_from(text), whole = str_from(form);
	size_t at = str_find(whole, S("%s"), 0);

	for (size_t i = 0; i < depth; i++)
		all = STR_CAT(a, str_sub(whole, 0, at), all, str_sub(whole, at + 2, whole.n));
	return str_z(a, all);
}

/* What is asked of an argument must not be worked out anew for all that it stands in. */
static void nested_calls_take_no_longer_each(void **state)
{
	struct arena *a = arena_create();
	const struct expression deep[] = {
		{ nested("try(concat(%s), [])", 60, "local.ab", a), NULL },
		{ nested("try([for x in concat(%s) : x], [])", 40, "local.ab", a), NULL },
		{ nested("try(true ? %s : [], [])", 60, "local.ab", a), NULL },
	};

	(void)state;
	expressions_check(deep, COUNT(deep), "a.tf", code, expression_is_source);
	arena_destroy(a);
}

#define CHOICE "%s == \"s3:a\" ? \"s3:a\" : \"s3:b\""

static void choices_in_conditions_are_followed_so_far(void **state)
{
	struct arena *a = arena_create();
	const struct expression rows_of_limit[] = {
		{ nested("[" CHOICE "]", 1, nested("(" CHOICE ")", 3, "\"s3:a\"", a), a), "s3:a" },
		{ nested("[" CHOICE "]", 1, nested("(" CHOICE ")", 4, "\"s3:a\"", a), a), NULL },
	};

	(void)state;
	expressions_check(rows_of_limit, COUNT(rows_of_limit), "a.tf", code, expression_is_source);
	arena_destroy(a);
}

static void try_gives_what_cannot_fail(void **state)
{
	(void)state;
	expressions_check(rows, COUNT(rows), "a.tf", code, expression_is_source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(try_gives_what_cannot_fail),
		cmocka_unit_test(nested_calls_take_no_longer_each),
		cmocka_unit_test(choices_in_conditions_are_followed_so_far),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
