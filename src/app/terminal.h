/* SPDX-License-Identifier: MIT */
/* terminal - what the place can show that we print to. */
#ifndef KMSFIX_APP_TERMINAL_H
#define KMSFIX_APP_TERMINAL_H

#include "kmsfix/options.h"

/*
 * True when colours are wanted on the open file `fd`: as `color` says; COLOR_AUTO: on a terminal
 * that is not dumb, unless NO_COLOR is set to anything but an empty text (no-color.org).
 */
bool terminal_color(enum color color, int fd);
/* Its columns; COLUMNS in the environment goes first. 0 when it is no terminal. */
size_t terminal_width(int fd);

#endif
