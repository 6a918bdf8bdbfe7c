/* SPDX-License-Identifier: MIT */
#ifndef INJECT_H
#define INJECT_H

enum kind { KIND_NONE, KIND_WRITE, KIND_READ, KIND_ALLOC, KIND_CLOSE, KIND_CHILD, KIND_GIT };
enum verdict { GO, FAIL, HALF };

/* Counts a call, and says what becomes of it; FAIL has set errno. */
enum verdict hit(enum kind kind, int fd);

/* The function of that name that would have been called. */
void *next(const char *name);

#define NEXT(name)                            \
	static __typeof__(&name) real_##name; \
	if (!real_##name)                     \
	*(void **)&real_##name = next(#name)

#endif
