/* SPDX-License-Identifier: MIT */
#include "kmsfix/apart.h"
#include "kmsfix/model.h"

#include "kmsfix/vec.h"

struct scope *unit_scope(struct model *m, str path, const struct language *l)
{
	struct unit *u = ARENA_NEW(m->arena, struct unit);
	struct scope *s = ARENA_NEW(m->arena, struct scope);
	u->path = s->id = path;
	u->language = l;
	u->names = ARENA_NEW(m->arena, struct map);
	u->issues.brief = true;
	s->unit = u;
	VEC_PUSH(m->arena, &m->units, u);
	return s;
}

const struct statement *statement_written(const struct statement *s)
{
	return s->origin ? s->origin : s;
}

void name_set(struct model *m, const struct unit *u, str text, struct name name)
{
	struct name *known = map_find(u->names, text);
	/* What was asked for before its name was known: in a condition, say. */
	if (known && known->kind == NAME_OTHER)
		*known = name;
	if (known)
		return;
	struct name *copy = ARENA_NEW(m->arena, struct name);
	*copy = name;
	map_put(u->names, m->arena, text, copy);
}

const struct name *name_get(const struct unit *u, str text)
{
	return map_find(u->names, text);
}

bool account_same(str a, str b)
{
	return a.n && str_eq(a, b);
}

str account_id(str symbol)
{
	return str_starts(symbol, S("#")) ? str_sub(symbol, 1, symbol.n) : S("");
}
