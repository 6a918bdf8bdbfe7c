/* SPDX-License-Identifier: MIT */
/* language - what the middle asks of a front end: the rest of it knows no language. */
#ifndef KMSFIX_LANGUAGE_H
#define KMSFIX_LANGUAGE_H

#include "kmsfix/str.h"

struct arena;
struct carrier;
struct detachments;
struct mentions;
struct node;
struct part;
struct principal;
struct scope;
struct strs;
struct wait_hooks;

/* What differs between the languages of units: a row each. */
struct language {
	const char *dynamic; /* the code of text that is not understood */
	const char *whole;   /* what its code is called */
	const char *instead; /* of JSON in quotes: how a policy is written so that it can change */
	const char *perhaps; /* the code of a resource that is named only under a condition */
	const char *absent;  /* what a key that is not there is; NULL: not declared */
	bool repeats;        /* blocks have `count.index` and `each.key` */
	bool owns_policies;  /* nothing but the key itself can set its policy */
	/* How a text is said in a scope; NULL: by outputs, variables and arguments (carry.h). */
	bool (*carry)(struct carrier *c, str text, const struct scope *to, str *out,
		      const char **why);
	/* The name in a scope of the condition under which just the principal exists; NULL: such
	 * principals are elements of lists (carry_list). */
	bool (*when)(const struct principal *p, const struct scope *to, str *out);
	/* The name of a condition that is all the guards, or '!' and that of its opposite, not
	 * settled by `on`; NULL: see carry_guards(). */
	bool (*say)(const struct scope *to, const struct strs *guards, const struct strs *on,
		    str *out);
	/* The guard of a text that may be lacking, see policy.h, if it is known; NULL: none is. */
	bool (*presence)(const struct scope *from, str text, str *guard);
	/* The guard that holds when the other does not; empty: not known. NULL: none is. */
	str (*opposite)(struct arena *a, str guard);
	/* In another instance of the module the condition never holds; NULL: nobody knows. */
	bool (*never)(const struct scope *there, str condition);
	/* Follows what an unknown expression speaks of, see mention.h; NULL: of nothing. */
	void (*mentions)(struct mentions *m, const struct scope *scope, const struct node *n);
	/* See apart.h; NULL: nothing can be. */
	const struct wait_hooks *wait; /* NULL: the order is not known */
	bool (*detach)(const struct part *p, struct detachments *out, const char **why);
};

#endif
