/* SPDX-License-Identifier: MIT */
/*
 * struct_text - what Athena prints for a struct: `{name=value, name={…}}`, lists of them in
 * brackets. Nothing is quoted, so a text value may hold ", x=" itself; the values we look for (ARNs
 * of roles, sessions and keys, service names) cannot. Whatever reads as the same field twice, or
 * does not close, is refused.
 */
#ifndef FACTS_STRUCT_TEXT_H
#define FACTS_STRUCT_TEXT_H

#include "kmsfix/str.h"

#define STRUCT_MAX_DEPTH 16

/*
 * The value of a field of the struct `s`; empty when absent or null, and for an `s` that is empty
 * or null itself. Names are compared without case. False with a reason when `s` is no struct.
 */
bool struct_field(str s, str name, str *value, const char **why);
/* Takes the brackets off a list. */
bool struct_list(str *s, const char **why);
/* The next struct of the list; false at its end, or with a reason in *why. */
bool struct_item(str *rest, str *item, const char **why);

#endif
