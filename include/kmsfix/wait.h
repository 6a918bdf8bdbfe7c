/* SPDX-License-Identifier: MIT */
/*
 * wait - which of two policies the tool chain changes first, within one apply [11.17]: a resource
 * waits for whatever it depends on, and without that the order is free.
 */
#ifndef KMSFIX_WAIT_H
#define KMSFIX_WAIT_H

#include "kmsfix/model.h"

/* Where a resource is told what to wait for. */
struct wait_site {
	const struct node *body; /* of the resource: BODY or MAP */
	const struct node *list; /* what it waits for already: a value, or NULL */
	const char *name;        /* of the argument: "depends_on", "DependsOn" */
	str element;             /* what is to be added, in the words of the resource */
};

/* The hooks of a language, in `struct language`. */
struct wait_hooks {
	/* True when what makes policy `p` waits for what makes `other`. */
	bool (*waits)(const struct policy *p, const struct policy *other);
	/* How it is made to wait for the policy of the key; false when it cannot be. */
	bool (*site)(const struct policy *p, const struct key *k, struct arena *a,
		     struct wait_site *out);
};

#endif
