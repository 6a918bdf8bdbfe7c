/* SPDX-License-Identifier: MIT */
/*
 * Open addressing, linear probing, at most half full. Keys come from repositories that anyone may
 * have written, so they are hashed by SipHash-1-3 with a secret: else a file of names that all meet
 * in one slot would take hours. The secret is where the system has placed the slots in this
 * process; nothing but the place of an entry depends on it.
 */
#include "kmsfix/map.h"

#include "kmsfix/arena.h"

static inline uint64_t rotate(uint64_t x, int bits)
{
	return (x << bits) | (x >> (64 - bits));
}

static inline void sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotate(v[1], 13) ^ v[0];
	v[3] = rotate(v[3], 16) ^ v[2];
	v[0] = rotate(v[0], 32) + v[3];
	v[2] += v[1];
	v[3] = rotate(v[3], 21) ^ v[0];
	v[1] = rotate(v[1], 17) ^ v[2];
	v[2] = rotate(v[2], 32);
}

static uint64_t hash(const struct map *m, str key)
{
	const uint64_t secret = (uint64_t)(uintptr_t)m->slots;
	uint64_t v[] = { secret ^ UINT64_C(0x736f6d6570736575),
			 secret ^ UINT64_C(0x646f72616e646f6d),
			 secret ^ UINT64_C(0x6c7967656e657261),
			 secret ^ UINT64_C(0x7465646279746573) };
	uint64_t last = (uint64_t)key.n << 56;
	size_t i = 0;

	for (; i + 8 <= key.n; i += 8) {
		uint64_t word;

		memcpy(&word, key.p + i, 8);
		v[3] ^= word;
		sip_round(v);
		v[0] ^= word;
	}
	for (size_t shift = 0; i < key.n; i++, shift += 8)
		last |= (uint64_t)(unsigned char)key.p[i] << shift;
	v[3] ^= last;
	sip_round(v);
	v[0] ^= last;
	v[2] ^= 0xff;
	for (int round = 0; round < 3; round++)
		sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* An address as a key: no slice is as long as that. */
#define ADDRESS SIZE_MAX

static str address(const void *p)
{
	return (str){ p, ADDRESS };
}

/* Where memory is given out is not for a repository to choose, so mixing its bits will do (the last
 * steps of MurmurHash3). */
static uint64_t mix(const void *p)
{
	uint64_t v = (uint64_t)(uintptr_t)p;

	v = (v ^ (v >> 33)) * UINT64_C(0xff51afd7ed558ccd);
	v = (v ^ (v >> 33)) * UINT64_C(0xc4ceb9fe1a85ec53);
	return v ^ (v >> 33);
}

static bool is_key(str x, str y)
{
	return x.n == ADDRESS || y.n == ADDRESS ? x.n == y.n && x.p == y.p : str_eq(x, y);
}

static size_t find_slot(const struct map *m, str key)
{
	size_t i = (size_t)(key.n == ADDRESS ? mix(key.p) : hash(m, key)) & (m->size - 1);
	while (m->slots[i].value && !is_key(m->slots[i].key, key))
		i = (i + 1) & (m->size - 1);
	return i;
}

void *map_find(const struct map *m, str key)
{
	return m->size ? m->slots[find_slot(m, key)].value : NULL;
}

static void rebuild(struct map *m, struct arena *a, size_t size)
{
	struct map old = *m;
	m->size = size;
	m->slots = arena_array(a, m->size, sizeof(*m->slots));
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i].value)
			m->slots[find_slot(m, old.slots[i].key)] = old.slots[i];
}

void map_move(struct map *m, struct arena *a)
{
	rebuild(m, a, m->size);
}

void map_put(struct map *m, struct arena *a, str key, void *value)
{
	if ((m->n + 1) * 2 > m->size)
		rebuild(m, a, m->size ? m->size * 2 : 16);
	struct map_slot *slot = &m->slots[find_slot(m, key)];
	if (!slot->value)
		m->n++;
	*slot = (struct map_slot){ key, value };
}

void *map_find_at(const struct map *m, const void *p)
{
	return map_find(m, address(p));
}

void map_put_at(struct map *m, struct arena *a, const void *p, void *value)
{
	map_put(m, a, address(p), value);
}
