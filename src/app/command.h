/* SPDX-License-Identifier: MIT */
/* command - what the program does besides looking at a repository. */
#ifndef KMSFIX_APP_COMMAND_H
#define KMSFIX_APP_COMMAND_H

#include "kmsfix/err.h"
#include "kmsfix/options.h"

/* explain CODE...: what each code means; without one, all codes with a line each. */
bool command_explain(const struct options *o, struct err *e);
/* report --merge FILE...: one summary of many results. */
bool command_report(const struct options *o, struct err *e);

#endif
