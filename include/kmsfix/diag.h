/* SPDX-License-Identifier: MIT */
/*
 * diag - what there is to say about the user's files. Diagnostics are collected, sorted by path,
 * offset and text, and printed at the end; they never stop the run.
 */
#ifndef KMSFIX_DIAG_H
#define KMSFIX_DIAG_H

#include "kmsfix/buf.h"
#include "kmsfix/file.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

struct diag {
	enum severity severity;
	const struct file *file; /* NULL: about the repository as a whole */
	size_t offset;
	str text;    /* one line, lower case, no full stop */
	bool unread; /* what the file says is not known */
};

struct diags {
	struct diag *v;
	size_t n, cap;
	struct arena *arena;
};

/* Collects one; the text is formatted into the arena of `d`. */
void diag_add(struct diags *d, enum severity sev, const struct file *f, size_t offset,
	      const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* The last one tells why what its file says is not known. */
void diag_unread(struct diags *d);
/* Sorts and removes exact duplicates. */
void diags_sort(struct diags *d);
/* "error", "warning", "note". */
const char *severity_name(enum severity sev);
/*
 * Appends for each that is at least as severe "path:line:col: severity: text", the source line and
 * a caret. Control bytes are escaped, tabs of the source line kept, very long lines cut to what is
 * around the caret. Quick when they are sorted.
 */
void diags_render(const struct diags *d, enum severity least, struct buf *out);
/*
 * Appends `s` with control bytes, invalid UTF-8 and bidi controls as \xNN or \u{...}: safe on a
 * terminal, and always one line.
 */
void buf_add_safe(struct buf *b, str s);

#endif
