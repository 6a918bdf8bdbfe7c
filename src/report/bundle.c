/* SPDX-License-Identifier: MIT */
/*
 * Changes know their findings, edits do not. So the places that changes name become zones, an edit
 * belongs to the zones it touches, and whatever meets in a zone is united.
 */
#include "bundle.h"

#include <stdlib.h>

#include "kmsfix/ascii.h"
#include "kmsfix/forest.h"
#include "kmsfix/map.h"
#include "kmsfix/vec.h"

struct zone {
	const struct file *file;
	size_t start, end;
	size_t owner; /* a finding; BUNDLE_NONE: not known */
};

struct bundler {
	const struct report_input *in;
	const struct finding_list *findings;
	struct arena *arena;
	size_t *parent; /* of each finding: a forest whose trees are the bundles */
	struct map by_id;
	struct {
		struct zone *v;
		size_t n, cap;
	} zones;
};

/* Unites two findings; either may be BUNDLE_NONE. What is left: one of them. */
static size_t unite(struct bundler *b, size_t x, size_t y)
{
	if (x == BUNDLE_NONE || y == BUNDLE_NONE)
		return x == BUNDLE_NONE ? y : x;
	return forest_unite(b->parent, x, y);
}

static void index_findings(struct bundler *b)
{
	const struct finding_list *list = b->findings;

	b->parent = forest_new(b->arena, list->n);
	for (size_t i = 0; i < list->n; i++) {
		size_t *first = map_find(&b->by_id, list->v[i]->id);

		if (first)
			unite(b, i, *first);
		else
			map_put(&b->by_id, b->arena, list->v[i]->id, &b->parent[i]);
	}
}

static void add_zone(struct bundler *b, const struct node *n, size_t owner)
{
	if (n)
		VEC_PUSH(b->arena, &b->zones,
			 ((struct zone){ n->tree->file, n->start, n->end, owner }));
}

/* What a resource is told to wait for stands at its end, or in that list. */
static void add_list_zone(struct bundler *b, const struct change *c, size_t owner)
{
	const struct node *map = c->nodes[0], *near = c->n > 1 ? c->nodes[1] : NULL;
	struct zone z = { map->tree->file, map->end, map->end, owner };

	if (near || map->kind == NODE_MAP) {
		add_zone(b, near ? near : map->first, owner);
		return;
	}
	if (map->last)
		z.start = map->last->end;
	VEC_PUSH(b->arena, &b->zones, z);
}

static void add_change(struct bundler *b, const struct change *c)
{
	size_t owner = BUNDLE_NONE;

	for (size_t i = 0; i < c->owners.n; i++) {
		size_t *slot = map_find(&b->by_id, c->owners.v[i]);

		if (slot)
			owner = unite(b, owner, (size_t)(slot - b->parent));
	}
	if (c->kind == CHANGE_WAIT) {
		add_list_zone(b, c, owner);
		return;
	}
	for (size_t i = 0; i < c->n; i++)
		add_zone(b, c->nodes[i], owner);
	add_zone(b, c->site.node, owner);
}

static int zone_order(const void *px, const void *py)
{
	const struct zone *x = px, *y = py;
	int order = x->file == y->file ? 0 : str_cmp(x->file->path, y->file->path);

	if (!order)
		order = (x->start > y->start) - (x->start < y->start);
	return order ? order : (x->end > y->end) - (x->end < y->end);
}

/* Sorts the zones and joins those that touch. */
static void join_zones(struct bundler *b)
{
	size_t kept = 0;

	if (b->zones.n)
		qsort(b->zones.v, b->zones.n, sizeof(*b->zones.v), zone_order);
	for (size_t i = 0; i < b->zones.n; i++) {
		struct zone z = b->zones.v[i], *last = kept ? &b->zones.v[kept - 1] : NULL;

		if (last && last->file == z.file && z.start <= last->end) {
			last->owner = unite(b, last->owner, z.owner);
			last->end = z.end > last->end ? z.end : last->end;
		} else {
			b->zones.v[kept++] = z;
		}
	}
	b->zones.n = kept;
}

/* True when the edit only tidies up beside another one. */
static bool is_tidying(const struct edit *e)
{
	str old = str_sub(e->file->text, e->start, e->end);
	const str both[] = { old, e->text };

	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < both[k].n; i++) {
			if (!ascii_is_blank(both[k].p[i]) && both[k].p[i] != ',')
				return false;
		}
	}
	return true;
}

static size_t distance(const struct zone *z, const struct edit *e)
{
	if (z->file != e->file)
		return SIZE_MAX;
	if (z->start > e->end)
		return z->start - e->end;
	return z->end < e->start ? e->start - z->end : 0;
}

/* The owner of an edit: of all zones it touches, else of the nearest; `at` moves on to them. */
static size_t find_owner(struct bundler *b, const struct edit *e, size_t *at)
{
	size_t owner = BUNDLE_NONE, near;
	const struct zone *z = b->zones.v;

	while (*at < b->zones.n && (str_cmp(z[*at].file->path, e->file->path) < 0 ||
				    (z[*at].file == e->file && z[*at].end < e->start)))
		++*at;
	for (size_t i = *at; i < b->zones.n && distance(&z[i], e) == 0; i++)
		owner = unite(b, owner, z[i].owner);
	if (owner != BUNDLE_NONE)
		return owner;
	near = *at;
	if (near && (near == b->zones.n || distance(&z[near - 1], e) < distance(&z[near], e)))
		near--;
	if (near < b->zones.n && z[near].file == e->file && is_tidying(e))
		return z[near].owner;
	return BUNDLE_NONE;
}

/* One bundle of everything: some edit is nobody's. */
static void unite_all(struct bundler *b, size_t *owners)
{
	size_t owner = BUNDLE_NONE;

	for (size_t i = 0; i < b->findings->n; i++) {
		if (finding_changes(b->findings->v[i]))
			owner = unite(b, owner, i);
	}
	for (size_t i = 0; i < b->in->edits->n; i++)
		owners[i] = owner;
}

static void number_bundles(struct bundler *b, struct bundles *out, size_t *owners)
{
	size_t *numbers = arena_array(b->arena, b->findings->n, sizeof(*numbers));
	bool *used = arena_array(b->arena, b->findings->n, sizeof(*used));

	for (size_t i = 0; i < b->in->edits->n; i++) {
		if (owners[i] != BUNDLE_NONE)
			used[forest_root(b->parent, owners[i])] = true;
	}
	for (size_t i = 0; i < b->findings->n; i++) {
		size_t root = forest_root(b->parent, i);

		if (!used[root] || !finding_changes(b->findings->v[i])) {
			out->of_finding[i] = BUNDLE_NONE;
			continue;
		}
		if (!numbers[root]) {
			out->first[out->n++] = i;
			numbers[root] = out->n;
		}
		out->of_finding[i] = numbers[root] - 1;
	}
	for (size_t i = 0; i < b->in->edits->n; i++)
		out->of_edit[i] = owners[i] == BUNDLE_NONE ?
					  BUNDLE_NONE :
					  numbers[forest_root(b->parent, owners[i])] - 1;
}

void bundles_make(struct bundles *out, const struct report_input *in,
		  const struct finding_list *findings, struct arena *a)
{
	struct bundler b = { .in = in, .findings = findings, .arena = a };
	size_t *owners = arena_array(a, in->edits->n, sizeof(*owners)), at = 0;
	bool unsure = false;

	*out = (struct bundles){
		.of_finding = arena_array(a, findings->n, sizeof(*out->of_finding)),
		.of_edit = arena_array(a, in->edits->n, sizeof(*out->of_edit)),
		.first = arena_array(a, findings->n, sizeof(*out->first)),
	};
	index_findings(&b);
	for (size_t i = 0; i < in->plan->changes.n; i++)
		add_change(&b, &in->plan->changes.v[i]);
	join_zones(&b);
	for (size_t i = 0; i < in->edits->n; i++) {
		owners[i] = find_owner(&b, &in->edits->v[i], &at);
		unsure |= owners[i] == BUNDLE_NONE;
	}
	if (unsure)
		unite_all(&b, owners);
	number_bundles(&b, out, owners);
}
