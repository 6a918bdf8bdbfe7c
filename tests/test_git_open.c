/* SPDX-License-Identifier: MIT */
/* The kinds of repositories that Git makes: which ones open, and what is said about the others. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "git_fixture.h"

/* Every file of make_repo is there with its bytes. */
static void must_hold_all(struct git_fixture *f, const char *name)
{
	must_read(f, name);
	assert_int_equal(f->files.n, 3);
	assert_str(f->files.files[0].path, "a.tf");
	assert_str(f->files.files[0].text, "a = 1\n");
	assert_str(f->files.files[1].path, "dir/b.tf");
	assert_int_equal(f->files.files[1].mode, 0100755);
	assert_str(f->files.files[2].path, "dir/sub/c.json");
	assert_str(diags_text(f), "");
}

/* Ways to make repository `open` hold what `make_repo` made; all can be read. */
static const struct kind {
	const char *name, *script, *open;
} kinds[] = {
	{ "work tree", "true", "r" },
	{ "git directory", "true", "r/.git" },
	{ "subdirectory", "true", "r/dir/sub" },
	{ "bare", "git clone -q --bare r b.git", "b.git" },
	{ "inside bare", "git clone -q --bare r b.git", "b.git/objects" },
	{ "linked worktree", "git -C r worktree add -q ../w", "w" },
	{ "worktree of bare", "git clone -q --bare r b.git; git -C b.git worktree add -q ../w",
	  "w" },
	{ "worktree with worktreeConfig of bare",
	  "git clone -q --bare r b.git; git -C b.git config extensions.worktreeConfig true;"
	  "git -C b.git worktree add -q ../w",
	  "w/dir" },
	{ "relative worktree",
	  "git -C r worktree add -q ../w; echo 'gitdir: ../r/.git/worktrees/w' >w/.git;"
	  "git -C r config core.repositoryformatversion 1;"
	  "git -C r config extensions.relativeWorktrees true",
	  "w" },
	{ "detached HEAD", "git -C r checkout -q --detach", "r" },
	{ "shallow clone",
	  "git -C r commit -q --allow-empty -m 2;"
	  "git clone -q --depth 1 file://$PWD/r s",
	  "s" },
	{ "alternates", "git clone -q --shared r s", "s" },
	{ "alternates that are gone", "echo /nowhere >r/.git/objects/info/alternates", "r" },
	{ "alternates that lead back",
	  "git clone -q --shared r s; echo $PWD/s/.git/objects >r/.git/objects/info/alternates",
	  "s" },
	{ "grafts",
	  "git -C r commit -q --allow-empty -m 2; git -C r rev-parse HEAD >r/.git/info/grafts",
	  "r" },
	{ "packed", "git -C r gc -q", "r" },
	{ "multi-pack-index", "git -C r repack -qd; git -C r multi-pack-index write", "r" },
	{ "commit-graph", "git -C r commit-graph write --reachable 2>/dev/null", "r" },
	{ "sparse checkout",
	  "git -C r sparse-checkout set dir/sub;"
	  "git -C r config core.repositoryformatversion 1;"
	  "git -C r config extensions.worktreeConfig true",
	  "r" },
	{ "worktreeConfig that is off",
	  "git -C r config core.repositoryformatversion 1;"
	  "git -C r config extensions.worktreeConfig false",
	  "r" },
	{ "sparse index", "git -C r sparse-checkout set --sparse-index dir/sub", "r" },
	{ "preciousObjects",
	  "git -C r config core.repositoryformatversion 1;"
	  "git -C r config extensions.preciousObjects true",
	  "r" },
	{ "submodule", "git init -q o; cd o; git submodule -q add ../r m; git commit -qm m",
	  "o/m" },
	{ "separate git directory", "git init -q --separate-git-dir g r", "r" },
	{ "split index", "git -C r update-index --split-index", "r" },
	{ "packed refs", "git -C r pack-refs --all", "r" },
	{ "safe.directory is not needed", "git config --global safe.directory ''", "r" },
	{ "name with a blank and a quote", "mv r \"r 'x\"", "r 'x" },
};

static void repositories_of_each_kind_are_read(void **state)
{
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		print_message("         %s\n", kinds[i].name);
		sh(f, "rm -rf r s b.git w o g \"r 'x\"");
		make_repo(f);
		sh(f, "%s", kinds[i].script);
		must_hold_all(f, kinds[i].open);
	}
}

/* What does not open, and the words that say so. */
static const struct refusal {
	const char *name, *script, *open, *says;
} refusals[] = {
	{ "sha256", "git init -q --object-format=sha256 x", "x", "SHA-256" },
	{ "reftable",
	  "git init -q x; git -C x config core.repositoryformatversion 1;"
	  "git -C x config extensions.refStorage reftable",
	  "x", "git refs migrate --ref-format=files" },
	{ "reftable as Git makes it",
	  "git init -q x; cd x/.git; rm -r refs; mkdir refs reftable; echo >refs/heads;"
	  "echo 'ref: refs/heads/.invalid' >HEAD; cd ..; git config core.repositoryformatversion 1;"
	  "git config extensions.refStorage reftable",
	  "x", "git refs migrate --ref-format=files" },
	{ "unknown extension",
	  "git init -q x; git -C x config core.repositoryformatversion 1;"
	  "git -C x config extensions.other 1",
	  "x", "extensions.other" },
	{ "future format", "git init -q x; git -C x config core.repositoryformatversion 9", "x",
	  "version" },
	{ "no repository", "mkdir x", "x", "is not in a Git repository" },
	{ "missing", "true", "x", "No such file" },
	{ "a file", "echo >x", "x", "not a directory" },
	{ "broken .git file", "mkdir x; echo 'gitdir: /nowhere' >x/.git", "x",
	  "not in a Git repository" },
	{ "broken configuration", "git init -q x; echo '[' >x/.git/config", "x", "cannot open" },
	{ "broken user configuration", "git init -q x; echo '[' >home/.gitconfig", "x",
	  ".gitconfig" },
};

/* Said or not, this is how repositories are. */
static void extensions_that_say_the_usual_are_read(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "cd r; git config core.repositoryformatversion 1; git config extensions.objectFormat "
	      "sha1; git config extensions.refStorage files");
	assert_true(read_repo(f, "r", NULL));
	assert_int_equal(f->files.n, 3);
}

static void other_repositories_are_refused_with_a_reason(void **state)
{
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		print_message("         %s\n", refusals[i].name);
		sh(f, "rm -rf x; %s", refusals[i].script);
		assert_fails(f, open_repo(f, refusals[i].open), refusals[i].says);
		assert_int_equal(f->err.code, ERR_GIT);
	}
}

static void with_a_path_git_dir_is_ignored(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "git init -q other");
	setenv("GIT_DIR", at(f, "other/.git"), 1);
	setenv("GIT_WORK_TREE", at(f, "other"), 1);
	setenv("GIT_INDEX_FILE", at(f, "nowhere"), 1);
	setenv("GIT_OBJECT_DIRECTORY", at(f, "nowhere"), 1);
	must_hold_all(f, "r");
}

/* Makes `path` the current directory; gives what leave() goes back with. */
static int enter(const char *path)
{
	int top = open(".", O_RDONLY | O_DIRECTORY);

	assert_true(top >= 0);
	assert_int_equal(chdir(path), 0);
	return top;
}

static void leave(int top)
{
	assert_int_equal(fchdir(top), 0);
	close(top);
}

static void without_a_path_git_dir_and_work_tree_count(void **state)
{
	struct git_fixture *f = *state;
	struct file_change change;

	make_repo(f);
	sh(f, "mkdir work; cp r/a.tf work");
	setenv("GIT_DIR", at(f, "r/.git"), 1);
	setenv("GIT_WORK_TREE", at(f, "work"), 1);
	must_hold_all(f, NULL);
	change = change_to(f, "a.tf", S("new\n"));
	assert_works(f, repo_write(f->repo, &f->base, &change, 1, NULL, &f->err));
	assert_str(sh_out(f, "cat work/a.tf r/a.tf"), "new\na = 1\n");
}

static void a_work_tree_elsewhere_is_used_with_the_repository_that_is_found(void **state)
{
	struct git_fixture *f = *state;
	struct file_change change;

	make_repo(f);
	sh(f, "mkdir work; cp r/a.tf work");
	setenv("GIT_WORK_TREE", at(f, "work"), 1);
	int top = enter(at(f, "r/dir"));

	must_hold_all(f, NULL);
	change = change_to(f, "a.tf", S("new\n"));
	assert_works(f, repo_write(f->repo, &f->base, &change, 1, NULL, &f->err));
	leave(top);
	assert_str(sh_out(f, "cat work/a.tf r/a.tf"), "new\na = 1\n");
}

static void without_a_path_the_current_directory_counts(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	int top = enter(at(f, "r/dir"));

	must_hold_all(f, NULL);
	leave(top);
}

/* The owner cannot be changed without being root. */
static bool give_away(struct git_fixture *f)
{
	make_repo(f);
	if (geteuid() != 0)
		return false;
	sh(f, "chown -R 1234 r");
	return true;
}

static void another_users_repository_is_refused_until_the_command_we_print(void **state)
{
	struct git_fixture *f = *state;
	const char *command;

	if (!give_away(f))
		skip();
	assert_fails(f, open_repo(f, "r"), "belongs to another user (uid 1234)");
	command = strstr(f->err.msg, "git config");
	assert_non_null(command);
	sh(f, "%s", command);
	must_hold_all(f, "r");
}

/* Settings that do or do not declare the repository safe; %s is its path. */
static const struct safe {
	const char *script; /* writes the user's configuration */
	bool safe;
} safes[] = {
	{ "git config --global safe.directory '*'", true },
	{ "git config --global safe.directory \"$PWD/r\"", true },
	{ "git config --global safe.directory \"$PWD/r/\"", true },
	{ "git config --global safe.directory \"$PWD/*\"", true },
	{ "git config --global safe.directory '~/../r'", true },
	{ "mkdir -p home/.config/git; printf '[safe]\\ndirectory = *\\n' >home/.config/git/config",
	  true },
	{ "git config --global safe.directory '*'; git config --global --add safe.directory ''",
	  false },
	{ "git config --global safe.directory ''; git config --global --add safe.directory '*'",
	  true },
	{ "git config --global safe.directory \"$PWD\"", false },
	{ "git config --global safe.directory \"$PWD/r*\"", false },
	{ "git config --global safe.directory r", false },
	{ "printf '[safe]\\ndirectory\\n' >>home/.gitconfig", false },
	{ "printf '[safe]\\ndirectory = ~nobody-here/r\\n' >>home/.gitconfig", false },
	{ "git config --global safe.directory '*'; git config --global --add safe.directory /x",
	  true },
	{ "printf '[include]\\npath = more\\n' >>home/.gitconfig;"
	  "printf '[safe]\\ndirectory = *\\n' >home/more",
	  true },
	{ "GIT_CONFIG_GLOBAL= git config -f r/.git/config safe.directory '*'", false },
};

static void safe_directory_means_what_it_means_to_git(void **state)
{
	struct git_fixture *f = *state;

	if (!give_away(f))
		skip();
	for (size_t i = 0; i < sizeof(safes) / sizeof(*safes); i++) {
		print_message("         %s\n", safes[i].script);
		sh(f, "rm -rf home; mkdir home; %s", safes[i].script);
		if (safes[i].safe)
			must_hold_all(f, "r");
		else
			assert_fails(f, open_repo(f, "r"), "belongs to another user");
	}
}

static void safe_directory_is_read_from_the_environment_too(void **state)
{
	struct git_fixture *f = *state;

	if (!give_away(f))
		skip();
	sh(f, "printf '[safe]\\ndirectory = *\\n' >other");
	setenv("GIT_CONFIG_GLOBAL", at(f, "other"), 1);
	must_hold_all(f, "r");
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	assert_fails(f, open_repo(f, "r"), "belongs to another user");
	setenv("GIT_CONFIG_SYSTEM", at(f, "other"), 1);
	assert_fails(f, open_repo(f, "r"), "belongs to another user");
	unsetenv("GIT_CONFIG_NOSYSTEM");
	must_hold_all(f, "r");
	setenv("GIT_CONFIG_SYSTEM", "/dev/null", 1);
	setenv("GIT_CONFIG_COUNT", "2", 1);
	setenv("GIT_CONFIG_KEY_0", "a.b", 1);
	setenv("GIT_CONFIG_VALUE_0", "c", 1);
	setenv("GIT_CONFIG_KEY_1", "Safe.Directory", 1);
	setenv("GIT_CONFIG_VALUE_1", "*", 1);
	must_hold_all(f, "r");
	/* the first without its key or its value ends them */
	unsetenv("GIT_CONFIG_VALUE_0");
	assert_fails(f, open_repo(f, "r"), "belongs to another user");
	setenv("GIT_CONFIG_VALUE_0", "c", 1);
	unsetenv("GIT_CONFIG_KEY_0");
	assert_fails(f, open_repo(f, "r"), "belongs to another user");
	setenv("GIT_CONFIG_COUNT", "0", 1);
	setenv("GIT_CONFIG_SYSTEM", at(f, "other"), 1);
	setenv("GIT_CONFIG_NOSYSTEM", "0", 1);
	must_hold_all(f, "r");
	setenv("GIT_CONFIG_NOSYSTEM", "perhaps", 1);
	must_hold_all(f, "r");
	setenv("GIT_CONFIG_GLOBAL", "", 1); /* no file at all */
	must_hold_all(f, "r");
	setenv("GIT_CONFIG_SYSTEM", "", 1);
	assert_fails(f, open_repo(f, "r"), "belongs to another user");
}

static void with_sudo_the_callers_repository_is_ours(void **state)
{
	struct git_fixture *f = *state;

	if (!give_away(f))
		skip();
	setenv("SUDO_UID", "1234", 1);
	must_hold_all(f, "r");
	setenv("SUDO_UID", "12345", 1);
	assert_fails(f, open_repo(f, "r"), "belongs to another user");
	setenv("SUDO_UID", "1234x", 1);
	assert_fails(f, open_repo(f, "r"), "belongs to another user");
	setenv("SUDO_UID", "+1234", 1);
	assert_fails(f, open_repo(f, "r"), "belongs to another user");
}

static void a_foreign_git_directory_in_our_own_folder_is_refused(void **state)
{
	struct git_fixture *f = *state;

	if (!give_away(f))
		skip();
	sh(f, "chown 0 r");
	assert_fails(f, open_repo(f, "r"), "belongs to another user");
	sh(f, "chown -R 0 r; git clone -q --bare r b.git; chown -R 1234 b.git");
	assert_fails(f, open_repo(f, "b.git"), "b.git' belongs to another user");
}

static void git_dir_is_trusted_as_git_does(void **state)
{
	struct git_fixture *f = *state;

	if (!give_away(f))
		skip();
	setenv("GIT_DIR", at(f, "r/.git"), 1);
	must_hold_all(f, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(repositories_of_each_kind_are_read),
		GIT_TEST(extensions_that_say_the_usual_are_read),
		GIT_TEST(other_repositories_are_refused_with_a_reason),
		GIT_TEST(with_a_path_git_dir_is_ignored),
		GIT_TEST(without_a_path_git_dir_and_work_tree_count),
		GIT_TEST(a_work_tree_elsewhere_is_used_with_the_repository_that_is_found),
		GIT_TEST(without_a_path_the_current_directory_counts),
		GIT_TEST(another_users_repository_is_refused_until_the_command_we_print),
		GIT_TEST(safe_directory_means_what_it_means_to_git),
		GIT_TEST(safe_directory_is_read_from_the_environment_too),
		GIT_TEST(with_sudo_the_callers_repository_is_ours),
		GIT_TEST(a_foreign_git_directory_in_our_own_folder_is_refused),
		GIT_TEST(git_dir_is_trusted_as_git_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
