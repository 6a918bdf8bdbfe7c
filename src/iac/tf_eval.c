/* SPDX-License-Identifier: MIT */
/*
 * Partial evaluation of expressions. What is not known stays as its own source; nothing is guessed.
 * Recursion follows the syntax tree (bounded by the parser) and locals (bounded by the cycle guard
 * and MAX_LOCALS).
 */
#include "tf.h"

#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "value.h"

/* A chain of locals longer than this is treated as unknown; real code needs a handful. */
#define MAX_LOCALS 32

static struct arena *arena_of(struct tf_block *scope)
{
	return scope->module->model->arena;
}

static str collapse(struct arena *a, str source)
{
	struct buf b = { 0 };
	bool blank = false;
	for (size_t i = 0; i < source.n; i++) {
		char c = source.p[i];
		bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
		if (!space)
			buf_addc(&b, c);
		else if (!blank)
			buf_addc(&b, ' ');
		blank = space;
	}
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

static const struct value *unknown_source(struct tf_block *scope, const struct node *n, str source)
{
	struct value *v = value_new(arena_of(scope), VALUE_UNKNOWN, n);
	v->text = ref_text(arena_of(scope), source);
	return v;
}

const struct value *tf_unknown(struct tf_block *scope, const struct node *n)
{
	return unknown_source(scope, n, collapse(arena_of(scope), node_source(n)));
}

/* ---- strings and templates ---- */

/* True for a string of a .tf.json file, which is a template of its own. */
static bool is_json_config(const struct node *n)
{
	return n->tree->lang == LANG_JSON && !n->tree->host && tf_is_config(n->tree->file->path);
}

static bool add_part(struct tf_block *scope, const struct node *part, struct buf *out)
{
	struct arena *a = arena_of(scope);
	str text;
	if (part->kind == NODE_TEXT) {
		if (!node_text(part, a, &text))
			return false;
		buf_add(out, text);
		return true;
	}
	if (part->kind != NODE_INTERP)
		return false;
	const struct value *v = tf_eval(scope, part->first);
	if (!value_text(v, &text))
		text = ref_text(a, collapse(a, node_source(part->first)));
	buf_add(out, text);
	return true;
}

static const struct value *eval_template(struct tf_block *scope, const struct node *n)
{
	struct arena *a = arena_of(scope);
	if (n->kind == NODE_STRING && n->first && n->first->kind == NODE_INTERP && !n->first->next)
		return tf_eval(scope, n->first->first);
	struct buf b = { 0 };
	bool ok = true;
	for (const struct node *c = n->first; c && ok; c = c->next)
		ok = add_part(scope, c, &b);
	const struct value *v;
	if (ok)
		v = value_text_new(a, str_dup(a, buf_str(&b)), n);
	else
		v = tf_unknown(scope, n);
	buf_free(&b);
	return v;
}

static const struct value *eval_string(struct tf_block *scope, const struct node *n)
{
	struct arena *a = arena_of(scope);
	str text;
	if (n->kind == NODE_STRING && !n->first && is_json_config(n)) {
		struct node *template;
		struct syntax_error e;
		if (!json_string_template(&template, n, a, &e))
			return tf_unknown(scope, n);
		if (template->first) {
			struct value *v = value_copy(a, eval_template(scope, template));
			if (v->origin == template)
				v->origin = n;
			return v;
		}
	}
	if (n->first)
		return eval_template(scope, n);
	if (!node_text(n, a, &text) || !text_is_literal(text))
		return tf_unknown(scope, n);
	return value_text_new(a, text, n);
}

/* ---- collections ---- */

static const struct value *eval_seq(struct tf_block *scope, const struct node *n)
{
	struct arena *a = arena_of(scope);
	struct value_items items = { 0 };
	for (const struct node *c = n->first; c; c = c->next) {
		struct value_item item = { .node = c, .value = tf_eval(scope, c) };
		VEC_PUSH(a, &items, item);
	}
	return value_items_new(a, VALUE_LIST, &items, n);
}

static const struct value *eval_map(struct tf_block *scope, const struct node *n)
{
	struct arena *a = arena_of(scope);
	struct value_items items = { 0 };
	bool open = false;
	for (const struct node *c = n->first; c; c = c->next) {
		struct value_item item = { .node = c };
		if (c->kind != NODE_PAIR)
			continue;
		if (!pair_key(c, a, &item.key)) {
			const struct value *key = tf_eval(scope, c->first);
			if (key->kind != VALUE_TEXT || !text_is_literal(key->text)) {
				open = true;
				continue;
			}
			item.key = key->text;
		}
		item.value = tf_eval(scope, c->last);
		VEC_PUSH(a, &items, item);
	}
	struct value *v = value_items_new(a, VALUE_MAP, &items, n);
	v->open = open;
	return v;
}

static const struct value *merge_branches(struct tf_block *scope, const struct node *n,
					  const struct value *x, const struct value *y)
{
	struct arena *a = arena_of(scope);
	str tx, ty;
	if (value_text(x, &tx) && value_text(y, &ty) && str_eq(tx, ty))
		return x;
	if (x->kind == VALUE_MAP && y->kind == VALUE_NULL)
		return value_maybe(a, x);
	if (y->kind == VALUE_MAP && x->kind == VALUE_NULL)
		return value_maybe(a, y);
	if (x->kind != VALUE_LIST && y->kind != VALUE_LIST)
		return tf_unknown(scope, n);
	struct value_items items = { 0 };
	bool open = false;
	const struct value *both[] = { x, y };
	for (size_t i = 0; i < 2; i++) {
		open |= both[i]->kind != VALUE_LIST ? both[i]->kind != VALUE_NULL : both[i]->open;
		for (size_t k = 0; both[i]->kind == VALUE_LIST && k < both[i]->n; k++) {
			struct value_item item = both[i]->items[k];
			item.value = value_maybe(a, item.value);
			VEC_PUSH(a, &items, item);
		}
	}
	struct value *v = value_items_new(a, VALUE_LIST, &items, n);
	v->open = open;
	return v;
}

static const struct value *eval_cond(struct tf_block *scope, const struct node *n)
{
	const struct value *cond = tf_eval(scope, n->first);
	const struct node *then = n->first->next, *other = n->last;
	if (cond->kind == VALUE_TEXT && str_eq(cond->text, S("true")))
		return tf_eval(scope, then);
	if (cond->kind == VALUE_TEXT && str_eq(cond->text, S("false")))
		return tf_eval(scope, other);
	return merge_branches(scope, n, tf_eval(scope, then), tf_eval(scope, other));
}

/* ---- references ---- */

/* All references to the local, made once. */
static const struct shared *shared_of(struct tf_block *local)
{
	struct arena *a = arena_of(local);
	if (local->shared)
		return local->shared;
	struct shared *shared = ARENA_NEW(a, struct shared);
	const struct node **users = arena_array(a, local->users.n, sizeof(*users));
	for (size_t i = 0; i < local->users.n; i++)
		users[i] = local->users.v[i]->node;
	shared->users = users;
	shared->n = local->users.n;
	return local->shared = shared;
}

static const struct value *eval_local(struct tf_block *local, const struct node *n)
{
	struct tf_block *scope = local;
	struct arena *a = arena_of(scope);
	size_t *depth = &scope->module->locals_depth;
	if (!local->expr || local->overridden || local->evaluating || *depth >= MAX_LOCALS)
		return NULL;
	local->evaluating = true;
	++*depth;
	const struct value *v = tf_eval(local, local->expr);
	--*depth;
	local->evaluating = false;
	return value_via(a, v, n, shared_of(local));
}

/* The item that a step selects from a known collection, or NULL. */
static const struct value *select_item(struct tf_block *scope, const struct node *step,
				       const struct value *from)
{
	str key = step->name;
	if (step->kind == NODE_INDEX) {
		const struct value *index = tf_eval(scope, step->last);
		if (index->kind != VALUE_TEXT || !text_is_literal(index->text))
			return NULL;
		key = index->text;
	}
	if (from->kind == VALUE_MAP) {
		const struct value_item *item = value_get(from, key);
		return item ? item->value : NULL;
	}
	size_t i = 0;
	if (from->kind != VALUE_LIST || from->open || !key.n || key.n > 6)
		return NULL;
	for (size_t k = 0; k < key.n; k++) {
		if (key.p[k] < '0' || key.p[k] > '9')
			return NULL;
		i = i * 10 + (size_t)(key.p[k] - '0');
	}
	for (size_t k = 0; k < from->n && k <= i; k++)
		if (from->items[k].value->maybe)
			return NULL;
	return i < from->n ? from->items[i].value : NULL;
}

static bool is_document_text(str rest)
{
	size_t close = 0;
	if (str_starts(rest, S("["))) {
		close = str_find(rest, S("]"), 0);
		if (close == SIZE_MAX || str_starts(rest, S("[*]")))
			return false;
		close++;
	}
	str tail = str_sub(rest, close, rest.n);
	return str_eq(tail, S(".json")) || str_eq(tail, S(".minified_json"));
}

static str fixed_index(struct tf_block *scope, str rest)
{
	if (scope->repeat == TF_OPTIONAL && str_starts(rest, S("[count.index]")))
		return str_fmt(arena_of(scope), "[0]%.*s", STR_ARG(str_sub(rest, 13, rest.n)));
	return rest;
}

static const struct value *eval_reference(struct tf_block *scope, const struct node *n, str address,
					  str rest)
{
	struct arena *a = arena_of(scope);
	struct tf_block *to = tf_find(scope->module, address);
	rest = fixed_index(scope, rest);
	if (to && str_eq(to->kind, S("aws_iam_policy_document")) && is_document_text(rest)) {
		struct value *v = value_new(a, VALUE_DOCUMENT, n);
		v->owner = to;
		return v;
	}
	if (to && to->repeat == TF_OPTIONAL && str_starts(rest, S("[*]"))) {
		/* All of at most one instance: a list of that one. */
		struct value_items items = { 0 };
		str one = str_fmt(a, "[0]%.*s", STR_ARG(str_sub(rest, 3, rest.n)));
		str source = str_fmt(a, "%.*s%.*s", STR_ARG(address), STR_ARG(one));
		struct value_item item = { .node = n, .value = unknown_source(scope, n, source) };
		tf_name(scope, source);
		VEC_PUSH(a, &items, item);
		return value_items_new(a, VALUE_LIST, &items, n);
	}
	str source = str_fmt(a, "%.*s%.*s", STR_ARG(address), STR_ARG(rest));
	tf_name(scope, source);
	return unknown_source(scope, n, source);
}

static const struct value *eval_traversal(struct tf_block *scope, const struct node *n)
{
	str address, rest;
	if (tf_traversal(n, arena_of(scope), &address, &rest)) {
		if (str_eq(address, S("count.index")) && scope->repeat == TF_OPTIONAL)
			return value_text_new(arena_of(scope), S("0"), n);
		if (!str_starts(address, S("local.")))
			return eval_reference(scope, n, address, rest);
		struct tf_block *local = tf_find(scope->module, address);
		const struct value *v = local && !rest.n ? eval_local(local, n) : NULL;
		if (v)
			return v;
	}
	if (n->kind == NODE_GETATTR || n->kind == NODE_INDEX) {
		const struct value *from = tf_eval(scope, n->first);
		const struct value *item = select_item(scope, n, from);
		if (item)
			return item;
	}
	return tf_unknown(scope, n);
}

const struct value *tf_eval(struct tf_block *scope, const struct node *n)
{
	switch (n->kind) {
	case NODE_STRING:
	case NODE_HEREDOC:
		return eval_string(scope, n);
	case NODE_NUMBER:
		return value_text_new(arena_of(scope), node_source(n), n);
	case NODE_LITERAL:
		if (str_eq(node_source(n), S("null")))
			return value_new(arena_of(scope), VALUE_NULL, n);
		return value_text_new(arena_of(scope), node_source(n), n);
	case NODE_SEQ:
		return eval_seq(scope, n);
	case NODE_MAP:
		return eval_map(scope, n);
	case NODE_PAREN:
	case NODE_INTERP:
		return tf_eval(scope, n->first);
	case NODE_COND:
		return eval_cond(scope, n);
	case NODE_CALL: {
		const struct value *v = tf_call(scope, n);
		return v ? v : tf_unknown(scope, n);
	}
	case NODE_NAME:
	case NODE_GETATTR:
	case NODE_INDEX:
	case NODE_SPLAT:
		return eval_traversal(scope, n);
	default:
		return tf_unknown(scope, n);
	}
}
