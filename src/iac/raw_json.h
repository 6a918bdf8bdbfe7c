/* SPDX-License-Identifier: MIT */
#ifndef KMSFIX_IAC_RAW_JSON_H
#define KMSFIX_IAC_RAW_JSON_H

#include "kmsfix/model.h"

/* Adds the policy documents that the configuration declares: identity policies and key policies in
 * JSON files. */
void raw_json_load(struct model *m);
/*
 * raw_json_find.c: adds what looks like an identity policy with an action of ours in a JSON file
 * that nothing loads, after all else, as a policy of unknown kind: it is held.
 */
void raw_json_find(struct model *m);
/* True when the first model found a policy in the file, or code names it alone. */
bool raw_json_is_loaded(struct model *m, const struct file *f);
/* How such a file is read: its unit, whose texts are literal. */
extern const struct language raw_json_language;
const struct value *raw_json_eval(void *ctx, const struct node *n);

#endif
