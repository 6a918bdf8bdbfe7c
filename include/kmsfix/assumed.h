/* SPDX-License-Identifier: MIT */
/* assumed - two units that are taken to be applied to one account, though nothing says so. */
#ifndef KMSFIX_ASSUMED_H
#define KMSFIX_ASSUMED_H

#include "kmsfix/model.h"

bool account_assumed(const struct model *m, const struct unit *x, const struct unit *y);

#endif
