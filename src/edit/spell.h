/* SPDX-License-Identifier: MIT */
/*
 * spell - one canonical text as a string, or one bare reference, of a language. Each gives false
 * and a reason in *why when the language has no exact spelling for it there.
 */
#ifndef KMSFIX_EDIT_SPELL_H
#define KMSFIX_EDIT_SPELL_H

#include "kmsfix/buf.h"
#include "kmsfix/shape.h"
#include "style.h"

/* A value, in the language of the style. */
bool spell_text(const struct style *st, str text, struct buf *out, const char **why);
/* The key of an object. */
bool spell_key(const struct style *st, str text, struct buf *out, const char **why);
/*
 * A text of CloudFormation: a literal (`name`), or what Ref, Fn::GetAtt (of `name`, `attribute`) or
 * Fn::Sub (of the text `name`) gives. Literals that Fn::Sub would replace are escaped.
 */
enum function { FUNCTION_NONE, FUNCTION_REF, FUNCTION_GETATT, FUNCTION_SUB, FUNCTION_IMPORT };
struct intrinsic {
	enum function function;
	str name, attribute;
};
bool intrinsic_of(struct arena *a, str text, struct intrinsic *out, const char **why);
/* The same in one text that Fn::Sub reads. */
bool intrinsic_sub(struct arena *a, str text, str *out, const char **why);
/* The long form as a shape whose texts are literal: {"Fn::GetAtt": […]}. */
struct shape *intrinsic_shape(struct arena *a, const struct intrinsic *in);
/* An element that is there under the condition `when`, as Fn::If; without one it is as it was. */
const struct shape *intrinsic_when(struct arena *a, const struct shape *element);
/* The arguments of such an Fn::If; NULL for anything else. */
const struct shape *intrinsic_if(const struct shape *s);
/*
 * A scalar of YAML, `flow` telling that it stands in brackets. References are spelled in the short
 * form (`!Ref A`); the long form is not a scalar.
 */
bool yaml_spell_text(const struct style *st, str text, bool flow, struct buf *out,
		     const char **why);
bool yaml_spell_key(const struct style *st, str text, bool flow, struct buf *out, const char **why);
/* True when the text can be a plain scalar and is a string then. */
bool yaml_is_plain(str text, bool flow);
/* `text` as a JSON string without its quotes. */
void spell_json_bytes(str text, struct buf *out);

#endif
