/* SPDX-License-Identifier: MIT */
/* options_check - what options cannot go together, and how many outputs there are. */
#ifndef KMSFIX_APP_OPTIONS_CHECK_H
#define KMSFIX_APP_OPTIONS_CHECK_H

#include "kmsfix/options.h"

/* To be called when all arguments are read. False with *e (ERR_USAGE). */
bool options_check(struct options *out, struct err *e);

#endif
