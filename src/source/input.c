/* SPDX-License-Identifier: MIT */
#include "kmsfix/input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "kmsfix/buf.h"

/* All of `f`, but at most one byte more than `limit`; false when reading fails. */
static bool read_all(FILE *f, size_t limit, struct buf *out)
{
	char piece[4096];
	size_t n;

	while (out->n <= limit && (n = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add(out, (str){ piece, n });
	return !ferror(f);
}

bool input_read(str *out, const char *path, size_t limit, struct arena *a, struct err *e)
{
	struct buf bytes = { 0 };
	FILE *f = fopen(path, "rb");
	bool ok = f && read_all(f, limit, &bytes);

	if (!ok)
		err_set(e, ERR_IO, "cannot read '%s': %s", path, strerror(errno));
	else if (bytes.n > limit)
		ok = err_set(e, ERR_IO, "'%s' is too large: at most %zu bytes are read", path,
			     limit);
	else
		*out = str_dup(a, buf_str(&bytes));
	if (f)
		fclose(f);
	buf_free(&bytes);
	return ok;
}
