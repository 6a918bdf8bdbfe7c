/* SPDX-License-Identifier: MIT */
/*
 * round - planning goes in rounds: what only the result of a plan shows is an option of the next
 * one, until nothing new is found. Every round adds something, so they end.
 */
#ifndef KMSFIX_ROUND_H
#define KMSFIX_ROUND_H

#include "kmsfix/plan.h"

struct template;

/* What the user takes with the fix (--accept). */
enum accept { ACCEPT_CYCLE = 1, ACCEPT_RES_ALL = 2, ACCEPT_RES_WILD = 4, ACCEPT_UNUSED = 8 };

/* A policy that is written apart from its role or key before everything else, see apart.h. */
struct detached {
	str unit, address; /* of the role or key */
	struct strs circle;
	enum apart apart;
	struct strs owners;  /* ids of the findings it is for */
	const char *note;    /* what a reviewer should know */
	const char *refused; /* why it cannot be, or is not needed; NULL: it is detached */
};

/* What is made to wait for a grant: a removal, or who waited for the policy. */
struct waiting {
	const void *front; /* see wait.h; of the model that the plan is made on, as all of them */
	const struct key *key;
	const struct statement *statement; /* of the finding */
};

struct plan_options {
	bool strict;
	bool all_keys;   /* only statements for all keys are findings */
	unsigned accept; /* enum accept */
	bool granting;   /* the result has no removals yet, and the units are all there */
	bool phased;     /* grants may be applied before removals, in another unit too */
	const struct template *tpl;
	str today;       /* YYYY-MM-DD, for suppressions that expire; empty: none does */
	struct map held; /* issues by the id of a finding, see plan_hold() */
	struct {
		struct detached *v;
		size_t n, cap;
	} detached;
	struct {
		struct waiting *v;
		size_t n, cap;
	} waiting;
	/* Ids of statements (with any value) that are no findings here and stay as they are. */
	const struct map *except;
};

/* Holds the finding with the id from the next round on: a reason that only a plan shows. */
void plan_hold(struct plan_options *options, str id, struct issue issue, struct arena *a);

/*
 * The changes that detach what `options` says from the roles and keys of `m`, and nothing else.
 * What cannot be detached is refused in `options`; false when anything was.
 */
bool plan_detach(struct plan *out, const struct model *m, struct plan_options *options,
		 struct arena *a);
/* Adds to the findings what they should know of what was detached for them. */
void plan_detach_notes(struct plan *plan, const struct plan_options *options, struct arena *a);
/* Refuses everything that is detached: the result is not what it should be. */
void plan_detach_none(struct plan_options *options);
/* Refuses what is detached for held findings only. */
void plan_detach_refuse(struct plan_options *options);
/*
 * Refuses what was detached for findings that are not fixed after all; true when there was any.
 */
bool plan_detached_in_vain(const struct plan *plan, struct plan_options *options);
/*
 * Tells the statements of `m`, built after policies of `before` were detached, which ones of
 * `before` they are. False when they are not the same ones, or are effective for others: also those
 * that say nothing of KMS.
 */
bool plan_trace(const struct model *before, const struct model *m, struct arena *a);
/* The same for what the plan has left as it was: it has its id, by which it is held. */
void plan_trace_result(const struct model *before, const struct model *m, struct arena *a);

/*
 * Says for each fixed finding of a plan that is not phased what is changed first in `after`. Where
 * nothing says so, and the removal can be made to wait for the grant, it adds that to `options` and
 * returns true: plan again.
 */
bool plan_order(struct plan *plan, const struct model *after, struct plan_options *options,
		struct arena *a);

#endif
