/* SPDX-License-Identifier: MIT */
#include "condition_op.h"

#include "kmsfix/arena.h"
#include "kmsfix/condition.h"

static const struct {
	const char *name;
	bool negated;
} bases[] = {
	{ "StringEquals", false },
	{ "StringNotEquals", true },
	{ "StringEqualsIgnoreCase", false },
	{ "StringNotEqualsIgnoreCase", true },
	{ "StringLike", false },
	{ "StringNotLike", true },
	{ "NumericEquals", false },
	{ "NumericNotEquals", true },
	{ "NumericLessThan", false },
	{ "NumericLessThanEquals", false },
	{ "NumericGreaterThan", false },
	{ "NumericGreaterThanEquals", false },
	{ "DateEquals", false },
	{ "DateNotEquals", true },
	{ "DateLessThan", false },
	{ "DateLessThanEquals", false },
	{ "DateGreaterThan", false },
	{ "DateGreaterThanEquals", false },
	{ "Bool", false },
	{ "BinaryEquals", false },
	{ "IpAddress", false },
	{ "NotIpAddress", true },
	{ "ArnEquals", false },
	{ "ArnNotEquals", true },
	{ "ArnLike", false },
	{ "ArnNotLike", true },
};

static const char *const set_prefixes[] = {
	[OP_SINGLE] = "",
	[OP_ALL_VALUES] = "ForAllValues:",
	[OP_ANY_VALUE] = "ForAnyValue:",
};

static const char if_exists[] = "IfExists";

static bool take_prefix(str *text, const char *prefix)
{
	str p = str_from(prefix);

	if (!str_eq_fold(str_sub(*text, 0, p.n), p))
		return false;
	*text = str_sub(*text, p.n, text->n);
	return true;
}

static bool take_suffix(str *text, const char *suffix)
{
	str s = str_from(suffix);

	if (text->n < s.n || !str_eq_fold(str_sub(*text, text->n - s.n, text->n), s))
		return false;
	*text = str_sub(*text, 0, text->n - s.n);
	return true;
}

bool condition_op_parse(str text, struct condition_op *out)
{
	*out = (struct condition_op){ .set = OP_SINGLE };
	if (str_eq_fold(text, S("Null"))) {
		out->base = "Null";
		out->is_null = true;
		return true;
	}
	if (take_prefix(&text, set_prefixes[OP_ALL_VALUES]))
		out->set = OP_ALL_VALUES;
	else if (take_prefix(&text, set_prefixes[OP_ANY_VALUE]))
		out->set = OP_ANY_VALUE;
	out->if_exists = take_suffix(&text, if_exists);
	for (size_t i = 0; i < sizeof(bases) / sizeof(*bases); i++) {
		if (str_eq_fold(text, str_from(bases[i].name))) {
			out->base = bases[i].name;
			out->negated = bases[i].negated;
			return true;
		}
	}
	return false;
}

str condition_op_text(struct arena *a, const struct condition_op *op)
{
	return str_fmt(a, "%s%s%s", set_prefixes[op->set], op->base,
		       op->if_exists ? if_exists : "");
}

enum condition_values condition_values(str op)
{
	struct condition_op parsed;

	if (!condition_op_parse(op, &parsed))
		return CONDITION_UNKNOWN;
	return parsed.negated ? CONDITION_NO_VALUE : CONDITION_ANY_VALUE;
}
