/* SPDX-License-Identifier: MIT */
#include "spell.h"

#include "kmsfix/ascii.h"
#include "kmsfix/text.h"
#include "render.h"

static const char *const WHY_PLAIN = "a reference cannot be written into a plain JSON file";
static const char *const WHY_REF = "a reference of this form cannot be written here";
static const char *const WHY_DOLLAR = "a '$' before a reference cannot be written";

/* Terraform reads `${` and `%{` as markers; doubling the first byte makes them text [5.8]. */
static bool is_marker(str s, size_t i)
{
	return (s.p[i] == '$' || s.p[i] == '%') && i + 1 < s.n && s.p[i + 1] == '{';
}

static bool add_short_escape(struct buf *out, char c)
{
	switch (c) {
	case '"':
		buf_add(out, S("\\\""));
		return true;
	case '\\':
		buf_add(out, S("\\\\"));
		return true;
	case '\n':
		buf_add(out, S("\\n"));
		return true;
	case '\r':
		buf_add(out, S("\\r"));
		return true;
	case '\t':
		buf_add(out, S("\\t"));
		return true;
	default:
		return false;
	}
}

/* One byte; HCL and JSON share these escapes. */
static void add_byte(struct buf *out, char c)
{
	if (add_short_escape(out, c))
		return;
	if ((unsigned char)c < 0x20)
		buf_printf(out, "\\u%04x", (unsigned)c);
	else
		buf_addc(out, c);
}

void spell_json_bytes(str text, struct buf *out)
{
	for (size_t i = 0; i < text.n; i++)
		add_byte(out, text.p[i]);
}

static void add_literal(const struct style *st, str part, struct buf *out)
{
	bool template = st->lang == LANG_HCL || st->template;

	for (size_t i = 0; i < part.n; i++) {
		if (template && is_marker(part, i))
			buf_addc(out, part.p[i]);
		add_byte(out, part.p[i]);
	}
}

/* A line break would end an argument, and a JSON string cannot hold every byte as it is. */
static bool is_writable_ref(const struct style *st, str source)
{
	for (size_t i = 0; i < source.n; i++) {
		char c = source.p[i];

		if ((unsigned char)c < 0x20 || (st->json_string && (c == '"' || c == '\\')))
			return false;
	}
	return source.n > 0;
}

static bool add_ref(const struct style *st, str source, struct buf *out, const char **why)
{
	*why = WHY_PLAIN;
	if (st->lang == LANG_JSON && !st->template)
		return false;
	*why = WHY_DOLLAR;
	if (out->n > 0 && out->p[out->n - 1] == '$')
		return false;
	*why = WHY_REF;
	if (!is_writable_ref(st, source))
		return false;
	buf_add(out, S("${"));
	buf_add(out, source);
	buf_addc(out, '}');
	return true;
}

static bool add_string(const struct style *st, str text, struct buf *out, const char **why)
{
	str part;
	bool ref;

	buf_addc(out, '"');
	while (text_next(&text, &part, &ref)) {
		if (!ref)
			add_literal(st, part, out);
		else if (!add_ref(st, part, out, why))
			return false;
	}
	buf_addc(out, '"');
	return true;
}

/* JSON that CloudFormation reads: a string or, for what refers to something, an object. */
static bool add_long_form(const struct style *st, str text, struct buf *out, const char **why)
{
	struct style literal = *st;
	struct intrinsic in;

	if (!intrinsic_of(st->arena, text, &in, why))
		return false;
	literal.dialect = DIALECT_NATIVE;
	literal.flat = true;
	if (in.function == FUNCTION_NONE)
		return spell_text(&literal, in.name, out, why);
	return render_value(&literal, intrinsic_shape(st->arena, &in), S(""), 0, out, why);
}

/* A string that CloudFormation reads, if that is what the style is for. */
static bool spell_cloudformation(const struct style *st, str text, struct buf *out,
				 const char **why)
{
	struct style literal = *st;

	if (st->dialect == DIALECT_CLOUDFORMATION &&
	    (st->lang == LANG_JSON || (st->yaml.long_form && !text_is_literal(text))))
		return add_long_form(st, text, out, why);
	if (st->lang == LANG_YAML)
		return yaml_spell_text(st, text, true, out, why);
	literal.dialect = DIALECT_NATIVE;
	return intrinsic_sub(st->arena, text, &text, why) && add_string(&literal, text, out, why);
}

bool spell_text(const struct style *st, str text, struct buf *out, const char **why)
{
	str source;

	if (st->lang == LANG_YAML || st->dialect != DIALECT_NATIVE)
		return spell_cloudformation(st, text, out, why);

	if (st->lang != LANG_HCL || !text_is_ref(text, &source))
		return add_string(st, text, out, why);
	*why = WHY_REF;
	if (!is_writable_ref(st, source))
		return false;
	buf_add(out, source);
	return true;
}

static bool is_letter(char c)
{
	return ascii_is_letter(c) || c == '_';
}

/* True for a key that HCL reads as a name: not `for`, which would start an expression. */
static bool is_name(str s)
{
	if (s.n == 0 || !is_letter(s.p[0]) || str_eq(s, S("for")))
		return false;
	for (size_t i = 1; i < s.n; i++) {
		if (!is_letter(s.p[i]) && s.p[i] != '-' && !ascii_is_digit(s.p[i]))
			return false;
	}
	return true;
}

bool spell_key(const struct style *st, str text, struct buf *out, const char **why)
{
	if (st->lang == LANG_YAML)
		return yaml_spell_key(st, text, true, out, why);
	if (st->lang == LANG_HCL && !st->quoted && is_name(text)) {
		buf_add(out, text);
		return true;
	}
	if (st->dialect == DIALECT_SUB)
		return spell_text(st, text, out, why);
	return add_string(st, text, out, why);
}
