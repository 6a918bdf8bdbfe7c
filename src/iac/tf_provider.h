/* SPDX-License-Identifier: MIT */
/* tf_provider - the account and the Region that a block's provider works in. */
#ifndef KMSFIX_IAC_TF_PROVIDER_H
#define KMSFIX_IAC_TF_PROVIDER_H

#include "tf.h"

/* Notes what the directory calls the providers aws and awscc in its required_providers. */
void tf_note_providers(struct tf_dir *dir);
/* The symbol of the account a block's provider works in [11.18]. */
str tf_account(struct tf_block *b);
/* The provider of a block, or that a call hands down as `aws`, by its name in the module. */
str tf_provider(struct tf_block *b);
/* The canonical text of the Region its provider works in. */
str tf_region(struct tf_block *b);
/* The account of a block without a provider argument. */
str tf_account_default(struct tf_module *mod);
/* The account of that provider of the module; and the block that configures it, NULL where the
 * environment alone does. False when not all that is said of it is seen. */
str tf_account_of(struct tf_module *mod, str provider);
bool tf_provider_block(struct tf_module *mod, str provider, struct tf_block **out);

#endif
