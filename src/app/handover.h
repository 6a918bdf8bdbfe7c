/* SPDX-License-Identifier: MIT */
/* handover - the directory with which people change an account. */
#ifndef KMSFIX_APP_HANDOVER_H
#define KMSFIX_APP_HANDOVER_H

#include "kmsfix/account.h"
#include "kmsfix/plan.h"

/*
 * Writes what turns the account's files into `result`, as `plan` has it: documents before and
 * after, scripts, and what to do by hand, into the new directory `dir`, which nobody else can
 * read. ERR_IO, also when it is there already.
 */
bool handover_write(const struct account *acct, const struct plan *plan,
		    const struct fileset *result, const char *dir, struct arena *a, struct err *e);

#endif
