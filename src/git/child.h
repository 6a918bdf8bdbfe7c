/* SPDX-License-Identifier: MIT */
/*
 * child - the user's own git, where something is theirs to do: their keys, helpers and network. It
 * is started without a shell, and what it says goes to our standard error.
 */
#ifndef KMSFIX_SRC_GIT_CHILD_H
#define KMSFIX_SRC_GIT_CHILD_H

#include "repo.h"

#define CHILD_ARGS 24

struct child {
	const char *args[CHILD_ARGS]; /* after `git -C <the repository>`; ended by NULL */
	const char *env[8];           /* NAME=value; ended by NULL */
	str input;                    /* what it reads */
	bool capture;                 /* its standard output goes to `output` */
	str output;
	int status; /* its exit status; 128 + n when signal n ended it */
};

/* False with *e only when it cannot be started or watched. */
bool child_run(struct child *c, const struct repo *r, struct err *e);

#endif
