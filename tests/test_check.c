/* SPDX-License-Identifier: MIT */
/* --check: what a change undoes, told by two commits. */
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "check_code.h"
#include "program.h"

#define LARGE (6 * 1024 * 1024 + 1)

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

static const char *path(struct arena *a, const char *repo, const char *name)
{
	return str_fmt(a, "%s/%s", repo, name).p;
}

static void git(struct arena *a, const char *repo, const char *what, const char *name)
{
	test_must(a, (const char *[]){ "git", "-C", repo, what, "-q", name, NULL });
}

/* main goes on and is ahead: what it did since is nothing that the branch has undone. */
static void the_base_is_where_the_branch_parted(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", "--base=main", "--format=json", repo, NULL };
	struct outcome o;

	test_write(path(a, repo, "main.tf"), S(ROLE("app") KEY("")));
	test_repo(a, repo);
	test_must(a, (const char *[]){ "git", "-C", repo, "branch", "work", NULL });
	test_write(path(a, repo, "main.tf"), S(FIXED));
	test_commit(a, repo, "main goes on");
	git(a, repo, "checkout", "work");
	test_write(path(a, repo, "b.tf"), S("locals {\n}\n"));
	test_commit(a, repo, "work");
	assert_int_equal(program_run(a, args).status, 0);
	test_write(path(a, repo, "main.tf"),
		   S(ROLE("app") KEY("") POLICY("p", "app", DECRYPT, DATA, "")));
	test_commit(a, repo, "one more");
	o = program_run(a, args);
	assert_int_equal(o.status, 5);
	assert_true(str_has(o.err, S("1 permission back, 0 grants dropped")));
	test_write(path(a, repo, "out.json"), o.out);
	program_validate(a, "templates/kmsfix-check.schema.json",
			 (const char *[]){ path(a, repo, "out.json") }, 1);
	test_rmdir(a, repo);
}

/* A directory that moves is the same module. */
static void moved_code_is_no_regression(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", repo, NULL };

	test_must(a, (const char *[]){ "mkdir", path(a, repo, "old"), NULL });
	test_write(path(a, repo, "old/main.tf"), S(FIXED POLICY("p", "app", DECRYPT, DATA, "")));
	test_repo(a, repo);
	test_must(a, (const char *[]){ "git", "-C", repo, "mv", "old", "new", NULL });
	test_commit(a, repo, "move");
	assert_int_equal(program_run(a, args).status, 0);
	test_must(a, (const char *[]){ "git", "-C", repo, "mv", "new", "other", NULL });
	test_write(path(a, repo, "other/main.tf"),
		   S(ROLE("app") KEY("") POLICY("q", "app", "\"kms:ReEncryptTo\"", DATA, "")));
	test_commit(a, repo, "move and change");
	assert_int_equal(program_run(a, args).status, 5);
	test_rmdir(a, repo);
}

/* A copy is not: it lets somebody else use another key, also where the first one is gone. */
static void copied_code_is_a_regression(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", repo, NULL };
	struct outcome o;

	test_must(a, (const char *[]){ "mkdir", path(a, repo, "a"), NULL });
	test_write(path(a, repo, "a/main.tf"), S(FIXED POLICY("p", "app", DECRYPT, DATA, "")));
	test_repo(a, repo);
	test_must(a, (const char *[]){ "cp", "-r", path(a, repo, "a"), path(a, repo, "c"), NULL });
	test_must(a, (const char *[]){ "git", "-C", repo, "mv", "a", "b", NULL });
	test_commit(a, repo, "move and copy");
	o = program_run(a, args);
	assert_int_equal(o.status, 5);
	assert_true(str_starts(o.out, S("c/main.tf:")) && !str_has(o.out, S("b/main.tf")));
	test_write(path(a, repo, "b/main.tf"), S(MANAGED(ALLOW("Resource = \"*\""))));
	test_commit(a, repo, "one that nobody is seen to have");
	test_write(path(a, repo, "c/main.tf"), S(MANAGED(ALLOW("Resource = \"*\""))));
	test_commit(a, repo, "and the same elsewhere");
	o = program_run(a, args);
	assert_int_equal(o.status, 5);
	assert_true(str_starts(o.out, S("c/main.tf:")));
	test_rmdir(a, repo);
}

/* A policy file with another name is that of the role that has it, and nobody's besides. */
static void a_renamed_policy_file_is_no_regression(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", repo, NULL };

	test_write(path(a, repo, "main.tf"), S(FIXED LOADED("old")));
	test_write(path(a, repo, "old.json"),
		   S("{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"kms:Decrypt\", "
		     "\"Resource\": \"*\"}]}"));
	test_repo(a, repo);
	test_must(a, (const char *[]){ "git", "-C", repo, "mv", "old.json", "new.json", NULL });
	test_write(path(a, repo, "main.tf"), S(FIXED LOADED("new")));
	test_commit(a, repo, "rename");
	assert_int_equal(program_run(a, args).status, 0);
	test_rmdir(a, repo);
}

/* A file that is excluded gives nothing back; it does once it is no longer. */
static void what_is_excluded_is_not_judged(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", repo, NULL };

	test_write(path(a, repo, ".kmsfix.json"), S("{\"version\": 1, \"exclude\": [\"old.tf\"]}"));
	test_write(path(a, repo, "main.tf"), S(FIXED));
	test_repo(a, repo);
	test_write(path(a, repo, "old.tf"), S(POLICY("p", "app", DECRYPT, DATA, "")));
	test_commit(a, repo, "excluded");
	assert_int_equal(program_run(a, args).status, 0);
	test_must(a, (const char *[]){ "git", "-C", repo, "mv", "old.tf", "new.tf", NULL });
	test_commit(a, repo, "not excluded");
	assert_int_equal(program_run(a, args).status, 5);
	test_rmdir(a, repo);
}

/* Of what Security Hub does not fail, nothing is said. */
static void what_does_not_count_may_come_back(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	const char *args[] = { "--check", "--match=all-keys", repo, NULL };

	test_write(path(a, repo, "main.tf"), S(FIXED));
	test_repo(a, repo);
	test_write(path(a, repo, "main.tf"), S(FIXED POLICY("p", "app", DECRYPT, DATA, "")));
	test_commit(a, repo, "one key");
	assert_int_equal(program_run(a, args).status, 0);
	test_write(path(a, repo, "main.tf"), S(FIXED POLICY("p", "app", DECRYPT, "\"*\"", "")));
	test_commit(a, repo, "all keys");
	assert_int_equal(program_run(a, args).status, 5);
	test_rmdir(a, repo);
}

static void the_summary_names_what_cannot_be_read(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a);
	struct outcome o;

	test_write(path(a, repo, "main.tf"), S(FIXED));
	test_repo(a, repo);
	test_write(path(a, repo, "main.tf"), S(FIXED POLICY("p", "app", DECRYPT, DATA, "")));
	test_write(path(a, repo, "bad.tf"), S("locals {\n"));
	test_commit(a, repo, "head");
	o = program_run(a, (const char *[]){ "--check", "--format=text", repo, NULL });
	assert_int_equal(o.status, 5);
	assert_true(str_has(o.err, S("bad.tf:")));
	assert_true(str_has(o.err, S("1 permission back, 0 grants dropped")));
	test_write(path(a, repo, "a.tf"), S(POLICY("q", "app", DECRYPT, DATA, "")));
	test_commit(a, repo, "in another file");
	o = program_run(
		a, (const char *[]){ "--check", "--base=HEAD~2", "--format=text", repo, NULL });
	assert_true(str_starts(o.out, S("a.tf:")) && str_has(o.out, S("\nmain.tf:")));
	str told = o.out;
	o = program_run(a, (const char *[]){ "--check", "--base=HEAD~2", "-q", repo, NULL });
	assert_int_equal(o.status, 5);
	assert_true(str_eq(o.out, told));
	assert_int_equal(o.err.n, 0);
	test_rmdir(a, repo);
}

static void what_is_not_read_is_said(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a), *args[] = { "--check", repo, NULL };
	char *large = arena_alloc(a, LARGE);
	struct outcome o;

	test_write(path(a, repo, "main.tf"), S(FIXED));
	test_repo(a, repo);
	test_write(path(a, repo, "bad.tf"), S("locals {\n"));
	test_commit(a, repo, "does not parse");
	o = program_run(a, args);
	assert_int_equal(o.status, 5);
	assert_true(str_has(o.out, S("bad.tf:2:1: FILE-UNREAD bad.tf: what it allows is not known: "
				     "expected '}'")));
	assert_true(str_has(o.err, S("0 grants dropped, 1 changed file not read since")));
	test_write(path(a, repo, "main.tf"), S("# more\n" FIXED));
	test_commit(a, repo, "as before");
	assert_int_equal(program_run(a, args).status, 0);
	memset(large, '#', LARGE);
	test_write(path(a, repo, "main.tf"), (str){ large, LARGE });
	test_write(path(a, repo, "t.yaml"),
		   S("Resources:\n  A:\n    Type: AWS::IAM::Policy\n    X: kms:Decrypt\n  B: [\n"));
	test_commit(a, repo, "too large, and a template");
	o = program_run(a, args);
	assert_int_equal(o.status, 5);
	assert_true(str_has(o.out, S("main.tf:1:1: FILE-UNREAD main.tf: ")) &&
		    str_has(o.out, S("\nt.yaml:")));
	test_write(path(a, repo, ".kmsfix.json"),
		   S("{\"version\": 1, \"exclude\": [\"main.tf\", \"t.yaml\"]}"));
	test_commit(a, repo, "no code to judge");
	o = program_run(a, (const char *[]){ "--check", "--base=HEAD~2", repo, NULL });
	assert_int_equal(o.status, 0);
	test_rmdir(a, repo);
}

#define TEMPLATE(action, more)                 \
	"Resources:\n"                         \
	"  Role:\n"                            \
	"    Type: AWS::IAM::Role\n"           \
	"    Properties:\n"                    \
	"      Policies:\n"                    \
	"        - PolicyName: x\n"            \
	"          PolicyDocument:\n"          \
	"            Statement:\n"             \
	"              - Effect: Allow\n"      \
	"                Action: " action "\n" \
	"                Resource: '*'\n" more

static void a_template_that_another_program_is_to_fill_in_was_one(void **state)
{
	struct arena *a = *state;
	const char *repo = test_mkdir(a), *args[] = { "--check", repo, NULL };
	struct outcome o;

	test_write(path(a, repo, "t.yaml"), S(TEMPLATE("kms:Encrypt", "")));
	test_repo(a, repo);
	test_write(path(a, repo, "t.yaml"), S(TEMPLATE("kms:Decrypt", "{% if more %}\n")));
	test_commit(a, repo, "filled in by another program");
	o = program_run(a, args);
	assert_int_equal(o.status, 5);
	assert_true(str_has(o.out, S("t.yaml:1:1: FILE-UNREAD t.yaml: ")));
	test_write(path(a, repo, "t.yaml"), S(TEMPLATE("kms:ReEncrypt*", "{% if more %}\n")));
	test_commit(a, repo, "as it is now");
	assert_int_equal(program_run(a, args).status, 0);
	test_rmdir(a, repo);
}

static void without_a_base_there_is_an_error(void **state)
{
	struct arena *a = *state;
	const char *repo = program_repo(a, "testdata/demo");
	struct outcome o = program_run(a, (const char *[]){ "--check", repo, NULL });

	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("HEAD has no parent to compare with; say with what")));
	test_must(a, (const char *[]){ "git", "-C", repo, "checkout", "-q", "--orphan", "other",
				       NULL });
	test_commit(a, repo, "another beginning");
	o = program_run(a, (const char *[]){ "--check", "--base=main", repo, NULL });
	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("HEAD and 'main' have no commit in common")));
	test_rmdir(a, repo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_base_is_where_the_branch_parted),
		cmocka_unit_test(moved_code_is_no_regression),
		cmocka_unit_test(copied_code_is_a_regression),
		cmocka_unit_test(a_renamed_policy_file_is_no_regression),
		cmocka_unit_test(what_is_excluded_is_not_judged),
		cmocka_unit_test(what_does_not_count_may_come_back),
		cmocka_unit_test(the_summary_names_what_cannot_be_read),
		cmocka_unit_test(what_is_not_read_is_said),
		cmocka_unit_test(a_template_that_another_program_is_to_fill_in_was_one),
		cmocka_unit_test(without_a_base_there_is_an_error),
	};

	return cmocka_run_group_tests_name("check", tests, setup, teardown);
}
