/* SPDX-License-Identifier: MIT */
/* timestamp - points in time as CloudTrail and Athena write them. */
#ifndef FACTS_TIMESTAMP_H
#define FACTS_TIMESTAMP_H

#include "kmsfix/str.h"

#define DAY_SECONDS 86400

/*
 * `2025-01-31T23:59:59Z`, with a fraction, with an offset (`+01:00`) instead of the Z, or with a
 * blank for the T and then UTC, `Z` or nothing at the end. Years 2000 to 2199. False for all else.
 */
bool timestamp_parse(str s, int64_t *out);

#endif
