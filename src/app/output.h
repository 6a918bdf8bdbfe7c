/* SPDX-License-Identifier: MIT */
/* output - where the results go. */
#ifndef KMSFIX_APP_OUTPUT_H
#define KMSFIX_APP_OUTPUT_H

#include "kmsfix/err.h"
#include "kmsfix/str.h"

/* Writes `text` to the file `name`; NULL: to standard output. ERR_IO. */
bool output_write(const char *name, str text, struct err *e);

#endif
