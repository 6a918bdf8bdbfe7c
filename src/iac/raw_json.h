/* SPDX-License-Identifier: MIT */
#ifndef KMSFIX_IAC_RAW_JSON_H
#define KMSFIX_IAC_RAW_JSON_H

#include "kmsfix/model.h"

/* Adds the policy documents that the configuration declares: identity policies and key policies in
 * JSON files. */
void raw_json_load(struct model *m);

#endif
