/* SPDX-License-Identifier: MIT */
/* What count and for_each make of a block: nothing, one, instances known one by one, or some. */
#include "tf.h"

#include "kmsfix/vec.h"
#include "value.h"

/* More known instances than this are treated as if they were not known one by one. */
#define MAX_INSTANCES 64

static void add_instance(struct arena *a, struct tf_instances *out, str index,
			 const struct value *key, const struct value *value)
{
	struct tf_instance at = { .index = index, .key = key, .value = value };
	VEC_PUSH(a, out, at);
}

static bool known_count(const struct value *v, size_t *n)
{
	return v->kind == VALUE_TEXT && value_index(v->text, n) && *n <= MAX_INSTANCES;
}

/* The block of `length(aws_iam_role.app)`, of whose instances there are as many; or NULL. */
static struct tf_block *counted(struct tf_block *b, const struct node *expr)
{
	str address, rest;
	const struct node *list = node_length_of(expr);
	if (!list || !tf_traversal(NULL, list, b->dir->model->arena, &address, &rest) ||
	    (rest.n && !str_starts(rest, S("[*]"))))
		return NULL;
	struct tf_block *to = tf_find(b->module, address);
	return to && str_eq(to->type, S("resource")) ? to : NULL;
}

/* The guard of an instance that is there at times: what is known of that, else one of its own, that
 * of the whole and its key. */
static void add_guard(struct tf_block *b, const char *argument, const struct node *expr,
		      struct tf_instance *at)
{
	struct arena *a = b->dir->model->arena;
	if (!at->value->maybe)
		return;
	struct value *value = value_copy(a, at->value);
	value->maybe = false;
	if (at->key == at->value)
		at->key = value;
	bool always = at->value->either; /* whichever way the condition goes */
	at->guard = at->value->guard;
	at->value = value;
	if (at->guard.n || always)
		return;
	str guard = tf_guard(b, argument, node_unparen(expr));
	at->guard = str_fmt(a, "%.*s, %.*s", STR_ARG(guard), STR_ARG(at->index));
}

/*
 * `count = length(list)` of attachments, which nothing refers to by number: one for each item that
 * the list may have, whatever its place. See tf_counted_item().
 */
static bool repeat_items(struct tf_block *b, const struct node *expr, struct tf_instances *out)
{
	struct arena *a = b->dir->model->arena;
	const struct node *counts = node_length_of(expr);
	if (!counts || !tf_is_attachment(b, S("policy_arn")))
		return false;
	const struct value *list = tf_eval(b, counts);
	if (list->kind != VALUE_LIST || list->open || !list->n || list->n > MAX_INSTANCES)
		return false;
	for (size_t i = 0; i < list->n; i++) {
		const struct value *item = value_within(a, tf_gate(b, value_item(list, i)), list);
		add_instance(a, out, str_fmt(a, "[%zu]", i), NULL, item);
		add_guard(b, "count", expr, &out->v[i]);
	}
	out->repeat = TF_KNOWN;
	return true;
}

const struct value *tf_counted_item(const struct tf_block *b, const struct node *n)
{
	if (!b->each_value || !str_eq(node_source(n->last), S("count.index")))
		return NULL;
	const struct node *count = tf_attr(b->body, S("count"), b->dir->model->arena);
	const struct node *list = count ? node_length_of(count) : NULL;
	return list && str_eq(node_source(list), node_source(n->first)) ? b->each_value : NULL;
}

static void repeat_count(struct tf_block *b, const struct node *expr, struct tf_instances *out)
{
	struct arena *a = b->dir->model->arena;
	struct tf_block *to = counted(b, expr);
	for (size_t hops = 0; to && hops < TF_MAX_HOPS; hops++) {
		const struct node *count = tf_attr(to->body, S("count"), a);
		if (!count)
			break;
		b = to;
		expr = count;
		to = counted(b, expr);
	}
	const struct value *v = tf_eval(b, expr);
	size_t n;
	if (known_count(v, &n)) {
		/* The index is a number, whatever the count is written as. */
		const struct node *from = expr->kind == NODE_STRING ? expr->parent : expr;
		out->repeat = n == 0 ? TF_ABSENT : n == 1 ? TF_OPTIONAL : TF_KNOWN;
		for (size_t i = 0; i < n; i++)
			add_instance(a, out, str_fmt(a, "[%zu]", i),
				     value_text_new(a, str_fmt(a, "%zu", i), from), NULL);
		return;
	}
	if (repeat_items(b, expr, out))
		return;
	bool optional = tf_is_zero_or_one(node_unparen(expr));
	out->repeat = optional ? TF_OPTIONAL : TF_PLURAL;
	out->guard = tf_guard(b, "count", node_unparen(expr));
	add_instance(a, out, optional ? S("[0]") : S("[count.index]"),
		     optional ? value_text_new(a, S("0"), expr) : NULL, NULL);
}

static bool add_each(struct tf_block *b, const struct value *v, const struct value_item *item,
		     struct tf_instances *out)
{
	struct arena *a = b->dir->model->arena;
	bool map = v->kind == VALUE_MAP;
	str key = item->key;
	if ((!map && !value_text(item->value, &key)) || str_has(key, S("\"")) ||
	    str_has(key, S("\\")))
		return false;
	str index = str_fmt(a, "[\"%.*s\"]", STR_ARG(key));
	for (size_t i = 0; i < out->n; i++)
		if (str_eq(out->v[i].index, index))
			return !map; /* a set has each element once */
	const struct node *origin = item->node ? item->node : v->origin;
	const struct value *value = value_within(a, tf_gate(b, item), v);
	add_instance(a, out, index, map ? value_text_new(a, key, origin) : value, value);
	return true;
}

static void repeat_each(struct tf_block *b, const struct node *expr, struct tf_instances *out)
{
	const struct value *v = tf_eval(b, expr);
	bool known = (v->kind == VALUE_LIST || v->kind == VALUE_MAP) && !v->open &&
		     v->n <= MAX_INSTANCES;
	for (size_t i = 0; known && i < v->n; i++)
		known = add_each(b, v, value_item(v, i), out);
	for (size_t i = 0; known && i < out->n; i++)
		add_guard(b, "for_each", expr, &out->v[i]);
	if (known) {
		out->repeat = out->n ? TF_KNOWN : TF_ABSENT;
		return;
	}
	out->n = 0;
	out->repeat = TF_PLURAL;
	out->guard = tf_guard(b, "for_each", node_unparen(expr));
	add_instance(b->dir->model->arena, out, S("[each.key]"), NULL, NULL);
}

void tf_repeat(struct tf_block *b, struct tf_instances *out)
{
	struct arena *a = b->dir->model->arena;
	const struct node *count = tf_attr(b->body, S("count"), a);
	const struct node *each = tf_attr(b->body, S("for_each"), a);
	out->repeat = TF_SINGLE;
	if (count)
		repeat_count(b, count, out);
	else if (each)
		repeat_each(b, each, out);
	else
		add_instance(a, out, S(""), NULL, NULL);
}

/* ---- resources and data sources ---- */

struct tf_block *tf_instance(const struct tf_block *b, str index)
{
	for (size_t i = 0; i < b->instances.n; i++)
		if (str_eq(b->instances.v[i]->index, index))
			return b->instances.v[i];
	return NULL;
}

struct tf_block *tf_block_at(struct tf_block *b, enum tf_repeat repeat,
			     const struct tf_instance *at)
{
	struct tf_block *copy = ARENA_NEW(b->dir->model->arena, struct tf_block);
	*copy = *b;
	copy->base = b;
	copy->repeat = repeat;
	copy->index = at->index;
	copy->each_key = at->key;
	copy->each_value = at->value;
	return copy;
}

/* Adds to a list that is shared with others. */
static void add_shared_guard(struct arena *a, struct strs *list, str text)
{
	struct strs own = { 0 };
	strs_add_all(a, &own, list);
	strs_add_once(a, &own, text);
	*list = own;
}

static void instance_new(struct tf_block *b, const struct tf_instance *at)
{
	struct arena *a = b->module->model->arena;
	struct tf_block *copy = tf_block_at(b, TF_SINGLE, at);
	copy->address = str_fmt(a, "%.*s%.*s", STR_ARG(b->address), STR_ARG(at->index));
	copy->instances = (struct tf_blocks){ 0 };
	if (at->guard.n)
		add_shared_guard(a, &copy->guards, at->guard);
	VEC_PUSH(a, &b->instances, copy);
}

static bool is_resource(const struct tf_declared *b)
{
	return str_eq(b->type, S("resource")) || str_eq(b->type, S("data"));
}

/* A call of a module that is known by its documentation stands for what that makes. */
static bool is_known_call(const struct tf_declared *b)
{
	return tf_is_key_module(b) || tf_is_iam_module(b);
}

/* The instance is there under no guard of its own: where its key does not exist, neither does what
 * is said of it. */
static void name_instance(struct tf_block *b, str key, const struct node *origin)
{
	struct arena *a = b->module->model->arena;
	if (!text_is_literal(key) || str_has(key, S("\"")) || str_has(key, S("\\")) ||
	    str_has(key, S("\n")) || str_has(key, S("{")) || b->instances.n == MAX_INSTANCES)
		return;
	struct tf_instance at = { .index = STR_CAT(a, S("[\""), key, S("\"]")),
				  .key = value_text_new(a, key, origin) };
	if (tf_instance(b, at.index))
		return;
	instance_new(b, &at);
	b->instances.v[b->instances.n - 1]->guards = b->module->guards;
}

/* The index that a traversal takes right after the two names of an address; or NULL. */
static const struct node *index_of(const struct node *n)
{
	for (; n->kind == NODE_GETATTR || n->kind == NODE_INDEX || n->kind == NODE_SPLAT;
	     n = n->first)
		if (n->kind == NODE_INDEX && n->first->kind == NODE_GETATTR &&
		    n->first->first->kind == NODE_NAME)
			return n->last;
	return NULL;
}

static bool is_each_key(const struct node *n)
{
	return str_eq(node_source(n), S("each.key"));
}

/* A text, or each text of a list, that `each.key` is compared with. */
static void name_compared(struct tf_block *b, const struct node *with)
{
	const struct value *v = tf_eval(b, with);
	if (v->kind == VALUE_TEXT)
		name_instance(b, v->text, with);
	for (size_t i = 0; v->kind == VALUE_LIST && i < v->n; i++)
		if (value_at(v, i)->kind == VALUE_TEXT)
			name_instance(b, value_at(v, i)->text, with);
}

/* `each.key == "a"` and `contains(["a", "b"], each.key)`. */
static void name_by_comparisons(struct tf_block *b)
{
	for (const struct node *n = b->body; n; n = node_after(n, b->body)) {
		const struct node *x = n->first, *y = x ? x->next : NULL;
		bool compares = n->kind == NODE_BINARY && (n->op == OP_EQ || n->op == OP_NE);
		bool contains = n->kind == NODE_CALL && y && str_eq(n->name, S("contains"));
		if (compares && is_each_key(x))
			name_compared(b, y);
		else if ((compares || contains) && is_each_key(y))
			name_compared(b, x);
	}
}

/* Those that the model before knew by name: what named them may have been all that is gone. */
static void name_as_before(struct tf_block *b)
{
	struct parsed *parsed = b->module->model->parsed;
	str unit = b->module->unit->path, address = tf_address(b->module, b->address);
	str key = STR_CAT(parsed->arena, unit, S("|"), address);
	struct strs *names = map_find(&parsed->named, key);
	for (size_t i = 0; names && i < names->n; i++)
		name_instance(b, names->v[i], b->node);
	if (names || !b->instances.n)
		return;
	names = ARENA_NEW(parsed->arena, struct strs);
	for (size_t i = 0; i < b->instances.n; i++)
		strs_add(parsed->arena, names,
			 str_dup(parsed->arena, b->instances.v[i]->each_key->text));
	map_put(&parsed->named, parsed->arena, key, names);
}

/*
 * Of a for_each that is not known, the keys that somebody names: `key["a"].arn`, or the block
 * itself, where what is for one of them alone is written.
 */
static void name_instances(struct tf_block *b)
{
	if (!b->by_key || (!tf_is_key(b) && !tf_is_key_module(&b->declared)))
		return;
	const struct tf_refs *users = tf_users(b);
	for (size_t i = 0; i < users->n; i++) {
		const struct tf_link *link = users->v[i]->link;
		if (!str_starts(link->rest, S("[")))
			continue;
		struct tf_block *from = tf_from(users->v[i]);
		const struct node *index = index_of(link->node);
		const struct value *v = index ? tf_eval(from, index) : NULL;
		if (v && v->kind == VALUE_TEXT)
			name_instance(b, v->text, link->node);
	}
	name_by_comparisons(b);
	name_as_before(b);
}

bool tf_is_other(const struct tf_block *b, const struct value *key, str than)
{
	struct arena *a = b->dir->model->arena;
	return b->repeat == TF_PLURAL && key->kind == VALUE_UNKNOWN &&
	       str_eq(node_source(key->origin), S("each.key")) &&
	       tf_instance(b, str_fmt(a, "[\"%.*s\"]", STR_ARG(than)));
}

void tf_settle(struct tf_block *b)
{
	struct tf_state *state = b->module->state;
	struct arena *a = b->module->model->arena;
	struct tf_instances all = { 0 };
	if (b->settled || !state->expanded || state->hops >= TF_MAX_HOPS ||
	    (!is_resource(&b->declared) && (b->callees.n || !is_known_call(&b->declared))))
		return;
	b->settled = true;
	++state->hops;
	tf_repeat(b, &all);
	--state->hops;
	b->repeat = all.repeat;
	if (all.guard.n)
		add_shared_guard(a, &b->guards, all.guard);
	if (b->repeat == TF_OPTIONAL) {
		b->index = all.v[0].index;
		b->each_key = all.v[0].key;
	}
	for (size_t i = 0; b->repeat == TF_KNOWN && i < all.n; i++)
		instance_new(b, &all.v[i]);
	if (b->repeat == TF_PLURAL)
		name_instances(b);
}

bool tf_is_unsettled(const struct tf_block *b)
{
	struct arena *a = b->dir->model->arena;
	return !b->settled && b->repeat == TF_SINGLE && !b->base && b->body &&
	       (tf_attr(b->body, S("count"), a) || tf_attr(b->body, S("for_each"), a));
}

/*
 * True for a block that a stage may look for. Nine of ten resources are of no such kind: only what
 * refers to them asks what count and for_each make of them, and evaluating those was a sixth of a
 * model.
 */
bool tf_is_entity(const struct tf_declared *b)
{
	static const char *const words[] = { "_iam_", "_kms_", "_ssoadmin_", "aws_caller_identity",
					     "aws_partition" };
	if (!is_resource(b))
		return is_known_call(b);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_has(b->kind, str_from(words[i])))
			return true;
	return tf_attr(b->body, S("permissions_boundary"), b->dir->model->arena);
}

void tf_entities(struct tf_module *mod)
{
	struct arena *a = mod->model->arena;
	for (size_t i = 0; i < mod->dir->entities.n; i++) {
		struct tf_block *b = tf_block_in(mod, mod->dir->entities.v[i]);
		if (b->callees.n)
			continue;
		tf_settle(b);
		for (size_t k = 0; k < b->instances.n; k++)
			VEC_PUSH(a, &mod->entities, b->instances.v[k]);
		if (b->repeat != TF_KNOWN && b->repeat != TF_ABSENT)
			VEC_PUSH(a, &mod->entities, b);
	}
}
