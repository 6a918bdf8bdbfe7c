/* SPDX-License-Identifier: MIT */
/*
 * The roles of the Serverless Framework [12.12]: one for all functions, and one for each function
 * that says something of its own. Version 4 makes these by itself, from `iam.role`; before, the
 * plugin serverless-iam-roles-per-function does, from `iamRoleStatements`, and in its presence
 * version 4 makes none.
 */
#include <string.h>

#include "cfn_serverless.h"

#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "value.h"

const struct node *sls_provider(struct cfn_stack *s)
{
	return cfn_get(s->cfn, s->of->root, "provider");
}

const struct node *sls_iam_role(struct cfn_stack *s, const struct node *of)
{
	return cfn_get(s->cfn, cfn_get(s->cfn, of, "iam"), "role");
}

const struct node *sls_statements(struct cfn_stack *s)
{
	const struct node *provider = sls_provider(s);
	const struct node *pair = cfn_pair(s->cfn, sls_iam_role(s, provider), "statements");
	return pair || sls_is_per_function(s) ? pair :
						cfn_pair(s->cfn, provider, "iamRoleStatements");
}

/* Those in a map, in one that is merged into it, or in a list of maps. */
static void add_functions(struct cfn_stack *s, const struct node *in, struct sls_functions *out,
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

struct sls_functions sls_functions(struct cfn_stack *s)
{
	struct sls_functions out = { 0 };
	add_functions(s, cfn_get(s->cfn, s->of->root, "functions"), &out, 0);
	return out;
}

/* Every function has a role of its own: there is no other one. */
static bool all_have_roles(struct cfn_stack *s)
{
	struct sls_functions all = sls_functions(s);
	for (size_t i = 0; i < all.n; i++)
		if (!cfn_get(s->cfn, all.v[i]->last, "role"))
			return false;
	return all.n > 0;
}

/* The functions are given a role that is made elsewhere. */
static bool is_given(struct cfn_stack *s)
{
	const struct node *role = sls_iam_role(s, sls_provider(s));
	struct cfn_call call;
	str text;
	return cfn_get(s->cfn, sls_provider(s), "role") ||
	       (role && (cfn_scalar(s->cfn, role, &text) || cfn_is_call(s->cfn, role, &call)));
}

/* What `frameworkVersion` asks for; empty when it does not say. */
static str version(struct cfn_stack *s)
{
	str text = S("");
	return cfn_scalar(s->cfn, cfn_get(s->cfn, s->of->root, "frameworkVersion"), &text) ? text :
											     S("");
}

/* Any of version 4, or all of its versions from one on. */
static bool is_version_4(struct cfn_stack *s)
{
	return str_eq(version(s), S("4")) || str_starts(version(s), S("^4"));
}

static bool is_older(struct cfn_stack *s)
{
	str text = version(s);
	size_t at = text.n && memchr("^~", text.p[0], 2);
	return at < text.n && text.p[at] >= '1' && text.p[at] <= '3';
}

bool sls_is_per_function(struct cfn_stack *s)
{
	const struct node *mode = cfn_get(s->cfn, sls_iam_role(s, sls_provider(s)), "mode");
	return mode && !is_older(s) && value_is(cfn_eval(s, mode), S("perFunction"));
}

bool sls_is_shared(struct cfn_stack *s)
{
	return !is_given(s) && !all_have_roles(s) && !sls_is_per_function(s);
}

static bool has_plugin(struct cfn_stack *s)
{
	const struct node *list = cfn_get(s->cfn, s->of->root, "plugins");
	str text;
	if (list && list->kind == NODE_MAP)
		list = cfn_get(s->cfn, list, "modules");
	for (const struct node *n = list ? list->first : NULL; n; n = n->next)
		if (cfn_scalar(s->cfn, n, &text) && str_eq(text, S(SLS_PLUGIN)))
			return true;
	return false;
}

const struct node *sls_own_statements(struct cfn_stack *s, const struct node *function)
{
	const struct node *pair = cfn_pair(s->cfn, sls_iam_role(s, function), "statements");
	return pair && !has_plugin(s) ? pair : cfn_pair(s->cfn, function, "iamRoleStatements");
}

static bool makes_own(struct cfn_stack *s, const struct node *function)
{
	struct cfn *c = s->cfn;
	const struct node *role = sls_iam_role(s, function);
	bool old = cfn_get(c, function, "iamRoleStatements") != NULL;
	if (has_plugin(s))
		return old;
	if (is_older(s) || is_given(s) || cfn_get(c, function, "role"))
		return false;
	return sls_is_per_function(s) || (old && is_version_4(s)) ||
	       cfn_get(c, role, "statements") || cfn_get(c, role, "managedPolicies");
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
	buf_add(&b, S(SLS_ROLE));
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

struct cfn_resource *sls_own_role(struct cfn_stack *s, const struct node *function)
{
	str name;
	if (!makes_own(s, function->last) || !pair_key(function, s->model->arena, &name))
		return NULL;
	return cfn_find(s, role_name(s->model->arena, name));
}

/* `pair` lists its statements; NULL: it has none. */
static void add_role(struct cfn_stack *s, str name, const struct node *pair)
{
	if (!cfn_find(s, name))
		cfn_principal(cfn_add(s, name, S("AWS::IAM::Role"), pair ? pair : s->of->root),
			      PRINCIPAL_IS_ROLE);
}

void cfn_serverless_roles(struct cfn_stack *s)
{
	struct arena *a = s->model->arena;
	str name;
	if (s->of->kind != CFN_SERVERLESS)
		return;
	if (sls_is_shared(s))
		add_role(s, S(SLS_ROLE), sls_statements(s));
	struct sls_functions all = sls_functions(s);
	for (size_t i = 0; i < all.n; i++)
		if (makes_own(s, all.v[i]->last) && pair_key(all.v[i], a, &name))
			add_role(s, role_name(a, name), sls_own_statements(s, all.v[i]->last));
}

/* ---- whose statements ---- */

/* The first flag that is said counts. */
static enum sls_inherits said(struct cfn_stack *s, const struct node *const flags[], size_t n,
			      bool otherwise)
{
	for (size_t i = 0; i < n; i++) {
		const struct value *v = flags[i] ? cfn_eval(s, flags[i]) : NULL;
		if (v)
			return value_is(v, S("true"))  ? SLS_INHERITS :
			       value_is(v, S("false")) ? SLS_APART :
							 SLS_MAY_INHERIT;
	}
	return otherwise ? SLS_INHERITS : SLS_APART;
}

enum sls_inherits sls_inherits(struct cfn_stack *s, const struct node *function)
{
	struct cfn *c = s->cfn;
	const struct node *provider = sls_provider(s), *role = sls_iam_role(s, provider);
	const struct node *custom = cfn_get(c, cfn_get(c, s->of->root, "custom"), SLS_PLUGIN);
	const struct node *flags[] = {
		has_plugin(s) ? NULL : cfn_get(c, cfn_get(c, function, "iam"), "inheritStatements"),
		cfn_get(c, function, "iamRoleStatementsInherit"),
		cfn_get(c, custom, "defaultInherit"),
	};
	if (is_older(s) && !has_plugin(s))
		return SLS_APART;
	if (cfn_get(c, provider, "iam") && !cfn_get(c, role, "statements"))
		return SLS_APART; /* the older list is not looked for */
	return said(s, flags, 3, sls_is_per_function(s));
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

static void take_function(struct cfn_stack *s, const struct node *function, bool own,
			  cfn_visit *visit, void *ctx)
{
	bool plugin = own && has_plugin(s);
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
	if (own && queue)
		cfn_references(s, queue, visit, ctx);
}

/* What the roles of all functions have alike; their statements are only of those that inherit. */
static void take_provider(struct cfn_stack *s, cfn_visit *visit, void *ctx)
{
	static const char *const members[] = { "managedPolicies", "permissionsBoundary",
					       "permissionBoundary", "tags" };
	struct cfn *c = s->cfn;
	const struct node *provider = sls_provider(s), *role = sls_iam_role(s, provider);
	const struct node *old[] = { cfn_get(c, provider, "iamManagedPolicies"),
				     cfn_get(c, provider, "rolePermissionsBoundary") };
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		if (cfn_get(c, role, members[i]))
			cfn_references(s, cfn_get(c, role, members[i]), visit, ctx);
	for (size_t i = 0; i < 2; i++)
		if (old[i])
			cfn_references(s, old[i], visit, ctx);
}

/* What only the own role of a function has. */
static void take_own(struct cfn_stack *s, const struct node *function, cfn_visit *visit, void *ctx)
{
	const struct node *statements = sls_statements(s);
	const struct node *iam = cfn_pair(s->cfn, function, "iam");
	if (iam)
		cfn_references(s, iam, visit, ctx);
	if (statements && sls_inherits(s, function) != SLS_APART)
		cfn_references(s, statements, visit, ctx);
}

void cfn_serverless_references(const struct cfn_resource *role, cfn_visit *visit, void *ctx)
{
	struct cfn_stack *s = role->stack;
	struct sls_functions all = sls_functions(s);
	bool common = str_eq(role->name, S(SLS_ROLE));
	if (role->pair != s->of->root) /* a role without statements stands there */
		cfn_references(s, role->pair, visit, ctx);
	take_provider(s, visit, ctx);
	for (size_t i = 0; i < all.n; i++) {
		bool own = !common && sls_own_role(s, all.v[i]) == role;
		if (own)
			take_own(s, all.v[i]->last, visit, ctx);
		if (common || own)
			take_function(s, all.v[i]->last, own, visit, ctx);
	}
}
