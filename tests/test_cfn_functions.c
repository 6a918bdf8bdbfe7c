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
	"  Other: !Equals [b, !Ref X]\n"
	"  Same: !Equals [!Ref X, !Ref D]\n"
	"  Turned: !Equals [!Ref D, !Ref X]\n"
	"  All: !And [!Condition Yes, !Condition Is, !Equals [!Ref D, d]]\n"
	"  None: !And [!Condition Is, !Condition No]\n"
	"  Whole: !And [!Condition Yes, !Equals [a, a]]\n"
	"  Any: !Or [!Condition Is, !Condition Yes]\n"
	"  Some: !Or [!Condition Is, !Condition Other]\n"
	"  One: !Or [!Condition Is, !Condition No]\n"
	"  Neither: !Or [!Condition No, !Equals [a, b]]\n"
	"  NotSome: !Not [!Condition Some]\n"
	"  NotAll: !Not [!Condition All]\n"
	"  NotNot: !Not [!Condition Not]\n"
	"  Loop: !Condition Loop\n"
	"  Odd: !Select [0, [a]]\n"
	"  Bad: !Equals [a]\n"
	"  BadNot: !Not [a, b]\n"
	"  Text: yes\n"
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
	{ "!Select [0, [!If [Is, \"s3:a\", \"s3:b\"]]]", "?s3:a ?s3:b" },
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
	{ "{\"Condition\": \"Is\"}", "..." },
	{ "!ImportValue {}", NULL },
	{ "!ImportValue {a: b}", NULL },
	{ "!ImportValue {a: b, c: d}", NULL },
	{ "!ImportValue {\"Fn::If\": [Is, a, b]}",
	  "ImportValue[(!ImportValue {\"Fn::If\": [Is, a, b]})]" },
	{ "!GetAtt []", NULL },
	{ "!GetAtt R.KmsKeyArn", "R.KmsKeyArn" },
	{ "\"{{resolve:ssm:x}} tail\"", "{{resolve:ssm:x}} tail" },
	{ "\"{{ other }} {{resolve:ssm:x}}\"", NULL },
	{ "\"{{resolve:ssm:x}} {{resolve:ssm\"", NULL },
	{ "!If [Is, [\"s3:a\", !Ref Many], [\"s3:a\", !Ref Many]]", "?s3:a ?Many ?s3:a ?Many" },
	{ "!If [Is, !Ref Many, !Ref Many]", "Many" },
	{ "!If [!Ref X, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!Ref \"\"", "" },
	{ "{\"Fn::FindInMap\": [M, a, !Ref X, {DefaultValue: \"s3:z\"}]}", NULL },
	{ "{\"Fn::FindInMap\": [M, a, list, {DefaultValue: \"s3:z\"}]}", NULL },
	{ "!Sub [\"s3:${a}\", {[k]: v, a: b}]", "s3:b" },
	{ "!Sub []", NULL },
	{ "!If [Is, [a, [b]], [a, [b]]]", "?a ?b ?a ?b" },
	{ "!If [Is, {a: b}, {a: b}]", NULL },
	{ "!If [Is, \"s3:a\", [!If [Is, \"s3:b\", \"s3:c\"]]]", "?s3:a ?s3:c" },
	{ "!Split [\",\", !ImportValue x]", NULL },
	{ "[!If [x, [y]]]", "(!If [x, [y]])" },
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
	{ "!If [All, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [None, \"s3:a\", \"s3:b\"]", "s3:b" },
	{ "!If [Whole, \"s3:a\", \"s3:b\"]", "s3:a" },
	{ "!If [Any, \"s3:a\", \"s3:b\"]", "s3:a" },
	{ "!If [Some, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [One, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [Neither, \"s3:a\", \"s3:b\"]", "s3:b" },
	{ "!If [NotSome, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [Loop, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [Odd, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [Bad, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [BadNot, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [Text, \"s3:a\", \"s3:b\"]", "?s3:a ?s3:b" },
	{ "!If [[Is], \"s3:a\", \"s3:b\"]", NULL },
	{ "!If [Is, !If [Other, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:b ?s3:c" },
	{ "!If [Is, !If [Some, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:b ?s3:c" },
	{ "!If [Is, !If [One, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:c" },
	{ "!If [Is, !If [NotNot, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:c" },
	{ "!If [Not, !If [Is, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:b ?s3:c" },
	{ "!If [Not, !If [NotNot, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:b ?s3:c" },
	{ "!If [All, !If [Is, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:c" },
	{ "!If [All, \"s3:c\", !If [Is, \"s3:a\", \"s3:b\"]]", "?s3:c ?s3:a ?s3:b" },
	{ "!If [NotAll, \"s3:c\", !If [Is, \"s3:a\", \"s3:b\"]]", "?s3:c ?s3:a ?s3:b" },
	{ "!If [Some, !If [Is, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:b ?s3:c" },
	{ "!If [NotSome, !If [Is, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:b ?s3:c" },
	{ "!If [Some, \"s3:c\", !If [Is, \"s3:a\", \"s3:b\"]]", "?s3:c ?s3:a ?s3:b" },
	{ "!If [Same, !If [Turned, \"s3:a\", \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:c" },
	{ "!If [Is, {a: b}, \"s3:b\"]", NULL },
	{ "!If [Is, [!Ref Many], \"s3:b\"]", "?Many ?s3:b" },
	{ "!If [Is, [], \"s3:b\"]", "?s3:b" },
	{ "!If [Is, [[a]], \"s3:b\"]", "?a ?s3:b" },
	{ "!If [Is, !Ref X, !Ref X]", "X" },
	{ "!If [Is, !Ref X, !Ref D]", "?X ?D" },
	{ "!If [Is, [\"s3:a\", !Ref X], [\"s3:a\", !Ref X]]", "?s3:a ?X ?s3:a ?X" },
	{ "!If [Is, [\"s3:a\"], [\"s3:a\", \"s3:b\"]]", "?s3:a ?s3:a ?s3:b" },
	{ "!If [Is, {a: b}, {a: b}]", NULL },
	{ "!If [Is, {a: b}, {a: c}]", NULL },
	{ "!If [Is, {a: b}, {b: b}]", NULL },
	{ "!If [Is, !Ref \"AWS::NoValue\", !Ref \"AWS::NoValue\"]", "" },
	{ "!If [Is, null, \"s3:b\"]", "?s3:b" },
	{ "[!If [Is, !Ref Many, \"s3:b\"], \"s3:c\"]", "?Many ?s3:b s3:c" },
	{ "[!If [Is, [\"s3:a\", \"s3:b\"], \"s3:b\"], \"s3:c\"]", "?s3:a ?s3:b ?s3:b s3:c" },
	{ "[!If [Is, !Ref \"AWS::NoValue\", !Ref \"AWS::NoValue\"], \"s3:c\"]", "s3:c" },
	{ "[{\"Fn::If\": [Is, \"s3:a\", {\"Ref\": \"AWS::NoValue\"}]}, \"s3:c\"]", "?s3:a s3:c" },
	{ "[{\"Fn::If\": Is}, \"s3:c\"]", "({\"Fn::If\": Is}) s3:c" },
	{ "[!Ref \"AWS::NoValue\", \"s3:c\"]", "s3:c" },
	{ "[null, \"s3:c\"]", "s3:c" },
	{ "{\"Fn::If\": [Yes, \"s3:a\", \"s3:b\"], \"a\": \"b\"}", "..." },
	{ "{\"Fn::Join\": [\"\", [\"s3:\", \"a\"]], \"x\": 1}", "..." },
	{ "{\"Ref\": \"X\", \"y\": 1}", "..." },
	{ "!Sub {\"Fn::Join\": [\"\", [\"s3:\"]]}", NULL },
	{ "!Sub [{\"Fn::Join\": [\"\", [\"s3:\"]]}, {}]", NULL },
	{ "!Sub [\"s3:${a}\", !Ref X]", NULL },
	{ "!Sub [\"s3:${a}\", {a: !Split [\",\", \"x,y\"]}]", NULL },
	{ "!Sub [\"s3:${a}\", {a: !If [Is, x, !Ref \"AWS::NoValue\"]}]", NULL },
	{ "!Sub [\"s3:${a}\", {a: !Select [0, [x]]}]", "s3:x" },
	{ "!Sub [\"s3:${a}\", {\"<<\": {a: b}}]", "s3:a" },
	{ "!Join [\":\", !Split [\",\", \"s3,a\"]]", "s3:a" },
	{ "!Join [\":\", !If [Is, [s3, a], [s3, b]]]", NULL },
	{ "!Join [\":\", [s3, !Select [0, !Split [\"/\", \"a/b\"]]]]", "s3:a" },
	{ "!Join [\"\", [\"s3:\", !Sub \"${X}\"]]", "s3:X" },
	{ "!Join [[], [a]]", NULL },
	{ "!Split [[a], \"b\"]", NULL },
	{ "!Split \"a,b\"", NULL },
	{ "!Split [\",\", [\"a\"]]", NULL },
	{ "!Select \"a\"", NULL },
	{ "!Select [[0], [\"s3:a\"]]", NULL },
	{ "!Select [0, {a: b}]", NULL },
	{ "!Select [0, []]", NULL },
	{ "!Select [0, !If [Is, [\"s3:a\"], [\"s3:b\"]]]", NULL },
	{ "!FindInMap [[M], a, one]", NULL },
	{ "!FindInMap [M, [a], one]", NULL },
	{ "!FindInMap [M, a, [one]]", NULL },
	{ "!FindInMap [M, !FindInMap [M, a, one], one]", NULL },
	{ "!FindInMap [M, a, !Select [0, [one]]]", "s3:a" },
	{ "{\"Fn::FindInMap\": [M, a, none, {DefaultValue: [\"s3:z\"]}]}", NULL },
	{ "{\"Fn::FindInMap\": [M, a, none, {DefaultValue: !Ref X}]}", NULL },
	{ "{\"Fn::FindInMap\": [M, a, none, [s3]]}", NULL },
	{ "!ImportValue [a]", NULL },
	{ "!ImportValue {\"Fn::If\": [Is, a, b]}",
	  "ImportValue[(!ImportValue {\"Fn::If\": [Is, a, b]})]" },
	{ "!GetAtt [R, [Arn]]", NULL },
	{ "!GetAtt [R]", NULL },
	{ "!GetAtt [R, Arn, Sub]", NULL },
	{ "!GetAtt {a: b}", NULL },
	{ "!GetAtt [!Ref X, Arn]", "X.Arn" },
	{ "!Ref {a: b}", NULL },
	{ "!Sub \"s3:{{resolve:ssm:/a}}\"", "s3:{{resolve:ssm:/a}}" },
	{ "!Condition Is", NULL },
	{ "!Equals [a, a]", NULL },
	{ "!And [a, b]", NULL },
	{ "{\"Fn::GetAtt\": \"R.Arn\"}", "R.Arn" },
	{ "{\"Fn::GetAtt\": [\"R\", \"Arn\"]}", "R.Arn" },
	{ "{\"Fn::Sub\": [\"s3:${a}\", {\"a\": \"b\"}]}", "s3:b" },
	{ "{\"Fn::Select\": [\"0\", {\"Fn::Split\": [\",\", \"s3:a,s3:b\"]}]}", "s3:a" },
	{ "5", "5" },
	{ "true", "true" },
	{ "2012-10-17", "2012-10-17" },
	{ "012", "012" },
	{ "1e3", "1e3" },
	{ "!!str 5", "5" },
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
