/* SPDX-License-Identifier: MIT */
/*
 * principal - somebody whom only an ARN tells of: an account, the configuration or a request.
 */
#ifndef KMSFIX_IAC_PRINCIPAL_H
#define KMSFIX_IAC_PRINCIPAL_H

#include "kmsfix/model.h"

/* Adds them to the model, named by the ARN, which is there already [4.3]. */
struct principal *principal_add(struct model *m, const struct scope *scope, str arn,
				enum principal_kind kind);

/* What somebody of that kind is whose ARN this is. */
enum principal_kind principal_kind_of(str arn, enum principal_kind kind);
/* Holds one that a key policy cannot name: in an ARN there "*" and "?" are no wildcards, but not
 * allowed. */
void principal_has_path(struct model *m, struct principal *p, str path);

#endif
