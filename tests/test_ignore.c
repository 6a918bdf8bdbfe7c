/* SPDX-License-Identifier: MIT */
/* What a suppression says, and what a baseline accepts. Where comments may stand: golden cases. */
#include "kmsfix/ignore.h"

#include <stdlib.h>

#include "kmsfix/baseline.h"
#include "kmsfix/buf.h"
#include "program.h"

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

static void a_date_is_a_day_of_the_calendar(void **state)
{
	static const char *const good[] = { "2027-12-31", "2028-02-29", "2000-02-29",
					    "0001-01-01" };
	static const char *const bad[] = { "",           "2027-2-1",   "2027-02-29", "1900-02-29",
					   "2027-13-01", "2027-00-01", "2027-01-00", "2027-04-31",
					   "2027/01/01", "2027-01-0x", "2027-01-011" };

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		assert_true(is_date(str_from(good[i])));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(is_date(str_from(bad[i])));
}

static void an_ignore_has_a_reason_and_may_have_a_day(void **state)
{
	static const struct {
		const char *text, *reason, *expires, *wrong;
	} rows[] = {
		{ " the  tape\trobot ", "the tape robot", "", NULL },
		{ "a exp:2027-12-31 b", "a b", "2027-12-31", NULL },
		{ "", "", "", "no reason" },
		{ " exp:2027-12-31", "", "2027-12-31", "no reason" },
		{ "a exp:2027-02-30", "a", "2027-02-30", "no date" },
		{ "a exp:", "a", "", "no date" },
		{ "a exp:2027-01-01 exp:2027-01-02", "a", "2027-01-02", "two last days" },
		{ "kmsfix:ignore-file why", "kmsfix:ignore-file why", "", "not written as" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ignore one = { 0 };

		ignore_parse(&one, str_from(rows[i].text), *state);
		assert_str_eq(one.reason, str_from(rows[i].reason));
		assert_str_eq(one.expires, str_from(rows[i].expires));
		assert_int_equal(one.wrong != NULL, rows[i].wrong != NULL);
		if (rows[i].wrong)
			assert_true(str_has(str_from(one.wrong), str_from(rows[i].wrong)));
	}
}

static void what_is_no_baseline_is_refused_with_its_place(void **state)
{
	static const char *const rows[][2] = {
		{ "", "b.json:1:1: this is not JSON" },
		{ "{\"version\": 1,\n \"accepted\": [}", "b.json:2:" },
		{ "[]", "b.json: this is no baseline of version 1" },
		{ "{\"version\": 2, \"accepted\": []}", "no baseline of version 1" },
		{ "{\"version\": 1, \"accepted\": {}}", "no baseline of version 1" },
		{ "{\"version\": 1, \"accepted\": [{\"id\": \"a\"}, {\"id\": 1}]}",
		  "b.json: accepted[1] has no text 'id'" },
		{ "{\"version\": 1, \"accepted\": [1]}", "accepted[0] has no text 'id'" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = { 0 };
		struct strs ids = { 0 };

		assert_false(baseline_read(&ids, str_from(rows[i][0]), S("b.json"), *state, &e));
		assert_int_equal(e.code, ERR_CONFIG);
		if (!str_has(str_from(e.msg), str_from(rows[i][1])))
			test_fail("'%s', not '%s'", e.msg, rows[i][1]);
	}
}

/* What the demo holds is accepted; one more finding of the same kind is not. */
static void only_what_is_new_counts(void **state)
{
	const char *repo = program_repo(*state, "testdata/demo");
	const char *iam = str_fmt(*state, "%s/iam.tf", repo).p;
	const char *file = str_fmt(*state, "%s/baseline.json", repo).p;
	const char *update[] = { "--write",           "-q", "--baseline", file,
				 "--update-baseline", repo, NULL };
	const char *check[] = { "--baseline", file, repo, NULL };
	struct outcome o = program_run(*state, update);
	str list;

	assert_int_equal(o.status, 0);
	list = test_read(*state, file);
	assert_true(str_starts(list, S("{\"version\": 1, \"accepted\": [\n")));
	assert_true(str_has(list, S("\"code\": \"RES-ALL\", \"path\": \"iam.tf\"")));
	test_commit(*state, repo, "fix");
	o = program_run(*state, check);
	assert_int_equal(o.status, 0);
	assert_true(str_has(o.err, S("suppressed RES-ALL: ")));
	assert_true(str_has(o.err, S("note: accepted by the baseline")));

	test_write(iam, str_fmt(*state,
				"# further down\n\n%s\n"
				"resource \"aws_iam_role_policy\" \"new\" {\n"
				"  role   = aws_iam_role.app.id\n"
				"  policy = jsonencode({ Statement = [{ Effect = \"Allow\",\n"
				"    Action = \"kms:Decrypt\", Resource = \"*\" }] })\n}\n",
				test_read(*state, iam).p));
	test_commit(*state, repo, "one more");
	o = program_run(*state, check);
	assert_int_equal(o.status, 3);
	assert_true(str_has(o.err, S("1 held, 1 suppressed")));

	test_write(iam, S(""));
	test_commit(*state, repo, "all gone");
	o = program_run(*state, check);
	assert_int_equal(o.status, 0);
	assert_true(str_has(o.err, S("1 of 1 accepted findings are not held any more")));
	test_rmdir(*state, repo);
}

/* The day is a word of RUN, so RUN is put before each of these runs. */
static int status_at(struct arena *a, const char *repo, const char *epoch)
{
	const char *run = getenv("RUN"), *every = getenv("RUN_EVERY");
	str other = str_from(run ? str_z(a, str_from(run)) : "");
	int status;

	every = every ? str_z(a, str_from(every)) : "1";
	setenv("RUN_EVERY", "1", 1);
	setenv("RUN", str_fmt(a, "env SOURCE_DATE_EPOCH=%s %.*s", epoch, STR_ARG(other)).p, 1);
	status = program_run(a, (const char *[]){ "-q", "--format=text", repo, NULL }).status;
	setenv("RUN", other.p, 1);
	setenv("RUN_EVERY", every, 1);
	return status;
}

static void the_day_is_that_of_the_epoch(void **state)
{
	const char *repo = program_repo(*state, "testdata/golden/suppression/expired/in");

	assert_int_equal(status_at(*state, repo, "1580428799"), 0); /* 2020-01-30T23:59:59 */
	assert_int_equal(status_at(*state, repo, "1582934400"), 0); /* 2020-02-29, the last */
	assert_int_equal(status_at(*state, repo, "1583020799"), 0); /* its last second */
	assert_int_equal(status_at(*state, repo, "1583020800"), 2);
	assert_int_equal(status_at(*state, repo, "soon"), 1);
	test_rmdir(*state, repo);
}

/* Every comment is one, and there is but one line for all of them to be about. */
static void many_comments_take_no_time(void **state)
{
	const char *repo = program_repo(*state, "testdata/demo");
	struct buf b = { 0 };

	for (size_t i = 0; i < 50000; i++)
		buf_printf(&b, "# kmsfix:ignore number %zu\n", i);
	buf_add(&b, test_read(*state, "testdata/demo/iam.tf"));
	test_write(str_fmt(*state, "%s/iam.tf", repo).p, buf_str(&b));
	buf_free(&b);
	test_commit(*state, repo, "many");
	assert_int_equal(
		program_run(*state, (const char *[]){ "-q", "--format=json", repo, NULL }).status,
		2);
	test_rmdir(*state, repo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_date_is_a_day_of_the_calendar),
		cmocka_unit_test(an_ignore_has_a_reason_and_may_have_a_day),
		cmocka_unit_test(what_is_no_baseline_is_refused_with_its_place),
		cmocka_unit_test(only_what_is_new_counts),
		cmocka_unit_test(the_day_is_that_of_the_epoch),
		cmocka_unit_test(many_comments_take_no_time),
	};

	return cmocka_run_group_tests_name("ignore", tests, setup, teardown);
}
