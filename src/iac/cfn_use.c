/* SPDX-License-Identifier: MIT */
/*
 * Who else uses a managed policy: another template that names it by a literal, a permission set,
 * and resources that it is handed to and that may attach it [11.4].
 */
#include "cfn.h"

#include "kmsfix/vec.h"
#include "policy_name.h"

/* ---- by a literal name ---- */

static void named_by(struct policy *p, const struct cfn_stack *s, const char *code)
{
	issue_add(s->model->arena, &p->issues, code, "'%.*s' is also used by its name in '%.*s'",
		  STR_ARG(p->address), STR_ARG(s->of->file->path));
}

/* Whatever code declares a policy of the name may mean the one that is attached here. */
static void use_name(const struct cfn_stack *s, str text, const char *code, bool boundary)
{
	str name = text_unscoped(s->model->arena, text);
	struct policies all = { 0 };
	if (!name.n || text_is_ref(name, NULL))
		return;
	policies_maybe_called(s->model, name, &all);
	for (size_t i = 0; i < all.n; i++) {
		struct policy *p = all.v[i];
		if (p->kind != POLICY_MANAGED && p->kind != POLICY_BOUNDARY)
			continue;
		if (boundary)
			p->kind = POLICY_BOUNDARY;
		else
			named_by(p, s, code);
	}
}

/* A use of managed policies by ARNs. */
struct arn_use {
	struct cfn_stack *stack;
	bool boundary;
	bool ends; /* what is read may be the end of an ARN */
};

static void use_value(const struct arn_use *u, const struct value *v)
{
	str text;
	bool many = v->kind == VALUE_LIST || v->kind == VALUE_MAP;
	for (size_t i = 0; many && i < v->n; i++)
		use_value(u, value_at(v, i));
	if (!value_text(v, &text) || str_has(text, S(":aws:policy/")))
		return;
	if (u->ends || (str_starts(text, S("arn:")) && str_has(text, S(":policy/"))))
		use_name(u->stack, text_base(text), "ATTACH-UNKNOWN", u->boundary);
}

/* A parameter may be what it is where nobody says, or any value that it may have. */
static void use_parameter(const struct arn_use *u, const struct value *v)
{
	static const char *const texts[] = { "Default", "AllowedValues" };
	struct cfn *c = u->stack->cfn;
	str text, source, local;
	if (!value_text(v, &text) || !text_is_ref(u->ends ? text_base(text) : text, &source))
		return;
	ref_scope(source, &local);
	const struct node *parameter = cfn_get(c, u->stack->parameters,
					       str_z(u->stack->model->arena, local));
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct node *n = cfn_get(c, parameter, texts[i]);
		if (n)
			use_value(u, cfn_eval(u->stack, n));
	}
}

/* All of it is not known, or it is an ARN of which the name is a reference. */
static bool is_open(const struct value *v)
{
	return v->kind == VALUE_UNKNOWN ||
	       (v->kind == VALUE_TEXT && text_is_ref(text_base(v->text), NULL));
}

/* What is not known may be whatever is written in it: what is joined, or chosen by a map. */
static void use_written(const struct arn_use *u, const struct node *n)
{
	const struct value *v = cfn_eval(u->stack, n);
	use_value(u, v);
	use_parameter(u, v);
	if (!is_open(v))
		return;
	for (const struct node *c = n->first; c; c = c->next)
		use_written(u, c->kind == NODE_PAIR ? c->last : c);
}

void cfn_use_arn(struct cfn_stack *s, const struct node *n, bool boundary)
{
	bool part = str_has(node_source(n), S(":policy")) && is_open(cfn_eval(s, n));
	use_written(&(struct arn_use){ s, boundary, part }, n);
}

/* IAM Identity Center takes the policy of the name in each account. */
static void use_in_set(struct cfn_resource *r)
{
	struct cfn_stack *s = r->stack;
	struct cfn_items items = { 0 };
	const struct node *boundary = cfn_get(s->cfn, r->properties, "PermissionsBoundary");
	str name;
	boundary = cfn_get(s->cfn, boundary, "CustomerManagedPolicyReference");
	if (boundary && cfn_text(s, cfn_get(s->cfn, boundary, "Name"), &name))
		use_name(s, name, "SSO", true);
	cfn_each(s, cfn_get(s->cfn, r->properties, "CustomerManagedPolicyReferences"), &items);
	for (size_t i = 0; i < items.n; i++)
		if (cfn_text(s, cfn_get(s->cfn, items.v[i].node, "Name"), &name))
			use_name(s, name, "SSO", false);
}

/* ---- by reference ---- */

static void handed(void *ctx, str name, const struct node *at)
{
	const struct cfn_resource *to = ctx, *r = cfn_find(to->stack, name);
	str text, attribute;
	if ((!r || r->nested) && cfn_text(to->stack, at, &text))
		r = cfn_resource_of(to->stack->cfn, text, &attribute);
	if (r && r->policy && r->policy->kind == POLICY_MANAGED)
		issue_add(to->stack->model->arena, &r->policy->issues, "ATTACH-UNKNOWN",
			  "'%.*s' is handed to '%.*s', so not every attachment is known",
			  STR_ARG(r->address), STR_ARG(to->address));
}

/* What mentions a policy only to say something about it. */
static bool is_mention(str key)
{
	static const char *const keys[] = { "PolicyDocument", "KeyPolicy", "Tags" };
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_eq(key, str_from(keys[i])))
			return true;
	return false;
}

/* What IAM, SAM and a nested template make of one is read where it stands. */
static bool is_read(const struct cfn_resource *r)
{
	return str_starts(r->type, S("AWS::IAM::")) || r->nested || r->role || r->of;
}

/* The template of a stack set, and one that a custom resource is given, is applied elsewhere. */
static void note_template(const struct cfn_resource *r)
{
	struct cfn *c = r->stack->cfn;
	const struct node *body = cfn_get(c, r->properties, "TemplateBody");
	bool set = str_eq(r->type, S("AWS::CloudFormation::StackSet"));
	if (body && str_has(node_source(body), S("kms:")))
		diag_add(c->model->diags, SEVERITY_NOTE, body->tree->file, body->start,
			 "the template of %s'%.*s' is not read: what is allowed there is not seen",
			 set ? "the stack set " : "", STR_ARG(r->address));
}

void cfn_uses(struct cfn_stack *s)
{
	str key;
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		if (str_eq(r->type, S("AWS::SSO::PermissionSet")))
			use_in_set(r);
		note_template(r);
		const struct node *first = r->properties && !is_read(r) ? r->properties->first :
									  NULL;
		for (const struct node *p = first; p; p = p->next)
			if (pair_key(p, s->model->arena, &key) && !is_mention(key))
				cfn_references(s, p->last, handed, r);
	}
}
