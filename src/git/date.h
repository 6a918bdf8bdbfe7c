/* SPDX-License-Identifier: MIT */
/* date - the forms of a date that GIT_AUTHOR_DATE and its like take. */
#ifndef KMSFIX_SRC_GIT_DATE_H
#define KMSFIX_SRC_GIT_DATE_H

#include "kmsfix/str.h"

/*
 * Reads `[@]seconds [zone]`, ISO 8601 `2024-02-29T12:30:00[zone]` (or a blank for the T) and RFC
 * 2822
 * `[Thu, ]29 Feb 2024 12:30:00 [zone]`; zone is Z, UTC, GMT or +hh[:]mm. Without one it is UTC:
 * unlike Git's, the result must not depend on the machine. `offset` is in minutes.
 */
bool date_parse(str text, int64_t *time, int *offset);

#endif
