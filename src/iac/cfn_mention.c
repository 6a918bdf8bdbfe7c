/* SPDX-License-Identifier: MIT */
/*
 * What an expression that is not known speaks of: the defaults of parameters, or what a stack above
 * gives them, and the mappings it looks into.
 */
#include "cfn.h"
#include "mention.h"

static void walk(struct mentions *m, struct cfn_stack *s, const struct node *n);

static void enter(struct mentions *m, struct cfn_stack *s, const struct node *n)
{
	if (!mentions_enter(m, s, n))
		return;
	walk(m, s, n);
	mentions_leave(m);
}

static void enter_parameter(struct mentions *m, struct cfn_stack *s, str name)
{
	const char *z = str_z(s->model->arena, name);
	const struct node *argument = s->parent ? cfn_get(s->cfn, s->arguments, z) : NULL;
	if (argument)
		enter(m, s->parent, argument);
	else
		enter(m, s, cfn_get(s->cfn, cfn_get(s->cfn, s->parameters, z), "Default"));
}

/* Depth is bounded by the parser's limit. */
static void walk(struct mentions *m, struct cfn_stack *s, const struct node *n)
{
	struct cfn_call call;
	str name;
	if (cfn_is_call(s->cfn, n, &call)) {
		bool map = str_eq(call.function, S("FindInMap")) && call.arg->kind == NODE_SEQ;
		if (str_eq(call.function, S("Ref")) && cfn_scalar(s->cfn, call.arg, &name))
			enter_parameter(m, s, name);
		else if (map && call.arg->first && cfn_scalar(s->cfn, call.arg->first, &name))
			enter(m, s, cfn_get(s->cfn, s->mappings, str_z(s->model->arena, name)));
	}
	for (const struct node *c = n->first; c; c = c->next)
		walk(m, s, c);
}

void cfn_mentions(struct mentions *m, const struct scope *scope, const struct node *n)
{
	walk(m, scope->front, n);
}
