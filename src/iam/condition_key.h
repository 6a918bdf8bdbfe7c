/* SPDX-License-Identifier: MIT */
/* condition_key - what is known of the condition keys that may stand beside a target action. */
#ifndef KMSFIX_IAM_CONDITION_KEY_H
#define KMSFIX_IAM_CONDITION_KEY_H

#include "kmsfix/str.h"

enum key_class {
	KEY_BOTH,     /* same request context in identity and key policies [5.2, 5.4] */
	KEY_IAM_ONLY, /* not supported in key policies, or not proven to be [5.3] */
	KEY_REQUEST,  /* of requests that create or tag [5.5] */
};

struct condition_key {
	const char *name; /* lower case; a final ':' or '/' takes any name after it */
	enum key_class class;
	unsigned targets; /* enum target: the actions whose requests have the key */
};

/* The row of a canonical (lower-case) key, or NULL when the key is not on the list. */
const struct condition_key *condition_key_find(str key);

#endif
