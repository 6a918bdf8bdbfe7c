/* SPDX-License-Identifier: MIT */
/*
 * mention - what an expression that is not known speaks of: the front end follows its references,
 * and each expression that they lead to is visited once.
 */
#ifndef KMSFIX_IAC_MENTION_H
#define KMSFIX_IAC_MENTION_H

#include "kmsfix/model.h"

struct mentions {
	struct model *model;
	void (*visit)(void *ctx, const struct node *n);
	void *ctx;
	struct map seen; /* expressions, each in a module or stack */
	size_t hops;
};

/* The expression, and all that it speaks of, may be the text of the document, which is not read. */
void mentions_note(struct model *model, const struct scope *scope, const struct node *n,
		   struct document *d);
/* Marks the documents and statements that stand in what others speak of. */
void mentions_mark(struct model *model);
/* Visits all that the expression, which stands in the scope, speaks of elsewhere; not itself. */
void mentions_visit(struct model *model, const struct scope *scope, const struct node *n,
		    void (*visit)(void *ctx, const struct node *n), void *ctx);
/*
 * For the front end: visits the expression in that module or stack. True when it is to be followed,
 * and left then: it was not seen before, and not too many references lead to it. NULL is allowed.
 */
bool mentions_enter(struct mentions *m, const void *where, const struct node *n);
void mentions_leave(struct mentions *m);

#endif
