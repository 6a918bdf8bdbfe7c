/* SPDX-License-Identifier: MIT */
/* Any bytes as action, resource, principal and condition, with a NUL between them. */
#include "fuzz.h"
#include "kmsfix/action.h"
#include "kmsfix/arn.h"
#include "kmsfix/condition.h"
#include "kmsfix/glob.h"
#include "kmsfix/principal.h"
#include "kmsfix/text.h"

static const char *const actions[] = { "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo",
				       "kms:Encrypt", "kms:DescribeKey" };

/* What is left covers no target, and nothing that was not covered. */
static void check_action(str pattern, struct arena *a)
{
	unsigned targets = action_targets(pattern);
	struct strs left = { 0 };

	must((targets & action_possible_targets(pattern)) == targets);
	if (!action_subtract(pattern, TARGET_ALL, a, &left))
		return;
	for (size_t i = 0; i < left.n; i++)
		must(!action_targets(left.v[i]) || str_eq(left.v[i], pattern));
	for (size_t k = 0; k < sizeof(actions) / sizeof(*actions); k++) {
		str action = str_from(actions[k]);
		bool still = false;

		for (size_t i = 0; i < left.n; i++)
			still |= action_matches(left.v[i], action);
		must(still == (action_matches(pattern, action) && k > 2));
	}
}

static void check_resource(str pattern)
{
	struct key_arn key;
	struct arn arn;

	must(key_arn_parse(S("arn:aws:kms:eu-west-1:111111111111:key/"
			     "12345678-1234-1234-1234-123456789012"),
			   &key));
	arn_parse(pattern, &arn);
	resource_match(pattern, &key);
	resource_classify(pattern);
	if (text_is_literal(pattern) && glob_match(pattern, S("abab"), GLOB_EXACT))
		must(glob_may_match(pattern, S("abab"), GLOB_EXACT) &&
		     glob_contains(pattern, S("abab"), GLOB_EXACT));
}

static void check_condition(str op, str key, str value, struct arena *a)
{
	struct strs values = { 0 };
	struct condition c;

	strs_add(a, &values, value);
	condition_make(&c, a, op, key, &values);
	must(condition_equal(&c, &c) && condition_cmp(&c, &c) == 0);
	condition_has_variable(&c);
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
		condition_check(&c, bit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create();
	str rest = { (const char *)data, size }, part[6] = { { 0 } };

	for (size_t i = 0; i < 6; i++) {
		size_t end = str_find(rest, S("\0"), 0);

		part[i] = str_sub(rest, 0, end);
		rest = end == SIZE_MAX ? S("") : str_sub(rest, end + 1, rest.n);
	}
	check_action(part[0], a);
	check_resource(part[1]);
	principal_parse(S("AWS"), part[2]);
	check_condition(part[3], part[4], part[5], a);
	arena_destroy(a);
	return 0;
}
