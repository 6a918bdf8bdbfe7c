/* SPDX-License-Identifier: MIT */
/*
 * ledger - counts what was read, in memory that does not grow with the logs: uses by (principal,
 * key, action), what was unclear, days, interruptions, and the ids by which copies are found.
 */
#ifndef FACTS_LEDGER_H
#define FACTS_LEDGER_H

#include "event.h"
#include "kmsfix/evidence.h"

/* A counted cross-account use: hash of its id and action, and its place in ledger.uses. */
struct evidence_shared {
	uint64_t id;
	uint32_t use;
};

struct ledger {
	struct arena *arena;
	size_t max_uses;
	char full[64];      /* what to say when there are more */
	struct evidence ev; /* the totals, first and last; the rest when finished */
	struct {
		struct evidence_use *v;
		size_t n, cap;
	} uses;
	uint32_t *slots; /* hash table into uses: 0 is free, else place + 1 */
	size_t slot_count;
	uint64_t seed;
	struct {
		struct evidence_unclear *v;
		size_t n, cap;
	} unclear;
	struct {
		struct evidence_day *v; /* by day, without holes */
		size_t n, cap;
	} days;
	struct {
		struct evidence_shared *v;
		size_t n, cap;
	} shared;
	uint32_t *shared_slots;
	size_t shared_slot_count;
	struct {
		struct evidence_interruption *v;
		size_t n, cap;
	} interruptions;
};

void ledger_start(struct ledger *l, struct arena *a, size_t max_uses);
/* The counters of a day; valid until the next call. */
struct evidence_day *ledger_day(struct ledger *l, int32_t day);
/* One event of any service took place at `time`. */
void ledger_time(struct ledger *l, int64_t time, bool kms);
/* Counts a Decrypt or ReEncrypt event; false when there are too many different uses. */
bool ledger_event(struct ledger *l, const struct event *e);
void ledger_interruption(struct ledger *l, enum evidence_interruption_kind kind, str trail,
			 int64_t time);
/*
 * The use of a summary line: adds its counts. `ids` of `id_count` cross-account uses are in it;
 * those counted already are taken off.
 */
bool ledger_merge(struct ledger *l, const struct evidence_use *u, const uint64_t *ids,
		  size_t id_count);
/* unclear.c: a call of the principal (empty: of somebody) that is no use, for want of a name. */
void ledger_unclear(struct ledger *l, const struct event *e, str principal);
/* Adds those of a summary line. */
void ledger_merge_unclear(struct ledger *l, const struct evidence_unclear *u);
void ledger_finish_unclear(struct ledger *l);
/* Sorts everything into l->ev. */
void ledger_finish(struct ledger *l);

#endif
