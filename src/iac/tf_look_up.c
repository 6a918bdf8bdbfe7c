/* SPDX-License-Identifier: MIT */
/* A role of another root module, which is found there by its name. */
#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "tf_provider.h"
#include "tf_trip.h"

static const char *const WHY_UNIT = "it belongs to another root module";
static const char *const WHY_SOMETIMES =
	"it belongs to another root module, where it is not always there";
static const char *const WHY_NAMELESS =
	"it belongs to another root module, and no name is written there by which to find it";
static const char *const WHY_MADE = "its name is made of what the key's root module does not have";
static const char *const WHY_NAMED = "another root module has a role of its name, too";
static const char *const WHY_ACCOUNT =
	"the key's module would look it up by its name in what may be another account";
static const char *const WHY_VARIABLE =
	"its name has a variable, which has another value in the key's root module";

/* Whether what the name of a role is made of is the same in the other root module. */
static bool can_say(struct trip *t, str source, struct tf_module *to)
{
	str local;
	struct tf_module *from = map_find(&to->state->scopes, ref_scope(source, &local));
	if (str_eq(local, S(WORKSPACE)))
		return true;
	if (!from || from->parent || to->parent || !str_starts(local, S("var.")) ||
	    !map_find(&to->dir->index, local))
		return false;
	return tf_variables_alike(from, to, str_sub(local, 4, local.n)) ||
	       tf_refuse(t, WHY_VARIABLE);
}

/* The name of a role as an expression of the other module, when that has all it is made of. */
static bool name_expression(struct trip *t, str name, struct tf_module *to, str *out)
{
	struct buf b = { 0 };
	str part, local, rest = name;
	bool ref, ok = true;
	buf_addc(&b, '"');
	while (ok && text_next(&rest, &part, &ref)) {
		ref_scope(part, &local);
		if (!ref) {
			ok = !str_has(part, S("\"")) && !str_has(part, S("\\")) &&
			     !str_has(part, S("${"));
			buf_add(&b, part);
			continue;
		}
		ok = can_say(t, part, to);
		buf_printf(&b, "${%.*s}", STR_ARG(local));
	}
	buf_addc(&b, '"');
	*out = text_is_ref(name, NULL) ? local : str_dup(t->arena, buf_str(&b));
	buf_free(&b);
	return ok;
}

/* A data source of the module that finds a role of that name, or NULL. */
static struct tf_block *data_role(struct tf_module *to, struct tf_block *role, str name)
{
	str text;
	for (size_t i = 0; i < to->entities.n; i++) {
		struct tf_block *b = to->entities.v[i];
		const struct value *v = str_eq(b->type, S("data")) &&
							str_eq(b->kind, S("aws_iam_role")) &&
							b->repeat == TF_SINGLE ?
						tf_argument(b, "name") :
						NULL;
		if (v && value_text(v, &text) && tf_texts_alike(to->state, text, name) &&
		    tf_looks_there(to, tf_provider(b), role))
			return b;
	}
	return NULL;
}

/* A role of another root module, found by its name: the reference that the tool resolves itself. */
bool tf_look_up(struct trip *t, struct tf_module *to)
{
	struct tf_source at;
	str name, expression;
	if (!tf_source(t->at, t->local, &at) || !str_eq(at.attr, S("arn")) ||
	    !str_eq(at.block->kind, S("aws_iam_role")) || !str_eq(at.block->type, S("resource")))
		return tf_refuse(t, WHY_UNIT);
	if (t->list || !at.single)
		return tf_refuse(t, WHY_SOMETIMES);
	if (!tf_argument(at.block, "name") || !value_text(tf_argument(at.block, "name"), &name))
		return tf_refuse(t, WHY_NAMELESS);
	t->why = NULL;
	if (!name_expression(t, name, to, &expression))
		return t->why ? false : tf_refuse(t, WHY_MADE);
	if (!tf_finds_role(to, at.block, name))
		return tf_refuse(t, WHY_NAMED);
	struct tf_block *have = data_role(to, at.block, name);
	str *known = tf_remembered(t, to->dir, "data", t->canonical);
	if (have)
		*known = have->name;
	if (!have && !tf_looks_there(to, S("aws"), at.block))
		return tf_refuse(t, WHY_ACCOUNT);
	if (!have && to->dir->modules.n > 1) { /* others may not have the role */
		t->shared = true;
		return tf_refuse(t, WHY_SHARED);
	}
	if (!known->n) {
		*known = tf_free_name(t, to->dir, "data.aws_iam_role", at.block->name);
		if (!tf_add_block(t, to->dir, "data", *known,
				  str_fmt(t->arena,
					  "data \"aws_iam_role\" \"%.*s\" {\n  name = %.*s\n}\n",
					  STR_ARG(*known), STR_ARG(expression))))
			return false;
		tf_note_added(t, to->dir, "data.aws_iam_role", *known);
	}
	t->local = str_fmt(t->arena, "data.aws_iam_role.%.*s.arn", STR_ARG(*known));
	t->at = to;
	return true;
}
