/* SPDX-License-Identifier: MIT */
/* The end of the count: everything in an order that does not depend on what was read first. */
#include "ledger.h"

#include <stdlib.h>

#include "kmsfix/vec.h"

/* A use and where it stood. */
struct placed {
	struct evidence_use use;
	uint32_t place;
};

static int use_order(const void *pa, const void *pb)
{
	const struct evidence_use *a = &((const struct placed *)pa)->use;
	const struct evidence_use *b = &((const struct placed *)pb)->use;
	int order = str_cmp(a->principal, b->principal);

	if (!order)
		order = str_cmp(a->key, b->key);
	return order ? order : (a->action > b->action) - (a->action < b->action);
}

static int shared_order(const void *pa, const void *pb)
{
	const struct evidence_shared *a = pa, *b = pb;
	int order = (a->use > b->use) - (a->use < b->use);

	return order ? order : (a->id > b->id) - (a->id < b->id);
}

static int interruption_order(const void *pa, const void *pb)
{
	const struct evidence_interruption *a = pa, *b = pb;
	int order = (a->time > b->time) - (a->time < b->time);

	if (!order)
		order = str_cmp(a->trail, b->trail);
	return order ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static void sort_uses(struct ledger *l)
{
	struct placed *placed = arena_array(l->arena, l->uses.n, sizeof(*placed));
	uint32_t *moved = arena_array(l->arena, l->uses.n, sizeof(*moved));

	for (size_t i = 0; i < l->uses.n; i++)
		placed[i] = (struct placed){ l->uses.v[i], (uint32_t)i };
	if (l->uses.n)
		qsort(placed, l->uses.n, sizeof(*placed), use_order);
	for (size_t i = 0; i < l->uses.n; i++) {
		l->uses.v[i] = placed[i].use;
		moved[placed[i].place] = (uint32_t)i;
		strs_sort(&l->uses.v[i].services.list);
		strs_sort(&l->uses.v[i].context.list);
	}
	for (size_t i = 0; i < l->shared.n; i++)
		l->shared.v[i].use = moved[l->shared.v[i].use];
	if (l->shared.n)
		qsort(l->shared.v, l->shared.n, sizeof(*l->shared.v), shared_order);
}

static bool has_any(const struct evidence_day *d)
{
	return d->events > 0;
}

static bool has_kms(const struct evidence_day *d)
{
	return d->kms > 0;
}

/* The stretches of days, between the first and the last one, for which `has` is not true. */
static struct evidence_gap *gaps(struct ledger *l, bool (*has)(const struct evidence_day *),
				 size_t *n)
{
	struct {
		struct evidence_gap *v;
		size_t n, cap;
	} found = { 0 };
	int32_t next = l->days.n ? l->days.v[0].day : 0;

	for (size_t i = 0; i < l->days.n; i++) {
		if (!has(&l->days.v[i]))
			continue;
		if (l->days.v[i].day > next)
			VEC_PUSH(l->arena, &found,
				 ((struct evidence_gap){ next, l->days.v[i].day - 1 }));
		next = l->days.v[i].day + 1;
	}
	if (l->days.n && next <= l->days.v[l->days.n - 1].day)
		VEC_PUSH(l->arena, &found,
			 ((struct evidence_gap){ next, l->days.v[l->days.n - 1].day }));
	*n = found.n;
	return found.v;
}

void ledger_finish(struct ledger *l)
{
	struct evidence *ev = &l->ev;

	sort_uses(l);
	ledger_finish_unclear(l);
	if (l->interruptions.n)
		qsort(l->interruptions.v, l->interruptions.n, sizeof(*l->interruptions.v),
		      interruption_order);
	ev->uses = l->uses.v;
	ev->use_count = l->uses.n;
	ev->days = l->days.v;
	ev->day_count = l->days.n;
	ev->gaps = gaps(l, has_any, &ev->gap_count);
	ev->kms_gaps = gaps(l, has_kms, &ev->kms_gap_count);
	ev->interruptions = l->interruptions.v;
	ev->interruption_count = l->interruptions.n;
	ev->shared = l->shared.v;
	ev->shared_count = l->shared.n;
}
