/* SPDX-License-Identifier: MIT */
/* told - what the files of the command line say that the repository does not. */
#ifndef KMSFIX_APP_TOLD_H
#define KMSFIX_APP_TOLD_H

#include "kmsfix/config.h"
#include "kmsfix/diag.h"
#include "kmsfix/options.h"

/*
 * Reads what accounts say about themselves and their logs into the configuration, with progress on
 * a terminal. What the logs leave out goes to `diags`.
 */
bool told_read(struct config *config, const struct options *o, struct diags *diags, struct arena *a,
	       struct err *e);

#endif
