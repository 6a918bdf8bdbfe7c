/* SPDX-License-Identifier: MIT */
/*
 * How many there are of something has to be known before anything is made [11.11]. Where that asks
 * for what a document says, nothing may come to be named there that has yet to be made.
 */
#include "tf_follow.h"

#include "kmsfix/vec.h"
#include "tf_bystander.h"
#include "value.h"

struct search {
	const struct tf_block *data, *found;
	struct tf_blocks through;
};

static const struct value *value_of(const struct tf_ref *ref)
{
	return tf_eval_unasked(tf_from(ref), ref->link->node);
}

/* It is not another member of what has the text among its own. */
static bool takes(void *ctx, const struct tf_ref *ref)
{
	const struct tf_block *to = tf_to(ref);
	str rest = ref->link->rest, output = tf_output_name(rest);
	(void)ctx;
	if (str_eq(to->type, S("data")))
		return true;
	if (str_eq(to->type, S("module")))
		rest = output.n ? str_sub(rest, (size_t)(output.p - rest.p) + output.n, rest.n) :
				  S("");
	const struct value *v = rest.n ? value_of(ref) : NULL;
	return !v || (v->kind != VALUE_TEXT && v->kind != VALUE_NULL);
}

static void pass_through(struct search *s, struct tf_block *b)
{
	for (size_t i = 0; i < s->through.n; i++)
		if (s->through.v[i] == b)
			return;
	VEC_PUSH(b->module->model->arena, &s->through, b);
}

/* Arguments that are the text in some instance of the call: `each.value.policy`. */
static void to_instances(struct search *s, const struct tf_block *call)
{
	for (size_t i = 0; i < call->callees.n; i++) {
		struct tf_module *callee = call->callees.v[i];
		for (size_t k = 0; k < callee->dir->blocks.n; k++) {
			if (!str_eq(callee->dir->blocks.v[k]->type, S("variable")))
				continue;
			struct tf_block *b = tf_block_in(callee, k);
			const struct value *v = tf_value(b);
			const struct tf_block *of = v && v->kind == VALUE_DOCUMENT ? v->owner :
										     NULL;
			if (of && (of == s->data || of->base == s->data))
				pass_through(s, b);
		}
	}
}

/* Of a map or list it is known how many there are in it, whatever they are. */
static void visit(void *ctx, const struct tf_ref *ref)
{
	struct search *s = ctx;
	struct tf_block *from = tf_from(ref);
	if (!tf_is_repeat_argument(ref->link->attr)) {
		if (str_eq(from->type, S("data")) && !str_eq(ref->link->attr, S("depends_on")))
			pass_through(s, from);
		return;
	}
	const struct value *v = value_of(ref);
	if (v->kind == VALUE_MAP || v->kind == VALUE_LIST)
		to_instances(s, from);
	else
		s->found = from;
}

const struct tf_block *tf_early(struct tf_block *data)
{
	struct tf_block *base = data->base ? data->base : data;
	struct search s = { .data = base };
	pass_through(&s, base);
	for (size_t i = 0; i < s.through.n && !s.found; i++)
		tf_follow_those(s.through.v[i], takes, visit, &s);
	return s.found;
}
