/* SPDX-License-Identifier: MIT */
#include "twin.h"

#include "kmsfix/arena.h"

static str name(const struct twins *t, str unit, str address)
{
	return str_fmt(t->arena, "%.*s|%.*s", STR_ARG(unit), STR_ARG(address));
}

static void add(struct twins *t, struct map *exact, const struct unit *u, str address, void *entity)
{
	map_put(exact, t->arena, name(t, u->path, address), entity);
}

/* What is in a unit that only one model has: by kind, address, and how many come before it. */
static str nth_moved(const struct twins *t, struct map *seen, const char *kind, str address)
{
	str plain = name(t, str_from(kind), address);
	size_t *n = map_find(seen, plain);

	if (!n) {
		n = ARENA_NEW(t->arena, size_t);
		map_put(seen, t->arena, plain, n);
	}
	return str_fmt(t->arena, "%.*s|%zu", STR_ARG(plain), (*n)++);
}

static void note_gone(struct twins *t, struct map *seen, const char *kind, const struct unit *u,
		      str address, void *entity)
{
	if (!map_find(&t->others, u->path))
		map_put(&t->moved, t->arena, nth_moved(t, seen, kind, address), entity);
}

static void note_new(struct twins *t, struct map *seen, const char *kind, const struct unit *u,
		     str address, const void *entity)
{
	void *twin;

	if (map_find(&t->units, u->path))
		return;
	twin = map_find(&t->moved, nth_moved(t, seen, kind, address));
	if (twin)
		map_put_at(&t->paired, t->arena, entity, twin);
}

/* Each has one twin: of two copies of what is gone, one is new. */
static void pair_moved(struct twins *t, const struct model *in, const struct model *from)
{
	struct map gone = { 0 }, came = { 0 };

	for (size_t i = 0; i < in->keys.n; i++)
		note_gone(t, &gone, "key", in->keys.v[i]->unit, in->keys.v[i]->address,
			  in->keys.v[i]);
	for (size_t i = 0; i < in->principals.n; i++)
		note_gone(t, &gone, "principal", in->principals.v[i]->unit,
			  in->principals.v[i]->address, in->principals.v[i]);
	for (size_t i = 0; i < from->keys.n; i++)
		note_new(t, &came, "key", from->keys.v[i]->unit, from->keys.v[i]->address,
			 from->keys.v[i]);
	for (size_t i = 0; i < from->principals.n; i++)
		note_new(t, &came, "principal", from->principals.v[i]->unit,
			 from->principals.v[i]->address, from->principals.v[i]);
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
		add(t, &t->keys, in->keys.v[i]->unit, in->keys.v[i]->address, in->keys.v[i]);
	for (size_t i = 0; i < in->principals.n; i++) {
		add(t, &t->principals, in->principals.v[i]->unit, in->principals.v[i]->address,
		    in->principals.v[i]);
		add_named(t, in->principals.v[i]);
	}
	pair_moved(t, in, from);
}

static void *find(const struct twins *t, const struct map *exact, const void *entity,
		  const struct unit *u, str address)
{
	if (!map_find(&t->units, u->path))
		return map_find_at(&t->paired, entity);
	/* Terraform moves nothing that is still declared, nor to where something is. */
	void *found = map_find(exact, name(t, u->path, address));
	if (found)
		return found;
	address = renames_follow(&t->renames, u, address, t->back, t->arena);
	return map_find(exact, name(t, u->path, address));
}

struct key *twin_key(const struct twins *t, const struct key *k)
{
	return find(t, &t->keys, k, k->unit, k->address);
}

struct principal *twin_principal(const struct twins *t, const struct principal *p)
{
	struct principal *twin = find(t, &t->principals, p, p->unit, p->address);

	if (!twin && p->name.n)
		twin = map_find(&t->named, real_name(t, p));
	return twin == &t->several ? NULL : twin;
}
