/* SPDX-License-Identifier: MIT */
/* config_slip - entries of the configuration that are well formed, and about nothing. */
#ifndef KMSFIX_CONFIG_SLIP_H
#define KMSFIX_CONFIG_SLIP_H

#include "kmsfix/model.h"

/* A warning for each: a slip must not silently do nothing. */
void config_slips(const struct model *m, struct diags *d);

#endif
