/* SPDX-License-Identifier: MIT */
/* Requests for grants and receipts: what is read of them, and where what is wrong stands. */
#include "kmsfix/action.h"
#include "kmsfix/request.h"
#include "support.h"

#define HEAD(kind) "{\"version\": 1, \"kind\": \"" kind "\", \"id\": \"0123456789abcdef\",\n"
#define KEY " \"key\": \"arn:aws:kms:eu-west-1:111122223333:alias/a\",\n"
#define WHO " \"principal\": \"arn:aws:iam::111122223333:role/app\",\n"
#define WHAT " \"actions\": [\"kms:Decrypt\"],\n"
#define FROM                                                                                       \
	" \"origin\": {\"repository\": \"r\", \"findings\": [{\"id\": \"1\", \"path\": \"a.tf\", " \
	"\"line\": 1}]}"
#define BY                                                                                \
	",\n \"granted\": {\"repository\": \"k\", \"commit\": \"c\", \"path\": \"k.tf\"," \
	" \"line\": 2}"
#define REQUEST HEAD("grant-request") KEY WHO WHAT FROM
#define WHEN(condition) \
	HEAD("grant-request") KEY WHO WHAT " \"condition\": " condition ",\n" FROM "}"

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

static bool parse(struct request *r, struct arena *a, const char *text, struct err *e)
{
	struct file *f = ARENA_NEW(a, struct file);

	*f = (struct file){ .path = S("r.json"), .text = str_from(text) };
	return request_parse(r, f, a, e);
}

static void a_request_says_who_asks_for_what(void **state)
{
	struct request r;
	struct err e = { 0 };

	if (!parse(&r, *state, REQUEST "}", &e))
		test_fail("%s", e.msg);
	assert_false(r.granted);
	assert_str_eq(r.id, S("0123456789abcdef"));
	assert_str_eq(r.key, S("arn:aws:kms:eu-west-1:111122223333:alias/a"));
	assert_str_eq(r.principal, S("arn:aws:iam::111122223333:role/app"));
	assert_str_eq(r.repository, S("r"));
	assert_int_equal(r.targets, TARGET_DECRYPT);
	assert_null(r.condition);
}

static void a_receipt_says_who_grants_it(void **state)
{
	struct request r;
	struct err e = { 0 };

	if (!parse(&r, *state, HEAD("grant-receipt") KEY WHO WHAT FROM BY "}", &e))
		test_fail("%s", e.msg);
	assert_true(r.granted);
	assert_str_eq(r.owner, S("k"));
}

static void a_condition_is_that_of_a_policy(void **state)
{
	struct request r;
	struct err e = { 0 };

	if (!parse(&r, *state,
		   WHEN("{\"Bool\": {\"aws:SecureTransport\": true},"
			" \"StringLike\": {\"kms:ViaService\": [\"s3.*\", \"sqs.*\"]}}"),
		   &e))
		test_fail("%s", e.msg);
	assert_non_null(r.condition);
}

static const struct row {
	const char *text, *error;
} rows[] = {
	{ "", "r.json:1:1: " },
	{ "nonsense", "r.json:1:1: " },
	{ "[]", "r.json:1:1: an object with members is expected here" },
	{ "{}", "r.json:1:1: an object with members is expected here" },
	{ "{\"version\": 1}", "r.json:1:1: 'kind' is missing" },
	{ "{\"version\": 2}", "r.json:1:13: only version 1 is known here" },
	{ "{\"version\": 1, \"version\": 1}", "r.json:1:1: the object has the same member twice" },
	{ "{\"Version\": 1}", "r.json:1:2: unknown member 'Version'" },
	{ "{\"\\u001b[2J\": 1}", "r.json:1:2: the text holds a control character" },
	{ "{\"version\": 1, \"kind\": \"plea\"}",
	  "r.json:1:24: 'grant-request' or 'grant-receipt' is expected here" },
	{ "{\"id\": \"0123456789ABCDEF\"}", "r.json:1:8: an id of 16 hex digits is expected here" },
	{ "{\"id\": \"../../../etc/passwd\"}", "r.json:1:8: an id of 16 hex digits" },
	{ "{\"key\": \"*\"}", "r.json:1:9: the ARN of one key or alias is expected here" },
	{ "{\"key\": \"arn:aws:kms:eu-west-1:111122223333:key/*\"}",
	  "r.json:1:9: the ARN of one key or alias is expected here" },
	{ "{\"key\": \"arn:aws:kms::111122223333:key/a\"}", "r.json:1:9: the ARN of one key" },
	{ "{\"key\": \"arn:aws:s3:::bucket\"}", "r.json:1:9: the ARN of one key" },
	{ "{\"key\": \"arn:aws:kms:eu-west-1:111122223333:grant/a\"}", "r.json:1:9: the ARN of" },
	{ "{\"key\": 7}", "r.json:1:9: a text is expected here" },
	{ "{\"principal\": \"arn:aws:iam::111122223333:role/a\\\"b\"}",
	  "r.json:1:15: the ARN of one role or user is expected here" },
	{ "{\"principal\": \"*\"}", "r.json:1:15: the ARN of one role or user is expected here" },
	{ "{\"principal\": \"arn:aws:iam::111122223333:role/app-*\"}",
	  "r.json:1:15: the ARN of one role or user is expected here" },
	{ "{\"principal\": \"arn:aws:iam::111122223333:role/${aws:username}\"}",
	  "r.json:1:15: the ARN of one role" },
	{ "{\"principal\": \"arn:aws:sts::111122223333:assumed-role/a/b\"}",
	  "r.json:1:15: the ARN of one role" },
	{ "{\"principal\": \"111122223333\"}", "r.json:1:15: the ARN of one role" },
	{ "{\"principal\": [\"arn:aws:iam::111122223333:role/a\"]}",
	  "r.json:1:15: a text is expected here" },
	{ "{\"id\": \"0123456789abcde\"}", "r.json:1:8: an id of 16 hex digits is expected here" },
	{ "{\"id\": \"\"}", "r.json:1:8: a text is expected here" },
	{ "{\"id\": \"a\\u007f\"}", "r.json:1:8: the text holds a control character" },
	{ "{\"key\": \"arn:aws:kms:eu-west-1:111122223333:key/?\"}",
	  "r.json:1:9: the ARN of one key" },
	{ "{\"key\": \"key/a\"}", "r.json:1:9: the ARN of one key" },
	{ "{\"key\": \"arn:aws:kms\"}", "r.json:1:9: the ARN of one key" },
	{ "{\"key\": \"arn:aws:kms:eu-west-1:111122223333:\"}", "r.json:1:9: the ARN of one key" },
	{ "{\"key\": \"arn:aws:kms:eu-west-1:aws:key/a\"}", "r.json:1:9: the ARN of one key" },
	{ "{\"actions\": [1]}", "r.json:1:14: a text is expected here" },
	{ "{\"kind\": 1}", "r.json:1:10: a text is expected here" },
	{ "{\"version\": \"1\"}", "r.json:1:13: only version 1 is known here" },
	{ "{\"origin\": {\"findings\": []}}", "r.json:1:25: " },
	{ "{\"origin\": {\"findings\": {}}}", "r.json:1:25: " },
	{ "{\"origin\": {\"findings\": [{\"line\": \"1\"}]}}",
	  "r.json:1:35: a number is expected" },
	{ "{\"actions\": []}", "r.json:1:13: a list of actions is expected here" },
	{ "{\"actions\": \"kms:Decrypt\"}", "r.json:1:13: a list of actions is expected here" },
	{ "{\"actions\": [\"kms:*\"]}", "r.json:1:14: only kms:Decrypt, kms:ReEncryptFrom and" },
	{ "{\"actions\": [\"kms:decrypt\"]}", "r.json:1:14: only kms:Decrypt," },
	{ "{\"actions\": [\"kms:Decrypt\",\n\"kms:Decrypt\"]}",
	  "r.json:2:1: the action is there twice" },
	{ "{\"actions\": [\"kms:PutKeyPolicy\"]}", "r.json:1:14: only kms:Decrypt," },
	{ WHEN("{}"), "r.json:5:15: an object with members is expected here" },
	{ WHEN("{\"Bool\": {}}"), "r.json:5:24: an object with members is expected here" },
	{ WHEN("{\"Bool\": {\"a\": []}}"), "r.json:5:30: a list of at least one value" },
	{ WHEN("{\"Bool\": {\"a\": {}}}"), "r.json:5:30: a text is expected here" },
	{ WHEN("{\"Bool\": {\"a\": null}}"), "r.json:5:30: a value is expected here" },
	{ WHEN("{\"Bool\": {\"a\": [[\"b\"]]}}"), "r.json:5:31: a value is expected here" },
	{ WHEN("{\"Bool\": {\"a\": [\"b\", null]}}"), "r.json:5:36: a value is expected here" },
	{ WHEN("{\"Bool\": {\"a\": [{}]}}"), "r.json:5:31: a text is expected here" },
	{ WHEN("{\"Bool\": {\"a\": \"\"}}"), "r.json:5:30: a text is expected here" },
	{ WHEN("{\"Bool\": []}"), "r.json:5:24: an object with members is expected here" },
	{ WHEN("[]"), "r.json:5:15: an object with members is expected here" },
	{ WHEN("{\"Bo\\u0001\": {\"a\": 1}}"), "r.json:5:16: the text holds a control" },
	{ WHEN("{\"Bool\": {\"a\": \"b\", \"a\": \"c\"}}"),
	  "r.json:5:24: the object has the same" },
	{ "{\"origin\": {\"repository\": \"r\"}}", "r.json:1:12: 'findings' is missing" },
	{ "{\"origin\": {\"repository\": \"r\", \"findings\": [1]}}", "r.json:1:45: an object" },
	{ REQUEST, "r.json:5:" },
	{ REQUEST BY "}", "r.json:1:24: a request has no 'granted'" },
	{ HEAD("grant-receipt") KEY WHO WHAT FROM "}", "r.json:1:24: 'granted' is missing" },
	{ HEAD("grant-request") KEY WHO FROM "}", "r.json:1:1: 'actions' is missing" },
};

static void what_is_wrong_is_said_with_its_place(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct request r;
		struct err e = { 0 };

		if (parse(&r, *state, rows[i].text, &e))
			test_fail("'%s' is read", rows[i].text);
		if (!str_starts(str_from(e.msg), str_from(rows[i].error)))
			test_fail("'%s': '%s'", rows[i].text, e.msg);
	}
}

/* Whatever is cut off, and whatever else a byte is: an error with its place, or a request. */
static void any_part_of_a_request_is_an_error(void **state)
{
	str whole = S(REQUEST "}");

	for (size_t n = 0; n < whole.n; n++) {
		struct arena *a = arena_create();
		struct request r;
		struct err e = { 0 };
		char *text = arena_alloc(a, whole.n + 1);

		memcpy(text, whole.p, n);
		if (parse(&r, a, text, &e) || !str_starts(str_from(e.msg), S("r.json:")))
			test_fail("cut off after %zu bytes: '%s'", n, e.msg);
		memcpy(text, whole.p, whole.n);
		text[n] = '\x80';
		if (!parse(&r, a, text, &e) && !str_starts(str_from(e.msg), S("r.json:")))
			test_fail("another byte at %zu: '%s'", n, e.msg);
		arena_destroy(a);
	}
	(void)state;
}

static void a_directory_is_read_in_order(void **state)
{
	struct arena *a = *state;
	const char *dir = test_mkdir(a);
	struct requests all;
	struct err e = { 0 };

	test_write(str_fmt(a, "%s/b.json", dir).p, S(REQUEST "}"));
	test_write(str_fmt(a, "%s/a.json", dir).p, S(REQUEST "}"));
	test_write(str_fmt(a, "%s/.c.json", dir).p, S("of no interest"));
	test_write(str_fmt(a, "%s/README.md", dir).p, S("of no interest"));
	if (!requests_read(&all, dir, a, &e))
		test_fail("%s", e.msg);
	assert_int_equal(all.n, 2);
	assert_true(str_ends(all.v[0].file->path, S("/a.json")));
	test_write(str_fmt(a, "%s/c.json", dir).p, S("{}"));
	assert_false(requests_read(&all, dir, a, &e));
	assert_true(str_has(str_from(e.msg), S("/c.json:1:1: ")));
	test_rmdir(a, dir);
	assert_false(requests_read(&all, dir, a, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_request_says_who_asks_for_what, setup, teardown),
		cmocka_unit_test_setup_teardown(a_receipt_says_who_grants_it, setup, teardown),
		cmocka_unit_test_setup_teardown(a_condition_is_that_of_a_policy, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_wrong_is_said_with_its_place, setup,
						teardown),
		cmocka_unit_test_setup_teardown(any_part_of_a_request_is_an_error, setup, teardown),
		cmocka_unit_test_setup_teardown(a_directory_is_read_in_order, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
