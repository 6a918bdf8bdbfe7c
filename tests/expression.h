/* SPDX-License-Identifier: MIT */
/* expression - what expressions of a language are worth to the model, row by row. */
#ifndef KMSFIX_TESTS_EXPRESSION_H
#define KMSFIX_TESTS_EXPRESSION_H

#include "kmsfix/str.h"

struct expression {
	const char *text;
	const char *worth; /* the elements; "?" before one that is there at times, "..." for more;
			    * NULL: not known, so the source */
};

/*
 * Each text is put into `code`, in the place of its %s: the actions of the one statement that has
 * resources. `file` is its name; is_source() says whether what is shown is that source.
 */
void expressions_check(const struct expression *rows, size_t n, const char *file, const char *code,
		       bool (*is_source)(str shown, str text));

/* That of HCL: an expression in brackets is the one element of a list. */
bool expression_is_source(str shown, str text);

#endif
