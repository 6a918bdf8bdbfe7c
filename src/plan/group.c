/* SPDX-License-Identifier: MIT */
/* A forest over the findings: whatever two of them have in common puts them under one root. */
#include "kmsfix/group.h"

#include <stdlib.h>

#include "kmsfix/forest.h"
#include "kmsfix/map.h"
#include "kmsfix/vec.h"

#define NOBODY SIZE_MAX

struct grouper {
	const struct plan *plan;
	struct arena *arena;
	size_t *parent; /* of each finding of the plan */
	struct map by_id, by_thing;
};

const char *group_by_name(enum group_by by)
{
	static const char *const names[] = {
		[GROUP_ALL] = "all",
		[GROUP_UNIT] = "unit",
		[GROUP_KEY] = "key",
		[GROUP_FILE] = "file",
	};

	return names[by];
}

/* ---- the forest ---- */

/* Unites the finding with all others that have the thing. */
static void share(struct grouper *g, size_t finding, str thing)
{
	size_t *first = map_find(&g->by_thing, thing);

	if (first)
		forest_unite(g->parent, finding, *first);
	else
		map_put(&g->by_thing, g->arena, thing, &g->parent[finding]);
}

static void share_pointer(struct grouper *g, size_t finding, const void *p)
{
	if (p)
		share(g, finding, str_fmt(g->arena, "at %p", p));
}

static size_t finding_of(const struct grouper *g, str id)
{
	const size_t *slot = map_find(&g->by_id, id);

	return slot ? (size_t)(slot - g->parent) : NOBODY;
}

/* Unites all owners; the first of them, or NOBODY. */
static size_t unite_owners(struct grouper *g, const struct strs *owners)
{
	size_t first = NOBODY;

	for (size_t i = 0; i < owners->n; i++) {
		size_t owner = finding_of(g, owners->v[i]);

		if (owner == NOBODY)
			continue;
		if (first == NOBODY)
			first = owner;
		forest_unite(g->parent, first, owner);
	}
	return first;
}

/* ---- what findings have in common ---- */

/* What is all that its first and its last line have of code; the node itself where that is more. */
static const struct node *lines_of(const struct node *n)
{
	str text = n->tree->file->text;

	while (n->parent && n->parent->parent &&
	       file_line_start(text, n->parent->start) == file_line_start(text, n->parent->end))
		n = n->parent;
	return n;
}

/*
 * What is edited around the node: the list or block that it stands in. Blocks of a file, which
 * stand in nothing else, can come and go one by one, though not what is next to another: Git
 * merges no changes that touch.
 */
static void share_place(struct grouper *g, size_t owner, const struct node *n)
{
	if (!n)
		return;
	share_pointer(g, owner, n);
	if (n->parent && n->parent->parent)
		share_pointer(g, owner, n->parent);
	share_pointer(g, owner, lines_of(n));
	share_pointer(g, owner, lines_of(n)->next);
}

static void share_changes(struct grouper *g)
{
	for (size_t i = 0; i < g->plan->changes.n; i++) {
		const struct change *c = &g->plan->changes.v[i];
		size_t owner = unite_owners(g, &c->owners);

		if (owner == NOBODY)
			continue;
		for (size_t k = 0; k < c->n; k++)
			share_place(g, owner, c->nodes[k]);
		share_place(g, owner, c->site.node);
	}
}

static void share_grants(struct grouper *g)
{
	for (size_t i = 0; i < g->plan->grants.n; i++) {
		const struct grant *grant = &g->plan->grants.v[i];
		size_t owner = unite_owners(g, &grant->owners);

		if (owner == NOBODY)
			continue;
		share_pointer(g, owner, grant->key);
		share_pointer(g, owner, grant->key->body);
		share_pointer(g, owner, grant->site ? grant->site->site.node : NULL);
		if (grant->carries)
			share_pointer(g, owner, grant->key->unit);
	}
}

/* Which of several statements leaves the policy or its place empty must not depend on the order. */
static void share_emptied(struct grouper *g)
{
	for (size_t i = 0; i < g->plan->emptied.n; i++) {
		const struct policy *p = g->plan->emptied.v[i];
		const size_t *slot = NULL;
		size_t owner;

		for (size_t k = 0; k < p->statements.n && !slot; k++)
			slot = map_find(
				&g->by_thing,
				str_fmt(g->arena, "at %p", (const void *)p->statements.v[k]->node));
		if (!slot)
			continue;
		owner = (size_t)(slot - g->parent);
		for (size_t k = 0; k < p->removal.blocks.n; k++)
			share_place(g, owner, p->removal.blocks.v[k]);
		for (size_t k = 0; k < p->removal.elements.n; k++)
			share_place(g, owner, p->removal.elements.v[k]);
		if (p->removal.nested)
			share_pointer(g, owner, p->removal.parent);
		for (size_t k = 0; k < p->removal.with.n; k++)
			share_pointer(g, owner, p->removal.with.v[k]);
	}
}

static void share_documents(struct grouper *g)
{
	for (size_t i = 0; i < g->plan->findings.n; i++) {
		const struct statement *s = g->plan->findings.v[i].statement;

		if (!finding_changes(&g->plan->findings.v[i]))
			continue;
		share_pointer(g, i, s->document);
		share_pointer(g, i, s->document->node);
		share_place(g, i, s->node);
		for (size_t k = 0; k < s->uses.n; k++)
			share_pointer(g, i, s->uses.v[k]);
	}
}

/* ---- what the user asked for ---- */

static str place_label(const struct grouper *g, str unit, str address)
{
	return str_fmt(g->arena, "%.*s%s%.*s", STR_ARG(unit), unit.n ? "/" : "", STR_ARG(address));
}

/* The first of its keys, which may be of another unit. */
static str key_label(const struct grouper *g, const struct finding *f)
{
	if (f->declared.n)
		return place_label(g, f->declared.v[0]->unit->path, f->declared.v[0]->address);
	return f->keys.n ? place_label(g, f->unit, f->keys.v[0]) : (str){ 0 };
}

/* What a group with this finding is called. */
static str label_of(const struct grouper *g, const struct finding *f, enum group_by by)
{
	switch (by) {
	case GROUP_UNIT:
		return f->unit.n ? f->unit : S(".");
	case GROUP_FILE:
		return f->file->path;
	case GROUP_KEY:
		return key_label(g, f);
	case GROUP_ALL:
		break;
	}
	return S("all");
}

/* The label of each root: the least one of its findings; empty when none has one. */
static str *root_labels(struct grouper *g, enum group_by by)
{
	str *labels = arena_array(g->arena, g->plan->findings.n, sizeof(*labels));

	for (size_t i = 0; i < g->plan->findings.n; i++) {
		const struct finding *f = &g->plan->findings.v[i];
		str *of = &labels[forest_root(g->parent, i)], own = { 0 };

		if (finding_changes(f))
			own = label_of(g, f, by);
		if (own.n && (!of->n || str_cmp(own, *of) < 0))
			*of = own;
	}
	return labels;
}

static void share_labels(struct grouper *g, enum group_by by)
{
	for (size_t i = 0; i < g->plan->findings.n; i++) {
		const struct finding *f = &g->plan->findings.v[i];
		str label = finding_changes(f) ? label_of(g, f, by) : (str){ 0 };

		if (label.n)
			share(g, i, str_fmt(g->arena, "for %.*s", STR_ARG(label)));
	}
}

static int by_label(const void *px, const void *py)
{
	const struct group *x = px, *y = py;

	return str_cmp(x->label, y->label);
}

static struct group *group_at(struct groups *out, struct map *index, str label, struct arena *a)
{
	size_t *at = map_find(index, label);

	if (!at) {
		at = ARENA_NEW(a, size_t);
		*at = out->n;
		map_put(index, a, label, at);
		VEC_PUSH(a, out, ((struct group){ .label = label }));
	}
	return &out->v[*at];
}

static void collect(struct grouper *g, enum group_by by, struct groups *out)
{
	str *labels = root_labels(g, by);
	struct map index = { 0 };

	for (size_t i = 0; i < g->plan->findings.n; i++) {
		const struct finding *f = &g->plan->findings.v[i];
		str label = labels[forest_root(g->parent, i)];

		/* what is for no key at all goes together */
		if (finding_changes(f))
			strs_add(g->arena,
				 &group_at(out, &index, label.n ? label : S("no-key"), g->arena)
					  ->ids,
				 f->id);
	}
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_label);
	for (size_t i = 0; i < out->n; i++)
		strs_sort(&out->v[i].ids);
}

void groups_make(struct groups *out, const struct plan *plan, enum group_by by, struct arena *a)
{
	struct grouper g = { .plan = plan, .arena = a };

	*out = (struct groups){ 0 };
	g.parent = forest_new(a, plan->findings.n);
	for (size_t i = 0; i < plan->findings.n; i++) {
		if (finding_changes(&plan->findings.v[i]))
			map_put(&g.by_id, a, plan->findings.v[i].id, &g.parent[i]);
	}
	share_documents(&g);
	share_changes(&g);
	share_grants(&g);
	share_emptied(&g);
	share_labels(&g, by);
	collect(&g, by, out);
}

bool group_is_whole(const struct group *g, const struct plan *plan)
{
	struct strs ids = { 0 };
	struct arena *a = arena_create();
	bool same;

	for (size_t i = 0; i < plan->findings.n; i++) {
		if (finding_changes(&plan->findings.v[i]))
			strs_add(a, &ids, plan->findings.v[i].id);
	}
	strs_sort(&ids);
	same = ids.n == g->ids.n;
	for (size_t i = 0; same && i < ids.n; i++)
		same = str_eq(ids.v[i], g->ids.v[i]);
	arena_destroy(a);
	return same;
}
