/* SPDX-License-Identifier: MIT */
/* --prune where somebody is at work on the branch. */
#include <stdlib.h>
#include <unistd.h>

#include "git_fixture.h"
#include "program.h"

#define BRANCH "kmsfix/kms-decrypt-to-key-policy"

/* Repository r, with the demo, where all that can be is fixed and merged. */
static void make_done(struct git_fixture *f)
{
	char here[4096];
	const char *const args[] = { "--apply", at(f, "r"), NULL };

	sh(f, "cp -R '%s'/testdata/demo r; cd r; git init -q; git add .; git commit -qm one",
	   getcwd(here, sizeof(here)));
	program_run(f->arena, args);
	sh(f, "cd r; git merge -q " BRANCH);
}

static void expect_prune_says(struct git_fixture *f, int status, const char *says)
{
	const char *const args[] = { "--apply", "--prune", at(f, "r"), NULL };
	struct outcome o = program_run(f->arena, args);

	if (o.status != status || !str_has(o.err, str_from(says)))
		test_fail("exits with %d, not %d saying '%s': %.*s", o.status, status, says,
			  STR_ARG(o.err));
}

/* It is no reason to fail, and not to see to the other branches. */
static void a_branch_that_is_checked_out_is_left_alone(void **state)
{
	struct git_fixture *f = *state;

	make_done(f);
	sh(f, "cd r; git worktree add -q ../w " BRANCH);
	expect_prune_says(f, 3, "branch '" BRANCH "' is left alone, as it is checked out");
	sh(f, "cd r; git worktree remove ../w");
	expect_prune_says(f, 3, "deleted branch '" BRANCH "'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(a_branch_that_is_checked_out_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
