/* SPDX-License-Identifier: MIT */
#ifndef KMSFIX_IAC_BYSTANDER_H
#define KMSFIX_IAC_BYSTANDER_H

#include "kmsfix/bystander.h"

/* What bystander_changed() says, of one front end each. */
str tf_bystander(const struct model *before, const struct model *after, struct arena *a);
str cfn_bystander(const struct model *before, const struct model *after, struct arena *a);
/* The text of the file is not the one that it was. */
bool bystander_differs(const struct file *x, const struct file *y);

#endif
