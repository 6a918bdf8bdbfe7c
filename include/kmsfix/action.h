/* SPDX-License-Identifier: MIT */
/*
 * action - IAM action patterns, as far as they concern the three permissions that move. Patterns
 * are canonical texts (text.h); names are compared without case [1.1].
 */
#ifndef KMSFIX_ACTION_H
#define KMSFIX_ACTION_H

#include "kmsfix/strs.h"

enum target {
	TARGET_DECRYPT = 1,
	TARGET_REENCRYPT_FROM = 2,
	TARGET_REENCRYPT_TO = 4,
	TARGET_ALL = 7,
};

/* "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo" for one bit; NULL for anything else. */
const char *target_name(unsigned bit);

enum action_form {
	ACTION_KMS,     /* the prefix is literally kms, in any case; no reference in it */
	ACTION_STAR,    /* "*", the only form without a prefix [1.2] */
	ACTION_OTHER,   /* another service, or no action at all: cannot match a KMS action */
	ACTION_UNKNOWN, /* holds a reference and may match a KMS action */
	ACTION_PART,    /* the same, after "kms:" */
	ACTION_BAD,     /* no documented form, but as a plain wildcard it matches a KMS action:
			   `k*:Decrypt`, `*crypt`, `*:*` [1.2] */
};

enum action_form action_form(str pattern);
/*
 * The targets the pattern surely matches, as bits: 0 for OTHER, UNKNOWN and BAD, TARGET_ALL for
 * STAR.
 */
unsigned action_targets(str pattern);
/*
 * The targets the pattern may match when every reference stands for any text and BAD patterns are
 * read as plain wildcards. Equal to action_targets() for KMS and STAR; 0 means: of no interest,
 * whatever the form.
 */
unsigned action_possible_targets(str pattern);
/*
 * True when the pattern surely matches the action ("service:Name"), of any service. The prefix
 * takes no wildcards; a pattern with a reference matches nothing for sure. Time as glob_match().
 */
bool action_matches(str pattern, str action);
/* True when the pattern matches a target and no other known KMS action [1.4]. */
bool action_only_targets(str pattern);
/* True for `kms:ReEncrypt`, which is the name of an API call but of no IAM action [1.3]. */
bool action_is_reencrypt_typo(str pattern);
/*
 * What is left of an ACTION_KMS pattern when `targets` are taken out of it [1.5, 1.6]: appends
 * patterns to *out that together match every known KMS action the pattern matched except exactly
 * `targets`, none of `targets`, and nothing that the pattern did not match. A verb with several
 * known actions is kept as a wildcard (`kms:Describe*`) where that is provably inside the pattern,
 * so that future actions survive; all else is exact names. Sorted, without duplicates. A pattern
 * that matches none of `targets` is returned as it is; one that matches nothing else leaves *out
 * unchanged. False, *out untouched, for every other form.
 */
bool action_subtract(str pattern, unsigned targets, struct arena *a, struct strs *out);

#endif
