/* SPDX-License-Identifier: MIT */
/*
 * Conditions as sets of canonical texts that all must hold. What a text means does not matter but
 * for two things: "not x" is the contrary of "x", and one value is not equal to two literals.
 */
#include "cfn.h"

#include "kmsfix/vec.h"

#define MAX_DEPTH 32
/* What is longer is called by its source: conditions that name others twice double with each. */
#define MAX_TEXT 4096

static const struct cfn_condition unknown_condition = { .known = -1 };

static struct cfn_condition always(bool holds)
{
	return (struct cfn_condition){ .known = holds };
}

static struct cfn_condition single(struct arena *a, str text)
{
	struct cfn_condition c = unknown_condition;
	strs_add(a, &c.all, text);
	return c;
}

static str join(struct arena *a, const struct strs *list, const char *word)
{
	str out = strs_join(a, list, str_from(word));
	return list->n > 1 ? str_fmt(a, "(%.*s)", STR_ARG(out)) : out;
}

struct cfn_condition cfn_not(struct arena *a, const struct cfn_condition *c)
{
	if (c->known >= 0)
		return always(!c->known);
	str text = join(a, &c->all, " and ");
	if (str_starts(text, S("not ")))
		return single(a, str_sub(text, 4, text.n));
	return single(a, str_fmt(a, "not %.*s", STR_ARG(text)));
}

/* ---- what is assumed ---- */

/* "x = literal", taken apart. */
static bool is_equation(str text, str *left, str *right)
{
	size_t at = str_find(text, S(" = "), 0);
	if (at == SIZE_MAX || str_starts(text, S("not ")) || str_starts(text, S("(")))
		return false;
	*left = str_sub(text, 0, at);
	*right = str_sub(text, at + 3, text.n);
	return text_is_literal(*right);
}

static bool contradicts(str x, str y)
{
	str xl, xr, yl, yr;
	if (str_starts(x, S("not ")) && str_eq(str_sub(x, 4, x.n), y))
		return true;
	if (str_starts(y, S("not ")) && str_eq(str_sub(y, 4, y.n), x))
		return true;
	return is_equation(x, &xl, &xr) && is_equation(y, &yl, &yr) && str_eq(xl, yl) &&
	       !str_eq(xr, yr);
}

static bool is_excluded(const struct cfn_stack *s, str text)
{
	for (size_t i = 0; i < s->given.n; i++)
		if (contradicts(s->given.v[i], text))
			return true;
	return false;
}

/* The condition under what is assumed. */
static struct cfn_condition reduce(const struct cfn_stack *s, const struct cfn_condition *c)
{
	struct cfn_condition out = unknown_condition;
	if (c->known >= 0)
		return *c;
	for (size_t i = 0; i < c->all.n; i++) {
		str text = c->all.v[i];
		bool denied = str_starts(text, S("not ")) &&
			      is_excluded(s, str_sub(text, 4, text.n));
		if (is_excluded(s, text))
			return always(false);
		if (!strs_has(&s->given, text) && !denied)
			strs_add(s->model->arena, &out.all, text);
	}
	return out.all.n ? out : always(true);
}

/* ---- the functions ---- */

static struct cfn_condition condition(struct cfn_stack *s, const struct node *n, size_t depth);

static struct cfn_condition equals(struct cfn_stack *s, const struct node *args)
{
	struct arena *a = s->model->arena;
	str x, y, swap;
	if (node_count(args) != 2 || !cfn_text(s, args->first, &x) || !cfn_text(s, args->last, &y))
		return single(a, text_readable(a, cfn_unknown(s, args)->text));
	if (str_eq(x, y))
		return always(true);
	if (text_is_literal(x) && text_is_literal(y))
		return always(false);
	if (text_is_literal(x) || (!text_is_literal(y) && str_cmp(y, x) < 0)) {
		swap = x;
		x = y;
		y = swap;
	}
	return single(a, str_fmt(a, "%.*s = %.*s", STR_ARG(x), STR_ARG(y)));
}

static struct cfn_condition all_of(struct cfn_stack *s, const struct node *args, size_t depth)
{
	struct cfn_condition out = unknown_condition;
	for (const struct node *n = args->first; n; n = n->next) {
		struct cfn_condition c = condition(s, n, depth + 1);
		if (!c.known)
			return c;
		strs_add_all(s->model->arena, &out.all, &c.all);
	}
	strs_sort(&out.all);
	return out.all.n ? out : always(true);
}

static struct cfn_condition any_of(struct cfn_stack *s, const struct node *args, size_t depth)
{
	struct arena *a = s->model->arena;
	struct cfn_condition c;
	struct strs texts = { 0 };
	for (const struct node *n = args->first; n; n = n->next) {
		c = condition(s, n, depth + 1);
		if (c.known == 1)
			return c;
		if (c.known < 0)
			strs_add(a, &texts, join(a, &c.all, " and "));
	}
	strs_sort(&texts);
	return texts.n ? single(a, join(a, &texts, " or ")) : always(false);
}

/* What the template says of a condition, the last time that it does; or NULL. */
static const struct node *declaration(struct cfn_stack *s, str name)
{
	const struct node *first = s->conditions ? s->conditions->first : NULL;
	str key;
	for (const struct node *p = s->declared.n ? NULL : first; p; p = p->next)
		if (pair_key(p, s->model->arena, &key))
			map_put(&s->declared, s->model->arena, key, p->last);
	return map_find(&s->declared, name);
}

static struct cfn_condition named(struct cfn_stack *s, str name, size_t depth)
{
	struct cfn_condition *known = map_find(&s->condition, name);
	struct strs given = s->given;
	if (known)
		return *known;
	const struct node *n = declaration(s, name);
	s->given = (struct strs){ 0 };
	known = ARENA_NEW(s->model->arena, struct cfn_condition);
	/* What one says of itself is no more than its name. */
	*known = single(s->model->arena, str_fmt(s->model->arena, "condition %.*s (%.*s)",
						 STR_ARG(name), STR_ARG(s->scope->id)));
	map_put(&s->condition, s->model->arena, name, known);
	if (n)
		*known = condition(s, n, depth + 1);
	s->given = given;
	return *known;
}

/* By its source, of which no more is known; it means the same wherever the stack says it. */
static struct cfn_condition by_source(const struct cfn_stack *s, const struct node *n)
{
	struct arena *a = s->model->arena;
	return single(a,
		      str_fmt(a, "%.*s in %.*s", STR_ARG(node_source(n)), STR_ARG(s->scope->id)));
}

static bool is_long(const struct cfn_condition *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->all.n; i++)
		n += c->all.v[i].n;
	return n > MAX_TEXT;
}

static struct cfn_condition compound(struct cfn_stack *s, const struct node *n, size_t depth)
{
	struct arena *a = s->model->arena;
	struct cfn_call call;
	str name;
	bool known = cfn_is_call(s->cfn, n, &call) && depth < MAX_DEPTH;
	if (known && str_eq(call.function, S("Condition")) && cfn_scalar(s->cfn, call.arg, &name))
		return named(s, name, depth + 1);
	if (known && call.arg->kind == NODE_SEQ) {
		if (str_eq(call.function, S("Equals")))
			return equals(s, call.arg);
		if (str_eq(call.function, S("And")))
			return all_of(s, call.arg, depth);
		if (str_eq(call.function, S("Or")))
			return any_of(s, call.arg, depth);
		if (str_eq(call.function, S("Not")) && node_count(call.arg) == 1) {
			struct cfn_condition c = condition(s, call.arg->first, depth + 1);
			return cfn_not(a, &c);
		}
	}
	return by_source(s, n);
}

static struct cfn_condition condition(struct cfn_stack *s, const struct node *n, size_t depth)
{
	struct cfn_condition c = compound(s, n, depth);
	return is_long(&c) ? by_source(s, n) : c;
}

struct cfn_condition cfn_named_condition(struct cfn_stack *s, str name)
{
	struct cfn_condition c = named(s, name, 0);
	return reduce(s, &c);
}
