/* SPDX-License-Identifier: MIT */
/* Open addressing, linear probing, at most half full. */
#include "kmsfix/map.h"

#include "kmsfix/arena.h"

static size_t find_slot(const struct map *m, str key)
{
	size_t i = (size_t)str_hash(key) & (m->size - 1);
	while (m->slots[i].value && !str_eq(m->slots[i].key, key))
		i = (i + 1) & (m->size - 1);
	return i;
}

void *map_find(const struct map *m, str key)
{
	return m->size ? m->slots[find_slot(m, key)].value : NULL;
}

static void grow(struct map *m, struct arena *a)
{
	struct map old = *m;
	m->size = old.size ? old.size * 2 : 16;
	m->slots = arena_array(a, m->size, sizeof(*m->slots));
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].value)
			m->slots[find_slot(m, old.slots[i].key)] = old.slots[i];
}

void map_put(struct map *m, struct arena *a, str key, void *value)
{
	if ((m->n + 1) * 2 > m->size)
		grow(m, a);
	struct map_slot *slot = &m->slots[find_slot(m, key)];
	if (!slot->value)
		m->n++;
	*slot = (struct map_slot){ key, value };
}

str map_pointer(const void *const *p)
{
	return (str){ (const char *)p, sizeof(*p) };
}
