/* SPDX-License-Identifier: MIT */
/*
 * The one place that knows how CloudFormation refers to things. The source of a reference is the
 * name that Ref takes (`AppRole`, `AWS::AccountId`), or what GetAtt takes with a dot between; or
 * TEXT_IMPORT and the literal name of an export.
 */
#include "kmsfix/arena.h"
#include "kmsfix/ascii.h"
#include "kmsfix/text.h"
#include "spell.h"

static const char *const WHY_NAME = "a reference of this form cannot be written here";
static const char *const WHY_DOLLAR = "a '$' before a reference cannot be written";
static const char *const WHY_OPEN = "Fn::Sub cannot hold a '${' without '}'";

static bool is_reference(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!ascii_is_alnum(c) && c != '.' && c != ':' && c != '_')
			return false;
	}
	return s.n > 0 && s.p[0] != '.' && s.p[s.n - 1] != '.';
}

/* A literal in the text of Fn::Sub: `${!x}` stands for `${x}`. */
static bool add_literal(struct buf *out, str part)
{
	for (size_t i = 0; i < part.n; i++) {
		buf_addc(out, part.p[i]);
		if (part.p[i] != '$' || i + 1 == part.n || part.p[i + 1] != '{')
			continue;
		if (str_find(part, S("}"), i) == SIZE_MAX)
			return false;
		buf_add(out, S("{!"));
		i++;
	}
	return true;
}

static bool add_part(struct buf *out, str part, bool ref, const char **why)
{
	*why = WHY_OPEN;
	if (!ref)
		return add_literal(out, part);
	*why = WHY_DOLLAR;
	if (out->n && out->p[out->n - 1] == '$')
		return false;
	*why = WHY_NAME;
	if (!is_reference(part))
		return false;
	buf_add(out, S("${"));
	buf_add(out, part);
	buf_addc(out, '}');
	return true;
}

bool intrinsic_sub(struct arena *a, str text, str *out, const char **why)
{
	struct buf b = { 0 };
	bool ok = true, ref;
	str part;

	while (ok && text_next(&text, &part, &ref))
		ok = add_part(&b, part, ref, why);
	*out = ok ? str_dup(a, buf_str(&b)) : S("");
	buf_free(&b);
	return ok;
}

bool intrinsic_of(struct arena *a, str text, struct intrinsic *out, const char **why)
{
	str source;
	size_t dot;

	*out = (struct intrinsic){ .name = text };
	if (text_is_literal(text))
		return true;
	if (!text_is_ref(text, &source)) {
		out->function = FUNCTION_SUB;
		return intrinsic_sub(a, text, &out->name, why);
	}
	if (str_starts(source, S(TEXT_IMPORT))) {
		out->function = FUNCTION_IMPORT;
		out->name = str_sub(source, sizeof(TEXT_IMPORT) - 1, source.n);
		return true;
	}
	*why = WHY_NAME;
	if (!is_reference(source))
		return false;
	dot = str_find(source, S("."), 0);
	out->function = dot == SIZE_MAX ? FUNCTION_REF : FUNCTION_GETATT;
	out->name = str_sub(source, 0, dot);
	out->attribute = dot == SIZE_MAX ? S("") : str_sub(source, dot + 1, source.n);
	return true;
}

struct shape *intrinsic_shape(struct arena *a, const struct intrinsic *in)
{
	static const str keys[] = {
		{ "", 0 },
		{ "Ref", 3 },
		{ "Fn::GetAtt", 10 },
		{ "Fn::Sub", 7 },
		{ "Fn::ImportValue", 15 },
	};
	struct shape *object = shape_object(a), *value = shape_text(a, in->name);

	if (in->function == FUNCTION_GETATT) {
		value = shape_list(a);
		shape_add(a, value, shape_text(a, in->name));
		shape_add(a, value, shape_text(a, in->attribute));
	}
	shape_set(a, object, keys[in->function], value);
	return object;
}

const struct shape *intrinsic_when(struct arena *a, const struct shape *element)
{
	struct shape *list, *call, *there, *nothing = shape_text(a, ref_text(a, S("AWS::NoValue")));
	bool opposite = str_starts(element->when, S("!"));

	if (!element->when.n)
		return element;
	list = shape_list(a);
	call = shape_object(a);
	there = ARENA_NEW(a, struct shape);
	*there = *element;
	there->when = S("");
	shape_add(a, list, shape_text(a, str_sub(element->when, opposite, element->when.n)));
	shape_add(a, list, opposite ? nothing : there);
	shape_add(a, list, opposite ? there : nothing);
	shape_set(a, call, S("Fn::If"), list);
	return call;
}

const struct shape *intrinsic_if(const struct shape *s)
{
	bool is_call = s->kind == SHAPE_OBJECT && s->n == 1 && str_eq(s->v[0].key, S("Fn::If"));

	return is_call ? s->v[0].value : NULL;
}
