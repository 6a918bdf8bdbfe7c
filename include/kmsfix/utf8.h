/* SPDX-License-Identifier: MIT */
/*
 * utf8 - one code point at a time out of bytes that may be anything.
 */
#ifndef KMSFIX_UTF8_H
#define KMSFIX_UTF8_H

#include "kmsfix/str.h"

/*
 * The length (1 to 4) of the well-formed sequence that starts at `at`, its code point in *point;
 * 0 at the end and where the bytes are not UTF-8 (overlong forms, surrogates and anything above
 * U+10FFFF are not). `point` may be NULL.
 */
size_t utf8_next(str s, size_t at, uint32_t *point);

/* True when the text begins with the mark of UTF-16. */
bool utf16_is_marked(str s);
/* What to say of it. */
#define UTF16_REFUSED "this is UTF-16, as PowerShell writes it; write UTF-8"

#endif
