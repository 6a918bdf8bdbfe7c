/* SPDX-License-Identifier: MIT */
/*
 * Partial evaluation of expressions. What is not known stays as its own source; nothing is guessed.
 * Recursion follows the syntax tree (bounded by the parser) and from block to block (bounded by the
 * cycle guard and MAX_HOPS, see tf_reach.c).
 */
#include "tf_func.h"

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
	return refers_in(scope, tf_root(scope->module), n, S("terraform.workspace"));
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
	v->open |= open;
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
		if (!pair_key(c, a, &item.key)) {
			const struct value *key = tf_eval_unasked(scope, c->first);
			tf_doubt(scope, !tf_is_sure(key));
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
	v->open |= open;
	v->covered = covered;
	return v;
}

/* ---- operators ---- */

static const struct value *truth(struct tf_block *scope, const struct node *n, bool is)
{
	return value_text_new(arena_of(scope), is ? S("true") : S("false"), n);
}

static bool is_other(const struct tf_block *scope, const struct value *key,
		     const struct value *than)
{
	return value_is_literal(than) && tf_is_other(scope, key, than->text);
}

/* The length of what has some element or letter at all times, whatever else it may have. */
static bool counts_some(struct tf_block *scope, const struct node *n)
{
	struct tf_state *state = scope->module->state;
	const struct node *counts = node_length_of(n);
	bool some = false;
	if (!counts || state->tests >= TF_MAX_TESTS)
		return false;
	state->tests++;
	const struct value *v = tf_eval(scope, counts);
	state->tests--;
	if (tf_is_never_empty(v))
		return true;
	for (size_t i = 0; i < v->n && !v->maybe; i++)
		some |= !value_at(v, i)->maybe && !value_at(v, i)->guarded && !tf_is_spread(v, i);
	return some && (v->kind == VALUE_LIST || v->kind == VALUE_MAP);
}

static const struct value *eval_binary(struct tf_block *scope, const struct node *n)
{
	const struct value *x = tf_eval(scope, n->first), *y = tf_eval(scope, n->last);
	bool same, known;
	if ((n->op == OP_EQ || n->op == OP_NE || n->op == OP_GT) && value_is(y, S("0")) &&
	    !value_is_literal(x) && counts_some(scope, n->first))
		return truth(scope, n, n->op != OP_EQ);
	switch (n->op) {
	case OP_EQ:
	case OP_NE:
		known = tf_compare(arena_of(scope), x, y, &same) || is_other(scope, x, y) ||
			is_other(scope, y, x);
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

/* Whether something in it may be an error is seen in the whole. */
static const struct value *unasked(struct tf_block *scope, const struct node *n,
				   const struct value *(*evaluate)(struct tf_block *,
								   const struct node *))
{
	struct tf_state *state = scope->module->state;
	struct tf_asking asking = state->asking;
	state->asking = (struct tf_asking){ 0 };
	const struct value *v = evaluate(scope, n);
	state->asking = asking;
	return v;
}

const struct value *tf_eval_unasked(struct tf_block *scope, const struct node *n)
{
	return unasked(scope, n, tf_eval);
}

static const struct value *eval(struct tf_block *scope, const struct node *n)
{
	switch (n->kind) {
	case NODE_STRING:
	case NODE_HEREDOC:
		return unasked(scope, n, tf_string);
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
		return tf_choice(scope, n);
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
	struct effort *effort = &scope->module->state->effort;
	const struct value *v = effort_begin(effort) ? eval(scope, n) : tf_unknown(scope, n);
	struct value *copy;
	if (!effort_end(effort, v))
		v = tf_unknown(scope, n);
	tf_note_doubt(scope, n, v);
	if (v->scope || v->origin != n)
		return v;
	copy = value_copy(arena_of(scope), v);
	copy->scope = scope->module->scope;
	return copy;
}
