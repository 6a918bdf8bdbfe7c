/* SPDX-License-Identifier: MIT */
/*
 * collect - the facts being gathered, and the file that is read at the moment. Nodes live in
 * `scratch` until the end of their file; what is kept is in `arena`, or slices of the file.
 */
#ifndef FACTS_COLLECT_H
#define FACTS_COLLECT_H

#include "kmsfix/facts.h"
#include "kmsfix/node.h"

enum { BY_PRINCIPAL, BY_POLICY, BY_KEY };

/* A key policy whose key is known only when everything is read. */
struct pending_policy {
	str path, id;
	struct facts_document document;
};

struct collector {
	struct facts *facts;
	struct arena *arena, *scratch;
	struct err *err;
	const struct file *file;
	bool walked; /* it was found in a directory */
	struct {
		struct pending_policy *v;
		size_t n, cap;
	} pending;
	struct map accounts, aliases, resources;
	struct map told; /* files that told something, by identity */
};

/* Fails with "path:line:column: …". */
bool vfail_at(struct err *e, const struct file *f, size_t offset, const char *fmt, va_list ap)
	__attribute__((format(printf, 4, 0)));
/* Fails at an offset of the file. */
bool collect_fail(struct collector *c, size_t offset, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* The decoded text of a member, kept; the empty text when it is absent or no string. */
str collect_text(struct collector *c, const struct node *map, str name);
struct facts_place collect_place(struct collector *c, const struct node *n);
/*
 * The same thing, told here and there, must be told the same, white space aside; else fails,
 * naming both places. `what` is "the role" and the like.
 */
bool collect_same(struct collector *c, const char *what, str name, const struct facts_place *here,
		  const struct facts_place *there);
void collect_account(struct collector *c, str account);
/* The key with that ARN, new when it is the first time; NULL when it is no key ARN. */
struct facts_key *collect_key(struct collector *c, str arn);
/*
 * A policy document at `n`: an object, or a string that holds one, which may be URL-encoded. NULL
 * and null are none. False with an error when it is anything else.
 */
bool collect_document(struct collector *c, const struct node *n, struct facts_document *out);

/* ---- the answers; each is given the object ---- */

bool collect_details(struct collector *c, const struct node *n);
bool collect_key_metadata(struct collector *c, const struct node *n);
bool collect_key_list(struct collector *c, const struct node *n);
bool collect_aliases(struct collector *c, const struct node *n);
bool collect_key_policy(struct collector *c, const struct node *n);
bool collect_raw_policy(struct collector *c, const struct node *n);
/* Gives each key policy to its key. */
bool collect_pending(struct collector *c);
bool collect_terraform(struct collector *c, const struct node *n);

#endif
