/* SPDX-License-Identifier: MIT */
#include "kmsfix/err.h"

#include <stdio.h>
#include <string.h>

/* Of a message, what may be added to it. */
#define ERR_MORE_MAX 400

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	e->code = code;
	va_start(ap, fmt);
	vsnprintf(e->msg, sizeof(e->msg), fmt, ap); /* a message that is too long is cut */
	va_end(ap);
	return false;
}

bool err_add(struct err *e, const char *fmt, ...)
{
	char more[ERR_MORE_MAX];
	va_list ap;
	size_t at;

	va_start(ap, fmt);
	vsnprintf(more, sizeof(more), fmt, ap);
	va_end(ap);
	/* what is too long is cut before it: this is the part that must be read */
	at = strlen(e->msg);
	if (at > sizeof(e->msg) - sizeof(more))
		at = sizeof(e->msg) - sizeof(more);
	memcpy(e->msg + at, more, strlen(more) + 1);
	return false;
}
