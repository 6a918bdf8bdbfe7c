/* SPDX-License-Identifier: MIT */
#include "kmsfix/lower.h"

#include "kmsfix/vec.h"
#include "render.h"

/* The statement as an object with the names of a policy document, and the site's for a condition.
 * */
static struct shape *statement_object(struct arena *a, const struct site *site,
				      const struct shape *statement, const char **why)
{
	struct shape *object = document_shape(a, statement, why);
	for (size_t i = 0; object && i < object->n; i++)
		if (str_eq(object->v[i].key, S("condition")))
			object->v[i].key = str_from(site->condition);
	return object;
}

/* As it is. */
static struct shape *statement_copy(struct arena *a, const struct shape *statement)
{
	struct shape *copy = ARENA_NEW(a, struct shape);
	*copy = *statement;
	return copy;
}

/* The list of statements as an argument of its own, or behind what an expression says. */
static bool add_statements(struct edits *es, const struct change *c, const char **why)
{
	struct shape *list = shape_list(es->arena);
	for (size_t i = 0; i < c->shape_count; i++) {
		const struct shape *s = c->shapes[i];
		struct shape *element = c->site.kind == SITE_BESIDE ?
						statement_copy(es->arena, s) :
						statement_object(es->arena, &c->site, s, why);
		if (!element)
			return false;
		shape_add(es->arena, list, element);
	}
	if (c->site.kind != SITE_ARGUMENT)
		return edit_concat(es, c->site.node, list, why);
	return edit_add_argument(es, c->site.node, str_from(c->site.name), list, why);
}

static bool append_statement(struct edits *es, const struct site *site, const struct shape *shape,
			     const char **why)
{
	if (site->node->tree->dialect == DIALECT_CLOUDFORMATION)
		shape = intrinsic_when(es->arena, shape);
	if (site->kind == SITE_SINGLE)
		return edit_wrap_append(es, site->node, shape, why);
	if (site->kind == SITE_OBJECTS) {
		shape = statement_object(es->arena, site, shape, why);
	} else if (site->kind != SITE_LIST) {
		*why = "there is no place for a statement";
		return false;
	}
	return shape && edit_append_element(es, site->node, shape, why);
}

/* The second statement in the words of its place. */
static bool split_statement(struct edits *es, const struct change *c, const char **why)
{
	const struct node *n = c->nodes[0];
	const struct shape *shape = c->shapes[0];
	if (n->kind == NODE_BLOCK)
		return edit_append_statement_block(es, n->parent, edits_leaves(es, n) ? NULL : n,
						   shape, why);
	if (shape->when.n)
		return append_statement(es, &c->site, shape, why);
	if (c->site.kind == SITE_BLOCKS) /* in JSON syntax */
		shape = document_shape(es->arena, shape, why);
	else if (c->site.kind == SITE_OBJECTS)
		shape = statement_object(es->arena, &c->site, shape, why);
	if (shape && n->parent->kind == NODE_PAIR) /* the only one, without a list */
		return edit_wrap_append(es, n, shape, why);
	return shape && edit_insert_after(es, n, shape, why);
}

static bool append_statements(struct edits *es, const struct change *c, const char **why)
{
	if (c->site.kind == SITE_ARGUMENT || c->site.kind == SITE_CONCAT ||
	    c->site.kind == SITE_BESIDE)
		return add_statements(es, c, why);
	if (c->site.kind == SITE_OWN_DOCUMENT)
		return edit_own_document(es, c->site.node, str_from(c->site.name), c->site.like,
					 c->shapes, c->shape_count, why);
	if (c->site.kind == SITE_BLOCKS)
		return edit_append_statement_blocks(es, c->site.node, c->shapes, c->shape_count,
						    why);
	for (size_t i = 0; i < c->shape_count; i++)
		if (!append_statement(es, &c->site, c->shapes[i], why))
			return false;
	return true;
}

static bool add_principals(struct edits *es, const struct change *c, const char **why)
{
	const struct node *n = c->nodes[0];
	for (size_t i = 0; i < c->shape_count; i++)
		if (!edit_append_to(es, n, c->shapes[i], why))
			return false;
	return true;
}

static str policy_argument(const struct node *body)
{
	return body->tree->dialect == DIALECT_CLOUDFORMATION ? S("KeyPolicy") : S("policy");
}

/* A reference in HCL, a name in CloudFormation. */
static struct shape *waited_for(struct arena *a, const struct node *body, str name)
{
	return body->kind == NODE_BODY ? shape_expression(a, name) : shape_text(a, name);
}

/* The name in place of another one; of one that stands alone, all of them. */
static bool wait_instead(struct edits *es, const struct change *c, size_t i, const char **why)
{
	const struct node *old = c->nodes[2 + i];
	struct strs one = { .v = &c->strings.v[i], .n = 1 };
	if (c->nodes[0]->kind != NODE_BODY)
		return edit_replace_strings(es, old, old == c->nodes[1] ? &c->strings : &one, why);
	edits_add(es, old->tree->file, old->start, old->end, c->strings.v[i]);
	return true;
}

static bool add_waits(struct edits *es, const struct change *c, const char **why)
{
	const struct node *body = c->nodes[0], *now = c->nodes[1];
	struct shape *list = shape_list(es->arena);
	for (size_t i = 0; i < c->strings.n; i++) {
		struct shape *one = waited_for(es->arena, body, c->strings.v[i]);
		shape_add(es->arena, list, one);
		if (2 + i < c->n ? !wait_instead(es, c, i, why) :
				   now && !edit_append_to(es, now, one, why))
			return false;
		if (2 + i < c->n && c->nodes[2 + i] == now)
			return true;
	}
	if (now)
		return true;
	if (body->kind == NODE_BODY)
		return edit_append_argument(es, body, c->text, list, why);
	bool single = list->n == 1 && body->tree->dialect == DIALECT_CLOUDFORMATION;
	return edit_insert_pair_after(es, body->first, c->text, single ? list->v[0].value : list,
				      why);
}

/* The document with its statements as CloudFormation says that they are there at times only. */
static struct shape *document_with_conditions(struct arena *a, const struct shape *document)
{
	struct shape *out = shape_object(a), *list = shape_list(a);
	const struct shape *statements = shape_get(document, S("Statement"));
	for (size_t i = 0; i < statements->n; i++) {
		struct shape *copy = ARENA_NEW(a, struct shape);
		*copy = *intrinsic_when(a, statements->v[i].value);
		shape_add(a, list, copy);
	}
	for (size_t i = 0; i < document->n; i++)
		shape_set(a, out, document->v[i].key,
			  document->v[i].value == statements ? list : document->v[i].value);
	return out;
}

static bool set_policy(struct edits *es, const struct change *c, const char **why)
{
	const struct node *n = c->nodes[0];
	str name = c->strings.n ? c->strings.v[0] : policy_argument(n);
	struct shape *outer = shape_object(es->arena), *inner = ARENA_NEW(es->arena, struct shape);
	*inner = *c->shapes[0];
	if (n->tree->dialect == DIALECT_CLOUDFORMATION)
		inner = document_with_conditions(es->arena, inner);
	if (n->kind == NODE_LITERAL || n->kind == NODE_STRING)
		return edit_set_policy_text(es, n, inner, why);
	if (!c->text.n)
		return edit_add_policy_argument(es, n, name, inner, why);
	shape_set(es->arena, outer, name, inner);
	return edit_add_pair(es, n, c->text, outer, why);
}

static bool lower(struct edits *es, const struct change *c, const char **why)
{
	const struct node *n = c->n ? c->nodes[0] : NULL;
	switch (c->kind) {
	case CHANGE_REFUSED:
		*why = c->why;
		return false;
	case CHANGE_DROP_ELEMENTS:
		return edit_remove_children(es, c->nodes, c->n, why);
	case CHANGE_REPLACE_ELEMENT:
		return edit_replace_strings(es, n, &c->strings, why);
	case CHANGE_SPLIT_STATEMENT:
		return split_statement(es, c, why);
	case CHANGE_APPEND_STATEMENTS:
		return append_statements(es, c, why);
	case CHANGE_ADD_PRINCIPALS:
		return add_principals(es, c, why);
	case CHANGE_SET_POLICY:
		return set_policy(es, c, why);
	case CHANGE_ADD_ARGUMENT:
		return edit_add_argument(es, n, c->text, c->shapes[0], why);
	case CHANGE_DROP_STATEMENT:
	case CHANGE_DROP_BLOCK:
		return edit_remove_block(es, n, why);
	case CHANGE_EMPTY_BLOCK:
		edits_add(es, n->tree->file, n->body, n->body_end, S("{}"));
		return true;
	case CHANGE_ADD_RESOURCE:
		return edit_add_resource(es, n, c->nodes[1], c->strings.v[0], c->strings.v[1],
					 c->shapes[0], why);
	case CHANGE_WAIT:
		return add_waits(es, c, why);
	case CHANGE_TAKE_OUT:
		return edit_take_out(es, n, why);
	case CHANGE_ADD_BLOCKS:
		return edit_insert_blocks_after(es, n, c->text, why);
	}
	return false;
}

/* What is to change has no other readers, through symbolic links. */
static bool has_one_path(const struct edits *es, size_t from, const char **why)
{
	for (size_t i = from; i < es->n; i++)
		if (es->v[i].file->linked) {
			*why = str_fmt(es->arena,
				       "'%.*s' is a symbolic link, or one leads to it, so "
				       "what it says has other readers",
				       STR_ARG(es->v[i].file->path))
				       .p;
			return false;
		}
	return true;
}

/* ---- what goes from one list, by several changes ---- */

struct leaving {
	struct {
		const struct node **v;
		size_t n, cap;
	} nodes;
	struct {
		size_t *v;
		size_t n, cap;
	} changes;
};

static const struct node *list_of(const struct change *c)
{
	bool drops = c->kind == CHANGE_DROP_ELEMENTS || c->kind == CHANGE_DROP_STATEMENT ||
		     c->kind == CHANGE_DROP_BLOCK;
	return drops && c->n && c->nodes[0]->kind != NODE_BLOCK ? c->nodes[0]->parent : NULL;
}

static void add_leaving(struct map *lists, struct arena *a, const struct plan *plan, size_t at)
{
	const struct change *c = &plan->changes.v[at];
	const struct node *list = list_of(c);
	if (!list || list->tree->file->linked)
		return;
	struct leaving *l = map_find_at(lists, list);
	if (!l) {
		l = ARENA_NEW(a, struct leaving);
		map_put_at(lists, a, list, l);
	}
	for (size_t i = 0; i < c->n; i++)
		VEC_PUSH(a, &l->nodes, c->nodes[i]);
	VEC_PUSH(a, &l->changes, at);
}

/*
 * Removes at once what several changes take out of one list, since each more does all of them anew.
 * Returns which changes are made then; where it does not work, each says why for itself.
 */
static bool *lower_together(struct edits *out, const struct plan *plan)
{
	struct arena *a = out->arena;
	struct map lists = { 0 };
	bool *made = arena_array(a, plan->changes.n, sizeof(*made));
	const char *why;
	for (size_t i = 0; i < plan->changes.n; i++)
		add_leaving(&lists, a, plan, i);
	for (size_t i = 0; i < plan->changes.n; i++) {
		const struct node *list = list_of(&plan->changes.v[i]);
		const struct leaving *l = list ? map_find_at(&lists, list) : NULL;
		if (!l || l->changes.v[0] != i || l->changes.n == 1 ||
		    !edit_remove_children(out, l->nodes.v, l->nodes.n, &why))
			continue;
		for (size_t k = 0; k < l->changes.n; k++)
			made[l->changes.v[k]] = true;
	}
	return made;
}

bool plan_lower(struct edits *out, const struct plan *plan, struct plan_options *options)
{
	bool ok = true;
	for (size_t i = 0; i < plan->changes.n; i++)
		if (plan->changes.v[i].kind == CHANGE_DROP_STATEMENT)
			edits_note_leaving(out, plan->changes.v[i].nodes[0]);
	const bool *made = lower_together(out, plan);
	for (size_t i = 0; i < plan->changes.n; i++) {
		const struct change *c = &plan->changes.v[i];
		const char *why = "", *code = c->code ? c->code : "TF-DYNAMIC";
		size_t before = out->n;
		bool lowered = made[i] || lower(out, c, &why);
		if (lowered && has_one_path(out, before, &why))
			continue;
		ok = false;
		if (lowered)
			code = "SHARED-TEXT";
		for (size_t k = 0; k < c->owners.n; k++)
			plan_hold(options, c->owners.v[k],
				  (struct issue){ code, str_from(why), NULL }, out->arena);
	}
	return ok;
}

bool plan_lower_grants(struct edits *out, const struct plan *plan)
{
	const char *why;
	for (size_t i = 0; i < plan->changes.n; i++)
		if (plan->changes.v[i].grants && !lower(out, &plan->changes.v[i], &why))
			return false;
	return true;
}
