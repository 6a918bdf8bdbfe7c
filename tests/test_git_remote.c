/* SPDX-License-Identifier: MIT */
/* What a repository is called, and what is known of its remotes and of its past. */
#include <stdlib.h>

#include "../src/git/remote.h"
#include "../src/git/repo.h"
#include "git_fixture.h"

static const struct url {
	const char *url, *name;
} urls[] = {
	{ "https://example.org/a/b.git", "example.org/a/b" },
	{ "https://example.org/a/b", "example.org/a/b" },
	{ "https://user@example.org/a/b.git//", "example.org/a/b" },
	{ "ssh://git@example.org:22/a/b@c.git", "example.org:22/a/b@c" },
	{ "git@example.org:a/b.git", "example.org/a/b" },
	{ "example.org:a/b", "example.org/a/b" },
	{ "/srv/a:b@c.git", "/srv/a:b@c" },
	{ "../b", "../b" },
};

static void a_repository_is_called_as_its_origin(void **state)
{
	struct git_fixture *f = *state;
	str name;

	make_repo(f);
	assert_works(f, open_repo(f, "r"));
	assert_false(repo_name(f->repo, &name));
	sh(f, "git -C r remote add origin x");
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		sh(f, "git -C r config remote.origin.url '%s'", urls[i].url);
		assert_works(f, open_repo(f, "r"));
		assert_true(repo_name(f->repo, &name));
		assert_str(name, urls[i].name);
	}
	sh(f, "git -C r config --unset remote.origin.url; "
	      "git -C r config remote.origin.pushurl y");
	assert_works(f, open_repo(f, "r"));
	assert_false(repo_name(f->repo, &name));
}

/* What is fetched, and where its branch kmsfix is then. */
static const struct refspec {
	const char *spec, *prefix;
} refspecs[] = {
	{ "+refs/heads/*:refs/remotes/o/*", "refs/remotes/o/" },
	{ "+refs/heads/*:refs/elsewhere/*", "refs/elsewhere/" },
	{ "refs/heads/main:refs/remotes/o/main", "refs/remotes/o/" },
	{ "+refs/tags/*:refs/tags/*", "refs/remotes/o/" },
	{ "+refs/heads/kms*:refs/remotes/o/s*", "refs/remotes/o/" },
};

static void branches_of_a_remote_are_where_they_are_fetched_to(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	assert_works(f, open_repo(f, "r"));
	assert_str(str_from(remote_prefix(f->repo, "o")), "refs/remotes/o/");
	sh(f,
	   "git -C r remote add o x; git -C r config --add remote.o.push HEAD:refs/heads/kmsfix");
	for (size_t i = 0; i < sizeof(refspecs) / sizeof(*refspecs); i++) {
		sh(f, "git -C r config --replace-all remote.o.fetch '%s'", refspecs[i].spec);
		assert_works(f, open_repo(f, "r"));
		assert_str(str_from(remote_prefix(f->repo, "o")), refspecs[i].prefix);
	}
}

static void a_remote_has_a_name_of_its_own(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "git -C r remote add o x");
	assert_works(f, open_repo(f, "r"));
	assert_works(f, repo_remote_check(f->repo, "o", &f->err));
	assert_fails(f, repo_remote_check(f->repo, "-o", &f->err), "'-o' is no remote");
	assert_fails(f, repo_remote_check(f->repo, "p", &f->err), "'p' is no remote");
}

static void the_past_may_be_missing(void **state)
{
	struct git_fixture *f = *state;
	char id[GIT_ID_SIZE];

	make_repo(f);
	assert_works(f, open_repo(f, "r"));
	assert_fails(f, repo_parent(f->repo, id, &f->err), "HEAD has no parent to compare with; ");
	assert_fails(f, repo_merge_base(f->repo, "nowhere", id, &f->err), "no revision 'nowhere'");
	sh(f, "cd r; git commit -q --allow-empty -m 2; git checkout -q --orphan other;"
	      "git commit -q --allow-empty -m 3; git checkout -q main; cd ..;"
	      "git clone -q --depth 1 --no-single-branch file://$PWD/r s");
	assert_works(f, open_repo(f, "r"));
	assert_works(f, repo_parent(f->repo, id, &f->err));
	assert_works(f, repo_merge_base(f->repo, "HEAD", id, &f->err));
	assert_fails(f, repo_merge_base(f->repo, "other", id, &f->err), "no commit in common");
	assert_works(f, open_repo(f, "s"));
	assert_fails(f, repo_parent(f->repo, id, &f->err), "git fetch --deepen=1");
	assert_fails(f, repo_merge_base(f->repo, "origin/other", id, &f->err),
		     "git fetch --unshallow");
	sh(f, "git init -q n");
	assert_works(f, open_repo(f, "n"));
	assert_fails(f, repo_parent(f->repo, id, &f->err), "has no commit yet");
	sh(f, "cd n; git fetch -q ../r main:other");
	assert_works(f, open_repo(f, "n"));
	assert_fails(f, repo_merge_base(f->repo, "other", id, &f->err), "has no commit yet");
}

static void only_what_the_default_branch_holds_is_published(void **state)
{
	struct git_fixture *f = *state;
	str head;

	make_repo(f);
	sh(f, "git clone -q r c; git -C c commit -q --allow-empty -m 2");
	head = sh_out(f, "git -C c rev-parse HEAD | tr -d '\\n'");
	assert_works(f, open_repo(f, "r"));
	assert_true(repo_is_published(f->repo, head.p));
	assert_works(f, open_repo(f, "c"));
	assert_false(repo_is_published(f->repo, head.p));
	assert_false(repo_is_published(f->repo, "no id"));
	sh(f, "git -C c update-ref refs/remotes/origin/main HEAD");
	assert_true(repo_is_published(f->repo, head.p));
	head = sh_out(f, "git -C c rev-parse HEAD~1 | tr -d '\\n'");
	assert_true(repo_is_published(f->repo, head.p));
	sh(f, "git -C c update-ref --no-deref -d refs/remotes/origin/HEAD");
	assert_false(repo_is_published(f->repo, head.p));
}

static void a_date_that_cannot_be_read_is_refused(void **state)
{
	static const char *const names[] = { "GIT_COMMITTER_DATE", "SOURCE_DATE_EPOCH" };
	struct git_fixture *f = *state;
	str who;

	make_repo(f);
	must_read(f, "r");
	for (size_t i = 0; i < 2; i++) {
		setenv(names[i], "", 1);
		assert_works(f, repo_committer(f->repo, &f->base, &who, &f->err));
		assert_str(who, "Test <test@example.com>");
		setenv(names[i], "soon", 1);
		assert_fails(f, repo_committer(f->repo, &f->base, &who, &f->err), names[i]);
		unsetenv(names[i]);
	}
	setenv("GIT_COMMITTER_NAME", "<>", 1);
	assert_fails(f, repo_committer(f->repo, &f->base, &who, &f->err), "cannot commit as '<> <");
	unsetenv("GIT_COMMITTER_NAME");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(a_repository_is_called_as_its_origin),
		GIT_TEST(branches_of_a_remote_are_where_they_are_fetched_to),
		GIT_TEST(a_remote_has_a_name_of_its_own),
		GIT_TEST(the_past_may_be_missing),
		GIT_TEST(only_what_the_default_branch_holds_is_published),
		GIT_TEST(a_date_that_cannot_be_read_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
