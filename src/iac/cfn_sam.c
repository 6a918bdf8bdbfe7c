/* SPDX-License-Identifier: MIT */
/*
 * SAM: functions and state machines whose `Policies` become the inline and managed policies of a
 * role that SAM makes, unless `Role` is set [12.9-12.11].
 */
#include "cfn.h"

#include "kmsfix/limits.h"
#include "kmsfix/vec.h"
#include "value.h"

static bool makes_role(const struct cfn_resource *r)
{
	return r->body && (str_eq(r->type, S("AWS::Serverless::Function")) ||
			   str_eq(r->type, S("AWS::Serverless::StateMachine")));
}

/* What the resource says its role is; NULL when it says nothing. */
static const struct node *own_role(const struct cfn_resource *r)
{
	struct cfn *c = r->stack->cfn;
	const struct node *globals = cfn_get(c, r->stack->globals, "Function");
	const struct node *role = cfn_get(c, r->properties, "Role");
	return !role && str_eq(r->type, S("AWS::Serverless::Function")) ?
		       cfn_get(c, globals, "Role") :
		       role;
}

/* The branch of `Role: !If [Condition, …, !Ref AWS::NoValue]` in which SAM makes one. */
static bool in_branch(const struct cfn_resource *r, const struct node *role,
		      struct cfn_condition *when)
{
	struct cfn_stack *s = r->stack;
	struct cfn_branch both[2];
	struct cfn_call call;
	if (!cfn_is_call(s->cfn, role, &call) || !str_eq(call.function, S("If")) ||
	    !cfn_branches(s, call.arg, both))
		return false;
	for (int k = 0; k < 2; k++)
		if (cfn_eval(s, both[k].node)->kind == VALUE_NULL) {
			*when = both[k].condition;
			return when->known != 0;
		}
	return false;
}

void cfn_sam_roles(struct cfn_stack *s)
{
	size_t n = s->resources.n;
	for (size_t i = 0; i < n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		str name = str_fmt(s->model->arena, "%.*sRole", STR_ARG(r->name));
		const struct node *own = own_role(r);
		struct cfn_condition when = { .known = 1 };
		if (!makes_role(r) || (own && !in_branch(r, own, &when)) || cfn_find(s, name))
			continue;
		r->role = cfn_add(s, name, S("AWS::IAM::Role"), r->pair);
		r->role->of = r;
		strs_add_all(s->model->arena, &r->role->guards, &r->guards);
		strs_add_all(s->model->arena, &r->role->guards, &when.all);
		cfn_principal(r->role, PRINCIPAL_IS_ROLE);
	}
}

/* ---- what the role depends on ---- */

struct taking {
	struct cfn_stack *stack;
	cfn_visit *visit;
	void *ctx;
};

static void take(const struct taking *t, const struct node *n)
{
	cfn_references(t->stack, n, t->visit, t->ctx);
}

/* Only a destination whose kind SAM is told becomes a statement of the role. */
static void take_destinations(const struct taking *t, const struct node *config)
{
	const struct node *map = cfn_get(t->stack->cfn, config, "DestinationConfig");
	for (const struct node *p = map && map->kind == NODE_MAP ? map->first : NULL; p;
	     p = p->next)
		if (cfn_get(t->stack->cfn, p->last, "Type"))
			take(t, p->last);
}

/* The secrets of an event source; of those for MSK only certificates. */
static void take_secrets(const struct taking *t, const struct node *list, bool msk)
{
	struct cfn *c = t->stack->cfn;
	str kind;
	for (const struct node *n = list ? list->first : NULL; n; n = n->next)
		if (!msk || (cfn_scalar(c, cfn_get(c, n, "Type"), &kind) &&
			     str_eq(kind, S("CLIENT_CERTIFICATE_TLS_AUTH"))))
			take(t, n);
}

static void take_event(const struct taking *t, const struct node *event)
{
	static const char *const taken[] = { "Broker", "Cluster", "SchemaRegistryConfig" };
	struct cfn *c = t->stack->cfn;
	const struct node *given = cfn_get(c, event, "Properties");
	str type = S("");
	cfn_scalar(c, cfn_get(c, event, "Type"), &type);
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
		if (cfn_get(c, given, taken[i]))
			take(t, cfn_get(c, given, taken[i]));
	take_secrets(t, cfn_get(c, given, "SourceAccessConfigurations"), str_eq(type, S("MSK")));
	take_destinations(t, given);
}

static void take_events(const struct taking *t, const struct node *events)
{
	for (const struct node *p = events->kind == NODE_MAP ? events->first : NULL; p; p = p->next)
		take_event(t, p->last);
}

/* What SAM takes for the role, and whether for the role alone [12.9, 12.11]. */
static const struct taken {
	const char *property;
	void (*take)(const struct taking *, const struct node *value);
	bool alone, of_functions;
} of_role[] = {
	{ "Policies", take, true, false },
	{ "PermissionsBoundary", take, true, false },
	{ "AssumeRolePolicyDocument", take, true, true },
	{ "RolePath", take, true, false },
	{ "Tags", take, false, false },
	{ "DeadLetterQueue", take, false, true },
	{ "EventInvokeConfig", take_destinations, false, true },
	{ "Events", take_events, false, true },
};

#define OF_ROLE (sizeof(of_role) / sizeof(*of_role))

bool cfn_is_of_sam_role(const struct cfn_resource *r, const struct node *pair)
{
	str key;
	if (!pair_key(pair, r->stack->model->arena, &key))
		return false;
	for (size_t i = 0; i < OF_ROLE; i++)
		if (of_role[i].alone && str_eq(key, str_from(of_role[i].property)))
			return true;
	return false;
}

/* Of what all functions get, what this one does not say otherwise. */
static void take_global(const struct taking *t, const struct node *global, const struct node *own)
{
	struct cfn *c = t->stack->cfn;
	struct cfn_call call;
	str key;
	if (!own || (own->kind == NODE_SEQ && global->kind == NODE_SEQ)) {
		take(t, global);
		return;
	}
	if (own->kind != NODE_MAP || global->kind != NODE_MAP || cfn_is_call(c, own, &call) ||
	    cfn_is_call(c, global, &call))
		return;
	for (const struct node *p = global->first; p; p = p->next)
		if (pair_key(p, c->model->arena, &key))
			take_global(t, cfn_follow(c, p->last),
				    cfn_get(c, own, str_z(c->model->arena, key)));
}

void cfn_sam_references(const struct cfn_resource *role, cfn_visit *visit, void *ctx)
{
	const struct cfn_resource *r = role->of;
	struct taking t = { r->stack, visit, ctx };
	struct cfn *c = r->stack->cfn;
	bool function = str_eq(r->type, S("AWS::Serverless::Function"));
	const struct node *globals = cfn_get(c, r->stack->globals, "Function");
	for (size_t i = 0; i < OF_ROLE; i++) {
		const struct taken *taken = &of_role[i];
		const struct node *own = cfn_get(c, r->properties, taken->property);
		const struct node *global = cfn_get(c, globals, taken->property);
		if (own && (function || !taken->of_functions))
			taken->take(&t, own);
		if (global && function)
			take_global(&t, global, own);
	}
}

/* ---- Policies ---- */

static struct policy *inline_policy(struct cfn_resource *role, const struct cfn_item *item)
{
	struct policy *p = cfn_policy(role, POLICY_INLINE, item->node);
	strs_add_all(role->stack->model->arena, &p->guards, &item->guards);
	p->limit = LIMIT_INLINE_ROLE;
	cfn_attach(p, role, &item->guards, item->node);
	cfn_removal_element(p, item, role->stack->model->arena);
	return p;
}

static void read_item(struct cfn_resource *role, const struct cfn_item *item)
{
	struct cfn *c = role->stack->cfn;
	struct cfn_call call;
	bool document = cfn_pair(c, item->node, "Statement") != NULL;
	if (cfn_is_sam_template(c, item->node)) {
		cfn_sam_template(role, inline_policy(role, item), item->node);
	} else if (document || (item->node->kind == NODE_MAP && item->node->first &&
				item->node->first->next && !cfn_is_call(c, item->node, &call))) {
		struct policy *p = inline_policy(role, item);
		const struct node *text = cfn_get(c, item->node, "PolicyDocument");
		cfn_policy_text(role, p, !document && text ? text : item->node);
	} else {
		cfn_attach_managed(role, item);
	}
}

/* SAM grants kms:Decrypt by itself for some event sources [12.11]. */
static void note_implicit(struct cfn_resource *r)
{
	struct cfn *c = r->stack->cfn;
	const struct node *events = cfn_get(c, r->properties, "Events");
	for (const struct node *p = events && events->kind == NODE_MAP ? events->first : NULL; p;
	     p = p->next) {
		const struct node *given = cfn_get(c, p->last, "Properties");
		const struct node *at = cfn_get(c, given, "SecretsManagerKmsKeyId");
		if (at)
			diag_add(r->stack->model->diags, SEVERITY_NOTE, r->stack->of->file,
				 at->start,
				 "SAM-IMPLICIT: SAM gives the role of '%.*s' kms:Decrypt because "
				 "of SecretsManagerKmsKeyId, which is not a policy that could be "
				 "moved",
				 STR_ARG(r->name));
	}
}

void cfn_sam_policies(struct cfn_stack *s)
{
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		struct cfn_items items = { 0 };
		if (!r->role)
			continue;
		note_implicit(r);
		cfn_each(s, cfn_get(s->cfn, r->properties, "Policies"), &items);
		for (size_t k = 0; k < items.n; k++)
			read_item(r->role, &items.v[k]);
	}
}
