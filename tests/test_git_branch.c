/* SPDX-License-Identifier: MIT */
/* Branches that are there: ours are renewed, those of others are left alone. */
#include <stdlib.h>
#include <string.h>

#include "git_fixture.h"

static const struct branch_options plain, forced = { .force = true };

/* A commit as kmsfix makes it: with a message by which it is known again. */
static struct branch_result renew(struct git_fixture *f, const char *text,
				  const struct branch_options *o)
{
	struct file_change change = change_to(f, "a.tf", str_from(text));
	struct commit_step step = { S("move it\n\nKmsfix-Version: 1\n"), &change, 1 };
	struct branch_result result = { 0 };

	assert_works(f, repo_commit(f->repo, &f->base, "k", &step, 1, o, &result, &f->err));
	return result;
}

static bool is_refused(struct git_fixture *f, const char *says)
{
	struct file_change change = change_to(f, "a.tf", S("a = 9\n"));
	struct commit_step step = { S("move it\n\nKmsfix-Version: 1\n"), &change, 1 };
	struct branch_result result;
	str before = sh_out(f, "git -C r rev-parse k");

	assert_fails(f, repo_commit(f->repo, &f->base, "k", &step, 1, &plain, &result, &f->err),
		     says);
	assert_str(sh_out(f, "git -C r rev-parse k"), before.p);
	return true;
}

static void a_commit_of_ours_names_its_tree(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	must_read(f, "r");
	renew(f, "a = 2\n", &plain);
	assert_str(
		sh_out(f, "cd r; git log -1 --format=%%B k | grep -v '^Kmsfix-Change: .\\{40\\}$'"),
		str_fmt(f->arena, "move it\n\nKmsfix-Version: 1\nKmsfix-Tree: %.*s\n",
			STR_ARG(sh_out(f, "git -C r rev-parse k^{tree}")))
			.p);
}

static void the_same_tree_on_the_same_base_is_not_written_again(void **state)
{
	struct git_fixture *f = *state;
	struct branch_result first, second;
	str before;

	make_repo(f);
	must_read(f, "r");
	first = renew(f, "a = 2\n", &plain);
	assert_int_equal(first.state, BRANCH_CREATED);
	before = sh_out(f, "cat r/.git/logs/refs/heads/k; find r/.git/objects | sort");
	setenv("GIT_COMMITTER_NAME", "Other", 1); /* it would be another commit */
	second = renew(f, "a = 2\n", &plain);
	unsetenv("GIT_COMMITTER_NAME");
	assert_int_equal(second.state, BRANCH_SAME);
	assert_string_equal(first.id, second.id);
	assert_str(sh_out(f, "cat r/.git/logs/refs/heads/k; find r/.git/objects | sort"), before.p);
}

static void another_base_or_change_replaces_the_commit(void **state)
{
	struct git_fixture *f = *state;
	struct branch_result result;

	make_repo(f);
	must_read(f, "r");
	renew(f, "a = 2\n", &plain);
	result = renew(f, "a = 3\n", &plain);
	assert_int_equal(result.state, BRANCH_UPDATED);
	assert_str(sh_out(f, "cd r; git rev-list --count main..k; git show k:a.tf"), "1\na = 3\n");
	sh(f, "cd r; echo new >new; git add new; git commit -qm moved; git pack-refs --all");
	must_read(f, "r");
	result = renew(f, "a = 3\n", &plain);
	assert_int_equal(result.state, BRANCH_UPDATED);
	assert_str(sh_out(f, "cd r; git rev-list --count main..k; git rev-parse k~1; git diff "
			     "--name-only main k"),
		   str_fmt(f->arena, "1\n%s\na.tf\n", f->base.commit).p);
	assert_str(sh_out(f, "cd r; git reflog show --format=%%gs k | head -1"),
		   "branch: moved by kmsfix\n");
}

/* What others do to the branch. */
static const char *const foreign[] = {
	"git checkout -q k; echo x >x; git add x; git commit -qm mine; git checkout -q main",
	"git branch -f k main",
	"git checkout -q k; echo x >x; git add x; git commit -q --amend --no-edit; git checkout -q "
	"main",
	"git checkout -q k; git revert --no-edit k >&2; git checkout -q main",
	"git commit -q --allow-empty -m m; git checkout -q k; git merge -q --no-edit main; git "
	"checkout -q main",
};

static void a_tip_of_somebody_else_is_left_alone_unless_forced(void **state)
{
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(foreign) / sizeof(*foreign); i++) {
		print_message("         %s\n", foreign[i]);
		sh(f, "rm -rf r");
		make_repo(f);
		must_read(f, "r");
		renew(f, "a = 2\n", &plain);
		sh(f, "cd r; %s", foreign[i]);
		must_read(f, "r");
		assert_true(is_refused(f, "did not write: choose another name with --branch, or "
					  "replace it with --force"));
		assert_fails(f, repo_branch_delete(f->repo, "k", false, &f->err), "did not write");
		assert_int_equal(renew(f, "a = 2\n", &forced).state, BRANCH_UPDATED);
		assert_str(sh_out(f, "cd r; git rev-list --count main..k"), "1\n");
	}
}

static void a_branch_is_deleted_as_git_does_it(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	must_read(f, "r");
	renew(f, "a = 2\n", &plain);
	sh(f, "cd r; git pack-refs --all; git config branch.k.description x");
	assert_works(f, repo_branch_delete(f->repo, "k", false, &f->err));
	assert_str(sh_out(f,
			  "cd r; git branch --format='%%(refname)'; git config --list --local | "
			  "grep branch || true; git fsck --strict 2>&1 | grep -v dangling || true"),
		   "refs/heads/main\n");
	sh(f, "cd r; git checkout -q -b k");
	assert_fails(f, repo_branch_delete(f->repo, "k", true, &f->err), "is the current one");
}

static void what_the_remote_has_already_is_taken(void **state)
{
	struct git_fixture *f = *state;
	struct branch_options options = { .remote = "origin" };
	struct branch_result first, second;
	struct branch_list list;

	make_repo(f);
	must_read(f, "r");
	first = renew(f, "a = 2\n", &plain);
	sh(f, "git clone -q r s");
	must_read(f, "s");
	setenv("GIT_AUTHOR_NAME", "Other", 1);
	assert_works(f, repo_branches(f->repo, "k", "origin", &list, &f->err));
	assert_int_equal(list.n, 1);
	assert_true(list.v[0].ours && list.v[0].remote && !list.v[0].here);
	second = renew(f, "a = 2\n", &options);
	unsetenv("GIT_AUTHOR_NAME");
	assert_int_equal(second.state, BRANCH_CREATED);
	assert_string_equal(first.id, second.id);
	assert_works(f, repo_branches(f->repo, "", NULL, &list, &f->err));
	assert_int_equal(list.n, 2); /* k and main */
	assert_true(list.v[0].here && list.v[0].ours && !list.v[0].remote && !list.v[1].ours);
	assert_fails(f, repo_remote_check(f->repo, "nowhere", &f->err), "is no remote of");
	assert_fails(f, repo_remote_check(f->repo, "--all", &f->err), "is no remote of");
	assert_fails(f, repo_remote_check(f->repo, "../r", &f->err), "is no remote of");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(a_commit_of_ours_names_its_tree),
		GIT_TEST(the_same_tree_on_the_same_base_is_not_written_again),
		GIT_TEST(another_base_or_change_replaces_the_commit),
		GIT_TEST(a_tip_of_somebody_else_is_left_alone_unless_forced),
		GIT_TEST(a_branch_is_deleted_as_git_does_it),
		GIT_TEST(what_the_remote_has_already_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
