/* SPDX-License-Identifier: MIT */
/*
 * tf_spread - where text that differs between two models goes: along references, arguments of
 * modules and outputs to the blocks that use it in the end. What was edited is told by the files
 * alone.
 */
#ifndef KMSFIX_IAC_TF_SPREAD_H
#define KMSFIX_IAC_TF_SPREAD_H

#include "tf.h"

/* An argument, or the nested blocks of that name; empty: the value of a local. */
struct spot {
	struct tf_block *block;
	str attr;
};

struct spread {
	struct arena *arena;
	const struct model *from, *to; /* whose text it is, and the other one */
	struct map seen;
	struct {
		struct spot *v;
		size_t n, cap;
	} spots; /* all that it comes by, the last ones among them */
};

/* Fills `spots` of a spread of which only the first members are set. */
void tf_spread(struct spread *s);
/* The same for what that argument of the block alone says. */
void tf_spread_from(struct spread *s, struct tf_block *b, str attr);
/* True for a data source that is nothing but a text for others. */
bool tf_is_text_source(const struct tf_block *b);
/* count or for_each. */
bool tf_is_repeat_argument(str attr);
/* True for an argument that gives nobody anything: a condition of an apply, what waits for what;
 * and whether KMS is to refuse a policy, which goes with the policy. */
bool tf_is_beside(str attr);

#endif
