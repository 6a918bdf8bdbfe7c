/* SPDX-License-Identifier: MIT */
/*
 * request - permissions on keys whose policies are in another repository. Whoever wants to take one
 * out of its IAM policies asks for it in a file; whoever owns the key answers with another one, a
 * receipt, once the key policy grants it. Both are JSON objects, told apart by "kind":
 *
 *	{
 *	  "version": 1,
 *	  "kind": "grant-request",                  or "grant-receipt"
 *	  "id": "8af4d19e00c0ffee",
 *	  "key": "arn:aws:kms:…:key/…",             or the ARN of an alias of it
 *	  "principal": "arn:aws:iam::…:role/app",
 *	  "actions": ["kms:Decrypt"],               some of the three targets
 *	  "condition": {"StringEquals": {…}},       as in IAM policies; absent: none
 *	  "origin": {"repository": "github.com/org/app",
 *		     "findings": [{"id": "…", "path": "iam.tf", "line": 12, "address": "…"}]},
 *	  "granted": {"repository": …, "commit": …, "path": …, "line": …}     of a receipt only
 *	}
 *
 * An unknown or repeated member is an error, so that a slip cannot silently do nothing.
 */
#ifndef KMSFIX_REQUEST_H
#define KMSFIX_REQUEST_H

#include "kmsfix/err.h"
#include "kmsfix/node.h"

#define REQUEST_MAX_SIZE (1u << 20)
#define REQUEST_ID_SIZE 16 /* hex digits */

struct request {
	bool granted;       /* a receipt */
	str id, repository; /* of the origin */
	str owner;          /* of a receipt: the repository that grants it */
	str key, principal; /* ARNs without wildcards */
	unsigned targets;   /* not 0 */
	const struct file *file;
	const struct node *root, *actions, *condition; /* no condition: NULL */
};

struct requests {
	struct request *v;
	size_t n, cap;
};

/* What requests and receipts are called: these, the id, and these. */
#define REQUEST_PREFIX "kms-grant-"
#define REQUEST_SUFFIX ".json"
#define RECEIPT_SUFFIX ".receipt.json"

/*
 * Reads all files of directory `dir` and below whose names end in ".json", in the order of their
 * paths, as requests and receipts. False with *e (ERR_IO), at path:line:column, for the first that
 * is anything else.
 */
bool requests_read(struct requests *out, const char *dir, struct arena *a, struct err *e);
/* The one in the file; NULL when there is none. */
const struct request *requests_at(const struct requests *all, str path);
/* Reads one text. */
bool request_parse(struct request *out, const struct file *f, struct arena *a, struct err *e);

#endif
