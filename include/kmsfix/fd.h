/* SPDX-License-Identifier: MIT */
/* fd - whole texts through file descriptors, whatever a single call takes of them. */
#ifndef KMSFIX_FD_H
#define KMSFIX_FD_H

#include "kmsfix/buf.h"

/* Writes all of `s`; false with errno. */
bool fd_write_all(int fd, str s);
/* Appends all that is left of the file; false with errno. */
bool fd_read_all(int fd, struct buf *out);

#endif
