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
	if (item->alone) {
		r->possible = r->lists_go = true;
		VEC_PUSH(a, &r->elements, item->element);
	} else if (!item->element && !item->guards.n && pair && pair->kind == NODE_PAIR) {
		r->possible = true;
		VEC_PUSH(a, &r->blocks, pair);
	} else {
		r->reason = S("it is one branch of a condition");
	}
}

/* Where a template refers to a policy; at: the resource it stands in, or NULL. */
struct mention {
	struct cfn_resource *at;
	const struct node *node;
};

struct mentions_of {
	struct cfn_resource *policy;
	struct mentions_of *next; /* of the same name */
	struct mention *v;
	size_t n, cap;
};

/* The policies of a stack by name, and what refers to them: found in one walk for all. */
struct removal_search {
	struct cfn_stack *s;
	struct cfn_resource *at; /* where references are looked for */
	struct map policies;
	size_t siblings; /* resources that somebody wrote */
	size_t others;   /* those of them that are no policy */
};

static void refuse(const struct cfn_resource *policy, const struct mention *m, const char *does)
{
	struct removal *r = &policy->policy->removal;
	r->possible = false;
	r->reason = str_fmt(policy->stack->model->arena, "'%.*s' %s",
			    STR_ARG(m->at ? m->at->address : S("another place")), does);
}

/* The pair `ManagedPolicyArns` or `Policies` of the resource, in which the node is an element. */
static bool is_attachment(const struct mention *m)
{
	static const char *const lists[] = { "ManagedPolicyArns", "Policies" };
	const struct node *n = m->node;
	for (size_t i = 0; m->at && i < 2; i++) {
		const struct node *pair = cfn_pair(m->at->stack->cfn, m->at->properties, lists[i]);
		if (pair && n->parent == pair->last && !n->parent->name.n)
			return true;
	}
	return false;
}

/* How the mention goes with the policy; or why the policy cannot go. */
static void settle(const struct cfn_resource *policy, const struct mention *m)
{
	struct removal *r = &policy->policy->removal;
	struct arena *a = policy->stack->model->arena;
	const struct node *at = m->node, *depends = NULL;
	if (m->at)
		depends = cfn_pair(m->at->stack->cfn, m->at->body, "DependsOn");
	if (depends && at == depends->last) {
		VEC_PUSH(a, &r->blocks, depends);
	} else if ((depends && at->parent == depends->last) || is_attachment(m)) {
		VEC_PUSH(a, &r->elements, at);
	} else if (m->at && m->at->policy) {
		VEC_PUSH(a, &r->with, m->at->pair);
		r->reason = str_fmt(a, "'%.*s' refers to it", STR_ARG(m->at->address));
	} else {
		refuse(policy, m, "refers to it");
	}
}

static void visit(void *ctx, str name, const struct node *at)
{
	struct removal_search *x = ctx;
	struct mention m = { x->at, at };
	for (struct mentions_of *of = map_find(&x->policies, name); of; of = of->next)
		if (x->at != of->policy)
			VEC_PUSH(x->s->model->arena, of, m);
}

/* A service names policies in other places than its resources. */
static void search_service(struct removal_search *x)
{
	struct cfn_stack *s = x->s;
	str key;
	for (const struct node *p = s->of->root->first; p; p = p->next)
		if (s->of->kind == CFN_SERVERLESS && pair_key(p, s->model->arena, &key) &&
		    !str_eq(key, S("resources")))
			cfn_references(s, p->last, visit, x);
}

static void search_all(struct removal_search *x, const struct cfn_resources *all)
{
	for (size_t i = 0; i < all->n; i++) {
		x->at = all->v[i];
		x->siblings += x->at->body != NULL;
		x->others += x->at->body && !x->at->policy;
		if (x->at->body)
			cfn_references(x->at->stack, x->at->pair->last, visit, x);
	}
	x->at = NULL;
}

static void search(struct removal_search *x)
{
	search_all(x, &x->s->resources);
	search_all(x, &x->s->absent);
	if (x->s->outputs)
		cfn_references(x->s, x->s->outputs, visit, x);
	search_service(x);
}

/* What goes from the template stays in the account then, with all that it allows. */
static bool is_retained(const struct cfn_resource *r)
{
	struct cfn *c = r->stack->cfn;
	const struct node *n = cfn_get(c, r->body, "DeletionPolicy");
	str text;
	return n && !(cfn_scalar(c, n, &text) && str_eq(text, S("Delete")));
}

static void decide(const struct removal_search *x, const struct mentions_of *of)
{
	struct cfn_resource *policy = of->policy;
	struct removal *r = &policy->policy->removal;
	if (is_retained(policy)) {
		r->reason = S("it would stay where it is, by its DeletionPolicy");
		return;
	}
	r->possible = r->lists_go = true;
	r->siblings = x->siblings;
	VEC_PUSH(x->s->model->arena, &r->blocks, policy->pair);
	for (size_t i = 0; i < of->n && r->possible; i++)
		settle(policy, &of->v[i]);
	if (!x->others) /* a template without a resource is none */
		r->parent = policy->pair->parent;
}

static void add_policy(struct removal_search *x, struct cfn_resource *r)
{
	struct mentions_of *of = ARENA_NEW(x->s->model->arena, struct mentions_of);
	of->policy = r;
	of->next = map_find(&x->policies, r->name);
	map_put(&x->policies, x->s->model->arena, r->name, of);
}

void cfn_removals(struct cfn_stack *s)
{
	struct removal_search x = { .s = s };
	for (size_t i = 0; i < s->resources.n; i++)
		if (s->resources.v[i]->policy)
			add_policy(&x, s->resources.v[i]);
	if (!x.policies.n)
		return;
	search(&x);
	for (size_t i = 0; i < x.policies.size; i++)
		for (const struct mentions_of *of = x.policies.slots[i].value; of; of = of->next)
			decide(&x, of);
}
