/* SPDX-License-Identifier: MIT */
/*
 * Directories and repositories without a process for each step: starting the several thousand that
 * git, cp and rm would be was most of what the tests took. That repositories made by git itself are
 * read and written well is for the tests of src/git, and a new `git apply` judges each diff.
 */
#define _XOPEN_SOURCE 700 /* S_IFMT */
#include <dirent.h>
#include <errno.h>
#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support.h"

/* Calls `visit` with what is in a directory, and there with `to`/NAME. */
static void each_in(struct arena *a, const char *dir, const char *to,
		    void (*visit)(struct arena *a, const char *path, const char *to))
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	if (!d)
		test_fail("cannot list '%s': %s", dir, strerror(errno));
	while (d && (entry = readdir(d))) {
		const char *name = entry->d_name;

		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
			visit(a, str_fmt(a, "%s/%s", dir, name).p,
			      to ? str_fmt(a, "%s/%s", to, name).p : NULL);
	}
	if (d)
		closedir(d);
}

static bool is_kind(const char *path, mode_t kind)
{
	struct stat st;

	return !lstat(path, &st) && (st.st_mode & S_IFMT) == kind;
}

static void remove_tree(struct arena *a, const char *path, const char *unused)
{
	bool folder = is_kind(path, S_IFDIR);

	(void)unused;
	if (folder)
		each_in(a, path, NULL, remove_tree);
	if (folder ? rmdir(path) : unlink(path))
		test_fail("cannot remove '%s': %s", path, strerror(errno));
}

void test_rmdir(struct arena *a, const char *dir)
{
	if (test_exists(dir))
		remove_tree(a, dir, NULL);
}

static void copy_link(const char *from, const char *to)
{
	char target[4096];
	ssize_t n = readlink(from, target, sizeof(target) - 1);

	if (n < 0) {
		test_fail("cannot read '%s': %s", from, strerror(errno));
		return;
	}
	target[n] = '\0';
	if (symlink(target, to))
		test_fail("cannot make '%s': %s", to, strerror(errno));
}

static void copy(struct arena *a, const char *from, const char *to)
{
	if (is_kind(from, S_IFDIR)) {
		test_copy(a, from, to);
	} else if (is_kind(from, S_IFLNK)) {
		copy_link(from, to);
	} else {
		test_write(to, test_read(a, from));
		if (!access(from, X_OK))
			chmod(to, 0755);
	}
}

void test_copy(struct arena *a, const char *from, const char *to)
{
	if (mkdir(to, 0755) && errno != EEXIST)
		test_fail("cannot make '%s': %s", to, strerror(errno));
	each_in(a, from, to, copy);
}

/* Fails the test when a call of libgit2 did. */
static void must(int result)
{
	if (result < 0)
		test_fail("libgit2: %s", git_error_last() ? git_error_last()->message : "error");
}

/* No configuration but the repository's. */
static void start_git(void)
{
	static const int levels[] = { GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_GLOBAL,
				      GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_PROGRAMDATA };

	must(git_libgit2_init());
	for (size_t i = 0; i < COUNT(levels); i++)
		must(git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], ""));
}

/* All that is in the work tree, also what is ignored: it is part of the test too. */
static void add_all(git_repository *repo, git_oid *tree)
{
	git_index *index;

	must(git_repository_index(&index, repo));
	must(git_index_add_all(index, NULL, GIT_INDEX_ADD_FORCE, NULL, NULL));
	must(git_index_write(index));
	must(git_index_write_tree(tree, index));
	git_index_free(index);
}

static void commit_on_head(git_repository *repo, const git_oid *tree_id, const char *message)
{
	git_signature *ada;
	git_commit *parent = NULL;
	git_tree *tree;
	git_oid id;

	must(git_signature_new(&ada, "Ada", "ada@example.com", 1700000000, 0));
	must(git_tree_lookup(&tree, repo, tree_id));
	if (!git_reference_name_to_id(&id, repo, "HEAD"))
		must(git_commit_lookup(&parent, repo, &id));
	must(git_commit_create_v(&id, repo, "HEAD", ada, ada, NULL, message, tree, parent ? 1 : 0,
				 parent));
	git_commit_free(parent);
	git_tree_free(tree);
	git_signature_free(ada);
}

static void commit_all(struct arena *a, git_repository *repo, const char *message)
{
	git_oid tree;

	add_all(repo, &tree);
	commit_on_head(repo, &tree, str_fmt(a, "%s\n", message).p);
	git_repository_free(repo);
	git_libgit2_shutdown();
}

void test_repo(struct arena *a, const char *dir)
{
	git_repository_init_options options;
	git_repository *repo;

	start_git();
	must(git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION));
	options.flags = GIT_REPOSITORY_INIT_MKPATH;
	options.initial_head = "main";
	must(git_repository_init_ext(&repo, dir, &options));
	commit_all(a, repo, "start");
}

void test_commit(struct arena *a, const char *dir, const char *message)
{
	git_repository *repo;

	start_git();
	must(git_repository_open(&repo, dir));
	commit_all(a, repo, message);
}
