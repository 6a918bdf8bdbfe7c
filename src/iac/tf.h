/* SPDX-License-Identifier: MIT */
/*
 * tf - what the files of the Terraform front end share: modules (directories), their blocks, and
 * the references between them. Native syntax and .tf.json look the same from here on: a block has a
 * body that is a BODY or a MAP, an argument is an expression node of either language.
 */
#ifndef KMSFIX_IAC_TF_H
#define KMSFIX_IAC_TF_H

#include "effort.h"
#include "kmsfix/wait.h"
#include "tf_block.h"

/* A chain of references longer than this is treated as unknown; real code needs a dozen. */
#define TF_MAX_HOPS 32
/* A choice that stands in a condition in a condition in one is not looked into any more: what a
 * condition says is evaluated several times for each that it stands in. Real code needs one. */
#define TF_MAX_TESTS 4

struct syntax_error;

/* Where the state of a run is kept: one of several of the root module. */
#define WORKSPACE "terraform.workspace"

/* Whether something that is evaluated in `scope` may be an error; asked by try(). */
struct tf_asking {
	const struct tf_block *scope; /* NULL: nobody asks */
	const struct node *whole;     /* what is there when nothing else is missing */
	bool *doubt;
};

/* What the evaluator shares over all modules. */
struct tf_state {
	struct policy_files {
		struct document **v;
		size_t n, cap;
		struct map files; /* of them */
		bool listed;
	} policy_files; /* documents that are files of their own, see tf_use_file.c */
	struct tf_asking asking;
	struct effort effort;
	size_t tests;      /* conditions of choices that are being evaluated */
	size_t hops;       /* blocks that are being evaluated because another one refers to them */
	size_t operands;   /* of the condition whose guard is being written */
	struct map scopes; /* modules by the id of their scope */
	struct tf_modules modules;
	bool expanded;             /* all modules are there */
	struct map accounts;       /* symbols of accounts by others that are known to be the same */
	struct map assumed;        /* pairs of units, see assumed.h */
	struct map aliases, roles; /* blocks by their name, of all units */
	struct map unit_aliases;   /* lists of them by unit and name */
	struct map listings;       /* of all policies that a principal has */
	struct map inline_policies; /* in blocks of roles: lists of them by unit */
	struct {
		const struct file **v;
		size_t n, cap;
		bool indexed;
	} assignments;                  /* .tfvars files of the repository */
	struct tf_name_uses *name_uses; /* who names which managed policy; NULL: not asked */
	struct map workspaces;          /* whether a unit has several, by its path */
	struct map filled;              /* files that templatefile() fills in, by path */
	struct strs filled_tails;       /* and how the computed paths of others end */
	struct map remote_users; /* the first block that takes an output from a state; "": any */
	bool indexed;
	size_t passes; /* of tf_follow() */
	bool ready;    /* principals and keys are known, so that references can be named */
	struct {
		struct tf_pending *v;
		size_t n, cap;
	} pending;
	struct {
		const struct file **v;
		size_t n, cap;
	} test_files;
};

/* An instance of a directory: a root module, or one that a module call makes. */
struct tf_module {
	struct model *model;
	struct unit *unit;
	struct scope *scope;
	struct tf_dir *dir;
	struct map read_back; /* whether a condition that is written is a guard, by both */
	struct tf_state *state;
	struct tf_module *parent;
	struct tf_block *call;    /* in `parent`, with each.key and each.value of this instance */
	struct strs guards;       /* of the calls that lead here */
	struct tf_block **blocks; /* by position; NULL where nobody has asked, see tf_block_in() */
	const struct tf_refs **refs, **users; /* out of and into a block, the same way */
	struct tf_ref **by_link;              /* in chunks */
	struct map promised; /* addresses of blocks that may be added, see tf_own_document() */
	struct tf_blocks entities; /* what stages look for, known instances one by one */
	/* For default policies of keys: data sources of an account and its partition, and which
	 * addresses of such are taken. */
	struct tf_blocks sources;
	struct map taken;
};

/* tf_load.c: files to blocks and the references between them. */
void tf_load(struct model *m, struct tf_dirs *out);

/* tf_override.c: true for a file name that Terraform or OpenTofu loads as configuration. */
bool tf_is_config(str path);
/* True for what a tool has written or fetched there: it is no code of the repository. */
bool tf_is_generated(str path);
bool tf_is_override(str path);
/* True when OpenTofu would read the other file of the two, or this one instead of it. */
bool tf_has_twin(const struct fileset *files, const struct file *f, struct arena *scratch);
/* Another declaration changes the block, or a program reads another one in its place. */
void tf_override(struct tf_declared *b);
/* What such a declaration is called: the first is 1. */
str tf_override_of(const struct tf_declared *b, uint32_t nth);

/* tf_test.c: true for a file of `terraform test`. */
bool tf_is_test(str path);
/* The tests of the repository. */
void tf_tests_find(struct tf_state *state, const struct model *m);
/* One that names the block; NULL: none does. */
const struct file *tf_test_of(const struct tf_block *b);

/* tf_tree.c: the tree of a file, in `scratch` unless it is kept. */
bool tf_parse(struct parsed *parsed, const struct file *f, struct arena *scratch, struct tree **out,
	      struct syntax_error *e);
/* Forgets the nodes of trees that are not kept. */
void tf_forget(struct tf_dir *dir);
/* The block at that position of the directory, with its nodes. */
struct tf_declared *tf_declared(struct tf_dir *dir, size_t position);

/* tf_links.c: what is made when somebody asks for it. */
void tf_index_links(struct tf_dir *dir, struct arena *scratch);
void tf_module_blocks(struct tf_module *mod);
/* The block at that position of the module; a vertex has its nodes only if somebody has asked for
 * the block before: the graph does without, and goes through all of them. */
struct tf_block *tf_vertex(struct tf_module *mod, size_t position);
struct tf_block *tf_block_in(struct tf_module *mod, size_t position);
/* The blocks that a reference leads from and to. */
struct tf_block *tf_from(const struct tf_ref *ref);
struct tf_block *tf_to(const struct tf_ref *ref);
/* References out of a block (those of the whole, for an instance), and into it. */
const struct tf_refs *tf_refs(const struct tf_block *b);
const struct tf_refs *tf_users(const struct tf_block *b);

/* tf_module.c: the tree of modules of every root module, in the order of their directories. NULL
 * when
 * there is no directory. */
struct tf_state *tf_expand(struct tf_dirs *dirs);
struct tf_block *tf_find(struct tf_module *mod, str address);
/* The root module that the module is called from in the end, or itself. */
struct tf_module *tf_root(struct tf_module *mod);
/* The directory a module call names by a local path; NULL for a registry or remote source. */
struct tf_dir *tf_callee(const struct tf_dirs *dirs, const struct tf_declared *call);
/* Examples and tests show a module; that they call it does not make them its only callers. */
bool tf_is_sample(str path);
/* tf_named.c: who calls directories otherwise than by a local path, and whether somebody does. */
void tf_named(struct tf_dirs *dirs);
bool tf_is_named(const struct tf_dirs *dirs, const struct tf_dir *dir);
/* The block by its address in this module, or one with the module's own in front. */
str tf_address(const struct tf_module *mod, str address);
/* A name like `wanted` for a new block, which no block of that kind has in the module, nor is to
 * get: `kind` is what its address begins with. */
str tf_unused_name(struct tf_module *mod, const char *kind, str wanted);

/* tf_guard.c: the guard of a block that may be there: by what `argument` (count, for_each) says. */
str tf_guard(struct tf_block *b, const char *argument, const struct node *expr);
/* That of what is there while the condition, in words of the block, holds, or does not. */
str tf_guard_when(struct tf_block *b, const struct node *cond, bool holds);
/* guard.c: that which holds when the condition does, or when it does not. */
str tf_guard_of(struct arena *a, str cond, bool holds);
/* The condition of a guard that has one; *holds tells whether it, or its opposite, must hold. */
bool tf_guard_condition(str guard, str *cond, bool *holds);
/* That of what is there while the text, a reference, is neither null nor empty. */
str tf_guard_nonempty(struct arena *a, str text);
/* The guard that holds when that one does not; empty when there is none. */
str tf_guard_opposite(struct arena *a, str guard);
/* `cond ? 1 : 0` and the reverse; n without parentheses, may be NULL. */
bool tf_is_zero_or_one(const struct node *n);

/* tf_repeat.c: what count and for_each make of a block. */
struct tf_instance {
	str index;
	const struct value *key, *value;
	str guard; /* of one that is there at times, while others may be */
};
struct tf_instances {
	enum tf_repeat repeat;
	str guard; /* of an optional or plural one; empty when none */
	struct tf_instance *v;
	size_t n, cap;
};
void tf_repeat(struct tf_block *b, struct tf_instances *out);
/* The item of `list[count.index]`, or of element() of the two, that the instance is made for by
 * `count = length(list)`; NULL: it is not, or its number is known. */
const struct value *tf_counted_item(const struct tf_block *b, const struct node *n);
/* A copy of the block as that instance of it; the base is the block. */
struct tf_block *tf_block_at(struct tf_block *b, enum tf_repeat repeat,
			     const struct tf_instance *at);
/* Settles what count and for_each make of a resource, data source or call of a known module. */
void tf_settle(struct tf_block *b);
/* True while that is not known of a block that has one of them. */
bool tf_is_unsettled(const struct tf_block *b);
/* True for a block of a directory that is an entity, but for a call of a local module. */
bool tf_is_entity(const struct tf_declared *b);
/* The instances of what the stages of the model look for, as the entities of a module. */
void tf_entities(struct tf_module *mod);
/* True when `key` is the key of the instances of `b` that nobody names, so not this one. */
bool tf_is_other(const struct tf_block *b, const struct value *key, str than);
/* The known instance with that index, or NULL. */
struct tf_block *tf_instance(const struct tf_block *b, str index);

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
/* tf_module.c: the same of the `terraform` blocks of a directory. */
void tf_settings(struct tf_dir *dir, str name, struct nodes *bodies, struct nodes *nodes);
/* A `dynamic` block of HCL; `each` may be NULL. */
struct tf_dynamic {
	const struct node *block, *each, *content;
	str iterator; /* the variable that its content is made with */
};
/* False when the node is none of that name, or one without content. */
bool tf_dynamic(const struct node *n, str name, struct arena *a, struct tf_dynamic *out);
/* True when a `dynamic "name"` block is there. */
bool tf_has_dynamic(const struct node *body, str name, struct arena *a);

/* tf_ref.c */
/* The address a traversal begins with ("aws_kms_key.k", "data.x.y", "local.a", …) and what follows,
 * normalised; in `scope` (may be NULL) what an index evaluates to stands for it. */
bool tf_traversal(struct tf_block *scope, const struct node *n, struct arena *a, str *address,
		  str *rest);
/* Notes every reference and file call of the directory. */
void tf_link(struct tf_dir *dir, struct arena *scratch);
/* Finds the nodes of the references and file calls of blocks [first, end) again. */
void tf_link_again(struct tf_dir *dir, size_t first, size_t end);
/* tf_circle.c: False when no module of directories without a circle has a dependency cycle. */
bool tf_has_circle(const struct tf_dir *dir, struct arena *scratch);
/* tf_graph.c: the output that what follows a reference to a module call takes; empty: all of them.
 * */
str tf_output_name(str rest);
/* tf_detach.c: see apart.h. */
bool tf_detach(const struct part *p, struct detachments *out, const char **why);
/* What the argument's dependencies would be without. */
enum apart tf_apart(const struct tf_block *b, str argument);

/* tf_graph.c, tf_waiter.c: see wait.h. */
extern const struct wait_hooks tf_wait;
void tf_waiters(const struct policy *p, struct arena *a, struct waiters *out);
/* Records the dependency cycles of the modules (those of a unit one after another) in the model:
 * of units with such a path or (NULL) that are not as the first model had them. */
void tf_cycles(const struct tf_modules *mods, const struct map *units);

/* tf_eval.c */
const struct value *tf_eval(struct tf_block *scope, const struct node *n);
/* The same with the block as an opaque context: what struct reader wants. */
const struct value *tf_eval_node(void *scope, const struct node *n);
/* The source of a node with runs of white space collapsed, as one reference. */
const struct value *tf_unknown(struct tf_block *scope, const struct node *n);
/* A reference with that source. */
const struct value *tf_refers(struct tf_block *scope, const struct node *n, str source);
/* terraform.workspace: one and the same in all modules of a unit. */
const struct value *tf_workspace(struct tf_block *scope, const struct node *n);
/* Adds a binding (the caller's) until scope->bindings is set back. */
void tf_bind(struct tf_block *scope, struct tf_binding *b, str name, const struct value *value);
/* tf_eval() of a part of something: whether it may be an error is asked of the whole. */
const struct value *tf_eval_unasked(struct tf_block *scope, const struct node *n);
/* tf_try.c: neither null nor unknown, but for what the repository declares; with all in it. */
bool tf_is_sure(const struct value *v);
/* What is evaluated in the block may be an error. */
void tf_doubt(struct tf_block *scope, bool doubt);
/* The same of a node, which is worth `v`, beside what its children have noted. */
void tf_note_doubt(struct tf_block *scope, const struct node *n, const struct value *v);
/* tf_compare.c: a text with some letter of its own, or an identity: `!= ""` says nothing of it. */
bool tf_is_never_empty(const struct value *v);
/* Whether two values are the same; false when that is not known. */
bool tf_compare(struct arena *a, const struct value *x, const struct value *y, bool *same);
/* The guard under which they are the same, or are not, when one is a text that is one of two, just
 * one of which is the same as the other; else empty. */
str tf_same_when(struct arena *a, const struct value *x, const struct value *y, bool same);
/* tf_choice.c: what `condition ? one : other` is. */
const struct value *tf_choice(struct tf_block *scope, const struct node *n);
/* The text of a whole policy, as far as that can be told without reading it. */
bool tf_is_document(const struct value *v);
/* A text, known or not, or nothing, which is there for sure. */
bool tf_is_plain_text(const struct value *v);
/* Not known, but one of two texts that are, each under its guard. */
const struct value *tf_one_of_texts(struct tf_block *scope, const struct node *n,
				    const struct choice *choice);
/* tf_loop.c: what `for` makes of its collection. */
const struct value *tf_for(struct tf_block *scope, const struct node *n);
/* `v`, which comes out of `from`, something that may not be there. */
const struct value *tf_taken(struct arena *a, const struct value *from, const struct value *v);
/* The value of an item for whose sake something else is there: `maybe` where it may be missing. */
const struct value *tf_gate(const struct tf_block *scope, const struct value_item *item);
/* tf_string.c: a STRING or HEREDOC. */
const struct value *tf_string(struct tf_block *scope, const struct node *n);
/* What a string of a .tf.json file is as a template; NULL for others, and when it is none. */
const struct node *tf_json_template(const struct node *n, struct arena *a);
/* A reference to what may be an empty text, as those of variables are. */
bool tf_may_be_empty(struct tf_module *mod, str text);
/* tf_absence.c: see struct language. */
bool tf_presence(const struct scope *from, str text, str *guard);
/* tf_guard.c: see struct language. */
bool tf_never(const struct scope *there, str condition);
/* tf_mention.c: see struct language. */
void tf_mentions(struct mentions *m, const struct scope *scope, const struct node *n);
/* tf_via.c: `v` as the traversal `n` reaches it through that block. */
const struct value *tf_via(struct tf_block *scope, const struct node *n, struct tf_block *through,
			   const struct value *v);
/* tf_reach.c: the value of a local, variable or output; NULL when it is not known. */
const struct value *tf_value(struct tf_block *b);
/* tf_eval.c: before and after a block is evaluated because another one refers to it; false when it
 * is being evaluated already, or too many are. */
bool tf_enter(struct tf_block *b);
void tf_leave(struct tf_block *b);
/* A member of a map, or one step further from a reference; NULL when it is not known. */
const struct value *tf_member(const struct value *v, str name);
/* A traversal. */
const struct value *tf_reach(struct tf_block *scope, const struct node *n);
/* tf_type.c: the value as a variable of that type constraint has it: with the defaults of its
 * optional attributes. */
const struct value *tf_conform(struct tf_block *b, const struct value *v, const struct node *type,
			       size_t depth);
/* tf_file.c: a file as a template with these variables; NULL when it is not known. */
const struct value *tf_template(struct tf_block *scope, const struct value *file,
				const struct value *vars, const struct node *origin);
/* What a template_file data source renders; NULL when it is not known. */
const struct value *tf_template_data(struct tf_block *data, const struct node *origin);
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
bool tf_source(struct tf_module *mod, str source, struct tf_source *out);
/* The same for a canonical reference of any module. */
bool tf_source_of(struct tf_module *mod, str text, struct tf_source *out);
/* What one instance of the module has, another one, which has the same outputs, may not have. */
bool tf_some_lacks(struct tf_dir *dir, str source);
bool tf_is_key(const struct tf_block *b);
/* Registers what a reference of the module names. */
void tf_name(struct tf_module *mod, str source);
/* Names what was referred to before all principals and keys were known. */
void tf_names_ready(struct tf_state *state);

/* tf_adapter.c: True for a call of a key module that is known by its documentation. */
bool tf_is_key_module(const struct tf_declared *call);
/* True when the output, with what follows it, is the ARN or the id of the call's key, or one of its
 * aliases. */
bool tf_adapter_output(struct tf_block *call, str output, enum name_kind *kind);
/* True when a module source is that registry module or one of that repository, and that submodule
 * of it. */
bool tf_names_module(str source, const char *registry, const char *repository,
		     const char *submodule);
/* The major version a call asks for; false when that is not certain. */
bool tf_module_version(const struct tf_declared *call, unsigned *major);
/* The value of an argument; NULL when it is absent or null. */
const struct value *tf_argument(struct tf_block *call, const char *name);
/* The same as a literal text; empty when it is none. */
str tf_literal(struct tf_block *b, const char *name);
/* Reads a list or map of statement objects into the document. */
void tf_statement_objects(struct tf_block *call, struct document *d, const struct value *list);
/* tf_adapter_iam.c: True for a call of a known module that makes a policy or a role. */
bool tf_is_iam_module(const struct tf_declared *call);
/* True when the output is the ARN, or the name, of the role or policy that the call makes. */
bool tf_iam_output_arn(struct tf_block *call, str output);
bool tf_iam_output_name(struct tf_block *call, str output);
/* The role such a call makes; false when it makes none. */
bool tf_iam_role(struct tf_block *call, str *arn_output, bool *boundary);
/* Adds the policies such a call makes, and what it attaches. */
void tf_iam_policies(struct tf_block *call);
void tf_iam_attachments(struct tf_block *call);
/* True when the argument holds policy text, or ARNs of policies to attach. */
bool tf_iam_takes_text(const struct tf_block *call, str argument);
bool tf_iam_attaches(const struct tf_block *call, str argument);
/* True when the output of the call certainly does not depend on the argument. */
bool tf_iam_apart(const struct tf_block *call, str output, str argument);
/* Completes the key of such a call. */
void tf_adapter_key(struct tf_block *call, struct key *k);
/* True when the argument is the whole policy of the call's key. */
bool tf_adapter_takes_text(const struct tf_block *call, str argument);
/* Reads the policy of the call's key. */
void tf_adapter_policy(struct tf_block *call);

/* tf_remote.c: what another root module of the repository declares under the name, in the
 * account of `b`; or NULL. */
struct tf_block *tf_alias_elsewhere(struct tf_block *b, str text);
struct tf_block *tf_role_elsewhere(struct tf_block *b);
/* Whether a data source of `from` that asks for the name finds that role and can find no other; and
 * whether it looks in the role's account at all. */
bool tf_finds_role(struct tf_module *from, const struct tf_block *role, str name);
bool tf_looks_there(struct tf_module *from, str provider, struct tf_block *role);
/* tf_state.c: what an attribute of a state, "outputs.x", is in the words of its root; or empty. */
str tf_state_output(struct tf_block *data, str attr);
/* What such an attribute names; NULL when it is not known. */
const struct name *tf_state_name(struct tf_block *data, str attr);
/* The symbol that stands for all accounts known to be the same. */
str tf_account_settled(const struct tf_state *state, str symbol);
void tf_settle_accounts(const struct tf_state *state, struct model *m);

/* tf_alike.c: True when two canonical texts of root modules say the same as far as the repository
 * tells: a variable of one name is taken for one value unless it shows two. */
bool tf_texts_alike(struct tf_state *state, str x, str y);
bool tf_variables_alike(struct tf_module *x, struct tf_module *y, str name);

/* tf_document.c: the document of an aws_iam_policy_document block (built once). */
struct document *tf_document(struct tf_block *data);
/* What a statement that was read otherwise says as one of such a block [5.8]. */
void tf_unescape(struct model *m, struct statement *s);
struct reader;
/* How the shared policy reader evaluates nodes that stand in `b`. */
struct reader tf_reader(struct tf_block *b);
/* tf_chain.c: what the data block (with its chain) says becomes effective in `policy`. */
void tf_policy_document(struct policy *policy, struct tf_block *data);
/* Adds what the policy argument `expr` of `b` says to `policy`. */
void tf_policy_text(struct tf_block *b, struct policy *policy, const struct node *expr);
/* Gives the key the policy that it says, or each that it may be. */
void tf_key_policy_text(struct tf_block *b, struct key *key, const struct node *expr);

/* tf_principal.c, tf_key.c, tf_identity.c, tf_use.c, tf_removal.c: fill the model. */
void tf_principals(struct tf_module *mod);
/* Who `who` (the value of role, user, …) is; an attachment with an issue when it cannot be told. */
struct attachment tf_attach(struct tf_block *b, const struct value *who, enum principal_kind kind);
/* lifecycle.ignore_changes names the argument [11.9]. */
bool tf_ignores_changes(struct tf_block *b, const char *argument);
void tf_keys(struct tf_module *mod);
void tf_replicas(struct tf_module *mod);
/* Notes the literal aliases of keys; names are ready. */
void tf_aliases(struct tf_module *mod);
void tf_key_policies(struct tf_module *mod);
/* The key has a policy already, and the block writes it, too. */
void tf_two_writers(const struct tf_block *second, struct key *key);
void tf_identities(struct tf_module *mod);
void tf_attachments(struct tf_module *mod);
/* tf_exclusive.c: holds what is attached beside a list of all that somebody has. */
void tf_exclusives(struct tf_state *state, struct model *m);
/* Takes the name of the policy, which goes, out of lists of names; else the block that keeps it. */
const struct tf_block *tf_unlist(struct tf_state *state, struct policy *p);
/* Attaches the policy that the ARN means to the principal of block `b`. */
void tf_attach_own(struct tf_block *b, const struct value *arn);
/* True when every ARN in the value is that of one policy, and certainly of no other. */
bool tf_knows_arns(const struct value *v);
/* True when the argument attaches managed policies by ARN. */
bool tf_is_attachment(const struct tf_block *b, str argument);
/* True when the argument is an identity or key policy text that tf_policy_text() reads. */
bool tf_is_policy_text(const struct tf_block *b, str argument);
/* Every other user of documents and managed policies: boundaries, modules, outputs, resource
 * policies. */
void tf_uses(struct tf_module *mod);
/* Holds a managed policy of another language that the code speaks of by its name. */
void tf_use_of_other(struct tf_state *state, struct policy *p);
/* The same for one of its own: by whoever names it by no reference. */
void tf_use_by_name(struct tf_state *state, struct policy *p);
/* Holds one of which no name is known, where it may be somebody's boundary. */
void tf_use_without_name(struct tf_state *state, struct policy *p);
void tf_document_uses(struct tf_module *mod);
/* A block of another root module that takes the output through its state; or NULL. */
const struct tf_block *tf_remote_user(const struct tf_block *output);
/* Adds who takes an output through a state to the index of the former. */
void tf_index_remote_users(struct tf_module *mod);
/* The output that is taken from a state: ".outputs.x.y", "[0].outputs[\"x\"]", and what is taken of
 * it; empty: it may be any. */
str tf_remote_output(str rest, str *behind);
/* tf_early.c: what can be made only when it is known what the document says; or NULL. */
const struct tf_block *tf_early(struct tf_block *data);
/* How each policy would be removed; those in inline_policy blocks are in the index by then. */
void tf_index_inline(struct tf_state *state, const struct model *m);
void tf_removals(struct tf_module *mod);

/* tf_own_document.c: where a statement for this key alone can be written, when others use the data
 * block, or each that it may be, whose text `expr` is. */
void tf_own_document(struct tf_block *b, struct policy *p, const struct node *expr,
		     const struct value *v);
/* The block that replaces an argument is the policy of all keys that have it: or of none. */
void tf_own_documents_agree(struct model *m);
/* True when the directory asks for a provider that cannot read such a block. */
bool tf_asks_for_older(struct tf_dir *dir);

struct policy *tf_policy_new(struct tf_block *b, enum policy_kind kind);
/* Tells the policy each name that the block gives it, or gives it at times. */
void tf_call_policy(struct tf_block *b, struct policy *p);
/* Adds each text an expression may be worth; of what is not known, all that is written in it. */
void tf_texts(struct tf_block *b, const struct node *n, struct strs *out);
/* Adds the names of JSON files that are among them, or in what a path is made of. */
void tf_files(struct tf_block *b, const struct node *n, struct strs *out);

#endif
