/* SPDX-License-Identifier: MIT */
/*
 * Partial evaluation of expressions. What is not known stays as its own source; nothing is guessed.
 * Recursion follows the syntax tree (bounded by the parser) and from block to block (bounded by the
 * cycle guard and MAX_HOPS, see tf_reach.c).
 */
#include "tf.h"

#include "kmsfix/ascii.h"
#include "kmsfix/vec.h"
#include "value.h"

static struct arena *arena_of(struct tf_block *scope)
{
	return scope->module->model->arena;
}

static str collapse(struct arena *a, str source)
{
	char *out = arena_alloc(a, source.n);
	size_t n = 0;
	bool blank = false;
	for (size_t i = 0; i < source.n; i++) {
		char c = source.p[i];
		bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
		if (!space || !blank)
			out[n++] = space ? ' ' : c;
		blank = space;
	}
	return (str){ out, n };
}

/* A reference whose source means what it does in that module. */
static const struct value *refers_in(struct tf_block *scope, const struct tf_module *mod,
				     const struct node *n, str source)
{
	struct value *v = value_new(arena_of(scope), VALUE_UNKNOWN, n);
	v->scope = scope->module->scope;
	v->text = ref_in_scope(arena_of(scope), mod->scope->id, source);
	return v;
}

const struct value *tf_refers(struct tf_block *scope, const struct node *n, str source)
{
	return refers_in(scope, scope->module, n, source);
}

const struct value *tf_workspace(struct tf_block *scope, const struct node *n)
{
	const struct tf_module *root = scope->module;
	while (root->parent)
		root = root->parent;
	return refers_in(scope, root, n, S("terraform.workspace"));
}

bool tf_enter(struct tf_block *b)
{
	size_t *hops = &b->module->state->hops;
	if (b->evaluating || *hops >= TF_MAX_HOPS)
		return false;
	b->evaluating = true;
	++*hops;
	return true;
}

void tf_leave(struct tf_block *b)
{
	--b->module->state->hops;
	b->evaluating = false;
}

static bool mentions(const struct node *n, str name)
{
	if (n->kind == NODE_NAME && str_eq(n->name, name))
		return true;
	for (const struct node *c = n->first; c; c = c->next)
		if (mentions(c, name))
			return true;
	return false;
}

/*
 * What `for`, a dynamic block or a template binds has no name elsewhere, and another value each
 * time: the source says so, as that of `each.value` does.
 */
static str with_bindings(struct tf_block *scope, const struct node *n, str source)
{
	struct arena *a = arena_of(scope);
	str text;
	for (const struct tf_binding *b = scope->bindings; b; b = b->next) {
		if (!mentions(n, b->name))
			continue;
		if (!value_text(b->value, &text) || !text_is_literal(text))
			text = collapse(a, node_source(b->value->origin));
		source = str_fmt(a, "%.*s with each.%.*s = %.*s", STR_ARG(source), STR_ARG(b->name),
				 STR_ARG(text));
	}
	return source;
}

const struct value *tf_unknown(struct tf_block *scope, const struct node *n)
{
	str source = collapse(arena_of(scope), node_source(n));
	return tf_refers(scope, n, with_bindings(scope, n, source));
}

/* ---- collections ---- */

static const struct value *eval_seq(struct tf_block *scope, const struct node *n)
{
	struct arena *a = arena_of(scope);
	struct value_items items = { 0 };
	bool failed = false, open = false;
	for (const struct node *c = n->first; c; c = c->next) {
		struct value_item item = { .node = c, .value = tf_eval(scope, c) };
		failed |= item.value->failed;
		open |= c->kind == NODE_INTERP && item.value->kind == VALUE_UNKNOWN;
		VEC_PUSH(a, &items, item);
	}
	struct value *v = value_items_new(a, VALUE_LIST, &items, n);
	v->scope = scope->module->scope;
	v->open = open;
	v->failed = failed;
	return v;
}

static const struct value *eval_map(struct tf_block *scope, const struct node *n)
{
	struct arena *a = arena_of(scope);
	struct value_items items = { 0 };
	bool open = false, covered = false;
	for (const struct node *c = n->first; c; c = c->next) {
		struct value_item item = { .node = c };
		if (c->kind != NODE_PAIR)
			continue;
		if (!pair_key(c, a, &item.key)) {
			const struct value *key = tf_eval(scope, c->first);
			if (!value_is_literal(key)) {
				open = true;
				covered |= items.n > 0;
				continue;
			}
			item.key = key->text;
		}
		item.value = tf_eval(scope, c->last);
		VEC_PUSH(a, &items, item);
	}
	struct value *v = value_items_new(a, VALUE_MAP, &items, n);
	v->scope = scope->module->scope;
	v->open = open;
	v->covered = covered;
	return v;
}

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

/* The text of a whole policy, as far as that can be told without reading it. */
static bool is_document(const struct value *v)
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

/* Not known; but where both are texts of policies, what reads one can read them. */
static const struct value *one_of_two(struct tf_block *scope, const struct node *n,
				      const struct value *x, const struct value *y)
{
	struct arena *a = arena_of(scope);
	const struct value *unknown = tf_unknown(scope, n), *both[] = { x, y };
	struct value_item *items = arena_array(a, 2, sizeof(*items));
	if (x->maybe || y->maybe ||
	    (!(is_document(x) && (is_document(y) || is_blank(y))) &&
	     !(is_document(y) && is_blank(x))))
		return unknown;
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
	struct arena *a = arena_of(scope);
	str tx, ty;
	if (value_text(x, &tx) && value_text(y, &ty) && str_eq(tx, ty))
		return x;
	if (x->kind == VALUE_MAP && is_empty_map(y))
		return value_under(a, x, tf_guard_when(scope, n->first, true));
	if (y->kind == VALUE_MAP && is_empty_map(x))
		return value_under(a, y, tf_guard_when(scope, n->first, false));
	if (x->kind != VALUE_LIST && y->kind != VALUE_LIST)
		return one_of_two(scope, n, x, y);
	struct value_items items = { 0 };
	bool open = false;
	const struct value *both[] = { x, y };
	for (size_t i = 0; i < 2; i++) {
		bool list = both[i]->kind == VALUE_LIST;
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
	v->open = open;
	return v;
}

/* The list E of `length(E) > 0`, when all of it is known but which of its items are there. */
static const struct value *tested_list(struct tf_block *scope, const struct node *cond)
{
	const struct node *call;
	cond = node_unparen(cond);
	if (cond->kind != NODE_BINARY || (cond->op != OP_GT && cond->op != OP_NE))
		return NULL;
	call = node_unparen(cond->first);
	if (!str_eq(node_source(cond->last), S("0")) || call->kind != NODE_CALL ||
	    !str_eq(call->name, S("length")) || !call->first)
		return NULL;
	const struct value *list = tf_eval(scope, call->first);
	return list->kind == VALUE_LIST && !list->open && !list->maybe ? list : NULL;
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

static bool is_empty_list(const struct value *v)
{
	return v->kind == VALUE_LIST && !v->n && !v->open;
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

static const struct value *eval_cond(struct tf_block *scope, const struct node *n)
{
	const struct value *cond = tf_eval(scope, n->first), *list;
	const struct node *then = n->first->next, *other = n->last;
	if (value_is(cond, S("true")))
		return tf_eval(scope, then);
	if (value_is(cond, S("false")))
		return tf_eval(scope, other);
	const struct value *x = tf_eval(scope, then), *y = tf_eval(scope, other);
	if (x->kind == VALUE_LIST && !x->open && is_empty_list(y) &&
	    (list = tested_list(scope, undecided(scope, n->first))))
		return if_any(arena_of(scope), x, list);
	return merge_branches(scope, n, x, y);
}

/* ---- operators ---- */

static const struct value *truth(struct tf_block *scope, const struct node *n, bool is)
{
	return value_text_new(arena_of(scope), is ? S("true") : S("false"), n);
}

/* The ARN or id of something of the repository: never null, where the reference is no error. */
static bool is_identity(const struct value *v)
{
	str source, local;
	if (v->kind != VALUE_UNKNOWN || v->maybe || v->tried || !text_is_ref(v->text, &source))
		return false;
	ref_scope(source, &local);
	return str_starts(local, S("aws_")) && !str_has(local, S("[*]")) &&
	       !str_has(local, S("(")) &&
	       (str_ends(local, S(".arn")) || str_ends(local, S(".id")) ||
		str_ends(local, S(".key_id")));
}

static bool is_scalar(const struct value *v)
{
	return v->origin->kind == NODE_NUMBER || v->origin->kind == NODE_LITERAL;
}

/* A text is never the same as a number or truth; which of them it is, a variable's type may say. */
static bool differ_in_type(const struct value *x, const struct value *y)
{
	return (is_scalar(x) && y->origin->kind == NODE_STRING) ||
	       (is_scalar(y) && x->origin->kind == NODE_STRING);
}

/* Whether two values are the same; false when that is not known. */
static bool compare(const struct value *x, const struct value *y, bool *same)
{
	bool null = x->kind == VALUE_NULL || y->kind == VALUE_NULL;
	if (null) {
		const struct value *other = x->kind == VALUE_NULL ? y : x;
		*same = other->kind == VALUE_NULL;
		return other->kind == VALUE_NULL || value_is_literal(other) || is_identity(other) ||
		       other->kind == VALUE_LIST || other->kind == VALUE_MAP ||
		       other->kind == VALUE_OBJECT ||
		       (other->kind != VALUE_UNKNOWN && !other->maybe && is_document(other));
	}
	*same = x->kind == VALUE_TEXT && y->kind == VALUE_TEXT && str_eq(x->text, y->text);
	return value_is_literal(x) && value_is_literal(y) && !(*same && differ_in_type(x, y));
}

static bool is_other(const struct tf_block *scope, const struct value *key,
		     const struct value *than)
{
	return value_is_literal(than) && tf_is_other(scope, key, than->text);
}

static const struct value *eval_binary(struct tf_block *scope, const struct node *n)
{
	const struct value *x = tf_eval(scope, n->first), *y = tf_eval(scope, n->last);
	bool same, known;
	switch (n->op) {
	case OP_EQ:
	case OP_NE:
		known = compare(x, y, &same) || is_other(scope, x, y) || is_other(scope, y, x);
		return known ? truth(scope, n, same == (n->op == OP_EQ)) : tf_unknown(scope, n);
	case OP_AND:
	case OP_OR: {
		str decides = n->op == OP_AND ? S("false") : S("true");
		if ((value_is_literal(x) && str_eq(x->text, decides)) ||
		    (value_is_literal(y) && str_eq(y->text, decides)))
			return truth(scope, n, n->op == OP_OR);
		if (value_is_literal(x))
			return y;
		return value_is_literal(y) ? x : tf_unknown(scope, n);
	}
	case OP_GT:
		/* length(x) > 0 of what is known */
		if (value_is_literal(x) && value_is_literal(y) && str_eq(y->text, S("0")))
			return truth(scope, n,
				     x->text.n && x->text.p[0] != '-' && !str_eq(x->text, S("0")));
		return tf_unknown(scope, n);
	default:
		return tf_unknown(scope, n);
	}
}

static const struct value *eval_unary(struct tf_block *scope, const struct node *n)
{
	const struct value *x = tf_eval(scope, n->first);
	if (n->op == OP_NOT && value_is_literal(x))
		return truth(scope, n, str_eq(x->text, S("false")));
	return tf_unknown(scope, n);
}

void tf_bind(struct tf_block *scope, struct tf_binding *b, str name, const struct value *value)
{
	*b = (struct tf_binding){ name, value, scope->bindings };
	scope->bindings = b;
}

/* `${…}` in place of a JSON value: what is encoded there, else any JSON text. */
static const struct value *eval_json(struct tf_block *scope, const struct node *n)
{
	const struct value *v = tf_eval(scope, n->first);
	if (v->kind == VALUE_JSON)
		return value_at(v, 0);
	return tf_unknown(scope, n);
}

/* ---- the whole language ---- */

/* A number of which its source is the text: `012`, `1.0` and `1e3` become others. */
static bool is_plain_number(str source)
{
	bool plain = source.n < 16 && (source.n == 1 || source.p[0] != '0');
	for (size_t i = 0; i < source.n; i++)
		plain &= ascii_is_digit(source.p[i]);
	return plain;
}

/* A number, true, false or null. */
static const struct value *eval_literal(struct tf_block *scope, const struct node *n)
{
	str source = node_source(n);
	struct value *v = value_text_new(arena_of(scope), source, n);
	if (n->kind == NODE_NUMBER && n->tree->lang == LANG_HCL && !is_plain_number(source))
		return tf_unknown(scope, n);
	if (n->kind == NODE_LITERAL && str_eq(source, S("null")))
		*v = (struct value){ .kind = VALUE_NULL, .origin = n };
	v->scope = scope->module->scope;
	return v;
}

static const struct value *eval(struct tf_block *scope, const struct node *n)
{
	switch (n->kind) {
	case NODE_STRING:
	case NODE_HEREDOC:
		return tf_string(scope, n);
	case NODE_NUMBER:
	case NODE_LITERAL:
		return eval_literal(scope, n);
	case NODE_SEQ:
		return eval_seq(scope, n);
	case NODE_MAP:
		return eval_map(scope, n);
	case NODE_PAREN:
		return tf_eval(scope, n->first);
	case NODE_INTERP:
		return eval_json(scope, n);
	case NODE_COND:
		return eval_cond(scope, n);
	case NODE_FOR:
		return tf_for(scope, n);
	case NODE_BINARY:
		return eval_binary(scope, n);
	case NODE_UNARY:
		return eval_unary(scope, n);
	case NODE_CALL: {
		const struct value *v = tf_call(scope, n);
		return v ? v : tf_unknown(scope, n);
	}
	case NODE_NAME:
	case NODE_GETATTR:
	case NODE_INDEX:
	case NODE_SPLAT:
		return tf_reach(scope, n);
	default:
		return tf_unknown(scope, n);
	}
}

/* What is made for the node alone says in whose names it is already: few have to be copied. */
const struct value *tf_eval(struct tf_block *scope, const struct node *n)
{
	const struct value *v = eval(scope, n);
	struct value *copy;
	if (v->scope || v->origin != n)
		return v;
	copy = value_copy(arena_of(scope), v);
	copy->scope = scope->module->scope;
	return copy;
}
