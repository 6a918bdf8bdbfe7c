/* SPDX-License-Identifier: MIT */
/*
 * `terraform show -json`: a state has its resources under "values", a plan the ones before it under
 * "prior_state" and the ones after it under "planned_values"; there by module, which nest.
 */
#include <stdio.h>

#include "collect.h"
#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "member.h"

/* One resource that is read, and the path of the attribute that is looked at. */
struct attributes {
	struct collector *c;
	struct facts_resource *r;
	struct buf name;
};

static bool is_true(const struct node *n)
{
	return n && n->kind == NODE_LITERAL && str_eq(n->name, S("true"));
}

/* The part of `sensitive_values` that goes with a child; lists of it may be shorter. */
static const struct node *sensitive_item(const struct node *list, size_t i)
{
	return list && list->kind == NODE_SEQ ? node_child(list, i) : NULL;
}

static void add_value(struct attributes *at, str value)
{
	struct facts_attribute a = { str_dup(at->c->arena, buf_str(&at->name)), value };

	VEC_PUSH(at->c->arena, &at->r->attributes, a);
}

static bool add_scalar(struct attributes *at, const struct node *n)
{
	str text;

	if (n->kind == NODE_NUMBER || (n->kind == NODE_LITERAL && !str_eq(n->name, S("null"))))
		add_value(at, node_source(n));
	/* A text with half a surrogate pair is none. */
	if (n->kind == NODE_STRING && node_text(n, at->c->arena, &text))
		add_value(at, text);
	return n->kind != NODE_MAP && n->kind != NODE_SEQ;
}

static void read_values(struct attributes *at, const struct node *n, const struct node *sensitive);

static void read_child(struct attributes *at, str key, const struct node *n,
		       const struct node *sensitive)
{
	size_t length = at->name.n;

	if (length)
		buf_addc(&at->name, '.');
	buf_add(&at->name, key);
	read_values(at, n, sensitive);
	at->name.n = length;
}

static void read_list(struct attributes *at, const struct node *n, const struct node *sensitive)
{
	const struct node *s = sensitive_item(sensitive, 0);
	size_t i = 0;

	for (const struct node *item = n->first; item; item = item->next, i++) {
		char number[24];

		snprintf(number, sizeof(number), "%zu", i);
		read_child(at, str_from(number), item, s);
		s = s ? s->next : NULL;
	}
}

/* By name: an object may have many members. */
static void index_members(struct collector *c, const struct node *object, struct map *out)
{
	str key;

	for (const struct node *pair = object->first; pair; pair = pair->next) {
		if (pair_key(pair, c->scratch, &key))
			map_put(out, c->scratch, key, pair->last);
	}
}

/* Nesting is bounded by the parser. */
static void read_values(struct attributes *at, const struct node *n, const struct node *sensitive)
{
	struct map marks = { 0 };
	str key;

	if (is_true(sensitive) || add_scalar(at, n))
		return;
	if (n->kind == NODE_SEQ) {
		read_list(at, n, sensitive);
		return;
	}
	if (sensitive && sensitive->kind == NODE_MAP)
		index_members(at->c, sensitive, &marks);
	for (const struct node *pair = n->first; pair; pair = pair->next) {
		if (pair_key(pair, at->c->scratch, &key))
			read_child(at, key, pair->last, map_find(&marks, key));
	}
}

/* The same address twice in one file and time cannot be. */
static bool claim_address(struct collector *c, const struct node *n, const struct facts_resource *r)
{
	str key = str_fmt(c->scratch, "%d %.*s", (int)r->when, STR_ARG(r->address));

	if (map_find(&c->resources, key))
		return collect_fail(c, n->start, "a resource that is here twice");
	map_put(&c->resources, c->scratch, key, c);
	return true;
}

/* Terraform 0.12 has the address within the module, and the instance's index beside it. */
static str full_address(struct collector *c, const struct node *n, str module)
{
	str address = collect_text(c, n, S("address"));
	const struct node *index = member(n, c->scratch, S("index"));

	if (!address.n)
		return address;
	if (index && !str_ends(address, S("]")))
		address = str_fmt(c->arena, "%.*s[%.*s]", STR_ARG(address),
				  STR_ARG(node_source(index)));
	if (module.n && !str_starts(address, module))
		address = str_fmt(c->arena, "%.*s.%.*s", STR_ARG(module), STR_ARG(address));
	return address;
}

static bool read_resource(struct collector *c, const struct node *n, str module,
			  enum facts_when when)
{
	const struct node *values = member_map(n, c->scratch, S("values"));
	struct facts_resource *r = ARENA_NEW(c->arena, struct facts_resource);
	struct attributes at = { .c = c, .r = r };

	/* What is left of an object that a replacement has not deleted yet. */
	if (member(n, c->scratch, S("deposed_key")))
		return true;
	r->when = when;
	r->place = collect_place(c, n);
	r->address = full_address(c, n, module);
	r->data = str_eq(collect_text(c, n, S("mode")), S("data"));
	r->type = collect_text(c, n, S("type"));
	r->name = collect_text(c, n, S("name"));
	r->provider = collect_text(c, n, S("provider_name"));
	if (!r->address.n || !r->type.n)
		return collect_fail(c, n->start, "a resource without address and type");
	if (!claim_address(c, n, r))
		return false;
	if (values)
		read_values(&at, values, member(n, c->scratch, S("sensitive_values")));
	buf_free(&at.name);
	VEC_PUSH(c->arena, &c->facts->resources, r);
	return true;
}

static bool read_module(struct collector *c, const struct node *module, enum facts_when when)
{
	const struct node *resources = member_list(module, c->scratch, S("resources"));
	const struct node *children = member_list(module, c->scratch, S("child_modules"));
	str address = collect_text(c, module, S("address"));

	for (const struct node *n = resources ? resources->first : NULL; n; n = n->next) {
		if (!read_resource(c, n, address, when))
			return false;
	}
	for (const struct node *n = children ? children->first : NULL; n; n = n->next) {
		if (!read_module(c, n, when))
			return false;
	}
	return true;
}

static bool read_root(struct collector *c, const struct node *values, enum facts_when when)
{
	return read_module(c, member_map(values, c->scratch, S("root_module")), when);
}

bool collect_terraform(struct collector *c, const struct node *n)
{
	str version = collect_text(c, n, S("format_version"));
	const struct node *prior = member_map(n, c->scratch, S("prior_state"));

	if (!str_starts(version, S("0.")) && !str_starts(version, S("1.")))
		return collect_fail(c, n->start, "a format_version of Terraform that is not known");
	if (member_true(n, c->scratch, S("errored")))
		strs_add(c->arena, &c->facts->errored, c->file->path);
	return read_root(c, member_map(n, c->scratch, S("values")), FACTS_STATE) &&
	       read_root(c, member_map(prior, c->scratch, S("values")), FACTS_PRIOR) &&
	       read_root(c, member_map(n, c->scratch, S("planned_values")), FACTS_PLANNED);
}
