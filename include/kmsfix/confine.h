/* SPDX-License-Identifier: MIT */
/*
 * confine - what this process cannot do any more, whatever it will read: the kernel sees to it that
 * a run that is not to write writes nothing, and that one that is not to push opens no connection
 * and starts no program. On Linux by seccomp and Landlock, as far as the kernel has them; elsewhere
 * nothing happens. There is no way back.
 */
#ifndef KMSFIX_CONFINE_H
#define KMSFIX_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

struct confinement {
	bool writes;              /* files may be made and changed, all of them */
	const char *const *files; /* if not: these may be, which need not be there yet */
	size_t n;
	const char *const *dirs; /* and in these, which are there, any file may be made, or go */
	size_t dir_count;
};

enum { CONFINED_CALLS = 1, CONFINED_FILES = 2 };

/*
 * Which of the two is in force: CONFINED_CALLS, there are no more programs and connections and, but
 * for `files` and `dirs`, no more writing; CONFINED_FILES, nothing but those is opened for writing.
 */
unsigned confine(const struct confinement *c);

#endif
