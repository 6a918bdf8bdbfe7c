/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a file of evidence: a result or an error with a place; a summary of the result reads
 * back as the same. The input goes through a file, since that is what the reader takes.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "kmsfix/evidence.h"

static bool read_bytes(str text, const struct evidence **out, struct arena *a, struct err *e)
{
	int fd = memfd_create("evidence", 0);
	char path[64];
	const char *paths[] = { path };
	struct evidence_options o = { .max_uses = 1000 };
	bool ok;

	must(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	ok = evidence_read(out, paths, 1, &o, a, e);
	close(fd);
	return ok;
}

static void check(const struct evidence *ev, struct arena *a)
{
	struct buf first = { 0 }, second = { 0 };
	const struct evidence *again;
	struct err e;
	size_t n;

	evidence_write(ev, &first);
	must(read_bytes(buf_str(&first), &again, a, &e));
	must(again->use_count == ev->use_count && again->day_count == ev->day_count);
	for (size_t i = 0; i < ev->use_count; i++) {
		must(again->uses[i].count == ev->uses[i].count);
		must(evidence_of(ev, ev->uses[i].principal, &n) && n);
	}
	evidence_write(again, &second);
	must(second.n > 0);
	buf_free(&first);
	buf_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create();
	const struct evidence *ev;
	struct err e = { .code = ERR_NONE };

	if (read_bytes((str){ (const char *)data, size }, &ev, a, &e))
		check(ev, a);
	else
		must(e.code == ERR_IO && strncmp(e.msg, "/proc/self/fd/", 14) == 0);
	arena_destroy(a);
	return 0;
}
