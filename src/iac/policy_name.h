/* SPDX-License-Identifier: MIT */
/* The names of policies, as they are written: all of them, and which may be the same. */
#ifndef KMSFIX_IAC_POLICY_NAME_H
#define KMSFIX_IAC_POLICY_NAME_H

#include "kmsfix/model.h"

struct policies {
	struct policy **v;
	size_t n, cap;
};

/* Adds a name that the policy has, or has at times, as it is written, in no scope. */
void policy_call(struct model *m, struct policy *p, str name);
/* All policies of just that name so far; NULL: none. */
const struct policies *policies_called(const struct model *m, str name);
/* Adds those that may have the name too, since it or theirs is known only in part. */
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
