/* SPDX-License-Identifier: MIT */
/*
 * Nodes of a template to values. What a function gives in every case the conditions allow is known;
 * what it gives in some is there "maybe".
 */
#include <string.h>

#include "cfn.h"

#include "kmsfix/buf.h"
#include "kmsfix/guard.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "value.h"

static const struct value *eval_untagged(struct cfn_stack *s, const struct node *n);

/* The source with runs of white space collapsed. */
static str source_of(struct arena *a, const struct node *n)
{
	str text = node_source(n);
	struct buf b = { 0 };
	for (size_t i = 0; i < text.n; i++) {
		bool blank = text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\r' ||
			     text.p[i] == '\t';
		if (!blank)
			buf_addc(&b, text.p[i]);
		else if (b.n && b.p[b.n - 1] != ' ')
			buf_addc(&b, ' ');
	}
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

const struct value *cfn_unknown(struct cfn_stack *s, const struct node *n)
{
	struct arena *a = s->model->arena;
	struct value *v = value_new(a, VALUE_UNKNOWN, n);
	v->scope = s->scope;
	/* No reference has a bracket, so nobody takes this for the name of something. */
	v->text = ref_in_scope(a, s->scope->id, str_fmt(a, "(%.*s)", STR_ARG(source_of(a, n))));
	return v;
}

/* ---- text ---- */

/* The framework puts something in before CloudFormation sees it. */
static bool has_variable(const struct cfn_stack *s, str text)
{
	return s->of->kind == CFN_SERVERLESS && str_has(text, S("${"));
}

const struct value *cfn_resolve(struct cfn_stack *s, const struct node *n, str text)
{
	struct arena *a = s->model->arena;
	struct buf b = { 0 };
	size_t from = 0, at = 0;
	bool known = str_has(text, S("{{"));
	while (known && (at = str_find(text, S("{{"), from)) != SIZE_MAX) {
		size_t end = str_find(text, S("}}"), at);
		str between = str_sub(text, from, at), part;
		known = end != SIZE_MAX && !has_variable(s, between) &&
			str_starts(str_sub(text, at, end), S("{{resolve:"));
		if (!known)
			break;
		from = end + strlen("}}");
		part = text_readable(a, str_sub(text, at, from));
		buf_add(&b, between);
		buf_add(&b, ref_in_scope(a, s->scope->id, part));
	}
	str rest = str_sub(text, from, text.n);
	buf_add(&b, rest);
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	if (!known || has_variable(s, rest))
		return NULL;
	struct value *v = value_text_new(a, out, n);
	v->scope = s->scope;
	return v;
}

/* What another program puts in before CloudFormation sees the template. */
static bool is_filled_in(const struct cfn_stack *s, str text)
{
	return str_has(text, S("{{")) || has_variable(s, text);
}

static const struct value *eval_scalar(struct cfn_stack *s, const struct node *n)
{
	struct value *v;
	str text;
	if (n->kind == NODE_LITERAL && str_eq(node_source(n), S("null")))
		return value_new(s->model->arena, VALUE_NULL, n);
	if (n->kind == NODE_STRING && n->tree->lang == LANG_YAML && yaml_resolve(n) == SCALAR_NULL)
		return value_new(s->model->arena, VALUE_NULL, n);
	if (!cfn_scalar(s->cfn, n, &text))
		return cfn_unknown(s, n);
	if (is_filled_in(s, text)) {
		const struct value *resolved = cfn_resolve(s, n, text);
		if (!resolved && s->of->kind == CFN_SERVERLESS)
			resolved = cfn_filled(s, n, text);
		return resolved ? resolved : cfn_unknown(s, n);
	}
	v = value_text_new(s->model->arena, text, n);
	v->scope = s->scope;
	return v;
}

/* ---- lists and maps ---- */

/* Everything in a list that may be missing may be missing itself. */
static const struct value *maybe(struct arena *a, const struct value *v)
{
	struct value_item *items = arena_array(a, v->n, sizeof(*items));
	if (v->kind != VALUE_LIST)
		return value_maybe(a, v);
	for (size_t i = 0; i < v->n; i++) {
		items[i] = *value_item(v, i);
		items[i].value = maybe(a, value_at(v, i));
	}
	return value_maybe(a, value_with(a, v, items, v->n));
}

/* A text that is there under the condition; what else it may be, at times. */
static const struct value *under(struct arena *a, const struct value *v,
				 const struct cfn_condition *c)
{
	bool text = v->kind == VALUE_TEXT || v->kind == VALUE_UNKNOWN;
	return text && c->all.n ? value_under(a, v, strs_join(a, &c->all, S(GUARD_AND))) :
				  maybe(a, v);
}

/* Nothing can be added to it: its origin must not look like a list. */
static const struct value *no_list(struct value *v)
{
	while (v->origin->kind != NODE_STRING && v->origin->first)
		v->origin = v->origin->first;
	return v;
}

static bool same(const struct value *x, const struct value *y, size_t depth)
{
	if (x->kind != y->kind || x->n != y->n || x->open || y->open || x->maybe != y->maybe ||
	    depth > SYNTAX_MAX_DEPTH)
		return false;
	if (x->kind == VALUE_TEXT || x->kind == VALUE_UNKNOWN)
		return str_eq(x->text, y->text);
	if (x->kind != VALUE_LIST && x->kind != VALUE_MAP)
		return x->kind == VALUE_NULL;
	for (size_t i = 0; i < x->n; i++)
		if (!str_eq(value_item(x, i)->key, value_item(y, i)->key) ||
		    !same(value_at(x, i), value_at(y, i), depth + 1))
			return false;
	return true;
}

const struct value *cfn_assuming(struct cfn_stack *s, const struct cfn_condition *c,
				 const struct node *n)
{
	struct strs before = s->given, given = { 0 };
	strs_add_all(s->model->arena, &given, &before);
	strs_add_all(s->model->arena, &given, &c->all);
	s->given = given;
	const struct value *v = cfn_eval(s, n);
	s->given = before;
	return v;
}

const struct value *cfn_one_of(struct cfn_stack *s, const struct node *n, const struct strs *texts)
{
	struct arena *a = s->model->arena;
	struct value_items items = { 0 };
	for (size_t i = 0; i < texts->n; i++) {
		struct value *v = value_text_new(a, texts->v[i], n);
		struct value_item item = { .node = n, .value = v };
		v->scope = s->scope;
		v->maybe = true;
		VEC_PUSH(a, &items, item);
	}
	struct value *v = value_items_new(a, VALUE_LIST, &items, n);
	v->maybe = true;
	return no_list(v);
}

/* Both branches as a list of what may be there. */
static const struct value *either(struct cfn_stack *s, const struct node *n,
				  const struct value *const *branches,
				  const struct cfn_branch *both)
{
	struct arena *a = s->model->arena;
	struct value_items items = { 0 };
	struct value *v;
	for (size_t k = 0; k < 2; k++) {
		const struct value *b = branches[k];
		if (b->kind == VALUE_MAP)
			return cfn_unknown(s, n);
		for (size_t i = 0; b->kind == VALUE_LIST && i < b->n; i++) {
			struct value_item item = *value_item(b, i);
			item.value = under(a, item.value, &both[k].condition);
			VEC_PUSH(a, &items, item);
		}
		struct value_item item = { .node = b->origin,
					   .value = under(a, b, &both[k].condition) };
		if (b->kind != VALUE_LIST)
			VEC_PUSH(a, &items, item);
	}
	v = value_items_new(a, VALUE_LIST, &items, n);
	return no_list(v);
}

/* The text stands for the whole call: nobody may edit it inside of a branch. */
static const struct value *of_call(struct cfn_stack *s, const struct node *n, const struct value *v)
{
	struct value *copy;
	if (v->kind != VALUE_TEXT && v->kind != VALUE_UNKNOWN && v->kind != VALUE_MAP)
		return v;
	copy = value_copy(s->model->arena, v);
	if (v->kind == VALUE_MAP)
		copy->maybe = true;
	else
		copy->origin = n;
	return copy;
}

bool cfn_branches(struct cfn_stack *s, const struct node *args, struct cfn_branch out[2])
{
	str name;
	if (args->kind != NODE_SEQ || node_count(args) != 3 ||
	    !cfn_scalar(s->cfn, args->first, &name))
		return false;
	struct cfn_condition c = cfn_named_condition(s, name);
	out[0] = (struct cfn_branch){ args->first->next, c };
	out[1] = (struct cfn_branch){ args->last, cfn_not(s->model->arena, &c) };
	return true;
}

static const struct value *eval_if(struct cfn_stack *s, const struct node *n,
				   const struct node *args)
{
	struct arena *a = s->model->arena;
	const struct value *v[2];
	struct cfn_branch both[2];
	if (!cfn_branches(s, args, both))
		return cfn_unknown(s, n);
	int known = both[0].condition.known;
	if (known >= 0)
		return of_call(s, n, cfn_eval(s, both[!known].node));
	for (int k = 0; k < 2; k++)
		v[k] = cfn_assuming(s, &both[k].condition, both[k].node);
	/* Two lists that are the same are two texts, which change both. */
	if (v[0]->kind != VALUE_LIST && same(v[0], v[1], 0))
		return of_call(s, n, v[0]);
	for (int k = 0; k < 2; k++)
		if (v[k]->kind == VALUE_NULL)
			return of_call(s, n, under(a, v[!k], &both[!k].condition));
	return either(s, n, v, both);
}

static bool is_if(struct cfn_stack *s, const struct node *n)
{
	struct cfn_call call;
	return cfn_is_call(s->cfn, n, &call) && str_eq(call.function, S("If"));
}

/* What `either` gives for an element is as many elements; a map of a branch may be there. */
static void add_choice(struct cfn_stack *s, struct value_items *out, const struct node *child,
		       const struct node *n)
{
	struct arena *a = s->model->arena;
	struct cfn_call call;
	struct cfn_branch both[2];
	cfn_is_call(s->cfn, n, &call);
	struct value_item item = { .node = child, .value = eval_if(s, n, call.arg) };
	if (item.value->kind != VALUE_UNKNOWN || !cfn_branches(s, call.arg, both)) {
		if (item.value->kind != VALUE_NULL)
			VEC_PUSH(a, out, item);
		return;
	}
	for (int k = 0; k < 2; k++) {
		item.value = under(a, cfn_assuming(s, &both[k].condition, both[k].node),
				   &both[k].condition);
		if (item.value->kind != VALUE_NULL)
			VEC_PUSH(a, out, item);
	}
}

static const struct value *eval_list(struct cfn_stack *s, const struct node *n)
{
	struct value_items items = { 0 };
	struct value *v;
	for (const struct node *c = n->first; c; c = c->next) {
		if (is_if(s, c)) {
			add_choice(s, &items, c, cfn_follow(s->cfn, c));
			continue;
		}
		struct value_item item = { .node = c, .value = cfn_eval(s, c) };
		if (item.value->kind != VALUE_NULL)
			VEC_PUSH(s->model->arena, &items, item);
	}
	v = value_items_new(s->model->arena, VALUE_LIST, &items, n);
	v->scope = s->scope;
	return v;
}

static bool has_item(const struct value_items *items, str key)
{
	for (size_t i = 0; i < items->n; i++)
		if (str_eq(items->v[i].key, key))
			return true;
	return false;
}

/* What a map has itself counts more than what is merged into it; of several, the first does. */
static void add_merged(struct cfn_stack *s, struct value_items *items, const struct node *from,
		       size_t depth)
{
	from = cfn_follow(s->cfn, from);
	for (const struct node *n = from->kind == NODE_SEQ ? from->first : NULL; n; n = n->next)
		if (depth < CFN_MAX_HOPS)
			add_merged(s, items, n, depth + 1);
	if (from->kind != NODE_MAP)
		return;
	const struct value *map = cfn_eval(s, from);
	for (size_t i = 0; map->kind == VALUE_MAP && i < map->n; i++)
		if (!has_item(items, value_item(map, i)->key))
			VEC_PUSH(s->model->arena, items, *value_item(map, i));
}

static void add_pair(struct cfn_stack *s, struct value_items *items, const struct node *pair,
		     str key)
{
	struct value_item item = { .node = pair, .key = key, .value = cfn_eval(s, pair->last) };
	if (item.value->kind == VALUE_NULL)
		return;
	/* Who reads a condition or a principal does not ask whether it is there. */
	if (item.value->kind == VALUE_MAP && item.value->maybe && !str_eq(key, S("Statement")))
		item.value = cfn_unknown(s, pair->last);
	VEC_PUSH(s->model->arena, items, item);
}

/* What is merged into it is seen, and the map is open: its own text is not all of it. */
static const struct value *eval_map(struct cfn_stack *s, const struct node *n)
{
	struct value_items items = { 0 };
	struct value *v;
	bool open = false;
	str key;
	for (const struct node *c = n->first; c; c = c->next) {
		bool named = pair_key(c, s->model->arena, &key) && !cfn_is_merge(c) &&
			     !str_starts(key, S("Fn::"));
		open |= !named;
		if (named)
			add_pair(s, &items, c, key);
	}
	for (const struct node *c = n->first; c; c = c->next)
		if (cfn_is_merge(c))
			add_merged(s, &items, c->last, 0);
	v = value_items_new(s->model->arena, VALUE_MAP, &items, n);
	v->scope = s->scope;
	v->open |= open;
	return v;
}

/* ---- everything ---- */

static const struct value *eval_untagged(struct cfn_stack *s, const struct node *n)
{
	if (n->kind == NODE_SEQ)
		return eval_list(s, n);
	if (n->kind == NODE_MAP)
		return eval_map(s, n);
	if (n->kind == NODE_ALIAS)
		return cfn_unknown(s, n);
	return eval_scalar(s, n);
}

const struct value *cfn_eval_arg(struct cfn_stack *s, const struct cfn_call *call)
{
	struct cfn_call inner;
	if (!call->own)
		return cfn_eval(s, call->arg);
	/* `!ImportValue {Fn::Sub: …}`: a short form of a long one. */
	if (call->arg->kind == NODE_MAP && call->arg->first && !call->arg->first->next) {
		struct node copy = *call->arg;
		copy.name = S("");
		if (cfn_is_call(s->cfn, &copy, &inner)) {
			const struct value *v = cfn_function(s, call->arg, &inner);
			return v ? v : cfn_unknown(s, call->arg);
		}
	}
	return eval_untagged(s, call->arg);
}

static const struct value *eval(struct cfn_stack *s, const struct node *n)
{
	struct cfn_call call;
	const struct value *v;
	if (!cfn_is_call(s->cfn, n, &call))
		return eval_untagged(s, n);
	if (str_eq(call.function, S("If")))
		return eval_if(s, n, call.arg);
	if (str_eq(call.function, S("Condition")) && !call.own)
		return eval_map(s, n); /* a map that happens to have just that key */
	v = cfn_function(s, n, &call);
	return v ? v : cfn_unknown(s, n);
}

const struct value *cfn_eval(struct cfn_stack *s, const struct node *n)
{
	struct effort *effort = &s->cfn->effort;
	n = cfn_follow(s->cfn, n);
	const struct value *v = effort_begin(effort) ? eval(s, n) : cfn_unknown(s, n);
	return effort_end(effort, v) ? v : cfn_unknown(s, n);
}

const struct value *cfn_eval_node(void *stack, const struct node *n)
{
	return cfn_eval(stack, n);
}

bool cfn_text(struct cfn_stack *s, const struct node *n, str *out)
{
	const struct value *v = n ? cfn_eval(s, n) : NULL;
	return v && !v->maybe && value_text(v, out);
}
