/* SPDX-License-Identifier: MIT */
#include "paint.h"

enum ink outcome_ink(enum outcome outcome)
{
	static const enum ink inks[] = {
		[OUTCOME_FIXED] = INK_GOOD,   [OUTCOME_REMOVED] = INK_NEWS,
		[OUTCOME_HELD] = INK_WAIT,    [OUTCOME_SUPPRESSED] = INK_QUIET,
		[OUTCOME_GRANTED] = INK_GOOD,
	};

	return inks[outcome];
}

void paint_start(struct buf *out, bool color, enum ink ink)
{
	static const char *const codes[] = {
		[INK_TITLE] = "1", [INK_QUIET] = "2", [INK_GOOD] = "32",
		[INK_NEWS] = "36", [INK_WAIT] = "33",
	};

	if (color && ink != INK_PLAIN)
		buf_printf(out, "\033[%sm", codes[ink]);
}

void paint_end(struct buf *out, bool color, enum ink ink)
{
	if (color && ink != INK_PLAIN)
		buf_add(out, S("\033[0m"));
}
