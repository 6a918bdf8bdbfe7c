/* SPDX-License-Identifier: MIT */
/*
 * plan - what becomes of each finding, and what to change for it. A change is meaning: it names
 * nodes and shapes, never bytes (src/edit lowers it).
 */
#ifndef KMSFIX_PLAN_H
#define KMSFIX_PLAN_H

#include "kmsfix/apart.h"
#include "kmsfix/model.h"
#include "kmsfix/reach.h"
#include "kmsfix/shape.h"

enum outcome {
	OUTCOME_FIXED,
	OUTCOME_REMOVED,
	OUTCOME_HELD,
	OUTCOME_SUPPRESSED,
	OUTCOME_GRANTED, /* what another repository asks for (request.h) */
	OUTCOMES
};

/* What a fix takes for granted; names of JSON's rests_on. */
enum rests_on {
	RESTS_REPOSITORY = 1, /* repository-is-truth */
	RESTS_LOCKOUT =
		2, /* lockout-check: a literal account in the key policy is the key's own [4.9] */
	RESTS_CONFIG = 4,   /* configuration */
	RESTS_FACTS = 8,    /* account-facts: what the account says about itself */
	RESTS_USE = 16,     /* usage-evidence: what the logs do not show is not needed */
	RESTS_REQUEST = 32, /* grant-request: the principal has the permission by IAM policies */
	RESTS_HERE = 128,   /* wildcard-keys: there are no other keys than those declared here */
	RESTS_RECEIPT = 64, /* grant-receipt: the key policy, elsewhere, grants it */
};

/* Within one apply: what is changed first, the grant or what is removed. */
enum order { ORDER_UNKNOWN, ORDER_GRANT_FIRST, ORDER_REMOVAL_FIRST, ORDER_ANY };

struct finding {
	str id; /* 16 hex digits: path, address, what the statement says, outcome part */
	enum outcome outcome;
	struct issues holds; /* by rank, most telling first; empty unless held */
	const struct statement *statement;
	const struct file *file;
	size_t start, end;        /* the statement's bytes */
	str unit, address;        /* where */
	unsigned targets;         /* enum target bits this finding is about */
	struct strs actions;      /* the patterns as written */
	struct strs principals;   /* addresses */
	struct strs keys;         /* addresses */
	struct key_list declared; /* those of `keys`, of whatever unit they are */
	struct reach_parts parts; /* who reaches which, where instances differ; none: all do all */
	bool conditions;
	unsigned rests_on;
	str reason; /* for every outcome: one sentence a person understands */
	enum order order;
	str note; /* what a reviewer should know; may be empty */
	struct suppression suppression;
	bool pending; /* OUTCOME_GRANTED: by this change; else it is already */
	const struct statement *granted_by; /* by what, before any change; NULL: not all of it */
};

/* What a finding needs of a key whose policy is elsewhere, so that it can move there. */
struct ask {
	str finding;                  /* its id */
	const struct statement *like; /* whose conditions it has */
	const struct key *key;
	const struct principal *principal;
	unsigned targets;
	size_t resource; /* which of the statement's resources asks */
	bool landed;     /* all of it is granted */
	bool vain;       /* the finding is held for other reasons, too */
};

/* One new or extended key-policy statement. */
struct grant {
	struct key *key;
	const struct policy *of; /* the text of its policy that says it; NULL: each that may be */
	unsigned targets;
	const struct statement *like;       /* whose conditions it carries */
	const struct statement *delegation; /* and whose besides, or NULL */
	struct strs principals;             /* canonical ARNs, sorted */
	struct strs guards;                 /* under which (at most one) the statement is there */
	struct strs optional;               /* those that may not exist where the policy does */
	str seed;                           /* of the Sid: the conditions as they are written */
	str sid;
	struct document *site;          /* NULL: the key has no policy yet */
	const struct statement *extend; /* our own statement that already says this; NULL: new */
	const struct statement *fills;  /* the same, which only other instances have as yet */
	struct strs owners;             /* ids of the findings it is for */
	bool carries;                   /* says what only new outputs or variables bring there */
};

/* What an identity statement must say afterwards: what the proof expects to read back. */
struct rewrite {
	const struct statement *s;
	bool dropped;
	struct strs actions;   /* all of them */
	struct strs resources; /* all of them */
	bool split;            /* a second statement follows it */
	struct strs split_actions, split_resources, split_guards;
	str split_sid; /* empty: none */
};

enum change_kind {
	CHANGE_REFUSED,           /* cannot be made after all: code and why; its owners are held */
	CHANGE_DROP_ELEMENTS,     /* nodes: children of one list */
	CHANGE_REPLACE_ELEMENT,   /* nodes[0] by strings */
	CHANGE_DROP_STATEMENT,    /* nodes[0] */
	CHANGE_SPLIT_STATEMENT,   /* shapes[0] after nodes[0] */
	CHANGE_APPEND_STATEMENTS, /* shapes at site */
	CHANGE_ADD_PRINCIPALS,    /* shapes (texts) to nodes[0] */
	CHANGE_SET_POLICY,        /* shapes[0] (document) as `policy`, or strings[0], of body
				     nodes[0], or of its new member `text`; or in place of the
				     literal nodes[0] */
	CHANGE_DROP_BLOCK,        /* nodes[0] */
	CHANGE_EMPTY_BLOCK,       /* nodes[0]: leave the documented empty block */
	CHANGE_ADD_BLOCKS,        /* text after block nodes[0] */
	CHANGE_ADD_ARGUMENT,      /* argument `text` = shapes[0] to body nodes[0] */
	CHANGE_WAIT, /* resource nodes[0] waits for `strings`, too; `text` is the argument's name,
			nodes[1] what it says now, or NULL; what follows are elements of that, or
			itself, which the strings replace */
	CHANGE_TAKE_OUT,     /* nodes[0], with the comments above */
	CHANGE_ADD_RESOURCE, /* after nodes[0], of nodes[1]; strings: type, name; shapes[0] */
};

struct change {
	enum change_kind kind;
	const struct node **nodes;
	size_t n;
	struct strs strings;
	const struct shape **shapes;
	size_t shape_count;
	struct site site;
	str text;
	const char *code, *why; /* CHANGE_REFUSED */
	struct strs owners;     /* ids of the findings it is for */
	bool grants;            /* of the key side: what --phased commits first */
};

struct plan {
	struct {
		struct finding *v;
		size_t n, cap;
	} findings;
	struct {
		struct grant *v;
		size_t n, cap;
	} grants;
	struct {
		struct rewrite *v;
		size_t n, cap;
	} rewrites;
	struct {
		struct change *v;
		size_t n, cap;
	} changes;
	struct {
		const struct policy **v;
		size_t n, cap;
	} emptied; /* policies that go away */
	struct {
		struct ask *v;
		size_t n, cap;
	} asks; /* of findings that are held for what is elsewhere, and of those that are granted */
};

struct plan_options;

/* True when the plan changes something for the finding. */
bool finding_changes(const struct finding *f);

/* Plans everything the model shows. Never fails: what cannot be done is held. */
void plan_make(struct plan *out, const struct model *m, const struct plan_options *options,
	       struct arena *a);

/* Makes the held findings whose ids are in `accepted` suppressed ones; returns how many. */
size_t plan_accept(struct plan *p, const struct map *accepted);

/* One row per hold code, in the order of rank (the first that applies is the finding's `code`). */
struct hold_code {
	const char *code;
	const char *title;  /* short: what it is */
	const char *unlock; /* what would unlock it; NULL: nothing does */
};

extern const struct hold_code hold_codes[];
extern const size_t hold_code_count;
/* The row of `code`, or NULL. */
const struct hold_code *hold_code_find(const char *code);

#endif
