/* SPDX-License-Identifier: MIT */
/* A branch, whole or not at all, and nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "git_fixture.h"

#define BRANCH "kmsfix/kms-decrypt-to-key-policy"

/* All that must stay: every reference but ours, HEAD, index, work tree. */
static str state_of(struct git_fixture *f)
{
	return sh_out(f,
		      "cd r; git for-each-ref | grep -v refs/heads/kmsfix/ || true; cat .git/HEAD;"
		      "sha1sum .git/index; find . -path ./.git -prune -o -type f -printf '%%p %%T@ "
		      "%%m\\n' "
		      "-exec sha1sum {} + | sort; ls .git; git status --porcelain");
}

static const struct branch_options plain;

static bool commit_text(struct git_fixture *f, const char *branch, const char *path, str text,
			char id[GIT_ID_SIZE])
{
	struct file_change change = change_to(f, path, text);
	struct commit_step step = { S("move it\n\nbecause"), &change, 1 };
	struct branch_result result = { 0 };
	bool ok = repo_commit(f->repo, &f->base, branch, &step, 1, &plain, &result, &f->err);

	memcpy(id, result.id, GIT_ID_SIZE);
	return ok;
}

static bool commit_some(struct git_fixture *f, const char *branch)
{
	char id[GIT_ID_SIZE];

	return commit_text(f, branch, "dir/b.tf", S("b = 3\n"), id);
}

static void a_commit_is_on_the_new_branch_and_nowhere_else(void **state)
{
	struct git_fixture *f = *state;
	char id[GIT_ID_SIZE], tip[GIT_ID_SIZE];
	str before;

	make_repo(f);
	sh(f,
	   "cd r; echo edited >>a.tf; echo staged >s; git add s; echo new >u; git pack-refs --all");
	must_read(f, "r");
	before = state_of(f);
	assert_works(f, commit_text(f, BRANCH, "dir/b.tf", S("b = 3\n"), id));
	assert_str(before, state_of(f).p);
	assert_true(repo_branch_tip(f->repo, BRANCH, tip));
	assert_string_equal(id, tip);
	assert_str(
		sh_out(f, "cd r; git log --format='%%an <%%ae> %%at %%cn <%%ce> %%ct %%P%%n%%B' "
			  "-1 " BRANCH),
		str_fmt(f->arena,
			"Test <test@example.com> 1700000000 Test <test@example.com> 1700000000 %s\n"
			"move it\n\nbecause\n\n",
			f->base.commit)
			.p);
	assert_str(sh_out(f, "cd r; git diff-tree -r main " BRANCH " | cut -d' ' -f1,2,5"),
		   ":100755 100755 M\tdir/b.tf\n");
	assert_str(sh_out(f, "cd r; git show " BRANCH ":dir/b.tf"), "b = 3\n");
	assert_str(sh_out(f, "cd r; git fsck --strict 2>&1"), "");
}

static void several_steps_are_a_chain_of_commits(void **state)
{
	struct git_fixture *f = *state;
	struct file_change first, second;
	struct file between;
	struct branch_result result;
	char id[GIT_ID_SIZE];

	make_repo(f);
	must_read(f, "r");
	first = change_to(f, "a.tf", S("a = 2\n"));
	between = *first.before;
	between.text = S("a = 2\n");
	second = (struct file_change){ &between, S("a = 3\n") };
	{
		struct commit_step steps[] = { { S("grant"), &first, 1 },
					       { S("remove\n"), &second, 1 } };

		assert_works(
			f, repo_commit(f->repo, &f->base, "k", steps, 2, &plain, &result, &f->err));
	}
	assert_str(sh_out(f, "cd r; git log --format=%%s k; git show k~1:a.tf k:a.tf"),
		   "remove\ngrant\none\na = 2\na = 3\n");
	/* the second step alone does not fit the base */
	{
		struct commit_step step = { S("remove"), &second, 1 };

		assert_fails(
			f, repo_commit(f->repo, &f->base, "l", &step, 1, &plain, &result, &f->err),
			"does not match");
		assert_false(repo_branch_tip(f->repo, "l", id));
	}
}

static void odd_repositories_get_their_branch_too(void **state)
{
	struct git_fixture *f = *state;
	static const char *const kinds[][2] = {
		{ "git clone -q --bare r x", "bare" },
		{ "git -C r worktree add -q ../x", "worktree" },
		{ "git clone -q --depth 1 file://$PWD/r x", "shallow" },
		{ "git clone -q --shared r x", "alternates" },
		{ "git clone -q r x; git -C x commit -q --allow-empty -m 2;"
		  "git -C x rev-parse HEAD >x/.git/info/grafts;"
		  "git -C x config advice.graftFileDeprecated false",
		  "grafts" },
		{ "git clone -q r x; git -C x checkout -q --detach", "detached HEAD" },
		{ "git clone -q r x; git -C x sparse-checkout set dir/sub", "sparse" },
		{ "git clone -q r x; git -C x sparse-checkout set --sparse-index dir/sub",
		  "sparse index" },
		{ "git clone -q r x; : >x/.git/packed-refs.lock; : >x/.git/index.lock",
		  "other locks" },
		{ "git clone -q r x; mkdir -p x/.git/refs/heads/k/empty",
		  "empty folder in the way" },
		{ "git clone -q r x; chmod +x x/.git/hooks/*; for h in pre-commit "
		  "reference-transaction; do "
		  "printf '#!/bin/sh\\nexit 1\\n' >x/.git/hooks/$h; chmod +x x/.git/hooks/$h; done",
		  "hooks" },
		{ "git clone -q r x; git -C x config commit.gpgsign true", "signing wanted" },
		{ "git clone -q r x; git -C x replace $(git -C r rev-parse HEAD:a.tf) "
		  "$(echo | git -C x hash-object -w --stdin)",
		  "replaced objects" },
	};

	make_repo(f);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		print_message("         %s\n", kinds[i][1]);
		sh(f,
		   "rm -rf x; git -C r worktree prune; git -C r branch -q -D x k 2>/dev/null || "
		   "true; %s",
		   kinds[i][0]);
		must_read(f, "x");
		assert_works(f, commit_some(f, "k"));
		assert_str(sh_out(f, "cd x; git show k:dir/b.tf"), "b = 3\n");
	}
}

static const struct bad_name {
	const char *name, *says;
} bad_names[] = {
	{ "", "cannot be a branch name" },       { "-x", "cannot be a branch name" },
	{ "HEAD", "cannot be a branch name" },   { "@", "cannot be a branch name" },
	{ "a..b", "cannot be a branch name" },   { "a b", "cannot be a branch name" },
	{ "a.lock", "cannot be a branch name" }, { "/a", "cannot be a branch name" },
	{ "a/", "cannot be a branch name" },     { "a//b", "cannot be a branch name" },
	{ ".a", "cannot be a branch name" },     { "a/.b", "cannot be a branch name" },
	{ "a@{b", "cannot be a branch name" },   { "a~1", "cannot be a branch name" },
	{ "a^", "cannot be a branch name" },     { "a:b", "cannot be a branch name" },
	{ "a?", "cannot be a branch name" },     { "a*", "cannot be a branch name" },
	{ "a[b", "cannot be a branch name" },    { "a\\b", "cannot be a branch name" },
	{ "a\033", "cannot be a branch name" },  { "../../x", "cannot be a branch name" },
	{ "a.", "cannot be a branch name" },     { "refs/heads/x", "without 'refs/heads/'" },
};

static void bad_branch_names_are_refused(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	must_read(f, "r");
	for (size_t i = 0; i < sizeof(bad_names) / sizeof(*bad_names); i++) {
		print_message("         '%s'\n", bad_names[i].name);
		assert_fails(f, commit_some(f, bad_names[i].name), bad_names[i].says);
		assert_int_equal(f->err.code, ERR_USAGE);
	}
	assert_str(sh_out(f, "cd r; git branch --format='%%(refname)'"), "refs/heads/main\n");
}

/* What is there already, and what is said about making branch k/x. */
static const struct obstacle {
	const char *script, *says;
} obstacles[] = {
	{ "git branch k/x", "branch 'k/x' has a commit that kmsfix did not write" },
	{ "git branch k/x; git pack-refs --all",
	  "branch 'k/x' has a commit that kmsfix did not write" },
	{ "git branch k", "cannot be beside branch 'k'" },
	{ "git branch k; git pack-refs --all", "cannot be beside branch 'k'" },
	{ "git branch k/x/y", "cannot be beside branch 'k/x/y'" },
	{ "git branch k/x/y; git pack-refs --all", "cannot be beside branch 'k/x/y'" },
	{ "git checkout -q --orphan k/x", "branch 'k/x' is the current one" },
	{ "mkdir .git/refs/heads/k; : >.git/refs/heads/k/x.lock", "/r/.git/refs/heads/k/x.lock'" },
	{ "mkdir .git/refs/heads/k; echo garbage >.git/refs/heads/k/x",
	  "cannot read branch 'k/x'" },
	{ "echo garbage >.git/refs/heads/k", "cannot be beside branch 'k'" },
	{ "git symbolic-ref refs/heads/k/x refs/heads/main",
	  "only another name of 'refs/heads/main'" },
	{ "git symbolic-ref refs/heads/k/x refs/heads/nowhere",
	  "only another name of 'refs/heads/nowhere'" },
	{ "git checkout -q -b k/x", "branch 'k/x' is the current one" },
	{ "git worktree add -q -b k/x ../elsewhere",
	  "branch 'k/x' is checked out in another worktree (git worktree list says in which)" },
};

static void an_obstacle_is_named_and_nothing_is_stored(void **state)
{
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(obstacles) / sizeof(*obstacles); i++) {
		str before;

		print_message("         %s\n", obstacles[i].script);
		sh(f, "rm -rf r elsewhere");
		make_repo(f);
		sh(f, "cd r; %s", obstacles[i].script);
		assert_works(f, read_repo(f, "r", "main"));
		before = sh_out(f, "find r -printf '%%p %%s %%T@\\n' | sort");
		assert_fails(f, commit_some(f, "k/x"), obstacles[i].says);
		assert_str(sh_out(f, "find r -printf '%%p %%s %%T@\\n' | sort"), before.p);
	}
}

/*
 * The child of a race: 0 when it made the branch, or moved it on from what the other one had made
 * before; 1 when it was told that the other one is just doing so.
 */
static int race(struct git_fixture *f, char text)
{
	struct repo *r = NULL;
	struct file_change change = change_to(f, "a.tf", (str){ &text, 1 });
	struct commit_step step = { S("race"), &change, 1 };
	struct branch_result result;
	struct err e;
	bool won;

	if (!repo_open(&r, at(f, "r"), f->arena, &e))
		return 2;
	won = repo_commit(r, &f->base, "k", &step, 1, &plain, &result, &e);
	repo_close(r);
	if (won)
		return 0;
	return strstr(e.msg, "changed branch 'k' meanwhile") || strstr(e.msg, "did not write") ||
			       strstr(e.msg, "is locked") ?
		       1 :
		       3;
}

static void of_two_processes_one_makes_the_branch_first(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	must_read(f, "r");
	for (int round = 0; round < 100; round++) {
		int status[2], won = 0;
		pid_t pid[2];

		for (int i = 0; i < 2; i++) {
			pid[i] = fork();
			if (pid[i] == 0)
				_exit(race(f, (char)('a' + i)));
		}
		for (int i = 0; i < 2; i++) {
			assert_int_equal(waitpid(pid[i], &status[i], 0), pid[i]);
			assert_true(WIFEXITED(status[i]));
			assert_in_range(WEXITSTATUS(status[i]), 0, 1);
			won += WEXITSTATUS(status[i]) == 0;
		}
		assert_in_range(won, 1, 2);
		assert_int_equal(unlink(at(f, "r/.git/refs/heads/k")), 0);
	}
}

/* Environment and configuration, and who and when the commit then says. */
static const struct identity {
	const char *name;
	const char *env[8]; /* NAME=value */
	const char *config;
	const char *says;
} identities[] = {
	{ "configuration",
	  { 0 },
	  "true",
	  "Test <test@example.com> 1700000000 +0100|"
	  "Test <test@example.com> 1700000000 +0100" },
	{ "none",
	  { 0 },
	  "git config --global --remove-section user",
	  "kmsfix <kmsfix@localhost> 1700000000 +0100|kmsfix <kmsfix@localhost> 1700000000 +0100" },
	{ "repository's own",
	  { 0 },
	  "git -C r config user.name Own",
	  "Own <test@example.com> 1700000000 +0100|Own <test@example.com> 1700000000 +0100" },
	{ "author and committer settings",
	  { 0 },
	  "git config --global author.name A; git config --global committer.email c@e",
	  "A <test@example.com> 1700000000 +0100|Test <c@e> 1700000000 +0100" },
	{ "environment",
	  { "GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@e", "GIT_AUTHOR_DATE=@5 -0330",
	    "GIT_COMMITTER_NAME=C", "GIT_COMMITTER_EMAIL=c@e",
	    "GIT_COMMITTER_DATE=2024-02-29T12:30:00Z" },
	  "true",
	  "A <a@e> 5 -0330|C <c@e> 1709209800 +0000" },
	{ "empty environment",
	  { "GIT_AUTHOR_NAME=", "GIT_AUTHOR_DATE=" },
	  "true",
	  "Test <test@example.com> 1700000000 +0100|Test <test@example.com> 1700000000 +0100" },
	{ "an empty setting of the author",
	  { 0 },
	  "git config --global author.name ''",
	  "Test <test@example.com> 1700000000 +0100|Test <test@example.com> 1700000000 +0100" },
	{ "empty settings",
	  { 0 },
	  "git config --global user.name ''",
	  "kmsfix <test@example.com> 1700000000 +0100|kmsfix <test@example.com> 1700000000 +0100" },
	{ "source date",
	  { "SOURCE_DATE_EPOCH=7" },
	  "true",
	  "Test <test@example.com> 7 +0000|Test <test@example.com> 7 +0000" },
	{ "source date and date",
	  { "SOURCE_DATE_EPOCH=7", "GIT_AUTHOR_DATE=1700000001 +0000" },
	  "true",
	  "Test <test@example.com> 1700000001 +0000|Test <test@example.com> 7 +0000" },
	{ "GIT_CONFIG_COUNT",
	  { "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=user.name", "GIT_CONFIG_VALUE_0=N" },
	  "true",
	  "N <test@example.com> 1700000000 +0100|N <test@example.com> 1700000000 +0100" },
	{ "bad author",
	  { "GIT_AUTHOR_NAME=<>" },
	  "true",
	  "!set GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL" },
	{ "bad date",
	  { "GIT_COMMITTER_DATE=yesterday" },
	  "true",
	  "!cannot read the date GIT_COMMITTER_DATE='yesterday': write it as" },
	{ "bad source date", { "SOURCE_DATE_EPOCH=now" }, "true", "!SOURCE_DATE_EPOCH='now'" },
};

static void set_env(const char *const *env, bool on)
{
	for (; *env; env++) {
		char name[64];
		size_t n = strcspn(*env, "=");

		memcpy(name, *env, n);
		name[n] = '\0';
		if (on)
			setenv(name, *env + n + 1, 1);
		else
			unsetenv(name);
	}
}

static void author_and_date_come_from_where_git_takes_them(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	for (size_t i = 0; i < sizeof(identities) / sizeof(*identities); i++) {
		const struct identity *who = &identities[i];

		print_message("         %s\n", who->name);
		sh(f, "cp home/.gitconfig saved; cp r/.git/config saved2; %s", who->config);
		set_env(who->env, true);
		must_read(f, "r");
		if (*who->says == '!') {
			assert_fails(f, commit_some(f, "k"), who->says + 1);
			assert_int_equal(f->err.code, ERR_USAGE);
		} else {
			assert_works(f, commit_some(f, "k"));
		}
		set_env(who->env, false);
		if (*who->says != '!')
			assert_str(sh_out(f,
					  "cd r; git log -1 --date=raw --format='%%an <%%ae> %%ad|"
					  "%%cn <%%ce> %%cd' k; git branch -q -D k"),
				   str_fmt(f->arena, "%s\n", who->says).p);
		sh(f, "mv saved home/.gitconfig; mv saved2 r/.git/config");
	}
}

static void the_same_change_is_the_same_commit(void **state)
{
	struct git_fixture *f = *state;
	char first[GIT_ID_SIZE], second[GIT_ID_SIZE];

	make_repo(f);
	must_read(f, "r");
	assert_works(f, commit_text(f, "k", "a.tf", S("a = 2\n"), first));
	sh(f, "git clone -q r s");
	must_read(f, "s");
	assert_works(f, commit_text(f, "other", "a.tf", S("a = 2\n"), second));
	assert_string_equal(first, second);
}

static void the_reflog_names_the_committer(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	must_read(f, "r");
	assert_works(f, commit_some(f, "k"));
	assert_str(sh_out(f, "cd r; git reflog show --format='%%gn <%%ge> %%gs' k"),
		   "Test <test@example.com> branch: created by kmsfix\n");
}

static void a_repository_that_cannot_be_written_stays_as_it_is(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	must_read(f, "r");
	/* A file where the folder of branches of this name would be: also root is stopped. */
	sh(f, "echo >r/.git/refs/heads/k");
	assert_fails(f, commit_some(f, "k/x"), "k");
	sh(f, "cd r; rm .git/refs/heads/k; git fsck --strict");
	assert_str(sh_out(f, "cd r; git branch --format='%%(refname)'"), "refs/heads/main\n");
}

/* What a repository could name that Git itself would run. */
#define TRAPS                                                                                      \
	"cd r; for h in pre-commit commit-msg post-commit reference-transaction post-checkout "    \
	"post-index-change pre-auto-gc fsmonitor-watchman; do "                                    \
	"printf '#!/bin/sh\\ntouch %s/ran\\n' >.git/hooks/$h; chmod +x .git/hooks/$h; done\n"      \
	"for k in filter.f.smudge filter.f.clean filter.f.process diff.f.command diff.f.textconv " \
	"diff.external core.fsmonitor core.editor core.pager core.sshCommand gpg.program "         \
	"merge.f.driver credential.helper core.alternateRefsCommand uploadpack.packObjectsHook; "  \
	"do "                                                                                      \
	"git config $k '!touch %s/ran'; done; git config commit.gpgsign true\n"                    \
	"echo '* filter=f diff=f merge=f' >.git/info/attributes"

static void nothing_of_the_repository_is_run(void **state)
{
	struct git_fixture *f = *state;
	struct file_change change;
	struct buf out = { 0 };
	struct branch_result result;

	make_repo(f);
	sh(f, TRAPS, f->dir, f->dir);
	must_read(f, "r");
	change = change_to(f, "a.tf", S("new\n"));
	struct commit_step step = { .message = S("m\n"), .changes = &change, .n = 1 };
	assert_works(f, repo_diff(f->repo, &f->base, &change, 1, &out, &f->err));
	assert_works(f, repo_commit(f->repo, &f->base, "b", &step, 1, &plain, &result, &f->err));
	assert_works(f, repo_write(f->repo, &f->base, &change, 1, NULL, &f->err));
	assert_int_not_equal(access(at(f, "ran"), F_OK), 0);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(a_commit_is_on_the_new_branch_and_nowhere_else),
		GIT_TEST(several_steps_are_a_chain_of_commits),
		GIT_TEST(odd_repositories_get_their_branch_too),
		GIT_TEST(bad_branch_names_are_refused),
		GIT_TEST(an_obstacle_is_named_and_nothing_is_stored),
		GIT_TEST(of_two_processes_one_makes_the_branch_first),
		GIT_TEST(author_and_date_come_from_where_git_takes_them),
		GIT_TEST(the_same_change_is_the_same_commit),
		GIT_TEST(the_reflog_names_the_committer),
		GIT_TEST(a_repository_that_cannot_be_written_stays_as_it_is),
		GIT_TEST(nothing_of_the_repository_is_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
