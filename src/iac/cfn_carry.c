/* SPDX-License-Identifier: MIT */
/*
 * A value of one stack in the words of another stack of its unit: by a parameter that is given it,
 * or by an output of a nested stack. Nothing is added on the way.
 */
#include "cfn.h"

#include "kmsfix/buf.h"

static bool is_common(str local)
{
	return str_eq(local, S("AWS::AccountId")) || str_eq(local, S("AWS::Partition")) ||
	       str_eq(local, S("AWS::Region")) || str_eq(local, S("AWS::URLSuffix"));
}

/* The parameter of the stack that has just this value. */
static bool by_parameter(struct cfn_stack *s, str text, str *out)
{
	str name, value;
	for (const struct node *p = s->arguments ? s->arguments->first : NULL; p; p = p->next)
		if (p->kind == NODE_PAIR && pair_key(p, s->model->arena, &name) &&
		    cfn_get(s->cfn, s->parameters, str_z(s->model->arena, name)) &&
		    cfn_text(s->parent, p->last, &value) && str_eq(value, text)) {
			*out = name;
			return true;
		}
	return false;
}

/* The output of a stack nested in this one that has it. */
static bool by_output(struct cfn_stack *s, str text, str *out)
{
	struct arena *a = s->model->arena;
	str name, value;
	for (size_t i = 0; i < s->resources.n; i++) {
		struct cfn_stack *nested = s->resources.v[i]->nested;
		const struct node *list = nested ? nested->outputs : NULL;
		for (const struct node *p = list ? list->first : NULL; p; p = p->next) {
			const struct node *at = cfn_get(s->cfn, p->last, "Value");
			if (cfn_get(s->cfn, p->last, "Condition") || !at ||
			    !pair_key(p, a, &name) || !cfn_text(nested, at, &value) ||
			    !str_eq(value, text))
				continue;
			*out = str_fmt(a, "%.*s.Outputs.%.*s", STR_ARG(s->resources.v[i]->name),
				       STR_ARG(name));
			return true;
		}
	}
	return false;
}

static bool carry_one(const struct scope *to, struct cfn_stack *s, str source, str *out)
{
	str local, id = ref_scope(source, &local), text = ref_text(s->model->arena, source);
	const struct cfn_stack *from = map_find(&s->cfn->scopes, id);
	*out = local;
	if (str_eq(id, to->id))
		return true;
	if (!from || from->unit != s->unit)
		return false;
	return is_common(local) || by_parameter(s, text, out) || by_output(s, text, out);
}

bool cfn_carry(struct carrier *c, str text, const struct scope *to, str *out, const char **why)
{
	union {
		const void *in;
		struct cfn_stack *out;
	} stack = { to->stack };
	struct buf b = { 0 };
	bool ok = true, ref;
	str part, local;
	while (ok && text_next(&text, &part, &ref)) {
		local = part;
		ok = !ref || carry_one(to, stack.out, part, &local);
		buf_add(&b, ref ? ref_in_scope(c->arena, to->id, local) : part);
	}
	*why = "its stack has no parameter or output for it";
	if (ok)
		*out = str_dup(c->arena, buf_str(&b));
	buf_free(&b);
	return ok;
}
