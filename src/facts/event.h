/* SPDX-License-Identifier: MIT */
/*
 * event - one CloudTrail event of KMS, reduced to what tells who used which key. The same for JSON
 * and for rows of a query's CSV; texts are decoded, and empty where they were absent or null.
 */
#ifndef FACTS_EVENT_H
#define FACTS_EVENT_H

#include "kmsfix/syntax.h"
#include "kmsfix/strs.h"

enum event_side { SIDE_SOURCE, SIDE_DESTINATION, SIDES };

struct event {
	str source, name, when; /* eventSource, eventName, eventTime */
	int64_t time;
	str error; /* errorCode */
	str shared_id, address;
	str type, arn, issuer, invoked_by; /* of userIdentity; issuer: sessionIssuer.arn */
	bool session;                      /* there is a sessionIssuer */
	str keys[SIDES];                   /* the first two key ARNs of resources */
	size_t key_count;                  /* of all */
	str key_ids[SIDES];                /* ReEncrypt: sourceKeyId, destinationKeyId */
	struct strs context[SIDES];        /* keys of the encryption context; Decrypt: of [0] */
};

/* The columns of a row, by name; values as the query printed them. */
enum column {
	COLUMN_TIME,
	COLUMN_SOURCE,
	COLUMN_NAME,
	COLUMN_IDENTITY,
	COLUMN_RESOURCES,
	COLUMN_ERROR,
	COLUMN_SHARED_ID,
	COLUMN_ADDRESS,
	COLUMN_PARAMETERS,
	COLUMN_COUNT
};

/*
 * False with a static reason when it cannot be read; of JSON with the offset. `e` keeps slices of
 * what it was read from.
 */
bool event_from_json(struct event *e, str text, struct arena *a, struct syntax_error *error);
bool event_from_row(struct event *e, const str row[COLUMN_COUNT], struct arena *a,
		    const char **why);

/* By eventSource; and eventName: a Decrypt or ReEncrypt of KMS [10.1]. */
bool event_is_kms(str source);
bool event_is_call(str source, str name);
/* True for the literal ARN of one KMS key: nothing in it that a policy could read as a pattern. */
bool event_is_key(str arn);
/* True for the literal ARN of one IAM role or user. */
bool event_is_principal(str arn);
/* True for that of a role without its path: "arn:aws:sts::111122223333:assumed-role/app". */
bool event_is_role(str arn);
/* That of the role whose session made the call; empty when it was none [10.4]. */
str event_role(const struct event *e);

#endif
