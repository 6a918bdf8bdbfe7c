/* SPDX-License-Identifier: MIT */
/* Gives each file named on the command line to the fuzz target it is linked with. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "kmsfix/buf.h"

static bool read_file(const char *path, struct buf *b)
{
	FILE *in = fopen(path, "rb");
	char part[4096];
	size_t n;

	if (!in)
		return false;
	while ((n = fread(part, 1, sizeof(part), in)) > 0)
		buf_add(b, (str){ part, n });
	return fclose(in) == 0;
}

/* A copy of exactly the file's size, so that the sanitizers see any step past its end. */
static void replay(str text)
{
	uint8_t *copy = malloc(text.n ? text.n : 1);

	must(copy);
	if (text.n)
		memcpy(copy, text.p, text.n);
	LLVMFuzzerTestOneInput(copy, text.n);
	free(copy);
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	int failed = 0;

	printf("[ RUN      ] %s: %d files\n", name, argc - 1);
	fflush(stdout);
	for (int i = 1; i < argc; i++) {
		struct buf b = { 0 };

		if (read_file(argv[i], &b)) {
			replay(buf_str(&b));
		} else {
			fprintf(stderr, "cannot read '%s'\n", argv[i]);
			failed = 1;
		}
		buf_free(&b);
	}
	if (!failed)
		printf("[       OK ] %s\n", name);
	return failed;
}
