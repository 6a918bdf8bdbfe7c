/* SPDX-License-Identifier: MIT */
/*
 * rule - what a result is an instance of: a hold code, or for findings that are not held their
 * outcome.
 */
#ifndef KMSFIX_REPORT_RULE_H
#define KMSFIX_REPORT_RULE_H

#include "kmsfix/plan.h"

struct rule {
	const char *id;
	const char *title;
	const char *help;  /* what to do; NULL: nothing */
	const char *level; /* of SARIF: "warning" asks for something, "note" does not */
};

size_t rule_count(void);
struct rule rule_at(size_t i);
/* The rule of a finding, as a number below rule_count(). */
size_t rule_of(const struct finding *f);

#define CONTROL_1_URL \
	"https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1"
#define CONTROL_2_URL \
	"https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-2"

#endif
