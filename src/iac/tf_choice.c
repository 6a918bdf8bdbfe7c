/* SPDX-License-Identifier: MIT */
/* `condition ? one : other`: which of them it is, or what is there under the condition. */
#include "tf.h"

#include "kmsfix/vec.h"
#include "value.h"

static bool is_empty_map(const struct value *v)
{
	return v->kind == VALUE_NULL || (v->kind == VALUE_MAP && !v->n && !v->open);
}

/* The list has a text like that, which is certainly there. */
static bool has_equal(const struct value *list, const struct value *v)
{
	str text, other;
	if (list->kind != VALUE_LIST || !value_text(v, &text) || (v->maybe && !v->either))
		return false;
	for (size_t i = 0; i < list->n; i++) {
		const struct value *item = value_at(list, i);
		if ((!item->maybe || item->either) && value_text(item, &other) &&
		    str_eq(text, other))
			return true;
	}
	return false;
}

bool tf_is_document(const struct value *v)
{
	switch (v->kind) {
	case VALUE_JSON:
	case VALUE_FILE:
	case VALUE_TEMPLATE:
	case VALUE_DOCUMENT:
		return true;
	case VALUE_UNKNOWN:
		return v->n > 0 || v->origin->kind == NODE_HEREDOC;
	default:
		return v->origin->kind == NODE_HEREDOC;
	}
}

/* No policy at all. */
static bool is_blank(const struct value *v)
{
	return (v->kind == VALUE_NULL && !v->failed) || value_is(v, S(""));
}

bool tf_is_plain_text(const struct value *v)
{
	return (v->kind == VALUE_TEXT || v->kind == VALUE_UNKNOWN || is_blank(v)) && !v->choice &&
	       !v->maybe && !tf_is_document(v);
}

const struct value *tf_one_of_texts(struct tf_block *scope, const struct node *n,
				    const struct choice *choice)
{
	struct arena *a = scope->module->model->arena;
	struct value *v = value_copy(a, tf_unknown(scope, n));
	v->choice = ARENA_NEW(a, struct choice);
	*v->choice = *choice;
	return v;
}

static void find_guards(struct choice *c)
{
	for (size_t i = 0; i < 2; i++)
		c->guards[i] = tf_guard_when(c->block, c->condition, i == 0);
}

/* What a loop binds is gone later: its guards are found at once. */
static const struct value *choose_text(struct tf_block *scope, const struct node *n,
				       const struct value *x, const struct value *y)
{
	struct choice c = {
		.both = { x, y }, .find = find_guards, .block = scope, .condition = n->first
	};
	if (scope->bindings && scope->module->state->tests)
		return tf_unknown(scope, n);
	if (scope->bindings) {
		find_guards(&c);
		c.find = NULL;
	}
	return tf_one_of_texts(scope, n, &c);
}

/* Not known; but where both are texts of policies, what reads one can read them. */
static const struct value *one_of_two(struct tf_block *scope, const struct node *n,
				      const struct value *x, const struct value *y)
{
	struct arena *a = scope->module->model->arena;
	const struct value *unknown = tf_unknown(scope, n), *both[] = { x, y };
	if (tf_is_plain_text(x) && tf_is_plain_text(y))
		return choose_text(scope, n, x, y);
	if (x->maybe || y->maybe ||
	    (!(tf_is_document(x) && (tf_is_document(y) || is_blank(y))) &&
	     !(tf_is_document(y) && is_blank(x))))
		return unknown;
	struct value_item *items = arena_array(a, 2, sizeof(*items));
	for (size_t i = 0; i < 2; i++)
		items[i] = (struct value_item){
			.node = i ? n->last : n->first->next,
			.value = value_under(a, both[i], tf_guard_when(scope, n->first, i == 0)),
		};
	return value_with(a, unknown, items, 2);
}

static const struct value *merge_branches(struct tf_block *scope, const struct node *n,
					  const struct value *x, const struct value *y)
{
	struct arena *a = scope->module->model->arena;
	str tx, ty;
	/* A text that is one of several is written in each branch, and may change there. */
	if (value_text(x, &tx) && value_text(y, &ty) && str_eq(tx, ty) && !x->n &&
	    !tf_is_document(x))
		return x;
	if (x->kind == VALUE_MAP && is_empty_map(y))
		return value_under(a, x, tf_guard_when(scope, n->first, true));
	if (y->kind == VALUE_MAP && is_empty_map(x))
		return value_under(a, y, tf_guard_when(scope, n->first, false));
	if (x->kind != VALUE_LIST && y->kind != VALUE_LIST)
		return one_of_two(scope, n, x, y);
	struct value_items items = { 0 };
	bool open = false, unordered = false;
	const struct value *both[] = { x, y };
	for (size_t i = 0; i < 2; i++) {
		bool list = both[i]->kind == VALUE_LIST;
		unordered |= both[i]->unordered;
		str guard = list && both[i]->n ? tf_guard_when(scope, n->first, i == 0) : S("");
		open |= list ? both[i]->open : both[i]->kind != VALUE_NULL;
		for (size_t k = 0; list && k < both[i]->n; k++) {
			struct value_item item = *value_item(both[i], k);
			item.value = has_equal(both[1 - i], item.value) ?
					     value_either(a, item.value) :
					     value_under(a, item.value, guard);
			VEC_PUSH(a, &items, item);
		}
	}
	struct value *v = value_items_new(a, VALUE_LIST, &items, n);
	v->open |= open;
	v->unordered = unordered;
	return v;
}

/* The list E of `length(E) > 0`, when all of it is known but which of its items are there. */
static const struct value *tested_list(struct tf_block *scope, const struct node *cond)
{
	const struct node *counts;
	cond = node_unparen(cond);
	if (cond->kind != NODE_BINARY || (cond->op != OP_GT && cond->op != OP_NE))
		return NULL;
	counts = node_length_of(cond->first);
	if (!counts || !str_eq(node_source(cond->last), S("0")))
		return NULL;
	const struct value *list = tf_eval(scope, counts);
	return value_is_known_list(list) ? list : NULL;
}

/* The items of `then`, each there while `list` is not empty. */
static const struct value *if_any(struct arena *a, const struct value *then,
				  const struct value *list)
{
	struct value_item *items = arena_array(a, then->n, sizeof(*items));
	for (size_t i = 0; i < then->n; i++) {
		struct value *item = value_copy(a, value_maybe(a, value_at(then, i)));
		item->if_any = value_at(then, i)->maybe ? NULL : list;
		items[i] = *value_item(then, i);
		items[i].value = item;
	}
	return value_with(a, then, items, then->n);
}

/* What is left of the condition: `true && x` is x. */
static const struct node *undecided(struct tf_block *scope, const struct node *cond)
{
	cond = node_unparen(cond);
	while (cond->kind == NODE_BINARY && cond->op == OP_AND) {
		bool left = value_is(tf_eval(scope, cond->first), S("true"));
		if (!left && !value_is(tf_eval(scope, cond->last), S("true")))
			break;
		cond = node_unparen(left ? cond->last : cond->first);
	}
	return cond;
}

/* The list that decides between `x` and nothing, as the condition is whether it has any item. */
static const struct value *deciding_list(struct tf_block *scope, const struct node *cond,
					 const struct value *x, const struct value *y)
{
	struct tf_state *state = scope->module->state;
	if (x->kind != VALUE_LIST || x->open || !value_is_empty_list(y))
		return NULL;
	state->tests++;
	const struct value *list = tested_list(scope, undecided(scope, cond));
	state->tests--;
	return list;
}

const struct value *tf_choice(struct tf_block *scope, const struct node *n)
{
	struct tf_state *state = scope->module->state;
	const struct node *then = n->first->next, *other = n->last;
	if (state->tests >= TF_MAX_TESTS) {
		tf_doubt(scope, true);
		return tf_unknown(scope, n);
	}
	state->tests++;
	const struct value *cond = tf_eval(scope, n->first);
	state->tests--;
	if (value_is(cond, S("true")))
		return tf_eval(scope, then);
	if (value_is(cond, S("false")))
		return tf_eval(scope, other);
	tf_doubt(scope, true);
	const struct value *x = tf_eval(scope, then), *y = tf_eval(scope, other);
	const struct value *list = deciding_list(scope, n->first, x, y);
	return list ? if_any(scope->module->model->arena, x, list) : merge_branches(scope, n, x, y);
}
