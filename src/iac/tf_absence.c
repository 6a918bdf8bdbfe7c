/* SPDX-License-Identifier: MIT */
/* What is said by something that may not be there. */
#include "tf.h"

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
	copy->loose |= from->kind == VALUE_OBJECT ? !goes_with(from->owner, v) : from->loose;
	return copy;
}
