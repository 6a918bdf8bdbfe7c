/* SPDX-License-Identifier: MIT */
/*
 * support - what the tests share: cmocka, comparing slices, files, commands, and scratch Git
 * repositories whose commits always get the same ids. Tests run in the project's top directory.
 * Whatever goes wrong in here fails the running test.
 */
#ifndef KMSFIX_TESTS_SUPPORT_H
#define KMSFIX_TESTS_SUPPORT_H

/* cmocka.h wants these before itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kmsfix/arena.h"
#include "kmsfix/str.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* Fails, showing both, unless the slices hold the same bytes. */
#define assert_str_eq(got, want) test_str_eq((got), (want), __FILE__, __LINE__)
void test_str_eq(str got, str want, const char *file, int line);

/* Fails the running test with a message. */
void test_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The bytes of a file, followed by a NUL; fails when it cannot be read. */
str test_read(struct arena *a, const char *path);
bool test_exists(const char *path);
void test_write(const char *path, str text);

struct outcome {
	int status; /* exit status, or 128 + signal */
	str out, err;
};

/*
 * Runs argv[0], found in PATH, with a fixed environment for Git: no configuration but the
 * repository's, fixed author and date. stdin is empty.
 */
struct outcome test_run(struct arena *a, const char *const argv[]);
/* Runs it and fails unless it exits with 0; its stdout. */
str test_must(struct arena *a, const char *const argv[]);

/* A new empty directory; test_rmdir removes it and all that is in it. */
const char *test_mkdir(struct arena *a);
void test_rmdir(struct arena *a, const char *dir);

/* Copies what is in a directory into one that is made where it is not there. */
void test_copy(struct arena *a, const char *from, const char *to);

/* Makes `dir` a repository whose first commit, on branch main, holds what is in it. */
void test_repo(struct arena *a, const char *dir);
/* Commits all that is in the work tree. */
void test_commit(struct arena *a, const char *dir, const char *message);

#endif
