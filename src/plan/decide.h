/* SPDX-License-Identifier: MIT */
/*
 * decide - one finding on its way to an outcome. Stages only add holds, so that the result does not
 * depend on order; a candidate without holds is fixed or removed.
 */
#ifndef KMSFIX_PLAN_DECIDE_H
#define KMSFIX_PLAN_DECIDE_H

#include "kmsfix/access.h"
#include "kmsfix/round.h"
#include "kmsfix/template.h"

/* What becomes of one element of Resource. */
enum fate {
	FATE_OTHER, /* no key: stays with the other actions, says nothing about ours */
	FATE_DEAD,  /* the permission has no effect on it */
	FATE_MOVE,
	FATE_STAY, /* held: codes in `holds` of the candidate's split part */
};

struct resource_fate {
	const struct element *element;
	struct meaning meaning;
	enum fate fate;
	struct issues holds;
};

/* A permission that must be granted in a key policy. */
struct move {
	struct key *key;
	const struct policy *of; /* the text of its policy that says it; NULL: each that may be */
	const struct principal *principal;
	unsigned targets;
	const struct statement *delegation; /* its conditions join; NULL: unconditional */
	struct strs guards; /* under which alone it may be there, beside those of `of` */
	size_t resource;    /* which element asked for it */
};

/* What a principal may do with a key, and under which conditions and guards. */
struct want {
	const struct key *key;
	const struct principal *principal;
	unsigned target;
	struct term term;
	const struct statement *owner; /* who wants it, or whose grant it is */
	size_t resource;               /* of the owner's resources */
	size_t before; /* of a planned grant: the one before it on the same pair, plus 1; 0: none */
};

struct wants {
	struct want *v;
	size_t n, cap;
};

struct candidate {
	struct statement *s;
	unsigned targets; /* the statement covers */
	unsigned take;    /* the part that may move under the template */
	bool takes_all;   /* no action is left then */
	struct issues holds;
	struct {
		struct resource_fate *v;
		size_t n, cap;
	} resources;
	struct {
		struct move *v;
		size_t n, cap;
	} moves;
	struct {
		struct ask *v;
		size_t n, cap;
	} asks; /* of keys elsewhere */
	struct strs principals, keys;
	struct key_list declared; /* those that `keys` are the addresses of */
	struct reach_parts parts; /* of its instances, where there are several */
	unsigned rests_on;
	const struct statement *granted_by; /* of a request: by what, for good or until... */
	bool unlanded;                      /* ...the plan is applied, as some of it is not yet */
	bool granted_already;               /* some of it, by statements that are there */
	const char *dead_code;              /* why it has no effect, when no grant is needed */
	str dead_reason;
	bool split;                      /* some resources stay... */
	str rest_guard;                  /* ...perhaps just while this guard holds... */
	str rest_when;                   /* ...in words of the place where they stand... */
	struct issues rest;              /* ...and why, in all of its instances... */
	const struct candidate *rest_of; /* ...the first that has such; NULL: none */
	str note;                        /* what a reviewer should know */
	str id;
	struct wants wants; /* what key policies do not grant directly yet */
	struct suppression suppression;
	str why_suppressed;
};

/*
 * What is held may be granted already by what is planned for other findings: then it is fixed with
 * them, as a second run would do. A finding relies only on grants of earlier rounds, so no two rely
 * on each other.
 */
struct planned {
	size_t round;
	struct map rounds; /* resources of statements: the round that first did not hold them */
	struct wants grants;
	struct map pairs; /* a principal, a key, a target: the last of the first `indexed` grants */
	size_t indexed;
	struct map crowded; /* arguments of keys in which something is held as one is crowded */
	size_t known;       /* how many of them have been looked at */
};

struct planner {
	const struct model *m;
	struct arena *arena;
	const struct template *tpl;
	bool strict;
	struct plan *plan;
	const struct plan_options *options;
	struct {
		struct candidate **v;
		size_t n, cap;
	} candidates;
	size_t held;             /* how often something was held */
	struct map by_statement; /* candidates */
	struct map ids;          /* how many statements of a scope have one */
	struct map by_text;      /* statements by the nodes of their text */
	struct map leaving;      /* policies by what they are, and what they are all of */
	struct map noted;        /* places of changes by their kinds and nodes, see change_note() */
	struct map key_rules;    /* key_rules() */
	struct map siblings;     /* key_siblings(), by the body of the block */
	struct map replaced;     /* what goes with a policy, but for what is written in its place */
	struct planned *planned;
};

void hold(struct planner *pl, struct candidate *c, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void hold_all(struct planner *pl, struct candidate *c, const struct issues *issues);
struct candidate *candidate_of(const struct planner *pl, const struct statement *s);

/* Of a text that something else holds elsewhere. */
#define SHARED_REASON "the text is read in several places, which do not all change alike"

/* suppress.c: what the user decided to live with is left alone, whatever could be done about it. */
void decide_suppressed(struct planner *pl, struct candidate *c);
/* Says which ignores have expired, or cover no finding. */
void report_ignores(const struct planner *pl);
/* Makes a held finding a suppressed one where the configuration says so for one of its codes. */
void suppress_by_code(const struct planner *pl, struct finding *f);
void suppress_finding(const struct planner *pl, struct finding *f, const struct candidate *c);
/* text.c: what the statement itself says: actions, resources, conditions, kind of document. */
void decide_text(struct planner *pl, struct candidate *c);
/* use.c: what the logs make of a wildcard. */
void decide_use(struct planner *pl, struct candidate *c, struct resource_fate *r);
/* What --wildcard-keys makes of one, if the logs do not contradict. */
void decide_here_only(struct planner *pl, struct candidate *c, struct resource_fate *r);
/* Somebody who has the statement used the key for what it would move. */
bool key_in_use(const struct candidate *c, const struct key *k);
/* What a reviewer should know of exact keys that nobody used; or empty. */
str unused_note(const struct planner *pl, const struct candidate *c);
/* who.c: everybody who has the statement. */
void decide_who(struct planner *pl, struct candidate *c);
/* Holds where principal and key are not in the same account for sure [3.12]. */
void check_accounts(struct planner *pl, struct candidate *c, struct issues *holds,
		    const struct principal *who, const struct key *k);
/* move.c: what the key policies must say instead. */
void decide_moves(struct planner *pl, struct candidate *c);
/* elsewhere.c: what is to be granted by the policy of a key elsewhere; of *what are set the key,
 * the principal, the targets and the resource. */
void decide_elsewhere(struct planner *pl, struct candidate *c, struct issues *holds,
		      const struct ask *what);
/* Adds to the plan what the finding asks for, if nothing else is in its way. */
void add_asks(struct planner *pl, const struct candidate *c, const struct finding *f);
/* The finding is a request: a permission in another repository, which is only to be granted. */
bool is_request(const struct candidate *c);
/* True when a value of its conditions has a policy variable [5.6], or may have one. */
bool statement_has_variables(const struct statement *s);
/* Of a request: notes whether the key policy grants the principal the target before any change. */
void note_landed(struct planner *pl, struct candidate *c, const struct key *k,
		 const struct principal *who, unsigned target);
/* A request is granted as a whole, and only for what has an effect. */
void hold_request(struct planner *pl, struct candidate *c);
void grant_finding(const struct candidate *c, struct finding *f);
/* Where a request is granted: where its key is declared. */
str request_unit(const struct candidate *c);
/* planned.c: adds to `out` what earlier rounds grant on the pair of `w`, for its owner. */
void planned_grants(struct planner *pl, const struct want *w, struct formula *out);
/* Takes down what this round grants; true when another round would hold less. */
bool planned_more(struct planner *pl);
/* sibling.c: the keys that would get the policy which is written for `k`, which has none: itself
 * and others, some of which may have one; empty when it has one. */
struct siblings {
	struct key **v;
	size_t n, cap;
};
const struct siblings *key_siblings(struct planner *pl, const struct key *k);
/* Holds when what is written for `k`, which has no policy, would be another one of a sibling that
 * has one [11.6]. */
void check_writer(struct planner *pl, const struct key *k, struct issues *holds);
/* shared.c: holds what cannot change everywhere alike, until nothing changes any more. */
void decide_shared(struct planner *pl);
/* change.c: the last change of that kind that was noted at the node; NULL: none was. */
struct change *change_known(const struct planner *pl, enum change_kind kind,
			    const struct node *node);
/* Notes that the next change is of that kind, at the node. */
void change_note(struct planner *pl, enum change_kind kind, const struct node *node);
/* change.c: grants and changes of everything that is not held. */
void plan_changes(struct planner *pl);
/* order.c: what is made to wait; before plan_changes(). */
void plan_waits(struct planner *pl);

/* The text in the words of the scope that the statement stands in; false when that has none for it
 * without more. */
bool said_here(struct arena *a, const struct candidate *c, str text, str *out);
/* The same for an element of a list there. */
bool element_said_here(struct arena *a, const struct candidate *c, const struct element *e,
		       str *out);
/* A reference whose source is more than a path of names: an expression that is not evaluated. */
bool element_is_computed(const struct element *e);
/* In a template, one that is no plain text is copied when what stays is written again. */
bool element_is_copied(const struct candidate *c, const struct element *e);
/* The actions of a statement after taking `take` out of it; false when a pattern cannot be cut. */
bool actions_after(struct planner *pl, const struct candidate *c, struct strs *out);
/* The policy goes, as the plan takes all out of it. */
bool is_emptied(const struct plan *plan, const struct policy *p);
/* True when certainly no action is left after that. */
bool leaves_nothing(struct planner *pl, const struct candidate *c);
/* True when some may be left, but none for sure. */
bool leaves_perhaps_nothing(struct planner *pl, const struct candidate *c);
/* True when the policy document of the statement loses it altogether. */
bool drops_statement(const struct candidate *c);
/* split.c: what stays of a statement, or that it cannot be told apart from what moves. */
void decide_split(struct planner *pl, struct candidate *c);
/* Another instance of the statement, which moves as a whole, never has what stays of this one. */
bool split_is_for_none(const struct candidate *split, const struct candidate *other);
/* site.c: the principal is there wherever the policy is that would name it. */
bool is_always_there(const struct principal *who, const struct key *k, const struct document *site);
/* drift.c: holds where the account's own policy of the key delegates the target otherwise. */
void check_drift(struct planner *pl, struct issues *holds, const struct key *k, unsigned target,
		 const struct formula *delegation);
/* A statement that is there only at times can be written there: not in plain text. */
bool takes_lists(const struct document *site);
/* One place is the best one for a statement that each text of the key's policy gets. */
bool has_common_site(const struct key *k, const struct principal *who);
/* The first document of that text of the key's policy, or of each that it may be, which can take a
 * statement about `who`; or NULL with a hold. */
struct document *grant_site(struct planner *pl, struct issues *holds, const struct key *k,
			    const struct policy *of, const struct principal *who);

#endif
