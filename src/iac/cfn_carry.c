/* SPDX-License-Identifier: MIT */
/*
 * A value of one stack in the words of another stack of its unit: up by outputs to the stack that
 * both ends are nested in, down by parameters. What a template has already is used.
 */
#include "cfn.h"

#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"
#include "kmsfix/limits.h"
#include "kmsfix/vec.h"

static const char *const WHY_UNIT = "it belongs to another template, which does not export it "
				    "under a plain name";
static const char *const WHY_TWICE = "its template is nested in several places";
static const char *const WHY_PLACE = "a template on the way has no place for a parameter or output";
static const char *const WHY_FULL = "a template on the way would have more than the 200 parameters "
				    "or outputs that CloudFormation allows";
static const char *const WHY_DYNAMIC = "a dynamic reference is only written where it stands";
static const char *const WHY_SOMETIMES = "a stack on the way has it only under a condition";

/* One reference on its way. */
struct cfn_trip {
	struct carrier *c;
	struct arena *arena;
	str text, name;       /* canonical; what it is called */
	struct cfn_stack *at; /* where `local` is a name */
	str local;
	const struct strs *guards; /* of what it refers to */
	const char *why;
};

static bool refuse(struct cfn_trip *t, const char *why)
{
	t->why = why;
	return false;
}

static bool is_common(str local)
{
	return str_eq(local, S("AWS::AccountId")) || str_eq(local, S("AWS::Partition")) ||
	       str_eq(local, S("AWS::Region")) || str_eq(local, S("AWS::URLSuffix"));
}

static bool is_above(const struct cfn_stack *up, const struct cfn_stack *s)
{
	for (; s; s = s->parent)
		if (s == up)
			return true;
	return false;
}

/* What it refers to is there whenever the stack is. */
static bool is_there(const struct cfn_trip *t, const struct strs *guards)
{
	for (size_t i = 0; t->guards && i < t->guards->n; i++)
		if (!strs_has(guards, t->guards->v[i]))
			return false;
	return true;
}

/* ---- what is there already ---- */

/* The parameter of the stack that has just this value. */
static bool by_parameter(struct cfn_stack *s, str text, str *out)
{
	str name, value;
	for (const struct node *p = s->arguments ? s->arguments->first : NULL; p; p = p->next)
		if (pair_key(p, s->model->arena, &name) &&
		    cfn_get(s->cfn, s->parameters, str_z(s->model->arena, name)) &&
		    cfn_text(s->parent, p->last, &value) && str_eq(value, text)) {
			*out = name;
			return true;
		}
	return false;
}

/* The output of the stack that has it. */
static bool by_output(struct cfn_stack *s, str text, str *out)
{
	str name, value;
	for (const struct node *p = s->outputs ? s->outputs->first : NULL; p; p = p->next) {
		const struct node *at = cfn_get(s->cfn, p->last, "Value");
		if (!cfn_get(s->cfn, p->last, "Condition") && at &&
		    pair_key(p, s->model->arena, &name) && cfn_text(s, at, &value) &&
		    str_eq(value, text)) {
			*out = name;
			return true;
		}
	}
	return false;
}

/* ---- names ---- */

/* "AppRole.Arn" is AppRoleArn. */
static str as_name(struct arena *a, str source)
{
	struct buf b = { 0 };
	for (size_t i = 0; i < source.n; i++) {
		char c = source.p[i];
		if (ascii_is_alnum(c))
			buf_addc(&b, c);
	}
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

static str key_of(struct cfn_trip *t, const struct cfn_stack *s, const char *kind, str name)
{
	return str_fmt(t->arena, "%.*s>%s|%.*s", STR_ARG(s->of->file->path), kind, STR_ARG(name));
}

/* No parameter, resource or output of the template, nor one that is added. */
static str free_name(struct cfn_trip *t, const struct cfn_stack *s)
{
	static const char *const sections[] = { "Parameters", "Resources", "Outputs" };
	static char there;
	str name = t->name;
	for (size_t i = 2;; i++) {
		bool taken = map_find(&t->c->names, key_of(t, s, "name", name)) != NULL;
		for (size_t k = 0; k < sizeof(sections) / sizeof(*sections); k++)
			taken |= cfn_pair(s->cfn, cfn_get(s->cfn, s->of->root, sections[k]),
					  str_z(t->arena, name)) != NULL;
		if (!taken)
			break;
		name = str_fmt(t->arena, "%.*s%zu", STR_ARG(t->name), i);
	}
	map_put(&t->c->names, t->arena, key_of(t, s, "name", name), &there);
	return name;
}

/* The name under which the template has got the value already; empty at first. */
static str *remembered(struct cfn_trip *t, const struct cfn_stack *s, const char *kind, str value)
{
	str key = key_of(t, s, kind, value);
	str *name = map_find(&t->c->names, key);
	if (!name) {
		name = ARENA_NEW(t->arena, str);
		map_put(&t->c->names, t->arena, key, name);
	}
	return name;
}

/* ---- additions ---- */

/* What is added to the map under that key is one object. */
static struct shape *section_added(struct cfn_trip *t, const struct node *map, const char *section)
{
	for (size_t i = 0; i < t->c->additions.n; i++) {
		const struct addition *add = &t->c->additions.v[i];
		if (add->body == map && str_eq(add->name, str_from(section)))
			return add->shape;
	}
	struct addition add = { .body = map,
				.name = str_from(section),
				.shape = shape_object(t->arena) };
	VEC_PUSH(t->arena, &t->c->additions, add);
	return add.shape;
}

/* The entries of the section, and those that are added to it. */
static size_t entries(const struct cfn_trip *t, const struct node *section)
{
	size_t n = section->kind == NODE_MAP ? node_count(section) : 0;
	for (size_t i = 0; i < t->c->additions.n; i++)
		n += t->c->additions.v[i].body == section;
	return n;
}

/* Adds the entry to the section of the map, with the section when that is missing. */
static bool add_entry(struct cfn_trip *t, struct cfn *c, const struct node *map,
		      const char *section, str name, struct shape *value)
{
	const struct node *pair = cfn_pair(c, map, section);
	size_t n = pair ? entries(t, pair->last) : section_added(t, map, section)->n;
	if (n >= LIMIT_SECTION) {
		t->c->full = true;
		return refuse(t, WHY_FULL);
	}
	struct addition add = { .body = pair ? pair->last : NULL, .name = name, .shape = value };
	if (!pair)
		shape_set(t->arena, section_added(t, map, section), name, value);
	else if (pair->last->kind != NODE_MAP || !pair->last->first)
		return refuse(t, WHY_PLACE);
	else
		VEC_PUSH(t->arena, &t->c->additions, add);
	return true;
}

/* Where most entries of the section are described, the new one is, too. */
static struct shape *new_entry(struct cfn_trip *t, struct cfn_stack *s, const char *section,
			       const char *says)
{
	const struct node *list = cfn_get(s->cfn, s->of->root, section);
	struct shape *entry = shape_object(t->arena);
	size_t all = 0, described = 0;
	for (const struct node *p = list && list->kind == NODE_MAP ? list->first : NULL; p;
	     p = p->next, all++)
		described += cfn_get(s->cfn, p->last, "Description") != NULL;
	if (all && described * 2 >= all)
		shape_set(t->arena, entry, S("Description"), shape_text(t->arena, str_from(says)));
	return entry;
}

static struct shape *local_text(struct cfn_trip *t)
{
	return shape_text(t->arena, ref_text(t->arena, t->local));
}

/* ---- up ---- */

static bool go_up(struct cfn_trip *t)
{
	struct cfn_stack *s = t->at;
	str *name = remembered(t, s, "output", t->local);
	str have;
	if (!is_there(t, &s->guards))
		return refuse(t, WHY_SOMETIMES);
	if (by_output(s, t->text, &have))
		*name = have;
	if (!name->n) {
		struct shape *entry = new_entry(t, s, "Outputs",
						"For the key policies that name "
						"it");
		*name = free_name(t, s);
		shape_set(t->arena, entry, S("Value"), local_text(t));
		if (!add_entry(t, s->cfn, s->of->root, "Outputs", *name, entry))
			return false;
	}
	t->local = str_fmt(t->arena, "%.*s.Outputs.%.*s", STR_ARG(s->call->name), STR_ARG(*name));
	t->at = s->parent;
	return true;
}

/* ---- down ---- */

static bool add_parameter(struct cfn_trip *t, struct cfn_stack *to, str *name)
{
	struct shape *entry = new_entry(t, to, "Parameters", "For the key policy, which names it");
	if (to->of->made != 1)
		return refuse(t, WHY_TWICE);
	*name = free_name(t, to);
	shape_set(t->arena, entry, S("Type"), shape_text(t->arena, S("String")));
	return add_entry(t, to->cfn, to->of->root, "Parameters", *name, entry) &&
	       add_entry(t, to->cfn, to->call->properties, "Parameters", *name, local_text(t));
}

static bool go_down(struct cfn_trip *t, struct cfn_stack *to)
{
	str *name = remembered(t, to, "parameter", t->text);
	str have;
	if (!is_there(t, &to->guards))
		return refuse(t, WHY_SOMETIMES);
	if (by_parameter(to, t->text, &have))
		*name = have;
	if (!name->n && !add_parameter(t, to, name))
		return false;
	t->local = *name;
	t->at = to;
	return true;
}

/* The stack below `up` on the way to `to`. */
static struct cfn_stack *next_below(const struct cfn_stack *up, struct cfn_stack *to)
{
	while (to->parent != up)
		to = to->parent;
	return to;
}

static bool travel(struct cfn_trip *t, struct cfn_stack *to)
{
	if (by_parameter(to, t->text, &t->local))
		return true;
	while (!is_above(t->at, to))
		if (!go_up(t))
			return false;
	while (t->at != to)
		if (!go_down(t, next_below(t->at, to)))
			return false;
	return true;
}

/* What another unit exports: in the same account and Region. */
static bool import(struct cfn_trip *t, const struct cfn_stack *to)
{
	str name;
	if (!t->at || !str_eq(t->at->account, to->account) || !str_eq(t->at->region, to->region) ||
	    !cfn_exported(t->at, t->text, &name))
		return refuse(t, WHY_UNIT);
	t->local = str_fmt(t->arena, TEXT_IMPORT "%.*s", STR_ARG(name));
	return true;
}

static bool carry_one(struct cfn_trip *t, struct cfn_stack *to, str source)
{
	str local, attribute, id = ref_scope(source, &local);
	struct cfn_resource *r;
	t->at = map_find(&to->cfn->scopes, id);
	t->local = local;
	if (str_starts(local, S("{{")))
		return refuse(t, WHY_DYNAMIC);
	if (str_eq(id, to->scope->id) || (t->at && t->at->unit == to->unit && is_common(local)))
		return true;
	t->text = ref_text(t->arena, source);
	if (!t->at || t->at->unit != to->unit)
		return import(t, to);
	t->name = as_name(t->arena, local);
	r = cfn_resource_of(to->cfn, t->text, &attribute);
	t->guards = r ? &r->guards : NULL;
	return travel(t, to);
}

bool cfn_carry(struct carrier *c, str text, const struct scope *to, str *out, const char **why)
{
	struct buf b = { 0 };
	bool ok = true, ref;
	str part;
	c->full = false;
	while (ok && text_next(&text, &part, &ref)) {
		struct cfn_trip t = { .c = c, .arena = c->arena };
		ok = !ref || carry_one(&t, to->front, part);
		if (ok)
			buf_add(&b, ref ? ref_in_scope(c->arena, to->id, t.local) : part);
		else
			*why = t.why;
	}
	if (ok)
		*out = str_dup(c->arena, buf_str(&b));
	buf_free(&b);
	return ok;
}
