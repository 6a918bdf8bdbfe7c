/* SPDX-License-Identifier: MIT */
/*
 * account - an export of one account (facts.h) as files that can be edited, and their model. Each
 * policy document is a file, laid out alike, whatever blanks AWS gave it:
 *
 *	attachments.json                  who has which policy
 *	keys/<Region>/<id>.json           key policies
 *	policies/<name>.json              managed policies of the account: the default version
 *	roles/<role>/<policy>.json        inline policies; and so users/, groups/
 *
 * A policy that attachments.json does not name is attached to nobody, or is no more: that is how an
 * edit says that one goes.
 */
#ifndef KMSFIX_ACCOUNT_H
#define KMSFIX_ACCOUNT_H

#include "kmsfix/facts.h"
#include "kmsfix/model.h"

#define ACCOUNT_ATTACHMENTS "attachments.json"

enum account_kind { ACCOUNT_KEY, ACCOUNT_MANAGED, ACCOUNT_INLINE };

/* A policy document: whose it is. */
struct account_document {
	enum account_kind kind;
	str path;                             /* of its file */
	str address;                          /* eu-west-1:key/…, policy/app/p, role/app p */
	const struct facts_key *key;          /* KEY */
	const struct facts_policy *policy;    /* MANAGED */
	const struct facts_principal *holder; /* INLINE */
	str name;                             /* INLINE: of the policy */
	const struct facts_document *source;
	struct {
		const struct facts_principal **v;
		size_t n, cap;
	} holders; /* MANAGED, INLINE: who has it */
};

struct account {
	const struct facts *facts;
	str id; /* 12 digits */
	struct fileset files;
	struct {
		struct account_document **v;
		size_t n, cap;
	} documents; /* by path */
	struct map by_path;
};

/*
 * Lays the export out. False with *e (ERR_IO, at path:line:column) when it is not one account's, or
 * has a name or id that AWS would not have given: from here on names are safe in paths and texts.
 */
bool account_read(struct account *out, const struct facts *f, struct arena *a, struct err *e);
/* The document in the file at `path`, or NULL. */
const struct account_document *account_find(const struct account *acct, str path);
/*
 * The model of the account with `files` instead of its own: what is edited is the files, everything
 * else is as the export says. What is wrong is added to `diags`.
 */
struct model *account_model(const struct account *acct, const struct fileset *files,
			    const struct config *config, struct diags *diags, struct arena *a);

#endif
