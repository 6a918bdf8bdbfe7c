/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <string.h>

#include "support.h"

bool arguments_parse(const char *const *args, struct options *o, struct err *e)
{
	static char name[] = "kmsfix", copies[MAX_ARGS][ARG_SIZE];
	static char *argv[MAX_ARGS + 2]; /* operands are a part of it */
	int n = 0;

	memset(argv, 0, sizeof(argv));
	argv[0] = name;
	for (; n < MAX_ARGS && args[n]; n++) {
		assert_true(strlen(args[n]) < ARG_SIZE);
		argv[n + 1] = memcpy(copies[n], args[n], strlen(args[n]) + 1);
	}
	return options_parse(o, n + 1, argv, e);
}
