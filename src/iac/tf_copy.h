/* SPDX-License-Identifier: MIT */
/* tf_copy - who takes the text of a policy out of the resource that has it. */
#ifndef KMSFIX_SRC_IAC_TF_COPY_H
#define KMSFIX_SRC_IAC_TF_COPY_H

#include "tf.h"

/* Holds the text of a key's policy, and of each other one, that is taken elsewhere. */
void tf_copies(struct tf_module *mod);
void tf_copies_of_policies(struct model *m);
/* What takes the text of the policy of the resource, or all of it and so may have it; or NULL. */
const struct tf_block *tf_text_taker(const struct tf_block *b);
/* The key whose policy an aws_kms_key_policy of it says once more, taking it from there, with which
 * it changes; or NULL. */
struct tf_block *tf_repeated_key(struct tf_block *writer);

#endif
