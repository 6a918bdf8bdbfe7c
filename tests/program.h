/* SPDX-License-Identifier: MIT */
/*
 * program - the program under test, and validators of what it prints. KMSFIX names the program,
 * else it is $BUILD/kmsfix; RUN is put before it (valgrind), with RUN_EVERY=4 only before the first
 * of four runs.
 */
#ifndef KMSFIX_TESTS_PROGRAM_H
#define KMSFIX_TESTS_PROGRAM_H

#include "support.h"

#define PROGRAM_ARGS 16

/* The words of RUN to put before the next run, or none. */
str program_wrapper(void);
/* Runs it with up to PROGRAM_ARGS arguments, ended by NULL. */
struct outcome program_run(struct arena *a, const char *const *args);
/* A repository in a new directory with the files of `from`; test_rmdir() removes it. */
const char *program_repo(struct arena *a, const char *from);

/*
 * Fails unless all `n` files (at most PROGRAM_ARGS) hold JSON that is as the JSON Schema says.
 * Where python3-jsonschema is not installed the running test is skipped, unless KMSFIX_VALIDATE=1.
 */
void program_validate(struct arena *a, const char *schema, const char *const *files, size_t n);
/* Skips the running test, or fails it with KMSFIX_VALIDATE=1 (as in CI): `what` is not there. */
void program_lacks(const char *what);

#endif
