/* SPDX-License-Identifier: MIT */
/*
 * What the intrinsic functions of CloudFormation are worth [12.6], and never a guess where what a
 * user gives decides.
 */
#include "expression.h"
#include "support.h"

static const char code[] =
	"Parameters:\n"
	"  X: {Type: String}\n"
	"  D: {Type: String, Default: d}\n"
	"  Many: {Type: CommaDelimitedList}\n"
	"Conditions:\n"
	"  Is: !Equals [!Ref X, a]\n"
	"  Not: !Not [!Condition Is]\n"
	"  Yes: !Equals [a, a]\n"
	"  No: !Equals [a, b]\n"
	"Mappings:\n"
	"  M: {a: {one: \"s3:a\", two: \"s3:b\", list: [\"s3:a\", \"s3:b\"]}, b: {one: \"s3:c\"}}\n"
	"Resources:\n"
	"  R:\n    Type: AWS::IAM::Role\n    Properties:\n"
	"      AssumeRolePolicyDocument: {}\n"
	"  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyName: p\n"
	"      Roles: [!Ref R]\n      PolicyDocument:\n        Statement:\n"
	"          - Effect: Allow\n            Resource: '*'\n            Action: %s\n";

static const struct expression rows[] = {
	{ "\"s3:a\"", "s3:a" },
	{ "[\"s3:a\", \"s3:b\"]", "s3:a s3:b" },
	{ "!Join [\":\", [s3, a]]", "s3:a" },
	{ "!Join [\"\", [\"s3:\", !Join [a, [x, y]]]]", "s3:xay" },
	{ "!Join [\":\", [s3, !Ref X]]", "s3:X" },
	{ "!Join [\":\", !Ref Many]", NULL },
	{ "!Join [\":\", [s3, !If [Is, a, b]]]", NULL },
	{ "!Join [\":\", [s3, !If [Is, a, !Ref \"AWS::NoValue\"]]]", NULL },
	{ "!Join [\":\", [s3, !If [Yes, a, b]]]", "s3:a" },
	{ "!Join [\":\", []]", "" },
	{ "!Join [\":\"]", NULL },
	{ "!Join {a: b}", NULL },
	{ "!Join [!Ref X, [s3, a]]", "s3Xa" },
	{ "{\"Fn::Join\": [\":\", [\"s3\", \"a\"]]}", "s3:a" },
	{ "!Split [\",\", \"s3:a,s3:b\"]", "s3:a s3:b" },
	{ "!Split [\",\", \"s3:a\"]", "s3:a" },
	{ "!Split [\",\", \"\"]", "" },
	{ "!Split [\"\", \"s3:a\"]", NULL },
	{ "!Split [\",\", !Ref X]", NULL },
	{ "!Split [\",\", !Ref D]", NULL },
	{ "!Split [\",\"]", NULL },
	{ "!Split [!Ref X, \"s3:a\"]", NULL },
	{ "!Split [\"ab\", \"s3:aabs3:b\"]", "s3:a s3:b" },
	{ "!Select [0, [\"s3:a\", \"s3:b\"]]", "s3:a" },
	{ "!Select [1, [\"s3:a\", \"s3:b\"]]", "s3:b" },
	{ "!Select [\"1\", [\"s3:a\", \"s3:b\"]]", "s3:b" },
	{ "!Select [2, [\"s3:a\", \"s3:b\"]]", NULL },
	{ "!Select [-1, [\"s3:a\", \"s3:b\"]]", NULL },
	{ "!Select [x, [\"s3:a\"]]", NULL },
	{ "!Select [!Ref X, [\"s3:a\"]]", NULL },
	{ "!Select [\"12345\", [\"s3:a\"]]", NULL },
	{ "!Select [\"\", [\"s3:a\"]]", NULL },
	{ "!Select [0, !Ref Many]", NULL },
	{ "!Select [0]", NULL },
	{ "!Select [0, \"s3:a\"]", NULL },
	{ "!Select [1, !Split [\",\", \"s3:a,s3:b\"]]", "s3:b" },
	{ "!Select [1, [!If [Is, \"s3:a\", !Ref \"AWS::NoValue\"], \"s3:b\", \"s3:c\"]]", NULL },
	{ "!Select [0, [\"s3:b\", !If [Is, \"s3:a\", !Ref \"AWS::NoValue\"]]]", "s3:b" },
	{ "!Select [0, [!If [Is, \"s3:a\", \"s3:b\"]]]", NULL },
	{ "!Select [0, [!Ref \"AWS::NoValue\", \"s3:b\"]]", "s3:b" },
	{ "!FindInMap [M, a, one]", "s3:a" },
	{ "!FindInMap [M, a, list]", NULL },
	{ "!FindInMap [M, a, none]", NULL },
	{ "!FindInMap [M, c, one]", NULL },
	{ "!FindInMap [N, a, one]", NULL },
	{ "!FindInMap [M, !Ref X, one]", "?s3:a ?s3:c" },
	{ "!FindInMap [M, !Ref X, two]", "s3:b" },
	{ "!FindInMap [M, a, !Ref X]", NULL },
	{ "!FindInMap [M, !Ref D, one]", "?s3:a ?s3:c" },
	{ "!FindInMap [!Ref X, a, one]", NULL },
	{ "!FindInMap [M, a]", NULL },
	{ "!FindInMap M", NULL },
	{ "{\"Fn::FindInMap\": [M, a, none, {DefaultValue: \"s3:z\"}]}", "s3:z" },
	{ "{\"Fn::FindInMap\": [M, a, one, {DefaultValue: \"s3:z\"}]}", "s3:a" },
	{ "{\"Fn::FindInMap\": [M, !Ref X, one, {DefaultValue: \"s3:z\"}]}", "?s3:a ?s3:c ?s3:z" },
	{ "{\"Fn::FindInMap\": [M, a, none, {Other: \"s3:z\"}]}", NULL },
	{ "!Sub \"s3:a\"", "s3:a" },
	{ "!Sub \"s3:${X}\"", "s3:X" },
	{ "!Sub \"s3:${!X}\"", "s3:${X}" },
	{ "!Sub \"s3:${AWS::Region}\"", "s3:AWS::Region" },
	{ "!Sub \"s3:${R.Arn}\"", "s3:R.Arn" },
	{ "!Sub \"s3:${R}\"", "s3:R" },
	{ "!Sub \"s3:${D}\"", "s3:D" },
	{ "!Sub [\"s3:${a}\", {a: b}]", "s3:b" },
	{ "!Sub [\"s3:${a}${b}\", {a: x, b: !Ref X}]", "s3:xX" },
	{ "!Sub [\"s3:${a}\", {a: !If [Is, x, y]}]", NULL },
	{ "!Sub [\"s3:${a}\", {a: [x]}]", NULL },
	{ "!Sub [\"s3:${a}\", {b: x}]", "s3:a" },
	{ "!Sub [\"s3:${a}\"]", NULL },
	{ "!Sub [\"s3:${X}\", {X: own}]", "s3:own" },
	{ "!Sub [!Ref X, {a: b}]", "X" },
	{ "!Sub {a: b}", NULL },
	{ "!Sub \"s3:${\"", NULL },
	{ "!Sub \"s3:$a\"", "s3:$a" },
	{ "!Ref X", "X" },
	{ "!Ref D", "D" },
	{ "!Ref Many", "Many" },
	{ "!Ref R", "R" },
	{ "!Ref Nothing", "Nothing" },
	{ "!Ref AWS::NoValue", "" },
	{ "!Ref AWS::AccountId", "AWS::AccountId" },
	{ "!Ref [a]", NULL },
	{ "!GetAtt R.Arn", "R.Arn" },
	{ "!GetAtt [R, Arn]", "R.Arn" },
	{ "!GetAtt R.Nothing", "R.Nothing" },
	{ "!GetAtt Nothing.Arn", "Nothing.Arn" },
	{ "!GetAtt R", NULL },
	{ "!If [Yes, \"s3:a\", \"s3:b\"]", "s3:a" },
	{ "!If [No, \"s3:a\", \"s3:b\"]", "s3:b" },
	{ "!If [Is, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [Is, [\"s3:a\"], [\"s3:b\"]]", "?s3:a ?s3:b" },
	{ "!If [Is, \"s3:a\", !Ref \"AWS::NoValue\"]", "?s3:a" },
	{ "!If [Is, \"s3:a\", \"s3:a\"]", "s3:a" },
	{ "[!If [Is, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:b s3:c" },
	{ "[!If [Is, \"s3:a\", !Ref \"AWS::NoValue\"], \"s3:c\"]", "?s3:a s3:c" },
	{ "[!If [Is, \"s3:a\", \"s3:a\"], \"s3:c\"]", "s3:a s3:c" },
	{ "[!If [Not, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:b s3:c" },
	{ "!If [Missing, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [Is, \"s3:a\"]", NULL },
	{ "!If Is", NULL },
	{ "!If [Is, !If [Not, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:b ?s3:c" },
	{ "[!Ref Many, \"s3:a\"]", "Many s3:a" },
	{ "!Base64 \"s3:a\"", NULL },
	{ "!GetAZs \"\"", NULL },
	{ "!Cidr [\"10.0.0.0/16\", 1, 8]", NULL },
	{ "!ImportValue x", "ImportValue[x]" },
	{ "!ImportValue {\"Fn::Sub\": \"${X}-y\"}", "ImportValue[X-y]" },
	{ "!Transform {Name: x}", NULL },
	{ "{\"Fn::Length\": [a, b]}", NULL },
	{ "{\"Fn::ToJsonString\": {a: b}}", NULL },
	{ "{\"Fn::ForEach::x\": [A, [b], {c: d}]}", NULL },
	{ "{a: b}", "..." },
	{ "[[\"s3:a\"]]", "s3:a" },
	{ "null", "" },
};

/* Shown as what cannot be told from its source. */
static bool is_source(str shown, str text)
{
	return shown.n == text.n + 2 && str_eq(str_sub(shown, 1, shown.n - 1), text);
}

static void a_function_is_worth_what_cloudformation_says(void **state)
{
	(void)state;
	expressions_check(rows, COUNT(rows), "t.yml", code, is_source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_function_is_worth_what_cloudformation_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
