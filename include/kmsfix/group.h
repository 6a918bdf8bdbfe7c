/* SPDX-License-Identifier: MIT */
/*
 * group - a plan in parts, each of which can be made alone, and all of them in any order.
 *
 * Findings that one change is for are in one group, and so are those that would edit the same list
 * or block, have their grants in the same key policy, empty the same document, or need the same new
 * output or variable: two branches that did this beside each other could not both be merged. What
 * is left apart by that is then put together by what the user asked for.
 */
#ifndef KMSFIX_GROUP_H
#define KMSFIX_GROUP_H

#include "kmsfix/plan.h"

/* In the order of the words of --group-by. */
enum group_by {
	GROUP_ALL,  /* one group */
	GROUP_UNIT, /* by what is applied together: root module, stack */
	GROUP_KEY,  /* as small as can be: by key */
	GROUP_FILE, /* by the file of the IAM policy */
};

struct group {
	str label;       /* what it is for: "infra/prod"; the first, when it is for several */
	struct strs ids; /* of findings that are fixed or removed, sorted */
};

struct groups {
	struct group *v;
	size_t n, cap;
};

/* The word of --group-by. */
const char *group_by_name(enum group_by by);
/* All findings that the plan fixes or removes, in groups sorted by label; none when it has none. */
void groups_make(struct groups *out, const struct plan *plan, enum group_by by, struct arena *a);
/* True when the plan fixes or removes exactly the findings of the group. */
bool group_is_whole(const struct group *g, const struct plan *plan);

#endif
