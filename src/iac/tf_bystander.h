/* SPDX-License-Identifier: MIT */
#ifndef KMSFIX_IAC_TF_BYSTANDER_H
#define KMSFIX_IAC_TF_BYSTANDER_H

#include "tf_spread.h"

/* True for an argument that is no part of the access model, of what somebody may read. */
bool tf_is_bystander(const struct tf_block *b, str attr);
/* tf_adapter.c, tf_adapter_iam.c: True when it lists the statements of a call of a known module. */
bool tf_adapter_takes_statements(const struct tf_block *call, str argument);
bool tf_iam_takes_statements(const struct tf_block *call, str argument);
/* tf_exclusive.c: True when it names all inline policies of somebody. */
bool tf_is_exclusive(const struct tf_block *b, str argument);
/* tf_use_file.c: who uses policy files. */
void tf_file_uses(struct tf_module *mod);

#endif
