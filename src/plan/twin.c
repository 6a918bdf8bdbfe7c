/* SPDX-License-Identifier: MIT */
#include "twin.h"

#include "kmsfix/arena.h"

static str name(const struct twins *t, str unit, str address)
{
	return str_fmt(t->arena, "%.*s|%.*s", STR_ARG(unit), STR_ARG(address));
}

static void add(struct twins *t, struct map *exact, const char *kind, const struct unit *u,
		str address, void *entity)
{
	map_put(exact, t->arena, name(t, u->path, address), entity);
	if (!map_find(&t->others, u->path))
		map_put(&t->moved, t->arena, name(t, str_from(kind), address), entity);
}

/* Within one account there is one role, or user, of a name. */
static str real_name(const struct twins *t, const struct principal *p)
{
	return str_fmt(t->arena, "%.*s|%d|%.*s|%.*s", STR_ARG(p->unit->path), (int)p->kind,
		       STR_ARG(p->account), STR_ARG(p->name));
}

static void add_named(struct twins *t, struct principal *p)
{
	str key = p->name.n ? real_name(t, p) : (str){ 0 };

	if (key.n)
		map_put(&t->named, t->arena, key, map_find(&t->named, key) ? &t->several : p);
}

void twins_index(struct twins *t, const struct model *in, const struct model *from,
		 const struct model *later, struct arena *a)
{
	*t = (struct twins){ .arena = a, .back = later == from };
	if (later)
		renames_read(&t->renames, later, later == in ? from : in, a);
	for (size_t i = 0; i < in->units.n; i++)
		map_put(&t->units, a, in->units.v[i]->path, in->units.v[i]);
	for (size_t i = 0; i < from->units.n; i++)
		map_put(&t->others, a, from->units.v[i]->path, from->units.v[i]);
	for (size_t i = 0; i < in->keys.n; i++)
		add(t, &t->keys, "key", in->keys.v[i]->unit, in->keys.v[i]->address, in->keys.v[i]);
	for (size_t i = 0; i < in->principals.n; i++) {
		add(t, &t->principals, "principal", in->principals.v[i]->unit,
		    in->principals.v[i]->address, in->principals.v[i]);
		add_named(t, in->principals.v[i]);
	}
}

static void *find(const struct twins *t, const struct map *exact, const char *kind,
		  const struct unit *u, str address)
{
	if (!map_find(&t->units, u->path))
		return map_find(&t->moved, name(t, str_from(kind), address));
	/* Terraform moves nothing that is still declared, nor to where something is. */
	void *found = map_find(exact, name(t, u->path, address));
	if (found)
		return found;
	address = renames_follow(&t->renames, u, address, t->back, t->arena);
	return map_find(exact, name(t, u->path, address));
}

struct key *twin_key(const struct twins *t, const struct key *k)
{
	return find(t, &t->keys, "key", k->unit, k->address);
}

struct principal *twin_principal(const struct twins *t, const struct principal *p)
{
	struct principal *twin = find(t, &t->principals, "principal", p->unit, p->address);

	if (!twin && p->name.n)
		twin = map_find(&t->named, real_name(t, p));
	return twin == &t->several ? NULL : twin;
}
