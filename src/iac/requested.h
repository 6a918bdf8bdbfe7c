/* SPDX-License-Identifier: MIT */
#ifndef KMSFIX_IAC_REQUESTED_H
#define KMSFIX_IAC_REQUESTED_H

#include "kmsfix/model.h"

/*
 * Makes each request for a grant (request.h) an inline policy of the principal that asks: what it
 * may do by its IAM policies, as far as it asks for it. The keys are all there, by their ARNs and
 * aliases.
 */
void requested_load(struct model *m);

#endif
