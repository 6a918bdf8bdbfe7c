/* SPDX-License-Identifier: MIT */
/* told - what the files of the command line say that the repository does not. */
#ifndef KMSFIX_APP_TOLD_H
#define KMSFIX_APP_TOLD_H

#include "kmsfix/config.h"
#include "kmsfix/diag.h"
#include "kmsfix/facts.h"
#include "kmsfix/options.h"

/* What the answers of an account leave out. */
void told_say_gaps(const struct facts *facts, struct diags *diags);

/*
 * Reads what accounts say about themselves and their logs into the configuration, with progress on
 * a terminal. What they and the logs leave out goes to `diags`.
 */
bool told_read(struct config *config, const struct options *o, struct diags *diags, struct arena *a,
	       struct err *e);

#endif
