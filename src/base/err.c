/* SPDX-License-Identifier: MIT */
#include "kmsfix/err.h"

#include <stdio.h>

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	e->code = code;
	va_start(ap, fmt);
	vsnprintf(e->msg, sizeof(e->msg), fmt, ap); /* a message that is too long is cut */
	va_end(ap);
	return false;
}
