/* SPDX-License-Identifier: MIT */
/*
 * What goes away with a policy that has no statement left [6.6]: its element, or its resource with
 * all that names it where that is a list of policies or DependsOn.
 */
#include "cfn.h"

#include "kmsfix/vec.h"

void cfn_removal_element(struct policy *p, const struct cfn_item *item, struct arena *a)
{
	struct removal *r = &p->removal;
	const struct node *pair = item->node->parent;
	if (item->alone && item->element) {
		r->possible = r->lists_go = true;
		VEC_PUSH(a, &r->elements, item->element);
	} else if (!item->element && !item->guards.n && pair && pair->kind == NODE_PAIR) {
		r->possible = true;
		VEC_PUSH(a, &r->blocks, pair);
	} else {
		r->reason = S("it is one branch of a condition");
	}
}

struct removal_search {
	struct cfn_resource *policy, *at; /* at: where references are looked for */
};

static void refuse(struct removal_search *x, const char *does)
{
	struct removal *r = &x->policy->policy->removal;
	r->possible = false;
	r->reason = str_fmt(x->policy->stack->model->arena, "'%.*s' %s",
			    STR_ARG(x->at ? x->at->address : S("another place")), does);
}

/* The pair `ManagedPolicyArns` or `Policies` of the resource, in which `n` is an element. */
static bool is_attachment(const struct removal_search *x, const struct node *n)
{
	struct cfn *c = x->at->stack->cfn;
	static const char *const lists[] = { "ManagedPolicyArns", "Policies" };
	for (size_t i = 0; i < 2; i++) {
		const struct node *pair = cfn_pair(c, x->at->properties, lists[i]);
		if (pair && n->parent == pair->last && n->parent->kind == NODE_SEQ &&
		    !n->parent->name.n)
			return true;
	}
	return false;
}

static void visit(void *ctx, str name, const struct node *at)
{
	struct removal_search *x = ctx;
	struct removal *r = &x->policy->policy->removal;
	struct arena *a = x->policy->stack->model->arena;
	const struct node *depends;
	if (!str_eq(name, x->policy->name) || !r->possible || x->at == x->policy)
		return;
	depends = x->at ? cfn_pair(x->at->stack->cfn, x->at->body, "DependsOn") : NULL;
	if (depends && at == depends->last) {
		VEC_PUSH(a, &r->blocks, depends);
	} else if ((depends && at->parent == depends->last) || (x->at && is_attachment(x, at))) {
		VEC_PUSH(a, &r->elements, at);
	} else if (x->at && x->at->policy && x->at->body) {
		VEC_PUSH(a, &r->with, x->at->pair);
		r->reason = str_fmt(a, "'%.*s' refers to it", STR_ARG(x->at->address));
	} else {
		refuse(x, "refers to it");
	}
}

/* A service names policies in other places than its resources. */
static void search_service(struct cfn_stack *s, struct removal_search *x)
{
	str key;
	for (const struct node *p = s->of->root->first; p; p = p->next)
		if (s->of->kind == CFN_SERVERLESS && pair_key(p, s->model->arena, &key) &&
		    !str_eq(key, S("resources")))
			cfn_references(s, p->last, visit, x);
}

/* What the resources refer to; how many of them somebody wrote, and are no policy. */
static size_t search_all(const struct cfn_resources *all, struct removal_search *x)
{
	size_t others = 0;
	for (size_t i = 0; i < all->n; i++) {
		x->at = all->v[i];
		x->policy->policy->removal.siblings += x->at->body != NULL;
		others += x->at->body && !x->at->policy;
		if (x->at->body)
			cfn_references(x->at->stack, x->at->pair->last, visit, x);
	}
	x->at = NULL;
	return others;
}

/* What goes from the template stays in the account then, with all that it allows. */
static bool is_retained(const struct cfn_resource *r)
{
	struct cfn *c = r->stack->cfn;
	const struct node *n = cfn_get(c, r->body, "DeletionPolicy");
	str text;
	return n && !(cfn_scalar(c, n, &text) && str_eq(text, S("Delete")));
}

static void search(struct cfn_resource *policy)
{
	struct cfn_stack *s = policy->stack;
	struct removal_search x = { .policy = policy };
	struct removal *r = &policy->policy->removal;
	size_t others;
	if (is_retained(policy)) {
		r->reason = S("it would stay where it is, by its DeletionPolicy");
		return;
	}
	r->possible = r->lists_go = true;
	VEC_PUSH(s->model->arena, &r->blocks, policy->pair);
	others = search_all(&s->resources, &x) + search_all(&s->absent, &x);
	if (s->outputs)
		cfn_references(s, s->outputs, visit, &x);
	search_service(s, &x);
	if (!others) /* a template without a resource is none */
		r->parent = policy->pair->parent;
}

void cfn_removals(struct cfn_stack *s)
{
	for (size_t i = 0; i < s->resources.n; i++)
		if (s->resources.v[i]->policy && s->resources.v[i]->body)
			search(s->resources.v[i]);
}
