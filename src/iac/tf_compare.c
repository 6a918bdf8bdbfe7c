/* SPDX-License-Identifier: MIT */
/* `x == y`: whether they are the same, where that is known. */
#include "tf_func.h"
#include "value.h"

/* What IAM has names for, it has none of without. */
static bool is_iam_name(str local)
{
	return str_starts(local, S("aws_iam_")) && str_ends(local, S(".name"));
}

/* The ARN, id or name of something of the repository: never null, where the reference is no error.
 */
static bool is_identity(const struct value *v)
{
	str source, local;
	if (v->kind != VALUE_UNKNOWN || v->maybe || v->tried || !text_is_ref(v->text, &source))
		return false;
	ref_scope(source, &local);
	return str_starts(local, S("aws_")) && !str_has(local, S("[*]")) &&
	       !str_has(local, S("(")) &&
	       (str_ends(local, S(".arn")) || str_ends(local, S(".id")) ||
		str_ends(local, S(".key_id")) || is_iam_name(local));
}

/* A heredoc of which the text is not known: it is one in any case. */
static bool is_heredoc(const struct value *v)
{
	return v->kind == VALUE_UNKNOWN && !v->n && !v->choice && !v->maybe && !v->tried &&
	       v->origin->kind == NODE_HEREDOC;
}

/* It has a letter that is there whatever its directives and references say. */
static bool has_letter(const struct node *template)
{
	for (const struct node *n = template->first; n; n = n->next)
		if (n->kind == NODE_TEXT && str_trim(node_source(n)).n)
			return true;
	return false;
}

bool tf_is_never_empty(const struct value *v)
{
	if (v->kind == VALUE_JSON || v->kind == VALUE_DOCUMENT)
		return !v->maybe && !v->tried;
	if (is_heredoc(v) && has_letter(v->origin))
		return true;
	return is_identity(v) ||
	       (v->kind == VALUE_TEXT && !v->maybe && !v->tried && tf_is_attribute(v));
}

/* A text is never the same as a number or truth; which of them it is, a variable's type may say. */
static bool differ_in_type(const struct value *x, const struct value *y)
{
	return (value_is_scalar(x) && y->origin->kind == NODE_STRING) ||
	       (value_is_scalar(y) && x->origin->kind == NODE_STRING);
}

static bool is_empty_text(const struct value *v)
{
	return value_is_literal(v) && !v->text.n;
}

/* Whether two values are the same; false when that is not known. */
static bool compare(const struct value *x, const struct value *y, bool *same)
{
	bool null = x->kind == VALUE_NULL || y->kind == VALUE_NULL;
	*same = false;
	if ((is_empty_text(x) && tf_is_never_empty(y)) ||
	    (is_empty_text(y) && tf_is_never_empty(x)))
		return true;
	if (null) {
		const struct value *other = x->kind == VALUE_NULL ? y : x;
		*same = other->kind == VALUE_NULL;
		return other->kind == VALUE_NULL || value_is_literal(other) || is_identity(other) ||
		       is_heredoc(other) || other->kind == VALUE_LIST || other->kind == VALUE_MAP ||
		       other->kind == VALUE_OBJECT ||
		       (other->kind != VALUE_UNKNOWN && !other->maybe && tf_is_document(other));
	}
	*same = x->kind == VALUE_TEXT && y->kind == VALUE_TEXT && str_eq(x->text, y->text);
	return value_is_literal(x) && value_is_literal(y) && !(*same && differ_in_type(x, y));
}

/* The two texts of which it is one, as each is when it is there; false for anything else. */
static bool is_choice(struct arena *a, const struct value *v, const struct value *both[2])
{
	if (v->kind != VALUE_UNKNOWN || v->n != 2 || v->maybe)
		return false;
	for (size_t i = 0; i < 2; i++)
		both[i] = value_present(a, value_at(v, i));
	return true;
}

/* The same of one that is a choice, for each of its texts. */
static bool compare_each(struct arena *a, const struct value *x, const struct value *y,
			 bool same[2])
{
	const struct value *both[2];
	if (!is_choice(a, x, both))
		return false;
	return compare(both[0], y, &same[0]) && compare(both[1], y, &same[1]);
}

bool tf_compare(struct arena *a, const struct value *x, const struct value *y, bool *same)
{
	bool each[2];
	if (compare(x, y, same))
		return true;
	if (!compare_each(a, x, y, each) && !compare_each(a, y, x, each))
		return false;
	*same = each[0];
	return each[0] == each[1];
}

str tf_same_when(struct arena *a, const struct value *x, const struct value *y, bool same)
{
	bool each[2];
	const struct value *choice = compare_each(a, x, y, each) ? x :
				     compare_each(a, y, x, each) ? y :
								   NULL;
	if (!choice || each[0] == each[1])
		return S("");
	return value_at(choice, each[0] == same ? 0 : 1)->guard;
}
