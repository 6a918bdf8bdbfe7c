/* SPDX-License-Identifier: MIT */
/*
 * arn - Amazon resource names and which KMS keys a Resource pattern means. All texts are canonical
 * texts (text.h).
 */
#ifndef KMSFIX_ARN_H
#define KMSFIX_ARN_H

#include "kmsfix/str.h"

struct arn {
	str partition, service, region, account;
	str resource; /* everything after the fifth ':', with its own colons */
};

/*
 * Splits `arn:partition:service:region:account:resource`; slices borrow. False when there are
 * fewer parts.
 */
bool arn_parse(str text, struct arn *out);

/* The id of an account: 12 digits. */
bool arn_is_account(str text);
/* The partition that a literal Region is in [2.12]; `aws` for one that does not say. */
str arn_partition(str region);

/* What is known of a key [2.7]; an empty part is unknown. A part may be, or hold, references. */
struct key_arn {
	str partition, region, account;
	str id; /* what follows "key/" */
};

/*
 * The parts of a KMS key ARN (`…:kms:…:key/<id>`); false for any other text. Wildcards are not
 * judged.
 */
bool key_arn_parse(str text, struct key_arn *out);

/* What follows the ARN of a key, or its "key/", goes on where an id, which has no '/', would have
 * ended: no key has such an ARN [2.7]. */
bool arn_is_below(str rest);

enum match { MATCH_NO, MATCH_YES, MATCH_MAYBE };

/*
 * Does a Resource pattern match the key? YES and NO are certain, under any value of the
 * references; all else is MAYBE. Segment by segment, a final '*' also crosses colons [2.6]; a '*'
 * inside that would have to cross colons is MAYBE. A part is YES when it is equal text or a
 * wildcard covers it, and MAYBE when literal meets reference. Partitions: `aws` beside an unknown
 * one is YES, two different literals NO [2.12]. What is not an ARN pattern (a bare id, an alias
 * name) identifies no key: NO [2.1, 2.3]. A policy variable may be anything [2.11]. One whole
 * reference is MAYBE: resolve it by name first.
 */
enum match resource_match(str pattern, const struct key_arn *key);

enum resource_kind {
	RESOURCE_STAR,          /* "*" [2.4] */
	RESOURCE_KEY,           /* the ARN of one key; the id, account, … may be references */
	RESOURCE_KEY_WILD,      /* a pattern that may match several keys [2.5, 2.6] */
	RESOURCE_ALIAS,         /* ARN or pattern of aliases only: no effect on a target [2.2] */
	RESOURCE_BELOW_KEY,     /* "key/<id>/…", which no key has [2.7] */
	RESOURCE_OTHER_SERVICE, /* an ARN that can never be a KMS key or alias [2.14] */
	RESOURCE_VARIABLE,      /* may be a key, depending on a policy variable [2.11] */
	RESOURCE_BAD,           /* no ARN: a bare key id, alias/x, a malformed ARN [2.3] */
	RESOURCE_REFERENCE,     /* one whole reference */
	RESOURCE_UNKNOWN,       /* a reference hides the service, or whether it is a key */
};

enum resource_kind resource_classify(str pattern);

#endif
