/* SPDX-License-Identifier: MIT */
#ifndef KMSFIX_IAC_ACCOUNT_RESIDUAL_H
#define KMSFIX_IAC_ACCOUNT_RESIDUAL_H

#include "kmsfix/facts.h"
#include "kmsfix/model.h"

/* Adds a note for each policy of AWS that allows a target to somebody; `scope`: of its text. */
void account_residual(const struct facts *f, const struct scope *scope, struct model *m);

#endif
