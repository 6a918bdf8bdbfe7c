/* SPDX-License-Identifier: MIT */
/*
 * tf - what the files of the Terraform front end share: modules (directories), their blocks, and
 * the references between them. Native syntax and .tf.json look the same from here on: a block has a
 * body that is a BODY or a MAP, an argument is an expression node of either language.
 */
#ifndef KMSFIX_IAC_TF_H
#define KMSFIX_IAC_TF_H

#include "kmsfix/model.h"

enum tf_repeat {
	TF_SINGLE,   /* neither count nor for_each */
	TF_OPTIONAL, /* count that is 0 or 1 */
	TF_PLURAL,   /* any other count, or for_each */
};

struct tf_module;
struct tf_block;

/* A reference from one block to another, wherever in the block it stands. */
struct tf_ref {
	struct tf_block *from, *to;
	str attr;                /* the top-level argument or nested block it stands in */
	str rest;                /* what follows the address: ".arn", "[0].name", "" */
	const struct node *node; /* the whole traversal */
};

struct tf_refs {
	struct tf_ref **v;
	size_t n, cap;
};

struct tf_block {
	str type; /* resource, data, local, variable, output, module, provider, … */
	str kind; /* resource type; empty otherwise */
	str name;
	str address; /* aws_iam_role.a, data.x.y, local.a, var.a, output.a, module.a, provider.aws
		      */
	const struct file *file;
	const struct node *node; /* BLOCK; a PAIR or element of .tf.json; the ATTR of a local */
	const struct node *body; /* BODY or MAP; NULL for a local */
	const struct node *expr; /* a local's value */
	struct tf_module *module;
	bool overridden; /* an override file or a second declaration also speaks of it [11.19] */
	enum tf_repeat repeat;
	struct strs guards;
	struct tf_refs refs, users;  /* out of it, into it */
	bool evaluating;             /* cycle guard of the evaluator */
	const struct shared *shared; /* a local's users, for the evaluator */
	/* what became of it in the model */
	struct principal *principal;
	struct key *key;
	struct document *document;
	struct policy *policy;
	size_t mark, low; /* the cycle search */
	bool on_stack;
};

struct tf_blocks {
	struct tf_block **v;
	size_t n, cap;
};

/* A call of a function that loads a file. */
struct tf_file_call {
	struct tf_block *from;
	str attr;
	const struct node *node;
};

struct tf_module {
	struct unit *unit;
	struct {
		struct tf_file_call *v;
		size_t n, cap;
	} file_calls;
	struct model *model;
	struct tf_blocks blocks;
	struct tf_block **index; /* open-addressed hash of addresses */
	size_t index_size;
	bool called;         /* a module call of the repository leads here */
	struct strs calls;   /* "caller-dir\001name" of those calls */
	bool broken;         /* a file of it does not parse */
	size_t locals_depth; /* how deep the evaluator is in locals */
};

struct tf_modules {
	struct tf_module **v;
	size_t n, cap;
};

/* tf_module.c: files to blocks. */
void tf_load(struct model *m, struct tf_modules *out);
struct tf_block *tf_find(const struct tf_module *mod, str address);
/* True for a file name that Terraform or OpenTofu loads as configuration. */
bool tf_is_config(str path);

/* tf_body.c: one view of BODY and MAP. */
const struct node *tf_attr(const struct node *body, str name, struct arena *a);
struct nodes {
	const struct node **v;
	size_t n, cap;
};
/* The nested blocks `name` (bodies); `nodes` (may be NULL) gets the BLOCKs or elements themselves.
 */
void tf_nested(const struct node *body, str name, struct arena *a, struct nodes *bodies,
	       struct nodes *nodes);
/* True when a `dynamic "name"` block is there. */
bool tf_has_dynamic(const struct node *body, str name, struct arena *a);

/* tf_ref.c */
/* The address a traversal begins with ("aws_kms_key.k", "data.x.y", "local.a", …) and what follows,
 * normalised. */
bool tf_traversal(const struct node *n, struct arena *a, str *address, str *rest);
void tf_link(struct tf_module *mod);
/* Records every dependency cycle of the module in the model. */
void tf_cycles(struct tf_module *mod);

/* tf_eval.c */
const struct value *tf_eval(struct tf_block *scope, const struct node *n);
/* The same with the block as an opaque context: what struct reader wants. */
const struct value *tf_eval_node(void *scope, const struct node *n);
/* The source of a node with runs of white space collapsed, as one reference. */
const struct value *tf_unknown(struct tf_block *scope, const struct node *n);
/* tf_func.c: NULL when the function, or this use of it, is not evaluated. */
const struct value *tf_call(struct tf_block *scope, const struct node *call);

/* tf_name.c */
/* A reference's source taken apart: "aws_kms_key.k[0].arn" is block k, index "[0]", attribute
 * "arn". */
struct tf_source {
	struct tf_block *block;
	str index, attr;
	bool single; /* it is the only instance the block can have */
};
bool tf_source(const struct tf_module *mod, str source, struct tf_source *out);
bool tf_is_key(const struct tf_block *b);
/* Registers what a reference names in its unit. */
void tf_name(struct tf_block *scope, str source);
/* The symbol of the account a block's provider works in [11.18]. */
str tf_account(struct tf_block *b);
/* The canonical text of the Region its provider works in. */
str tf_region(struct tf_block *b);
/* The account of a block without a provider argument. */
str tf_account_default(struct tf_module *mod);

/* tf_document.c: the document of an aws_iam_policy_document block (built once). */
struct document *tf_document(struct tf_block *data);
/* Adds what the policy argument `expr` of `b` says to `policy`. */
/* What the data block (with its chain) says becomes effective in `policy`. */
void tf_policy_document(struct policy *policy, struct tf_block *data);
struct reader;
/* How the shared policy reader evaluates nodes that stand in `b`. */
struct reader tf_reader(struct tf_block *b);
void tf_policy_text(struct tf_block *b, struct policy *policy, const struct node *expr);

/* tf_principal.c, tf_key.c, tf_identity.c, tf_use.c, tf_removal.c: fill the model. */
void tf_principals(struct tf_module *mod);
/* Who `who` (the value of role, user, …) is; an attachment with an issue when it cannot be told. */
struct attachment tf_attach(struct tf_block *b, const struct value *who, enum principal_kind kind);
/* lifecycle.ignore_changes names the argument [11.9]. */
bool tf_ignores_changes(struct tf_block *b, const char *argument);
void tf_keys(struct tf_module *mod);
void tf_key_policies(struct tf_module *mod);
void tf_identities(struct tf_module *mod);
void tf_attachments(struct tf_module *mod);
/* True when the argument attaches managed policies by ARN. */
bool tf_is_attachment(const struct tf_block *b, str argument);
/* True when the argument is an identity or key policy text that tf_policy_text() reads. */
bool tf_is_policy_text(const struct tf_block *b, str argument);
/* Every other user of documents and managed policies: boundaries, modules, outputs, resource
 * policies. */
void tf_uses(const struct tf_modules *mods, const struct map *names, struct tf_module *mod);
/* Adds every literal name by which the module speaks of a managed policy. */
void tf_index_names(struct map *names, const struct tf_module *mod);
void tf_removals(struct tf_module *mod);

struct policy *tf_policy_new(struct tf_block *b, enum policy_kind kind, str address);
/* Copies guards without duplicates. */
void tf_guards_add(struct arena *a, struct strs *to, const struct strs *from);

#endif
