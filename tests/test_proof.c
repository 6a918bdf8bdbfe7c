/* SPDX-License-Identifier: MIT */
/*
 * The proof must fail: a fix that is right is spoiled in one place, as a bug of the planner, of the
 * editor or of a reader would spoil it.
 */
#include "prover.h"

#include "kmsfix/arena.h"
#include "kmsfix/vec.h"

static const char code[] =
	"data \"aws_caller_identity\" \"me\" {}\n"
	"resource \"aws_kms_key\" \"data\" {\n"
	"  policy = jsonencode({ Version = \"2012-10-17\", Statement = [\n"
	"    { Sid = \"Root\", Effect = \"Allow\", Action = \"kms:*\", Resource = \"*\",\n"
	"      Principal = { AWS = \"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root\" "
	"} },\n"
	"    { Sid = \"NoPut\", Effect = \"Deny\", Action = \"kms:PutKeyPolicy\", Resource = "
	"\"*\",\n"
	"      Principal = { AWS = aws_iam_role.other.arn } },\n"
	"    { Sid = \"Here\", Effect = \"Allow\", Action = \"kms:Encrypt\", Resource = \"*\",\n"
	"      Principal = { AWS = aws_iam_role.other.arn } }\n"
	"  ] })\n"
	"}\n"
	"resource \"aws_kms_key\" \"spare\" {}\n"
	"resource \"aws_iam_role\" \"app\" {\n"
	"  assume_role_policy = \"{}\"\n"
	"}\n"
	"resource \"aws_iam_role\" \"other\" {\n"
	"  assume_role_policy = \"{}\"\n"
	"}\n"
	"resource \"aws_iam_policy\" \"app\" {\n"
	"  policy = jsonencode({ Version = \"2012-10-17\", Statement = [\n"
	"    { Sid = \"Move\", Effect = \"Allow\", Action = [\"kms:Decrypt\", \"kms:Encrypt\"],\n"
	"      Resource = aws_kms_key.data.arn,\n"
	"      Condition = { StringEquals = { \"kms:ViaService\" = \"s3.eu-west-1.amazonaws.com\" "
	"} } },\n"
	"    { Sid = \"Bucket\", Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"*\" "
	"},\n"
	"    { Sid = \"Spare\", Effect = \"Allow\", Action = \"kms:Decrypt\", Resource = "
	"aws_kms_key.spare.arn },\n"
	"    { Sid = \"Held\", Effect = \"Allow\", Action = \"kms:ReEncrypt*\", Resource = \"*\" "
	"}\n"
	"  ] })\n"
	"}\n"
	"resource \"aws_iam_role_policy_attachment\" \"app\" {\n"
	"  role       = aws_iam_role.app.name\n"
	"  policy_arn = aws_iam_policy.app.arn\n"
	"}\n"
	"resource \"aws_iam_role_policy\" \"other\" {\n"
	"  role   = aws_iam_role.other.name\n"
	"  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"sqs:*\", Resource = "
	"\"*\" }] })\n"
	"}\n"
	"variable \"always\" { default = true }\n"
	"locals {\n  port = 1\n}\noutput \"port\" {\n  value = local.port\n}\n"
	"data \"aws_iam_policy_document\" \"both\" {\n"
	"  statement {\n    actions   = [\"kms:*\"]\n    resources = [\"*\"]\n"
	"    principals {\n      type = \"AWS\"\n      identifiers = "
	"[\"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root\"]\n    }\n  }\n"
	"  statement {\n    sid       = \"NoTags\"\n    effect    = \"Deny\"\n"
	"    actions   = [\"kms:TagResource\"]\n    resources = [\"*\"]\n"
	"    principals {\n      type = \"AWS\"\n      identifiers = [\"*\"]\n    }\n  }\n}\n"
	"data \"aws_iam_policy_document\" \"less\" {\n"
	"  statement {\n    actions   = [\"kms:*\"]\n    resources = [\"*\"]\n"
	"    principals {\n      type = \"AWS\"\n      identifiers = "
	"[\"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root\"]\n    }\n  }\n}\n"
	"data \"aws_iam_policy_document\" \"tags\" {\n"
	"  statement {\n    sid       = \"Tags\"\n    actions   = [\"kms:TagResource\"]\n"
	"    resources = [\"*\"]\n    principals {\n      type = \"AWS\"\n      identifiers = "
	"[aws_iam_role.other.arn]\n    }\n  }\n}\n"
	"resource \"aws_kms_key\" \"five\" {\n"
	"  policy = data.aws_iam_policy_document.tags.json\n}\n"
	"resource \"aws_kms_key\" \"one\" {\n"
	"  policy = data.aws_iam_policy_document.both.json\n}\n"
	"resource \"aws_kms_key\" \"two\" {\n"
	"  policy = data.aws_iam_policy_document.both.json\n}\n"
	"resource \"aws_kms_key\" \"three\" {\n"
	"  policy = data.aws_iam_policy_document.less.json\n}\n"
	"resource \"aws_iam_role_policy\" \"one\" {\n"
	"  role   = aws_iam_role.other.name\n"
	"  policy = jsonencode({ Statement = [{ Sid = \"One\", Effect = \"Allow\",\n"
	"    Action = [\"kms:Decrypt\", \"kms:Sign\"], Resource = aws_kms_key.one.arn }] })\n}\n"
	"variable \"lucky\" { type = bool }\n"
	"resource \"aws_kms_key\" \"four\" {\n"
	"  policy = jsonencode({ Version = \"2012-10-17\", Statement = [\n"
	"    { Effect = \"Allow\", Action = \"kms:*\", Resource = \"*\", Principal = { AWS = "
	"\"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root\" } }] })\n}\n"
	"resource \"aws_iam_role_policy\" \"four\" {\n"
	"  count  = var.lucky ? 1 : 0\n"
	"  role   = aws_iam_role.other.name\n"
	"  policy = jsonencode({ Statement = [{ Effect = \"Allow\",\n"
	"    Action = [\"kms:Decrypt\", \"kms:Sign\"], Resource = aws_kms_key.four.arn }] })\n}\n";

static int make(void **state)
{
	struct prover *p = prover_create();

	prover_plan(p, str_from(code));
	*state = p;
	return 0;
}

static str replaced(struct arena *a, str text, str from, str to)
{
	size_t at = str_find(text, from, 0);

	if (at == SIZE_MAX)
		fail_msg("'%.*s' is not in:\n%.*s", STR_ARG(from), STR_ARG(text));
	return STR_CAT(a, str_sub(text, 0, at), to, str_sub(text, at + from.n, text.n));
}

static void a_right_fix_is_proved(void **state)
{
	struct prover *p = *state;

	assert_true(prover_prove(p, p->fixed)->holds);
	assert_int_equal(p->proof.principals, 2);
	assert_int_equal(p->proof.keys, 7);
	assert_true(p->proof.checked > 0);
}

/* What is made of the fixed text, and how the failure begins. */
static const struct spoiled {
	const char *what, *from, *to, *failure;
} spoiled[] = {
	{ "nothing was done at all", NULL, NULL, "a statement is lost or changed: allow 'Kmsfix" },
	{ "another role has the grant", "AWS = aws_iam_role.app.arn",
	  "AWS = aws_iam_role.other.arn", "access changes" },
	{ "everybody has the grant", "AWS = aws_iam_role.app.arn", "AWS = \"*\"", "access" },
	{ "the account has the grant", "AWS = aws_iam_role.app.arn",
	  "AWS = \"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root\"", "access" },
	{ "the grant is of another action", "\"kms:Decrypt\"", "\"kms:DescribeKey\"",
	  "access changes" },
	{ "the grant is of one action more", "\"kms:Decrypt\"",
	  "[\"kms:Decrypt\", \"kms:ReEncryptTo\"]", "access appears" },
	{ "the grant has another condition", "\"kms:ViaService\" = \"s3.",
	  "\"kms:ViaService\" = \"sqs.", "access changes" },
	{ "the grant has another operator", "StringEquals", "StringLike", "access changes" },
	{ "the grant denies", "Effect = \"Allow\"\n", "Effect = \"Deny\"\n", "access changes" },
	{ "one more has the grant", "AWS = aws_iam_role.app.arn",
	  "AWS = [aws_iam_role.app.arn, aws_iam_role.other.arn]", "access changes" },
	{ "the grant is there only at times", "AWS = aws_iam_role.app.arn",
	  "AWS = var.always ? aws_iam_role.app.arn : aws_iam_role.other.arn", "access" },
	{ "the grant has an effect beside", "\"kms:Decrypt\"", "[\"kms:Decrypt\", \"kms:Encrypt\"]",
	  "a statement is lost or changed: allow 'Kmsfix" },
	{ "another action is lost", "\"kms:Encrypt\"]", "]", "a statement is lost or changed" },
	{ "another action appears", "\"s3:GetObject\"", "\"s3:*\"",
	  "a statement is lost or changed" },
	{ "another resource is narrower", "\"s3:GetObject\", Resource = \"*\"",
	  "\"s3:GetObject\", Resource = \"arn:aws:s3:::b\"", "a statement is lost or changed" },
	{ "a denial is lost", "Effect = \"Deny\"", "Effect = \"Allow\"",
	  "a statement is lost or changed: deny 'NoPut'" },
	{ "a denial is of another",
	  "Resource = \"*\",\n      Principal = { AWS = aws_iam_role.other.arn }",
	  "Resource = \"*\",\n      Principal = { AWS = aws_iam_role.app.arn }",
	  "a statement is lost or changed: deny 'NoPut'" },
	{ "a statement appears", "{ Sid = \"Bucket\"",
	  "{ Effect = \"Allow\", Action = \"s3:PutObject\", Resource = \"*\" },\n    { Sid = "
	  "\"Bucket\"",
	  "a statement is not as planned" },
	{ "a statement is there twice", "{ Sid = \"Bucket\"",
	  "{ Sid = \"Bucket\", Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"*\" },\n"
	  "    { Sid = \"Bucket\"",
	  "the number of statements" },
	{ "a statement has another name", "Sid = \"Bucket\"", "Sid = \"Bocket\"",
	  "a statement is lost or changed" },
	{ "the account lost its key", "Action = \"kms:*\", Resource = \"*\"",
	  "Action = \"kms:Put*\", Resource = \"*\"", "access changes" },
	{ "an attachment is lost", "resource \"aws_iam_role_policy_attachment\"",
	  "resource \"aws_no_role_policy_attachment\"", "a policy or attachment is lost" },
	{ "a policy without keys is lost", "resource \"aws_iam_role_policy\" \"other\"",
	  "resource \"aws_no_role_policy\" \"other\"", "a statement is lost or changed" },
	{ "a policy is of another", "role   = aws_iam_role.other.name",
	  "role   = aws_iam_role.app.name", "a policy or attachment is lost" },
	{ "an attachment appears", "variable \"always\"",
	  "resource \"aws_iam_role_policy_attachment\" \"read\" {\n"
	  "  role       = aws_iam_role.app.name\n"
	  "  policy_arn = \"arn:aws:iam::aws:policy/ReadOnlyAccess\"\n}\n"
	  "resource \"aws_iam_policy\" \"more\" {\n"
	  "  policy = jsonencode({ Statement = [] })\n}\nvariable \"always\"",
	  "a policy or attachment appears" },
	{ "the default policy is another", "\"kms:*\"\n", "\"kms:Decrypt\"\n", "access" },
	{ "the default policy is of another account", "data \"aws_caller_identity\" \"me\" {}",
	  "data \"aws_caller_identity\" \"me\" {\n  provider = aws.other\n}",
	  "a new key policy may be for another account: aws_kms_key.spare" },
	{ "a key's own document has less than the one it had",
	  "source_policy_documents = [data.aws_iam_policy_document.both.json]",
	  "source_policy_documents = [data.aws_iam_policy_document.less.json]",
	  "a key policy loses a statement: deny 'NoTags'" },
	{ "a key's own document has more than the one it had",
	  "source_policy_documents = [data.aws_iam_policy_document.both.json]",
	  "source_policy_documents = [data.aws_iam_policy_document.both.json, "
	  "data.aws_iam_policy_document.tags.json]",
	  "a key policy gets a statement: allow 'Tags'" },
	{ "a key's own document has nothing of the one it had",
	  "  source_policy_documents = [data.aws_iam_policy_document.both.json]\n", "",
	  "access changes" },
	{ "a grant under a condition is always there", "], var.lucky ? [", "], true ? [",
	  "access changes" },
	{ "a grant is there under the opposite condition", "], var.lucky ? [", "], !var.lucky ? [",
	  "access changes" },
	{ "a grant is there under another condition", "], var.lucky ? [", "], var.lucky2 ? [",
	  "access changes" },
	{ "what something refers to is gone", "  port = 1\n", "",
	  "less is known of the result: 'output.port' refers to 'local.port', which is gone" },
	{ "a role is trusted by others", "assume_role_policy = \"{}\"",
	  "assume_role_policy = \"{ }\"",
	  "something that is no part of the plan changes: 'assume_role_policy' of "
	  "'aws_iam_role.app'" },
	{ "the default policy has another name", "Enable IAM User Permissions", "Enable",
	  "a statement is lost or changed" },
};

static bool fails_as_it_should(struct prover *p, const struct spoiled *s)
{
	str text = s->from ? replaced(p->arena, p->fixed, str_from(s->from), str_from(s->to)) :
			     str_from(code);
	const struct proof *proof = prover_prove(p, text);

	if (!proof->holds && str_starts(proof->failure, str_from(s->failure)))
		return true;
	print_error("%s: %.*s\n", s->what, STR_ARG(proof->holds ? text : proof->failure));
	return false;
}

static void a_spoiled_fix_is_not(void **state)
{
	size_t n = sizeof(spoiled) / sizeof(*spoiled), failing = 0;

	for (size_t i = 0; i < n; i++)
		failing += fails_as_it_should(*state, &spoiled[i]);
	assert_int_equal(failing, n);
}

/* What is left to do, or held no more, shows although access and statements are right. */
static void a_second_run_must_find_the_same(void **state)
{
	struct prover *p = *state;
	struct model *after = prover_build(p, p->fixed);
	struct plan again;

	proof_check(&p->proof, p->before, &p->plan, after, &p->plan, p->arena);
	assert_true(str_starts(p->proof.failure,
			       S("a second run would still change something: a.tf aws_iam")));
	plan_make(&again, after, &p->options, p->arena);
	again.findings.n = 0;
	proof_check(&p->proof, p->before, &p->plan, after, &again, p->arena);
	assert_true(str_starts(p->proof.failure, S("a held finding is gone: a.tf aws_iam_policy")));
	plan_make(&again, after, &p->options, p->arena);
	again.findings.v[0].holds.n++;
	again.findings.v[0].holds.v = (struct issue[]){ again.findings.v[0].holds.v[0],
							{ .code = "CYCLE" } };
	proof_check(&p->proof, p->before, &p->plan, after, &again, p->arena);
	assert_true(str_starts(p->proof.failure, S("a held finding is gone")));
	plan_make(&again, after, &p->options, p->arena);
	again.grants = p->plan.grants;
	proof_check(&p->proof, p->before, &p->plan, after, &again, p->arena);
	assert_true(str_starts(p->proof.failure, S("a second run would still grant something")));
	plan_make(&again, after, &p->options, p->arena);
	struct finding more = again.findings.v[0];
	more.holds.n = 0;
	VEC_PUSH(p->arena, &again.findings, more);
	proof_check(&p->proof, p->before, &p->plan, after, &again, p->arena);
	assert_true(str_starts(p->proof.failure, S("a finding appears: a.tf aws_iam_policy")));
}

/* The grants alone must leave everybody's access as it was, in both directions. */
static void grants_alone_change_nobodys_access(void **state)
{
	struct prover *p = *state;
	str grant = S("variable \"always\"");
	str widens = replaced(p->arena, str_from(code),
			      S("Sid = \"Here\", Effect = \"Allow\", Action = \"kms:Encrypt\""),
			      S("Sid = \"Here\", Effect = \"Allow\", Action = \"kms:Decrypt\""));

	proof_grants(&p->proof, p->before,
		     prover_build(p, replaced(p->arena, str_from(code), grant, grant)), p->arena);
	assert_true(p->proof.holds);
	proof_grants(&p->proof, p->before, prover_build(p, widens), p->arena);
	assert_false(p->proof.holds);
	proof_grants(&p->proof, prover_build(p, widens), p->before, p->arena);
	assert_false(p->proof.holds);
}

/* A key that is for everybody, and who has no more there than anybody, or something besides. */
static const char open_code[] =
	"data \"aws_caller_identity\" \"me\" {}\n"
	"variable \"on\" { type = bool }\n"
	"variable \"off\" { type = bool }\n"
	"resource \"aws_kms_key\" \"open\" {\n"
	"  policy = jsonencode({ Version = \"2012-10-17\", Statement = [\n"
	"    { Effect = \"Allow\", Action = \"kms:*\", Resource = \"*\", Principal = { AWS = "
	"\"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root\" } },\n"
	"    { Effect = \"Allow\", Action = \"kms:Decrypt\", Resource = \"*\", Principal = { AWS = "
	"\"*\" "
	"},\n"
	"      Condition = { StringEquals = { \"kms:ViaService\" = \"s3.eu-west-1.amazonaws.com\" "
	"} } "
	"},\n"
	"    # more\n"
	"  ] })\n"
	"}\n"
	"resource \"aws_iam_role\" \"plain\" {}\n"
	"resource \"aws_iam_role\" \"sometimes\" {\n  count = var.on ? 1 : 0\n}\n"
	"resource \"aws_iam_role\" \"reaching\" {}\n"
	"resource \"aws_iam_role_policy\" \"reaching\" {\n"
	"  role   = aws_iam_role.reaching.name\n"
	"  policy = jsonencode({ Version = \"2012-10-17\", Statement = [\n"
	"    { Effect = \"Allow\", Action = \"kms:Decrypt\", Resource = aws_kms_key.open.arn }] "
	"})\n"
	"}\n";

#define ONE_MORE \
	"{ Effect = \"Allow\", Action = \"kms:Decrypt\", Resource = \"*\", Principal = { AWS = "
#define FROM_S3                                                                                   \
	" }, Condition = { StringEquals = { \"kms:ViaService\" = \"s3.eu-west-1.amazonaws.com\" " \
	"} } }"

/* What is changed, and whether everybody has what they had then: one way, and the other. */
static const struct opened {
	const char *what, *from, *to;
	bool holds, back;
} opened[] = {
	{ "nothing", "# more", "# no more", true, true },
	{ "a plain role is another one", "\"plain\" {}", "\"other\" {}", false, false },
	{ "a plain role is new", "\"plain\" {}",
	  "\"plain\" {}\nresource \"aws_iam_role\" \"new\" {}", true, false },
	{ "a plain role is there at times", "\"plain\" {}",
	  "\"plain\" {\n  count = var.on ? 1 : 0\n}", false, false },
	{ "a role is there at other times", "count = var.on", "count = var.off", false, false },
	{ "a role is there at all times", "  count = var.on ? 1 : 0\n", "", false, false },
	{ "all have it under another condition", "s3.eu", "sqs.eu", false, false },
	{ "all have it always",
	  ",\n      Condition = { StringEquals = { \"kms:ViaService\" = "
	  "\"s3.eu-west-1.amazonaws.com\" } }",
	  "", false, false },
	{ "all have something else", "\"kms:Decrypt\", Resource = \"*\"",
	  "\"kms:ReEncryptFrom\", Resource = \"*\"", false, false },
	{ "one has more", "# more", ONE_MORE "aws_iam_role.plain.arn } }", false, false },
	{ "one is told to have it, too", "# more", ONE_MORE "aws_iam_role.plain.arn" FROM_S3, true,
	  true },
	{ "who is there at times has more", "# more", ONE_MORE "aws_iam_role.sometimes[0].arn } }",
	  false, false },
	{ "who is there at times is told to have it, too", "# more",
	  ONE_MORE "aws_iam_role.sometimes[0].arn" FROM_S3, true, true },
	{ "one has less than all and more", "\"kms:Decrypt\", Resource = aws_kms_key.open.arn",
	  "\"kms:Encrypt\", Resource = aws_kms_key.open.arn", false, false },
	{ "a grant instead", "\"kms:Decrypt\", Resource = aws_kms_key.open.arn",
	  "\"kms:ReEncryptTo\", Resource = aws_kms_key.open.arn", false, false },
};

static void expect_opened(struct prover *p, str text)
{
	struct model *before = prover_build(p, text);
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof(opened) / sizeof(*opened); i++) {
		const struct opened *o = &opened[i];
		struct model *after = prover_build(
			p, replaced(p->arena, text, str_from(o->from), str_from(o->to)));
		struct proof back;

		proof_grants(&p->proof, before, after, p->arena);
		proof_grants(&back, after, before, p->arena);
		if (p->proof.holds == o->holds && back.holds == o->back)
			continue;
		print_error("%s: %d %d\n", o->what, p->proof.holds, back.holds);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void what_is_for_everybody_is_for_each(void **state)
{
	expect_opened(*state, str_from(open_code));
}

/* The same of a key that is so only at times: then it is no open one. */
static void what_is_for_everybody_at_times_is_for_each(void **state)
{
	struct prover *p = *state;
	str text = replaced(p->arena, str_from(open_code), S("policy = jsonencode({"),
			    S("policy = var.off ? null : jsonencode({"));

	expect_opened(p, text);
}

#define PROOF_TEST(name) cmocka_unit_test_setup_teardown(name, make, prover_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROOF_TEST(a_right_fix_is_proved),
		PROOF_TEST(a_spoiled_fix_is_not),
		PROOF_TEST(a_second_run_must_find_the_same),
		PROOF_TEST(grants_alone_change_nobodys_access),
		PROOF_TEST(what_is_for_everybody_is_for_each),
		PROOF_TEST(what_is_for_everybody_at_times_is_for_each),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
