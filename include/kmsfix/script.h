/* SPDX-License-Identifier: MIT */
/*
 * script - how an account is changed, as files to hand over: policy documents before and after,
 * shell scripts that make the calls of AWS's command line, and what to do in the console instead.
 */
#ifndef KMSFIX_SCRIPT_H
#define KMSFIX_SCRIPT_H

#include "kmsfix/account.h"
#include "kmsfix/plan.h"

/*
 * Adds the files that turn the account's files into `result` (sorted), as `plan` has it; scripts
 * have mode 0100755.
 * Nothing of a name or document can be taken for shell, Markdown or HTML. Equal inputs give equal
 * bytes.
 */
void script_make(struct fileset *out, const struct account *acct, const struct plan *plan,
		 const struct fileset *result, struct arena *a);

#endif
