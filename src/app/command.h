/* SPDX-License-Identifier: MIT */
/* command - what the program does besides looking at a repository. */
#ifndef KMSFIX_APP_COMMAND_H
#define KMSFIX_APP_COMMAND_H

#include "kmsfix/err.h"
#include "kmsfix/options.h"
#include "run.h"

/* explain CODE...: what each code means; without one, all codes with a line each. */
bool command_explain(const struct options *o, struct err *e);
/* account DIR...: what to change in an account without code. */
bool command_account(const struct options *o, enum status *status, struct err *e);
/* report --merge FILE...: one summary of many results. */
bool command_report(const struct options *o, struct err *e);

#endif
