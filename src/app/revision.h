/* SPDX-License-Identifier: MIT */
/* revision - one revision of the repository as a run reads it. */
#ifndef KMSFIX_APP_REVISION_H
#define KMSFIX_APP_REVISION_H

#include "kmsfix/config.h"
#include "kmsfix/git.h"
#include "kmsfix/options.h"

#define CONFIG_NAME ".kmsfix.json"

struct revision {
	struct fileset files; /* but those that the configuration excludes */
	struct base_info info;
	struct config *config; /* of --config, else of the revision; with what accounts say */
};

/* Reads revision `rev` (NULL: HEAD). */
bool revision_read(struct revision *out, struct repo *repo, const struct options *o,
		   const char *rev, struct arena *a, struct diags *diags, struct err *e);

/*
 * What the repository calls itself: in the configuration, else by its remote "origin". False when
 * neither says.
 */
bool revision_name(str *out, const struct config *c, struct repo *repo);

#endif
