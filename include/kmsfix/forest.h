/* SPDX-License-Identifier: MIT */
/*
 * forest - what belongs together, found pair by pair: numbers 0 to n-1, each with the number of its
 * parent, a root with its own. Two numbers belong together when they have one root, which is the
 * least of them.
 */
#ifndef KMSFIX_FOREST_H
#define KMSFIX_FOREST_H

#include "kmsfix/arena.h"

/* Everybody alone; the array is `a`'s. */
size_t *forest_new(struct arena *a, size_t n);
/* Shortens the way to it. */
size_t forest_root(size_t *parent, size_t i);
/* The root of both. */
size_t forest_unite(size_t *parent, size_t x, size_t y);

#endif
