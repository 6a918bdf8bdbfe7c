/* SPDX-License-Identifier: MIT */
/* tf_block - the blocks of a directory, the references between them, and what a module makes of
 * them. */
#ifndef KMSFIX_IAC_TF_BLOCK_H
#define KMSFIX_IAC_TF_BLOCK_H

#include "graph.h"
#include "kmsfix/model.h"

enum tf_repeat {
	TF_SINGLE,   /* neither count nor for_each */
	TF_OPTIONAL, /* count that is 0 or 1: the instance [0] under a guard, or without one */
	TF_KNOWN,    /* its instances are known: `instances` of the block */
	TF_PLURAL,   /* any other count, or for_each; `instances` are those somebody names */
	TF_ABSENT,   /* count or for_each is known to make nothing of it here */
};

struct tf_dir;
struct tf_link;
struct tf_module;
struct tf_block;

/* A reference from one block of a module to another: see tf_from(), tf_to(). */
struct tf_ref {
	struct tf_module *module;
	const struct tf_link *link;
	struct seen seen;
};

struct tf_refs {
	struct tf_ref **v;
	size_t n, cap;
};

struct tf_blocks {
	struct tf_block **v;
	size_t n, cap;
};

/* A name that means a value while something is evaluated. */
struct tf_binding {
	str name;
	const struct value *value;
	const struct tf_binding *next;
};

struct tf_modules {
	struct tf_module **v;
	size_t n, cap;
};

/*
 * A block as it stands in a directory, with its nodes while there are any (see tf_tree.c). A
 * repository has a hundred of them for each that a module is asked about.
 */
#define TF_DECLARED                                                                               \
	str type; /* resource, data, local, variable, output, module, provider, … */            \
	str kind; /* resource type; empty otherwise */                                            \
	str name;                                                                                 \
	str address; /* aws_iam_role.a, data.x.y, local.a, var.a, module.a, … */                \
	const struct file *file;                                                                  \
	const struct node *node; /* BLOCK; a PAIR or element of .tf.json; the ATTR of a local */  \
	const struct node *body; /* BODY or MAP; NULL for a local */                              \
	const struct node *expr; /* a local's value */                                            \
	struct tf_dir *dir;                                                                       \
	uint32_t start;     /* of the node, in the file */                                        \
	uint32_t position;  /* in the directory and in each module */                             \
	uint32_t overrides; /* declarations that change it, see tf_override_of() */               \
	bool overridden; /* an override file or a second declaration also speaks of it [11.19] */ \
	bool by_key      /* has for_each */

struct tf_declared {
	TF_DECLARED;
};

struct tf_declarations {
	struct tf_declared **v;
	size_t n, cap;
};

/*
 * The block again in a module that the directory is an instance of, with the references among its
 * siblings, and what became of it in the model.
 */
struct tf_block {
	union {
		struct tf_declared declared;
		struct {
			TF_DECLARED;
		};
	};
	struct tf_module *module;
	enum tf_repeat repeat;
	bool settled;          /* what count and for_each make of it is known, see tf_settle() */
	bool evaluating;       /* cycle guard of the evaluator */
	bool attaches_known;   /* every policy ARN of an attachment is known */
	struct tf_block *base; /* of a known instance: the block as a whole */
	str index;             /* "[0]", "[\"a\"]"; what a reference to it needs; empty when none */
	struct tf_blocks instances;
	const struct value *each_key,
		*each_value; /* what each.key, count.index and each.value are */
	struct strs guards;
	const struct value *value;         /* of a local, variable or output, once evaluated */
	const struct tf_binding *bindings; /* variables of for, dynamic blocks and templates */
	const struct shared *shared;       /* who refers to a local, variable or output */
	struct tf_modules callees;         /* of a module call */
	struct tf_block *core;      /* of a call of a known module: its role, for the graph */
	const struct tf_refs *refs; /* of a core: those of the call that count for it */
	/* what became of it in the model */
	struct principal *principal;
	struct key *key;
	struct document *document;
	struct policy *policy;
	size_t pass; /* the last one of tf_follow() that came by */
	struct graph_mark mark;
};

/* A call of a function that loads a file. */
struct tf_file_call {
	size_t from; /* position of the block */
	str attr;
	const struct node *node; /* there when the block has nodes */
};

/* A reference wherever in a block it stands, between positions of blocks of one directory. */
struct tf_link {
	uint32_t from, to;
	str attr; /* the top-level argument or nested block it stands in */
	str rest; /* what follows the address: ".arn", "[0].name", "" */
	enum asks asks;
	const struct node *node; /* the whole traversal; there when the block it leaves has nodes */
};

/* In the order of the blocks they leave; the links of block i are [first[i], first[i + 1]). */
struct tf_links {
	struct tf_link *v;
	size_t n, cap;
	const uint32_t *first_from;       /* of those that leave a block */
	const uint32_t *first_to, *by_to; /* in by_to: of those that lead to it */
};

struct tf_positions {
	size_t *v;
	size_t n, cap;
};

struct tf_provider_name {
	str own, real;
};

/*
 * A directory with configuration files. What they say is read once, and shared with the directory
 * of a later model when no file of it has changed; the blocks keep the first one as theirs then.
 */
struct tf_dir {
	struct model *model;
	str path;
	struct {
		const struct file **v;
		size_t n, cap;
	} files;
	const struct tf_dir
		*was; /* as the first model read it, otherwise than it is now; or NULL */
	bool known;   /* the first model read the same */
	bool circle;  /* tf_has_circle() */
	bool older;   /* tf_asks_for_older() */
	/* tf_note_providers(): what the module calls the providers that Terraform knows as aws and
	 * awscc. */
	struct {
		struct tf_provider_name *v;
		size_t n, cap;
	} providers;
	struct tf_declarations blocks;
	struct map index; /* of addresses */
	struct issues issues;
	/* Module calls; imports; variables and outputs; what may be an entity; locals that say
	 * "kms:". */
	struct tf_positions calls, imports, borders, entities, texts;
	struct tf_links links;
	struct {
		struct tf_file_call *v;
		size_t n, cap;
	} file_calls;
	struct strs callers; /* directories that call it */
	bool tested;         /* a test runs it by itself, without arguments that nobody knows */
	struct tf_modules modules;
	struct map lacking; /* sources that some instance has not: asked for with each of them */
};

struct tf_dirs {
	struct tf_dir **v;
	size_t n, cap;
	struct map index; /* of paths */
	struct map named; /* callers that are no local calls, by the end of a path */
};

/* Somebody who names a directory otherwise. */
struct tf_caller {
	bool sample; /* an example or a test */
};

/* A reference that is to be named. */
struct tf_pending {
	struct tf_module *module;
	str source;
	struct name *name;
};

#endif
