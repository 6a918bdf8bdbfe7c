/* SPDX-License-Identifier: MIT */
/* placed - grants in the words of the places where they are to be written. */
#ifndef KMSFIX_PLAN_PLACED_H
#define KMSFIX_PLAN_PLACED_H

#include "grants.h"
#include "kmsfix/buf.h"
#include "kmsfix/carry.h"

/* A grant in the words of its place. */
struct placed {
	const struct grant *grant;
	enum change_kind kind;
	const struct node *where;
	struct shape *shape;    /* the statement, or the list of principals that extends one */
	str text;               /* the same, for comparison */
	const char *code, *why; /* when it cannot be said there */
	const char *refused;    /* why its module cannot be given it, whatever the others are */
	bool done;
	struct placed *next; /* the next one at that node */
};

struct placer {
	struct planner *pl;
	struct carrier carrier;
	struct {
		struct placed *v;
		size_t n, cap;
	} all;
	struct {
		const struct grant **v;
		size_t n, cap;
	} owners;            /* of the carrier's additions */
	struct map contexts; /* changes that add one, by directory and text */
	struct map sharers;  /* who has the text of a node, once somebody has asked */
};

/* The grant in the plan. */
struct grant *placed_grant(struct placer *x, const struct placed *p);
/* The scope whose names the place of the grant uses. */
const struct scope *placed_scope(const struct grant *g);
/* The new statement of the grant, or the list of principals that extends one. */
struct shape *placed_shape(struct planner *pl, const struct grant *g);
/* Every text of the shape as the scope says it; false with a code and why. */
bool placed_carry(struct placer *x, struct placed *p, struct shape *s);
/* The shape as a text, for comparison. */
void placed_add_text(struct buf *b, const struct shape *s);
struct carry_list placed_list(struct arena *a, const struct grant *g);
/* The principals as one list expression, on which the whole statement depends when it may be
 * empty. */
void placed_set_principals(struct placer *x, struct shape *statement, str expression, bool empty);
/* The scope can say the text with what it has. */
bool placed_at_hand(struct placer *x, str text, const struct scope *scope);
/* What was added since the last call is for this grant. */
void placed_own_additions(struct placer *x, const struct grant *g);
/* The change that writes it. */
void placed_write(struct placer *x, const struct placed *p);
/* What is written for `p` is for that grant, too. */
void placed_own(struct placer *x, const struct placed *p, const struct grant *g);
/* The change that holds its findings instead. */
void placed_refuse(struct placer *x, const struct placed *p, const char *code, const char *why);
/* common_place.c: whether one text does for the grant and all that are like it in other instances
 * of its place, and nobody else has it. */
bool place_is_one(struct placer *x, size_t first);
/* common_place.c: writes, or refuses, the grant and all that are like it in other instances of its
 * place. */
void place_settle(struct placer *x, size_t first);

#endif
