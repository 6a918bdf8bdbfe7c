/* SPDX-License-Identifier: MIT */
/*
 * indent - the indent that `<<-` takes from every line of a heredoc.
 */
#ifndef SYNTAX_INDENT_H
#define SYNTAX_INDENT_H

#include "kmsfix/str.h"

/*
 * `body` (whole lines) without the smallest indent of its lines, as Terraform does it: an indent is
 * counted in white space characters, and a line of nothing else neither counts nor is changed.
 */
str indent_strip(str body, struct arena *a);

#endif
