/* SPDX-License-Identifier: MIT */
#include "kmsfix/template.h"

#include <string.h>

#include "kmsfix/action.h"
#include "kmsfix/buf.h"
#include "kmsfix/sid.h"
#include "kmsfix/template_text.h"
#include "support.h"

#define SID "\"Sid\": \"{{sid}}\""
#define EFFECT "\"Effect\": \"Allow\""
#define PRINCIPAL "\"Principal\": {\"AWS\": \"{{principals}}\"}"
#define ACTION "\"Action\": \"{{actions}}\""
#define RESOURCE "\"Resource\": \"*\""
#define CONDITION "\"Condition\": \"{{conditions}}\""
#define WITH(sid, effect, principal, action, resource, condition) \
	"{" sid "," effect "," principal "," action "," resource "," condition "}"

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

static struct template load(struct arena *a, const char *name)
{
	struct template t = { 0 };
	struct err e = { 0 };

	if (!template_load(&t, str_from(name), a, &e))
		test_fail("%s", e.msg);
	return t;
}

static struct template parse(struct arena *a, const char *text)
{
	struct template t = { 0 };
	struct err e = { 0 };

	if (!template_parse(&t, str_from(text), S("t"), a, &e))
		test_fail("%s", e.msg);
	return t;
}

/* A shape as compact JSON, to compare with. */
static void add_shape(struct buf *out, const struct shape *s)
{
	const char *brackets = s->kind == SHAPE_LIST ? "[]" : "{}";

	if (s->kind == SHAPE_TEXT) {
		buf_printf(out, "\"%.*s\"", STR_ARG(s->text));
		return;
	}
	buf_addc(out, brackets[0]);
	for (size_t i = 0; i < s->n; i++) {
		if (i)
			buf_addc(out, ',');
		if (s->kind == SHAPE_OBJECT)
			buf_printf(out, "\"%.*s\":", STR_ARG(s->v[i].key));
		add_shape(out, s->v[i].value);
	}
	buf_addc(out, brackets[1]);
}

static void assert_renders(struct arena *a, const struct template *t, unsigned targets, str sid,
			   const char *const *principals, struct shape *conditions,
			   const char *want)
{
	struct strs list = { 0 };
	struct buf got = { 0 };

	for (size_t i = 0; principals[i]; i++)
		strs_add(a, &list, str_from(principals[i]));
	add_shape(&got, template_render(t, targets, sid, &list, conditions, a));
	assert_str_eq(buf_str(&got), str_from(want));
	buf_free(&got);
}

static void every_built_in_template_is_valid(void **state)
{
	bool has_default = false;

	assert_true(template_count > 0);
	for (size_t i = 0; i < template_count; i++) {
		struct template t = load(*state, str_z(*state, template_texts[i].name));

		assert_str_eq(t.name, template_texts[i].name);
		has_default |= str_eq(t.name, S(TEMPLATE_DEFAULT));
	}
	assert_true(has_default);
}

static void the_default_grants_exactly_what_is_asked(void **state)
{
	struct template t = load(*state, TEMPLATE_DEFAULT);
	const char *one[] = { "\x01"
			      "aws_iam_role.a.arn\x02",
			      NULL };
	const char *two[] = { "A", "B", NULL };
	str sid = template_sid(&t, S("KmsfixDecrypt1a2b3c4d"), *state);

	assert_int_equal(t.targets, TARGET_ALL);
	assert_str_eq(sid, S("KmsfixDecrypt1a2b3c4d"));
	assert_renders(*state, &t, TARGET_DECRYPT, sid, one, NULL,
		       "{\"Sid\":\"KmsfixDecrypt1a2b3c4d\",\"Effect\":\"Allow\","
		       "\"Principal\":{\"AWS\":\"\x01"
		       "aws_iam_role.a.arn\x02\"},"
		       "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}");
	assert_renders(*state, &t, TARGET_REENCRYPT_TO | TARGET_DECRYPT, sid, two, NULL,
		       "{\"Sid\":\"KmsfixDecrypt1a2b3c4d\",\"Effect\":\"Allow\","
		       "\"Principal\":{\"AWS\":[\"A\",\"B\"]},"
		       "\"Action\":[\"kms:Decrypt\",\"kms:ReEncryptTo\"],\"Resource\":\"*\"}");
}

static void conditions_stand_where_the_template_has_them(void **state)
{
	struct template t = parse(*state, "{" CONDITION "," RESOURCE "," ACTION "," PRINCIPAL
					  "," EFFECT "," SID "}");
	struct shape *keys = shape_object(*state), *conditions = shape_object(*state);
	const char *one[] = { "A", NULL };

	shape_set(*state, keys, S("kms:ViaService"), shape_text(*state, S("s3")));
	shape_set(*state, conditions, S("StringEquals"), keys);
	assert_renders(*state, &t, TARGET_ALL, S("x"), one, conditions,
		       "{\"Condition\":{\"StringEquals\":{\"kms:ViaService\":\"s3\"}},"
		       "\"Resource\":\"*\",\"Action\":[\"kms:Decrypt\",\"kms:ReEncryptFrom\","
		       "\"kms:ReEncryptTo\"],\"Principal\":{\"AWS\":\"A\"},\"Effect\":\"Allow\","
		       "\"Sid\":\"x\"}");
}

/* 1.12: what the identity statement did not grant is never added, whatever the template lists. */
static void a_template_with_its_own_actions_grants_no_others(void **state)
{
	struct template t = load(*state, "decrypt-only");
	const char *one[] = { "A", NULL };

	assert_int_equal(t.targets, TARGET_DECRYPT | TARGET_REENCRYPT_FROM);
	assert_renders(*state, &t, TARGET_DECRYPT,
		       template_sid(&t, S("KmsfixDecrypt1a2b3c4d"), *state), one, NULL,
		       "{\"Sid\":\"AllowApplicationRoleToDecrypt1a2b3c4d\",\"Effect\":\"Allow\","
		       "\"Principal\":{\"AWS\":\"A\"},\"Action\":\"kms:Decrypt\","
		       "\"Resource\":\"*\"}");
}

static void the_actions_of_a_template_are_its_targets(void **state)
{
	static const struct {
		const char *text;
		unsigned targets;
	} rows[] = {
		{ WITH(SID, EFFECT, PRINCIPAL, "\"Action\": \"kms:Decrypt\"", RESOURCE, CONDITION),
		  TARGET_DECRYPT },
		{ WITH(SID, EFFECT, PRINCIPAL, "\"Action\": [\"kms:ReEncryptTo\"]", RESOURCE,
		       CONDITION),
		  TARGET_REENCRYPT_TO },
		{ WITH(SID, EFFECT, PRINCIPAL,
		       "\"Action\": [\"kms:ReEncryptFrom\", \"kms:ReEncryptTo\", \"kms:Decrypt\"]",
		       RESOURCE, CONDITION),
		  TARGET_ALL },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(parse(*state, rows[i].text).targets, rows[i].targets);
}

static void a_sid_is_known_again(void **state)
{
	struct template exact = load(*state, "exact"), id = load(*state, "decrypt-only");
	str made = sid_make(*state, TARGET_DECRYPT, S("seed"));

	assert_true(template_sid_is_ours(&exact, template_sid(&exact, made, *state)));
	assert_true(template_sid_is_ours(&id, template_sid(&id, made, *state)));
	assert_false(template_sid_is_ours(&exact, template_sid(&id, made, *state)));
	assert_false(template_sid_is_ours(&id, made));
	assert_false(template_sid_is_ours(&id, S("AllowApplicationRoleToDecrypt")));
	assert_false(template_sid_is_ours(&id, S("AllowApplicationRoleToDecrypt1a2b3c4")));
	assert_false(template_sid_is_ours(&id, S("AllowApplicationRoleToDecrypt1A2B3C4D")));
	assert_false(template_sid_is_ours(&id, S("AllowApplicationRoleToDecrypt1a2b3c4d5")));
	assert_false(template_sid_is_ours(&id, S("")));
	assert_false(template_sid_is_ours(&exact, S("")));
}

static void a_sid_pattern_has_letters_on_both_sides(void **state)
{
	struct template t = parse(*state, WITH("\"Sid\": \"Aa{{id}}Zz\"", EFFECT, PRINCIPAL, ACTION,
					       RESOURCE, CONDITION));
	str sid = template_sid(&t, S("KmsfixDecrypt1a2b3c4d"), *state);

	assert_str_eq(sid, S("Aa1a2b3c4dZz"));
	assert_true(template_sid_is_ours(&t, sid));
	assert_false(template_sid_is_ours(&t, S("Aa1a2b3c4d")));
	assert_false(template_sid_is_ours(&t, S("AaZz")));
	assert_false(template_sid_is_ours(&t, S("AZ")));
}

#define BAD_SID                                                                                   \
	"template 't': Sid must be letters and digits around one '{{sid}}' or '{{id}}', at most " \
	"64 characters"
#define BAD_ACTION                                                                                \
	"template 't': Action must be \"{{actions}}\" or some of kms:Decrypt, kms:ReEncryptFrom " \
	"and kms:ReEncryptTo, each once"
#define BAD_PRINCIPAL "template 't': Principal must be {\"AWS\": \"{{principals}}\"}"
#define NOT_JSON "template 't' is not one JSON object"
#define SIX "a template has Sid, Effect, Principal, Action, Resource and Condition"
#define BAD(sid, effect, principal, action, resource, condition, want)          \
	{                                                                       \
		WITH(sid, effect, principal, action, resource, condition), want \
	}
#define SID_ROW(sid) BAD("\"Sid\": " sid, EFFECT, PRINCIPAL, ACTION, RESOURCE, CONDITION, BAD_SID)
#define ACTION_ROW(action) \
	BAD(SID, EFFECT, PRINCIPAL, "\"Action\": " action, RESOURCE, CONDITION, BAD_ACTION)
#define PRINCIPAL_ROW(principal) \
	BAD(SID, EFFECT, "\"Principal\": " principal, ACTION, RESOURCE, CONDITION, BAD_PRINCIPAL)

static const struct {
	const char *text;
	const char *want;
} bad_templates[] = {
	SID_ROW("\"Kmsfix\""),
	SID_ROW("\"{{sid}}{{id}}\""),
	SID_ROW("\"{{id}}{{id}}\""),
	SID_ROW("\"Allow role {{id}}\""),
	SID_ROW("\"{{ id }}\""),
	SID_ROW("\"a-{{id}}\""),
	SID_ROW("\"\xc3\xa4{{id}}\""),
	SID_ROW("\"\""),
	SID_ROW("7"),
	SID_ROW("null"),
	SID_ROW("[\"{{id}}\"]"),
	SID_ROW("\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA{{id}}\""),
	BAD(SID, "\"Effect\": \"Deny\"", PRINCIPAL, ACTION, RESOURCE, CONDITION,
	    "template 't': Effect must be \"Allow\""),
	BAD(SID, "\"Effect\": \"allow\"", PRINCIPAL, ACTION, RESOURCE, CONDITION,
	    "template 't': Effect must be \"Allow\""),
	PRINCIPAL_ROW("\"*\""),
	PRINCIPAL_ROW("\"{{principals}}\""),
	PRINCIPAL_ROW("{\"AWS\": \"*\"}"),
	PRINCIPAL_ROW("{\"AWS\": [\"{{principals}}\"]}"),
	PRINCIPAL_ROW("{\"AWS\": \"{{principals}}\", \"Service\": \"s3.amazonaws.com\"}"),
	PRINCIPAL_ROW("{\"Service\": \"{{principals}}\"}"),
	PRINCIPAL_ROW("{\"aws\": \"{{principals}}\"}"),
	PRINCIPAL_ROW("{}"),
	ACTION_ROW("\"kms:*\""),
	ACTION_ROW("\"kms:decrypt\""),
	ACTION_ROW("[\"kms:Decrypt\", \"kms:Encrypt\"]"),
	ACTION_ROW("[\"kms:Decrypt\", \"kms:Decrypt\"]"),
	ACTION_ROW("[\"{{actions}}\"]"),
	ACTION_ROW("[]"),
	ACTION_ROW("{}"),
	ACTION_ROW("1"),
	BAD(SID, EFFECT, PRINCIPAL, ACTION, "\"Resource\": [\"*\"]", CONDITION,
	    "template 't': Resource must be \"*\", the key itself"),
	BAD(SID, EFFECT, PRINCIPAL, ACTION, "\"Resource\": \"arn:aws:kms:*\"", CONDITION,
	    "template 't': Resource must be \"*\", the key itself"),
	BAD(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, "\"Condition\": {}",
	    "template 't': Condition must be \"{{conditions}}\""),
	BAD(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, SID, "template 't': Sid stands twice"),
	BAD(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, CONDITION "," ACTION,
	    "template 't': Action stands twice"),
	BAD(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, "\"NotAction\": \"kms:Encrypt\"",
	    "template 't': 'NotAction' cannot be in it; " SIX),
	BAD(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, "\"condition\": \"{{conditions}}\"",
	    "template 't': 'condition' cannot be in it; " SIX),
	BAD(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, CONDITION ", \"\": 1",
	    "template 't': '' cannot be in it; " SIX),
	{ "{" SID "," EFFECT "," PRINCIPAL "," ACTION "," RESOURCE "}",
	  "template 't': Condition is missing" },
	{ "{}", "template 't': Sid is missing" },
	{ "", NOT_JSON },
	{ "[]", NOT_JSON },
	{ "\"Sid\"", NOT_JSON },
	{ "{" SID, NOT_JSON },
	{ WITH(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, CONDITION) " x", NOT_JSON },
	{ WITH(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, CONDITION) "{}", NOT_JSON },
	{ WITH(SID, "\"Effect\": \"Allow\\u0000\"", PRINCIPAL, ACTION, RESOURCE, CONDITION),
	  NOT_JSON },
};

static void what_could_grant_more_is_refused(void **state)
{
	for (size_t i = 0; i < COUNT(bad_templates); i++) {
		struct template t = { 0 };
		struct err e = { 0 };

		assert_false(
			template_parse(&t, str_from(bad_templates[i].text), S("t"), *state, &e));
		assert_int_equal(e.code, ERR_CONFIG);
		assert_str_eq(str_from(e.msg), str_from(bad_templates[i].want));
		assert_int_equal(t.targets, 0);
	}
}

static void a_nul_does_not_hide_what_follows(void **state)
{
	static const char text[] = WITH(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, CONDITION) "\0}";
	struct template t;
	struct err e = { 0 };

	assert_false(template_parse(&t, (str){ text, sizeof(text) - 1 }, S("t"), *state, &e));
	assert_string_equal(e.msg, NOT_JSON);
}

static void deep_nesting_and_size_have_limits(void **state)
{
	struct template t;
	struct err e = { 0 };
	struct buf b = { 0 };

	buf_fill(&b, '[', TEMPLATE_MAX_SIZE);
	assert_false(template_parse(&t, buf_str(&b), S("t"), *state, &e));
	assert_string_equal(e.msg, NOT_JSON);
	buf_addc(&b, '[');
	assert_false(template_parse(&t, buf_str(&b), S("t"), *state, &e));
	assert_string_equal(e.msg, "template 't' is too large: at most 65536 bytes");

	b.n = 0;
	buf_add(&b, S(WITH(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, CONDITION)));
	buf_fill(&b, ' ', TEMPLATE_MAX_SIZE - b.n);
	assert_true(template_parse(&t, buf_str(&b), S("t"), *state, &e));
	buf_free(&b);
}

static void a_cut_template_is_an_error(void **state)
{
	str whole = S(WITH(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, CONDITION));

	for (size_t n = 0; n < whole.n; n++) {
		struct template t;
		struct err e = { 0 };

		assert_false(template_parse(&t, str_sub(whole, 0, n), S("t"), *state, &e));
		assert_int_equal(e.code, ERR_CONFIG);
	}
}

static void a_name_with_a_slash_or_json_is_a_file(void **state)
{
	const char *dir = test_mkdir(*state);
	const char *path = str_z(*state, str_fmt(*state, "%s/mine", dir));
	struct template t;
	struct err e = { 0 };

	test_write(path, S(WITH(SID, EFFECT, PRINCIPAL, ACTION, RESOURCE, CONDITION)));
	assert_int_equal(load(*state, path).targets, TARGET_ALL);
	assert_int_equal(load(*state, "templates/exact.json").targets, TARGET_ALL);
	assert_false(template_load(&t, S("no-such-template.json"), *state, &e));
	assert_int_equal(e.code, ERR_IO);
	assert_string_equal(e.msg,
			    "cannot read 'no-such-template.json': No such file or directory");
	assert_false(template_load(&t, str_from(dir), *state, &e));
	assert_int_equal(e.code, ERR_IO);
	test_rmdir(*state, dir);
}

static void an_unknown_name_lists_what_there_is(void **state)
{
	struct template t;
	struct err e = { 0 };

	assert_false(template_load(&t, S("exactly"), *state, &e));
	assert_int_equal(e.code, ERR_CONFIG);
	assert_non_null(strstr(e.msg, "no template is called 'exactly'; there are "));
	assert_non_null(strstr(e.msg, "'exact'"));
}

static void a_file_that_is_too_large_is_refused(void **state)
{
	const char *dir = test_mkdir(*state);
	const char *path = str_z(*state, str_fmt(*state, "%s/t.json", dir));
	struct template t;
	struct err e = { 0 };
	struct buf b = { 0 };

	buf_fill(&b, ' ', TEMPLATE_MAX_SIZE + 1);
	test_write(path, buf_str(&b));
	buf_free(&b);
	assert_false(template_load(&t, str_from(path), *state, &e));
	assert_int_equal(e.code, ERR_IO);
	assert_non_null(strstr(e.msg, "is too large: at most 65536 bytes are read"));
	test_rmdir(*state, dir);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_built_in_template_is_valid),
		TEST(the_default_grants_exactly_what_is_asked),
		TEST(conditions_stand_where_the_template_has_them),
		TEST(a_template_with_its_own_actions_grants_no_others),
		TEST(the_actions_of_a_template_are_its_targets),
		TEST(a_sid_is_known_again),
		TEST(a_sid_pattern_has_letters_on_both_sides),
		TEST(what_could_grant_more_is_refused),
		TEST(a_nul_does_not_hide_what_follows),
		TEST(deep_nesting_and_size_have_limits),
		TEST(a_cut_template_is_an_error),
		TEST(a_name_with_a_slash_or_json_is_a_file),
		TEST(an_unknown_name_lists_what_there_is),
		TEST(a_file_that_is_too_large_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
