/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool output_write(const char *name, str text, struct err *e)
{
	FILE *f = name ? fopen(name, "wb") : stdout;
	bool ok = f && fwrite(text.p, 1, text.n, f) == text.n && fflush(f) == 0;
	if (f && f != stdout && fclose(f) != 0)
		ok = false;
	if (!ok)
		return err_set(e, ERR_IO, "cannot write the output to '%s': %s",
			       name ? name : "standard output", strerror(errno));
	return true;
}
