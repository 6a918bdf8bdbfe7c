/* SPDX-License-Identifier: MIT */
/* issue - why something cannot be acted on. */
#ifndef KMSFIX_ISSUE_H
#define KMSFIX_ISSUE_H

#include <stdarg.h>

#include "kmsfix/str.h"

/* The longest reason, in bytes; what is longer is cut. */
#define ISSUE_LENGTH 511

/* A hold code of the code table and one sentence. */
struct issue {
	const char *code;
	str reason;
	const char *unlock; /* what would unlock it; NULL: what does for the code */
};

struct issues {
	struct issue *v;
	size_t n, cap;
	bool brief;  /* of a code only the one whose reason comes first, which is the one shown */
	size_t told; /* how many there were for a brief list */
};

/* Adds one that is not in the list yet. */
void issue_add(struct arena *a, struct issues *list, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* The same where something else unlocks it than what does for the code. */
void issue_add_unlock(struct arena *a, struct issues *list, const char *code, const char *unlock,
		      const char *fmt, ...) __attribute__((format(printf, 5, 6)));
void issue_vadd(struct arena *a, struct issues *list, const char *code, const char *unlock,
		const char *fmt, va_list ap) __attribute__((format(printf, 5, 0)));
void issue_copy(struct arena *a, struct issues *list, const struct issue *issue);
/* The same with the text itself, which lives as long as the list. */
void issue_share(struct arena *a, struct issues *list, const struct issue *issue);
/* Adds all of one brief list to another. */
void issues_join(struct arena *a, struct issues *list, const struct issues *from);

#endif
