/* SPDX-License-Identifier: MIT */
/* suggest - which of several words somebody may have meant. */
#ifndef KMSFIX_APP_SUGGEST_H
#define KMSFIX_APP_SUGGEST_H

#include "kmsfix/str.h"

#define SUGGEST_NONE SIZE_MAX
#define SUGGEST_MAX 32 /* bytes; longer words resemble nothing */

/*
 * How far `word`, as typed, is from `known`: the letters to insert, delete or replace; 0 when it is
 * the beginning of it; SUGGEST_NONE when it is another word.
 */
size_t suggest_distance(str word, str known);

#endif
