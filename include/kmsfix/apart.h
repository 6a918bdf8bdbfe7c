/* SPDX-License-Identifier: MIT */
/*
 * apart - dependency cycles, and what opens them: a policy that is a part of its role or key,
 * written as a resource of its own. The same access, but the role or key no longer depends on what
 * the policy names [11.13, 12.8].
 */
#ifndef KMSFIX_APART_H
#define KMSFIX_APART_H

#include "kmsfix/model.h"
#include "kmsfix/shape.h"

/* How a dependency could be ended without a change of access: */
enum apart {
	APART_NOT,
	APART_INLINE, /* a policy can be written apart from its role, or name it instead */
	APART_KEY,    /* a key policy can be written apart from its key */
};

/* Entities that depend on each other in a circle, and how. */
struct cycle {
	const struct unit *unit;
	struct strs addresses;
	bool between; /* units: once they are there, each can be changed before the other */
	struct {
		struct cycle_edge {
			size_t from, to; /* of `addresses`: `from` waits for `to` */
			enum apart apart;
		} * v;
		size_t n, cap;
	} edges;
};

/* The statement as it stands in the files that were read. */
const struct statement *statement_written(const struct statement *s);

/* What is to be detached. */
struct part {
	const struct model *model;
	enum apart apart;
	const struct scope *scope;
	const struct node *block;  /* of the role or key: BLOCK or PAIR */
	const struct strs *circle; /* addresses: where a role has several policies, only those that
				       name one of these need go */
};

/* One new resource, or one that names the role now, and what goes for it. */
struct detachment {
	const struct node *after; /* the BLOCK or PAIR it is written behind */
	const struct node *from; /* what it was, for the comments above: argument, block, element */
	str type, name;          /* HCL: its labels; CloudFormation: the type is in the body */
	struct shape *body;
	struct {                         /* a policy that is one already: the role in its list */
		const struct node *list; /* that is there; or NULL: */
		const struct node *map;  /* where it would be added, */
		str name;                /* under this name */
		struct shape *role;
	} gets;
	struct {
		const struct node *node; /* a text that becomes another one, or NULL */
		str by;
	} replaced;
	struct {
		const struct node **v; /* arguments, blocks, elements, pairs */
		size_t n, cap;
	} drop;
};

struct detachments {
	struct arena *arena;
	const char *note; /* what a reviewer should know; static */
	struct detachment *v;
	size_t n, cap;
};

/*
 * The hook of a language: the resources that say what the part says. False with *why (static text)
 * when they cannot.
 */
typedef bool detach_fn(const struct part *p, struct detachments *out, const char **why);

#endif
