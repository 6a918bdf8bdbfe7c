/* SPDX-License-Identifier: MIT */
/* arguments - a command line for options_parse(), for tests. */
#ifndef KMSFIX_TESTS_ARGUMENTS_H
#define KMSFIX_TESTS_ARGUMENTS_H

#include "kmsfix/options.h"

#define MAX_ARGS (2 * OPTION_TIMES + 2)
#define ARG_SIZE 300 /* of the longest one, with its NUL */

/* Parses arguments up to NULL, without argv[0]. What `o` points to stays until the next call. */
bool arguments_parse(const char *const *args, struct options *o, struct err *e);

#endif
