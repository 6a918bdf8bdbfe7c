/* SPDX-License-Identifier: MIT */
/* Files that options name, and symbolic links on the way to them. */
#define _XOPEN_SOURCE 700 /* realpath() */
#include <stdlib.h>

#include "git_fixture.h"
#include "program.h"

/* A repository r with links, an export e of an account, and what the links lead to. */
static void make_world(struct git_fixture *f)
{
	test_copy(f->arena, "testdata/demo", at(f, "r"));
	test_copy(f->arena, "testdata/account/whole/in", at(f, "e"));
	sh(f, "git init -q r; mkdir out r/sub; echo old >victim; echo old >out/victim;"
	      "ln -s ../victim r/file; ln -s ../out r/dir; ln -s ../nowhere r/none; ln -s .. r/up;"
	      "ln -s ../dir r/sub/more; ln -s victim link; ln -s r/dir around; ln -s out own;"
	      "cd r; git add .; git commit -qm one");
}

static struct outcome run_with(struct git_fixture *f, const char *env, const char *dir,
			       const char *args)
{
	const char *program = getenv("KMSFIX"), *build = getenv("BUILD");
	char *here = realpath(program ? program :
					str_fmt(f->arena, "%s/kmsfix", build ? build : "build").p,
			      NULL);
	str script = str_fmt(f->arena, "cd '%s' && exec env %s %.*s '%s' %s", at(f, dir), env,
			     STR_ARG(program_wrapper()), here, args);

	free(here);
	return test_run(f->arena, (const char *[]){ "sh", "-c", script.p, NULL });
}

/* Runs in the directory r, or in another one. */
static struct outcome run(struct git_fixture *f, const char *dir, const char *args)
{
	return run_with(f, "", dir, args);
}

static void links_of_the_work_tree_are_not_followed(void **state)
{
	static const char *const rows[][2] = {
		{ "r", "--format=json --output=file" },
		{ "r", "--format=json --output=./sub/../file" },
		{ "r", "--format=json --output=dir/victim" },
		{ "r", "--format=json --output=sub/more/victim" },
		{ "r", "--format=json --output=none" },
		{ "r", "--format=json --output=up/victim" },
		{ "r/sub", "--format=json --output=../file" },
		{ "r", "--format=text --format=json --output=/dev/null --output=file" },
		{ ".", "--format=json --output=r/file r" },
		{ ".", "--format=json --output=around/victim r/sub" },
		{ ".", "--format=json --output=r/file --apply r" },
		{ ".", "--baseline=r/file r" },
		{ "r", "--baseline=file --update-baseline" },
		{ "r", "--evidence=../e --save-evidence=file" },
		{ "r", "--check --output=file" },
		{ "r", "--requests=dir/box" },
		{ "r", "--grants=dir" },
		{ "r", "account ../e --script=dir/new" },
		{ "r", "account ../e --format=json --output=file" },
		{ "r", "report --merge --output=file x" },
	};
	struct git_fixture *f = *state;

	make_world(f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct outcome o = run(f, rows[i][0], rows[i][1]);

		if (o.status != 1 || !str_has(o.err, S("is a symbolic link of the work tree")))
			test_fail("%s: %d, %.*s", rows[i][1], o.status, STR_ARG(o.err));
		assert_str(sh_out(f, "cat victim out/victim; ls out nowhere 2>/dev/null || :;"
				     "git -C r for-each-ref --format='%%(refname)'"),
			   "old\nold\nout:\nvictim\nrefs/heads/main\n");
	}
}

static void other_links_are(void **state)
{
	static const char *const rows[][2] = {
		{ "r", "-q --format=json --output=../link" },
		{ "r", "-q --format=json --output=../own/victim" },
		{ "e", "-q --format=json --output=../r/dir/victim ../e/../r2" },
	};
	struct git_fixture *f = *state;

	make_world(f);
	sh(f, "cp -R r r2");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct outcome o = run(f, rows[i][0], rows[i][1]);

		if (o.status != 2)
			test_fail("%s: %d, %.*s", rows[i][1], o.status, STR_ARG(o.err));
	}
	assert_str(sh_out(f, "cat victim out/victim | grep -c '\"schema\": 1'"), "2\n");
	assert_true(str_has(run(f, "r", "-q --format=json --output=/dev/stdout").out,
			    S("\"schema\": 1")));
	assert_true(str_has(run(f, "r", "-q --format=json --output=/dev/fd/1 | cat").out,
			    S("\"schema\": 1")));
	/* where the results go is of the work tree, but no link */
	assert_int_equal(run(f, "r", "-q --format=json --output=sub/new").status, 2);
}

/* Where the environment says what the repository is, the work tree is where Git has it. */
static void the_work_tree_may_be_named_by_the_environment(void **state)
{
	static const struct {
		const char *env, *dir, *args;
		bool refused;
	} rows[] = {
		{ "GIT_DIR=../r/.git GIT_WORK_TREE=../r", "e", "--output=../r/file", true },
		{ "GIT_DIR=../r/.git GIT_WORK_TREE=../r", "e", "--output=../link", false },
		{ "GIT_DIR=.git", "r", "--output=file", true },
		{ "GIT_DIR=.git", "r", "--output=../link", false },
		{ "GIT_DIR= GIT_WORK_TREE=", "r/sub", "--output=../file", true },
		/* what is named on the command line is another one */
		{ "GIT_DIR=../e/.git GIT_WORK_TREE=../e", "r", "--output=file .", true },
		{ "GIT_DIR=../r/.git GIT_WORK_TREE=../r", "r2", "--output=../r/file .", false },
	};
	struct git_fixture *f = *state;

	make_world(f);
	sh(f, "cp -R r r2");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		str args = str_fmt(f->arena, "-q --format=json %s", rows[i].args);
		struct outcome o = run_with(f, rows[i].env, rows[i].dir, args.p);
		bool refused = o.status == 1 &&
			       str_has(o.err, S("is a symbolic link of the work tree"));

		if (refused != rows[i].refused || (!refused && o.status != 2))
			test_fail("%s %s: %d, %.*s", rows[i].env, rows[i].args, o.status,
				  STR_ARG(o.err));
	}
}

static void links_that_lead_nowhere_are_refused(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;

	make_world(f);
	sh(f, "ln -s round about; ln -s about round");
	o = run(f, "r", "--format=json --output=../round");
	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("round' is a symbolic link")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(links_of_the_work_tree_are_not_followed),
		GIT_TEST(other_links_are),
		GIT_TEST(the_work_tree_may_be_named_by_the_environment),
		GIT_TEST(links_that_lead_nowhere_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
