/* SPDX-License-Identifier: MIT */
/* publish - the fix as commits on branches, and those where others see them. */
#ifndef KMSFIX_APP_PUBLISH_H
#define KMSFIX_APP_PUBLISH_H

#include "fix.h"
#include "kmsfix/git.h"

struct publisher {
	/* Set by the caller: */
	const struct options *options;
	struct arena *arena;
	struct repo *repo;
	const struct base_info *base;
	const struct fix *fix; /* of all findings */
	str message;           /* template of the commit message, or empty */
	/* The outcome: what could not be done after the branches were made; its code is ERR_NONE
	 * when there is no such thing. */
	struct err unpushed;
};

/* Whether all that was asked for can be done at all; before any work is. */
bool publish_check(struct publisher *p, struct err *e);
/*
 * Makes, updates and deletes branches, and says so in *in. False with *e when a branch cannot be
 * made; those that were made before it stay.
 */
bool publish(struct publisher *p, struct report_input *in, struct err *e);
/* Pushes them, where that was asked for. */
void publish_push(struct publisher *p, struct report_input *in);

#endif
