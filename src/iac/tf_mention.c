/* SPDX-License-Identifier: MIT */
/*
 * What an expression that is not known speaks of: the locals, the defaults and arguments of
 * variables and the outputs it refers to, and those they refer to, the policies of resources and
 * the statements of documents. `local.actions[var.level]` is not known, but what it may be is
 * written somewhere.
 */
#include "mention.h"
#include "tf.h"

static void walk(struct mentions *m, struct tf_module *mod, const struct node *n);

static void enter(struct mentions *m, struct tf_module *mod, const struct node *n)
{
	if (!mentions_enter(m, mod, n))
		return;
	walk(m, mod, n);
	mentions_leave(m);
}

static void enter_variable(struct mentions *m, struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	const struct tf_block *call = b->module->call;
	const struct node *argument = call ? tf_attr(call->body, b->name, a) : NULL;
	if (argument)
		enter(m, call->module, argument);
	else
		enter(m, b->module, tf_attr(b->body, S("default"), a));
	enter(m, b->module, tf_attr(b->body, S("type"), a)); /* defaults of optional attributes */
}

static void enter_output(struct mentions *m, const struct tf_block *call, str rest)
{
	struct arena *a = call->module->model->arena;
	if (!call->callees.n)
		return;
	struct tf_module *callee = call->callees.v[0];
	struct tf_block *output = tf_find(callee, STR_CAT(a, S("output."), tf_output_name(rest)));
	if (output)
		enter(m, callee, tf_attr(output->body, S("value"), a));
}

static void follow(struct mentions *m, struct tf_module *mod, const struct node *n)
{
	str address, rest;
	struct tf_block *b = NULL;
	if (tf_traversal(NULL, n, mod->model->arena, &address, &rest))
		b = tf_find(mod, address);
	if (!b)
		return;
	if (str_eq(b->type, S("local")))
		enter(m, mod, b->expr);
	else if (str_eq(b->type, S("variable")))
		enter_variable(m, b);
	else if (str_eq(b->type, S("module")))
		enter_output(m, b, rest);
	else if (str_eq(b->type, S("resource")) && str_ends(rest, S(".policy")))
		enter(m, mod, tf_attr(b->body, S("policy"), mod->model->arena));
	else if (str_eq(b->kind, S("aws_iam_policy_document")) && str_has(rest, S(".statement")))
		enter(m, mod, b->body);
}

static bool is_step(const struct node *n)
{
	return n->kind == NODE_GETATTR || n->kind == NODE_INDEX || n->kind == NODE_SPLAT;
}

/* Depth is bounded by the parser's limit. */
static void walk(struct mentions *m, struct tf_module *mod, const struct node *n)
{
	bool inner = n->parent && is_step(n->parent) && n->parent->first == n;
	if (is_step(n) && !inner)
		follow(m, mod, n);
	for (const struct node *c = n->first; c; c = c->next)
		walk(m, mod, c);
}

void tf_mentions(struct mentions *m, const struct scope *scope, const struct node *n)
{
	walk(m, scope->front, n);
}
