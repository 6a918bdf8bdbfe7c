/* SPDX-License-Identifier: MIT */
/*
 * policy - policy documents as the access model has them: what a person wrote (documents and their
 * statements, with the nodes to edit) and what AWS receives (policies, and who has them). */
#ifndef KMSFIX_POLICY_H
#define KMSFIX_POLICY_H

#include "kmsfix/condition.h"
#include "kmsfix/principal.h"
#include "kmsfix/removal.h"
#include "kmsfix/issue.h"
#include "kmsfix/site.h"
#include "kmsfix/strs.h"
#include "kmsfix/value.h"

struct key;
struct policy;
struct principal;
struct scope;
struct unit;

/* One element of Action, Resource or a principal list as written. */
struct element {
	str text;                /* canonical */
	const struct node *node; /* the whole child of its list, or the scalar value itself */
	const struct node *list; /* the SEQ that holds it; NULL for a scalar */
	const struct via *via;   /* references on the way (text shared by several users) */
	bool maybe, either;      /* present only under a condition we do not evaluate (value.h) */
	bool mentioned;          /* nowhere but in what the list is computed from; `maybe`, too */
	bool lacking;            /* or only while what it refers to is, and is not empty */
	str guard;               /* of `maybe`: all that it depends on (model.h); or empty */
};

struct elements {
	struct element *v;
	size_t n, cap;
	bool open;               /* more may exist that we cannot see */
	bool negated;            /* NotAction, NotResource, NotPrincipal */
	bool present, choices;   /* choices: of a text that is one of two, both are elements */
	const struct node *node; /* the value of the member */
};

struct principal_element {
	str type; /* AWS, Service, Federated, … or "*" */
	struct element element;
};

struct condition_entry {
	struct condition condition; /* canonical form */
	str op, key;                /* as written */
	struct strs values;         /* as written, in order */
	bool open;                  /* a value could not be evaluated to a list of texts */
	const struct node *node;    /* the values, or NULL */
};

enum effect { EFFECT_ALLOW, EFFECT_DENY, EFFECT_UNKNOWN };
struct statement {
	struct document *document;
	size_t index;              /* in its document */
	const struct node *node;   /* MAP, or BLOCK of a policy document */
	const struct node *around; /* the element of the list that is there for it alone, or NULL */
	str sid;
	enum effect effect;
	struct elements actions, resources;
	struct {
		struct principal_element *v;
		size_t n, cap;
		bool open, negated, present;
		const struct node *list;   /* the one list of AWS principals, or NULL */
		const struct scope *scope; /* whose names that place uses; NULL: no names */
	} principals;
	struct {
		struct condition_entry *v;
		size_t n, cap;
		bool open;
	} conditions;
	struct issues issues; /* TF-DYNAMIC, … : the text is not understood */
	bool maybe;           /* exists only under a condition; all guards, if that is known */
	struct strs guards;
	str which; /* of which as little is known: it may be there, or hold, when others are not */
	bool spoken; /* another document that is not read may have it, too */
	bool made; /* by what stands at its node, which is no statement: a policy template of SAM */
	bool shadows; /* replaces another statement of the same Sid, or may */
	const struct via *via;
	struct ignore *ignore; /* the innermost kmsfix:ignore that covers it, or NULL */
	struct {
		struct policy **v;
		size_t n, cap;
	} uses;                         /* the policies it is effective in */
	const struct statement *origin; /* itself before it was detached (apart.h), or NULL */
};

/* One text of statements that a person wrote: a jsonencode, a heredoc, a file, a data block. */
struct document {
	const struct unit *unit;
	const struct scope *scope; /* whose names its text uses */
	str address;               /* of the block it is written in */
	bool apart; /* it is not, but in a local or the like, and that block the first to read it */
	const struct node *node; /* the expression or block */
	const struct file *file;
	str version; /* empty when absent */
	struct {
		struct statement **v;
		size_t n, cap;
	} statements;
	bool open, spoken; /* more statements may exist unseen; another text unread be this, too */
	bool replaceable;  /* what is not known may replace a statement with a Sid */
	bool plain;        /* literal text: no reference can be written into it */
	str early;         /* what can be made only when all it says is known; or empty */
	struct issues issues;
	struct site site;
	const struct site *beside;     /* instead of one that others have, too; or NULL */
	const struct request *request; /* that it is made of, or NULL */
	struct {
		struct policy **v;
		size_t n, cap;
	} uses;
	struct {
		const struct via **v;
		size_t n, cap;
	} vias; /* one for each time it was reached through references */
};

enum policy_kind {
	POLICY_MANAGED, /* attached, or to be attached, as an identity policy */
	POLICY_INLINE,  /* inline policy of one principal */
	POLICY_SET,     /* of a permission set */
	POLICY_KEY,
	POLICY_BOUNDARY, /* a permissions boundary, perhaps attached too */
	POLICY_OTHER,    /* trust, resource, service control, session, endpoint policies */
	POLICY_UNSEEN,   /* handed to something we cannot look into: a module, an output, nobody */
};

struct attachment {
	struct principal *principal; /* NULL: somebody we cannot name; see issues */
	enum principal_kind kind;    /* then: of whom the literal name is; or it is empty */
	str name;
	bool maybe; /* only under a condition we do not evaluate */
	struct strs guards;
	struct issues issues;
	const void *front; /* the front end's block that makes it */
	const struct file *file;
	size_t offset;
};

/* One policy of AWS: what the statements become effective in. */
struct policy {
	enum policy_kind kind;
	const struct unit *unit;
	const struct scope *scope;
	str address;
	const struct file *file;
	size_t offset;
	struct {
		struct statement **v;
		size_t n, cap;
	} statements;            /* effective ones, in order */
	const struct strs *when; /* under what each is in it; NULL: all are always (policy_when) */
	bool open;               /* more statements may exist */
	struct {
		struct document **v;
		size_t n, cap;
	} documents;
	struct {
		struct attachment *v;
		size_t n, cap;
	} attachments;
	struct strs guards, never; /* what it is there under, and what it is not there under */
	struct policy *otherwise;  /* POLICY_KEY: what its key has where it is not there; or NULL */
	struct issues issues;
	struct removal removal;
	const struct node *block; /* a nested block of its own (inline_policy), or NULL */
	const void *front;        /* the front end's block that makes it */
	struct key *key;          /* POLICY_KEY */
	bool unset; /* POLICY_KEY: it is AWS's default policy, as the code gives none */
	const struct node *blank; /* then: the null or "" that stands there for it, or NULL */
	size_t limit;             /* LIMIT_…; 0: none known */
	bool configured;          /* what it is and who has it is known from the configuration */
	str name;                 /* its own, when it is literal; else empty */
	struct strs called;       /* of a managed policy: its names, as they are written */
	str account;              /* symbol, see account_same() */
	bool told;                /* the account says who has it */
	bool live;                /* the account says what it allows: these targets at most */
	unsigned live_targets;
};

/* Under what alone a statement of the policy is in it. */
const struct strs *policy_when(const struct policy *p, const struct statement *s);

#endif
