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
#include "kmsfix/strs.h"
#include "outbox.h"

/* Makes the directory of --requests, before the run is confined to it; reading it tells why not. */
void mailbox_make(const struct options *o);
/* --requests and --grants: what is there, into the configuration. */
bool mailbox_read(struct config *config, const struct options *o, struct arena *a, struct err *e);

struct mailbox {
	/* Set by the caller: */
	const struct fix *fix;
	struct repo *repo;
	const struct base_info *base;
	/* Ours: */
	struct outbox out;
	struct strs notes; /* what is to be said once all is done */
};

/*
 * Gets ready what the run asks for and what the base grants, so that little can go wrong when it is
 * committed. A file that would not change stays as it is.
 */
bool mailbox_prepare(struct mailbox *m, struct err *e);
/* All files or none; says so in `diags`. */
bool mailbox_commit(struct mailbox *m, struct err *e);
void mailbox_close(struct mailbox *m);

#endif
