/* SPDX-License-Identifier: MIT */
/* width - how many columns of a terminal a text takes. */
#ifndef KMSFIX_REPORT_WIDTH_H
#define KMSFIX_REPORT_WIDTH_H

#include "kmsfix/str.h"

/* 0 for a mark that joins the character before it, 2 for East Asian wide ones and emoji, else 1. */
size_t point_width(uint32_t c);
/* Of a text that buf_add_safe() wrote. */
size_t text_width(str safe);

#endif
