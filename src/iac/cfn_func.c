/* SPDX-License-Identifier: MIT */
/* The intrinsic functions that make texts and lists [12.6]. */
#include "cfn.h"

#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "value.h"

static const struct value *text_value(struct cfn_stack *s, str text, const struct node *n)
{
	struct value *v = value_text_new(s->model->arena, text, n);
	v->scope = s->scope;
	return v;
}

/* ---- Sub ---- */

/* A variable of the text: of the map beside it, a parameter, a resource or its attribute. */
static const struct value *variable(struct cfn_stack *s, const struct node *n, str name,
				    const struct node *map)
{
	if (map) {
		str key;
		for (const struct node *p = map->first; p; p = p->next)
			if (pair_key(p, s->model->arena, &key) && str_eq(key, name))
				return cfn_eval(s, p->last);
	}
	if (str_has(name, S(".")) && !str_starts(name, S("self:")))
		return cfn_attribute(s, n, name);
	return cfn_ref(s, n, name);
}

const struct value *cfn_sub(struct cfn_stack *s, const struct node *n, const struct node *text,
			    const struct node *map)
{
	struct arena *a = s->model->arena;
	struct node *parts;
	struct syntax_error e;
	struct buf b = { 0 };
	bool known = true;
	if (text->kind != NODE_STRING || !sub_template(&parts, text, a, &e))
		return NULL;
	for (const struct node *p = parts->first; p && known; p = p->next) {
		const struct value *v = p->kind == NODE_INTERP ? variable(s, n, p->name, map) :
								 NULL;
		str each = node_decoded(p);
		known = v ? value_text(v, &each) && !v->maybe && v->kind != VALUE_UNKNOWN :
			    text_is_literal(each);
		buf_add(&b, each);
		known &= b.n <= VALUE_MAX_TEXT;
	}
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	if (known && str_has(out, S("{{")))
		return cfn_resolve(s, n, out);
	return known ? text_value(s, out, n) : NULL;
}

static const struct value *sub(struct cfn_stack *s, const struct node *n,
			       const struct cfn_call *call)
{
	const struct node *text = call->arg, *map = NULL;
	if (text->kind == NODE_SEQ) {
		map = cfn_follow(s->cfn, text->last);
		text = cfn_follow(s->cfn, text->first);
		if (!text || map->kind != NODE_MAP)
			return NULL;
	}
	return cfn_sub(s, n, text, map);
}

/* ---- Join, Split, Select ---- */

static const struct value *join(struct cfn_stack *s, const struct node *n,
				const struct cfn_call *call)
{
	struct buf b = { 0 };
	str delimiter, part;
	if (call->arg->kind != NODE_SEQ || node_count(call->arg) != 2 ||
	    !cfn_text(s, call->arg->first, &delimiter))
		return NULL;
	const struct value *list = cfn_eval(s, call->arg->last);
	bool known = value_is_known_list(list);
	for (size_t i = 0; known && i < list->n; i++) {
		const struct value *v = value_at(list, i);
		known = value_text(v, &part) && !v->maybe && v->kind != VALUE_UNKNOWN &&
			b.n <= VALUE_MAX_TEXT;
		if (i)
			buf_add(&b, delimiter);
		if (known)
			buf_add(&b, part);
	}
	str out = str_dup(s->model->arena, buf_str(&b));
	buf_free(&b);
	return known ? text_value(s, out, n) : NULL;
}

static const struct value *split(struct cfn_stack *s, const struct node *n,
				 const struct cfn_call *call)
{
	struct arena *a = s->model->arena;
	struct value_items items = { 0 };
	str delimiter, text;
	if (call->arg->kind != NODE_SEQ || node_count(call->arg) != 2 ||
	    !cfn_text(s, call->arg->first, &delimiter) || !delimiter.n ||
	    !text_is_literal(delimiter) || !cfn_text(s, call->arg->last, &text) ||
	    !text_is_literal(text))
		return NULL; /* what a reference becomes may hold the delimiter */
	for (size_t at = 0, end;; at = end + delimiter.n) {
		end = str_find(text, delimiter, at);
		if (end == SIZE_MAX)
			end = text.n;
		struct value_item item = { .node = n,
					   .value = text_value(s, str_sub(text, at, end), n) };
		VEC_PUSH(a, &items, item);
		if (end == text.n)
			break;
	}
	struct value *v = value_items_new(a, VALUE_LIST, &items, n);
	while (v->origin->kind != NODE_STRING && v->origin->first)
		v->origin = v->origin->first; /* no list where one more could be written */
	return v;
}

static const struct value *pick(struct cfn_stack *s, const struct node *n,
				const struct cfn_call *call)
{
	str index;
	size_t i;
	if (call->arg->kind != NODE_SEQ || node_count(call->arg) != 2 ||
	    !cfn_text(s, call->arg->first, &index) || !value_index(index, &i))
		return NULL;
	const struct value *item = value_nth(cfn_eval(s, call->arg->last), i);
	if (!item || item->kind == VALUE_LIST)
		return item; /* one more can be written there */
	struct value *v = value_copy(s->model->arena, item);
	v->origin = n;
	return v;
}

/* ---- FindInMap ---- */

/* The values below `map` by a key that may not be known: then all of them, which must agree. */
static void find_values(struct cfn_stack *s, const struct node *map, const struct node *const *keys,
			size_t depth, struct strs *out)
{
	struct arena *a = s->model->arena;
	str key, have, text;
	map = cfn_follow(s->cfn, map);
	if (depth == 2) {
		bool known = !(map->kind == NODE_MAP || map->kind == NODE_SEQ) &&
			     cfn_text(s, map, &text) && text_is_literal(text);
		strs_add_once(a, out, known ? text : S("\x01"));
		return;
	}
	if (!map || map->kind != NODE_MAP || !cfn_text(s, keys[depth], &key)) {
		strs_add_once(a, out, S("\x01"));
		return;
	}
	for (const struct node *p = map->first; p; p = p->next)
		if (pair_key(p, a, &have) && (!text_is_literal(key) || str_eq(key, have)))
			find_values(s, p->last, keys, depth + 1, out);
}

static bool is_literal(struct cfn_stack *s, const struct node *n)
{
	str text;
	return cfn_text(s, n, &text) && text_is_literal(text);
}

/* `DefaultValue`, for where the map has no such keys. */
static bool add_default(struct cfn_stack *s, const struct node *n, struct strs *values)
{
	const struct node *at = cfn_get(s->cfn, n, "DefaultValue");
	str text;
	if (!at || !cfn_text(s, at, &text) || !text_is_literal(text))
		return false;
	strs_add_once(s->model->arena, values, text);
	return true;
}

static const struct value *find_in_map(struct cfn_stack *s, const struct node *n,
				       const struct cfn_call *call)
{
	struct strs values = { 0 };
	const struct node *keys[2];
	str name;
	if (call->arg->kind != NODE_SEQ || node_count(call->arg) < 3 || !s->mappings ||
	    !cfn_text(s, call->arg->first, &name) || !text_is_literal(name))
		return NULL;
	keys[0] = call->arg->first->next;
	keys[1] = keys[0]->next;
	find_values(s, cfn_get(s->cfn, s->mappings, str_z(s->model->arena, name)), keys, 0,
		    &values);
	if (keys[1]->next && !(values.n && is_literal(s, keys[0]) && is_literal(s, keys[1])) &&
	    !add_default(s, keys[1]->next, &values))
		return NULL;
	if (!values.n || strs_has(&values, S("\x01")))
		return NULL;
	return values.n == 1 ? text_value(s, values.v[0], n) : cfn_one_of(s, n, &values);
}

/* ---- references ---- */

static const struct value *ref(struct cfn_stack *s, const struct node *n,
			       const struct cfn_call *call)
{
	str name;
	return cfn_scalar(s->cfn, call->arg, &name) ? cfn_ref(s, n, name) : NULL;
}

static const struct value *get_att(struct cfn_stack *s, const struct node *n,
				   const struct cfn_call *call)
{
	str source;
	return cfn_getatt(s->cfn, call, &source) ? cfn_attribute(s, n, source) : NULL;
}

static const struct value *import(struct cfn_stack *s, const struct node *n,
				  const struct cfn_call *call)
{
	const struct value *v = cfn_eval_arg(s, call);
	str name;
	return value_text(v, &name) && !v->maybe ? cfn_import(s, n, name) : NULL;
}

static const struct {
	const char *name;
	const struct value *(*eval)(struct cfn_stack *s, const struct node *n,
				    const struct cfn_call *call);
} functions[] = {
	{ "Ref", ref },
	{ "GetAtt", get_att },
	{ "Sub", sub },
	{ "Join", join },
	{ "Split", split },
	{ "Select", pick },
	{ "ImportValue", import },
	{ "FindInMap", find_in_map },
};

const struct value *cfn_function(struct cfn_stack *s, const struct node *n,
				 const struct cfn_call *call)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (str_eq(call->function, str_from(functions[i].name)))
			return functions[i].eval(s, n, call);
	return NULL;
}
