/* SPDX-License-Identifier: MIT */
/* removal - how a policy that would be left without statements goes away. */
#ifndef KMSFIX_REMOVAL_H
#define KMSFIX_REMOVAL_H

#include "kmsfix/node.h"
#include "kmsfix/str.h"

struct removal {
	bool possible;
	str reason; /* why not, or what of `with` is in the way */
	struct {
		const struct node **v;
		size_t n, cap;
	} blocks, elements, with; /* to delete; blocks of policies that have to go before it can */
	bool lists_go;            /* a list that loses all its elements goes with its key */
	/* One of `siblings` in `parent`, which never loses all of them: one nested block, whose
	 * absence would mean "unmanaged", stays as the documented empty block. */
	const struct node *nested, *parent;
	size_t siblings;
};

#endif
