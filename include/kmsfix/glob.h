/* SPDX-License-Identifier: MIT */
/*
 * glob - IAM's wildcards: '*' is any run of bytes, also an empty one, '?' exactly one byte [1.1].
 *
 * Texts are canonical (text.h): a reference equals only itself, and of the wildcards only '*'
 * covers it. Nothing here takes memory; time is at most about the square of the shorter text and
 * one pass over the longer, however hostile either is.
 */
#ifndef KMSFIX_GLOB_H
#define KMSFIX_GLOB_H

#include "kmsfix/str.h"

enum glob_case { GLOB_EXACT, GLOB_FOLD };

/* True when the whole text matches, whatever the references stand for. */
bool glob_match(str pattern, str text, enum glob_case fold);
/*
 * False only when no values of the references make the text match the pattern. Exact for a literal
 * text; beside a text with references only what stands before the first and after the last wildcard
 * or reference is compared.
 */
bool glob_may_match(str pattern, str text, enum glob_case fold);
/*
 * True only when every text that `inner` matches is matched by `outer`. A proof, not a decision:
 * false may also mean "not proven" (`a?*` beside `a*b`). Exact when `inner` is literal, or literal
 * bytes followed by one '*' and `outer` has no '?' after a '*'.
 */
bool glob_contains(str outer, str inner, enum glob_case fold);
/* True when the text holds '*' or '?' outside references. */
bool glob_is_pattern(str text);

#endif
