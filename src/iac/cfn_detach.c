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
	if (n->tree->lang == LANG_YAML && node_name2(n).n)
		return true;
	for (const struct node *c = n->first; c; c = c->next)
		if (has_anchor(c))
			return true;
	return false;
}

static bool is_taken(const struct cfn_stack *s, const struct detachments *out, str name)
{
	for (size_t i = 0; i < out->n; i++)
		if (str_eq(out->v[i].name, name))
			return true;
	return cfn_find(s, name) != NULL;
}

/* No digits at the end: SAM calls what stays in the role `<Role>Policy<index>`. */
static str free_name(const struct cfn_resource *r, const struct detachments *out)
{
	struct arena *a = r->stack->model->arena;
	str name = str_fmt(a, "%.*sPolicy", STR_ARG(r->name));
	for (size_t i = 2; is_taken(r->stack, out, name); i++)
		name = str_fmt(a, "%.*s%zuPolicy", STR_ARG(r->name), i);
	return name;
}

/* SAM: a document, or an object with one; a role: an object with a name and one. */
static bool read_entry(struct cfn *c, const struct node *entry, const struct node **name,
		       const struct node **document)
{
	*name = cfn_get(c, entry, "PolicyName");
	*document = cfn_get(c, entry, "PolicyDocument");
	if (!*document && cfn_pair(c, entry, "Statement"))
		*document = entry;
	return *document != NULL;
}

/* A new policy that the role has; what it says is still to be set. */
static struct detachment new_policy(const struct cfn_resource *r, const struct node *entry,
				    struct shape *name, struct detachments *out)
{
	struct arena *a = out->arena;
	const struct cfn_resource *of = r->of ? r->of : r;
	const struct node *condition = cfn_get(r->stack->cfn, of->body, "Condition");
	struct detachment d = { .after = of->pair, .from = entry, .name = free_name(r, out) };
	struct shape *properties = shape_object(a), *roles = shape_list(a);
	shape_add(a, roles, shape_text(a, ref_text(a, r->name)));
	shape_set(a, properties, S("PolicyName"), name ? name : shape_text(a, d.name));
	shape_set(a, properties, S("Roles"), roles);
	d.body = shape_object(a);
	shape_set(a, d.body, S("Type"), shape_text(a, S("AWS::IAM::Policy")));
	if (condition)
		shape_set(a, d.body, S("Condition"), shape_source(a, condition));
	shape_set(a, d.body, S("Properties"), properties);
	VEC_PUSH(a, &d.drop, entry);
	return d;
}

static bool detach_entry(struct cfn_resource *r, const struct node *entry, struct detachments *out,
			 const char **why)
{
	struct arena *a = out->arena;
	const struct node *name, *document;
	*why = "an inline policy is no document that is written there";
	if (!read_entry(r->stack->cfn, entry, &name, &document) ||
	    !node_is_within(document, entry) || (name && !node_is_within(name, entry)))
		return false; /* a variable of the Serverless Framework stands for it */
	struct detachment d = new_policy(r, entry, name ? shape_source(a, name) : NULL, out);
	shape_set(a, shape_get(d.body, S("Properties")), S("PolicyDocument"),
		  shape_source(a, document));
	VEC_PUSH(a, out, d);
	return true;
}

/* ---- policy templates of SAM ---- */

/* True when a comment stands above the entry, in it, or behind it on its line. */
static bool has_comment(const struct node *entry)
{
	const struct tree *t = entry->tree;
	size_t line = str_find(t->file->text, S("\n"), entry->end), from = entry->parent->start;
	for (const struct node *n = entry->parent->first; n != entry; n = n->next)
		from = n->end;
	for (size_t i = 0; i < t->comment_count; i++)
		if (t->comments[i].start >= from && t->comments[i].start < line)
			return true;
	return false;
}

/* Statements of templates without comments share one policy: `*shared` of the detachments. */
static bool detach_template(struct cfn_resource *r, const struct node *entry, size_t *shared,
			    struct detachments *out, const char **why)
{
	struct arena *a = out->arena;
	bool alone = has_comment(entry);
	struct shape *statements = shape_list(a), *document = shape_object(a);
	*why = "a policy template of SAM has an argument that is computed";
	if (!cfn_sam_written_out(r->stack, entry, statements))
		return false;
	if (!alone && *shared < out->n) {
		struct detachment *d = &out->v[*shared];
		document = shape_get(shape_get(d->body, S("Properties")), S("PolicyDocument"));
		for (size_t i = 0; i < statements->n; i++)
			shape_add(a, shape_get(document, S("Statement")), statements->v[i].value);
		VEC_PUSH(a, &d->drop, entry);
		return true;
	}
	struct detachment d = new_policy(r, entry, NULL, out);
	shape_set(a, document, S("Statement"), statements);
	shape_set(a, shape_get(d.body, S("Properties")), S("PolicyDocument"), document);
	if (!alone)
		*shared = out->n;
	VEC_PUSH(a, out, d);
	return true;
}

/* ---- lists ---- */

static size_t column_of(const struct tree *t, size_t at)
{
	return at - file_line_start(t->file->text, at);
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
		bool above = c->start < entry->start && !str_has(between, S("\n\n")) &&
			     column_of(t, c->start) == column_of(t, entry->mark);
		if (!inside && !(moved && above))
			return true;
	}
	return false;
}

/* The list goes with its last entry, as one: those from `first` on are of it. */
static bool drop_list(struct detachments *out, size_t first, const struct node *list,
		      const char **why)
{
	bool moved = true;
	size_t dropped = 0;
	for (size_t i = first; i < out->n; i++) {
		dropped += out->v[i].drop.n;
		moved &= out->v[i].body != NULL;
	}
	if (!dropped || dropped != node_count(list))
		return true;
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

/* A managed policy that names the role, and no longer the role it: AWS::NoValue stands there in a
 * condition. */
static bool turn_entry(struct cfn_resource *r, struct cfn_resource *policy,
		       const struct cfn_item *item, struct detachments *out, const char **why)
{
	const struct node *entry = item->alone ? item->element : item->node;
	struct arena *a = out->arena;
	struct cfn *c = r->stack->cfn;
	const struct node *pair = cfn_pair(c, policy->properties, "Roles");
	struct detachment d = { .after = policy->pair, .from = entry };
	*why = "a managed policy of the role is there when the role or its entry is not";
	if (!is_there(&r->guards, policy) || !is_there(&item->guards, policy))
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
	if (item->alone)
		VEC_PUSH(a, &d.drop, entry);
	else
		d.replaced.node = entry; /* a branch of a condition */
	d.replaced.by = ref_text(a, S("AWS::NoValue"));
	VEC_PUSH(a, out, d);
	return true;
}

/* One entry that names something in the circle. */
static bool detach_item(struct cfn_resource *r, const struct cfn_item *item, size_t *shared,
			struct detachments *out, const char **why)
{
	struct cfn_resource *policy = cfn_managed_policy(r->stack, item->node);
	if (policy)
		return turn_entry(r, policy, item, out, why);
	*why = "a policy of the role is there under a condition only";
	if (item->node != item->element || item->guards.n)
		return false;
	*why = "an anchor or alias puts the text in several places";
	if (has_anchor(item->node) || node_is_shared(item->node))
		return false;
	if (r->of && cfn_is_sam_template(r->stack->cfn, item->node))
		return detach_template(r, item->node, shared, out, why);
	return detach_entry(r, item->node, out, why);
}

static bool detach_list(struct cfn_resource *r, const struct part *p, const struct node *list,
			struct detachments *out, const char **why)
{
	struct cfn_items items = { 0 };
	size_t first = out->n, shared = SIZE_MAX;
	cfn_each(r->stack, list, &items);
	for (size_t i = 0; i < items.n; i++)
		if (names_circle(r->stack, items.v[i].node, p->circle) &&
		    !detach_item(r, &items.v[i], &shared, out, why))
			return false;
	return drop_list(out, first, list, why);
}

static bool detach_entries(struct cfn_resource *r, const struct part *p, struct detachments *out,
			   const char **why)
{
	out->note = "become resources of their own, or name the role: CloudFormation takes them "
		    "from the role before it gives them back, and what waits for the role no "
		    "longer waits for them";
	const struct cfn_resource *of = r->of ? r->of : r;
	for (int managed = 0; managed < 2; managed++) {
		const struct node *list = cfn_inline_list(r, managed);
		*why = "the list of its policies is written elsewhere";
		if (list && list->kind == NODE_SEQ &&
		    (!node_is_within(list, of->pair) || !detach_list(r, p, list, out, why)))
			return false;
	}
	*why = "it has no list of policies";
	return out->n > 0;
}

bool cfn_detach(const struct part *p, struct detachments *out, const char **why)
{
	const struct cfn_stack *s = p->scope->front;
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		if (r->principal && r->pair == p->block && (r->of || !r->role))
			return detach_entries(r, p, out, why);
	}
	*why = "it is not written here";
	return false;
}
