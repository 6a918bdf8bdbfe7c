/* SPDX-License-Identifier: MIT */
/* site - where in a policy document one more statement can be written. */
#ifndef KMSFIX_SITE_H
#define KMSFIX_SITE_H

#include "kmsfix/map.h"
#include "kmsfix/node.h"
#include "kmsfix/strs.h"

/* Where a statement can be appended. */
enum site_kind {
	SITE_NONE,
	SITE_LIST,
	SITE_SINGLE,
	SITE_BLOCKS,
	SITE_OBJECTS,      /* a list of objects with the names of an aws_iam_policy_document */
	SITE_ARGUMENT,     /* such a list, as an argument that is not there yet */
	SITE_CONCAT,       /* such a list, behind the computed one that an argument is */
	SITE_BESIDE,       /* a list behind the expression that has several to choose from */
	SITE_OWN_DOCUMENT, /* a new aws_iam_policy_document with the one there as its source */
};

struct scope;
struct via;

/* What tells one instance of a repeated block from the others, in the words of the block. */
struct which {
	str name, value; /* each.key and "a"; empty: nothing does */
};

struct site {
	enum site_kind kind;
	/* SEQ; the only statement; BODY of the data block or call; CONCAT, BESIDE: the expression;
	 * OWN_DOCUMENT: what `policy` is */
	const struct node *node;
	const struct scope *scope; /* whose names are used there */
	const char *name;          /* ARGUMENT, OWN_DOCUMENT */
	const struct node *like;   /* OWN_DOCUMENT: a body with statements in their style */
	const char *condition;     /* OBJECTS, ARGUMENT, CONCAT: what a condition is called there */
	const char *why;           /* SITE_NONE: the hold code */
	str reason;
	struct strs guards;    /* of the block the text stands in */
	struct which which;    /* the instance of that block, where it stands there itself */
	const struct via *via; /* what the place was reached through from the document's text */
	const struct map
		*readers; /* all references that documents reach it through, in that scope */
};

/* Where AWS's default policy can be written out for a key that has it, and how that place says
 * it. */
struct vacancy {
	const struct node *node;   /* the body that an argument is added to, or the null or "" that
				    stands there; NULL: nowhere */
	str argument;              /* what it is called in that body; empty: as in a key */
	str within;                /* what it is added in, which has to be added, too */
	const struct scope *scope; /* whose names are used there */
	struct strs guards;        /* of the block it stands in */
	bool nameless_provider; /* of another account, or of no data source that there is: none can
				    be told to use it */
	str partition_ref, account_ref; /* canonical texts */
	str context;                    /* blocks that must be added for them; or empty, */
	const struct node *beside;      /* behind this one */
};

#endif
