/* SPDX-License-Identifier: MIT */
/* map - slices to pointers, in an arena. Keys are borrowed and compared as bytes. */
#ifndef KMSFIX_MAP_H
#define KMSFIX_MAP_H

#include "kmsfix/str.h"

struct map_slot {
	str key;
	void *value;
};

/* A zeroed map is empty. */
struct map {
	struct map_slot *slots;
	size_t n, size;
};

/* The value of `key`, or NULL. */
void *map_find(const struct map *m, str key);
/* Sets `key` to `value` (not NULL), replacing what was there. */
void map_put(struct map *m, struct arena *a, str key, void *value);
/* Moves the map to another arena, as it is. */
void map_move(struct map *m, struct arena *a);
/* The same two with the address `p` as the key. */
void *map_find_at(const struct map *m, const void *p);
void map_put_at(struct map *m, struct arena *a, const void *p, void *value);

#endif
