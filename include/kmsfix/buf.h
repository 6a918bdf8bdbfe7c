/* SPDX-License-Identifier: MIT */
/*
 * buf - output bytes that grow. Heap memory: init with {0}, free with buf_free (a zeroed buf is
 * fine). Out of memory exits as in arena.h.
 */
#ifndef KMSFIX_BUF_H
#define KMSFIX_BUF_H

#include <stdarg.h>

#include "kmsfix/str.h"

struct buf {
	char *p;
	size_t n;
	size_t cap;
};

void buf_free(struct buf *b);
void buf_add(struct buf *b, str s);
void buf_addc(struct buf *b, char c);
/* `count` times `c`. */
void buf_fill(struct buf *b, char c, size_t count);
/* `s` between single quotes: one word that a shell (POSIX ones, zsh, fish) takes as it is. */
void buf_add_quoted(struct buf *b, str s);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* The bytes so far; valid until the next append. */
str buf_str(const struct buf *b);

#endif
