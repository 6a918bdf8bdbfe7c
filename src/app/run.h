/* SPDX-License-Identifier: MIT */
#ifndef KMSFIX_APP_RUN_H
#define KMSFIX_APP_RUN_H

#include "kmsfix/options.h"

/* Exit statuses (kmsfix(1)). */
enum status {
	STATUS_DONE = 0, /* nothing to do, or done */
	STATUS_ERROR = 1,
	STATUS_AVAILABLE = 2,  /* a fix is available */
	STATUS_HELD = 3,       /* findings are held, and nothing else is left to do */
	STATUS_NOT_PUSHED = 4, /* the commit is here, but not where it was to be pushed */
	STATUS_REGRESSED = 5,  /* --check: a permission is back, a grant gone, a file unread */
};

/* The whole run but for the arguments and the exit. False with *e: status 1. */
bool run(const struct options *o, enum status *status, struct err *e);
/* The same for --check. */
bool run_check(const struct options *o, enum status *status, struct err *e);

#endif
