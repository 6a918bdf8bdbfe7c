/* SPDX-License-Identifier: MIT */
/*
 * config - what the user tells us that the repository does not say: `.kmsfix.json` at its root, or
 * --config FILE. One JSON object; every member but "version" may be absent:
 *
 *	{
 *	  "version": 1,
 *	  "account": "123456789012",
 *	  "accounts": [{"path": "infra/prod", "account": "210987654321"}],
 *	  "keys": [{"pattern": "arn:aws:kms:*:123456789012:key/mrk-1234",
 *		    "keys": ["aws_kms_key.a"], "path": "infra"}],
 *	  "policies": [{"file": "policies/app.json", "kind": "identity",
 *			"roles": ["arn:aws:iam::123456789012:role/app"]}],
 *	  "key_policies": [{"file": "policies/key.json", "key_arn": "arn:aws:kms:…:key/…"}],
 *	  "parameters": [{"template": "app.yaml", "file": "parameters/prod.json"}],
 *	  "attachments": [{"policy": "aws_iam_policy.app", "path": "infra", "complete": true}],
 *	  "default_key_policy": ["aws_kms_key.a", {"key": "aws_kms_key.b", "path": "infra"}],
 *	  "suppress": [{"path": "iam.tf", "address": "aws_iam_policy.ci", "code": "RES-ALL",
 *			"sid": "Build", "reason": "…", "expires": "2027-12-31"}],
 *	  "repository": "github.com/org/app",
 *	  "exclude": ["examples", "legacy*.tf"]
 *	}
 *
 * A key is named by its address (`aws_kms_key.a`, a logical id) as text, or as {"key": …, "path":
 * …} where the module directory must be said. Directories are relative to the root; "" (or absent,
 * or ".") is the root. An unknown or repeated member is an error, so a slip cannot silently do
 * nothing.
 */
#ifndef KMSFIX_CONFIG_H
#define KMSFIX_CONFIG_H

#include "kmsfix/err.h"
#include "kmsfix/strs.h"

#define CONFIG_MAX_SIZE (1u << 20)
#define CONFIG_MAX_DEPTH 8      /* brackets within brackets */
#define CONFIG_MAX_PATTERN 1024 /* bytes of a path pattern */

struct evidence;
struct facts;
struct requests;

/* A resource in a module directory. */
struct config_key_name {
	str address; /* "key" */
	str path;    /* its own "path", else that of the entry it stands in */
};

struct config_key_names {
	struct config_key_name *v;
	size_t n, cap;
};

/* "keys": every key that a Resource text means. With it, RES-WILD and KEY-EXTERNAL are decided. */
struct config_key_map {
	str pattern; /* "pattern": a Resource, or the source of a reference (var.kms_key_arn) */
	struct config_key_names keys; /* "keys": at least one; the list is complete */
	str path;                     /* "path": holds for this directory and below */
};

enum config_policy_kind {
	CONFIG_IDENTITY, /* "identity", the default */
	CONFIG_BOUNDARY, /* "boundary": a permissions boundary, never edited */
	CONFIG_OTHER,    /* "other": a service control, session or resource policy, never edited */
};

/* "policies": what a raw JSON document is that no resource loads. */
struct config_policy {
	str file;                     /* "file": path of the document */
	enum config_policy_kind kind; /* "kind" */
	str name;                     /* "name": for reports; empty: the file */
	struct strs roles;            /* "roles": ARNs of all roles that have it; identity only */
	struct strs users;            /* "users": likewise */
	struct strs groups;           /* "groups": likewise; they hold the policy */
	struct config_key_names keys; /* "keys": all keys its wildcard resources are used for */
};

/* "key_policies": which key a raw JSON document is the policy of. */
struct config_key_policy {
	str file;    /* "file" */
	str key_arn; /* "key_arn": a literal key ARN: gives account, Region, partition */
};

/*
 * "parameters": a file of parameters that a template is deployed with. Those listed for a template
 * are all there are; what each gives is known where all of them give the same.
 */
struct config_parameters {
	str template; /* "template": its path */
	str file;     /* "file" */
};

/*
 * "attachments": asserts that the repository shows every attachment of a policy (ATTACH-UNKNOWN).
 */
struct config_attachment {
	str policy;    /* "policy": its address */
	str path;      /* "path": its module directory */
	bool complete; /* "complete": required; false revokes nothing, it only documents */
};

/* "account" and "accounts": the account id that a directory and all below is applied to. */
struct config_account {
	str path;
	str account; /* 12 digits */
};

/* "suppress": findings the user has decided to live with. */
struct config_suppression {
	str path;    /* "path": a path pattern (config_path_matches) */
	str address; /* "address": empty: every one */
	str sid;     /* "sid": the Sid of the statement; empty: every one */
	str code;    /* "code": empty: every one */
	str reason;  /* "reason": required, not blank */
	str expires; /* "expires": its last day, YYYY-MM-DD; empty: none */
};

/* What is asked about. */
struct config_finding {
	str path, address, sid;
	str code;  /* empty: whatever becomes of it */
	str today; /* YYYY-MM-DD; empty: nothing has expired */
};

struct config {
	str path; /* of the configuration file, for messages */
	/* Not in the file: what the account says about itself; NULL: nothing (facts.h). */
	const struct facts *facts;
	/* And who used which key, out of its logs; NULL: nothing (evidence.h). */
	const struct evidence *evidence;
	/* And what is asked for here, and what was granted elsewhere (request.h); or NULL */
	const struct requests *requests, *receipts;
	bool asks;      /* what is wanted of keys elsewhere is to be asked for */
	bool here_only; /* wildcards stand for the keys that are declared here */
	struct {
		struct config_key_map *v;
		size_t n, cap;
	} keys;
	struct {
		struct config_policy *v;
		size_t n, cap;
	} policies;
	struct {
		struct config_key_policy *v;
		size_t n, cap;
	} key_policies;
	struct {
		struct config_parameters *v;
		size_t n, cap;
	} parameters;
	struct {
		struct config_attachment *v;
		size_t n, cap;
	} attachments;
	/* "default_key_policy": an absent policy is AWS's default one (KEY-POLICY-UNSET) */
	struct config_key_names default_key_policy;
	struct {
		struct config_account *v;
		size_t n, cap;
	} accounts; /* "account": path "" */
	struct {
		struct config_suppression *v;
		size_t n, cap;
	} suppress;
	str repository;      /* "repository": what others call it (request.h); empty: not said */
	struct strs exclude; /* "exclude": path patterns of files not to read */
};

/*
 * Reads the configuration in `text`; `path` is used in messages. Everything is copied into `a`.
 * False with *e (ERR_CONFIG) "<path>: policies[0].roles: expected …" when anything is not as
 * described above.
 */
bool config_parse(struct config **out, str text, str path, struct arena *a, struct err *e);

/*
 * True when `path` (a file) matches the pattern: '*' any run without '/', "**" any run, '?' one
 * byte but '/'. "**" followed by '/' may stand for no directory at all. A pattern that matches a
 * directory of the path covers everything below. One pass over the path, whatever the pattern.
 */
bool config_path_matches(str pattern, str path);
/* True when the path is directory `dir` or below it; every path is below "". */
bool config_path_below(str dir, str path);
bool config_excludes(const struct config *c, str path);
/* The account of a directory: the most specific entry; empty when none says. */
str config_account_of(const struct config *c, str dir);
/* The first entry that covers the finding and has not expired, or NULL. */
const struct config_suppression *config_suppresses(const struct config *c,
						   const struct config_finding *f);
/* True when the list names `address` in module directory `dir`. */
bool config_names_key(const struct config_key_names *list, str dir, str address);

#endif
