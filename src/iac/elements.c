/* SPDX-License-Identifier: MIT */
/* Values to the elements of Action, Resource and the like, wherever they are written. */
#include "document.h"

#include "kmsfix/action.h"
#include "kmsfix/ascii.h"
#include "kmsfix/vec.h"
#include "mention.h"
#include "value.h"

static void add_element(struct model *m, struct elements *out, const struct value *v,
			const struct node *node);

/* Each of the two texts, where it is one. */
static void add_choice(struct model *m, struct elements *out, const struct value *v,
		       const struct node *node)
{
	struct choice *c = v->choice;
	if (c->find)
		c->find(c);
	c->find = NULL;
	for (size_t i = 0; i < 2; i++) {
		const struct value *there = value_under(m->arena, c->both[i], c->guards[i]);
		struct value *one = value_copy(m->arena, value_within(m->arena, there, v));
		one->via = v->via;
		one->guarded |= v->guarded;
		if (one->kind != VALUE_NULL && !value_is(one, S("")))
			add_element(m, out, one, node);
	}
}

static void add_element(struct model *m, struct elements *out, const struct value *v,
			const struct node *node)
{
	str text;
	if (v->choice && out->choices) {
		add_choice(m, out, v, node);
		return;
	}
	if (v->kind == VALUE_LIST) {
		/* a list inside a list, or a splat of one, whose items nobody has written */
		bool written = v->origin->kind == NODE_SEQ;
		out->open |= v->open;
		for (size_t i = 0; i < v->n; i++)
			add_element(m, out, value_inside(m->arena, v, i),
				    written ? value_item(v, i)->node : node);
		return;
	}
	if (!value_text(v, &text)) {
		out->open = true;
		return;
	}
	struct value_item item = { .node = node, .value = v };
	struct element e = { .text = text,
			     .node = node,
			     .via = v->via,
			     .maybe = v->maybe,
			     .either = v->either,
			     .guard = v->guard,
			     .lacking = value_may_lack(&item) };
	if (node->parent && node->parent->kind == NODE_SEQ)
		e.list = node->parent;
	VEC_PUSH(m->arena, out, e);
}

void elements_read(struct model *m, struct elements *out, const struct value *v, bool negated)
{
	if (out->present)
		out->open = true; /* Action and NotAction in one statement: not valid */
	out->present = true;
	out->negated = negated;
	out->node = v->origin;
	if (v->kind != VALUE_LIST) {
		add_element(m, out, v, v->origin);
		return;
	}
	out->open |= v->open;
	for (size_t i = 0; i < v->n; i++)
		add_element(m, out, value_inside(m->arena, v, i), value_item(v, i)->node);
}

void resources_read(struct model *m, struct elements *out, const struct value *v, bool negated)
{
	out->choices = true;
	elements_read(m, out, v, negated);
}

/* ---- actions that are not known ---- */

struct targets {
	struct model *model;
	struct elements *out;
	bool mentioned;   /* they are not written here: each text is of interest once */
	struct map texts; /* of those */
	struct map nodes; /* of what was read as elements */
};

static bool is_new(struct targets *t, str text)
{
	if (!t->mentioned)
		return true;
	if (map_find(&t->texts, text))
		return false;
	map_put(&t->texts, t->model->arena, text, t);
	return true;
}

static void add_pattern(struct targets *t, str text, const struct node *n)
{
	struct element e = {
		.text = text, .node = n, .maybe = t->mentioned, .mentioned = t->mentioned
	};
	if (action_targets(text) && is_new(t, text))
		VEC_PUSH(t->model->arena, t->out, e);
}

static bool is_pattern_char(char c)
{
	return ascii_is_alnum(c) || c == ':' || c == '*' || c == '?';
}

/* Actions that have other text around them, from which a function may take them. */
static void add_words(struct targets *t, str text, const struct node *n)
{
	for (size_t i = 0, start; i < text.n; i++) {
		for (start = i; i < text.n && is_pattern_char(text.p[i]); i++)
			;
		str word = str_sub(text, start, i);
		if (str_has(word, S(":")))
			add_pattern(t, word, n);
	}
}

/* Each pattern with a target in the text, which may be a list with commas. */
static void add_text(struct targets *t, str text, const struct node *n)
{
	while (text.n) {
		size_t end = str_find(text, S(","), 0);
		str part = str_trim(str_sub(text, 0, end));
		if (action_targets(part))
			add_pattern(t, part, n);
		else
			add_words(t, part, n);
		text = end == SIZE_MAX ? S("") : str_sub(text, end + 1, text.n);
	}
}

/* Every string below `n` that is an action pattern with a target. */
static void add_targets(void *targets, const struct node *n)
{
	struct targets *t = targets;
	str text;
	if (n->kind == NODE_STRING && node_text(n, t->model->arena, &text) &&
	    !map_find_at(&t->nodes, n))
		add_text(t, text, n);
	for (const struct node *c = n->first; c; c = c->next)
		add_targets(targets, c);
}

/* What is written in the expression, or where it leads: a grant in there is still a finding. */
static void add_mentioned(struct targets *t, const struct scope *scope, const struct value *v)
{
	if (v->scope)
		scope = v->scope;
	if (!t->nodes.n)
		for (size_t i = 0; i < t->out->n; i++)
			map_put_at(&t->nodes, t->model->arena, t->out->v[i].node, t->out);
	add_targets(t, v->origin);
	mentions_visit(t->model, scope, v->origin, add_targets, t);
}

void targets_read(struct model *m, struct elements *out, const struct node *n)
{
	struct targets t = { .model = m, .out = out };
	add_targets(&t, n);
}

static bool may_be_any(const struct value *v)
{
	str text;
	return v->kind == VALUE_UNKNOWN || (v->kind == VALUE_LIST && v->open) ||
	       (value_text(v, &text) && !text_is_literal(text));
}

void actions_read(struct model *m, struct elements *out, const struct value *v, bool negated,
		  const struct scope *scope)
{
	struct targets t = { .model = m, .out = out, .mentioned = true };
	bool list = v->kind == VALUE_LIST;
	elements_read(m, out, v, negated);
	if (negated)
		return;
	if (may_be_any(v))
		add_mentioned(&t, scope, v);
	for (size_t i = 0; list && i < v->n; i++)
		if (may_be_any(value_at(v, i)))
			add_mentioned(&t, scope, value_at(v, i));
}
