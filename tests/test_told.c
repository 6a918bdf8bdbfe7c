/* SPDX-License-Identifier: MIT */
/*
 * What a run says about logs and exports that do not tell all: gaps, interruptions, calls that do
 * not count, pages that are not there.
 */
#include "kmsfix/buf.h"
#include "program.h"

#define EVENT_AT                                                                    \
	"{\"eventSource\":\"%s.amazonaws.com\",\"eventName\":\"%s\",\"eventTime\":" \
	"\"2025-03-%02dT10:00:00Z\",\"requestParameters\":{\"name\":\"t%d\"}}\n"

struct place {
	struct arena *arena;
	const char *repo, *log;
};

static int setup(void **state)
{
	static struct place p;

	p.arena = arena_create();
	p.repo = program_repo(p.arena, "testdata/golden/principals/user/in");
	p.log = str_fmt(p.arena, "%s/log", p.repo).p;
	*state = &p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;

	test_rmdir(p->arena, p->repo);
	arena_destroy(p->arena);
	return 0;
}

static void expect(struct place *p, const struct buf *log, const char *const *says)
{
	struct outcome o;

	test_write(p->log, buf_str(log));
	o = program_run(p->arena, (const char *[]){ "--evidence", p->log, p->repo, NULL });
	assert_int_equal(o.status, 2);
	for (; *says; says++) {
		if (!str_has(o.err, str_from(*says)))
			test_fail("'%s' is not in:\n%.*s", *says, STR_ARG(o.err));
	}
}

static void no_event_is_said(void **state)
{
	struct buf log = { 0 };

	expect(*state, &log, (const char *[]){ "warning: the logs have no event at all", NULL });
}

static void the_first_gaps_are_named_and_the_others_counted(void **state)
{
	struct buf log = { 0 };

	/* Of KMS only every other day. */
	for (int day = 1; day <= 15; day++)
		buf_printf(&log, EVENT_AT, day % 2 ? "kms" : "s3", "ListKeys", day, day);
	expect(*state, &log,
	       (const char *[]){
		       "note: the logs cover 15 days from 2025-03-01 to 2025-03-15",
		       "warning: the logs have no event of KMS from 2025-03-02 to 2025-03-02",
		       "warning: the logs have no event of KMS from 2025-03-10 to 2025-03-10",
		       "warning: the logs have 2 more gaps without an event of KMS", NULL });
	buf_free(&log);
}

static void the_first_interruptions_are_named_and_the_others_counted(void **state)
{
	struct buf log = { 0 };

	for (int day = 1; day <= 7; day++)
		buf_printf(&log, EVENT_AT, "cloudtrail", day % 2 ? "StopLogging" : "DeleteTrail",
			   day, day);
	expect(*state, &log,
	       (const char *[]){ "warning: trail 't1' was stopped since 2025-03-01",
				 "warning: trail 't2' was deleted since 2025-03-02",
				 "warning: the logs were interrupted 2 more times", NULL });
	buf_free(&log);
}

static void calls_of_nobody_do_not_count(void **state)
{
	struct buf log = { 0 };

	buf_printf(&log, "{\"eventSource\":\"kms.amazonaws.com\",\"eventName\":\"Decrypt\","
			 "\"eventTime\":\"2025-03-01T10:00:00Z\",\"userIdentity\":{\"type\":"
			 "\"AssumedRole\",\"arn\":\"x\"}}");
	expect(*state, &log,
	       (const char *[]){ "the logs cover 1 day from 2025-03-01 to 2025-03-01",
				 "warning: 1 call does not count", NULL });
	buf_free(&log);
}

#define CALL(name, more)                                                                   \
	"{\"eventSource\":\"kms.amazonaws.com\",\"eventName\":\"" name "\",\"eventTime\":" \
	"\"2025-03-01T10:00:00Z\"," more "\"userIdentity\":{\"type\":\"AssumedRole\","     \
	"\"arn\":\"arn:aws:sts::111122223333:assumed-role/app/s\"}}\n"

/* Why a wildcard is held although --accept is there. */
static const struct {
	const char *log, *says;
} unclear[] = {
	{ "", "the logs show no use of a key by anybody of account 111122223333" },
	{ CALL("Decrypt", "\"errorCode\":\"AccessDenied\","),
	  "the logs show no use of a key by anybody of account 111122223333, so they may not be "
	  "the logs of 'aws_iam_role.app'" },
	{ CALL("GenerateDataKey", ""), "the logs show no use of a key by anybody" },
	{ CALL("Decrypt", ""),
	  "the logs have a call at 2025-03-01T10:00:00Z of 'aws_iam_role.app' without the key" },
	{ CALL("Decrypt", "") CALL("Decrypt", ""),
	  "the logs have 2 calls from 2025-03-01T10:00:00Z to 2025-03-01T10:00:00Z of" },
	{ "{\"eventSource\":\"kms.amazonaws.com\",\"eventName\":\"Decrypt\",\"eventTime\":"
	  "\"2025-03-01T10:00:00Z\"}",
	  "the logs have a call at 2025-03-01T10:00:00Z, and nothing tells whose" },
};

static void what_the_logs_do_not_tell_is_said(void **state)
{
	struct place *p = *state;
	const char *repo = program_repo(p->arena, "testdata/golden/evidence/star-accepted/in");

	for (size_t i = 0; i < COUNT(unclear); i++) {
		struct outcome o;

		test_write(p->log, str_from(unclear[i].log));
		o = program_run(p->arena, (const char *[]){ "--evidence", p->log, "--accept",
							    "RES-ALL", repo, NULL });
		assert_int_equal(o.status, 3);
		if (!str_has(o.err, str_from(unclear[i].says)))
			test_fail("'%s' is not in:\n%.*s", unclear[i].says, STR_ARG(o.err));
	}
	test_rmdir(p->arena, repo);
}

/* ---- answers for a repository ---- */

static void answers_that_tell_nothing_are_said(void **state)
{
	struct place *p = *state;
	const char *dir = test_mkdir(p->arena), *plan = str_fmt(p->arena, "%s/p.json", dir).p;
	const char *keys = str_fmt(p->arena, "%s/keys", dir).p;
	struct outcome o;

	test_must(p->arena, (const char *[]){ "mkdir", keys, NULL });
	test_write(str_fmt(p->arena, "%s/README", keys).p, S("none"));
	test_write(plan, S("{\"format_version\":\"1.2\",\"errored\":true}"));
	o = program_run(p->arena,
			(const char *[]){ "--key-answers", keys, "--plan", plan, p->repo, NULL });
	assert_true(
		str_has(o.err, str_fmt(p->arena, "warning: '%s' holds none of the answers", keys)));
	assert_true(str_has(
		o.err, str_fmt(p->arena, "warning: '%s' is a plan that Terraform could not finish",
			       plan)));
	/* What one of its files tells is enough. */
	o = program_run(p->arena, (const char *[]){ "--key-answers", dir, p->repo, NULL });
	assert_false(str_has(o.err, S("holds none of the answers")));
	test_rmdir(p->arena, dir);
}

/* ---- an export ---- */

#define MISSING "00000000-1111-2222-3333-444444444444"

/* Pages that are not there, and a key policy whose key nothing tells the ARN of. */
static void what_an_export_lacks_is_said(void **state)
{
	static const char *const says[] = {
		"the account details say that more pages follow, which are not here",
		"a list of keys or aliases says that it goes on, which is not here",
		"no answer tells the ARN of key '" MISSING "': its policy is not used",
	};
	struct place *p = *state;
	const char *dir = test_mkdir(p->arena);
	struct outcome o;

	test_copy(p->arena, "testdata/account/thin/in", dir);
	o = program_run(p->arena, (const char *[]){ "account", dir, NULL });
	for (size_t i = 0; i < COUNT(says); i++)
		assert_false(str_has(o.err, str_from(says[i])));
	test_write(str_fmt(p->arena, "%s/more.json", dir).p,
		   S("{\"RoleDetailList\":[],\"IsTruncated\":true}"));
	test_write(str_fmt(p->arena, "%s/list.json", dir).p, S("{\"Keys\":[],\"Truncated\":true}"));
	test_write(str_fmt(p->arena, "%s/" MISSING ".json", dir).p,
		   S("{\"Policy\":\"{\\\"Statement\\\":[]}\"}"));
	test_must(p->arena, (const char *[]){ "sed", "-i", "s/^{/{ \"IsTruncated\": true,/",
					      str_fmt(p->arena, "%s/details.json", dir).p, NULL });
	o = program_run(p->arena, (const char *[]){ "account", dir, NULL });
	for (size_t i = 0; i < COUNT(says); i++) {
		if (!str_has(o.err, str_from(says[i])))
			test_fail("'%s' is not in:\n%.*s", says[i], STR_ARG(o.err));
	}
	test_rmdir(p->arena, dir);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_event_is_said),
		TEST(the_first_gaps_are_named_and_the_others_counted),
		TEST(the_first_interruptions_are_named_and_the_others_counted),
		TEST(calls_of_nobody_do_not_count),
		TEST(what_the_logs_do_not_tell_is_said),
		TEST(answers_that_tell_nothing_are_said),
		TEST(what_an_export_lacks_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
