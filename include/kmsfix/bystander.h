/* SPDX-License-Identifier: MIT */
/*
 * bystander - what reads text that an edit changes, and is no part of the access model: a trust or
 * bucket policy, an argument of a module that cannot be looked into. It has to say the same as
 * before. This asks the two models alone, and knows nothing of what was planned.
 */
#ifndef KMSFIX_BYSTANDER_H
#define KMSFIX_BYSTANDER_H

#include "kmsfix/model.h"

/* Names the first bystander that says something else in `after`; empty: all say the same. */
str bystander_changed(const struct model *before, const struct model *after, struct arena *a);

#endif
