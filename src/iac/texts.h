/* SPDX-License-Identifier: MIT */
/*
 * texts - an expression and all that it refers to, however far away: of what is not understood,
 * only the same texts are known to say the same.
 */
#ifndef KMSFIX_IAC_TEXTS_H
#define KMSFIX_IAC_TEXTS_H

#include "kmsfix/buf.h"
#include "kmsfix/map.h"
#include "kmsfix/node.h"

struct texts_at {
	void *where; /* the front end's module or stack, whose names the node uses */
	const struct node *node;
};

/* Set only `arena`. */
struct texts {
	struct arena *arena;
	struct map seen;
	struct texts_at *v;
	size_t n, cap;
	struct {
		size_t *v;
		size_t n, cap;
	} steps; /* which of them each call has added or found; 0: none */
};

/* Adds the node there, once; NULL is allowed. */
void texts_add(struct texts *t, void *where, const struct node *n);
/* Adds what the nodes say to `out`, in that order, but for the first `from`. Blanks say nothing:
 * they may be others where something beside is edited. */
void texts_say(struct buf *out, const struct texts *t, size_t from);

#endif
