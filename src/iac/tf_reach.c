/* SPDX-License-Identifier: MIT */
/*
 * What a traversal reaches: a local, a variable's argument in the calling module, an output of a
 * called one, an instance of a resource. Values are made once per block; each reference that a text
 * came through is remembered, because whoever shares a text must agree to its change.
 */
#include "tf.h"

#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "value.h"

/* The block whose text a traversal passed through. */
struct passage {
	struct tf_block *through;
};

static struct arena *arena_of(struct tf_block *scope)
{
	return scope->module->model->arena;
}

/* ---- values of blocks ---- */

/* Evaluates `expr` in `at` as the value of `b`, once. */
static const struct value *value_of(struct tf_block *b, struct tf_block *at,
				    const struct node *expr)
{
	if (b->value || b->overridden || !tf_enter(b))
		return b->value;
	const struct value *v = tf_eval(at, expr);
	tf_leave(b);
	return b->value = v;
}

static const struct value *local_value(struct tf_block *b)
{
	return b->expr ? value_of(b, b, b->expr) : NULL;
}

static bool takes_null(const struct tf_block *b)
{
	const struct node *n = tf_attr(b->body, S("nullable"), b->module->model->arena);
	return !n || !str_eq(node_source(n), S("false"));
}

/* The argument of the call, else the default; what a root module is given is not known. */
static const struct value *variable_value(struct tf_block *b)
{
	struct arena *a = arena_of(b);
	struct tf_block *call = b->module->call;
	if (!call || b->value)
		return b->value;
	const struct node *arg = tf_attr(call->body, b->name, a);
	const struct node *type = tf_attr(b->body, S("type"), a);
	struct tf_block *at = arg ? call : b;
	if (!arg)
		arg = tf_attr(b->body, S("default"), a);
	const struct value *v = arg ? value_of(b, at, arg) : NULL;
	if (v && v->kind == VALUE_NULL && !takes_null(b)) {
		arg = tf_attr(b->body, S("default"), a);
		b->value = v = arg ? tf_eval(b, arg) : v;
	}
	if (v && type)
		b->value = v = tf_conform(b, v, type, 0);
	return v;
}

static const struct value *output_value(struct tf_block *b)
{
	const struct node *n = tf_attr(b->body, S("value"), arena_of(b));
	return n ? value_of(b, b, n) : NULL;
}

const struct value *tf_value(struct tf_block *b)
{
	if (str_eq(b->type, S("variable")))
		return variable_value(b);
	return str_eq(b->type, S("output")) ? output_value(b) : local_value(b);
}

/* ---- steps ---- */

static bool is_path(str source)
{
	for (size_t i = 0; i < source.n; i++)
		if (source.p[i] == '(' || source.p[i] == ' ' || source.p[i] == '?')
			return false;
	return true;
}

/*
 * One step further, that of `n` (or NULL), from a reference that is not known: in the scope it was
 * written in.
 */
static const struct value *extend(const struct value *from, const struct node *n, bool attribute,
				  str key)
{
	str source, local;
	if (from->kind != VALUE_UNKNOWN || !from->scope || !text_is_ref(from->text, &source))
		return NULL;
	ref_scope(source, &local);
	if (!is_path(local) || !str_has(local, S("."))) /* a root alone is no value: "${local}".x */
		return NULL;
	struct tf_module *mod = from->scope->front;
	struct arena *a = mod->model->arena;
	struct value *v = value_copy(a, from);
	bool number = key.n && key.p[0] >= '0' && key.p[0] <= '9';
	if (attribute)
		local = STR_CAT(a, local, S("."), key);
	else if (number)
		local = STR_CAT(a, local, S("["), key, S("]"));
	else
		local = STR_CAT(a, local, S("[\""), key, S("\"]"));
	tf_name(mod, local);
	v->text = ref_in_scope(a, from->scope->id, local);
	if (n && node_is_within(v->origin, n))
		v->origin = n;
	return v;
}

const struct value *tf_member(const struct value *v, str name)
{
	const struct value_item *item = value_get(v, name);
	return item ? item->value : extend(v, NULL, true, name);
}

static const struct value *take_output(const struct value *from, str name, struct passage *p)
{
	struct tf_module *callee = from->owner;
	struct tf_block *b = tf_find(callee,
				     str_fmt(callee->model->arena, "output.%.*s", STR_ARG(name)));
	const struct value *v = b ? output_value(b) : NULL;
	if (v)
		p->through = b;
	return v;
}

/* A member that a closed collection does not have: an error that try() and can() see. */
static const struct value *missing(struct tf_block *scope, const struct node *n)
{
	struct value *v = value_new(arena_of(scope), VALUE_NULL, n);
	v->failed = true;
	return v;
}

/* What the step `n` selects from `from`; NULL when that is not known. */
static const struct value *find(struct tf_block *scope, const struct node *n,
				const struct value *from, struct passage *p)
{
	const struct value *found = NULL;
	bool collection = from->kind == VALUE_MAP || from->kind == VALUE_LIST;
	str key = n->name;
	size_t i;
	if (from->failed)
		return from;
	if (n->kind == NODE_INDEX && (found = tf_counted_item(scope, n)))
		return found;
	if (n->kind == NODE_INDEX) {
		const struct value *index = tf_eval_unasked(scope, n->last);
		if (!value_is_literal(index))
			return NULL;
		key = index->text;
	}
	if (from->kind == VALUE_MAP && from->covered) {
		found = NULL;
	} else if (from->kind == VALUE_MAP) {
		const struct value_item *item = value_get(from, key);
		found = item ? item->value : NULL;
		if (!item && !from->open && !value_has_key(from, key))
			return missing(scope, n);
	} else if (from->kind == VALUE_LIST) {
		found = value_index(key, &i) ? value_nth(from, i) : NULL;
		if (!found && !from->open && !from->n)
			return missing(scope, n);
	} else if (from->kind == VALUE_OBJECT && n->kind == NODE_GETATTR) {
		found = take_output(from, key, p);
	} else {
		found = extend(from, n, n->kind == NODE_GETATTR, key);
	}
	return found && (from->guarded || (from->maybe && collection)) ?
		       tf_taken(arena_of(scope), from, found) :
		       found;
}

static const struct value *take(struct tf_block *scope, const struct node *n,
				const struct value *from, struct passage *p)
{
	const struct value *found = find(scope, n, from, p);
	return found ? found : tf_unknown(scope, n);
}

/* NULL when it is not known: the steps behind a splat are no expression that could be named. */
static const struct value *take_each(struct tf_block *scope, const struct node *each,
				     const struct value *item, struct passage *p)
{
	if (each->kind == NODE_ITEM)
		return item;
	const struct value *from = take_each(scope, each->first, item, p);
	return from ? find(scope, each, from, p) : NULL;
}

static const struct value *splat(struct tf_block *scope, const struct node *n,
				 const struct value *from, struct passage *p)
{
	struct arena *a = arena_of(scope);
	struct value_items items = { 0 };
	struct value_item one = { .node = n, .value = from };
	if (from->failed)
		return from;
	if (from->kind == VALUE_UNKNOWN || from->kind == VALUE_FILE || from->kind == VALUE_JSON)
		return tf_unknown(scope, n);
	bool list = from->kind == VALUE_LIST;
	size_t count = list ? from->n : from->kind != VALUE_NULL;
	for (size_t i = 0; i < count; i++) {
		struct value_item item = list ? *value_item(from, i) : one;
		item.value = take_each(scope, n->last, item.value, p);
		if (!item.value)
			return tf_unknown(scope, n);
		if (list)
			item.value = value_within(a, item.value, value_inside(a, from, i));
		if (list && value_at(from, i)->guarded)
			item.value = value_where_there(a, value_guarded(a, item.value));
		VEC_PUSH(a, &items, item);
	}
	struct value *v = value_items_new(a, VALUE_LIST, &items, n);
	v->open |= list && from->open;
	v->unordered = list && from->unordered;
	return v;
}

/* ---- resources and data sources ---- */

static bool is_document_text(const struct tf_block *b, str attr)
{
	return str_eq(b->type, S("data")) && str_eq(b->kind, S("aws_iam_policy_document")) &&
	       (str_eq(attr, S(".json")) || str_eq(attr, S(".minified_json")));
}

/* One instance (or the only one) of a block, and what follows. */
static const struct value *instance_value(struct tf_block *scope, const struct node *n,
					  struct tf_block *to, str index, str rest)
{
	struct arena *a = arena_of(scope);
	if (is_document_text(to, rest)) {
		struct value *v = value_new(a, VALUE_DOCUMENT, n);
		v->scope = to->module->scope;
		v->owner = to;
		return v;
	}
	if (str_eq(to->kind, S("template_file")) && str_eq(rest, S(".rendered"))) {
		const struct value *v = tf_template_data(to, n);
		if (v)
			return v;
	}
	str address = to->base ? to->base->address : to->address;
	str source = STR_CAT(a, address, index, rest);
	tf_name(scope->module, source);
	return tf_refers(scope, n, source);
}

static bool may_be_missing(const struct tf_block *b)
{
	return (b->repeat == TF_OPTIONAL || b->base) && b->guards.n > b->module->guards.n;
}

/* All instances of a block as one collection, each with what follows. */
static const struct value *all_instances(struct tf_block *scope, const struct node *n,
					 struct tf_block *to, str rest)
{
	struct arena *a = arena_of(scope);
	struct value_items items = { 0 };
	size_t count = to->repeat == TF_KNOWN ? to->instances.n : to->repeat != TF_ABSENT;
	for (size_t i = 0; i < count; i++) {
		struct tf_block *at = to->repeat == TF_KNOWN ? to->instances.v[i] : to;
		struct value_item item = { .node = n };
		item.value = instance_value(scope, n, at, at->index, rest);
		if (may_be_missing(at))
			item.value = value_guarded(a, item.value);
		if (at->each_key)
			item.key = at->each_key->text;
		VEC_PUSH(a, &items, item);
	}
	return value_items_new(a, to->by_key ? VALUE_MAP : VALUE_LIST, &items, n);
}

/* The "[…]" that `rest` begins with; *tail is what follows. */
static str leading_index(str rest, str *tail)
{
	size_t close = str_starts(rest, S("[")) ? str_find(rest, S("]"), 0) : SIZE_MAX;
	*tail = close == SIZE_MAX ? rest : str_sub(rest, close + 1, rest.n);
	return close == SIZE_MAX ? S("") : str_sub(rest, 0, close + 1);
}

/* What refers to a block while it is not known yet what count or for_each make of it. */
static const struct value *unsettled_value(struct tf_block *scope, const struct node *n,
					   struct tf_block *to, str index, str tail)
{
	if (!index.n || str_eq(index, S("[*]")) || is_document_text(to, tail))
		return tf_unknown(scope, n);
	return value_guarded(arena_of(scope), instance_value(scope, n, to, index, tail));
}

static const struct value *block_value(struct tf_block *scope, const struct node *n,
				       struct tf_block *to, str rest)
{
	str tail, index = leading_index(rest, &tail);
	bool splats = str_eq(index, S("[*]"));
	if (tf_is_unsettled(to))
		return unsettled_value(scope, n, to, index, tail);
	if (to->repeat == TF_SINGLE && splats) {
		struct value_items items = { 0 };
		struct value_item item = { .node = n,
					   .value = instance_value(scope, n, to, S(""), tail) };
		VEC_PUSH(arena_of(scope), &items, item);
		return value_items_new(arena_of(scope), VALUE_LIST, &items, n);
	}
	if (to->repeat == TF_SINGLE)
		return instance_value(scope, n, to, index, tail);
	if (to->repeat != TF_PLURAL && ((splats && !to->by_key) || !rest.n))
		return all_instances(scope, n, to, tail);
	if (to->repeat == TF_ABSENT)
		return missing(scope, n);
	struct tf_block *named = tf_instance(to, index), *at = named ? named : to;
	if (!named && to->repeat == TF_KNOWN)
		return tf_unknown(scope, n);
	const struct value *v = instance_value(scope, n, at, index, tail);
	/* Without an index the block must be there, or Terraform fails. */
	return index.n && may_be_missing(at) ? value_guarded(arena_of(scope), v) : v;
}

static const struct value *reference(struct tf_block *scope, const struct node *n, str address,
				     str rest)
{
	struct tf_block *to = tf_find(scope->module, address);
	if (to && (str_eq(to->type, S("resource")) || str_eq(to->type, S("data")))) {
		tf_settle(to);
		return block_value(scope, n, to, rest);
	}
	str source = STR_CAT(arena_of(scope), address, rest);
	tf_name(scope->module, source);
	return tf_refers(scope, n, source);
}

/* ---- module calls ---- */

static const struct value *object_of(struct arena *a, struct tf_module *callee,
				     const struct node *n)
{
	struct value *v = value_new(a, VALUE_OBJECT, n);
	v->scope = callee->parent->scope;
	v->owner = callee;
	return v;
}

static const struct value *call_value(struct tf_block *scope, const struct node *n,
				      const struct tf_block *call)
{
	struct arena *a = arena_of(scope);
	struct value_items items = { 0 };
	if (call->repeat == TF_PLURAL || (!call->callees.n && call->repeat != TF_ABSENT))
		return tf_unknown(scope, n);
	if (call->repeat == TF_SINGLE)
		return object_of(a, call->callees.v[0], n);
	for (size_t i = 0; i < call->callees.n; i++) {
		struct tf_module *callee = call->callees.v[i];
		struct value_item item = { .node = n, .value = object_of(a, callee, n) };
		if (callee->guards.n > scope->module->guards.n)
			item.value = value_guarded(a, item.value);
		if (callee->call->each_key)
			item.key = callee->call->each_key->text;
		VEC_PUSH(a, &items, item);
	}
	return value_items_new(a, call->by_key ? VALUE_MAP : VALUE_LIST, &items, n);
}

/* ---- traversals ---- */

static const struct value *bound(const struct tf_block *scope, str name)
{
	for (const struct tf_binding *b = scope->bindings; b; b = b->next)
		if (str_eq(b->name, name))
			return b->value;
	return NULL;
}

/* `root.name` where root is no resource type; NULL when it is not known. */
static const struct value *base_value(struct tf_block *scope, const struct node *n, str root,
				      struct passage *p)
{
	const struct value *v = NULL;
	if (str_eq(root, S("each")))
		return str_eq(n->name, S("key")) ? scope->each_key : scope->each_value;
	if (str_eq(root, S("count")))
		return scope->each_key;
	if (str_eq(root, S("terraform")) && str_eq(n->name, S("workspace")))
		return tf_workspace(scope, n);
	struct tf_block *b = tf_find(scope->module,
				     STR_CAT(arena_of(scope), root, S("."), n->name));
	if (!b)
		return NULL;
	if (str_eq(root, S("module")))
		return call_value(scope, n, b);
	v = str_eq(root, S("var")) ? variable_value(b) : local_value(b);
	if (v)
		p->through = b;
	return v;
}

static bool is_step(const struct node *n)
{
	return n->kind == NODE_GETATTR || n->kind == NODE_INDEX || n->kind == NODE_SPLAT;
}

static bool is_value_root(str root)
{
	static const char *const roots[] = { "var",  "local", "module",    "each", "count",
					     "path", "self",  "terraform", "data" };
	for (size_t i = 0; i + 1 < sizeof(roots) / sizeof(*roots); i++)
		if (str_eq(root, str_from(roots[i])))
			return true;
	return false;
}

/* `module.m[*].x` or `[0].x` of a known module that may be there: like that of a resource. */
static const struct value *of_known_call(struct tf_block *scope, const struct node *n)
{
	str address, rest;
	bool one = n->kind == NODE_GETATTR && n->first->kind == NODE_INDEX;
	if ((n->kind != NODE_SPLAT && !one) ||
	    !tf_traversal(scope, n, arena_of(scope), &address, &rest))
		return NULL;
	struct tf_block *to = tf_find(scope->module, address);
	if (!to || !str_eq(to->type, S("module")) || to->callees.n || to->repeat != TF_OPTIONAL ||
	    (one && !str_starts(rest, S("[0]."))))
		return NULL;
	return block_value(scope, n, to, rest);
}

static const struct value *reach(struct tf_block *scope, const struct node *n, struct passage *p)
{
	const struct node *root = n;
	const struct value *v;
	str address, rest;
	while (is_step(root))
		root = root->first;
	if ((v = of_known_call(scope, n)))
		return v;
	if (root->kind != NODE_NAME)
		v = NULL; /* a call, a bracket, … */
	else if ((v = bound(scope, root->name)) && root == n)
		return v;
	else if (!v && !is_value_root(root->name))
		return tf_traversal(scope, n, arena_of(scope), &address, &rest) ?
			       reference(scope, n, address, rest) :
			       tf_unknown(scope, n);
	else if (!v && n->kind == NODE_GETATTR && n->first == root) {
		v = base_value(scope, n, root->name, p);
		return v ? v : tf_unknown(scope, n);
	}
	if (!is_step(n))
		return tf_unknown(scope, n);
	const struct value *from = is_step(n->first) || n->first->kind == NODE_NAME ?
					   reach(scope, n->first, p) :
					   tf_eval(scope, n->first);
	if (n->kind == NODE_SPLAT)
		return splat(scope, n, from, p);
	return take(scope, n, from, p);
}

const struct value *tf_reach(struct tf_block *scope, const struct node *n)
{
	struct passage p = { NULL };
	const struct value *v = reach(scope, n, &p);
	if (!p.through || v->kind == VALUE_OBJECT)
		return v;
	return tf_via(scope, n, p.through, v);
}
