/* SPDX-License-Identifier: MIT */
/* Keys and their policies [12.4]. */
#include "cfn.h"

#include "kmsfix/limits.h"
#include "kmsfix/vec.h"

bool cfn_is_key(const struct cfn_resource *r)
{
	return str_eq(r->type, S("AWS::KMS::Key")) || str_eq(r->type, S("AWS::KMS::ReplicaKey"));
}

static void add_key(struct cfn_resource *r)
{
	struct cfn_stack *s = r->stack;
	struct model *m = s->model;
	struct key *k = ARENA_NEW(m->arena, struct key);
	str multi = S(""), unchecked = S("");
	const struct node *bypass = cfn_get(s->cfn, r->properties,
					    "BypassPolicyLockoutSafetyCheck");
	bool replica = str_eq(r->type, S("AWS::KMS::ReplicaKey"));
	cfn_text(s, cfn_get(s->cfn, r->properties, "MultiRegion"), &multi);
	k->unit = s->unit;
	k->scope = s->scope;
	k->address = r->address;
	k->name = r->name;
	k->account = s->account;
	k->region = s->region;
	k->guards = r->guards;
	k->multi_region = replica || str_eq_fold(multi, S("true"));
	k->unchecked = bypass &&
		       !(cfn_text(s, bypass, &unchecked) && str_eq_fold(unchecked, S("false")));
	k->block = r->pair;
	k->body = r->properties ? r->properties : r->body;
	k->vacancy.node = k->body;
	k->vacancy.within = r->properties ? S("") : S("Properties");
	k->vacancy.scope = s->scope;
	k->vacancy.guards = r->guards;
	k->file = r->pair->tree->file;
	k->offset = r->pair->start;
	k->vacancy.account_ref = ref_in_scope(m->arena, s->top->scope->id, S("AWS::AccountId"));
	k->vacancy.partition_ref = ref_in_scope(m->arena, s->top->scope->id, S("AWS::Partition"));
	r->key = k;
	VEC_PUSH(m->arena, &m->keys, k);
}

void cfn_keys(struct cfn_stack *s)
{
	for (size_t i = 0; i < s->resources.n; i++)
		if (s->resources.v[i]->body && cfn_is_key(s->resources.v[i]))
			add_key(s->resources.v[i]);
}

/* A replica belongs to the key that PrimaryKeyArn names [2.8]. */
static void link_replica(struct cfn_resource *r)
{
	struct cfn_stack *s = r->stack;
	str text;
	const struct name *name;
	if (!cfn_text(s, cfn_get(s->cfn, r->properties, "PrimaryKeyArn"), &text))
		return;
	name = name_get(s->unit, text);
	if (name && name->kind == NAME_KEY_ARN)
		r->key->primary = name->keys[0];
}

/* One of the texts that the policy may be, under its condition. */
static struct policy *read_branch(struct cfn_resource *r, const struct cfn_branch *b,
				  const struct cfn_branch *other)
{
	struct cfn_stack *s = r->stack;
	struct arena *a = s->model->arena;
	struct policy *p = cfn_policy(r, POLICY_KEY, b->node);
	const struct value *v = cfn_assuming(s, &b->condition, b->node);
	p->key = r->key;
	p->limit = LIMIT_KEY_POLICY;
	strs_add_all(a, &p->guards, &b->condition.all);
	if (other->condition.all.n == 1)
		strs_add_all(a, &p->never, &other->condition.all);
	p->unset = v->kind == VALUE_NULL;
	if (!p->unset) {
		struct document *d = cfn_policy_value(r, p, v, b->node);
		d->site.guards = p->guards; /* nothing in it is looked at otherwise */
	}
	return p;
}

/* The key's own Condition says which of the two it is; the other is never there. */
static bool is_settled(struct cfn_resource *r, const struct node *args)
{
	struct cfn_stack *s = r->stack;
	const struct strs before = s->given;
	struct cfn_branch both[2];
	s->given = r->guards;
	cfn_branches(s, args, both);
	s->given = before;
	return both[0].condition.known >= 0;
}

/* The policy is one of two whole texts. */
static bool read_branches(struct cfn_resource *r, const struct node *text)
{
	struct cfn_call call;
	struct cfn_branch both[2];
	if (!cfn_is_call(r->stack->cfn, text, &call) || !str_eq(call.function, S("If")) ||
	    !cfn_branches(r->stack, call.arg, both) || both[0].condition.known >= 0)
		return false;
	if (is_settled(r, call.arg))
		issue_add(r->stack->model->arena, &r->key->issues, "TF-DYNAMIC",
			  "the policy of '%.*s' is one of two, which its own Condition settles",
			  STR_ARG(r->address));
	r->key->policy = read_branch(r, &both[0], &both[1]);
	r->key->policy->otherwise = read_branch(r, &both[1], &both[0]);
	return true;
}

static void read_policy(struct cfn_resource *r)
{
	const struct node *text = cfn_get(r->stack->cfn, r->properties, "KeyPolicy");
	const struct value *v = text ? cfn_eval(r->stack, text) : NULL;
	if (!v || v->kind == VALUE_NULL) {
		r->key->unset = true;
		if (cfn_is_shared(r->stack->cfn, r->body))
			issue_add(r->stack->model->arena, &r->key->issues, "SHARED-TEXT",
				  "an anchor, alias or variable may put '%.*s' in several places",
				  STR_ARG(r->address));
		if (text || (!r->properties && cfn_pair(r->stack->cfn, r->body, "Properties")) ||
		    str_eq(r->type, S("AWS::KMS::ReplicaKey")))
			issue_add(r->stack->model->arena, &r->key->issues, "KEY-POLICY-UNSET",
				  "the default policy of '%.*s' cannot be written out here",
				  STR_ARG(r->address));
		return;
	}
	if (cfn_is_shared(r->stack->cfn, text))
		issue_add(r->stack->model->arena, &r->key->issues, "SHARED-TEXT",
			  "an anchor, alias or variable may put the policy of '%.*s' in several "
			  "places",
			  STR_ARG(r->address));
	if (read_branches(r, text))
		return;
	struct policy *p = cfn_policy(r, POLICY_KEY, text);
	p->key = r->key;
	p->limit = LIMIT_KEY_POLICY;
	r->key->policy = p;
	cfn_policy_text(r, p, text);
}

static void note_alias(struct cfn_resource *r)
{
	struct cfn_stack *s = r->stack;
	str text, name = cfn_literal(r, "AliasName");
	if (!name.n || !str_eq(r->type, S("AWS::KMS::Alias")) ||
	    !cfn_text(s, cfn_get(s->cfn, r->properties, "TargetKeyId"), &text))
		return;
	const struct name *key = name_get(s->unit, text);
	if (key && (key->kind == NAME_KEY_ID || key->kind == NAME_KEY_ARN))
		strs_add_once(s->model->arena, &key->keys[0]->aliases, name);
}

void cfn_key_policies(struct cfn_stack *s)
{
	for (size_t i = 0; i < s->resources.n; i++) {
		note_alias(s->resources.v[i]);
		if (!s->resources.v[i]->key)
			continue;
		link_replica(s->resources.v[i]);
		read_policy(s->resources.v[i]);
	}
}
