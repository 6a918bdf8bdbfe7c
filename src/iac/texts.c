/* SPDX-License-Identifier: MIT */
#include "texts.h"

#include "kmsfix/vec.h"

void texts_add(struct texts *t, void *where, const struct node *n)
{
	const void **key = arena_array(t->arena, 2, sizeof(*key));
	str name = { (const char *)key, 2 * sizeof(*key) };
	key[0] = where;
	key[1] = n;
	size_t *place = n ? map_find(&t->seen, name) : NULL;
	if (n && !place) {
		struct texts_at at = { where, n };
		VEC_PUSH(t->arena, t, at);
		place = ARENA_NEW(t->arena, size_t);
		*place = t->n;
		map_put(&t->seen, t->arena, name, place);
	}
	VEC_PUSH(t->arena, &t->steps, place ? *place : 0);
}

static void say(struct buf *out, const struct node *n)
{
	str source = node_source(n);
	for (size_t k = 0; k < source.n; k++)
		if (source.p[k] != ' ' && source.p[k] != '\t')
			buf_addc(out, source.p[k]);
	buf_addc(out, '\n');
}

void texts_say(struct buf *out, const struct texts *t, size_t from)
{
	for (size_t i = from; i < t->n; i++)
		say(out, t->v[i].node);
}
