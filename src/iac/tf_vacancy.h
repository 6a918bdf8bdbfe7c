/* SPDX-License-Identifier: MIT */
/* tf_vacancy - where the policy of a key that has none can be written. */
#ifndef KMSFIX_IAC_TF_VACANCY_H
#define KMSFIX_IAC_TF_VACANCY_H

#include "tf.h"

/* Where a policy of the key can be written in its own block. */
void tf_vacancy(struct tf_block *b, struct key *k);
/* The provider takes null and an empty text for no policy. */
bool tf_is_no_policy(const struct value *v);
/* The null or "" that the expression is, or chooses to be `v`, where a document can stand in its
 * place; or NULL. What is in a map of the block itself, as for_each, other arguments may take. */
const struct node *tf_blank_in(const struct node *expr, const struct value *v);
/* Where it can be written when its argument is the expression, which is no policy. */
void tf_vacancy_instead(struct tf_block *b, struct key *k, const struct node *expr,
			const struct value *v);

/* Nothing is written in place of a null in an argument of which it is not known, in one instance of
 * the module, whether that null is the policy of a key there. */
void tf_blanks_agree(struct model *m);

#endif
