/* SPDX-License-Identifier: MIT */
/* parts - the fix cut into branches by --group-by, each part planned and proved by itself. */
#ifndef KMSFIX_APP_PARTS_H
#define KMSFIX_APP_PARTS_H

#include "fix.h"
#include "kmsfix/group.h"

struct branch_part {
	const struct fix *fix;
	const char *branch;
	str group; /* "unit infra/prod"; empty for GROUP_ALL */
	struct strs ids;
};

struct parts {
	struct branch_part *v;
	size_t n, cap;
};

/* The name of the branch of a group: lower-case letters, digits and dashes after `branch`. */
const char *parts_branch(struct arena *a, const char *branch, str label);
/*
 * The parts of `whole`; none when it changes nothing.
 */
bool parts_make(struct parts *out, const struct fix *whole, const char *branch, enum group_by by,
		struct arena *a, struct err *e);

#endif
