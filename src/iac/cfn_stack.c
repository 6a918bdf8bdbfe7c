/* SPDX-License-Identifier: MIT */
/* Templates to stacks: a template that no other one nests is a unit, nested ones are scopes of it.
 */
#include "cfn.h"

#include "kmsfix/ascii.h"
#include "kmsfix/vec.h"
#include "tf_unread.h"

#define MAX_NESTING 8
#define MAX_STACKS 2000

static const struct node *as_map(struct cfn *c, const struct node *map, const char *key)
{
	const struct node *n = cfn_get(c, map, key);
	return n && n->kind == NODE_MAP ? n : NULL;
}

/* ---- nested stacks ---- */

static bool is_stack(str type)
{
	return str_eq(type, S("AWS::CloudFormation::Stack")) ||
	       str_eq(type, S("AWS::Serverless::Application"));
}

/* The template of the repository that the resource nests, by a local path. */
static struct cfn_template *nested_template(struct cfn *c, const struct cfn_template *t,
					    const struct node *properties)
{
	str url, path;
	const struct node *at = cfn_get(c, properties, "TemplateURL");
	if (!at)
		at = cfn_get(c, properties, "Location");
	if (!cfn_scalar(c, at, &url) || at->name.n || str_has(url, S(":")))
		return NULL;
	return path_join(c->model->arena, path_dir(t->file->path), url, &path) ?
		       map_find(&c->by_path, path) :
		       NULL;
}

static void note_nested(struct cfn *c, const struct cfn_template *t)
{
	const struct node *list = as_map(c, t->root, "Resources");
	str type;
	for (const struct node *p = list ? list->first : NULL; p; p = p->next) {
		struct cfn_template *other;
		if (!cfn_scalar(c, cfn_get(c, p->last, "Type"), &type) || !is_stack(type))
			continue;
		other = nested_template(c, t, cfn_get(c, p->last, "Properties"));
		if (other && other != t)
			other->nested = true;
	}
}

/* ---- resources ---- */

struct cfn_resource *cfn_find(const struct cfn_stack *s, str name)
{
	return map_find(&s->index, name);
}

struct cfn_resource *cfn_resource_of(const struct cfn *c, str text, str *attribute)
{
	str source, local, id;
	struct cfn_stack *s;
	if (!text_is_ref(text, &source))
		return NULL;
	id = ref_scope(source, &local);
	s = map_find(&c->scopes, id);
	size_t dot = str_find(local, S("."), 0);
	*attribute = dot == SIZE_MAX ? S("") : str_sub(local, dot + 1, local.n);
	return s ? cfn_find(s, str_sub(local, 0, dot)) : NULL;
}

bool cfn_is_opaque(const struct cfn_resource *r)
{
	static const char *const types[] = { "Custom::", "AWS::CloudFormation::", "AWS::KMS::",
					     "AWS::SSM::Parameter",
					     "AWS::Serverless::Application" };
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_starts(r->type, str_from(types[i])))
			return true;
	return !str_starts(r->type, S("AWS::"));
}

bool cfn_is_harmless(str type)
{
	static const char *const types[] = { "AWS::IAM::", "AWS::KMS::", "AWS::SSO::",
					     "AWS::Serverless::", "AWS::CloudFormation::" };
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_starts(type, str_from(types[i])))
			return false;
	return str_starts(type, S("AWS::"));
}

/* Letters and digits; anything else CloudFormation refuses, or another program fills in. */
static bool is_logical_id(str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_is_alnum(name.p[i]))
			return false;
	return name.n > 0;
}

struct cfn_resource *cfn_add(struct cfn_stack *s, str name, str type, const struct node *pair)
{
	struct arena *a = s->model->arena;
	struct cfn_resource *r = ARENA_NEW(a, struct cfn_resource);
	str above = s->scope->address;
	if (!is_logical_id(name))
		issue_add(a, &s->unit->issues, s->unit->language->dynamic,
			  "'%.*s' is no logical id of a resource", STR_ARG(name));
	*r = (struct cfn_resource){ .stack = s, .name = name, .type = type, .pair = pair };
	r->address = above.n ? str_fmt(a, "%.*s.%.*s", STR_ARG(above), STR_ARG(name)) : name;
	strs_add_all(a, &r->guards, &s->guards);
	VEC_PUSH(a, &s->resources, r);
	map_put(&s->index, a, name, r);
	return r;
}

static void set_body(struct cfn_resource *r, const struct node *body)
{
	r->body = body;
	r->properties = as_map(r->stack->cfn, body, "Properties");
}

/* Nothing is made of it, but CloudFormation reads what it refers to all the same. */
static void add_absent(struct cfn_stack *s, str name, const struct node *pair)
{
	struct cfn_resource *r = ARENA_NEW(s->model->arena, struct cfn_resource);
	*r = (struct cfn_resource){ .stack = s, .name = name, .address = name, .pair = pair };
	set_body(r, cfn_follow(s->cfn, pair->last));
	VEC_PUSH(s->model->arena, &s->absent, r);
}

static void read_resource(struct cfn_stack *s, const struct node *pair)
{
	struct cfn *c = s->cfn;
	str name, type, condition;
	const struct node *body = cfn_follow(c, pair->last), *when;
	struct cfn_condition exists = { .known = 1 };
	if (!pair_key(pair, s->model->arena, &name))
		return;
	bool told = body->kind == NODE_MAP && !cfn_find(s, name) &&
		    cfn_scalar(c, cfn_get(c, body, "Type"), &type);
	when = told ? cfn_get(c, body, "Condition") : NULL;
	if (when && cfn_scalar(c, when, &condition))
		exists = cfn_named_condition(s, condition);
	if (!told || !exists.known) {
		add_absent(s, name, pair);
		return;
	}
	struct cfn_resource *r = cfn_add(s, name, type, pair);
	set_body(r, body);
	strs_add_all(s->model->arena, &r->guards, &exists.all);
}

static void read_resources(struct cfn_stack *s, const struct node *map)
{
	for (const struct node *p = map ? map->first : NULL; p; p = p->next) {
		if (!cfn_is_merge(p)) {
			read_resource(s, p);
			continue;
		}
		issue_add(s->model->arena, &s->unit->issues, s->unit->language->dynamic,
			  "'%.*s' merges resources of elsewhere", STR_ARG(s->of->file->path));
	}
}

/* ---- stacks ---- */

static struct cfn_stack *stack_new(struct cfn *c, struct cfn_template *t,
				   struct cfn_resource *call);

static void expand_nested(struct cfn_stack *s)
{
	size_t depth = 0;
	for (const struct cfn_stack *up = s; up; up = up->parent)
		depth++;
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_resource *r = s->resources.v[i];
		struct cfn_template *t = is_stack(r->type) ?
						 nested_template(s->cfn, s->of, r->properties) :
						 NULL;
		bool again = false;
		for (const struct cfn_stack *up = s; up; up = up->parent)
			again |= up->of == t;
		if (t && !again && t->kind == CFN_TEMPLATE && depth < MAX_NESTING &&
		    s->cfn->stacks.n < MAX_STACKS)
			r->nested = stack_new(s->cfn, t, r);
	}
}

/* Conditions are evaluated, loops are expanded, and intrinsic functions say what is to be said. */
static const struct language languages[] = {
	[CFN_TEMPLATE] = { .dynamic = "CFN-DYNAMIC",
			   .whole = "template",
			   .instead = "as YAML, or as JSON in a literal block scalar",
			   .perhaps = "CONDITIONAL",
			   .owns_policies = true,
			   .carry = cfn_carry,
			   .when = cfn_when,
			   .say = cfn_say,
			   .mentions = cfn_mentions,
			   .wait = &cfn_wait,
			   .detach = cfn_detach },
	[CFN_SERVERLESS] = { .dynamic = "SLS-DYNAMIC",
			     .whole = "service",
			     .instead = "as YAML, or as JSON in a literal block scalar",
			     .perhaps = "CONDITIONAL",
			     .owns_policies = true,
			     .carry = cfn_carry,
			     .when = cfn_when,
			     .say = cfn_say,
			     .mentions = cfn_mentions,
			     .wait = &cfn_wait,
			     .detach = cfn_detach },
};

static void set_scope(struct cfn_stack *s)
{
	struct arena *a = s->model->arena;
	struct scope *scope = ARENA_NEW(a, struct scope);
	s->scope = scope;
	scope->dir = path_dir(s->of->file->path);
	scope->front = s;
	if (s->parent) {
		s->unit = s->parent->unit;
		s->top = s->parent->top;
		scope->parent = s->parent->scope;
		scope->address = s->call->address;
		scope->id = str_fmt(a, "%.*s %.*s", STR_ARG(s->top->scope->id),
				    STR_ARG(scope->address));
	} else {
		s->unit = ARENA_NEW(a, struct unit);
		s->unit->path = scope->id = s->of->file->path;
		s->unit->issues.brief = true;
		s->unit->names = ARENA_NEW(a, struct map);
		s->unit->language = &languages[s->of->kind];
		s->top = s;
		s->unit->configured = cfn_is_given(s);
		VEC_PUSH(a, &s->model->units, s->unit);
	}
	scope->unit = s->unit;
	map_put(&s->cfn->scopes, a, scope->id, s);
}

static void set_account(struct cfn_stack *s)
{
	struct arena *a = s->model->arena;
	str known = config_account_of(s->model->config, s->of->file->path);
	str id = s->top->scope->id;
	s->account = known.n ? str_fmt(a, "#%.*s", STR_ARG(known)) :
			       ref_in_scope(a, id, S("AWS::AccountId"));
	s->region = ref_in_scope(a, id, S("AWS::Region"));
}

/* Parts that say something of one resource are merged, lists of statements element by element. */
static void note_merged(struct cfn_stack *s, const struct node *resources)
{
	struct arena *a = s->model->arena;
	str name;
	for (const struct node *p = resources ? resources->first : NULL; p; p = p->next) {
		const struct cfn_resource *r = pair_key(p, a, &name) ? cfn_find(s, name) : NULL;
		if (r && !cfn_is_harmless(r->type))
			issue_add(a, &s->unit->issues, "SLS-DYNAMIC",
				  "what several parts of 'resources' say of '%.*s' is merged",
				  STR_ARG(name));
	}
}

/* `resources` of the Serverless Framework: a template or a list of parts of it. */
static void read_serverless(struct cfn_stack *s)
{
	const struct node *list = cfn_get(s->cfn, s->of->root, "resources");
	const struct node *one = list;
	if (list && list->kind == NODE_SEQ)
		one = list->first;
	for (; one; one = list->kind == NODE_SEQ ? one->next : NULL) {
		if (!s->conditions)
			s->conditions = as_map(s->cfn, one, "Conditions");
		if (!s->outputs)
			s->outputs = as_map(s->cfn, one, "Outputs");
		if (!s->parameters)
			s->parameters = as_map(s->cfn, one, "Parameters");
		if (!s->mappings)
			s->mappings = as_map(s->cfn, one, "Mappings");
		note_merged(s, as_map(s->cfn, one, "Resources"));
		read_resources(s, as_map(s->cfn, one, "Resources"));
	}
}

/* Which of two equal keys counts is not said anywhere, and the other one would take its place. */
static bool has_duplicate(const struct node *n, struct arena *a)
{
	if (n->kind == NODE_MAP && map_has_duplicate(n, a))
		return true;
	for (const struct node *c = n->first; c; c = c->next)
		if (has_duplicate(c, a))
			return true;
	return false;
}

/* What two equal keys in it may change is neither access nor a key. */
static bool is_harmless(struct cfn *c, const struct node *body)
{
	str type;
	return cfn_scalar(c, cfn_get(c, body, "Type"), &type) && cfn_is_harmless(type) &&
	       !map_has_duplicate(body, c->model->arena);
}

bool cfn_is_ambiguous(struct cfn *c, const struct node *root)
{
	struct arena *a = c->model->arena;
	str key;
	if (root->kind != NODE_MAP || map_has_duplicate(root, a))
		return has_duplicate(root, a);
	for (const struct node *p = root->first; p; p = p->next) {
		bool named = pair_key(p, a, &key);
		if (!named || !str_eq(key, S("Resources")) || p->last->kind != NODE_MAP) {
			if (!(named && str_eq(key, S("Metadata"))) && has_duplicate(p->last, a))
				return true;
			continue;
		}
		if (map_has_duplicate(p->last, a))
			return true;
		for (const struct node *r = p->last->first; r; r = r->next)
			if (has_duplicate(r, a) &&
			    !(r->last->kind == NODE_MAP && is_harmless(c, r->last)))
				return true;
	}
	return false;
}

/* Nothing of the unit is changed: what the file says is not what is applied, or may not be. */
static void hold_unit(struct cfn_stack *s, const struct file *f, const char *what,
		      const char *unlock)
{
	issue_add_unlock(s->model->arena, &s->unit->issues, s->unit->language->dynamic, unlock,
			 "'%.*s' %s", STR_ARG(f->path), what);
}

static void check_files(struct cfn_stack *s)
{
	struct cfn_template *t = s->of;
	if (tf_fills_in(s->model->terraform, t->file->path))
		hold_unit(s, t->file, "is a template only once Terraform has filled it in",
			  "load the template with file(), and give it parameters");
	if (t->made == 1 && cfn_is_ambiguous(s->cfn, t->root))
		VEC_PUSH(s->model->arena, &t->doubled, t->root);
	if (t->doubled.n)
		hold_unit(s, t->doubled.v[0]->tree->file, "has the same key twice in one place",
			  "write each key once");
}

static struct cfn_stack *stack_new(struct cfn *c, struct cfn_template *t, struct cfn_resource *call)
{
	struct cfn_stack *s = ARENA_NEW(c->model->arena, struct cfn_stack);
	*s = (struct cfn_stack){ .cfn = c, .model = c->model, .of = t, .call = call };
	t->made++;
	if (call) {
		s->parent = call->stack;
		s->arguments = as_map(c, call->properties, "Parameters");
		strs_add_all(c->model->arena, &s->guards, &call->guards);
	}
	set_scope(s);
	set_account(s);
	check_files(s);
	VEC_PUSH(c->model->arena, &c->stacks, s);
	if (t->kind == CFN_SERVERLESS) {
		read_serverless(s);
		return s;
	}
	s->parameters = as_map(c, t->root, "Parameters");
	s->mappings = as_map(c, t->root, "Mappings");
	s->conditions = as_map(c, t->root, "Conditions");
	s->outputs = as_map(c, t->root, "Outputs");
	s->globals = as_map(c, t->root, "Globals");
	read_resources(s, as_map(c, t->root, "Resources"));
	expand_nested(s);
	return s;
}

void cfn_expand(struct cfn *c)
{
	for (size_t i = 0; i < c->templates.n; i++)
		note_nested(c, c->templates.v[i]);
	for (size_t i = 0; i < c->templates.n; i++)
		if (!c->templates.v[i]->nested && !c->templates.v[i]->part)
			stack_new(c, c->templates.v[i], NULL);
	for (size_t i = 0; i < c->templates.n; i++) /* those that nest each other */
		if (!c->templates.v[i]->made && !c->templates.v[i]->part)
			stack_new(c, c->templates.v[i], NULL);
}
