/* SPDX-License-Identifier: MIT */
/*
 * The Serverless Framework [12.12]: what the statements of `provider` and of functions allow, and
 * what is said of the roles of them.
 */
#include "cfn_serverless.h"

#include "kmsfix/limits.h"
#include "kmsfix/vec.h"
#include "value.h"

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

/* The statements of the provider, where the own role of the function has them, too. */
static void inherit(struct cfn_stack *s, struct policy *common, struct cfn_resource *role,
		    const struct node *function)
{
	enum sls_inherits how = sls_inherits(s, function->last);
	if (how == SLS_INHERITS && role)
		cfn_attach(common, role, &(struct strs){ 0 }, function);
	else if (how != SLS_APART &&
		 (role || cfn_pair(s->cfn, function->last, "iamRoleStatements")))
		issue_add(s->model->arena, &common->issues, "SLS-DYNAMIC",
			  "whether '%.*s' has these statements, too, is not known",
			  STR_ARG(node_source(function->first)));
}

static void read_functions(struct cfn_stack *s, struct policy *common)
{
	struct arena *a = s->model->arena;
	struct sls_functions all = sls_functions(s);
	str name;
	for (size_t i = 0; i < all.n; i++) {
		const struct node *p = all.v[i], *pair = sls_own_statements(s, p->last);
		struct cfn_resource *r = sls_own_role(s, p);
		if (!pair_key(p, a, &name))
			continue;
		struct cfn_resource unknown = {
			.stack = s, .name = name, .address = name, .pair = pair
		};
		struct policy *own = pair ? read_statements(r ? r : &unknown, pair, false) : NULL;
		if (own && !r) {
			own->front = NULL;
			issue_add(
				a, &own->issues, "SLS-DYNAMIC",
				"the framework makes no role of this function alone: it does with "
				"the plugin " SLS_PLUGIN ", or in version 4 (frameworkVersion)");
		}
		if (common)
			inherit(s, common, r, p);
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
	const struct node *root = s->of->root, *provider = sls_provider(s);
	const struct node *role = sls_iam_role(s, provider), *statements = sls_statements(s);
	struct sls_functions all = sls_functions(s);
	note_unread(s, provider);
	note_unread(s, cfn_get(c, provider, "iam"));
	if (role && str_starts(node_decoded(role), S("${file(")))
		note_unread(s, role);
	if (statements)
		note_unread_in(s, cfn_follow(c, statements->last));
	note_unread_in(s, cfn_get(c, root, "functions"));
	note_unread_in(s, cfn_get(c, root, "resources"));
	for (size_t i = 0; i < all.n; i++) {
		const struct node *own = sls_own_statements(s, all.v[i]->last);
		note_unread(s, cfn_follow(c, all.v[i]->last));
		note_unread_in(s, own ? cfn_follow(c, own->last) : NULL);
	}
}

static void note_implicits(struct cfn_stack *s)
{
	struct sls_functions all = sls_functions(s);
	note_implicit(s, sls_provider(s));
	for (size_t i = 0; i < all.n; i++)
		note_implicit(s, all.v[i]->last);
}

static void attach_list(struct cfn_stack *s, struct cfn_resource *role, const struct node *list)
{
	struct cfn_items items = { 0 };
	cfn_each(s, list, &items);
	for (size_t i = 0; i < items.n; i++)
		cfn_attach_managed(role, &items.v[i]);
}

/* `managedPolicies` of the role, and of the older form; and of functions. */
static void attach_managed(struct cfn_stack *s, struct cfn_resource *shared)
{
	struct cfn *c = s->cfn;
	const struct node *of_all = cfn_get(c, sls_iam_role(s, sls_provider(s)), "managedPolicies");
	struct sls_functions all = sls_functions(s);
	if (shared) {
		attach_list(s, shared, of_all);
		attach_list(s, shared, cfn_get(c, sls_provider(s), "iamManagedPolicies"));
	}
	for (size_t i = 0; i < all.n; i++) {
		struct cfn_resource *own = sls_own_role(s, all.v[i]);
		const struct node *role = sls_iam_role(s, all.v[i]->last);
		if (own && sls_is_per_function(s))
			attach_list(s, own, of_all);
		if (own)
			attach_list(s, own, cfn_get(c, role, "managedPolicies"));
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

static bool names_managed(struct cfn_stack *s)
{
	struct cfn *c = s->cfn;
	const struct node *provider = sls_provider(s);
	struct sls_functions all = sls_functions(s);
	bool found = cfn_get(c, sls_iam_role(s, provider), "managedPolicies") ||
		     cfn_get(c, provider, "iamManagedPolicies");
	for (size_t i = 0; i < all.n; i++)
		found |= cfn_get(c, sls_iam_role(s, all.v[i]->last), "managedPolicies") != NULL;
	return found;
}

/* A role that the framework makes is there at times only, or the policies that the service gives it
 * are replaced. */
static bool changes_role(struct cfn_stack *s, const struct node *extension)
{
	struct cfn *c = s->cfn;
	const struct node *properties = cfn_get(c, extension, "Properties");
	return extension->kind != NODE_MAP || cfn_get(c, extension, "Condition") ||
	       cfn_get(c, properties, "Policies") ||
	       (cfn_get(c, properties, "ManagedPolicyArns") && names_managed(s)) ||
	       (properties && properties->kind != NODE_MAP);
}

static bool merges(const struct node *map)
{
	for (const struct node *p = map->first; p; p = p->next)
		if (cfn_is_merge(p))
			return true;
	return false;
}

static void read_extension(struct cfn_stack *s, const struct node *pair)
{
	str name;
	struct cfn_resource *r = pair_key(pair, s->model->arena, &name) ? cfn_find(s, name) : NULL;
	if (r && (r->body || changes_role(s, cfn_follow(s->cfn, pair->last))))
		issue_add(s->model->arena, &s->unit->issues, "SLS-DYNAMIC",
			  "an extension changes '%.*s'", STR_ARG(name));
}

/* What is changed of resources, also of those that the framework makes. */
static void read_extensions(struct cfn_stack *s)
{
	struct cfn *c = s->cfn;
	const struct node *list = cfn_get(c, s->of->root, "resources");
	const struct node *one = list && list->kind == NODE_SEQ ? list->first : list;
	for (; one; one = list->kind == NODE_SEQ ? one->next : NULL) {
		const struct node *map = cfn_get(c, one, "extensions");
		if (map)
			cfn_references(s, map, note_extension, s);
		if (map && (map->kind != NODE_MAP || merges(map)))
			issue_add(s->model->arena, &s->unit->issues, "SLS-DYNAMIC",
				  "what the extensions of the service change is not known");
		for (const struct node *p = map ? map->first : NULL; p; p = p->next)
			read_extension(s, p);
	}
}

void cfn_serverless_boundaries(struct cfn_stack *s)
{
	struct cfn *c = s->cfn;
	const struct node *provider = sls_provider(s), *role = sls_iam_role(s, provider);
	if (s->of->kind != CFN_SERVERLESS)
		return;
	cfn_use_boundary(s, cfn_get(c, role, "permissionsBoundary"));
	cfn_use_boundary(s, cfn_get(c, role, "permissionBoundary"));
	cfn_use_boundary(s, cfn_get(c, provider, "rolePermissionsBoundary"));
	struct sls_functions all = sls_functions(s);
	for (size_t i = 0; i < all.n; i++) {
		const struct node *own = sls_iam_role(s, all.v[i]->last);
		cfn_use_boundary(s, cfn_get(c, own, "permissionsBoundary"));
		cfn_use_boundary(s, cfn_get(c, all.v[i]->last, "iamPermissionsBoundary"));
	}
}

/* The framework takes a mode that is none of the two for `shared`; one that is not known is any. */
static void check_mode(struct cfn_stack *s)
{
	const struct node *mode = cfn_get(s->cfn, sls_iam_role(s, sls_provider(s)), "mode");
	const struct value *v = mode ? cfn_eval(s, mode) : NULL;
	if (v && !value_is_literal(v))
		issue_add(s->model->arena, &s->unit->issues, "SLS-DYNAMIC",
			  "whether each function has a role of its own is not known");
}

/* The statements of the provider; with a role for each function they are of those that inherit. */
static struct policy *read_common(struct cfn_stack *s, struct cfn_resource *shared)
{
	const struct node *pair = sls_statements(s);
	struct cfn_resource each = {
		.stack = s, .name = s->of->file->path, .address = S("provider"), .pair = pair
	};
	if (!pair || (!shared && !sls_is_per_function(s)))
		return NULL;
	struct policy *p = read_statements(shared ? shared : &each, pair, true);
	if (p && !shared)
		p->front = NULL;
	return p;
}

void cfn_serverless_policies(struct cfn_stack *s)
{
	if (s->of->kind != CFN_SERVERLESS)
		return;
	struct cfn_resource *shared = sls_is_shared(s) ? cfn_find(s, S(SLS_ROLE)) : NULL;
	note_all_unread(s);
	read_extensions(s);
	check_mode(s);
	if (shared && shared->body) /* element by element, also of the lists of statements */
		issue_add(s->model->arena, &s->unit->issues, "SLS-DYNAMIC",
			  "'" SLS_ROLE "' is merged with the role that the framework makes");
	if (shared && shared->principal && !sls_functions(s).n)
		issue_add(s->model->arena, &shared->principal->issues, "SLS-DYNAMIC",
			  "no function of the service is seen, and without one the framework makes "
			  "no role");
	attach_managed(s, shared);
	if (shared || sls_is_per_function(s))
		note_implicits(s);
	read_functions(s, read_common(s, shared));
}
