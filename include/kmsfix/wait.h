/* SPDX-License-Identifier: MIT */
/*
 * wait - what the tool chain makes or changes first, within one apply [11.17]: a resource waits for
 * whatever it depends on, and without that the order is free. A resource is given as the `front` of
 * its policy.
 */
#ifndef KMSFIX_WAIT_H
#define KMSFIX_WAIT_H

#include "kmsfix/model.h"

/* Who is told to wait for a policy, or for what attaches it, and so has what it allows. */
struct waiter {
	const void *front;
	const struct scope *scope;
	str name, address;     /* in the scope, in the unit */
	const struct node *at; /* where it says so */
	bool acts;             /* no policy, nor attachment of one, which have no use for access */
};

struct waiters {
	struct waiter *v;
	size_t n, cap;
};

/* Where a resource is told what to wait for. */
struct wait_site {
	const struct node *body; /* of the resource: BODY or MAP */
	const struct node *list; /* what it waits for already: a value, or NULL */
	const char *name;        /* of the argument: "depends_on", "DependsOn" */
	str element;             /* what is to be added, in the words of the resource */
};

/* The hooks of a language, in `struct language`. */
struct wait_hooks {
	/* True when the resource waits for the other one. */
	bool (*waits)(const void *front, const void *other);
	/* How it is made to wait for the policy of the key; false when it cannot be. */
	bool (*site)(const void *front, const struct key *k, struct arena *a,
		     struct wait_site *out);
	/* What is called so in the scope with that id of the model of `like`; or NULL. */
	const void *(*find)(const struct scope *like, str id, str name);
	/* Who waits for the policy; for one that is a part of its principal, for that. */
	void (*waiters)(const struct policy *p, struct arena *a, struct waiters *out);
	bool last; /* what goes away goes when all else is done */
};

#endif
