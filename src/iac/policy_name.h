/* SPDX-License-Identifier: MIT */
/* The names of policies, as they are written: all of them, and which may be the same. */
#ifndef KMSFIX_IAC_POLICY_NAME_H
#define KMSFIX_IAC_POLICY_NAME_H

#include "kmsfix/model.h"

struct policies {
	struct policy **v;
	size_t n, cap;
};

/* Whatever has a name, or speaks of one. */
struct name_entry {
	str name;
	void *value;
};

struct name_entries {
	struct name_entry **v;
	size_t n, cap;
};

/* A zeroed one is empty. */
struct name_index {
	struct map exact;
	struct name_entries all, partly; /* partly: whose names are known in part */
};

/* The entry of the name: a new one without a value where there was none. */
struct name_entry *name_entry(struct name_index *x, struct arena *a, str name);
/* Adds the entry of the name, if there is one, and those whose names may be the same. */
void name_entries_find(const struct name_index *x, struct arena *a, str name,
		       struct name_entries *out);

/* Adds a name that the policy has, or has at times, as it is written, in no scope. */
void policy_call(struct model *m, struct policy *p, str name);
/* All policies of just that name so far; NULL: none. */
const struct policies *policies_called(const struct model *m, str name);
/* Adds them, and those that may have the name, since it or theirs is known only in part. */
void policies_maybe_called(const struct model *m, str name, struct policies *out);

/* Something of the name is known, but not all of it. */
bool name_is_partly_known(str name);
/*
 * One of them is known only in part, and some values of the references make them one name. What
 * begins or ends both is the same in both, a reference too. False where nothing that is known of
 * one stands against anything of the other, as in "${var.a}-read" and "app-${var.b}".
 */
bool names_may_equal(str a, str b);

#endif
