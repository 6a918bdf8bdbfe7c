/* SPDX-License-Identifier: MIT */
/*
 * With --sign it is the user's git that makes the commit, with the user's programs: what it made is
 * looked at before a branch names it. Here it is one that does something else.
 */
#include <stdlib.h>

#include "git_fixture.h"
#include "program.h"

#define BRANCH "refs/heads/kmsfix/kms-decrypt-to-key-policy"

/* git -C $2 -c … commit-tree -S -p $8 -F - ${11}, with the message on standard input. */
static const struct liar {
	const char *what, *does, *says;
} liars[] = {
	{ "fails", "exit 3", "the commit cannot be signed: git commit-tree exited with 3" },
	{ "dies", "kill -9 $$", "the commit cannot be signed: git commit-tree exited with 137" },
	{ "prints no id", "echo done", "another commit than it was told to" },
	{ "prints nothing", "exit 0", "another commit than it was told to" },
	{ "stores nothing", "echo 0123456789012345678901234567890123456789",
	  "another commit than it was told to" },
	{ "stores no commit", "echo ${11}", "another commit than it was told to" },
	{ "takes another tree", "$GIT -C \"$2\" commit-tree -p $8 -F - $8^{tree}",
	  "another commit than it was told to" },
	{ "takes no parent", "$GIT -C \"$2\" commit-tree -F - ${11}",
	  "another commit than it was told to" },
	{ "takes one parent more",
	  "$GIT -C \"$2\" commit-tree -p $8 -p $($GIT -C \"$2\" commit-tree -m x ${11}) -F - ${11}",
	  "another commit than it was told to" },
	{ "takes another parent",
	  "$GIT -C \"$2\" commit-tree -p $($GIT -C \"$2\" commit-tree -m x ${11}) -F - ${11}",
	  "another commit than it was told to" },
	{ "takes another message", "$GIT -C \"$2\" commit-tree -p $8 -m other ${11}",
	  "another commit than it was told to" },
	{ "does not sign", "$GIT -C \"$2\" commit-tree -p $8 -F - ${11}",
	  "another commit than it was told to" },
};

static void another_commit_than_the_one_asked_for_is_refused(void **state)
{
	struct git_fixture *f = *state;
	const char *path = str_fmt(f->arena, "%s:%s", at(f, "bin"), getenv("PATH")).p;
	const char *old = str_z(f->arena, str_from(getenv("PATH")));

	sh(f, "mkdir bin");
	test_copy(f->arena, "testdata/golden/principals/user/in", at(f, "r"));
	test_repo(f->arena, at(f, "r"));
	for (size_t i = 0; i < COUNT(liars); i++) {
		struct outcome o;

		sh(f,
		   "{ echo '#!/bin/sh'; echo GIT=$(command -v git); cat; } >bin/git <<'E'\n"
		   "[ \"$5\" = commit-tree ] || exec $GIT \"$@\"\n%s\nE\nchmod +x bin/git",
		   liars[i].does);
		setenv("PATH", path, 1);
		o = program_run(f->arena,
				(const char *[]){ "--apply", "--sign", at(f, "r"), NULL });
		setenv("PATH", old, 1);
		if (o.status != 1 || !str_has(o.err, str_from(liars[i].says)))
			test_fail("it %s: %d: %.*s", liars[i].what, o.status, STR_ARG(o.err));
		assert_str(sh_out(f, "git -C r for-each-ref " BRANCH), "");
	}
}

/* Also one west of Greenwich, and half an hour. */
static void git_is_told_the_date_with_its_zone(void **state)
{
	static const char *const dates[] = { "@1700000000 -0930", "@1700000000 -0500",
					     "@1700000000 +0545", "@1700000000 +0000" };
	struct git_fixture *f = *state;
	const char *path = str_fmt(f->arena, "%s:%s", at(f, "bin"), getenv("PATH")).p;
	const char *old = str_z(f->arena, str_from(getenv("PATH"))), *program = getenv("KMSFIX");
	const char *build = getenv("BUILD");

	if (!program)
		program = str_fmt(f->arena, "%s/kmsfix", build ? build : "build").p;
	sh(f, "mkdir bin && { echo '#!/bin/sh'; echo GIT=$(command -v git); cat; } >bin/git <<'E'\n"
	      "[ \"$5\" = commit-tree ] || exec $GIT \"$@\"\n"
	      "echo $GIT_AUTHOR_DATE, $GIT_COMMITTER_DATE >\"$2/told\"; exit 1\nE\n"
	      "chmod +x bin/git");
	test_copy(f->arena, "testdata/golden/principals/user/in", at(f, "r"));
	test_repo(f->arena, at(f, "r"));
	for (size_t i = 0; i < COUNT(dates); i++) {
		const char *other = dates[COUNT(dates) - 1 - i];

		setenv("PATH", path, 1);
		test_run(f->arena,
			 (const char *[]){ "/usr/bin/env",
					   str_fmt(f->arena, "GIT_AUTHOR_DATE=%s", dates[i]).p,
					   str_fmt(f->arena, "GIT_COMMITTER_DATE=%s", other).p,
					   program, "--apply", "--sign", at(f, "r"), NULL });
		setenv("PATH", old, 1);
		assert_str(sh_out(f, "cat r/told && rm r/told"),
			   str_fmt(f->arena, "%s, %s\n", dates[i], other).p);
	}
}

static void without_git_nothing_can_be_signed(void **state)
{
	struct git_fixture *f = *state;
	const char *old = str_z(f->arena, str_from(getenv("PATH"))), *run = getenv("RUN");
	struct outcome o;

	if (run && *run)
		skip(); /* it could not be found either */
	test_copy(f->arena, "testdata/golden/principals/user/in", at(f, "r"));
	test_repo(f->arena, at(f, "r"));
	setenv("PATH", "/nonexistent", 1);
	o = program_run(f->arena, (const char *[]){ "--apply", "--sign", at(f, "r"), NULL });
	setenv("PATH", old, 1);
	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("cannot start git: No such file or directory")));
	assert_str(sh_out(f, "git -C r for-each-ref " BRANCH), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(another_commit_than_the_one_asked_for_is_refused),
		GIT_TEST(git_is_told_the_date_with_its_zone),
		GIT_TEST(without_git_nothing_can_be_signed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
