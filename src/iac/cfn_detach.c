/* SPDX-License-Identifier: MIT */
/*
 * An entry of a role's `Policies` as an AWS::IAM::Policy, and a managed policy that names the role
 * instead of the role naming it [12.8]. CloudFormation updates the role first, so for a moment it
 * is without that policy.
 */
#include "kmsfix/apart.h"

#include "cfn.h"
#include "kmsfix/vec.h"
#include "value.h"

const struct node *cfn_inline_list(const struct cfn_resource *r, bool managed)
{
	const struct cfn_resource *of = r->of ? r->of : r;
	if (!r->principal || r->principal->kind != PRINCIPAL_IS_ROLE || !of->body)
		return NULL;
	return cfn_get(r->stack->cfn, of->properties, managed ? "ManagedPolicyArns" : "Policies");
}

struct look {
	const struct cfn_stack *stack;
	const struct strs *circle;
	bool found;
};

static void visit(void *ctx, str name, const struct node *at)
{
	struct look *l = ctx;
	const struct cfn_resource *to = cfn_find(l->stack, name);
	(void)at;
	l->found |= to && strs_has(l->circle, to->address);
}

static bool names_circle(struct cfn_stack *s, const struct node *n, const struct strs *circle)
{
	struct look l = { .stack = s, .circle = circle };
	cfn_references(s, n, visit, &l);
	return l.found;
}

/* An alias may stand before its anchor then. */
static bool has_anchor(const struct node *n)
{
	if (n->tree->lang == LANG_YAML && n->name2.n)
		return true;
	for (const struct node *c = n->first; c; c = c->next)
		if (has_anchor(c))
			return true;
	return false;
}

static str free_name(const struct cfn_stack *s, const struct detachments *out, str wanted)
{
	struct arena *a = s->model->arena;
	str name = wanted;
	for (size_t i = 2;; i++) {
		bool taken = cfn_find(s, name) != NULL;
		for (size_t k = 0; k < out->n; k++)
			taken |= str_eq(out->v[k].name, name);
		if (!taken)
			return name;
		name = str_fmt(a, "%.*s%zu", STR_ARG(wanted), i);
	}
}

/* SAM: a document, or an object with one; a role: an object with a name and one. */
static bool read_entry(struct cfn *c, const struct node *entry, const struct node **name,
		       const struct node **document)
{
	*name = cfn_get(c, entry, "PolicyName");
	*document = cfn_get(c, entry, "PolicyDocument");
	if (!*document && cfn_pair(c, entry, "Statement"))
		*document = entry;
	return *document && (*document)->tree == entry->tree;
}

static bool detach_entry(struct cfn_resource *r, const struct node *entry, struct detachments *out,
			 const char **why)
{
	struct arena *a = out->arena;
	struct cfn_stack *s = r->stack;
	const struct cfn_resource *of = r->of ? r->of : r;
	const struct node *name, *document, *condition = cfn_get(s->cfn, of->body, "Condition");
	struct detachment d = { .after = of->pair, .from = entry };
	*why = "an inline policy is no document that is written there";
	if (!read_entry(s->cfn, entry, &name, &document))
		return false;
	*why = "an anchor or alias puts the text in several places";
	if (has_anchor(entry) || node_is_shared(entry))
		return false;
	d.name = free_name(s, out, str_fmt(a, "%.*sPolicy", STR_ARG(r->name)));
	struct shape *properties = shape_object(a), *roles = shape_list(a);
	shape_add(a, roles, shape_text(a, ref_text(a, r->name)));
	shape_set(a, properties, S("PolicyName"),
		  name ? shape_source(a, name) : shape_text(a, d.name));
	shape_set(a, properties, S("Roles"), roles);
	shape_set(a, properties, S("PolicyDocument"), shape_source(a, document));
	d.body = shape_object(a);
	shape_set(a, d.body, S("Type"), shape_text(a, S("AWS::IAM::Policy")));
	if (condition)
		shape_set(a, d.body, S("Condition"), shape_source(a, condition));
	shape_set(a, d.body, S("Properties"), properties);
	VEC_PUSH(a, &d.drop, entry);
	VEC_PUSH(a, out, d);
	return true;
}

/* True when a comment in the list is neither in an entry nor directly above one that is moved. */
static bool loses_comment(const struct node *list, bool moved)
{
	const struct tree *t = list->tree;
	const struct node *entry = list->first;
	for (size_t i = 0; i < t->comment_count; i++) {
		const struct span *c = &t->comments[i];
		if (c->start < list->parent->start || c->start >= list->end)
			continue;
		while (entry->next && c->start >= entry->end)
			entry = entry->next;
		str between = str_sub(t->file->text, c->end, entry->start);
		bool inside = c->start >= entry->start && c->end <= entry->end;
		if (!inside && (!moved || c->start >= entry->end || str_has(between, S("\n\n"))))
			return true;
	}
	return false;
}

/* The list goes with its last entry, as one: those from `first` on are of it. */
static bool drop_list(struct detachments *out, size_t first, const struct node *list,
		      const char **why)
{
	if (out->n == first || out->n - first != node_count(list) || !list->parent ||
	    list->parent->kind != NODE_PAIR)
		return true;
	bool moved = true;
	for (size_t i = first; i < out->n; i++)
		moved &= out->v[i].body != NULL;
	*why = "a comment beside a policy would be lost";
	if (loses_comment(list, moved))
		return false;
	for (size_t i = first; i < out->n; i++)
		out->v[i].drop.n = 0;
	VEC_PUSH(out->arena, &out->v[first].drop, (const struct node *)list->parent);
	return true;
}

/* What has the guards is there whenever the policy is. */
static bool is_there(const struct strs *guards, const struct cfn_resource *policy)
{
	for (size_t i = 0; i < guards->n; i++)
		if (!strs_has(&policy->guards, guards->v[i]))
			return false;
	return true;
}

/* A managed policy that names the role, and no longer the role it. */
static bool turn_entry(struct cfn_resource *r, struct cfn_resource *policy,
		       const struct cfn_item *item, struct detachments *out, const char **why)
{
	const struct node *entry = item->element;
	struct arena *a = out->arena;
	struct cfn *c = r->stack->cfn;
	const struct node *pair = cfn_pair(c, policy->properties, "Roles");
	struct detachment d = { .after = policy->pair, .from = entry };
	*why = "a managed policy of the role is there when the role or its entry is not";
	if (!item->alone || !is_there(&r->guards, policy) || !is_there(&item->guards, policy))
		return false;
	*why = "a managed policy of the role has no list to which the role could be added";
	if (policy->stack != r->stack || !policy->body || cfn_is_shared(c, policy->properties) ||
	    (pair && (pair->last->kind != NODE_SEQ || pair->last->name.n)))
		return false;
	*why = "an anchor or alias puts the text in several places";
	if (has_anchor(entry) || cfn_is_shared(c, entry))
		return false;
	d.gets.list = pair ? pair->last : NULL;
	d.gets.map = policy->properties;
	d.gets.name = S("Roles");
	d.gets.role = shape_text(a, ref_text(a, r->name));
	VEC_PUSH(a, &d.drop, entry);
	VEC_PUSH(a, out, d);
	return true;
}

static bool detach_list(struct cfn_resource *r, const struct part *p, const struct node *list,
			struct detachments *out, const char **why)
{
	struct cfn_items items = { 0 };
	size_t first = out->n;
	cfn_each(r->stack, list, &items);
	for (size_t i = 0; i < items.n; i++) {
		const struct cfn_item *item = &items.v[i];
		struct cfn_resource *policy;
		if (!names_circle(r->stack, item->node, p->circle))
			continue;
		policy = cfn_managed_policy(r->stack, item->node);
		*why = "a policy of the role is there under a condition only";
		if (!policy && (item->node != item->element || item->guards.n))
			return false;
		if (!(policy ? turn_entry(r, policy, item, out, why) :
			       detach_entry(r, item->node, out, why)))
			return false;
	}
	return drop_list(out, first, list, why);
}

static bool detach_entries(struct cfn_resource *r, const struct part *p, struct detachments *out,
			   const char **why)
{
	out->note = "become resources of their own, or name the role: CloudFormation takes them "
		    "from the role before it gives them back, and what waits for the role no "
		    "longer waits for them";
	*why = "it has no list of policies";
	for (int managed = 0; managed < 2; managed++) {
		const struct node *list = cfn_inline_list(r, managed);
		if (list && list->kind == NODE_SEQ && !detach_list(r, p, list, out, why))
			return false;
	}
	return out->n > 0;
}

bool cfn_detach(const struct part *p, struct detachments *out, const char **why)
{
	const struct cfn_stack *s = p->scope->stack;
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		if (r->principal && r->pair == p->block && (r->of || !r->role))
			return detach_entries(r, p, out, why);
	}
	*why = "it is not written here";
	return false;
}
