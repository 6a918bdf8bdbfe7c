/* SPDX-License-Identifier: MIT */
/*
 * What an expression that is not known speaks of: the locals, the defaults and arguments of
 * variables and the outputs it refers to, and those they refer to. `local.actions[var.level]` is
 * not known, but what it may be is written somewhere.
 */
#include "tf.h"

/* Expressions that are looked at for one; real code has a dozen. */
#define MAX_MENTIONS 200

struct mentions {
	void (*visit)(void *ctx, const struct node *n);
	void *ctx;
	size_t seen;
};

static void walk(struct mentions *m, struct tf_module *mod, const struct node *n, size_t hops);

static void enter(struct mentions *m, struct tf_module *mod, const struct node *n, size_t hops)
{
	if (!n || hops >= TF_MAX_HOPS || m->seen >= MAX_MENTIONS)
		return;
	m->seen++;
	m->visit(m->ctx, n);
	walk(m, mod, n, hops + 1);
}

static void enter_variable(struct mentions *m, struct tf_block *b, size_t hops)
{
	struct arena *a = b->module->model->arena;
	const struct tf_block *call = b->module->call;
	const struct node *argument = call ? tf_attr(call->body, b->name, a) : NULL;
	if (argument)
		enter(m, call->module, argument, hops);
	else if (b->body)
		enter(m, b->module, tf_attr(b->body, S("default"), a), hops);
	if (b->body) /* the defaults of optional attributes */
		enter(m, b->module, tf_attr(b->body, S("type"), a), hops);
}

static void enter_output(struct mentions *m, const struct tf_block *call, str rest, size_t hops)
{
	struct arena *a = call->module->model->arena;
	if (!call->callees.n)
		return;
	struct tf_module *callee = call->callees.v[0];
	struct tf_block *output = tf_find(callee, STR_CAT(a, S("output."), tf_output_name(rest)));
	if (output && output->body)
		enter(m, callee, tf_attr(output->body, S("value"), a), hops);
}

static void follow(struct mentions *m, struct tf_module *mod, const struct node *n, size_t hops)
{
	str address, rest;
	struct tf_block *b = NULL;
	if (tf_traversal(NULL, n, mod->model->arena, &address, &rest))
		b = tf_find(mod, address);
	if (!b)
		return;
	if (str_eq(b->type, S("local")))
		enter(m, mod, b->expr, hops);
	else if (str_eq(b->type, S("variable")))
		enter_variable(m, b, hops);
	else if (str_eq(b->type, S("module")))
		enter_output(m, b, rest, hops);
}

/* Depth is bounded by the parser's limit. */
static void walk(struct mentions *m, struct tf_module *mod, const struct node *n, size_t hops)
{
	bool step = n->kind == NODE_GETATTR || n->kind == NODE_INDEX || n->kind == NODE_SPLAT;
	bool inner = n->parent && n->parent->first == n &&
		     (n->parent->kind == NODE_GETATTR || n->parent->kind == NODE_INDEX ||
		      n->parent->kind == NODE_SPLAT);
	if (step && !inner)
		follow(m, mod, n, hops);
	for (const struct node *c = n->first; c; c = c->next)
		walk(m, mod, c, hops);
}

void tf_mentions(const struct scope *scope, const struct node *n,
		 void (*visit)(void *ctx, const struct node *n), void *ctx)
{
	struct mentions m = { visit, ctx, 0 };
	walk(&m, scope->front, n, 0);
}
