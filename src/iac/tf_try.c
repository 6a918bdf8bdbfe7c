/* SPDX-License-Identifier: MIT */
/*
 * try(), coalesce(), one(): the first that will do. What cannot be evaluated may be an error, too,
 * and null is one for most functions; so try() gives an argument only where nothing in it can fail.
 */
#include "tf_func.h"

#include "kmsfix/vec.h"

static bool has_literal_part(str text)
{
	str part;
	bool ref;
	while (text_next(&text, &part, &ref))
		if (!ref)
			return true;
	return false;
}

/* The source of a reference to something of the repository: where it exists it is never null. */
static bool is_declared(str source)
{
	str local;
	ref_scope(source, &local);
	return str_starts(local, S("aws_")) && !str_has(local, S("[*]"));
}

bool tf_is_attribute(const struct value *v)
{
	str source;
	if (v->kind == VALUE_TEXT)
		return has_literal_part(v->text);
	return v->kind == VALUE_UNKNOWN && text_is_ref(v->text, &source) && is_declared(source);
}

/* ---- what cannot fail ---- */

bool tf_is_sure(const struct value *v)
{
	str rest = v->text, part;
	bool ref, sure = !v->open;
	switch (v->kind) {
	case VALUE_TEXT:
	case VALUE_UNKNOWN:
		while (sure && text_next(&rest, &part, &ref))
			sure = !ref || is_declared(part);
		return sure;
	case VALUE_LIST:
	case VALUE_MAP:
		for (size_t i = 0; sure && i < v->n; i++)
			sure = tf_is_sure(value_at(v, i));
		return sure;
	default:
		return v->kind != VALUE_NULL;
	}
}

void tf_doubt(struct tf_block *scope, bool doubt)
{
	const struct tf_asking *asking = &scope->module->state->asking;
	if (asking->scope == scope)
		*asking->doubt |= doubt;
}

/* Of a variable or local as a whole: an error in that is its own. */
static bool is_plain_name(const struct node *n)
{
	return n->kind == NODE_GETATTR && n->first->kind == NODE_NAME &&
	       (str_eq(n->first->name, S("var")) || str_eq(n->first->name, S("local")));
}

static bool may_fail_as(const struct node *n, const struct value *v, const struct node *whole)
{
	bool there = (!v->guarded && !v->maybe) || n == whole;
	switch (n->kind) {
	case NODE_PAREN:
	case NODE_SEQ:
	case NODE_MAP:
	case NODE_CALL: /* tf_call() has noted it, */
	case NODE_FOR:  /* tf_for(), */
	case NODE_COND: /* and where the condition is looked at */
		return false;
	case NODE_BINARY:
	case NODE_UNARY:
		return !value_is_literal(v);
	case NODE_STRING:
	case NODE_HEREDOC:
		return !tf_is_sure(v);
	default:
		if (v->failed || is_plain_name(n))
			return v->failed;
		return !there || (v->kind == VALUE_UNKNOWN && !v->guarded && !tf_is_attribute(v));
	}
}

void tf_note_doubt(struct tf_block *scope, const struct node *n, const struct value *v)
{
	const struct tf_asking *asking = &scope->module->state->asking;
	if (asking->scope == scope)
		tf_doubt(scope, may_fail_as(n, v, asking->whole));
}

/* ---- the first that will do ---- */

bool tf_has_other(const struct args *in, size_t i)
{
	for (i++; i < in->n; i++) {
		const struct value *v = in->v[i];
		bool nothing = v->kind == VALUE_NULL || value_is_empty_list(v) ||
			       (value_is_literal(v) && !v->text.n);
		if (!nothing)
			return true;
	}
	return in->open;
}

/* Its one element, or null when it has none. */
const struct value *call_one(const struct args *in)
{
	const struct value *list = in->n == 1 ? in->v[0] : NULL;
	if (!list || list->kind != VALUE_LIST || list->open || list->n > 1)
		return NULL;
	if (!list->n)
		return value_new(in->arena, VALUE_NULL, in->call);
	const struct value *item = value_at(list, 0);
	if (item->maybe || (item->guarded && item->kind == VALUE_TEXT))
		return NULL;
	return item->guarded ? value_tried(in->arena, item) : item;
}

/* Whether something that is written in the list or map may be missing, which is an error then. */
static bool may_lack(const struct value *v)
{
	bool written = v->origin && (v->origin->kind == NODE_SEQ || v->origin->kind == NODE_MAP);
	for (size_t i = 0; written && i < v->n; i++)
		if (value_at(v, i)->guarded || may_lack(value_at(v, i)))
			return true;
	return false;
}

/* The list, where something else stands for it in its absence: what of it is there without it? */
static const struct value *tried_list(const struct args *in, const struct value *list)
{
	struct value_items items = { 0 };
	for (size_t i = 0; i < list->n; i++) {
		struct value_item item = *value_item(list, i);
		item.value = value_inside(in->arena, list, i);
		if (list->guarded)
			item.value = value_guarded(in->arena, item.value);
		if (item.value->guarded)
			item.node = in->call; /* it is no error that it is missing */
		item.value = list->loose ? value_maybe(in->arena, item.value) :
					   value_where_there(in->arena, item.value);
		VEC_PUSH(in->arena, &items, item);
	}
	struct value *v = value_items_new(in->arena, VALUE_LIST, &items, in->call);
	v->open |= list->open;
	v->unordered = list->unordered;
	return v;
}

/* The only guard of the block that the module of the caller has not; empty: there is none, or more.
 */
static str only_guard(const struct tf_block *b, const struct tf_module *from)
{
	str guard = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < b->guards.n; i++)
		if (!strs_has(&from->guards, b->guards.v[i])) {
			guard = b->guards.v[i];
			n++;
		}
	return n == 1 ? guard : S("");
}

/* `try(aws_kms_key.own[0].arn, other)`: the one where the block is, and else the other. */
static const struct value *text_or_other(const struct args *in, size_t i)
{
	struct arena *a = in->arena;
	struct tf_source at;
	const struct value *both[] = { in->v[i], i + 2 == in->n ? in->v[i + 1] : NULL };
	if (!both[1] || in->open || !tf_is_plain_text(both[0]) || !tf_is_plain_text(both[1]) ||
	    !tf_source_of(in->scope->module, both[0]->text, &at) || !at.single)
		return NULL;
	const str guard = only_guard(at.block, in->scope->module);
	struct value *own = value_copy(a, both[0]);
	own->guarded = false; /* it is there with its guard */
	const struct choice c = { .both = { own, both[1] },
				  .guards = { guard, tf_guard_opposite(a, guard) } };
	return c.guards[1].n ? tf_one_of_texts(in->scope, in->call, &c) : NULL;
}

const struct value *call_try(const struct args *in)
{
	size_t written = node_count(in->call);
	for (size_t i = 0; i < in->n; i++) {
		const struct value *v = in->v[i];
		if (v->failed)
			continue;
		if (i + 1 < in->n && (i >= written || in->may_fail[i]))
			return NULL;
		if (v->kind == VALUE_UNKNOWN && !tf_is_attribute(v) && i + 1 < in->n)
			return NULL;
		if (v->kind == VALUE_LIST && i + 2 == in->n && value_is_empty_list(in->v[i + 1]))
			return tried_list(in, v);
		if (!v->guarded && !(may_lack(v) && tf_has_other(in, i)))
			return v;
		if (tf_has_other(in, i))
			return text_or_other(in, i);
		if (i + 1 < in->n &&
		    (v->loose || (v->kind != VALUE_UNKNOWN && v->kind != VALUE_DOCUMENT)))
			return NULL;
		return value_tried(in->arena, v);
	}
	return NULL;
}

const struct value *call_coalesce(const struct args *in)
{
	for (size_t i = 0; i < in->n; i++) {
		const struct value *v = in->v[i];
		if (v->kind == VALUE_NULL || (value_is_literal(v) && !v->text.n))
			continue;
		if (v->tried && tf_has_other(in, i))
			return NULL;
		return tf_is_attribute(v) || v->kind == VALUE_JSON || v->kind == VALUE_DOCUMENT ||
				       v->kind == VALUE_FILE || i + 1 == in->n ?
			       v :
			       NULL;
	}
	return NULL;
}

const struct value *call_coalescelist(const struct args *in)
{
	for (size_t i = 0; i < in->n; i++) {
		const struct value *v = in->v[i];
		if (v->kind != VALUE_LIST || v->open)
			return NULL;
		if (!v->n)
			continue;
		return value_at(v, 0)->maybe || (value_at(v, 0)->guarded && tf_has_other(in, i)) ?
			       NULL :
			       v;
	}
	return NULL;
}
