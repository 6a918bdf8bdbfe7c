/* SPDX-License-Identifier: MIT */
/* name - what a text of the code names: a key, a principal, an account, or something else. */
#ifndef KMSFIX_NAME_H
#define KMSFIX_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "kmsfix/str.h"

struct key;
struct model;
struct principal;
struct unit;

/* What a text names. */
enum name_kind {
	NAME_KEY_ARN,
	NAME_KEY_ID,
	NAME_KEY_PLURAL,  /* one of several keys that count or for_each makes */
	NAME_ALIAS,       /* an alias ARN or name: grants nothing as a resource [2.2] */
	NAME_AWS_MANAGED, /* a key of AWS (alias/aws/…) [8.1] */
	NAME_EXTERNAL,    /* a key outside the repository */
	NAME_PRINCIPAL,
	NAME_ACCOUNT, /* the id of an account; symbol in `symbol` */
	NAME_REGION,  /* a Region; symbol in `symbol` */
	NAME_OTHER,   /* certainly none of these: an attribute of another resource */
};

struct name {
	enum name_kind kind;
	struct key **keys; /* NAME_KEY_ARN, NAME_KEY_ID: one, or several by a key map */
	size_t key_count;
	struct principal *principal;
	str symbol;
	/* NAME_EXTERNAL: the literal id, ARN or alias it stands for, in account `symbol` and the
	 * Region, or empty; and what the text is when that is a key of the model. */
	str wanted, region;
	enum name_kind becomes;
	bool told; /* known from the account */
};

/* Adds `item` to the unit's names; the first of several wins unless kinds agree. */
void name_set(struct model *m, const struct unit *u, str text, struct name name);
/* What `text` names in unit `u`, or NULL. */
const struct name *name_get(const struct unit *u, str text);

#endif
