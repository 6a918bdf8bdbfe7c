/* SPDX-License-Identifier: MIT */
/*
 * git_fixture - a scratch directory with its own home, for tests that use real repositories made by
 * the git program. Every test gets a new one; nothing of the caller's configuration or environment
 * shows.
 */
#ifndef KMSFIX_TESTS_GIT_FIXTURE_H
#define KMSFIX_TESTS_GIT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>

#include "kmsfix/arena.h"
#include "kmsfix/git.h"

struct git_fixture {
	char dir[64];
	struct arena *arena;
	struct repo *repo;
	struct err err;
	struct fileset files;
	struct diags diags;
	struct base_info base;
};

/* cmocka's setup and teardown of a test; *state is the struct git_fixture. */
int git_fixture_create(void **state);
int git_fixture_destroy(void **state);

/* Runs the shell script in the directory; a failing command in it fails the test. */
void sh(struct git_fixture *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same, and what it prints. */
str sh_out(struct git_fixture *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Makes repository r: a.tf, dir/b.tf (executable) and dir/sub/c.json in one commit. */
void make_repo(struct git_fixture *f);

/* `name` beneath the scratch directory. */
const char *at(struct git_fixture *f, const char *name);
/* Opens; f->repo is closed with the fixture. */
bool open_repo(struct git_fixture *f, const char *name);
/* Opens and reads a revision with all its files. */
bool read_repo(struct git_fixture *f, const char *name, const char *rev);
void must_read(struct git_fixture *f, const char *name);
/* The change of the file at `path` that replaces all its text. */
struct file_change change_to(struct git_fixture *f, const char *path, str text);
/* The diagnostics, one per line: "path: severity: text". */
str diags_text(struct git_fixture *f);

void assert_str(str got, const char *want);
void assert_has(const char *text, const char *part);
/* The call failed, with a one-line message that holds `part`. */
#define assert_fails(f, call, part)                      \
	do {                                             \
		assert_false(call);                      \
		assert_has((f)->err.msg, (part));        \
		assert_null(strchr((f)->err.msg, '\n')); \
	} while (0)
#define assert_works(f, call)                         \
	do {                                          \
		if (!(call))                          \
			fail_msg("%s", (f)->err.msg); \
	} while (0)

#define GIT_TEST(name) \
	cmocka_unit_test_setup_teardown(name, git_fixture_create, git_fixture_destroy)

#endif
