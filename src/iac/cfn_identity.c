/* SPDX-License-Identifier: MIT */
/* Principals, identity policies and what attaches them [12.1, 12.2]. */
#include "cfn.h"

#include "kmsfix/limits.h"
#include "kmsfix/vec.h"
#include "policy_name.h"
#include "principal.h"
#include "value.h"

static const struct principal_type {
	const char *type, *attribute, *name;
	enum principal_kind kind;
	size_t limit;
} principal_types[] = {
	{ "AWS::IAM::Role", "Arn", "RoleName", PRINCIPAL_IS_ROLE, LIMIT_INLINE_ROLE },
	{ "AWS::IAM::User", "Arn", "UserName", PRINCIPAL_IS_USER, LIMIT_INLINE_USER },
	{ "AWS::IAM::Group", "Arn", "GroupName", PRINCIPAL_IS_GROUP, LIMIT_INLINE_GROUP },
	{ "AWS::SSO::PermissionSet", "PermissionSetArn", "Name", PRINCIPAL_IS_SET, 0 },
};

#define TYPES (sizeof(principal_types) / sizeof(*principal_types))

/* Resources that are one policy, and who has it: lists of names, or one. */
static const struct identity_type {
	const char *type, *who;
	enum principal_kind kind;
	enum policy_kind policy;
} identity_types[] = {
	{ "AWS::IAM::ManagedPolicy", "Roles", PRINCIPAL_IS_ROLE, POLICY_MANAGED },
	{ "AWS::IAM::ManagedPolicy", "Users", PRINCIPAL_IS_USER, POLICY_MANAGED },
	{ "AWS::IAM::ManagedPolicy", "Groups", PRINCIPAL_IS_GROUP, POLICY_MANAGED },
	{ "AWS::IAM::Policy", "Roles", PRINCIPAL_IS_ROLE, POLICY_INLINE },
	{ "AWS::IAM::Policy", "Users", PRINCIPAL_IS_USER, POLICY_INLINE },
	{ "AWS::IAM::Policy", "Groups", PRINCIPAL_IS_GROUP, POLICY_INLINE },
	{ "AWS::IAM::RolePolicy", "RoleName", PRINCIPAL_IS_ROLE, POLICY_INLINE },
	{ "AWS::IAM::UserPolicy", "UserName", PRINCIPAL_IS_USER, POLICY_INLINE },
	{ "AWS::IAM::GroupPolicy", "GroupName", PRINCIPAL_IS_GROUP, POLICY_INLINE },
};

static size_t limit_of(enum policy_kind policy, enum principal_kind kind)
{
	return policy == POLICY_MANAGED ? LIMIT_MANAGED : principal_types[kind].limit;
}

/* ---- principals ---- */

str cfn_literal(struct cfn_resource *r, const char *property)
{
	str text;
	const struct node *n = cfn_get(r->stack->cfn, r->properties, property);
	return n && cfn_text(r->stack, n, &text) && text_is_literal(text) ? text : S("");
}

struct principal *cfn_principal(struct cfn_resource *r, enum principal_kind kind)
{
	struct cfn_stack *s = r->stack;
	struct principal *p = ARENA_NEW(s->model->arena, struct principal);
	p->kind = kind;
	p->unit = s->unit;
	p->scope = s->scope;
	p->address = r->address;
	p->account = s->account;
	p->name = cfn_literal(r, principal_types[kind].name);
	p->guards = r->guards;
	p->file = r->pair->tree->file;
	p->offset = r->pair->start;
	p->block = r->pair;
	p->arn = ref_in_scope(s->model->arena, s->scope->id,
			      str_fmt(s->model->arena, "%.*s.%s", STR_ARG(r->name),
				      principal_types[kind].attribute));
	r->principal = p;
	VEC_PUSH(s->model->arena, &s->model->principals, p);
	return p;
}

static void add_principal(struct cfn_resource *r, enum principal_kind kind)
{
	struct cfn_stack *s = r->stack;
	struct principal *p = cfn_principal(r, kind);
	const struct node *boundary = cfn_get(s->cfn, r->properties, "PermissionsBoundary");
	const struct node *path = cfn_get(s->cfn, r->properties, "Path");
	str text;
	p->boundary = boundary && cfn_eval(s, boundary)->kind != VALUE_NULL;
	if (path && cfn_text(s, path, &text))
		principal_has_path(s->model, p, text);
}

void cfn_principals(struct cfn_stack *s)
{
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		for (size_t k = 0; k < TYPES; k++)
			if (str_eq(r->type, str_from(principal_types[k].type)))
				add_principal(r, principal_types[k].kind);
	}
}

/* The principal of the unit with that literal name. */
static struct principal *principal_named(struct cfn_stack *s, enum principal_kind kind, str text)
{
	struct cfn *c = s->cfn;
	struct principal *found = NULL;
	str name;
	for (size_t i = 0; i < c->stacks.n; i++) {
		struct cfn_stack *each = c->stacks.v[i];
		for (size_t k = 0; each->unit == s->unit && k < each->resources.n; k++) {
			struct cfn_resource *r = each->resources.v[k];
			if (!r->principal || r->principal->kind != kind ||
			    !cfn_text(each, cfn_get(c, r->properties, principal_types[kind].name),
				      &name) ||
			    !str_eq(name, text))
				continue;
			if (found)
				return NULL;
			found = r->principal;
		}
	}
	return found;
}

/* Ref of a role is its name. */
static struct attachment attachment_to(struct cfn_resource *r, const struct cfn_item *who,
				       enum principal_kind kind)
{
	struct cfn_stack *s = r->stack;
	struct arena *a = s->model->arena;
	struct attachment at = {
		.front = r, .file = who->node->tree->file, .offset = who->node->start, .kind = kind
	};
	struct cfn_resource *named;
	str text, attribute;
	strs_add_all(a, &at.guards, &r->guards);
	strs_add_all(a, &at.guards, &who->guards);
	if (cfn_text(s, who->node, &text)) {
		at.name = text_is_literal(text) ? text : S("");
		named = cfn_resource_of(s->cfn, text, &attribute);
		if (named && named->principal && named->principal->kind == kind && !attribute.n)
			at.principal = named->principal;
		else
			at.principal = principal_named(s, kind, text);
	}
	if (!at.principal)
		issue_add(a, &at.issues, kind == PRINCIPAL_IS_GROUP ? "GROUP" : "ROLE-UNRESOLVED",
			  "'%.*s' is attached to '%.*s', which is not declared in this template",
			  STR_ARG(r->address), STR_ARG(str_trim(node_source(who->node))));
	return at;
}

/* ---- policies ---- */

/* By its name, or by each of those that it has at times. */
static void call_managed(struct cfn_stack *s, struct policy *p, const struct value *v)
{
	str name;
	for (size_t i = 0; v->kind == VALUE_LIST && i < v->n; i++)
		call_managed(s, p, value_at(v, i));
	if (value_text(v, &name))
		policy_call(s->model, p, text_unscoped(s->model->arena, name));
}

/* CloudFormation's own name for it: that of the stack, of the resource, and what nobody knows. */
static str generated_name(struct cfn_resource *r)
{
	struct arena *a = r->stack->model->arena;
	return STR_CAT(a, ref_text(a, S("AWS::StackName")), S("-"), r->name, S("-"),
		       ref_text(a, S("AWS::StackId")));
}

static void call_each(struct cfn_resource *r, struct policy *p)
{
	const struct node *name = cfn_get(r->stack->cfn, r->properties, "ManagedPolicyName");
	struct cfn_items items = { 0 };
	if (!name)
		policy_call(r->stack->model, p, generated_name(r));
	cfn_each(r->stack, name, &items);
	for (size_t i = 0; i < items.n; i++)
		call_managed(r->stack, p, cfn_eval(r->stack, items.v[i].node));
}

struct policy *cfn_policy(struct cfn_resource *r, enum policy_kind kind, const struct node *at)
{
	struct model *m = r->stack->model;
	struct policy *p = ARENA_NEW(m->arena, struct policy);
	p->kind = kind;
	p->unit = r->stack->unit;
	p->scope = r->stack->scope;
	p->address = r->address;
	p->front = r;
	p->file = at->tree->file;
	p->offset = at->start;
	p->account = r->stack->account;
	p->name = cfn_literal(r, kind == POLICY_MANAGED ? "ManagedPolicyName" : "PolicyName");
	if (kind == POLICY_MANAGED)
		call_each(r, p);
	strs_add_all(m->arena, &p->guards, &r->guards);
	VEC_PUSH(m->arena, &m->policies, p);
	return p;
}

struct reader cfn_reader(struct cfn_resource *r, const struct node *block)
{
	return (struct reader){ .model = r->stack->model,
				.scope = r->stack->scope,
				.address = r->address,
				.file = block->tree->file,
				.block = block,
				.guards = &r->guards,
				.eval = cfn_eval_node,
				.ctx = r->stack };
}

/* What an anchor, alias or variable puts in several places is not edited. */
static void check_shared(const struct cfn *c, struct statement *s)
{
	bool shared = cfn_is_shared(c, s->node);
	for (size_t i = 0; i < s->actions.n; i++)
		shared |= cfn_is_shared(c, s->actions.v[i].node) ||
			  cfn_is_filled(s->actions.v[i].node);
	if (shared)
		issue_add(c->model->arena, &s->issues, "SHARED-TEXT",
			  "an anchor, alias or variable may put the text in several places");
}

struct document *cfn_policy_value(struct cfn_resource *r, struct policy *p, const struct value *v,
				  const struct node *written)
{
	struct model *m = r->stack->model;
	struct reader reader = cfn_reader(r, r->pair);
	struct value *text = value_copy(m->arena, v);
	if (v->kind == VALUE_MAP) {
		struct value_items items = { 0 };
		struct value_item item = { .node = written, .value = v };
		VEC_PUSH(m->arena, &items, item);
		text = value_items_new(m->arena, VALUE_JSON, &items, v->origin);
		text->maybe = v->maybe;
	}
	text->scope = r->stack->scope;
	struct document *d = document_read(&reader, text, written);
	policy_use(m, p, d);
	for (size_t i = 0; i < d->statements.n; i++) {
		check_shared(r->stack->cfn, d->statements.v[i]);
		policy_add_statement(m, p, d->statements.v[i]);
	}
	cfn_settle_conditional(r->stack, d);
	return d;
}

struct document *cfn_policy_text(struct cfn_resource *r, struct policy *p, const struct node *text)
{
	const char *closed;
	const struct value *json = cfn_json(r->stack, text, &closed);
	struct document *d = cfn_policy_value(r, p, json ? json : cfn_eval(r->stack, text), text);
	if (json && closed && d->site.kind != SITE_NONE)
		d->site = (struct site){ .scope = d->scope,
					 .why = "KEY-TEXT",
					 .reason = str_from(closed) };
	return d;
}

void cfn_attach(struct policy *p, struct cfn_resource *r, const struct strs *guards,
		const struct node *at)
{
	struct model *m = r->stack->model;
	struct attachment attachment = {
		.principal = r->principal, .front = r, .file = at->tree->file, .offset = at->start
	};
	strs_add_all(m->arena, &attachment.guards, &r->guards);
	strs_add_all(m->arena, &attachment.guards, guards);
	VEC_PUSH(m->arena, &p->attachments, attachment);
}

/* AWS::IAM::Role and its kin: Policies. */
static void add_inline(struct cfn_resource *r, const struct node *list)
{
	struct cfn_stack *s = r->stack;
	struct cfn_items items = { 0 };
	cfn_each(s, list, &items);
	for (size_t i = 0; i < items.n; i++) {
		const struct cfn_item *item = &items.v[i];
		const struct node *text = cfn_get(s->cfn, item->node, "PolicyDocument");
		if (!text)
			continue;
		struct policy *p = cfn_policy(r, POLICY_INLINE, item->node);
		strs_add_all(s->model->arena, &p->guards, &item->guards);
		p->limit = principal_types[r->principal->kind].limit;
		cfn_policy_text(r, p, text);
		cfn_attach(p, r, &item->guards, item->node);
		cfn_removal_element(p, item, s->model->arena);
	}
}

/* A resource of its own. */
static void add_identity(struct cfn_resource *r, const struct identity_type *t)
{
	struct cfn_stack *s = r->stack;
	const struct node *text = cfn_get(s->cfn, r->properties, "PolicyDocument");
	struct cfn_items who = { 0 };
	if (!text)
		return;
	if (!r->policy) {
		r->policy = cfn_policy(r, t->policy, r->pair);
		r->policy->limit = limit_of(t->policy, t->kind);
		cfn_policy_text(r, r->policy, text);
	}
	cfn_each(s, cfn_get(s->cfn, r->properties, t->who), &who);
	for (size_t i = 0; i < who.n; i++) {
		struct attachment at = attachment_to(r, &who.v[i], t->kind);
		VEC_PUSH(s->model->arena, &r->policy->attachments, at);
	}
}

/* The inline policy of a permission set: an object or its JSON as a text. */
static void add_set(struct cfn_resource *r)
{
	const struct node *text = cfn_get(r->stack->cfn, r->properties, "InlinePolicy");
	if (!text)
		return;
	struct policy *p = cfn_policy(r, POLICY_SET, text);
	cfn_policy_text(r, p, text);
	cfn_attach(p, r, &(struct strs){ 0 }, text);
}

void cfn_identities(struct cfn_stack *s)
{
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		const struct node *list = cfn_get(s->cfn, r->properties, "Policies");
		for (size_t k = 0; k < sizeof(identity_types) / sizeof(*identity_types); k++)
			if (str_eq(r->type, str_from(identity_types[k].type)))
				add_identity(r, &identity_types[k]);
		if (r->principal && r->principal->kind == PRINCIPAL_IS_SET)
			add_set(r);
		else if (r->principal && r->body && list)
			add_inline(r, list);
	}
}

/* ---- attachments of managed policies ---- */

/* The managed policy with that literal name, in the unit. */
static struct cfn_resource *managed_named(struct cfn_stack *s, str name)
{
	str own;
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		if (r->policy && r->policy->kind == POLICY_MANAGED &&
		    cfn_text(s, cfn_get(s->cfn, r->properties, "ManagedPolicyName"), &own) &&
		    str_eq(own, name))
			return r;
	}
	return NULL;
}

/* Ref of a managed policy is its ARN. */
struct cfn_resource *cfn_managed_policy(struct cfn_stack *s, const struct node *n)
{
	str text, attribute;
	struct cfn_resource *r;
	if (!cfn_text(s, n, &text))
		return NULL;
	r = cfn_resource_of(s->cfn, text, &attribute);
	if (r)
		return r->policy && r->policy->kind == POLICY_MANAGED ? r : NULL;
	if (!str_starts(text, S("arn:")) || !str_has(text, S(":policy/")))
		return NULL;
	return str_has(text, S(":aws:policy/")) ? NULL : managed_named(s, text_base(text));
}

void cfn_attach_managed(struct cfn_resource *r, const struct cfn_item *item)
{
	struct cfn_resource *policy = cfn_managed_policy(r->stack, item->node);
	if (policy)
		cfn_attach(policy->policy, r, &item->guards, item->node);
	else
		cfn_use_arn(r->stack, item->node, false);
}

void cfn_use_boundary(struct cfn_stack *s, const struct node *n)
{
	struct cfn_items items = { 0 };
	cfn_each(s, n, &items);
	for (size_t i = 0; i < items.n; i++) {
		struct cfn_resource *r = cfn_managed_policy(s, items.v[i].node);
		if (r)
			r->policy->kind = POLICY_BOUNDARY;
		else
			cfn_use_arn(s, items.v[i].node, true);
	}
}

void cfn_attachments(struct cfn_stack *s)
{
	const struct node *sam = cfn_get(s->cfn, s->globals, "Function");
	cfn_use_boundary(s, cfn_get(s->cfn, sam, "PermissionsBoundary"));
	cfn_serverless_boundaries(s);
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		struct cfn_items items = { 0 };
		cfn_use_boundary(s, cfn_get(s->cfn, r->properties, "PermissionsBoundary"));
		if (!r->principal || r->of)
			continue;
		cfn_each(s, cfn_get(s->cfn, r->properties, "ManagedPolicyArns"), &items);
		for (size_t k = 0; k < items.n; k++)
			cfn_attach_managed(r, &items.v[k]);
	}
}
