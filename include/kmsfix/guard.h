/* SPDX-License-Identifier: MIT */
/* guard - what the canonical text of a guard (model.h) is put together of. */
#ifndef KMSFIX_GUARD_H
#define KMSFIX_GUARD_H

#include "kmsfix/strs.h"

/* Between guards in the one text of several that all must hold. */
#define GUARD_AND "\x1f"

/* The guards that the text is. */
struct strs guards_in(struct arena *a, str guard);

enum guard_join { GUARD_ALL, GUARD_ANY };

/* Adds the guards all of which, or one of which, hold just while this one does: itself, where it is
 * not known to be put together. */
void guard_parts(struct arena *a, struct strs *out, str guard, enum guard_join how);

#endif
