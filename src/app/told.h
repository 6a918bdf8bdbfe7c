/* SPDX-License-Identifier: MIT */
/* told - what the files of the command line say that the repository does not. */
#ifndef KMSFIX_APP_TOLD_H
#define KMSFIX_APP_TOLD_H

#include "kmsfix/config.h"
#include "kmsfix/options.h"

/* Reads the files of --account-details and --key-answers into the configuration. */
bool told_read(struct config *config, const struct options *o, struct arena *a, struct err *e);

#endif
