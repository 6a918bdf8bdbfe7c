/* SPDX-License-Identifier: MIT */
/*
 * What refers to what in a template: Ref, GetAtt, Sub and DependsOn [12.8]. Every part of a model
 * asks that of the same nodes, and so does every model of an unchanged file: the references of a
 * template are noted once, in the order of their bytes, and those in a node are a range of them.
 * (A thirteenth of a run on many templates went by in walking.)
 */
#include "cfn.h"

#include "kmsfix/parsed.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

struct walk {
	struct cfn_stack *s;
	struct cfn *c;
	cfn_visit *visit;
	void *ctx;
	size_t depth;
	struct map seen; /* what variables of a service stand for */
};

static void say(struct walk *w, str source, const struct node *at)
{
	if (source.n && !str_starts(source, S("AWS::")))
		w->visit(w->ctx, str_sub(source, 0, str_find(source, S("."), 0)), at);
}

static bool is_variable(struct walk *w, const struct node *map, str name)
{
	return map && cfn_pair(w->c, map, str_z(w->c->model->arena, name)) != NULL;
}

static void walk_sub(struct walk *w, const struct node *n, const struct cfn_call *call)
{
	const struct node *text = call->arg, *map = NULL;
	struct node *parts;
	struct syntax_error e;
	if (text->kind == NODE_SEQ) {
		map = cfn_follow(w->c, text->last);
		text = cfn_follow(w->c, text->first);
	}
	if (!text || text->kind != NODE_STRING ||
	    !sub_template(&parts, text, w->c->model->arena, &e))
		return;
	for (const struct node *p = parts->first; p; p = p->next)
		if (p->kind == NODE_INTERP && !is_variable(w, map, p->name))
			say(w, p->name, n);
}

static void walk_depends(struct walk *w, const struct node *n)
{
	str name;
	if (cfn_scalar(w->c, n, &name))
		say(w, name, n);
	for (const struct node *c = n->kind == NODE_SEQ ? n->first : NULL; c; c = c->next)
		if (cfn_scalar(w->c, c, &name))
			say(w, name, c);
}

void cfn_depends(struct cfn_stack *s, const struct node *body, cfn_visit *visit, void *ctx)
{
	struct walk w = { .s = s, .c = s->cfn, .visit = visit, .ctx = ctx };
	const struct node *depends = cfn_get(s->cfn, body, "DependsOn");
	if (depends)
		walk_depends(&w, depends);
}

static void walk(struct walk *w, const struct node *n);

/* What the variables of a service in the text refer to. */
static void walk_variables(struct walk *w, const struct node *n)
{
	str text = node_decoded(n);
	for (size_t at = str_find(text, S("${self:"), 0), end; at != SIZE_MAX;
	     at = str_find(text, S("${self:"), end)) {
		end = str_find(text, S("}"), at);
		if (end == SIZE_MAX)
			return;
		const struct node *to = cfn_self_node(w->s, str_sub(text, at + 7, end));
		if (!to || map_find_at(&w->seen, to))
			continue;
		map_put_at(&w->seen, w->s->model->arena, to, w);
		walk(w, to);
	}
}

static void walk(struct walk *w, const struct node *n)
{
	struct cfn_call call;
	str name;
	n = cfn_follow(w->c, n);
	if (w->depth > SYNTAX_MAX_DEPTH)
		return;
	w->depth++;
	if (cfn_is_filled(n))
		walk_variables(w, n);
	if (cfn_is_call(w->c, n, &call)) {
		if (str_eq(call.function, S("Ref")) && cfn_scalar(w->c, call.arg, &name))
			say(w, name, n);
		else if (str_eq(call.function, S("GetAtt")) && cfn_getatt(w->c, &call, &name))
			say(w, name, n);
		else if (str_eq(call.function, S("Sub")))
			walk_sub(w, n, &call);
	}
	for (const struct node *c = n->first; c; c = c->next)
		walk(w, c);
	if (w->s->of->kind == CFN_SERVERLESS && (n = cfn_get(w->c, n, "dependsOn")))
		walk_depends(w, n); /* of a function */
	w->depth--;
}

/* ---- those of a whole template ---- */

struct reference {
	str name;
	const struct node *at;
};

struct references {
	struct reference *v;
	size_t n, cap;
	bool apart; /* what a node refers to is not all in it */
};

struct noting {
	struct references *all;
	struct arena *arena;
};

static void note(void *ctx, str name, const struct node *at)
{
	struct noting *x = ctx;
	struct reference r = { str_dup(x->arena, name), at };
	VEC_PUSH(x->arena, x->all, r);
}

/* An alias, or what a service includes: what it stands for is elsewhere. */
static bool leads_elsewhere(const struct node *root)
{
	if (str_has(root->tree->file->text, S("${file(")))
		return true;
	for (const struct node *n = root; n; n = node_after(n, root))
		if (n->kind == NODE_ALIAS)
			return true;
	return false;
}

/* Of the template that the node is in; they live as long as its tree. */
static const struct references *references_of(struct cfn_stack *s, const struct node *n)
{
	struct parsed *parsed = s->model->parsed;
	const struct node *root = n->tree->root;
	struct references *all = map_find_at(&parsed->references, root);
	if (all)
		return all;
	all = ARENA_NEW(parsed->arena, struct references);
	struct noting x = { all, parsed->arena };
	struct walk w = { .s = s, .c = s->cfn, .visit = note, .ctx = &x };
	all->apart = s->of->kind != CFN_TEMPLATE || root != s->of->root || leads_elsewhere(root);
	if (!all->apart)
		walk(&w, root);
	map_put_at(&parsed->references, parsed->arena, root, all);
	return all;
}

/* The first that is not before the node. */
static size_t first_in(const struct references *all, const struct node *n)
{
	size_t low = 0, high = all->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (all->v[middle].at->start < n->start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void cfn_references(struct cfn_stack *s, const struct node *n, cfn_visit *visit, void *ctx)
{
	struct walk w = { .s = s, .c = s->cfn, .visit = visit, .ctx = ctx };
	const struct references *all = references_of(s, n);
	cfn_depends(s, n, visit, ctx);
	if (all->apart) {
		walk(&w, n);
		return;
	}
	for (size_t i = first_in(all, n); i < all->n && all->v[i].at->start < n->end; i++)
		if (node_is_within(all->v[i].at, n)) /* what is around may begin with it */
			visit(ctx, all->v[i].name, all->v[i].at);
}
