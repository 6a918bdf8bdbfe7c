/* SPDX-License-Identifier: MIT */
/* tf_digest - all that an argument says, as one text: equal texts say the same. */
#ifndef KMSFIX_IAC_TF_DIGEST_H
#define KMSFIX_IAC_TF_DIGEST_H

#include "kmsfix/buf.h"
#include "tf.h"

/* Adds what the argument, or the nested blocks of that name, say in each instance of the block, to
 * be compared with what they say in the other model. Nothing of `scratch` is needed afterwards. */
void tf_digest(struct buf *out, struct tf_block *b, str attr, const struct tf_state *other,
	       struct arena *scratch);

/* True when the content of the file may be in it. */
bool tf_may_say(struct tf_block *b, str attr, const struct file *f);

#endif
