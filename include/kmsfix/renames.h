/* SPDX-License-Identifier: MIT */
/* renames - what the moved blocks of Terraform say: what was called one way is called another. */
#ifndef KMSFIX_RENAMES_H
#define KMSFIX_RENAMES_H

#include "kmsfix/model.h"

struct renames {
	struct map to, from; /* by unit and address: the other address, without the unit */
	size_t n;
};

/* Reads those of the model that the one before does not say yet; a zeroed one has none. */
void renames_read(struct renames *out, const struct model *m, const struct model *before,
		  struct arena *a);

/*
 * What the address, or a part of it that ends with a name or index, is called after all of them;
 * with `back`, what it was called before. The address itself where nothing says so.
 */
str renames_follow(const struct renames *r, const struct unit *u, str address, bool back,
		   struct arena *a);

#endif
