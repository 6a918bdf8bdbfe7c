/* SPDX-License-Identifier: MIT */
/* completion - what a shell completes on our command line, out of the table of options. */
#ifndef KMSFIX_APP_COMPLETION_H
#define KMSFIX_APP_COMPLETION_H

#include "kmsfix/buf.h"

/* Appends the completions for "bash", "zsh" or "fish"; nothing for any other shell. */
void completion_print(struct buf *out, str shell);

#endif
