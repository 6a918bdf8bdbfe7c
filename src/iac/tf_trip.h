/* SPDX-License-Identifier: MIT */
/* tf_trip - one value on its way from module to module, for tf_carry.c and tf_share.c. */
#ifndef KMSFIX_IAC_TF_TRIP_H
#define KMSFIX_IAC_TF_TRIP_H

#include "kmsfix/carry.h"
#include "tf.h"

/* One reference, and the module whose names it uses. */
struct trip {
	struct carrier *c;
	struct arena *arena;
	struct tf_module *at;
	str local; /* how it is written there */
	str canonical;
	str name;      /* what an output or variable for it is called */
	str declared;  /* "aws_iam_role.app": what it is an attribute of; or empty */
	str from;      /* the call of the module that it comes out of; empty: none */
	bool nameless; /* only the module it comes from tells one from another */
	const char *why;
	bool shared;    /* other callers stand in the way */
	bool list_mode; /* it may be missing on the way */
	bool list;      /* `local` is a list of it: empty where it is not there */
};

/* The canonical text on the way to `to`; a value that may be missing goes as a list. */
enum carried tf_trip(struct trip *t, struct carrier *c, str text, bool list, struct tf_module *to);
#define WHY_SHARED "several calls of the module would all need it"

/* Says why the way ends; false. */
bool tf_refuse(struct trip *t, const char *why);
/* The name under which the directory has got the value already; empty at first. */
str *tf_remembered(struct trip *t, const struct tf_dir *dir, const char *type, str value);
void tf_note_added(struct trip *t, const struct tf_dir *dir, const char *type, str name);
/* tf_look_up.c: to another root module, as a data source of the role's name. */
bool tf_look_up(struct trip *t, struct tf_module *to);
/* tf_trip_name.c: "aws_iam_role.app.arn" is app_role_arn; what is no such reference is named by its
 * letters. */
str tf_first_name(struct trip *t, str source);
/* A name that neither the directory nor the carrier has: "output", "var". */
str tf_free_name(struct trip *t, const struct tf_dir *dir, const char *type, str base);
/* The line of a description where most blocks of the type in the directory have one; else empty. */
str tf_description(const struct trip *t, struct tf_dir *dir, str type, const char *text);
/* A new block beside those of its type. False with t->why when there is no place. */
bool tf_add_block(struct trip *t, struct tf_dir *dir, const char *type, str name, str text);

#endif
