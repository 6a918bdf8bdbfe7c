/* SPDX-License-Identifier: MIT */
/* A key policy that only its white space makes too large is put without that. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <unistd.h>

#include "kmsfix/buf.h"
#include "kmsfix/limits.h"
#include "program.h"

#define KEY "keys/eu-west-1/11111111-1111-1111-1111-111111111111"
#define VALUE "q \\\" {\\\\ :\\t,"

/* With so many statements about something else. */
static str policy(struct arena *a, size_t others)
{
	struct buf b = { 0 };
	str text;

	buf_add(&b,
		S("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
		  "{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\","
		  "\"Resource\":\"*\"}"));
	for (size_t i = 0; i < others; i++)
		buf_add(&b, S(",{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":"
			      "\"kms:ScheduleKeyDeletion\",\"Resource\":\"*\",\"Condition\":"
			      "{\"StringEquals\":{\"aws:PrincipalTag/a b\":\"" VALUE "\"}}}"));
	buf_add(&b, S("]}"));
	text = str_dup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

/* The export with that policy, as the command line of AWS prints it. */
static void write_export(struct arena *a, const char *dir, str text)
{
	cJSON *answer = cJSON_CreateObject();
	char *json;

	cJSON_AddStringToObject(answer, "Policy", str_z(a, text));
	json = cJSON_Print(answer);
	test_copy(a, "testdata/account/thin/in", dir);
	test_write(str_fmt(a, "%s/" KEY "/policy.json", dir).p, str_from(json));
	free(json);
	cJSON_Delete(answer);
}

/* What is to be put for the key. */
static str put(struct arena *a, size_t others)
{
	const char *dir = test_mkdir(a), *out = str_fmt(a, "%s/out", dir).p;
	struct outcome o;
	str text;

	write_export(a, dir, policy(a, others));
	o = program_run(a, (const char *[]){ "account", dir, "--script", out, NULL });
	if (o.status != 0)
		test_fail("%d: %.*s", o.status, STR_ARG(o.err));
	text = test_read(a, str_fmt(a, "%s/after/" KEY ".json", out).p);
	test_rmdir(a, dir);
	return text;
}

/* What the scripts make of the key on the stand-in of AWS, which shows a policy with blanks. */
static void policy_with_blanks_comes_back(void **state)
{
	struct arena *a = arena_create();
	const char *dir = test_mkdir(a);
	char cwd[4096];
	str command;

	(void)state;
	write_export(a, dir, policy(a, 170));
	assert_non_null(getcwd(cwd, sizeof(cwd)));
	command = str_fmt(a,
			  "export PATH='%s/%s/tests/stand_in':\"$PATH\" STAND_IN='%s/aws' "
			  "KMSFIX_WAIT=0 ASAN_OPTIONS=detect_leaks=0; mkdir \"$STAND_IN\" && "
			  "aws seed '%s' && cp \"$STAND_IN/state.json\" '%s/first' && "
			  "'%s/out/apply.sh' && '%s/out/rollback.sh' && for s in '%s/first' "
			  "\"$STAND_IN/state.json\"; do jq '.keys[].policy | fromjson' \"$s\"; "
			  "done >'%s/both' && jq -es '.[0] == .[1]' '%s/both'",
			  cwd, getenv("BUILD") ? getenv("BUILD") : "build", dir, dir, dir, dir, dir,
			  dir, dir, dir);
	if (test_run(a, (const char *[]){ "jq", "--version", NULL }).status)
		program_lacks("jq");
	assert_int_equal(program_run(a, (const char *[]){ "account", dir, "--script",
							  str_fmt(a, "%s/out", dir).p, NULL })
				 .status,
			 0);
	test_must(a, (const char *[]){ "sh", "-c", command.p, NULL });
	test_rmdir(a, dir);
	arena_destroy(a);
}

/* A policy counts with what it has, and not with what such a policy has about. */
static void all_the_room_is_used(void **state)
{
	struct arena *a = arena_create();
	size_t n = 1;
	str text;

	(void)state;
	while (policy(a, n + 1).n + 250 <= LIMIT_KEY_POLICY)
		n++;
	text = put(a, n);
	assert_true(text.n <= LIMIT_KEY_POLICY);
	assert_true(text.n > LIMIT_KEY_POLICY - 400);
	arena_destroy(a);
}

static size_t statements(const cJSON *policy)
{
	return (size_t)cJSON_GetArraySize(cJSON_GetObjectItem(policy, "Statement"));
}

static void white_space_goes_where_there_is_no_room_for_it(void **state)
{
	struct arena *a = arena_create();
	str small = put(a, 1), large = put(a, 150);
	cJSON *one = cJSON_Parse(small.p), *all = cJSON_Parse(large.p);
	char *bare = cJSON_PrintUnformatted(all);

	(void)state;
	assert_true(str_has(small, S("\n    \"Statement\": [\n")));
	assert_int_equal(statements(one), 3);
	assert_int_equal(statements(all), 152);
	assert_true(large.n <= LIMIT_KEY_POLICY);
	assert_true(cJSON_Compare(cJSON_GetArrayItem(cJSON_GetObjectItem(one, "Statement"), 1),
				  cJSON_GetArrayItem(cJSON_GetObjectItem(all, "Statement"), 150),
				  true));
	assert_str_eq(large, str_from(bare));
	free(bare);
	cJSON_Delete(one);
	cJSON_Delete(all);
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(white_space_goes_where_there_is_no_room_for_it),
		cmocka_unit_test(all_the_room_is_used),
		cmocka_unit_test(policy_with_blanks_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
