/* SPDX-License-Identifier: MIT */
/* paint - colours for a terminal: ANSI sequences around our own or already safe text. */
#ifndef KMSFIX_REPORT_PAINT_H
#define KMSFIX_REPORT_PAINT_H

#include "kmsfix/buf.h"
#include "kmsfix/plan.h"

enum ink { INK_PLAIN, INK_TITLE, INK_QUIET, INK_GOOD, INK_NEWS, INK_WAIT };

enum ink outcome_ink(enum outcome outcome);
/* From here on in that colour; nothing when `color` is false or the ink is plain. */
void paint_start(struct buf *out, bool color, enum ink ink);
void paint_end(struct buf *out, bool color, enum ink ink);

#endif
