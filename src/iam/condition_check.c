/* SPDX-License-Identifier: MIT */
#include "kmsfix/action.h"
#include "kmsfix/condition.h"

#include "condition_key.h"
#include "condition_op.h"

static struct condition_ruling held(const char *code, const char *why)
{
	return (struct condition_ruling){ CONDITION_HELD, code, why };
}

/*
 * KMS refuses ForAllValues on these keys; of ForAnyValue on the encryption context AWS's pages say
 * two different things [5.5].
 */
static bool is_refused_set(const struct condition_op *op, const struct condition_key *key, str name)
{
	bool context = str_starts(name, S("kms:encryptioncontext:"));

	if (op->set == OP_ALL_VALUES)
		return context || key->class == KEY_REQUEST;
	return op->set == OP_ANY_VALUE && context;
}

/* Every value demands that the key is present. */
static bool null_is_false(const struct strs *values)
{
	for (size_t i = 0; i < values->n; i++) {
		if (!str_eq_fold(values->v[i], S("false")))
			return false;
	}
	return true;
}

/* Does an entry hold for a request that does not have the key? */
static bool holds_when_absent(const struct condition_op *op, const struct strs *values)
{
	if (op->is_null)
		return !null_is_false(values);
	if (op->if_exists || op->set == OP_ALL_VALUES)
		return true;
	return op->negated && op->set != OP_ANY_VALUE;
}

struct condition_ruling condition_check(const struct condition *c, unsigned targets)
{
	const struct condition_key *key = condition_key_find(c->key);
	struct condition_op op;

	if (!condition_op_parse(c->op, &op))
		return held("COND-UNKNOWN", "the condition operator is not one that IAM documents");
	if (!c->values.n)
		return held("COND-UNKNOWN", "the condition lists no values");
	if (!key)
		return held("COND-UNKNOWN",
			    "the condition key is not known to mean the same in a key policy");
	if (is_refused_set(&op, key, c->key))
		return held("COND-FORALL",
			    "KMS may refuse a key policy that tests this key with a set operator");
	if (key->class == KEY_IAM_ONLY)
		return held("COND-IAMONLY", "the condition key works in IAM policies only");
	if (key->class == KEY_REQUEST)
		return held("COND-UNKNOWN", "the condition key is not part of requests to decrypt");
	if (key->targets & targets)
		return (struct condition_ruling){ CONDITION_MOVES, "", "" };
	if (holds_when_absent(&op, &c->values))
		return held("COND-DEAD", "the condition key is never part of these requests, "
					 "and the operator holds without it");
	return (struct condition_ruling){
		CONDITION_DEAD, "COND-DEAD",
		"the condition key is never part of these requests, so the statement allows nothing"
	};
}
