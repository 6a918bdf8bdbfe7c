/* SPDX-License-Identifier: MIT */
/*
 * model - who may use which key, as the repository says it. Front ends (src/iac) fill it; access,
 * plan, the proof and reports only read it. Nothing here knows a language: what must be edited is a
 * node, what must be said is a text (value.h), in the words of the entity's unit. Everything lives
 * in one arena, ordered by file path and offset in whatever order files were read.
 */
#ifndef KMSFIX_MODEL_H
#define KMSFIX_MODEL_H

#include "kmsfix/config.h"
#include "kmsfix/diag.h"
#include "kmsfix/ignore.h"
#include "kmsfix/language.h"
#include "kmsfix/map.h"
#include "kmsfix/name.h"
#include "kmsfix/parsed.h"
#include "kmsfix/policy.h"

struct cfn;
struct cycle;
struct evidence_record;
struct facts_principal;
struct name_index;
struct scope;
struct tf_state;

/* What is applied together: a Terraform root module with those it calls, a stack, raw files. */
struct unit {
	str path;             /* the directory ("" for the root) or file */
	str account;          /* its id, where it is told; else empty */
	bool configured;      /* what it is deployed with is known from the configuration */
	struct issues issues; /* reasons why nothing in it is fully known (an unreadable file) */
	bool searched;        /* for cycles */
	void *front;          /* the front end's own view */
	struct map *names;    /* what texts name, for name_get() */
	const struct language *language;
};

/* One namespace of a unit: the unit itself, or one instance of a module in it. */
struct scope {
	const struct unit *unit;
	const struct scope *parent; /* the one that calls it; NULL for the unit itself */
	str address;                /* "module.a.module.b"; empty for the unit itself */
	str id;                     /* unique: how references name it */
	str dir;                    /* where its text stands */
	void *front;                /* the front end's module or stack */
};

/* The scope of a new unit that is nothing else, called `path`. */
struct scope *unit_scope(struct model *m, str path, const struct language *l);

struct principal {
	enum principal_kind kind;
	const struct unit *unit;
	const struct scope *scope;
	str address; /* aws_iam_role.app, module.m.aws_iam_role.app */
	str arn;     /* canonical text that may be written as a principal; empty: cannot be */
	bool boundary, boundary_ignored; /* has a permissions boundary; others may give it one */
	bool external; /* declared outside the repository (a data source, a literal ARN) */
	str account;   /* symbol of its account (a provider), see account_same() */
	str name;      /* literal, when it is known; else empty */
	str literal;   /* its ARN, as the account says it; or empty */
	const struct facts_principal *live; /* NULL: nothing */
	struct principal *twin;             /* the next one with that ARN, in another unit */
	/* What the logs say of it; NULL: it cannot be told among the principals there. */
	const struct evidence_record *record;
	struct strs guards;
	struct issues issues; /* ROLE-UNRESOLVED, TF-OVERRIDE, … */
	const struct node *block;
	const struct file *file;
	size_t offset;
};

struct key {
	const struct unit *unit;
	const struct scope *scope;
	str address; /* in the unit */
	str name;    /* in its scope */
	str account; /* symbol */
	str region;  /* symbol: canonical text of what its provider works in */
	struct strs guards;
	bool multi_region;
	str arn;                /* literal, when known; else empty */
	struct strs aliases;    /* literal names that the code gives it: "alias/x" */
	struct strs may_alias;  /* or may give it: of an alias whose target is computed */
	bool arn_told;          /* by the account */
	const struct key *live; /* its policy as the account has it; NULL: not known */
	bool told;              /* the account says that it has the default policy */
	bool elsewhere; /* its policy is in another repository: `policy` is what is told of it */
	size_t family;  /* how many keys its multi-Region family has; 0: not told */
	struct key *primary;   /* of a replica */
	struct policy *policy; /* NULL: unset */
	struct document *own;  /* one that it could get besides, for itself alone; or NULL */
	bool crowded;          /* it could, but for another key whose `argument` is the same */
	const struct node *argument;  /* what the code says its policy is; NULL: it says nothing */
	bool unset;                   /* the code gives it no policy: AWS's default policy */
	bool delegates;               /* its policy has AWS's default statement besides */
	bool unchecked;               /* KMS may be told to take a policy that nobody can change */
	struct issues issues, closed; /* KEY-2WRITERS, …; against a new policy alone: KEY-STATE */
	const struct node *block;     /* its declaration */
	const struct node *body;      /* its arguments */
	struct vacancy vacancy;       /* for the policy that it has when it is `unset` */
	const struct file *file;
	size_t offset;
};

struct model {
	struct arena *arena;
	const struct fileset *files;
	const struct config *config;
	struct diags *diags;
	struct {
		struct unit **v;
		size_t n, cap;
	} units;
	struct {
		struct principal **v;
		size_t n, cap;
	} principals;
	struct {
		struct document **v;
		size_t n, cap;
	} documents;
	struct {
		struct statement **v;
		size_t n, cap;
	} statements;
	struct {
		struct policy **v;
		size_t n, cap;
	} policies;
	struct {
		struct key **v;
		size_t n, cap;
	} keys;
	struct {
		struct cycle *v;
		size_t n, cap;
	} cycles;                   /* once model_find_cycles() was asked */
	struct tf_state *terraform; /* the front ends' own views; NULL: nothing is theirs */
	struct cfn *cloudformation;
	struct ignores ignores;    /* in the order of files and of what they cover */
	struct map by_node;        /* documents by scope and the node or file they were read from */
	struct map sites;          /* who reaches the place of a site, by its scope and node */
	struct map names;          /* of all Terraform units */
	struct parsed *parsed;     /* trees that the model before may have */
	struct map trees;          /* of policy files, by file */
	struct map searches;       /* of who waits for whom, by where they begin */
	struct map read;           /* statements by the nodes of their actions */
	struct map *meanings;      /* maps of what texts mean, by units; see resource_meaning() */
	size_t mentioned;          /* bytes, see mention.c */
	struct map spoken;         /* documents that are not read, by nodes that they speak of */
	struct name_index *called; /* policies by their names; NULL: none has one */
	struct map literals;       /* the first principal of each literal ARN */
	struct strs more_keys, joined; /* keys with no policy told; accounts of many symbols */
	size_t files_read;
	bool loads_changed; /* a file that is no configuration differs from the first model's */
};

/* True when the two account symbols are known to be the same account. */
bool account_same(str a, str b);
/* The id of an account whose symbol says it; else empty. */
str account_id(str symbol);

#endif
