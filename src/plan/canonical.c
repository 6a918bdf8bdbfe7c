/* SPDX-License-Identifier: MIT */
#include "canonical.h"

#include "kmsfix/arena.h"
#include "kmsfix/buf.h"

static void add_elements(struct strs *out, const struct elements *e, struct arena *a)
{
	for (size_t i = 0; i < e->n; i++)
		strs_add(a, out,
			 e->v[i].maybe ? STR_CAT(a, S("maybe "), e->v[i].text) : e->v[i].text);
	strs_sort(out);
}

str describe_condition(const struct condition *c, struct arena *a)
{
	str text = STR_CAT(a, c->op, S(" "), c->key);
	if (c->values.n)
		text = STR_CAT(a, text, S("\n"), strs_join(a, &c->values, S("\n")));
	return text;
}

void describe_conditions(struct strs *out, const struct statement *s, struct arena *a)
{
	for (size_t i = 0; i < s->conditions.n; i++)
		strs_add_once(a, out, describe_condition(&s->conditions.v[i].condition, a));
}

/* The text of what is not understood: how far its lines are indented is no part of it. */
static str without_indent(str text, struct arena *a)
{
	char *p = arena_alloc(a, text.n);
	size_t n = 0;
	bool begins = false;
	for (size_t i = 0; i < text.n; i++) {
		if (begins && (text.p[i] == ' ' || text.p[i] == '\t'))
			continue;
		begins = text.p[i] == '\n';
		p[n++] = text.p[i];
	}
	return (str){ p, n };
}

void statement_describe(struct statement_text *out, const struct statement *s, struct arena *a)
{
	*out = (struct statement_text){ .sid = s->sid, .effect = s->effect };
	add_elements(&out->actions, &s->actions, a);
	add_elements(&out->resources, &s->resources, a);
	for (size_t i = 0; i < s->principals.n; i++) {
		str text = s->principals.v[i].element.text;
		const struct name *name = name_get(s->document->unit, text);
		/* a data source may name a role that another unit declares: one role, one text */
		if (name && name->kind == NAME_PRINCIPAL &&
		    name->principal->unit != s->document->unit)
			text = name->principal->arn;
		strs_add(a, &out->principals, STR_CAT(a, s->principals.v[i].type, S(":"), text));
	}
	strs_sort(&out->principals);
	for (size_t i = 0; i < s->guards.n; i++)
		strs_add(a, &out->guards, s->guards.v[i]);
	describe_conditions(&out->conditions, s, a);
	const bool flags[] = { s->actions.negated,      s->actions.open,
			       s->resources.negated,    s->resources.open,
			       s->principals.negated,   s->principals.open,
			       s->principals.present,   s->conditions.open,
			       s->maybe && !s->guards.n };
	char *digits = arena_alloc(a, sizeof(flags));
	for (size_t i = 0; i < sizeof(flags); i++)
		digits[i] = flags[i] ? '1' : '0';
	out->flags = (str){ digits, sizeof(flags) };
	if (s->issues.n)
		out->flags = str_fmt(a, "%.*s %.*s", STR_ARG(out->flags),
				     STR_ARG(without_indent(node_source(s->node), a)));
}

static void add_list(struct buf *b, const char *name, struct strs *list)
{
	strs_sort(list);
	buf_add(b, str_from(name));
	for (size_t i = 0; i < list->n; i++) {
		buf_add(b, S(" <"));
		buf_add(b, list->v[i]);
		buf_addc(b, '>');
	}
}

str statement_render(struct statement_text *t, struct arena *a)
{
	static const char *const effects[] = { "allow", "deny", "unknown" };
	struct buf b = { 0 };
	buf_printf(&b, "%s '%.*s' ", effects[t->effect], STR_ARG(t->sid));
	add_list(&b, "actions", &t->actions);
	add_list(&b, " resources", &t->resources);
	add_list(&b, " principals", &t->principals);
	add_list(&b, " conditions", &t->conditions);
	if (t->guards.n)
		add_list(&b, " guards", &t->guards);
	buf_addc(&b, ' ');
	buf_add(&b, t->flags);
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

str policy_holders(const struct policy *p, struct arena *a)
{
	struct strs who = { 0 };
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct attachment *at = &p->attachments.v[i];
		str text = at->principal ? at->principal->address : S("?");
		for (size_t k = 0; k < at->guards.n; k++)
			text = STR_CAT(a, text, S(" if "), at->guards.v[k]);
		strs_add(a, &who, text);
	}
	strs_sort(&who);
	return strs_join(a, &who, S(", "));
}
