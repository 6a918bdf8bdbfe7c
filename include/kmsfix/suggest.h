/* SPDX-License-Identifier: MIT */
/* suggest - which of several words somebody may have meant. */
#ifndef KMSFIX_SUGGEST_H
#define KMSFIX_SUGGEST_H

#include "kmsfix/str.h"

#define SUGGEST_NONE SIZE_MAX
#define SUGGEST_MAX 32 /* bytes; longer words resemble nothing */
#define SUGGEST_KNOWN_MAX 40

/*
 * Levenshtein's distance: how many bytes of `a` to insert, delete or replace to get `b`;
 * SUGGEST_NONE when `b` has more than SUGGEST_KNOWN_MAX.
 */
size_t suggest_edits(str a, str b);

/*
 * How far `word`, as typed, is from `known`: the letters to insert, delete or replace; 0 when it is
 * the beginning of it; SUGGEST_NONE when it is another word.
 */
size_t suggest_distance(str word, str known);

/* The nearest of the words tried so far; begins as { .word = ..., .distance = SUGGEST_NONE }. */
struct nearest {
	str word;
	str best; /* empty: none is near */
	size_t distance;
};

/* True where `known` is nearer than all before it, and so the best now. */
bool nearest_try(struct nearest *n, str known);

#endif
