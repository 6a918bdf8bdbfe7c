/* SPDX-License-Identifier: MIT */
/*
 * What reads text that changes and is no part of the model: each row changes one text, and says who
 * is named then.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>

#include "kmsfix/arena.h"
#include "kmsfix/bystander.h"
#include "kmsfix/iac.h"

#define MAX_FILES 4

/* Files, path and text by turns. */
typedef const char *const files_t[2 * MAX_FILES];

static str replaced(struct arena *a, str text, const char *from, const char *to)
{
	size_t at = from ? str_find(text, str_from(from), 0) : SIZE_MAX;

	if (at == SIZE_MAX)
		return text;
	return STR_CAT(a, str_sub(text, 0, at), str_from(to),
		       str_sub(text, at + str_from(from).n, text.n));
}

static struct model *build(struct parsed *parsed, files_t all, const char *from, const char *to,
			   struct arena *a)
{
	struct fileset *files = ARENA_NEW(a, struct fileset);
	struct diags *unsaid = ARENA_NEW(a, struct diags);
	struct config *config;
	struct err e = { 0 };
	bool found = !from;

	unsaid->arena = a;
	assert_true(config_parse(&config, S("{\"version\": 1}"), S("config"), a, &e));
	for (size_t i = 0; i < 2 * MAX_FILES && all[i]; i += 2) {
		str was = str_from(all[i + 1]), text = replaced(a, was, from, to);

		found |= text.p != was.p;
		fileset_add(files, a, str_from(all[i]), text, 0100644);
	}
	if (!found)
		fail_msg("'%s' is nowhere", from);
	fileset_sort(files);
	return model_build(files, config, unsaid, parsed, a);
}

struct row {
	const char *what, *from, *to;
	const char *named; /* how that begins; empty: nobody */
};

static void check(files_t files, const struct row *rows, size_t n)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++) {
		struct arena *a = arena_create();
		struct parsed parsed = { 0 };
		struct model *before = build(&parsed, files, NULL, NULL, a);
		struct model *after = build(&parsed, files, rows[i].from, rows[i].to, a);
		str named = bystander_changed(before, after, a), back;
		str wanted = str_from(rows[i].named);

		if (!str_starts(named, wanted) || (!wanted.n && named.n)) {
			print_error("%s: %.*s\n", rows[i].what, STR_ARG(named));
			wrong++;
		}
		back = bystander_changed(after, before, a);
		if (wanted.n && !back.n) {
			print_error("%s: nothing on the way back\n", rows[i].what);
			wrong++;
		}
		arena_destroy(a);
	}
	assert_int_equal(wrong, 0);
}

#define CHECK(files, rows) check(files, rows, sizeof(rows) / sizeof(*(rows)))

/* ---- Terraform ---- */

static files_t terraform = {
	"main.tf",
	"locals {\n"
	"  readers = [aws_iam_role.a.arn]\n"
	"  settings = { list = [\"one\"], name = \"n\" }\n"
	"  actions = [\"kms:Decrypt\"]\n"
	"  other = [\"kms:Sign\"]\n"
	"  each = { x = { text = \"X\", size = 1 } }\n"
	"  statements = [{ Effect = \"Allow\", Action = \"kms:Verify\", Resource = \"*\" }]\n"
	"}\n"
	"variable \"more\" {}\n"
	"variable \"taken\" { default = [\"v\"] }\n"
	"resource \"aws_iam_role\" \"a\" {\n"
	"  assume_role_policy = jsonencode({ Principal = { AWS = local.readers } })\n}\n"
	"resource \"aws_iam_role_policy\" \"a\" {\n"
	"  role = aws_iam_role.a.id\n"
	"  policy = jsonencode({ Statement = [\n"
	"    { Effect = \"Allow\", Action = [\"s3:List\"], Resource = \"*\" },\n"
	"    { Effect = \"Allow\", Action = local.actions, Resource = \"*\" }] })\n}\n"
	"resource \"aws_iam_role_policy\" \"open\" {\n"
	"  role = aws_iam_role.a.id\n"
	"  policy = jsonencode({ Statement = concat([\n"
	"    { Effect = \"Allow\", Action = \"s3:Own\", Resource = \"*\" }],\n"
	"    [for m in var.more : { Effect = m, Action = local.other, Resource = \"*\" }]) })\n}\n"
	"resource \"aws_iam_role_policy\" \"whole\" {\n"
	"  role = aws_iam_role.a.id\n"
	"  policy = jsonencode({ Statement = [\n"
	"    { Effect = \"Allow\", Action = [\"s3:Head\"], Resource = \"*\" }] })\n}\n"
	"resource \"aws_iam_role_policy\" \"copy\" {\n"
	"  role = aws_iam_role.a.id\n"
	"  policy = lookup(aws_iam_role_policy.whole, \"policy\")\n}\n"
	"resource \"aws_iam_role_policy\" \"named\" {\n"
	"  role = aws_iam_role.a.id\n"
	"  policy = jsonencode({ Statement = [\n"
	"    { Effect = \"Allow\", Action = [\"s3:Name\"], Resource = \"*\" }] })\n}\n"
	"output \"named\" {\n  value = aws_iam_role_policy.named\n}\n"
	"module \"id\" {\n  source = \"hashicorp/far/aws\"\n"
	"  given = lookup(aws_iam_role_policy.named, \"id\")\n}\n"
	"resource \"aws_ssm_parameter\" \"part\" {\n  value = local.settings.name\n}\n"
	"resource \"aws_ssm_parameter\" \"all\" {\n  value = sha256(join(\"\", "
	"local.settings.list))\n}\n"
	"resource \"aws_ssm_parameter\" \"text\" {\n  value = aws_iam_role_policy.a.policy\n}\n"
	"resource \"aws_ssm_parameter\" \"role\" {\n  value = aws_iam_role.a.arn\n}\n"
	"resource \"aws_ssm_parameter\" \"each\" {\n"
	"  for_each = local.each\n  name = each.key\n  value = each.value.text\n}\n"
	"resource \"aws_ssm_parameter\" \"file\" {\n  value = file(\"text.txt\")\n}\n"
	"resource \"aws_ssm_parameter\" \"filled\" {\n"
	"  value = templatefile(\"text.tpl\", { x = local.settings })\n}\n"
	"data \"aws_iam_policy_document\" \"d\" {\n"
	"  statement {\n    actions = [\"sqs:Send\"]\n    resources = [\"*\"]\n  }\n}\n"
	"resource \"aws_sqs_queue_policy\" \"q\" {\n"
	"  policy = data.aws_iam_policy_document.d.json\n}\n"
	"resource \"aws_sqs_queue\" \"q\" {\n"
	"  count = length(local.statements)\n"
	"  dynamic \"tags\" {\n    for_each = var.taken\n    content {\n      x = tags.value\n"
	"    }\n  }\n"
	"  lifecycle {\n    precondition {\n      condition = length(local.other) > 0\n    }\n"
	"  }\n}\n"
	"module \"m\" {\n  source = \"./m\"\n  given = { a = \"A\", b = \"B\" }\n}\n"
	"module \"far\" {\n  source = \"hashicorp/far/aws\"\n  given = module.m.passed\n}\n"
	"output \"told\" {\n  value = local.actions\n}\n",
	"m/main.tf",
	"variable \"given\" {}\n"
	"resource \"aws_ssm_parameter\" \"m\" {\n  value = var.given.a\n}\n"
	"output \"passed\" {\n  value = var.given.b\n}\n",
	"text.txt",
	"a text",
	"text.tpl",
	"a ${x} text",
};

static const struct row in_terraform[] = {
	{ "nothing", "\"n\" }", "\"n\" } # x", "" },
	{ "a trust policy", "[aws_iam_role.a.arn]", "[aws_iam_role.a.arn, \"more\"]",
	  "'assume_role_policy' of 'aws_iam_role.a' in 'main.tf'" },
	{ "a part that something else takes", "\"one\"", "\"two\"",
	  "'value' of 'aws_ssm_parameter.all'" },
	{ "a part that is taken", "name = \"n\"", "name = \"o\"",
	  "'value' of 'aws_ssm_parameter.part'" },
	{ "a policy, and an output that nobody takes", "[\"kms:Decrypt\"]",
	  "[\"kms:Decrypt\", \"kms:x\"]", "'value' of 'aws_ssm_parameter.text'" },
	{ "a policy whose text is taken", "\"s3:List\"", "\"s3:Get\"",
	  "'value' of 'aws_ssm_parameter.text'" },
	{ "a policy that another one takes as a whole", "\"s3:Head\"", "\"s3:Get\"",
	  "what 'aws_iam_role_policy.copy' takes of 'policy' of 'aws_iam_role_policy.whole'" },
	{ "a policy that is only named", "\"s3:Name\"", "\"s3:Get\"", "" },
	{ "a policy that is not all known, where it is", "\"s3:Own\"", "\"s3:Put\"", "" },
	{ "an item of a map that each instance takes", "\"X\"", "\"Y\"",
	  "'value' of 'aws_ssm_parameter.each'" },
	{ "one that none takes", "size = 1", "size = 2", "" },
	{ "another instance", "each = { x", "each = { y",
	  "'for_each' of 'aws_ssm_parameter.each'" },
	{ "a file", "a text", "another text", "'value' of 'aws_ssm_parameter.file'" },
	{ "a template", "a ${x}", "the ${x}", "'value' of 'aws_ssm_parameter.filled'" },
	{ "a document", "sqs:Send", "sqs:*", "'policy' of 'aws_sqs_queue_policy.q'" },
	{ "a count", "Resource = \"*\" }]\n}", "Resource = \"*\" }, {}]\n}",
	  "'count' of 'aws_sqs_queue.q'" },
	{ "as many others", "kms:Verify", "kms:Encrypt", "" },
	{ "a nested block", "[\"v\"]", "[\"w\"]", "'dynamic' of 'aws_sqs_queue.q'" },
	{ "an argument of a module", "a = \"A\"", "a = \"C\"",
	  "'value' of 'aws_ssm_parameter.m' in 'm/main.tf'" },
	{ "through a module to one that cannot be read", "b = \"B\"", "b = \"C\"",
	  "'given' of 'module.far'" },
	{ "an argument that was not there", "role = aws_iam_role.a.id\n",
	  "role = aws_iam_role.a.id\n  name = \"x\"\n", "'name' of 'aws_iam_role_policy.a'" },
};

static void terraform_says_the_same(void **state)
{
	(void)state;
	CHECK(terraform, in_terraform);
}

/* ---- CloudFormation ---- */

static files_t cloudformation = {
	"t.yml",
	"Parameters:\n"
	"  Who: {Type: String, Default: someone}\n"
	"Mappings:\n"
	"  Map: {a: {b: mapped}}\n"
	"Resources:\n"
	"  Role:\n"
	"    Type: AWS::IAM::Role\n"
	"    Properties:\n"
	"      AssumeRolePolicyDocument:\n"
	"        Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: {AWS: !Ref "
	"Who}}]\n"
	"      Policies:\n"
	"        - PolicyName: p\n"
	"          PolicyDocument:\n"
	"            Statement: [{Effect: Allow, Action: 'kms:Decrypt', Resource: '*'}]\n"
	"  Bucket:\n"
	"    Type: AWS::S3::BucketPolicy\n"
	"    Properties:\n"
	"      PolicyDocument:\n"
	"        Statement: &shared [{Effect: Allow, Action: 's3:*', Resource: '*'}]\n"
	"  Queue:\n"
	"    Type: AWS::SQS::QueuePolicy\n"
	"    Properties:\n"
	"      PolicyDocument: {Statement: *shared}\n"
	"      Queues: [!FindInMap [Map, a, b]]\n"
	"      Name: !Sub '${Who}-x'\n"
	"  Nested:\n"
	"    Type: AWS::CloudFormation::Stack\n"
	"    Properties:\n"
	"      TemplateURL: ./nested.yml\n"
	"      Parameters: {Given: given}\n"
	"Outputs:\n"
	"  Told: {Value: told}\n",
	"nested.yml",
	"Parameters:\n"
	"  Given: {Type: String}\n"
	"Resources:\n"
	"  Parameter:\n"
	"    Type: AWS::SSM::Parameter\n"
	"    Properties: {Type: String, Value: !Ref Given}\n",
};

static const struct row in_cloudformation[] = {
	{ "a policy", "kms:Decrypt", "kms:Encrypt", "" },
	{ "a trust policy", "sts:AssumeRole", "sts:*",
	  "'Role.Properties.AssumeRolePolicyDocument' in 't.yml'" },
	{ "a parameter", "someone", "somebody", "'Role.Properties.AssumeRolePolicyDocument'" },
	{ "an anchor", "s3:*", "s3:Get*", "'Bucket.Properties.PolicyDocument'" },
	{ "a mapping", "mapped", "other", "'Queue.Properties.Queues'" },
	{ "an argument", "{Given: given}", "{Given: other}",
	  "'Parameter.Properties.Value' in 'nested.yml'" },
	{ "an output", "told", "other", "'Outputs.Told'" },
	{ "a type", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "'Queue.Type'" },
};

static files_t serverless = {
	"serverless.yml",
	"service: s\n"
	"custom:\n"
	"  shared: [kms:Decrypt]\n"
	"  alone: [kms:Sign]\n"
	"provider:\n"
	"  name: aws\n"
	"  environment: {ACTIONS: '${self:custom.shared}'}\n"
	"  iam:\n"
	"    role:\n"
	"      statements:\n"
	"        - {Effect: Allow, Action: '${self:custom.alone}', Resource: '*'}\n"
	"functions:\n"
	"  one:\n"
	"    handler: h\n"
	"    environment: ${file(env.yml)}\n",
	"env.yml",
	"NAME: value\n",
};

static const struct row in_serverless[] = {
	{ "what statements alone have", "kms:Sign", "kms:Verify", "" },
	{ "what something else has", "kms:Decrypt", "kms:Verify",
	  "'provider.environment' in 'serverless.yml'" },
	{ "a file", "value", "other", "'one.environment'" },
};

static void templates_say_the_same(void **state)
{
	(void)state;
	CHECK(cloudformation, in_cloudformation);
	CHECK(serverless, in_serverless);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terraform_says_the_same),
		cmocka_unit_test(templates_say_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
