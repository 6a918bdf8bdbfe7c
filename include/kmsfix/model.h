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
#include "kmsfix/map.h"
#include "kmsfix/name.h"
#include "kmsfix/parsed.h"
#include "kmsfix/policy.h"

struct carrier;
struct cfn;
struct cycle;
struct detachments;
struct evidence_record;
struct facts_principal;
struct mentions;
struct name_index;
struct part;
struct scope;
struct tf_state;
struct wait_hooks;

/* What differs between the languages of units: a row each. */
struct language {
	const char *dynamic; /* the code of text that is not understood */
	const char *whole;   /* what its code is called */
	const char *instead; /* of JSON in quotes: how a policy is written so that it can change */
	const char *perhaps; /* the code of a resource that is named only under a condition */
	const char *absent;  /* what a key that is not there is; NULL: not declared */
	bool repeats;        /* blocks have `count.index` and `each.key` */
	bool owns_policies;  /* nothing but the key itself can set its policy */
	/* How a text is said in a scope; NULL: by outputs, variables and arguments (carry.h). */
	bool (*carry)(struct carrier *c, str text, const struct scope *to, str *out,
		      const char **why);
	/* The name in a scope of the condition under which just the principal exists; NULL: such
	 * principals are elements of lists (carry_list). */
	bool (*when)(const struct principal *p, const struct scope *to, str *out);
	/* The name of a condition that is all the guards, or '!' and that of its opposite, not
	 * settled by `on`; NULL: see carry_guards(). */
	bool (*say)(const struct scope *to, const struct strs *guards, const struct strs *on,
		    str *out);
	/* The guard of a text that may be lacking, see policy.h, if it is known; NULL: none is. */
	bool (*presence)(const struct scope *from, str text, str *guard);
	/* The guard that holds when the other does not; empty: not known. NULL: none is. */
	str (*opposite)(struct arena *a, str guard);
	/* In another instance of the module the condition never holds; NULL: nobody knows. */
	bool (*never)(const struct scope *there, str condition);
	/* Follows what an unknown expression speaks of, see mention.h; NULL: of nothing. */
	void (*mentions)(struct mentions *m, const struct scope *scope, const struct node *n);
	/* See apart.h; NULL: nothing can be. */
	const struct wait_hooks *wait; /* NULL: the order is not known */
	bool (*detach)(const struct part *p, struct detachments *out, const char **why);
};

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
