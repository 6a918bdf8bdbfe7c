/* SPDX-License-Identifier: MIT */
#include "kmsfix/renames.h"

#include "kmsfix/arena.h"
#include "tf.h"

/* Of all modules; more than that only makes a check say what it need not. */
#define MAX_RENAMES 10000

/* One after the other; a circle of them ends somewhere. */
#define MAX_STEPS 64

static str name(const struct unit *u, str address, struct arena *a)
{
	return str_fmt(a, "%.*s|%.*s", STR_ARG(u->path), STR_ARG(address));
}

static void keep(struct map *map, str key, str address, struct arena *a)
{
	str *value = ARENA_NEW(a, str);
	*value = address;
	map_put(map, a, key, value);
}

static bool read_address(const struct tf_module *mod, const struct node *body, const char *side,
			 str *out, struct arena *a)
{
	const struct node *n = tf_attr(body, str_from(side), a);
	if (!n)
		return false;
	if (!node_text(n, a, out))
		*out = node_source(n);
	*out = tf_address(mod, *out);
	return true;
}

/* Where both models have the same renaming, what it is about has its new name in both. */
static void add(struct renames *out, const struct renames *known, const struct unit *u, str from,
		str to, struct arena *a)
{
	str was = name(u, from, a), is = name(u, to, a);
	const str *said = known ? map_find(&known->to, was) : NULL;
	if (said && str_eq(*said, to))
		return;
	keep(&out->to, was, to, a);
	keep(&out->from, is, from, a);
	out->n++;
}

static void read_all(struct renames *out, const struct model *m, const struct renames *known,
		     struct arena *a)
{
	for (size_t i = 0; m->terraform && i < m->terraform->modules.n; i++) {
		const struct tf_module *mod = m->terraform->modules.v[i];
		for (size_t k = 0; k < mod->dir->blocks.n && out->n < MAX_RENAMES; k++) {
			const struct tf_declared *b = mod->dir->blocks.v[k];
			str from, to;
			if (str_eq(b->type, S("moved")) &&
			    read_address(mod, b->body, "from", &from, a) &&
			    read_address(mod, b->body, "to", &to, a))
				add(out, known, mod->unit, from, to, a);
		}
	}
}

void renames_read(struct renames *out, const struct model *m, const struct model *before,
		  struct arena *a)
{
	struct renames known = { 0 };
	*out = (struct renames){ 0 };
	read_all(&known, before, NULL, a);
	read_all(out, m, &known, a);
}

/* The address with its longest part that has another name under that; or false. */
static bool step(const struct map *map, const struct unit *u, str *address, struct arena *a)
{
	for (size_t end = address->n; end; end--) {
		if (end < address->n && address->p[end] != '.' && address->p[end] != '[')
			continue;
		const str *other = map_find(map, name(u, str_sub(*address, 0, end), a));
		if (!other)
			continue;
		*address = STR_CAT(a, *other, str_sub(*address, end, address->n));
		return true;
	}
	return false;
}

str renames_follow(const struct renames *r, const struct unit *u, str address, bool back,
		   struct arena *a)
{
	for (size_t i = 0; r->n && i < MAX_STEPS; i++)
		if (!step(back ? &r->from : &r->to, u, &address, a))
			break;
	return address;
}
