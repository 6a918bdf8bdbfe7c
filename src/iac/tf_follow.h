/* SPDX-License-Identifier: MIT */
/*
 * tf_follow - every reference by which a block is used in the end: through locals, arguments of
 * local modules and outputs.
 */
#ifndef KMSFIX_SRC_IAC_TF_FOLLOW_H
#define KMSFIX_SRC_IAC_TF_FOLLOW_H

#include "tf.h"

/* Those of the block. */
void tf_follow(struct tf_block *b, void (*visit)(void *ctx, const struct tf_ref *ref), void *ctx);
/* The same for those references, also on the way, that `takes` says yes to. */
void tf_follow_those(struct tf_block *b, bool (*takes)(void *ctx, const struct tf_ref *ref),
		     void (*visit)(void *ctx, const struct tf_ref *ref), void *ctx);

#endif
