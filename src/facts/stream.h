/* SPDX-License-Identifier: MIT */
/*
 * stream - the bytes of a file, plain or gzip (told apart by the first two bytes; several gzip
 * members after one another are one text), through a window that slides over them.
 */
#ifndef FACTS_STREAM_H
#define FACTS_STREAM_H

#include <zlib.h>

#include "kmsfix/err.h"
#include "kmsfix/str.h"

struct stream {
	int fd;
	bool gzip, member; /* member: inside a gzip member */
	bool input_ended, ended;
	unsigned char *in; /* as on disk, not used yet: [in_at, in_n) */
	size_t in_at, in_n;
	uint64_t size, taken; /* bytes on disk; 0 when unknown */
	z_stream z;
	char *p;         /* the window: n bytes of text */
	size_t n, cap;   /* cap: of the memory */
	uint64_t before; /* bytes of text that came before the window */
};

/* `walked`: found in a directory; must then be a regular file. False with *e. */
bool stream_open(struct stream *s, const char *path, bool walked, struct err *e);
void stream_close(struct stream *s);
/*
 * Drops the first `drop` bytes of the window and reads more behind the rest; s->ended when there
 * is no more. False when reading fails or the gzip data is damaged: *why says so then.
 */
bool stream_more(struct stream *s, size_t drop, const char **why);

#endif
