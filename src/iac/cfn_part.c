/* SPDX-License-Identifier: MIT */
/*
 * A template that is only a part of what is applied: a script joins it with others, or a macro
 * completes it [12.13]. What else has its policies, and what depends on what, cannot be told then.
 */
#include "cfn.h"

#include "kmsfix/vec.h"

/* ---- names ---- */

/* What SAM, a module and the macros of AWS make begins with the name of what it is made for. */
static bool is_made(const struct cfn_stack *s, str name)
{
	if (str_starts(name, S("Serverless")) || str_eq(name, S("CodeDeployServiceRole")))
		return true;
	for (size_t i = 0; i < s->resources.n; i++) {
		const struct cfn_resource *r = s->resources.v[i];
		if (str_starts(name, r->name) && (str_starts(r->type, S("AWS::Serverless::")) ||
						  str_ends(r->type, S("::MODULE"))))
			return true;
	}
	return false;
}

static bool is_declared(const struct cfn_stack *s, str name)
{
	struct cfn *c = s->cfn;
	const char *z = str_z(s->model->arena, name);
	return str_has(name, S(":")) || cfn_find(s, name) || cfn_pair(c, s->parameters, z) ||
	       cfn_pair(c, cfn_get(c, s->of->root, "Resources"), z) || is_made(s, name);
}

/* The names of a stack that were looked for. */
struct part_search {
	struct cfn_stack *s;
	struct map seen;
};

static void check_name(void *ctx, str name, const struct node *at)
{
	struct part_search *x = ctx;
	struct cfn_stack *s = x->s;
	(void)at;
	if (!name.n || map_find(&x->seen, name))
		return;
	map_put(&x->seen, s->model->arena, name, s);
	if (is_declared(s, name))
		return;
	map_put(&s->cfn->missing, s->model->arena, name, s);
	if (!s->missing.n)
		s->missing = name;
}

/* ---- loops, macros and parts of other places ---- */

/* Who has a policy that a loop names is not known. */
static void note_loop(void *ctx, str name, const struct node *at)
{
	struct cfn_stack *s = ((struct part_search *)ctx)->s;
	struct cfn_resource *r = cfn_find(s, name);
	(void)at;
	if (r && r->policy)
		issue_add(s->model->arena, &r->policy->issues, "ATTACH-UNKNOWN",
			  "a loop refers to '%.*s', so who has it is not known",
			  STR_ARG(r->address));
}

/* Of a map: a function or a macro makes some of what is in it. */
static bool is_made_up(struct cfn_stack *s, const struct node *map)
{
	str key;
	for (const struct node *p = map ? map->first : NULL; p; p = p->next)
		if (pair_key(p, s->model->arena, &key) && str_starts(key, S("Fn::")))
			return true;
	return false;
}

/* A key policy, users that a policy has: anything may be among what is not there to be read. */
static void check_members(struct cfn_stack *s)
{
	for (size_t i = 0; i < s->resources.n; i++) {
		const struct cfn_resource *r = s->resources.v[i];
		if (!cfn_is_harmless(r->type) &&
		    (is_made_up(s, r->body) || is_made_up(s, r->properties)))
			issue_add(s->model->arena, &s->unit->issues, s->unit->language->dynamic,
				  "a loop or transform makes members of '%.*s'",
				  STR_ARG(r->address));
	}
}

static void check_resources(struct cfn_stack *s)
{
	struct cfn *c = s->cfn;
	const struct node *list = cfn_get(c, s->of->root, "Resources");
	struct part_search x = { .s = s };
	str key;
	for (const struct node *p = list ? list->first : NULL; p; p = p->next) {
		if (!pair_key(p, s->model->arena, &key))
			continue;
		if (str_eq(key, S("Fn::Transform")))
			issue_add(s->model->arena, &s->unit->issues, "CFN-DYNAMIC",
				  "a transform adds resources to '%.*s'",
				  STR_ARG(s->of->file->path));
		cfn_references(s, p->last,
			       str_starts(key, S("Fn::ForEach")) ? note_loop : check_name, &x);
	}
	if (s->outputs)
		cfn_references(s, s->outputs, check_name, &x);
}

/* The macros of AWS that leave what they do not know as it is. */
static bool is_known_macro(str name)
{
	static const char *const known[] = {
		"AWS::Serverless-",     "AWS::LanguageExtensions", "AWS::CodeDeployBlueGreen",
		"AWS::SecretsManager-", "AWS::ServiceCatalog",     "AWS::CodeStar",
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_starts(name, str_from(known[i])))
			return true;
	return false;
}

static void check_macro(struct cfn_stack *s, const struct node *n)
{
	str name;
	if (cfn_scalar(s->cfn, n, &name) && is_known_macro(name))
		return;
	issue_add(s->model->arena, &s->unit->issues, "CFN-DYNAMIC",
		  "the macro '%.*s' may change all of '%.*s'", STR_ARG(str_trim(node_source(n))),
		  STR_ARG(s->of->file->path));
}

/* A part that refers to a policy of another file may be of the same template. */
void cfn_shared_parts(struct cfn_stack *s)
{
	for (size_t i = 0; s->cfn->missing.n && i < s->resources.n; i++) {
		const struct cfn_resource *r = s->resources.v[i];
		const struct cfn_stack *part = r->policy ? map_find(&s->cfn->missing, r->name) :
							   NULL;
		if (part)
			issue_add(s->model->arena, &r->policy->issues, "ATTACH-UNKNOWN",
				  "'%.*s' refers to a '%.*s' that it does not declare",
				  STR_ARG(part->of->file->path), STR_ARG(r->name));
	}
}

void cfn_parts(struct cfn_stack *s)
{
	const struct node *macros = cfn_get(s->cfn, s->of->root, "Transform");
	check_members(s);
	if (s->of->kind != CFN_TEMPLATE)
		return;
	if (macros && macros->kind != NODE_SEQ)
		check_macro(s, macros);
	for (const struct node *n = macros && macros->kind == NODE_SEQ ? macros->first : NULL; n;
	     n = n->next)
		check_macro(s, n);
	check_resources(s);
	if (s->missing.n)
		issue_add_unlock(s->model->arena, &s->unit->issues, "CFN-DYNAMIC",
				 "declare there what it refers to, or give it as a parameter",
				 "'%.*s' refers to '%.*s', which it does not declare: it is only a "
				 "part of a template",
				 STR_ARG(s->of->file->path), STR_ARG(s->missing));
}
