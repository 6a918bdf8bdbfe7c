/* SPDX-License-Identifier: MIT */
/*
 * facts - what an account says about itself, as plain data: who exists, with which policies, which
 * keys there are, with which policy, and what Terraform made of a configuration.
 *
 * Reads, told apart by content and never by name, one answer or a JSON list of answers per file:
 *
 *	aws iam get-account-authorization-details   any number of pages and accounts
 *	aws kms list-keys, describe-key, list-aliases, get-key-policy
 *	aws sts get-caller-identity
 *	terraform show -json (of a plan or a state)
 *	a key policy itself (get-key-policy --output text)
 *
 * A get-key-policy answer does not name its key: the id (a UUID, or mrk- and 32 hex digits) must
 * be part of the file's name or, failing that, of the nearest folder that has one. When several
 * known keys have that id (multi-Region keys), a Region and an account id anywhere in the path
 * decide between them.
 *
 * Texts are as AWS gave them, decoded; what an answer did not tell is the empty text. Nothing here
 * knows what a policy means. Wrong input is an error at path:line:column; so is the same thing told
 * twice in different words, because the answers were then not taken at the same time.
 */
#ifndef KMSFIX_FACTS_H
#define KMSFIX_FACTS_H

#include "kmsfix/err.h"
#include "kmsfix/file.h"
#include "kmsfix/map.h"
#include "kmsfix/strs.h"

/* Where something was told: for messages, and the JSON text of the thing itself. */
struct facts_place {
	const struct file *file;
	size_t offset;
	str source;
};

/* A policy document: JSON text of one object, no longer URL-encoded. Empty: none was told. */
struct facts_document {
	str text;
	struct facts_place place; /* of what holds the text */
};

struct facts_inline {
	str name;
	struct facts_document document;
};

enum facts_kind { FACTS_ROLE, FACTS_USER, FACTS_GROUP };

struct facts_principal {
	enum facts_kind kind;
	str arn, name, id, path, account;
	struct {
		struct facts_inline *v;
		size_t n, cap;
	} inlines;                   /* inline policies */
	struct strs attached;        /* ARNs of managed policies */
	str boundary;                /* ARN of the permissions boundary */
	struct strs groups;          /* of a user: names of groups in its account */
	struct facts_document trust; /* of a role */
	struct facts_place place;
};

struct facts_version {
	str id; /* "v1" */
	str created;
	bool is_default;
	struct facts_document document;
};

struct facts_policy {
	str arn, name, id, path, account; /* account "aws": managed by AWS */
	struct {
		struct facts_version *v;
		size_t n, cap;
	} versions;
	const struct facts_version *current; /* the default one; NULL when it was not told */
	uint64_t attachments, boundaries;    /* how often it is used as what */
	struct facts_place place;
};

struct facts_key {
	str arn; /* empty when only a policy was told, and no other answer knows the id */
	str id, account, region, partition;
	struct strs aliases; /* "alias/x", sorted */
	bool described;      /* from here on known only then */
	bool enabled, multi_region;
	str state;   /* Enabled, Disabled, PendingDeletion, … */
	str manager; /* CUSTOMER, AWS */
	str usage, spec, origin;
	str primary;          /* ARN of the primary of a multi-Region key */
	struct strs replicas; /* ARNs of all its replicas */
	struct facts_document policy;
};

struct facts_alias {
	str arn, name;
	struct facts_key *key; /* NULL: it points to none */
};

enum facts_when {
	FACTS_STATE,  /* of a state */
	FACTS_PRIOR,  /* of a plan: what was there before it */
	FACTS_PLANNED /* of a plan: what will be there; what is known only then is absent */
};

struct facts_attribute {
	str name;  /* "arn"; inside of blocks and lists "inline_policy.0.name" */
	str value; /* a text, number or truth value; nothing that is null or sensitive */
};

/* A resource or data source instance of Terraform. */
struct facts_resource {
	enum facts_when when;
	str address; /* module.a["x"].aws_iam_role.b[0] */
	bool data;
	str type, name, provider;
	struct {
		struct facts_attribute *v; /* in the order of the file */
		size_t n, cap;
	} attributes;
	struct facts_place place;
};

struct facts {
	struct {
		struct facts_principal **v;
		size_t n, cap;
	} principals; /* by ARN, as all lists here */
	struct {
		struct facts_policy **v;
		size_t n, cap;
	} policies;
	struct {
		struct facts_key **v;
		size_t n, cap;
	} keys; /* those without ARN first, by id */
	struct {
		struct facts_alias *v;
		size_t n, cap;
	} aliases;
	struct {
		struct facts_resource **v;
		size_t n, cap;
	} resources;          /* by file, time (enum facts_when), address */
	struct strs accounts; /* all ids that were told, sorted */
	struct strs ignored;  /* files of directories that hold none of the answers, sorted */
	struct strs silent;   /* directories all of whose files are ignored, as they were named */
	struct strs errored;  /* files of plans that Terraform could not finish */
	/*
	 * Pages of account details, and how many of them say that more pages follow: complete only
	 * when one less of each account, so never when all of them do.
	 */
	size_t detail_pages, truncated_pages;
	bool list_truncated;  /* a list of keys or aliases says that it goes on, and is not here */
	struct map by_arn[3]; /* private: principals, policies, keys */
};

/*
 * Reads files and directories (without following symbolic links, nothing whose name begins with
 * '.'). In a directory, a file that is no JSON, or none of the answers, is noted in `ignored`; a
 * file that is named itself must be one. At most SYNTAX_MAX_SIZE bytes each. False with *e
 * (ERR_IO).
 */
bool facts_read(const struct facts **out, const char *const *paths, size_t n, struct arena *a,
		struct err *e);

/* By ARN; NULL when it was not told. */
const struct facts_principal *facts_principal(const struct facts *f, str arn);
const struct facts_policy *facts_policy(const struct facts *f, str arn);
const struct facts_key *facts_key(const struct facts *f, str arn);
/* By the ARN of an alias; NULL when there is none, or it points to no key. */
const struct facts_key *facts_alias_key(const struct facts *f, str arn);
/* A key that AWS manages (alias/aws/…): its policy cannot be changed [8.1]. */
bool facts_key_of_aws(const struct facts_key *k);
/* The value of an attribute; the empty text when it is not there. */
str facts_value(const struct facts_resource *r, str name);

#endif
