/* SPDX-License-Identifier: MIT */
/* lower - changes to edits, once, in the language and style of each place. */
#ifndef KMSFIX_LOWER_H
#define KMSFIX_LOWER_H

#include "kmsfix/edit.h"
#include "kmsfix/round.h"

/*
 * Adds the edits of all changes. A change that cannot be spelled where it stands adds the ids of
 * its findings and the reason to `options->held_…` and makes the result false: plan again.
 */
bool plan_lower(struct edits *out, const struct plan *plan, struct plan_options *options);
/* The same for the grants alone, which plan_lower() has found to be spelled. */
bool plan_lower_grants(struct edits *out, const struct plan *plan);

#endif
