/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "kmsfix/buf.h"
#include "kmsfix/config.h"

#include "support.h"

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

/* JSON here is written with ' for ". */
static str json(struct arena *a, const char *text)
{
	char *p = arena_alloc(a, strlen(text) + 1);

	for (size_t i = 0; text[i]; i++)
		p[i] = text[i] == '\'' ? '"' : text[i];
	return str_from(p);
}

static struct config *parse(struct arena *a, const char *text)
{
	struct config *c = NULL;
	struct err e = { 0 };

	if (!config_parse(&c, json(a, text), S(".kmsfix.json"), a, &e))
		fail_msg("%s", e.msg);
	return c;
}

static const struct config_suppression *suppressed(const struct config *c, str path, str address,
						   str code)
{
	struct config_finding f = { .path = path,
				    .address = address,
				    .sid = S("Build"),
				    .code = code,
				    .today = S("2026-11-25") };

	return config_suppresses(c, &f);
}

static void the_least_file_says_nothing(void **state)
{
	struct config *c = parse(*state, "\xef\xbb\xbf {'version': 1}\n");

	assert_str_eq(c->path, S(".kmsfix.json"));
	assert_int_equal(c->keys.n + c->policies.n + c->key_policies.n + c->attachments.n, 0);
	assert_int_equal(c->default_key_policy.n + c->accounts.n + c->suppress.n, 0);
	assert_false(config_excludes(c, S("a.tf")));
	assert_int_equal(config_account_of(c, S("a")).n, 0);
	assert_null(suppressed(c, S("a.tf"), S("x"), S("RES-ALL")));
}

static const char full[] =
	"{'version': 1.0,"
	" 'account': '123456789012',"
	" 'accounts': [{'path': './infra/prod/', 'account': '210987654321'}],"
	" 'keys': [{'pattern': 'arn:aws:kms:*:123456789012:key/mrk-1', 'path': 'infra',"
	"           'keys': ['aws_kms_key.a', {'key': 'aws_kms_key.b', 'path': '.'}]}],"
	" 'policies': [{'file': './policies//app.json', 'kind': 'identity', 'name': 'App',"
	"               'roles': ['arn:aws:iam::123456789012:role/svc/app',"
	"                         'arn:aws:iam::123456789012:role/svc/app'],"
	"               'users': ['arn:aws:iam::123456789012:user/bob'],"
	"               'groups': ['arn:aws:iam::123456789012:group/ops'],"
	"               'keys': ['aws_kms_key.a']},"
	"              {'file': 'scp.json', 'kind': 'other'},"
	"              {'file': 'cap.json', 'kind': 'boundary'}],"
	" 'key_policies': [{'file': 'policies/key.json',"
	"                   'key_arn': 'arn:aws:kms:us-east-1:123456789012:key/1-2'}],"
	" 'parameters': [{'template': 'app.yaml', 'file': './parameters/prod.json'}],"
	" 'attachments': [{'policy': 'aws_iam_policy.app', 'path': 'infra', 'complete': true},"
	"                 {'policy': 'aws_iam_policy.b', 'complete': false}],"
	" 'default_key_policy': ['aws_kms_key.a', {'key': 'aws_kms_key.b', 'path': 'infra'}],"
	" 'suppress': [{'path': 'iam.tf', 'reason': 'agreed'},"
	"              {'path': 'x/', 'address': 'aws_iam_policy.ci', 'code': 'KEY-2WRITERS',"
	"               'reason': 'old'}],"
	" 'exclude': ['examples', './a*.tf']}";

static void every_member_is_read(void **state)
{
	struct config *c = parse(*state, full);

	assert_int_equal(c->accounts.n, 2);
	assert_int_equal(c->keys.n, 1);
	assert_str_eq(c->keys.v[0].pattern, S("arn:aws:kms:*:123456789012:key/mrk-1"));
	assert_str_eq(c->keys.v[0].path, S("infra"));
	assert_int_equal(c->keys.v[0].keys.n, 2);
	assert_int_equal(c->policies.n, 3);
	assert_str_eq(c->policies.v[0].file, S("policies/app.json"));
	assert_str_eq(c->policies.v[0].name, S("App"));
	assert_int_equal(c->policies.v[0].kind, CONFIG_IDENTITY);
	assert_int_equal(c->policies.v[0].roles.n, 1);
	assert_str_eq(c->policies.v[0].roles.v[0], S("arn:aws:iam::123456789012:role/svc/app"));
	assert_str_eq(c->policies.v[0].users.v[0], S("arn:aws:iam::123456789012:user/bob"));
	assert_str_eq(c->policies.v[0].groups.v[0], S("arn:aws:iam::123456789012:group/ops"));
	assert_true(config_names_key(&c->policies.v[0].keys, S(""), S("aws_kms_key.a")));
	assert_int_equal(c->policies.v[1].kind, CONFIG_OTHER);
	assert_int_equal(c->policies.v[2].kind, CONFIG_BOUNDARY);
	assert_str_eq(c->key_policies.v[0].file, S("policies/key.json"));
	assert_str_eq(c->key_policies.v[0].key_arn,
		      S("arn:aws:kms:us-east-1:123456789012:key/1-2"));
	assert_int_equal(c->parameters.n, 1);
	assert_str_eq(c->parameters.v[0].template, S("app.yaml"));
	assert_str_eq(c->parameters.v[0].file, S("parameters/prod.json"));
	assert_str_eq(c->attachments.v[0].policy, S("aws_iam_policy.app"));
	assert_str_eq(c->attachments.v[0].path, S("infra"));
	assert_true(c->attachments.v[0].complete);
	assert_str_eq(c->attachments.v[1].path, S(""));
	assert_false(c->attachments.v[1].complete);
	assert_str_eq(c->suppress.v[1].path, S("x"));
	assert_str_eq(c->suppress.v[1].address, S("aws_iam_policy.ci"));
	assert_str_eq(c->suppress.v[1].code, S("KEY-2WRITERS"));
	assert_str_eq(c->suppress.v[1].reason, S("old"));
	assert_int_equal(c->exclude.n, 2);
	assert_str_eq(c->exclude.v[1], S("a*.tf"));
}

static void a_key_is_looked_up_in_its_directory(void **state)
{
	struct config *c = parse(*state, full);
	const struct config_key_names *map = &c->keys.v[0].keys;

	assert_true(config_names_key(map, S("infra"), S("aws_kms_key.a")));
	assert_false(config_names_key(map, S(""), S("aws_kms_key.a")));
	assert_true(config_names_key(map, S(""), S("aws_kms_key.b")));
	assert_false(config_names_key(map, S("infra"), S("aws_kms_key.b")));
	assert_true(config_names_key(&c->default_key_policy, S(""), S("aws_kms_key.a")));
	assert_true(config_names_key(&c->default_key_policy, S("infra"), S("aws_kms_key.b")));
	assert_false(config_names_key(&c->default_key_policy, S("infra"), S("aws_kms_key.a")));
}

static void the_nearest_directory_gives_the_account(void **state)
{
	struct config *c = parse(*state, full);

	assert_str_eq(config_account_of(c, S("infra/prod")), S("210987654321"));
	assert_str_eq(config_account_of(c, S("infra/prod/eu")), S("210987654321"));
	assert_str_eq(config_account_of(c, S("infra/prod2")), S("123456789012"));
	assert_str_eq(config_account_of(c, S("")), S("123456789012"));
}

static void a_suppression_may_name_a_statement_and_a_day(void **state)
{
	struct config *c = parse(*state, "{'version': 1, 'suppress': ["
					 "{'path': 'a', 'reason': 'past', 'expires': '2026-11-24'},"
					 "{'path': 'a', 'reason': 'other', 'sid': 'Deploy'},"
					 "{'path': 'a', 'reason': 'today', 'sid': 'Build',"
					 " 'expires': '2026-11-25'}]}");

	assert_str_eq(suppressed(c, S("a"), S("x"), S(""))->reason, S("today"));
	c->suppress.n = 2;
	assert_null(suppressed(c, S("a"), S("x"), S("")));
}

static void a_suppression_covers_what_it_names(void **state)
{
	struct config *c = parse(*state, full);

	assert_str_eq(suppressed(c, S("iam.tf"), S("x"), S("RES-ALL"))->reason, S("agreed"));
	assert_str_eq(suppressed(c, S("x/y.tf"), S("aws_iam_policy.ci"), S("KEY-2WRITERS"))->reason,
		      S("old"));
	assert_null(suppressed(c, S("x/y.tf"), S("aws_iam_policy.ci"), S("RES-ALL")));
	assert_null(suppressed(c, S("x/y.tf"), S("aws_iam_policy.c"), S("KEY-2WRITERS")));
	assert_null(suppressed(c, S("iam.tf.json"), S("x"), S("RES-ALL")));
}

/* `body` follows the version; each message is what comes after the file's name. */
static const struct {
	const char *body, *message;
} errors[] = {
	{ "'rolse': 1", "unknown member 'rolse'" },
	{ "'polices': []", "unknown member 'polices'; did you mean 'policies'" },
	{ "'key': []", "unknown member 'key'; did you mean 'keys'" },
	{ "'acounts': []", "unknown member 'acounts'; did you mean 'accounts'" },
	{ "'': 1", "unknown member ''" },
	{ "'a\\u001b[0m': 1", "unknown member 'a\\x1b[0m'" },
	{ "'version': 1", "version: given twice" },
	{ "'exclude': [], 'exclude': []", "exclude: given twice" },
	{ "'account': 123456789012", "account: expected a text" },
	{ "'account': '12345678901'", "account: expected the 12 digits of an account as a text" },
	{ "'account': 'arn:aws:iam::123456789012:root'",
	  "account: expected the 12 digits of an account as a text" },
	{ "'accounts': {}", "accounts: expected a list" },
	{ "'accounts': [1]", "accounts[0]: expected an object" },
	{ "'accounts': [{'path': 'a'}]", "accounts[0]: 'account' is missing" },
	{ "'accounts': [{'account': '123456789012'}]", "accounts[0]: 'path' is missing" },
	{ "'accounts': [{'path': 'a', 'account': '1'}]",
	  "accounts[0].account: expected the 12 digits of an account as a text" },
	{ "'accounts': [{'path': 'a', 'account': '123456789012'},"
	  "{'path': './a/', 'account': '123456789012'}]",
	  "accounts[1]: the account of this directory is given twice" },
	{ "'account': '123456789012', 'accounts': [{'path': '', 'account': '123456789012'}]",
	  "accounts[0]: the account of this directory is given twice" },
	{ "'accounts': [{'path': '..', 'account': '123456789012'}]",
	  "accounts[0].path: expected a path below the root of the repository" },
	{ "'accounts': [{'path': '/a', 'account': '123456789012'}]",
	  "accounts[0].path: expected a path below the root of the repository" },
	{ "'accounts': [{'path': 1, 'account': '123456789012'}]",
	  "accounts[0].path: expected a text" },
	{ "'keys': [{'keys': ['a']}]", "keys[0]: 'pattern' is missing" },
	{ "'keys': [{'pattern': '', 'keys': ['a']}]", "keys[0].pattern: is empty" },
	{ "'keys': [{'pattern': 'x'}]", "keys[0]: 'keys' is missing or empty" },
	{ "'keys': [{'pattern': 'x', 'keys': []}]", "keys[0]: 'keys' is missing or empty" },
	{ "'keys': [{'pattern': 'x', 'keys': 'a'}]", "keys[0].keys: expected a list" },
	{ "'keys': [{'pattern': 'x', 'keys': [1]}]",
	  "keys[0].keys[0]: expected the address of a key, or an object" },
	{ "'keys': [{'pattern': 'x', 'keys': ['a', {}]}]", "keys[0].keys[1]: 'key' is missing" },
	{ "'keys': [{'pattern': 'x', 'keys': ['a', {'key': 'b', 'pth': 'c'}]}]",
	  "keys[0].keys[1]: unknown member 'pth'; did you mean 'path'" },
	{ "'policies': [{}]", "policies[0]: 'file' is missing" },
	{ "'policies': [{'file': 'a', 'kind': 'scp'}]",
	  "policies[0].kind: expected \"identity\", \"boundary\" or \"other\"" },
	{ "'policies': [{'file': '.'}]",
	  "policies[0].file: expected the path of a file in the repository" },
	{ "'policies': [{'file': '../a'}]",
	  "policies[0].file: expected the path of a file in the repository" },
	{ "'policies': [{'file': 'a', 'roles': 'x'}]", "policies[0].roles: expected a list" },
	{ "'policies': [{'file': 'a', 'roles': [['x']]}]",
	  "policies[0].roles[0]: expected a text" },
	{ "'policies': [{'file': 'a', 'roles': ['app']}]",
	  "policies[0].roles[0]: expected the ARN of a role with its account and path" },
	{ "'policies': [{'file': 'a', 'roles': ['arn:aws:iam::1:role/app']}]",
	  "policies[0].roles[0]: expected the ARN of a role with its account and path" },
	{ "'policies': [{'file': 'a', 'roles': ['arn:aws:iam::123456789012:role/app-*']}]",
	  "policies[0].roles[0]: expected the ARN of a role with its account and path" },
	{ "'policies': [{'file': 'a', 'roles': ['arn:aws:iam::123456789012:role/my app']}]",
	  "policies[0].roles[0]: expected the ARN of a role with its account and path" },
	{ "'policies': [{'file': 'a', 'users': ['arn:aws:iam::123456789012:role/app']}]",
	  "policies[0].users[0]: expected the ARN of a user with its account and path" },
	{ "'policies': [{'file': 'a', 'groups': ['arn:aws:iam::123456789012:user/bob']}]",
	  "policies[0].groups[0]: expected the ARN of a group with its account and path" },
	{ "'policies': [{'file': 'a', 'kind': 'other', 'keys': ['x']}]",
	  "policies[0]: roles, users, groups and keys are of identity policies" },
	{ "'policies': [{'file': 'b'}, {'file': 'a'}, {'file': './a'}]",
	  "policies[2]: 'file' is that of policies[1]" },
	{ "'key_policies': [{'file': 'a'}]", "key_policies[0]: 'key_arn' is missing" },
	{ "'key_policies': [{'file': 'a', 'key_arn': 'arn:aws:kms:*:123456789012:key/a'}]",
	  "key_policies[0].key_arn: expected the ARN of one key, "
	  "arn:aws:kms:<region>:<account>:key/<id>" },
	{ "'key_policies': [{'file': 'a', 'key_arn': 'arn:aws:kms:r:1:key/a'}]",
	  "key_policies[0].key_arn: expected the ARN of one key, "
	  "arn:aws:kms:<region>:<account>:key/<id>" },
	{ "'key_policies': [{'file': 'a', 'key_arn': 'arn:aws:kms::123456789012:key/a'}]",
	  "key_policies[0].key_arn: expected the ARN of one key, "
	  "arn:aws:kms:<region>:<account>:key/<id>" },
	{ "'key_policies': [{'file': 'a', 'key_arn': 'arn:aws:kms:r:123456789012:alias/a'}]",
	  "key_policies[0].key_arn: expected the ARN of one key, "
	  "arn:aws:kms:<region>:<account>:key/<id>" },
	{ "'key_policies': [{'file': 'a', 'key_arn': 'arn:aws:kms:r:123456789012:key/a'},"
	  "{'file': 'b', 'key_arn': 'arn:aws:kms:r:123456789012:key/a'}]",
	  "key_policies[1]: 'key_arn' is that of key_policies[0]" },
	{ "'policies': [{'file': 'a'}],"
	  "'key_policies': [{'file': 'a', 'key_arn': 'arn:aws:kms:r:123456789012:key/a'}]",
	  "key_policies[0] and policies[0] name the same file" },
	{ "'attachments': [{'policy': 'a'}]", "attachments[0]: 'complete' is missing" },
	{ "'attachments': [{'policy': 'a', 'complete': 'yes'}]",
	  "attachments[0].complete: expected true or false" },
	{ "'attachments': [{'complete': true}]", "attachments[0]: 'policy' is missing" },
	{ "'default_key_policy': 'a'", "default_key_policy: expected a list" },
	{ "'default_key_policy': [null]",
	  "default_key_policy[0]: expected the address of a key, or an object" },
	{ "'suppress': [{'path': 'a'}]", "suppress[0]: 'reason' is missing" },
	{ "'suppress': [{'path': 'a', 'reason': ' \\t'}]", "suppress[0].reason: is empty" },
	{ "'suppress': [{'reason': 'a'}]", "suppress[0]: 'path' is missing" },
	{ "'suppress': [{'path': '/a', 'reason': 'a'}]",
	  "suppress[0].path: expected a path below the root of the repository" },
	{ "'suppress': [{'path': './', 'reason': 'a'}]",
	  "suppress[0].path: expected a path below the root of the repository" },
	{ "'suppress': [{'path': 'a', 'reason': 'a', 'code': 'res-all'}]",
	  "suppress[0].code: expected a code such as RES-ALL" },
	{ "'suppress': [{'path': 'a', 'reason': 'a', 'expires': '2027-02-29'}]",
	  "suppress[0].expires: expected a day such as 2027-12-31" },
	{ "'suppress': [{'path': 'a', 'reason': 'a\\nb'}]",
	  "suppress[0].reason: holds a control character; remove it" },
	{ "'exclude': 'a'", "exclude: expected a list" },
	{ "'exclude': ['a', '']", "exclude[1]: is empty" },
};

static void a_slip_is_told_with_its_place(void **state)
{
	size_t wrong = 0;

	for (size_t i = 0; i < COUNT(errors); i++) {
		struct err e = { 0 };
		struct config *c = NULL;
		str text = str_fmt(*state, "{\"version\": 1, %.*s}",
				   STR_ARG(json(*state, errors[i].body)));
		str want = str_fmt(*state, "x.json: %s", errors[i].message);

		if (config_parse(&c, text, S("x.json"), *state, &e))
			fail_msg("%s: accepted", errors[i].body);
		assert_int_equal(e.code, ERR_CONFIG);
		if (str_eq(str_from(e.msg), want))
			continue;
		print_error("%s: %s\n", errors[i].body, e.msg);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void assert_refused(struct arena *a, str text, const char *message)
{
	struct err e = { 0 };
	struct config *c = NULL;

	if (config_parse(&c, text, S("x.json"), a, &e))
		fail_msg("accepted; wanted %s", message);
	assert_string_equal(e.msg, message);
}

static void what_is_no_object_of_version_1_is_refused(void **state)
{
	struct arena *a = *state;

	assert_refused(a, S(""), "x.json:1:1: not valid JSON");
	assert_refused(a, S("{}"), "x.json: 'version' is missing");
	assert_refused(a, S("[]"), "x.json: expected an object");
	assert_refused(a, S("1"), "x.json: expected an object");
	assert_refused(a, S("{\"version\": 2}"),
		       "x.json: version: expected 1, the only version this kmsfix reads");
	assert_refused(a, S("{\"version\": \"1\"}"),
		       "x.json: version: expected 1, the only version this kmsfix reads");
	assert_refused(a, S("{\"version\": 1}\n {}"),
		       "x.json:2:2: unexpected text after the configuration");
	assert_refused(a, S("{\n \"version\": x}"), "x.json:2:13: not valid JSON");
	assert_refused(a, S("{\"version\": 1 /* one */}"), "x.json:1:15: not valid JSON");
	assert_refused(a, S("{\"version\": 1}\0"), "x.json: holds a NUL character; remove it");
	assert_refused(a, S("\xff\xfe{\0"),
		       "x.json: this is UTF-16, as PowerShell writes it; write UTF-8");
	assert_refused(a, S("{\"version\": 1, \"exclude\": [\"a\\u0000b\"]}"),
		       "x.json: holds a NUL character; remove it");
	assert_refused(a, S("{\"version\": 1, \"exclude\": [\"\\ud800\"]}"),
		       "x.json:1:29: not valid JSON");
}

/* `depth` brackets in all; a text of brackets is none. */
static str nested(struct buf *b, size_t depth)
{
	b->n = 0;
	buf_add(b, S("{\"version\": 1, \"exclude\": "));
	buf_fill(b, '[', depth - 1);
	buf_add(b, S("\"[[[[[[[[[[\\\"[\""));
	buf_fill(b, ']', depth - 1);
	buf_addc(b, '}');
	return buf_str(b);
}

static void depth_has_a_limit(void **state)
{
	struct buf b = { 0 };

	assert_refused(*state, nested(&b, CONFIG_MAX_DEPTH), "x.json: exclude[0]: expected a text");
	assert_refused(*state, nested(&b, CONFIG_MAX_DEPTH + 1),
		       "x.json: nested deeper than 8 levels");
	assert_refused(*state, nested(&b, 500000), "x.json: nested deeper than 8 levels");
	buf_free(&b);
}

static void size_has_a_limit(void **state)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	struct config *c;

	buf_add(&b, S("{\"version\": 1}"));
	buf_fill(&b, ' ', CONFIG_MAX_SIZE - b.n);
	assert_true(config_parse(&c, buf_str(&b), S("x.json"), *state, &e));
	buf_addc(&b, ' ');
	assert_refused(*state, buf_str(&b), "x.json: larger than 1048576 bytes");
	buf_free(&b);
}

static void a_pattern_has_a_longest_length(void **state)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	struct config *c;

	for (size_t n = CONFIG_MAX_PATTERN; n <= CONFIG_MAX_PATTERN + 1; n++) {
		b.n = 0;
		buf_add(&b, S("{\"version\": 1, \"exclude\": [\""));
		buf_fill(&b, 'a', n);
		buf_add(&b, S("\"]}"));
		assert_int_equal(config_parse(&c, buf_str(&b), S("x.json"), *state, &e),
				 n == CONFIG_MAX_PATTERN);
	}
	assert_string_equal(e.msg, "x.json: exclude[0]: longer than 1024 bytes");
	buf_free(&b);
}

/* Every cut of a file and every byte replaced gives a result or one line of error. */
static void broken_files_are_survived(void **state)
{
	static const char bytes[] = { '\0', '"', '{', '}', '[', ',', '\\', '\xff', '9', '\n' };
	str text = json(*state, full);
	size_t refused = 0;

	for (size_t i = 0; i < text.n * (COUNT(bytes) + 1); i++) {
		struct arena *a = arena_create();
		struct err e = { 0 };
		struct config *c;
		str cut = str_dup(a, text);
		size_t at = i % text.n, which = i / text.n;

		if (which == COUNT(bytes))
			cut = str_dup(a, str_sub(text, 0, at));
		else
			((char *)(uintptr_t)cut.p)[at] = bytes[which];
		if (!config_parse(&c, cut, S("x.json"), a, &e)) {
			refused++;
			assert_int_equal(e.code, ERR_CONFIG);
			assert_null(strchr(e.msg, '\n'));
			assert_memory_equal(e.msg, "x.json:", 7);
		}
		arena_destroy(a);
	}
	assert_true(refused > text.n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_file_says_nothing),
		cmocka_unit_test(every_member_is_read),
		cmocka_unit_test(a_key_is_looked_up_in_its_directory),
		cmocka_unit_test(the_nearest_directory_gives_the_account),
		cmocka_unit_test(a_suppression_covers_what_it_names),
		cmocka_unit_test(a_suppression_may_name_a_statement_and_a_day),
		cmocka_unit_test(a_slip_is_told_with_its_place),
		cmocka_unit_test(what_is_no_object_of_version_1_is_refused),
		cmocka_unit_test(depth_has_a_limit),
		cmocka_unit_test(size_has_a_limit),
		cmocka_unit_test(a_pattern_has_a_longest_length),
		cmocka_unit_test(broken_files_are_survived),
	};

	return cmocka_run_group_tests_name("config", tests, setup, teardown);
}
