/* SPDX-License-Identifier: MIT */
/* key_path - what the path of a file says about the key whose policy is in it. */
#ifndef FACTS_KEY_PATH_H
#define FACTS_KEY_PATH_H

#include "kmsfix/str.h"

/* The key id in the last part of the path that has one: a UUID, or `mrk-` and 32 hex digits. */
bool key_path_id(str path, str *id);
/*
 * True when the path names the Region, as a word of its own, and no other account: a word of
 * twelve digits.
 */
bool key_path_fits(str path, str account, str region);

#endif
