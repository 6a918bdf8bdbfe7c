/* SPDX-License-Identifier: MIT */
/*
 * What a template or service says beside the access model: by the text of it, and of all that it
 * takes from elsewhere by aliases, parameters, mappings, variables and outputs of nested stacks.
 */
#include "bystander.h"

#include <string.h>

#include "cfn.h"
#include "kmsfix/vec.h"
#include "texts.h"

/* ---- texts ---- */

static const struct node *named(struct cfn_stack *s, const struct node *map, str name)
{
	return cfn_get(s->cfn, map, str_z(s->model->arena, name));
}

static void add_parameter(struct texts *t, struct cfn_stack *s, str name)
{
	const struct node *argument = s->parent ? named(s, s->arguments, name) : NULL;
	if (argument)
		texts_add(t, s->parent, argument);
	else
		texts_add(t, s, named(s, s->parameters, name));
}

/* An output of a nested stack. */
static void add_output(struct texts *t, struct cfn_stack *s, str name)
{
	size_t dot = str_find(name, S(".Outputs."), 0);
	const struct cfn_resource *r = dot == SIZE_MAX ? NULL : cfn_find(s, str_sub(name, 0, dot));
	if (r && r->nested)
		texts_add(t, r->nested,
			  named(r->nested, r->nested->outputs,
				str_sub(name, dot + strlen(".Outputs."), name.n)));
}

/* What stands between the braces of each `${…}`: a variable of a service, or a parameter. */
static void add_variables(struct texts *t, struct cfn_stack *s, str text)
{
	size_t at = 0, end;
	while ((at = str_find(text, S("${"), at)) != SIZE_MAX &&
	       (end = str_find(text, S("}"), at)) != SIZE_MAX) {
		str name = str_sub(text, at + 2, end);
		at = end;
		if (str_starts(name, S("self:")))
			texts_add(t, s, cfn_self_node(s, str_sub(name, 5, name.n)));
		add_parameter(t, s, name);
		add_output(t, s, name);
	}
}

static void add_call(struct texts *t, struct cfn_stack *s, const struct cfn_call *call)
{
	str name;
	if (str_eq(call->function, S("Ref")) && cfn_scalar(s->cfn, call->arg, &name))
		add_parameter(t, s, name);
	else if (str_eq(call->function, S("GetAtt")) && cfn_getatt(s->cfn, call, &name))
		add_output(t, s, name);
	else if (str_eq(call->function, S("FindInMap")) && call->arg->first &&
		 cfn_scalar(s->cfn, call->arg->first, &name))
		texts_add(t, s, named(s, s->mappings, name));
}

static void add_references(struct texts *t, struct cfn_stack *s, const struct node *root)
{
	struct cfn_call call;
	for (const struct node *n = root; n; n = node_after(n, root)) {
		const struct node *to = cfn_follow(s->cfn, n);
		if (to != n)
			texts_add(t, s, to);
		else if (cfn_is_call(s->cfn, n, &call))
			add_call(t, s, &call);
		if (n->kind == NODE_STRING)
			add_variables(t, s, node_source(n));
	}
}

/* Adds the node and what it leads to; what was there before is not looked at again. */
static void close_over(struct texts *t, struct cfn_stack *s, const struct node *n)
{
	size_t i = t->n;
	texts_add(t, s, n);
	for (; i < t->n; i++)
		add_references(t, t->v[i].where, t->v[i].node);
}

/* ---- what is no part of the model ---- */

/* Properties that are read as policies, or as who has which. */
static bool is_read(const struct cfn_resource *r, str property)
{
	static const struct {
		const char *type, *property;
	} read[] = {
		{ "AWS::IAM::ManagedPolicy", "PolicyDocument" },
		{ "AWS::IAM::Policy", "PolicyDocument" },
		{ "AWS::IAM::RolePolicy", "PolicyDocument" },
		{ "AWS::IAM::UserPolicy", "PolicyDocument" },
		{ "AWS::IAM::GroupPolicy", "PolicyDocument" },
		{ "AWS::IAM::", "Policies" },
		{ "AWS::IAM::", "ManagedPolicyArns" },
		{ "AWS::IAM::", "Roles" },
		{ "AWS::IAM::", "Users" },
		{ "AWS::IAM::", "Groups" },
		{ "AWS::KMS::", "KeyPolicy" },
		{ "AWS::Serverless::", "Policies" },
	};
	for (size_t i = 0; i < sizeof(read) / sizeof(*read); i++)
		if (str_starts(r->type, str_from(read[i].type)) &&
		    str_eq(property, str_from(read[i].property)))
			return true;
	return r->nested && str_eq(property, S("Parameters")); /* they are followed from there */
}

/* Something with a text; `id` tells it from all others of the stack. */
struct bystander {
	str id, name;
	const struct node *node;
};

struct bystanders {
	struct bystander *v;
	size_t n, cap;
	struct cfn_stack *stack;
	struct map names; /* how many there are of each */
};

/* Of equal keys, however many, each has its number. */
static void add(struct bystanders *out, str of, str key, const struct node *n)
{
	struct arena *a = out->stack->model->arena;
	struct bystander b = { .name = STR_CAT(a, of, S("."), key), .node = n };
	size_t *count = map_find(&out->names, b.name);
	if (!count) {
		count = ARENA_NEW(a, size_t);
		map_put(&out->names, a, b.name, count);
	}
	b.id = str_fmt(a, "%zu %.*s", ++*count, STR_ARG(b.name));
	VEC_PUSH(a, out, b);
}

/* The pairs of the map but for those. */
static void add_pairs(struct bystanders *out, const char *const *except, const struct node *map,
		      str name)
{
	struct arena *a = out->stack->model->arena;
	str key;
	for (const struct node *p = map && map->kind == NODE_MAP ? map->first : NULL; p;
	     p = p->next) {
		bool known = !pair_key(p, a, &key);
		for (size_t i = 0; !known && except && except[i]; i++)
			known = str_eq(key, str_from(except[i]));
		if (!known)
			add(out, name, key, p->last);
	}
}

static void add_resource(struct bystanders *out, const struct cfn_resource *r)
{
	static const char *const beside[] = { "Properties", "DependsOn", "Metadata", NULL };
	struct arena *a = out->stack->model->arena;
	str key;
	add_pairs(out, beside, r->body, r->name);
	for (const struct node *p = r->properties ? r->properties->first : NULL; p; p = p->next) {
		bool known = !pair_key(p, a, &key) || is_read(r, key);
		if (!known)
			add(out, STR_CAT(a, r->name, S(".Properties")), key, p->last);
	}
}

/* What functions of a service are given, but for their statements. */
static void add_service(struct bystanders *out)
{
	static const char *const policies[] = { "iam", "iamRoleStatements", "iamManagedPolicies",
						NULL };
	struct cfn_stack *s = out->stack;
	str key;
	add_pairs(out, policies, cfn_get(s->cfn, s->of->root, "provider"), S("provider"));
	const struct node *functions = cfn_get(s->cfn, s->of->root, "functions");
	for (const struct node *p = functions ? functions->first : NULL; p; p = p->next)
		if (p->kind == NODE_PAIR && pair_key(p, s->model->arena, &key))
			add_pairs(out, policies, cfn_follow(s->cfn, p->last), key);
}

static struct bystanders bystanders_of(struct cfn_stack *s)
{
	struct bystanders out = { .stack = s };
	for (size_t i = 0; i < s->resources.n; i++)
		add_resource(&out, s->resources.v[i]);
	if (!s->parent)
		add_pairs(&out, NULL, s->outputs, S("Outputs"));
	if (s->of->kind == CFN_SERVERLESS)
		add_service(&out);
	return out;
}

/* ---- comparing ---- */

/* The same for both models, however many aliases were followed to make them; nothing is used up
 * for whoever plans with the model afterwards. */
static void close_over_afresh(struct texts *t, struct cfn_stack *s, const struct node *n)
{
	struct cfn *c = s->cfn;
	size_t aliases = c->aliases, repeats = c->repeats;
	c->aliases = c->repeats = 0;
	close_over(t, s, n);
	c->aliases = aliases;
	c->repeats = repeats;
}

/* Those that came last say the same, and lead to the same ones of all. */
static bool say_the_same(const struct texts *x, const struct texts *y, size_t from, size_t step)
{
	struct buf one = { 0 }, other = { 0 };
	bool same = x->steps.n == y->steps.n;
	for (size_t i = step; same && i < x->steps.n; i++)
		same = x->steps.v[i] == y->steps.v[i];
	texts_say(&one, x, from);
	texts_say(&other, y, from);
	same &= str_eq(buf_str(&one), buf_str(&other));
	buf_free(&one);
	buf_free(&other);
	return same;
}

/* What one of them leads to is the same for the next. */
static str compare(struct cfn_stack *x, struct cfn_stack *y, struct arena *a)
{
	struct bystanders before = bystanders_of(x), after = bystanders_of(y);
	struct texts was = { .arena = a }, is = { .arena = a };
	struct map now = { 0 };
	for (size_t i = 0; i < after.n; i++)
		map_put(&now, a, after.v[i].id, &after.v[i]);
	for (size_t i = 0; i < before.n; i++) {
		const struct bystander *b = &before.v[i], *twin = map_find(&now, b->id);
		size_t from = was.n, step = was.steps.n;
		if (!twin)
			continue;
		close_over_afresh(&was, x, b->node);
		close_over_afresh(&is, y, twin->node);
		if (!say_the_same(&was, &is, from, step))
			return str_fmt(a, "'%.*s' in '%.*s'", STR_ARG(b->name),
				       STR_ARG(x->of->file->path));
	}
	return S("");
}

/* Some file of the unit may be another one. */
static bool is_touched(const struct cfn_stack *top, const struct map *touched)
{
	return top->of->kind == CFN_SERVERLESS || map_find_at(touched, top);
}

static bool find_touched(struct map *out, const struct model *x, const struct model *y,
			 struct arena *a)
{
	bool any = false;
	for (size_t i = 0; i < x->files->n && !any; i++)
		any = bystander_differs(&x->files->files[i],
					fileset_find(y->files, x->files->files[i].path));
	for (size_t i = 0; any && i < x->cloudformation->stacks.n; i++) {
		struct cfn_stack *s = x->cloudformation->stacks.v[i];
		if (bystander_differs(s->of->file, fileset_find(y->files, s->of->file->path)))
			map_put_at(out, a, s->top, s);
	}
	return any;
}

str cfn_bystander(const struct model *before, const struct model *after, struct arena *a)
{
	struct map touched = { 0 };
	bool any = find_touched(&touched, before, after, a);
	str found = S("");
	for (size_t i = 0; any && !found.n && i < before->cloudformation->stacks.n; i++) {
		struct cfn_stack *s = before->cloudformation->stacks.v[i];
		struct cfn_stack *twin = map_find(&after->cloudformation->scopes, s->scope->id);
		if (twin && is_touched(s->top, &touched))
			found = compare(s, twin, a);
	}
	return found;
}
