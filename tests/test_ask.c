/* SPDX-License-Identifier: MIT */
/* What requests for grants say, and why some are not made: a golden case, whose box is looked at.
 */
#define _DEFAULT_SOURCE /* flock() */
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "program.h"

#define CASE "testdata/golden/handoff/asks-under-conditions/"

struct asked {
	struct arena *arena;
	const char *repo, *box;
	str text, err; /* of all files in the box; of the run */
};

static int setup(void **state)
{
	struct arena *a = arena_create();
	struct asked *x = ARENA_NEW(a, struct asked);

	x->arena = a;
	x->repo = program_repo(a, CASE "in");
	x->box = test_mkdir(a);
	x->err = program_run(a, (const char *[]){ "--requests", x->box, "--account-details",
						  CASE "details.json", x->repo, NULL })
			 .err;
	x->text = test_must(a, (const char *[]){ "sh", "-c", "cat $0/*", x->box, NULL });
	*state = x;
	return 0;
}

static int teardown(void **state)
{
	struct asked *x = *state;

	test_rmdir(x->arena, x->box);
	test_rmdir(x->arena, x->repo);
	arena_destroy(x->arena);
	return 0;
}

static size_t count(str text, str what)
{
	size_t n = 0;

	for (size_t at = str_find(text, what, 0); at != SIZE_MAX;
	     at = str_find(text, what, at + what.n))
		n++;
	return n;
}

/* Of nine statements one says exactly which key it means. */
static void nobody_is_asked_for_what_no_arn_says(void **state)
{
	static const char odd[] = "testdata/golden/handoff/asks-of-no-exact-arn/";
	const struct asked *x = *state;
	const char *repo = program_repo(x->arena, STR_CAT(x->arena, str_from(odd), S("in")).p);
	const char *box = test_mkdir(x->arena),
		   *details = STR_CAT(x->arena, str_from(odd), S("details.json")).p;
	str text;

	program_run(x->arena, (const char *[]){ "--requests", box, "--account-details", details,
						repo, NULL });
	text = test_must(x->arena, (const char *[]){ "sh", "-c", "cat $0/*", box, NULL });
	assert_int_equal(count(text, S("\"kind\": \"grant-request\"")), 1);
	assert_true(
		str_has(text, S("\"key\": \"arn:aws:kms:eu-west-1:111122223333:key/00000001-1111-"
				"2222-3333-444444444444\"")));
	test_rmdir(x->arena, box);
	test_rmdir(x->arena, repo);
}

/* Each operator once, with all of its keys; several values as a list. */
static void conditions_are_said(void **state)
{
	const struct asked *x = *state;

	assert_int_equal(count(x->text, S("\"condition\"")), 1);
	assert_true(str_has(x->text, S("\"condition\": {\"StringEquals\": {\"aws:SourceVpc\": "
				       "[\"vpc-1\", \"vpc-2\"], \"kms:ViaService\": "
				       "\"s3.eu-west-1.amazonaws.com\"}, \"Bool\": "
				       "{\"aws:SecureTransport\": \"true\"}},")));
}

static void two_statements_ask_once(void **state)
{
	const struct asked *x = *state;

	assert_int_equal(count(x->text, S("\"kind\": \"grant-request\"")), 2);
	assert_int_equal(count(x->text, S("-555555555552\"")), 1);
	assert_int_equal(count(x->text, S("\"aws_iam_role_policy.same")), 2);
}

static void what_is_not_known_is_not_asked_for(void **state)
{
	const struct asked *x = *state;

	assert_false(str_has(x->text, S("-555555555553\"")));
	assert_false(str_has(x->text, S("-555555555554\"")));
	assert_true(str_has(x->err, S("-555555555553' is not asked for a grant: a value of its "
				      "condition is not known here")));
	assert_true(str_has(x->err, S("-555555555554' is not asked for a grant: the ARN of the "
				      "principal is not known")));
}

static void what_is_held_for_more_is_not_asked_for(void **state)
{
	const struct asked *x = *state;

	assert_false(str_has(x->text, S("-555555555556\"")));
	assert_true(str_has(x->err, S("-555555555556' is not asked for a grant: 'StringEquals "
				      "aws:ResourceTag/team': the condition key works in IAM "
				      "policies only")));
}

static str files_in(const struct asked *x)
{
	return test_must(x->arena, (const char *[]){ "sh", "-c", "ls $0; cat $0/*", x->box, NULL });
}

static void one_directory_may_be_for_both(void **state)
{
	const struct asked *x = *state;
	str before = files_in(x);
	struct outcome o = program_run(x->arena,
				       (const char *[]){ "--requests", x->box, "--grants", x->box,
							 "--account-details", CASE "details.json",
							 x->repo, NULL });

	/* Nobody answers what he asks for himself, and it is not asked for once more. */
	assert_int_equal(o.status, 3);
	assert_true(str_has(o.err, S("note: 0 of the grants that '")));
	assert_true(str_eq(files_in(x), before));
}

/* What is asked for goes to the one, and what is in the other is answered or left. */
static void two_directories_are_kept_apart(void **state)
{
	const struct asked *x = *state;
	const char *asks = test_mkdir(x->arena), *other = test_mkdir(x->arena);
	str before = files_in(x);
	struct outcome o = program_run(x->arena,
				       (const char *[]){ "--requests", asks, "--grants", x->box,
							 "--account-details", CASE "details.json",
							 x->repo, NULL });

	assert_int_equal(o.status, 3);
	assert_true(str_eq(files_in(x), before));
	assert_true(
		str_eq(test_must(x->arena, (const char *[]){ "sh", "-c", "cat $0/*", asks, NULL }),
		       x->text));
	o = program_run(x->arena, (const char *[]){ "--requests", asks, "--grants", other,
						    "--account-details", CASE "details.json",
						    x->repo, NULL });
	assert_int_equal(o.status, 3);
	assert_int_equal(test_must(x->arena, (const char *[]){ "ls", other, NULL }).n, 0);
	test_rmdir(x->arena, asks);
	test_rmdir(x->arena, other);
}

/* A process that has the directory for itself, until a while after it has written to `ready`. */
static pid_t hold_lock(const char *dir, int ready)
{
	const struct timespec while_ = { 0, 300000000 };
	pid_t pid = fork();

	if (pid)
		return pid;
	int fd = open(dir, O_RDONLY | O_DIRECTORY);
	if (flock(fd, LOCK_EX) == 0 && write(ready, "x", 1) == 1)
		nanosleep(&while_, NULL);
	kill(getpid(), SIGKILL); /* before _exit() valgrind would look for what the parent has */
	return 0;
}

static void another_run_is_waited_for(void **state)
{
	const struct asked *x = *state;
	int ready[2], status;
	char byte;

	assert_int_equal(pipe(ready), 0);
	pid_t pid = hold_lock(x->box, ready[1]);
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	str before = files_in(x);
	struct outcome o = program_run(x->arena,
				       (const char *[]){ "--requests", x->box, "--account-details",
							 CASE "details.json", x->repo, NULL });
	assert_int_equal(o.status, 3);
	assert_true(str_eq(files_in(x), before));
	assert_int_equal(waitpid(pid, &status, WNOHANG), pid); /* it was done by then */
	close(ready[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_asked_for_what_no_arn_says),
		cmocka_unit_test(conditions_are_said),
		cmocka_unit_test(two_statements_ask_once),
		cmocka_unit_test(what_is_not_known_is_not_asked_for),
		cmocka_unit_test(what_is_held_for_more_is_not_asked_for),
		cmocka_unit_test(one_directory_may_be_for_both),
		cmocka_unit_test(two_directories_are_kept_apart),
		cmocka_unit_test(another_run_is_waited_for),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
