/* SPDX-License-Identifier: MIT */
/*
 * sid - the names of the statements we write into key policies, by which a later run finds them
 * [6.4].
 */
#ifndef KMSFIX_SID_H
#define KMSFIX_SID_H

#include "kmsfix/str.h"

/*
 * "Kmsfix", the targets and 8 hex digits, e.g. KmsfixDecrypt1a2b3c4d: letters and digits only. The
 * digits depend on `targets` (not 0) and `seed` alone, so the same statement always gets the same
 * name.
 */
str sid_make(struct arena *a, unsigned targets, str seed);
/* True when sid_make() may have made it. */
bool sid_is_ours(str sid);

#endif
