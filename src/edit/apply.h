/* SPDX-License-Identifier: MIT */
/* apply - one file's edits made into its new text. */
#ifndef KMSFIX_EDIT_APPLY_H
#define KMSFIX_EDIT_APPLY_H

#include "kmsfix/edit.h"

/* How many of the edits from `v` on (sorted, `n` in all) are of the same file as the first. */
size_t edits_of_file(const struct edit *v, size_t n);
/* The text of `f` with its `n` sorted, disjoint edits applied. */
str edits_result(const struct file *f, const struct edit *v, size_t n, struct arena *a);

#endif
