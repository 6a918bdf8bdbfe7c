/* SPDX-License-Identifier: MIT */
/*
 * unicode - the classes of characters that HCL asks about.
 */
#ifndef SYNTAX_UNICODE_H
#define SYNTAX_UNICODE_H

#include "kmsfix/utf8.h"

/*
 * The length of the white space character (Unicode's White_Space) at `at`; 0 when there is another
 * one. Terraform trims it around heredoc markers and counts it in indents.
 */
size_t unicode_space(str s, size_t at);
/* Unicode ID_Start and ID_Continue, for code points above ASCII. */
bool unicode_starts_name(uint32_t point);
bool unicode_continues_name(uint32_t point);

#endif
