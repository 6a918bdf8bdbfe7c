/* SPDX-License-Identifier: MIT */
/*
 * mailbox - the directory through which repositories ask each other for grants (request.h): one
 * writes requests into it, the other reads them and writes receipts beside them.
 */
#ifndef KMSFIX_APP_MAILBOX_H
#define KMSFIX_APP_MAILBOX_H

#include "fix.h"
#include "kmsfix/git.h"
#include "kmsfix/request.h"

/* Makes the directory of --requests, before the run is confined to it; reading it tells why not. */
void mailbox_make(const struct options *o);
/* --requests and --grants: what is there, into the configuration. */
bool mailbox_read(struct config *config, const struct options *o, struct arena *a, struct err *e);
/*
 * Writes what the run asks for and what the base grants, all files or none, and says so in `diags`.
 * A file that would not change stays as it is.
 */
bool mailbox_write(const struct fix *f, struct repo *repo, const struct base_info *base,
		   struct err *e);

#endif
