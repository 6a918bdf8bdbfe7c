/* SPDX-License-Identifier: MIT */
/* Any bytes as arguments, with a NUL between them: options, or an error of one line. */
#include <string.h>

#include "fuzz.h"
#include "kmsfix/options.h"

#define MOST 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create();
	str rest = str_dup(a, (str){ (const char *)data, size });
	char name[] = "kmsfix", *argv[MOST + 2] = { name };
	struct options o = { 0 };
	struct err e = { .code = ERR_NONE };
	int argc = 1;

	while (rest.n && argc <= MOST) {
		size_t end = str_find(rest, S("\0"), 0);

		argv[argc++] = (char *)(uintptr_t)str_z(a, str_sub(rest, 0, end));
		rest = end == SIZE_MAX ? S("") : str_sub(rest, end + 1, rest.n);
	}
	if (options_parse(&o, argc, argv, &e))
		must(o.help || o.version || o.shell || o.command != COMMAND_FIX || o.output_count);
	else
		must(e.code == ERR_USAGE && *e.msg);
	arena_destroy(a);
	return 0;
}
