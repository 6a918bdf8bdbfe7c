/* SPDX-License-Identifier: MIT */
/* condition_op - the condition operators of IAM. */
#ifndef KMSFIX_IAM_CONDITION_OP_H
#define KMSFIX_IAM_CONDITION_OP_H

#include "kmsfix/str.h"

enum op_set { OP_SINGLE, OP_ALL_VALUES, OP_ANY_VALUE };

struct condition_op {
	enum op_set set;
	const char *base; /* as AWS spells it */
	bool negated;     /* holds when the key is absent */
	bool is_null;
	bool if_exists;
};

/* Reads an operator in any case; false for what IAM does not know. */
bool condition_op_parse(str text, struct condition_op *out);
/* AWS's spelling. */
str condition_op_text(struct arena *a, const struct condition_op *op);

#endif
