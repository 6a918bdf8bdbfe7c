/* SPDX-License-Identifier: MIT */
#include "rule.h"

#include "finding.h"

/* By outcome; then come the hold codes. */
static const struct rule outcomes[] = {
	[OUTCOME_FIXED] = { "FIXED",
			    "an IAM policy allows what the policy of the KMS key should allow",
			    "apply the fix: it moves the permission to the key policy", "warning" },
	[OUTCOME_REMOVED] = { "REMOVED", "an IAM policy allows what has no effect",
			      "apply the fix: it removes the permission", "note" },
	[OUTCOME_HELD] = { "HELD", "an IAM policy allows what cannot be moved to a key policy",
			   NULL, "warning" },
	[OUTCOME_SUPPRESSED] = { "SUPPRESSED", "an IAM policy allows what shall stay there", NULL,
				 "note" },
	[OUTCOME_GRANTED] = { "GRANTED",
			      "another repository asks for a grant in the policy of the KMS key",
			      "apply the fix: it grants what is asked for", "note" },
};

size_t rule_count(void)
{
	return OUTCOMES + hold_code_count;
}

struct rule rule_at(size_t i)
{
	const struct hold_code *code = &hold_codes[i < OUTCOMES ? 0 : i - OUTCOMES];

	if (i < OUTCOMES)
		return outcomes[i];
	return (struct rule){ code->code, code->title, code->unlock, "warning" };
}

size_t rule_of(const struct finding *f)
{
	const char *code = finding_code(f);

	return code ? OUTCOMES + (size_t)(hold_code_find(code) - hold_codes) : (size_t)f->outcome;
}
