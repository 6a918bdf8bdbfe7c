/* SPDX-License-Identifier: MIT */
/*
 * alter - code that is almost what somebody wrote: one thing in it is something else, is not
 * there, is there twice, or depends on what nobody knows.
 */
#ifndef KMSFIX_TESTS_ALTER_H
#define KMSFIX_TESTS_ALTER_H

#include <stdint.h>

#include "kmsfix/file.h"

/* The next of a series of numbers below `limit`; the same seed, which is not 0, gives the same. */
size_t alter_random(uint64_t *seed, size_t limit);
/* The text of the file with one thing altered; as it is when it is no code. */
str alter_text(const struct file *f, uint64_t *seed, struct arena *a);

#endif
