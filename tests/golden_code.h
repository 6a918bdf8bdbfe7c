/* SPDX-License-Identifier: MIT */
/* golden_code - the code of every golden case, before it is fixed. */
#ifndef KMSFIX_TESTS_GOLDEN_CODE_H
#define KMSFIX_TESTS_GOLDEN_CODE_H

#include "kmsfix/fileset.h"

/* Calls `see` for each case that has code, in the order of their directories; `dir` is a case's. */
void golden_each(void (*see)(str dir, const struct fileset *files));

#endif
