/* SPDX-License-Identifier: MIT */
/*
 * err - why the run cannot go on. The text lives in the struct, so nothing overwrites it.
 *
 * Functions that can fail this way take `struct err *` last and return false after filling it; on
 * success it is untouched. A message is one line without a capital, a full stop or a newline: what
 * failed, where ('quoted'), and what to do next. Problems in the user's files are diagnostics
 * (diag.h), not errors.
 */
#ifndef KMSFIX_ERR_H
#define KMSFIX_ERR_H

#include <stdarg.h>
#include <stdbool.h>

enum err_code {
	ERR_NONE,
	ERR_USAGE,  /* wrong arguments */
	ERR_CONFIG, /* .kmsfix.json or a template cannot be used */
	ERR_GIT,    /* the repository cannot be read or written */
	ERR_IO,     /* a file outside Git cannot be read or written */
	ERR_PROOF,  /* the access proof failed: a bug of ours, nothing written */
};

struct err {
	enum err_code code;
	char msg[1024];
};

/* Fills *e and returns false, so that a caller can `return err_set(...)`. */
bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Adds to what *e says, after what failed: what has been done all the same. Returns false. */
bool err_add(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
