/* SPDX-License-Identifier: MIT */
/* tf_whole - where a whole resource goes, and what is in it with it. */
#ifndef KMSFIX_IAC_TF_WHOLE_H
#define KMSFIX_IAC_TF_WHOLE_H

#include "tf_spread.h"

/* A block that may take something of the resource by steps that `is_taken_by` says yes to, as all
 * of it comes there by the reference; NULL: none. */
const struct tf_block *tf_whole_taker(const struct tf_ref *ref, bool (*is_taken_by)(str rest));

/* Behind the `[...]` at `at`, which may have others in it; all of it where that is not clear. */
size_t tf_index_end(str rest, size_t at);
/* The steps that begin at `at`, as in `.policy` or `["a"].policy`. */
str tf_steps(str source, size_t at);

#endif
