/* SPDX-License-Identifier: MIT */
#include "ledger.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kmsfix/utf8.h"
#include "kmsfix/vec.h"
#include "timestamp.h"

/* Longer names of services and context keys are not kept. */
#define NAME_LENGTH_MAX 256

static uint64_t mix(uint64_t h)
{
	h ^= h >> 32;
	h *= UINT64_C(0xd6e8feb86659fd93);
	return h ^ h >> 32;
}

/*
 * The seed differs from run to run: nobody can write logs whose uses all fall into one place of
 * the table. No result depends on it.
 */
static uint64_t hash(uint64_t seed, str s)
{
	uint64_t h = seed ^ s.n, part;

	for (; s.n >= 8; s = str_sub(s, 8, s.n)) {
		memcpy(&part, s.p, 8);
		h = mix(h ^ part) + seed;
	}
	part = 0;
	if (s.n)
		memcpy(&part, s.p, s.n);
	return mix(h ^ part);
}

void ledger_start(struct ledger *l, struct arena *a, size_t max_uses)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	*l = (struct ledger){ .arena = a, .max_uses = max_uses };
	snprintf(l->full, sizeof(l->full), "more than %zu different uses of keys", max_uses);
	l->seed = mix((uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30 ^ (uint64_t)(uintptr_t)a) |
		  1;
}

/* ---- days ---- */

static void day_insert(struct ledger *l, size_t at, int32_t day)
{
	VEC_PUSH(l->arena, &l->days, (struct evidence_day){ 0 });
	memmove(l->days.v + at + 1, l->days.v + at, (l->days.n - 1 - at) * sizeof(*l->days.v));
	l->days.v[at] = (struct evidence_day){ .day = day };
}

/* timestamp.h bounds the years, so there are never more than 73,000 of them. */
struct evidence_day *ledger_day(struct ledger *l, int32_t day)
{
	size_t low = 0, high = l->days.n;

	if (high && l->days.v[high - 1].day < day)
		low = high;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (l->days.v[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == l->days.n || l->days.v[low].day != day)
		day_insert(l, low, day);
	return &l->days.v[low];
}

void ledger_time(struct ledger *l, int64_t time, bool kms)
{
	struct evidence_day *day = ledger_day(l, (int32_t)(time / DAY_SECONDS));

	if (!l->ev.totals.events || time < l->ev.first)
		l->ev.first = time;
	if (time > l->ev.last)
		l->ev.last = time;
	day->events++;
	day->kms += kms;
	l->ev.totals.events++;
	l->ev.totals.kms += kms;
}

/* ---- copies of cross-account calls ---- */

static void shared_put(struct ledger *l, uint32_t place)
{
	size_t i = (size_t)mix(l->shared.v[place].id ^ l->seed) & (l->shared_slot_count - 1);

	while (l->shared_slots[i])
		i = (i + 1) & (l->shared_slot_count - 1);
	l->shared_slots[i] = place + 1;
}

static bool shared_known(const struct ledger *l, uint64_t id)
{
	size_t i = (size_t)mix(id ^ l->seed) & (l->shared_slot_count - 1);

	if (!l->shared_slot_count)
		return false;
	for (; l->shared_slots[i]; i = (i + 1) & (l->shared_slot_count - 1)) {
		if (l->shared.v[l->shared_slots[i] - 1].id == id)
			return true;
	}
	return false;
}

static void shared_grow(struct ledger *l)
{
	l->shared_slot_count = l->shared_slot_count ? l->shared_slot_count * 2 : 64;
	l->shared_slots = arena_array(l->arena, l->shared_slot_count, sizeof(*l->shared_slots));
	for (size_t i = 0; i < l->shared.n; i++)
		shared_put(l, (uint32_t)i);
}

/* False when the use with that id is counted already. */
static bool shared_add(struct ledger *l, uint64_t id, uint32_t use)
{
	if (shared_known(l, id))
		return false;
	if (l->shared.n == EVIDENCE_MAX_SHARED) {
		l->ev.totals.shared_unchecked++;
		return true;
	}
	if ((l->shared.n + 1) * 2 > l->shared_slot_count)
		shared_grow(l);
	VEC_PUSH(l->arena, &l->shared, ((struct evidence_shared){ id, use }));
	shared_put(l, (uint32_t)(l->shared.n - 1));
	return true;
}

/* ---- uses ---- */

static uint64_t use_hash(const struct ledger *l, str principal, str key, enum target action)
{
	return hash(hash(l->seed + (uint64_t)action, principal), key);
}

static bool is_use(const struct evidence_use *u, str principal, str key, enum target action)
{
	return u->action == action && str_eq(u->key, key) && str_eq(u->principal, principal);
}

/* Where it is, or belongs. */
static size_t use_slot(const struct ledger *l, str principal, str key, enum target action)
{
	size_t i = (size_t)use_hash(l, principal, key, action) & (l->slot_count - 1);

	while (l->slots[i] && !is_use(&l->uses.v[l->slots[i] - 1], principal, key, action))
		i = (i + 1) & (l->slot_count - 1);
	return i;
}

static void use_grow(struct ledger *l)
{
	l->slot_count = l->slot_count ? l->slot_count * 2 : 64;
	l->slots = arena_array(l->arena, l->slot_count, sizeof(*l->slots));
	for (size_t i = 0; i < l->uses.n; i++) {
		const struct evidence_use *u = &l->uses.v[i];

		l->slots[use_slot(l, u->principal, u->key, u->action)] = (uint32_t)i + 1;
	}
}

/* The use, new when there was none; NULL when there are too many. */
static struct evidence_use *use_get(struct ledger *l, str principal, str key, enum target action)
{
	struct evidence_use new = { .action = action };
	size_t slot;

	if ((l->uses.n + 1) * 2 > l->slot_count)
		use_grow(l);
	slot = use_slot(l, principal, key, action);
	if (!l->slots[slot]) {
		if (l->uses.n == l->max_uses)
			return NULL;
		new.principal = str_dup(l->arena, principal);
		new.key = str_dup(l->arena, key);
		VEC_PUSH(l->arena, &l->uses, new);
		l->slots[slot] = (uint32_t)l->uses.n;
	}
	return &l->uses.v[l->slots[slot] - 1];
}

/* What a summary can hold again. */
static bool is_text(str s)
{
	size_t at = 0, n;

	while ((n = utf8_next(s, at, NULL)) > 0)
		at += n;
	return at == s.n;
}

static void name_add(struct ledger *l, struct evidence_names *names, str name)
{
	if (strs_has(&names->list, name))
		return;
	if (name.n > NAME_LENGTH_MAX || !is_text(name) || names->list.n == EVIDENCE_MAX_NAMES)
		names->more = true;
	else
		strs_add(l->arena, &names->list, str_dup(l->arena, name));
}

static void span_add(struct evidence_use *u, int64_t first, int64_t last)
{
	if (!u->count || first < u->first)
		u->first = first;
	if (!u->count || last > u->last)
		u->last = last;
}

/* The service that called for the principal; empty when it called itself. */
static str service_of(const struct event *e)
{
	if (e->invoked_by.n)
		return e->invoked_by;
	return str_has(e->address, S(".amazonaws.com")) || str_eq(e->address, S("AWS Internal")) ?
		       e->address :
		       S("");
}

static void use_add(struct ledger *l, struct evidence_use *u, const struct event *e,
		    const struct strs *context)
{
	str service = service_of(e);

	span_add(u, e->time, e->time);
	u->count++;
	if (service.n)
		name_add(l, &u->services, service);
	else
		u->direct++;
	u->without_context += !context->n;
	for (size_t i = 0; i < context->n; i++)
		name_add(l, &u->context, context->v[i]);
}

/* The role or user; empty when there is none, and counted as such. */
static str principal_of(struct ledger *l, const struct event *e)
{
	struct evidence_totals *t = &l->ev.totals;

	if (event_is_principal(e->issuer))
		return e->issuer;
	if (!e->session && event_is_principal(e->arn))
		return e->arn;
	if (str_eq(e->type, S("AWSService")))
		t->service++;
	else if (str_eq(e->type, S("AWSAccount")))
		t->other_account++;
	else if (!e->session && str_eq(e->type, S("AssumedRole")))
		t->no_session++;
	else
		t->other_principal++;
	return S("");
}

/* A use of each key that the call needs. False when there are too many different uses. */
static bool count_call(struct ledger *l, const struct event *e, str principal)
{
	static const enum target reencrypt[SIDES] = { TARGET_REENCRYPT_FROM, TARGET_REENCRYPT_TO };
	bool decrypt = str_eq(e->name, S("Decrypt"));
	struct evidence_day *day = ledger_day(l, (int32_t)(e->time / DAY_SECONDS));
	size_t sides = decrypt ? 1 : SIDES;
	bool copy = false;

	for (size_t i = 0; i < sides; i++) {
		enum target action = decrypt ? TARGET_DECRYPT : reencrypt[i];
		struct evidence_use *u = use_get(l, principal, e->keys[i], action);

		if (!u)
			return false;
		/* The id without the seed: it goes into summaries. */
		if (e->shared_id.n && !shared_add(l, str_hash(e->shared_id) ^ (uint64_t)action,
						  (uint32_t)(u - l->uses.v))) {
			copy = true;
			continue;
		}
		use_add(l, u, e, &e->context[i]);
		day->uses++;
	}
	if (copy)
		l->ev.totals.copies++;
	else
		l->ev.totals.counted++;
	return true;
}

bool ledger_event(struct ledger *l, const struct event *e)
{
	struct evidence_totals *t = &l->ev.totals;
	str principal;

	t->calls++;
	if (e->error.n) {
		t->denied++;
		return true;
	}
	principal = principal_of(l, e);
	if (!principal.n) {
		ledger_unclear(l, e, principal);
		return true;
	}
	if (e->key_count < (str_eq(e->name, S("Decrypt")) ? 1 : SIDES)) {
		t->no_key++;
		ledger_unclear(l, e, principal);
		return true;
	}
	return count_call(l, e, principal);
}

void ledger_interruption(struct ledger *l, enum evidence_interruption_kind kind, str trail,
			 int64_t time)
{
	struct evidence_interruption i = { kind, str_dup(l->arena, str_sub(trail, 0, 1024)), time };

	l->ev.totals.interruptions++;
	if (l->interruptions.n < EVIDENCE_MAX_INTERRUPTIONS)
		VEC_PUSH(l->arena, &l->interruptions, i);
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

bool ledger_merge(struct ledger *l, const struct evidence_use *u, const uint64_t *ids,
		  size_t id_count)
{
	struct evidence_use *to = use_get(l, u->principal, u->key, u->action);
	uint64_t known = 0, left;

	if (!to)
		return false;
	for (size_t i = 0; i < id_count; i++)
		known += !shared_add(l, ids[i], (uint32_t)(to - l->uses.v));
	left = u->count - least(known, u->count);
	/* A ReEncrypt is two uses, but one call. */
	if (u->action != TARGET_REENCRYPT_TO) {
		l->ev.totals.copies += known;
		l->ev.totals.counted -= least(known, l->ev.totals.counted);
	}
	span_add(to, u->first, u->last);
	to->count += left;
	/* Which of the uses were the copies is not known. */
	to->direct += least(u->direct, left);
	to->without_context += least(u->without_context, left);
	for (size_t i = 0; i < u->services.list.n; i++)
		name_add(l, &to->services, u->services.list.v[i]);
	for (size_t i = 0; i < u->context.list.n; i++)
		name_add(l, &to->context, u->context.list.v[i]);
	to->services.more |= u->services.more;
	to->context.more |= u->context.more;
	return true;
}
