/* SPDX-License-Identifier: MIT */
/*
 * The Serverless Framework [12.12]: one role for all functions with the statements of `provider`,
 * and with the plugin serverless-iam-roles-per-function one for each function that has some.
 */
#include "cfn.h"

#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"
#include "kmsfix/limits.h"
#include "kmsfix/vec.h"
#include "value.h"

#define ROLE "IamRoleLambdaExecution"
#define PLUGIN "serverless-iam-roles-per-function"

/* The pair that lists the statements of all functions; NULL without one. */
static const struct node *provider_statements(struct cfn_stack *s)
{
	struct cfn *c = s->cfn;
	const struct node *provider = cfn_get(c, s->of->root, "provider");
	const struct node *role = cfn_get(c, cfn_get(c, provider, "iam"), "role");
	const struct node *pair = cfn_pair(c, role, "statements");
	return pair ? pair : cfn_pair(c, provider, "iamRoleStatements");
}

/* Pairs of functions. */
struct functions {
	const struct node **v;
	size_t n, cap;
};

/* Those in a map, in one that is merged into it, or in a list of maps. */
static void add_functions(struct cfn_stack *s, const struct node *in, struct functions *out,
			  size_t depth)
{
	in = cfn_follow(s->cfn, in);
	if (!in || depth > CFN_MAX_HOPS || (in->kind != NODE_MAP && in->kind != NODE_SEQ))
		return;
	for (const struct node *n = in->first; n; n = n->next) {
		if (in->kind == NODE_SEQ)
			add_functions(s, n, out, depth + 1);
		else if (cfn_is_merge(n))
			add_functions(s, n->last, out, depth + 1);
		else
			VEC_PUSH(s->model->arena, out, n);
	}
}

static struct functions functions(struct cfn_stack *s)
{
	struct functions out = { 0 };
	add_functions(s, cfn_get(s->cfn, s->of->root, "functions"), &out, 0);
	return out;
}

/* Every function has a role of its own: there is no other one. */
static bool all_have_roles(struct cfn_stack *s)
{
	struct functions all = functions(s);
	for (size_t i = 0; i < all.n; i++)
		if (!cfn_get(s->cfn, all.v[i]->last, "role"))
			return false;
	return all.n > 0;
}

/* The functions are given a role that is made elsewhere. */
static bool has_own_role(struct cfn_stack *s)
{
	struct cfn *c = s->cfn;
	const struct node *provider = cfn_get(c, s->of->root, "provider");
	const struct node *role = cfn_get(c, cfn_get(c, provider, "iam"), "role");
	struct cfn_call call;
	str text;
	return cfn_get(c, provider, "role") || all_have_roles(s) ||
	       (role && (cfn_scalar(c, role, &text) || cfn_is_call(c, role, &call)));
}

static bool has_plugin(struct cfn_stack *s)
{
	const struct node *list = cfn_get(s->cfn, s->of->root, "plugins");
	str text;
	if (list && list->kind == NODE_MAP)
		list = cfn_get(s->cfn, list, "modules");
	for (const struct node *n = list ? list->first : NULL; n; n = n->next)
		if (cfn_scalar(s->cfn, n, &text) && str_eq(text, S(PLUGIN)))
			return true;
	return false;
}

/* "my-fn_a" is MyDashfnUnderscorea. */
static str role_name(struct arena *a, str function)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < function.n; i++) {
		char c = function.p[i];
		if (c == '-')
			buf_add(&b, S("Dash"));
		else if (c == '_')
			buf_add(&b, S("Underscore"));
		else
			buf_addc(&b, !i && ascii_is_lower(c) ? (char)(c - 'a' + 'A') : c);
	}
	buf_add(&b, S(ROLE));
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

static void add_role(struct cfn_stack *s, str name, const struct node *pair)
{
	if (!cfn_find(s, name))
		cfn_principal(cfn_add(s, name, S("AWS::IAM::Role"), pair), PRINCIPAL_IS_ROLE);
}

void cfn_serverless_roles(struct cfn_stack *s)
{
	struct arena *a = s->model->arena;
	const struct node *pair = s->of->kind == CFN_SERVERLESS ? provider_statements(s) : NULL;
	str name;
	if (s->of->kind != CFN_SERVERLESS)
		return;
	if (!has_own_role(s))
		add_role(s, S(ROLE), pair ? pair : s->of->root);
	struct functions all = functions(s);
	for (size_t i = 0; has_plugin(s) && i < all.n; i++) {
		const struct node *own = cfn_pair(s->cfn, all.v[i]->last, "iamRoleStatements");
		if (own && pair_key(all.v[i], a, &name))
			add_role(s, role_name(a, name), own);
	}
}

/* ---- what the role depends on ---- */

/*
 * What the framework makes statements of beside those of `provider`, for the role of all functions,
 * and the plugin for that of one. (Not `onError` and `kmsKeyArn` of the framework: it does so for
 * texts only, and a text refers to nothing.)
 */
static const struct taken {
	const char *of_function, *of_event;
	bool plugin;
} taken[] = {
	{ "events", "stream", true },    { "events", "sqs", true },
	{ "events", "msk", false },      { "events", "kafka", false },
	{ "events", "activemq", false }, { "events", "rabbitmq", false },
	{ "destinations", NULL, false }, { "fileSystemConfig", NULL, false },
};

static void take_events(struct cfn_stack *s, const struct node *list, const char *kind,
			cfn_visit *visit, void *ctx)
{
	for (const struct node *n = list->kind == NODE_SEQ ? list->first : NULL; n; n = n->next) {
		const struct node *event = cfn_get(s->cfn, n, kind);
		if (event)
			cfn_references(s, event, visit, ctx);
	}
}

static void take_function(struct cfn_stack *s, const struct node *function, bool plugin,
			  cfn_visit *visit, void *ctx)
{
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++) {
		const struct node *n = cfn_get(s->cfn, function, taken[i].of_function);
		if (!n || (plugin && !taken[i].plugin))
			continue;
		if (taken[i].of_event)
			take_events(s, n, taken[i].of_event, visit, ctx);
		else
			cfn_references(s, n, visit, ctx);
	}
	const struct node *queue = cfn_get(s->cfn, function, "onError");
	if (plugin && queue)
		cfn_references(s, queue, visit, ctx);
}

/* What the roles of all functions have alike; their statements are only of the common one. */
static void take_provider(struct cfn_stack *s, cfn_visit *visit, void *ctx)
{
	static const char *const members[] = { "managedPolicies", "permissionsBoundary",
					       "permissionBoundary", "tags" };
	struct cfn *c = s->cfn;
	const struct node *provider = cfn_get(c, s->of->root, "provider");
	const struct node *role = cfn_get(c, cfn_get(c, provider, "iam"), "role");
	const struct node *old[] = { cfn_get(c, provider, "iamManagedPolicies"),
				     cfn_get(c, provider, "rolePermissionsBoundary") };
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		if (cfn_get(c, role, members[i]))
			cfn_references(s, cfn_get(c, role, members[i]), visit, ctx);
	for (size_t i = 0; i < 2; i++)
		if (old[i])
			cfn_references(s, old[i], visit, ctx);
}

void cfn_serverless_references(const struct cfn_resource *role, cfn_visit *visit, void *ctx)
{
	struct cfn_stack *s = role->stack;
	struct functions all = functions(s);
	bool common = str_eq(role->name, S(ROLE));
	str name;
	if (role->pair != s->of->root) /* a role without statements stands there */
		cfn_references(s, role->pair, visit, ctx);
	take_provider(s, visit, ctx);
	for (size_t i = 0; i < all.n; i++)
		if (common || (pair_key(all.v[i], s->model->arena, &name) &&
			       str_eq(role_name(s->model->arena, name), role->name)))
			take_function(s, all.v[i]->last, !common, visit, ctx);
}

/* ---- policies ---- */

/* A list of statements as a document. */
static const struct value *as_document(struct cfn_stack *s, const struct node *pair)
{
	struct arena *a = s->model->arena;
	struct value_items items = { 0 };
	struct value_item version = {
		.key = S("Version"),
		.node = pair,
		.value = value_text_new(a, S("2012-10-17"), pair->last),
	};
	struct value_item list = { .key = S("Statement"),
				   .node = pair,
				   .value = cfn_eval(s, pair->last) };
	VEC_PUSH(a, &items, version);
	VEC_PUSH(a, &items, list);
	return value_items_new(a, VALUE_MAP, &items, pair->last);
}

/*
 * Without the key a function would lose its own role, and a file would keep what is not read any
 * more: their list stays, empty.
 */
static void plan_removal(struct cfn *c, struct policy *p, const struct node *pair, bool common)
{
	const struct node *list = cfn_follow(c, pair->last);
	common &= list == pair->last;
	p->removal.possible = common || list->kind == NODE_SEQ;
	p->removal.reason = S("its statements are not a list");
	if (common)
		VEC_PUSH(c->model->arena, &p->removal.blocks, pair);
	for (const struct node *n = list->first; n && !common; n = n->next)
		VEC_PUSH(c->model->arena, &p->removal.elements, n);
}

/* NULL when the list is empty. */
static struct policy *read_statements(struct cfn_resource *r, const struct node *pair, bool common)
{
	const struct value *list = cfn_eval(r->stack, pair->last);
	if (list->kind == VALUE_LIST && !list->n)
		return NULL;
	struct policy *p = cfn_policy(r, POLICY_INLINE, pair);
	p->limit = LIMIT_INLINE_ROLE;
	plan_removal(r->stack->cfn, p, pair, common);
	cfn_policy_value(r, p, as_document(r->stack, pair), pair->last);
	if (r->principal)
		cfn_attach(p, r, &(struct strs){ 0 }, pair);
	return p;
}

static bool inherits(struct cfn_stack *s, const struct node *function)
{
	struct cfn *c = s->cfn;
	const struct node *custom = cfn_get(c, cfn_get(c, s->of->root, "custom"), PLUGIN);
	str own = S("");
	if (cfn_scalar(c, cfn_get(c, function, "iamRoleStatementsInherit"), &own))
		return str_eq(own, S("true"));
	return cfn_scalar(c, cfn_get(c, custom, "defaultInherit"), &own) && str_eq(own, S("true"));
}

static void read_functions(struct cfn_stack *s, struct policy *common)
{
	struct arena *a = s->model->arena;
	struct functions all = functions(s);
	str name;
	for (size_t i = 0; i < all.n; i++) {
		const struct node *p = all.v[i];
		const struct node *pair = cfn_pair(s->cfn, p->last, "iamRoleStatements");
		if (!pair || !pair_key(p, a, &name))
			continue;
		struct cfn_resource *r = cfn_find(s, role_name(a, name));
		struct cfn_resource unknown = {
			.stack = s, .name = name, .address = name, .pair = pair
		};
		struct policy *own = read_statements(r ? r : &unknown, pair, false);
		if (own && !r) {
			own->front = NULL;
			issue_add(a, &own->issues, "SLS-DYNAMIC",
				  "iamRoleStatements of a function mean nothing without the "
				  "plugin " PLUGIN);
		}
		if (r && common && inherits(s, p->last))
			cfn_attach(common, r, &(struct strs){ 0 }, pair);
	}
}

/* ---- what is no finding ---- */

/* The framework grants kms:Decrypt by itself on a key whose ARN is a text, not on a reference. */
static void note_implicit(struct cfn_stack *s, const struct node *in)
{
	static const char *const members[] = { "kmsKeyArn", "awsKmsKeyArn" };
	str text;
	for (size_t i = 0; i < 2; i++) {
		const struct node *n = cfn_get(s->cfn, in, members[i]);
		const struct value *v = n && cfn_scalar(s->cfn, n, &text) ? cfn_eval(s, n) : NULL;
		if (v && (v->kind == VALUE_UNKNOWN || text_is_literal(v->text)))
			diag_add(s->model->diags, SEVERITY_NOTE, n->tree->file, n->start,
				 "SLS-IMPLICIT: the framework gives the role of the functions "
				 "kms:Decrypt because of %s, which is not a policy that could be "
				 "moved",
				 members[i]);
	}
}

/* Says what the repository alone does not: a file of another language, or by an unknown name. */
static void note_unread(struct cfn_stack *s, const struct node *n)
{
	str text;
	if (n && n->kind == NODE_STRING && cfn_scalar(s->cfn, n, &text) &&
	    str_starts(text, S("${")) && cfn_eval(s, n)->kind == VALUE_UNKNOWN)
		diag_add(s->model->diags, SEVERITY_NOTE, n->tree->file, n->start,
			 "SLS-DYNAMIC: '%.*s' is not known from the repository alone; what is "
			 "allowed there is not seen",
			 STR_ARG(text));
}

static void note_unread_in(struct cfn_stack *s, const struct node *n)
{
	note_unread(s, n);
	for (const struct node *c = n && n->kind == NODE_SEQ ? n->first : NULL; c; c = c->next)
		note_unread(s, cfn_follow(s->cfn, c));
}

/* Where statements, policies and those who have them may stand. (A role by itself is an ARN.) */
static void note_all_unread(struct cfn_stack *s)
{
	struct cfn *c = s->cfn;
	const struct node *root = s->of->root, *provider = cfn_get(c, root, "provider");
	const struct node *iam = cfn_get(c, provider, "iam"), *role = cfn_get(c, iam, "role");
	const struct node *statements = provider_statements(s);
	struct functions all = functions(s);
	note_unread(s, provider);
	note_unread(s, iam);
	if (role && str_starts(node_decoded(role), S("${file(")))
		note_unread(s, role);
	if (statements)
		note_unread_in(s, cfn_follow(c, statements->last));
	note_unread_in(s, cfn_get(c, root, "functions"));
	note_unread_in(s, cfn_get(c, root, "resources"));
	for (size_t i = 0; i < all.n; i++) {
		note_unread(s, cfn_follow(c, all.v[i]->last));
		note_unread_in(s, cfn_get(c, all.v[i]->last, "iamRoleStatements"));
	}
}

static void note_implicits(struct cfn_stack *s)
{
	struct functions all = functions(s);
	note_implicit(s, cfn_get(s->cfn, s->of->root, "provider"));
	for (size_t i = 0; i < all.n; i++)
		note_implicit(s, all.v[i]->last);
}

/* `managedPolicies` of the role, and of the older form. */
static void attach_managed(struct cfn_stack *s, struct cfn_resource *r)
{
	struct cfn *c = s->cfn;
	const struct node *provider = cfn_get(c, s->of->root, "provider");
	const struct node *role = cfn_get(c, cfn_get(c, provider, "iam"), "role");
	const struct node *lists[] = { cfn_get(c, role, "managedPolicies"),
				       cfn_get(c, provider, "iamManagedPolicies") };
	for (size_t i = 0; i < 2; i++) {
		struct cfn_items items = { 0 };
		cfn_each(s, lists[i], &items);
		for (size_t k = 0; k < items.n; k++)
			cfn_attach_managed(r, &items.v[k]);
	}
}

static void note_extension(void *ctx, str name, const struct node *at)
{
	struct cfn_stack *s = ctx;
	struct cfn_resource *r = cfn_find(s, name);
	(void)at;
	if (r && r->policy)
		issue_add(s->model->arena, &r->policy->issues, "ATTACH-UNKNOWN",
			  "an extension of the service refers to '%.*s'", STR_ARG(r->address));
}

/* What is changed of resources that the framework makes. */
static void read_extensions(struct cfn_stack *s)
{
	struct cfn *c = s->cfn;
	const struct node *list = cfn_get(c, s->of->root, "resources");
	const struct node *one = list && list->kind == NODE_SEQ ? list->first : list;
	for (; one; one = list->kind == NODE_SEQ ? one->next : NULL) {
		const struct node *map = cfn_get(c, one, "extensions");
		str name;
		if (map)
			cfn_references(s, map, note_extension, s);
		for (const struct node *p = map ? map->first : NULL; p; p = p->next)
			if (pair_key(p, s->model->arena, &name) && cfn_find(s, name) &&
			    cfn_find(s, name)->body)
				issue_add(s->model->arena, &s->unit->issues, "SLS-DYNAMIC",
					  "an extension changes '%.*s'", STR_ARG(name));
	}
}

void cfn_serverless_boundaries(struct cfn_stack *s)
{
	struct cfn *c = s->cfn;
	const struct node *provider = cfn_get(c, s->of->root, "provider");
	const struct node *role = cfn_get(c, cfn_get(c, provider, "iam"), "role");
	if (s->of->kind != CFN_SERVERLESS)
		return;
	cfn_use_boundary(s, cfn_get(c, role, "permissionsBoundary"));
	cfn_use_boundary(s, cfn_get(c, role, "permissionBoundary"));
	cfn_use_boundary(s, cfn_get(c, provider, "rolePermissionsBoundary"));
	struct functions all = functions(s);
	for (size_t i = 0; i < all.n; i++)
		cfn_use_boundary(s, cfn_get(c, all.v[i]->last, "iamPermissionsBoundary"));
}

void cfn_serverless_policies(struct cfn_stack *s)
{
	const struct node *pair = s->of->kind == CFN_SERVERLESS ? provider_statements(s) : NULL;
	struct cfn_resource *r = cfn_find(s, S(ROLE));
	struct policy *common = NULL;
	if (s->of->kind != CFN_SERVERLESS)
		return;
	bool made = r && !has_own_role(s);
	note_all_unread(s);
	read_extensions(s);
	if (made && r->body) /* element by element, also of the lists of statements */
		issue_add(s->model->arena, &s->unit->issues, "SLS-DYNAMIC",
			  "'" ROLE "' is merged with the role that the framework makes");
	if (made) {
		attach_managed(s, r);
		note_implicits(s);
	}
	if (made && pair)
		common = read_statements(r, pair, true);
	read_functions(s, common);
}
