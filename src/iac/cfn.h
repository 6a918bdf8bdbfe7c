/* SPDX-License-Identifier: MIT */
/*
 * cfn - what the files of the CloudFormation front end share: templates, stacks (a template with
 * what its parameters are given), their resources, and the evaluator of intrinsic functions. SAM
 * and the Serverless Framework are templates with resources that nobody wrote: the roles they make.
 */
#ifndef KMSFIX_IAC_CFN_H
#define KMSFIX_IAC_CFN_H

#include "document.h"
#include "effort.h"
#include "kmsfix/carry.h"
#include "graph.h"
#include "kmsfix/model.h"
#include "kmsfix/wait.h"

/* Parameters, outputs and variables that lead from one to the next. */
#define CFN_MAX_HOPS 32

enum cfn_kind { CFN_TEMPLATE, CFN_SERVERLESS };

/* A template file. */
struct cfn_template {
	enum cfn_kind kind;
	const struct file *file;
	const struct node *root;
	bool nested; /* some other template has it as a nested stack */
	bool part;   /* a service includes it */
	size_t made; /* stacks of it */
	struct {
		const struct node **v;
		size_t n, cap;
	} doubled; /* roots of its files in which a key stands twice in one place */
};

struct cfn_stack;

struct cfn_stacks {
	struct cfn_stack **v;
	size_t n, cap;
};

struct cfn_resource {
	struct cfn_stack *stack;
	str name, type;
	str address;                   /* in the unit */
	const struct node *pair;       /* of Resources; what stands for it when nobody wrote it */
	const struct node *body;       /* MAP; NULL when nobody wrote it */
	const struct node *properties; /* MAP, or NULL */
	struct strs guards;
	struct principal *principal;
	struct key *key;
	struct policy *policy;     /* of a resource that is one policy */
	struct cfn_stack *nested;  /* its stack, when the template is in the repository */
	struct cfn_resource *role; /* that SAM makes for it */
	struct cfn_resource *of;   /* what such a role is for */
	struct graph_mark mark;
};

struct cfn_resources {
	struct cfn_resource **v;
	size_t n, cap;
};

/* What all templates share. */
struct cfn {
	struct model *model;
	struct {
		struct cfn_template **v;
		size_t n, cap;
	} templates;
	struct map by_path;
	struct cfn_stacks stacks;
	struct map scopes;   /* stacks by the id of their scope */
	struct map exports;  /* outputs by the unscoped name */
	size_t repeats;      /* looks at what is included in several places */
	struct map trees;    /* of files that are no templates, by path */
	struct map includes; /* files of services, by tree */
	struct map reached;  /* what variables stand for, by node */
	struct map missing;  /* stacks by a name that they refer to and do not declare */
	struct map anchors;  /* nodes by tree and name; the root when the name is used twice */
	size_t hops;         /* parameters, outputs and aliases that are being followed */
	size_t aliases;      /* that were followed in all */
	struct effort effort;
	bool searched; /* for cycles */
};

/* An instance of a template. */
struct cfn_stack {
	struct cfn *cfn;
	struct model *model;
	struct unit *unit;
	struct scope *scope;
	struct cfn_template *of;
	struct cfn_stack *parent, *top;
	struct cfn_resource *call;    /* in `parent` */
	const struct node *arguments; /* in `parent`: MAP of Parameters, or NULL */
	const struct node *parameters, *mappings, *conditions, *outputs, *globals;
	struct strs guards;
	/* Absent: those that are never there or that nothing is said of, for what they refer to. */
	struct cfn_resources resources, absent;
	struct map index;          /* of resources by name */
	struct map declared;       /* conditions by name */
	struct map condition;      /* by name, once evaluated */
	struct map *waiters;       /* by the name of what they wait for; NULL: nobody asked */
	struct map said[2];        /* names of conditions by what they say; [0]: by the opposite */
	struct cfn_stacks imports; /* whose exports it takes, from other units */
	struct strs given;         /* what is assumed to hold while something is evaluated */
	str account, region;       /* symbols */
	const struct map *told;    /* what files give parameters, once they are read */
	str missing;               /* a name that is referred to and declared nowhere; or empty */
};

/* Gets a name that a node refers to. */
typedef void cfn_visit(void *ctx, str name, const struct node *at);

/* cfn_load.c: finds and parses templates. */
void cfn_load(struct cfn *c);
/* True for the path of such a template. */
bool cfn_is_template(const struct cfn *c, str path);
/* The tree of a YAML or JSON file of the repository; NULL when there is none. */
struct tree *cfn_tree(struct cfn *c, str path);
/* cfn_mention.c: see struct language. */
void cfn_mentions(struct mentions *m, const struct scope *scope, const struct node *n);
/* cfn_stack.c. True for a file that means something else to whoever takes the first of two equal
 * keys. */
bool cfn_is_ambiguous(struct cfn *c, const struct node *root);

/* cfn_variable.c: what the Serverless Framework fills in. */
/* Finds the files that services include; before anything is read. */
void cfn_includes(struct cfn *c);
/* What `${file(…)}` stands for, when the node is one; else NULL. */
const struct node *cfn_included(struct cfn *c, const struct node *n);
/* What `${self:path}` of the stack's service stands for; NULL when it is not known. */
const struct node *cfn_self_node(struct cfn_stack *s, str path);
/* Its value, as that of `n`. */
const struct value *cfn_self(struct cfn_stack *s, const struct node *n, str path);
/* A text of a service with variables in it; NULL when one of them is not known. */
const struct value *cfn_filled(struct cfn_stack *s, const struct node *n, str text);
/* Holds the services when not all of what they include was looked at. */
void cfn_check_repeats(struct cfn_stack *s);
/* True when an anchor, alias, variable or second include may put the node in several places. */
bool cfn_is_shared(const struct cfn *c, const struct node *n);
/* True for a text with a variable in it. */
bool cfn_is_filled(const struct node *n);
/* cfn_stack.c: templates to stacks with their resources. */
void cfn_expand(struct cfn *c);
struct cfn_resource *cfn_find(const struct cfn_stack *s, str name);
/* The resource and the attribute that a canonical reference means; NULL for anything else. */
struct cfn_resource *cfn_resource_of(const struct cfn *c, str text, str *attribute);
/* True when what its attributes are is not known from its type. */
bool cfn_is_opaque(const struct cfn_resource *r);
/* True when what a resource of the type is, is neither access nor a key. */
bool cfn_is_harmless(str type);
/* A resource that nobody wrote. */
struct cfn_resource *cfn_add(struct cfn_stack *s, str name, str type, const struct node *pair);

/* cfn_node.c: one view of YAML and JSON. */
/* Notes the anchors of a tree. */
void cfn_anchors(struct cfn *c, const struct node *root);
/* What an alias stands for; the alias itself when that cannot be told. */
const struct node *cfn_follow(struct cfn *c, const struct node *n);
/* The value of the key in a MAP, or NULL; `map` may be NULL or no MAP. */
const struct node *cfn_get(struct cfn *c, const struct node *map, const char *key);
/* True for `<<: *name`: the pairs of another map belong to this one, too. */
bool cfn_is_merge(const struct node *pair);
/* The whole pair. */
const struct node *cfn_pair(struct cfn *c, const struct node *map, const char *key);
/* A call of an intrinsic function. */
struct cfn_call {
	str function;           /* Ref, GetAtt, Sub, … */
	const struct node *arg; /* what it is given */
	bool own;               /* `arg` is the tagged node itself */
};
bool cfn_is_call(struct cfn *c, const struct node *n, struct cfn_call *out);
/* The text of a scalar as it is written; false for anything else. */
bool cfn_scalar(struct cfn *c, const struct node *n, str *out);
/* GetAtt: "A.B" or [A, B]. */
bool cfn_getatt(struct cfn *c, const struct cfn_call *call, str *out);

/* cfn_eval.c */
const struct value *cfn_eval(struct cfn_stack *s, const struct node *n);
/* The same with the stack as an opaque context: what struct reader wants. */
const struct value *cfn_eval_node(void *stack, const struct node *n);
/* The arguments of a call, without its own tag. */
const struct value *cfn_eval_arg(struct cfn_stack *s, const struct cfn_call *call);
/* The node as one reference of its own: what it is cannot be told. */
const struct value *cfn_unknown(struct cfn_stack *s, const struct node *n);
bool cfn_text(struct cfn_stack *s, const struct node *n, str *out);
/* Each `{{resolve:…}}` of the text as a reference; NULL where another program fills in some. */
const struct value *cfn_resolve(struct cfn_stack *s, const struct node *n, str text);
/* One of the texts, it is not known which: each of them may be there. */
const struct value *cfn_one_of(struct cfn_stack *s, const struct node *n, const struct strs *texts);
/* cfn_func.c: NULL when the function is none that has a value. */
const struct value *cfn_function(struct cfn_stack *s, const struct node *n,
				 const struct cfn_call *call);
/* Fn::Sub of the STRING; `map` holds its own variables, or is NULL. NULL for what has no value. */
const struct value *cfn_sub(struct cfn_stack *s, const struct node *n, const struct node *text,
			    const struct node *map);
/*
 * cfn_json.c: a policy as JSON in a block scalar; NULL for anything else. *closed says why nothing
 * can be added to it; or NULL.
 */
const struct value *cfn_json(struct cfn_stack *s, const struct node *n, const char **closed);
/* cfn_ref.c */
const struct value *cfn_ref(struct cfn_stack *s, const struct node *n, str name);
const struct value *cfn_attribute(struct cfn_stack *s, const struct node *n, str source);
const struct value *cfn_import(struct cfn_stack *s, const struct node *n, str name);
/* Names every key, alias and principal, by all that references may say. */
void cfn_names(struct cfn_stack *s);
/* Notes what the stacks export, and which of them must be in one account and Region. */
void cfn_exports(struct cfn *c);
/* The literal name under which the stack exports the canonical text. */
bool cfn_exported(struct cfn_stack *s, str text, str *out);

/* cfn_parameter.c: what the configuration says that a stack on its own is deployed with. */
/* The value of a parameter; NULL when the files do not tell it, or differ. */
const struct value *cfn_given(struct cfn_stack *s, const struct node *n, str name);
bool cfn_is_given(const struct cfn_stack *s);
/* Reports what the configuration names in vain. */
void cfn_check_parameters(struct cfn *c);

/* cfn_condition.c: what holds; all of `all` together, unless `known` is 0 (never) or 1 (always). */
struct cfn_condition {
	int known; /* -1: depends */
	struct strs all;
};
/* By the name of a condition, under what is assumed. */
struct cfn_condition cfn_named_condition(struct cfn_stack *s, str name);
struct cfn_condition cfn_not(struct arena *a, const struct cfn_condition *c);

/* What the node is under the condition. */
const struct value *cfn_assuming(struct cfn_stack *s, const struct cfn_condition *c,
				 const struct node *n);
struct cfn_branch {
	const struct node *node;
	struct cfn_condition condition;
};
/* The branches of an Fn::If with those arguments; false when they are not a condition and two. */
bool cfn_branches(struct cfn_stack *s, const struct node *args, struct cfn_branch out[2]);

/* An element of a list, seen through Fn::If. */
struct cfn_item {
	const struct node *node;
	const struct node *element; /* the child of the list that it stands in; NULL: no list */
	struct strs guards;
	bool alone; /* nothing else stands in the element */
};
struct cfn_items {
	struct cfn_item *v;
	size_t n, cap;
};
void cfn_each(struct cfn_stack *s, const struct node *list, struct cfn_items *out);

/* cfn_identity.c, cfn_key.c, cfn_sam.c, cfn_serverless.c: fill the model. */
void cfn_principals(struct cfn_stack *s);
void cfn_identities(struct cfn_stack *s);
void cfn_attachments(struct cfn_stack *s);
void cfn_keys(struct cfn_stack *s);
void cfn_key_policies(struct cfn_stack *s);
void cfn_sam_roles(struct cfn_stack *s);
void cfn_sam_policies(struct cfn_stack *s);
/* cfn_sam_template.c: an entry of SAM's `Policies` that is a policy template about one resource. */
bool cfn_is_sam_template(struct cfn *c, const struct node *n);
/* Reads what it allows into the policy of the role. */
void cfn_sam_template(struct cfn_resource *role, struct policy *p, const struct node *n);
/* Adds the same, written out, to the list; false when an argument would have to be computed. */
bool cfn_sam_written_out(struct cfn_stack *s, const struct node *n, struct shape *statements);
/* True for a property of a function that SAM takes for the role alone. */
bool cfn_is_of_sam_role(const struct cfn_resource *r, const struct node *pair);
/* What a role that SAM makes refers to. */
void cfn_sam_references(const struct cfn_resource *role, cfn_visit *visit, void *ctx);
/* The same for one that the Serverless Framework or its plugin makes. */
void cfn_serverless_references(const struct cfn_resource *role, cfn_visit *visit, void *ctx);
void cfn_serverless_roles(struct cfn_stack *s);
void cfn_serverless_policies(struct cfn_stack *s);
/* Which managed policies are boundaries of the roles that the framework makes. */
void cfn_serverless_boundaries(struct cfn_stack *s);
/* cfn_unread.c: statements in text that is not understood. */
void cfn_unread(struct cfn_stack *s);

bool cfn_is_key(const struct cfn_resource *r);
/* A property that is a literal text; empty when it is none. */
str cfn_literal(struct cfn_resource *r, const char *property);
/* A new principal for the resource. */
struct principal *cfn_principal(struct cfn_resource *r, enum principal_kind kind);
struct policy *cfn_policy(struct cfn_resource *r, enum policy_kind kind, const struct node *at);
/* What the node says becomes effective in the policy. */
struct document *cfn_policy_text(struct cfn_resource *r, struct policy *p, const struct node *text);
struct document *cfn_policy_value(struct cfn_resource *r, struct policy *p, const struct value *v,
				  const struct node *written);
/* Gives the policy to the principal of the resource. */
void cfn_attach(struct policy *p, struct cfn_resource *r, const struct strs *guards,
		const struct node *at);
/* The managed policy of the unit that the node means; or NULL. */
struct cfn_resource *cfn_managed_policy(struct cfn_stack *s, const struct node *n);
/* Attaches the managed policy that the text of the item means, if it is one of the repository. */
void cfn_attach_managed(struct cfn_resource *r, const struct cfn_item *item);
/* The managed policies that the node means are boundaries; NULL: none. */
void cfn_use_boundary(struct cfn_stack *s, const struct node *n);
struct reader cfn_reader(struct cfn_resource *r, const struct node *block);

/* cfn_removal.c: how emptied policies go. */
void cfn_removals(struct cfn_stack *s);
/* The element goes, and its list with the last one. */
void cfn_removal_element(struct policy *p, const struct cfn_item *item, struct arena *a);

/* cfn_part.c: holds what only another program makes a whole template. */
void cfn_parts(struct cfn_stack *s);
void cfn_shared_parts(struct cfn_stack *s);
/* cfn_use.c: holds the managed policies that the ARN means by their name, or notes that they are
 * permissions boundaries. */
void cfn_use_arn(struct cfn_stack *s, const struct node *n, bool boundary);
/* Holds what permission sets and other resources have. */
void cfn_uses(struct cfn_stack *s);

/* cfn_detach.c: see apart.h. */
bool cfn_detach(const struct part *p, struct detachments *out, const char **why);
/* The list of inline policies of the resource's role, or NULL. */
const struct node *cfn_inline_list(const struct cfn_resource *r, bool managed);

/* cfn_graph.c, cfn_waiter.c: see wait.h. */
extern const struct wait_hooks cfn_wait;
void cfn_waiters(const struct policy *p, struct arena *a, struct waiters *out);
/* cfn_graph.c: records the dependency cycles. */
void cfn_cycles(struct cfn *c);
/* cfn_reference.c: calls `visit` for every reference below `n` to a name of the template. */
void cfn_references(struct cfn_stack *s, const struct node *n, cfn_visit *visit, void *ctx);
/* For every name that the resource with that body, a MAP, says it depends on. */
void cfn_depends(struct cfn_stack *s, const struct node *body, cfn_visit *visit, void *ctx);

/* cfn_when.c: see `struct language`. */
bool cfn_say(const struct scope *to, const struct strs *guards, const struct strs *given, str *out);
bool cfn_when(const struct principal *p, const struct scope *to, str *out);
/* Statements of a key policy that are there whenever those whom they name are. */
void cfn_settle_conditional(struct cfn_stack *s, const struct document *d);

/* cfn_carry.c: see carry.h. */
bool cfn_carry(struct carrier *c, str text, const struct scope *to, str *out, const char **why);

#endif
