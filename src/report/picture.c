/* SPDX-License-Identifier: MIT */
#include "picture.h"

#include <stdlib.h>

#include "kmsfix/access.h"
#include "kmsfix/vec.h"

struct painter {
	struct picture *out;
	const struct report_input *in;
	struct arena *arena;
	struct map edges; /* indexes, by principal, key and reach */
};

struct indexes {
	size_t *v;
	size_t n, cap;
};

const char *reach_name(enum reach reach)
{
	static const char *const names[] = {
		[REACH_HELD] = "held",       [REACH_MOVED] = "moved",
		[REACH_REMOVED] = "removed", [REACH_SUPPRESSED] = "suppressed",
		[REACH_KEPT] = "kept",
	};

	return names[reach];
}

/* ---- parties ---- */

/* No path holds a NUL. */
static str party_name(struct arena *a, str unit, str address)
{
	struct buf b = { 0 };
	str name;

	buf_add(&b, unit);
	buf_addc(&b, '\0');
	buf_add(&b, address);
	name = str_dup(a, buf_str(&b));
	buf_free(&b);
	return name;
}

static void put_number(struct map *m, struct arena *a, str key, size_t n)
{
	size_t *copy = arena_alloc(a, sizeof(*copy));

	*copy = n;
	map_put(m, a, key, copy);
}

static size_t party_add(struct painter *p, struct parties *list, struct party party)
{
	str name = party_name(p->arena, party.unit, party.address);
	const size_t *known = map_find(&list->index, name);

	if (known)
		return *known;
	VEC_PUSH(p->arena, list, party);
	put_number(&list->index, p->arena, name, list->n - 1);
	return list->n - 1;
}

static size_t unknown_party(struct painter *p, struct parties *list, const char *what)
{
	return party_add(p, list, (struct party){ .address = str_from(what), .unknown = true });
}

/*
 * Adds the keys with that address: those of the part, from the `at`-th on, or one of its own unit.
 * Where the next address goes on, as both are sorted.
 */
static size_t add_keys(struct painter *p, const struct reach_part *part, str address, size_t at,
		       struct indexes *out)
{
	struct party party = { part->unit, text_shown(address, p->arena), false };
	const struct key_list *all = &part->declared;
	size_t start;

	while (at < all->n && str_cmp(all->v[at]->address, address) < 0)
		at++;
	for (start = at; at < all->n && str_eq(all->v[at]->address, address); at++) {
		party.unit = all->v[at]->unit->path;
		VEC_PUSH(p->arena, out, party_add(p, &p->out->keys, party));
	}
	if (at == start)
		VEC_PUSH(p->arena, out, party_add(p, &p->out->keys, party));
	return at;
}

/* ---- edges ---- */

static void add_edge(struct painter *p, size_t principal, size_t key, enum reach reach,
		     unsigned targets)
{
	struct edge edge = { principal, key, targets, reach };
	const size_t ends[3] = { principal, key, (size_t)reach };
	str name = str_dup(p->arena, (str){ (const char *)ends, sizeof(ends) });
	const size_t *known = map_find(&p->edges, name);

	if (known) {
		p->out->edges.v[*known].targets |= targets;
		return;
	}
	if (p->out->edges.n == EDGES_MAX) {
		p->out->cut = true;
		return;
	}
	put_number(&p->edges, p->arena, name, p->out->edges.n);
	VEC_PUSH(p->arena, &p->out->edges, edge);
}

static enum reach reach_of(const struct finding *f)
{
	static const enum reach reaches[] = {
		[OUTCOME_FIXED] = REACH_MOVED,   [OUTCOME_REMOVED] = REACH_REMOVED,
		[OUTCOME_HELD] = REACH_HELD,     [OUTCOME_SUPPRESSED] = REACH_SUPPRESSED,
		[OUTCOME_GRANTED] = REACH_MOVED,
	};

	if (f->outcome == OUTCOME_GRANTED && !f->pending)
		return REACH_KEPT;
	return reaches[f->outcome];
}

/* What is left alone may concern somebody or something that the code does not name. */
static bool stays(const struct finding *f)
{
	return f->outcome == OUTCOME_HELD || f->outcome == OUTCOME_SUPPRESSED;
}

static struct indexes find_principals(struct painter *p, const struct finding *f,
				      const struct reach_part *part)
{
	struct parties *list = &p->out->principals;
	struct indexes out = { 0 };

	for (size_t i = 0; i < part->principals.n; i++)
		VEC_PUSH(p->arena, &out,
			 party_add(p, list,
				   (struct party){ part->unit,
						   text_shown(part->principals.v[i], p->arena),
						   false }));
	if (!out.n && stays(f))
		VEC_PUSH(p->arena, &out, unknown_party(p, list, "(not known)"));
	return out;
}

static struct indexes find_keys(struct painter *p, const struct finding *f,
				const struct reach_part *part)
{
	struct indexes out = { 0 };

	for (size_t i = 0, at = 0; i < part->keys.n; i++)
		at = add_keys(p, part, part->keys.v[i], at, &out);
	if (!out.n && stays(f))
		VEC_PUSH(p->arena, &out, unknown_party(p, &p->out->keys, "(not named)"));
	return out;
}

static void add_part(struct painter *p, const struct finding *f, const struct reach_part *part)
{
	struct indexes who = find_principals(p, f, part), what = { 0 };

	if (who.n)
		what = find_keys(p, f, part);
	for (size_t i = 0; !p->out->cut && i < who.n; i++)
		for (size_t k = 0; !p->out->cut && k < what.n; k++)
			add_edge(p, who.v[i], what.v[k], reach_of(f), f->targets);
}

/* An instance of a module has its own principals and keys. */
static void add_finding(struct painter *p, const struct finding *f)
{
	struct reach_part whole = { f->unit, f->principals, f->keys, f->declared };

	for (size_t i = 0; i < f->parts.n && !p->out->cut; i++)
		add_part(p, f, &f->parts.v[i]);
	if (!f->parts.n && !p->out->cut)
		add_part(p, f, &whole);
}

static void add_grants(struct painter *p, const struct key *k, const struct statement *s)
{
	unsigned targets = s->effect == EFFECT_ALLOW ? statement_live_targets(s) : 0;
	struct party key = { k->unit->path, text_shown(k->address, p->arena), false };

	for (size_t i = 0; targets && i < s->principals.n; i++) {
		const struct name *name = name_get(k->unit, s->principals.v[i].element.text);
		const struct principal *who = name && name->kind == NAME_PRINCIPAL ?
						      name->principal :
						      NULL;
		struct party party;

		if (!who || !statement_grants(k, s, who))
			continue;
		party = (struct party){ who->unit->path, text_shown(who->address, p->arena),
					false };
		add_edge(p, party_add(p, &p->out->principals, party),
			 party_add(p, &p->out->keys, key), REACH_KEPT, targets);
	}
}

/* ---- order ---- */

struct ranked {
	struct party party;
	size_t was;
};

static int party_order(const void *px, const void *py)
{
	const struct party *x = &((const struct ranked *)px)->party,
			   *y = &((const struct ranked *)py)->party;
	int order = x->unknown - y->unknown;

	if (!order)
		order = str_cmp(x->unit, y->unit);
	return order ? order : str_cmp(x->address, y->address);
}

/* Sorts the parties; where each one went. */
static size_t *sort_parties(struct parties *list, struct arena *a)
{
	struct ranked *ranked = arena_array(a, list->n, sizeof(*ranked));
	size_t *now = arena_array(a, list->n, sizeof(*now));

	for (size_t i = 0; i < list->n; i++)
		ranked[i] = (struct ranked){ list->v[i], i };
	qsort(ranked, list->n, sizeof(*ranked), party_order);
	for (size_t i = 0; i < list->n; i++) {
		list->v[i] = ranked[i].party;
		now[ranked[i].was] = i;
	}
	return now;
}

static int edge_order(const void *px, const void *py)
{
	const struct edge *x = px, *y = py;

	if (x->principal != y->principal)
		return x->principal < y->principal ? -1 : 1;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (int)x->reach - (int)y->reach;
}

void picture_make(struct picture *out, const struct report_input *in,
		  const struct finding_list *findings, struct arena *a)
{
	struct painter p = { .out = out, .in = in, .arena = a };
	size_t *principals, *keys;

	*out = (struct picture){ 0 };
	for (size_t i = 0; i < findings->n; i++)
		add_finding(&p, findings->v[i]);
	for (size_t i = 0; in->model && i < in->model->keys.n; i++) {
		const struct key *k = in->model->keys.v[i];

		for (const struct policy *kp = k->policy; kp; kp = kp->otherwise)
			for (size_t s = 0; s < kp->statements.n; s++)
				add_grants(&p, k, kp->statements.v[s]);
	}
	principals = sort_parties(&out->principals, a);
	keys = sort_parties(&out->keys, a);
	for (size_t i = 0; i < out->edges.n; i++) {
		out->edges.v[i].principal = principals[out->edges.v[i].principal];
		out->edges.v[i].key = keys[out->edges.v[i].key];
	}
	if (out->edges.n)
		qsort(out->edges.v, out->edges.n, sizeof(*out->edges.v), edge_order);
}
