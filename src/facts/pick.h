/* SPDX-License-Identifier: MIT */
/*
 * pick - one strict pass over one JSON text that hands out what stands at known places, without a
 * tree: an event of a log is read a million times, and ten of its members are wanted.
 *
 * A place is a small number; rows say which member of an object at one place leads to which other
 * place. Elements of a list are at the place of the list. 0 is any place that nobody knows.
 */
#ifndef FACTS_PICK_H
#define FACTS_PICK_H

#include "kmsfix/syntax.h"

enum pick_what {
	PICK_OBJECT, /* an object starts */
	PICK_STRING, /* a string value */
	PICK_KEY     /* the key of a member of an object at the place that no row names */
};

struct pick_row {
	unsigned in;
	str key; /* compared without case: queries give the names in lower case */
	unsigned to;
};

struct pick {
	const struct pick_row *rows; /* those of a place together, at most 64 */
	size_t row_count;
	struct arena *arena; /* for keys with escapes */
	/*
	 * `raw`: what is between the quotes; empty for an object. False to stop: the reason goes
	 * to *why.
	 */
	bool (*sink)(void *ctx, unsigned place, enum pick_what what, str raw, const char **why);
	void *ctx;
};

/*
 * Reads the text, whose value is at place `start`. False with *e when it is not valid JSON (as
 * json_parse() has it), or a member that a row names is there twice in one object.
 */
bool pick_read(const struct pick *pick, unsigned start, str text, struct syntax_error *e);
/* The text that `raw` stands for, in `a` when it has escapes; empty for a lone surrogate. */
str pick_decode(str raw, struct arena *a);

#endif
