/* SPDX-License-Identifier: MIT */
/*
 * report_fixture - a small world to report on. It stands without support.h, whose struct outcome is
 * not the plan's enum outcome.
 */
#ifndef KMSFIX_TESTS_REPORT_FIXTURE_H
#define KMSFIX_TESTS_REPORT_FIXTURE_H

/* cmocka.h wants these before itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kmsfix/action.h"
#include "kmsfix/arena.h"
#include "kmsfix/report.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define REF(source) "\x01" source "\x02"

/* A repository of two files and whatever findings a test adds. */
struct world {
	struct arena *arena;
	struct file iam, other;
	struct statement statements[3];
	struct plan plan;
	struct edits edits;
	struct diags diags;
	struct report_input in;
	struct buf out;
};

int world_setup(void **state);
int world_teardown(void **state);
/* Adds a finding about 5 bytes of `f`; it stays where it is until the next one is added. */
struct finding *world_add(struct world *w, enum outcome outcome, const struct file *f, size_t start,
			  const char *address);
/* Adds a hold code to a finding. */
void world_hold(struct world *w, struct finding *f, const char *code);
/* Adds a branch with commit 2222; it stays where it is until the next one is added. */
struct report_branch *world_branch(struct world *w, str name, enum report_branch_state state);
/* One finding of each outcome; two edits; a proof. */
void world_fill(struct world *w);
/* Findings of every outcome whose every text tries to be something else; an edit. */
void world_fill_hostile(struct world *w);
/* Compares what was reported, and forgets it. */
void assert_out(struct world *w, const char *want);

/*
 * What `command`, which reads a file, prints about what was reported. Skips the running test where
 * there is no such command, unless KMSFIX_VALIDATE=1, as in CI.
 */
str world_pipe(struct world *w, const char *command, const char *arguments);

#endif
