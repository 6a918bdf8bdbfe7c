/* SPDX-License-Identifier: MIT */
/* altered - what becomes of code that is almost what somebody wrote. */
#ifndef KMSFIX_TESTS_ALTERED_H
#define KMSFIX_TESTS_ALTERED_H

#include <stdint.h>

#include "kmsfix/fileset.h"

/* Alters a few of the files and fixes them; what went wrong, else empty. `seed` is not 0. */
str altered_fix(struct fileset *altered, const struct fileset *original, uint64_t seed,
		struct arena *a);
/* How many findings a dry run of the files has. */
size_t altered_findings(const struct fileset *files, struct arena *a);

#endif
