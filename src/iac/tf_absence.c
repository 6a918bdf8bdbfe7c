/* SPDX-License-Identifier: MIT */
/* What is said by something that may not be there. */
#include "tf.h"

#include "kmsfix/strs.h"
#include "kmsfix/text.h"
#include "value.h"

/* Whether what an output of the module says goes where the module goes. */
static bool goes_with(const struct tf_module *callee, const struct value *v)
{
	str source, id, own = callee->scope->id;
	for (size_t i = 0; v->kind == VALUE_LIST && i < v->n; i++)
		if (!goes_with(callee, value_at(v, i)))
			return false;
	if (v->kind == VALUE_LIST)
		return true;
	if (!text_is_ref(v->text, &source))
		return v->kind == VALUE_DOCUMENT;
	id = ref_scope(source, &source);
	return str_starts(id, own) && (id.n == own.n || id.p[own.n] == '.');
}

const struct value *tf_taken(struct arena *a, const struct value *from, const struct value *v)
{
	struct value *copy = value_copy(a, v);
	copy->guarded = true;
	copy->loose |= from->kind == VALUE_OBJECT ? !goes_with(from->owner, v) :
						    from->loose || from->maybe;
	return copy;
}

/* An output that its module, which nobody has read, gives, or another state. */
static bool is_told(struct tf_module *mod, str text, str local)
{
	struct tf_source at;
	if (str_starts(local, S("module.")))
		return !tf_source_of(mod, text, &at) || (!at.block->key && !at.block->principal);
	return str_starts(local, S("data.terraform_remote_state."));
}

/* A variable or an expression: an attribute of something is not empty, nor is a longer text. */
bool tf_may_be_empty(struct tf_module *mod, str text)
{
	str local;
	if (!text_is_ref(text, &local))
		return false;
	ref_scope(local, &local);
	for (size_t i = 0; i < local.n; i++)
		if (str_has(S(" ?(+*/&|!=<>"), str_sub(local, i, i + 1)))
			return true;
	return str_starts(local, S("var.")) || str_starts(local, S("local.")) ||
	       str_starts(local, S("each.")) || is_told(mod, text, local);
}

/* What the block or module depends on that the value is, or refers to; NULL: not known. */
static const struct strs *guards_of(const struct tf_block *scope, const struct value *v)
{
	struct tf_source at;
	str text;
	if (v->kind == VALUE_DOCUMENT)
		return &((const struct tf_block *)v->owner)->guards;
	if (v->kind == VALUE_OBJECT)
		return &((const struct tf_module *)v->owner)->guards;
	if (!value_text(v, &text) || !tf_source_of(scope->module, text, &at) ||
	    tf_is_unsettled(at.block))
		return NULL;
	return &at.block->guards;
}

bool tf_presence(const struct scope *from, str text, str *guard)
{
	struct tf_module *mod = from->front;
	struct tf_source at;
	size_t more = 0;
	*guard = S("");
	if (tf_may_be_empty(mod, text)) {
		*guard = tf_guard_nonempty(mod->model->arena, text);
		return true;
	}
	if (!tf_source_of(mod, text, &at) || !at.single)
		return false;
	for (size_t i = 0; i < at.block->guards.n; i++)
		if (!strs_has(&mod->guards, at.block->guards.v[i])) {
			*guard = at.block->guards.v[i];
			more++;
		}
	return more <= 1;
}

const struct value *tf_gate(const struct tf_block *scope, const struct value_item *item)
{
	const struct value *v = item->value;
	struct arena *a = scope->module->model->arena;
	const struct strs *all = v->guarded && !v->loose ? guards_of(scope, v) : NULL;
	struct strs more = { 0 };
	if (!value_may_lack(item))
		return v;
	for (size_t i = 0; all && i < all->n; i++)
		if (!strs_has(&scope->guards, all->v[i]))
			strs_add(a, &more, all->v[i]);
	if (!all || more.n > 1)
		return value_maybe(a, v);
	return more.n ? value_under(a, v, more.v[0]) : v;
}
