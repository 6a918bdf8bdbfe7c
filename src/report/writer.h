/* SPDX-License-Identifier: MIT */
/*
 * writer - JSON, piece by piece: commas, spaces and line breaks come by themselves. The result is
 * valid as long as calls nest properly and each member of an object is a key and then a value.
 */
#ifndef KMSFIX_REPORT_WRITER_H
#define KMSFIX_REPORT_WRITER_H

#include "kmsfix/buf.h"

#define WRITER_DEPTH 16

/* How the items of an object or array stand. */
enum layout { LAYOUT_LINE, LAYOUT_LINES };

/* What comes next. */
enum expect { EXPECT_FIRST, EXPECT_NEXT, EXPECT_VALUE };

struct writer {
	struct buf *out;
	unsigned depth;
	enum layout layout[WRITER_DEPTH + 1]; /* of each open object or array, by depth */
	enum expect expect;
};

/* Starts a text at the end of `out`. */
void writer_init(struct writer *w, struct buf *out);
/* `bracket` is '{' or '['. At most WRITER_DEPTH may be open. */
void writer_open(struct writer *w, char bracket, enum layout layout);
void writer_close(struct writer *w, char bracket);
void writer_key(struct writer *w, const char *key);
/* A text of any bytes: a byte that is no UTF-8 becomes U+FFFD, control characters are escaped. */
void writer_text(struct writer *w, str s);
/* A text, or null for NULL. */
void writer_name(struct writer *w, const char *z);
void writer_number(struct writer *w, size_t n);
void writer_bool(struct writer *w, bool b);
void writer_null(struct writer *w);
/* A member of an object: the key and its value. */
void writer_member_text(struct writer *w, const char *key, str s);
/* The same, but null for an empty text: there is none. */
void writer_member_optional(struct writer *w, const char *key, str s);
void writer_member_number(struct writer *w, const char *key, size_t n);

#endif
