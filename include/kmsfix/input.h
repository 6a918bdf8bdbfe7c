/* SPDX-License-Identifier: MIT */
/* input - one file that the user names on the command line, outside of what Git holds. */
#ifndef KMSFIX_INPUT_H
#define KMSFIX_INPUT_H

#include "kmsfix/err.h"
#include "kmsfix/str.h"

/*
 * Reads the whole file at `path` (a NUL-terminated C string, see str_z) into the arena. False with
 * *e (ERR_IO) when it cannot be read or has more than `limit` bytes.
 */
bool input_read(str *out, const char *path, size_t limit, struct arena *a, struct err *e);

#endif
