/* SPDX-License-Identifier: MIT */
/*
 * Scalars of YAML: plain where the siblings are and YAML 1.1 and 1.2 would read the same string
 * again, quoted otherwise. This is stricter than it has to be: a quote too many changes nothing.
 */
#include "kmsfix/syntax.h"
#include "kmsfix/text.h"
#include "kmsfix/utf8.h"
#include "spell.h"

static const char *const WHY_UTF8 = "a text that is not UTF-8 cannot be written into YAML";
static const char *const WHY_KEY = "a key cannot hold a reference in CloudFormation";
static const char *const WHY_NATIVE = "a reference cannot be written into this YAML file";

/* Bytes that no plain scalar may start with, `-`, `?` and `:` among them although some may. */
static bool is_indicator(char c)
{
	return str_has(S("-?:,[]{}#&*!|>'\"%@`="), (str){ &c, 1 });
}

bool yaml_is_plain(str text, bool flow)
{
	if (text.n == 0 || is_indicator(text.p[0]) || str_starts(text, S("..")) ||
	    yaml_is_ambiguous(text))
		return false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : ' ';

		if (c < ' ' || c > '~' || (c == ':' && next == ' ') || (c == ' ' && next == '#'))
			return false;
		if (flow && str_has(S("?,[]{}"), (str){ &c, 1 }))
			return false;
	}
	return text.p[0] != ' ' && text.p[text.n - 1] != ' ';
}

static void add_double(str text, struct buf *out)
{
	buf_addc(out, '"');
	for (size_t i = 0, n; i < text.n; i += n) {
		str part;
		uint32_t point;

		n = utf8_next(text, i, &point);
		part = str_sub(text, i, i + n);
		if (point < 0x7f)
			spell_json_bytes(part, out);
		else if (point < 0xa0 || point == 0x2028 || point == 0x2029 || point == 0xfeff ||
			 point == 0xfffe || point == 0xffff)
			buf_printf(out, "\\u%04x", (unsigned)point);
		else
			buf_add(out, part);
	}
	buf_addc(out, '"');
}

static void add_single(str text, struct buf *out)
{
	buf_addc(out, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\'')
			buf_addc(out, '\'');
		buf_addc(out, text.p[i]);
	}
	buf_addc(out, '\'');
}

static bool is_utf8(str text)
{
	size_t i = 0, n = 1;

	while (i < text.n && n) {
		n = utf8_next(text, i, NULL);
		i += n;
	}
	return i == text.n;
}

static bool is_printable(str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < ' ' || text.p[i] > '~')
			return false;
	}
	return true;
}

static bool add_scalar(const struct style *st, str text, enum quote quote, bool flow,
		       struct buf *out, const char **why)
{
	*why = WHY_UTF8;
	if (!is_utf8(text))
		return false;
	if (quote == QUOTE_PLAIN && !yaml_is_plain(text, flow))
		quote = st->yaml.forced;
	if (quote == QUOTE_SINGLE && !is_printable(text))
		quote = QUOTE_DOUBLE;
	if (quote == QUOTE_DOUBLE)
		add_double(text, out);
	else if (quote == QUOTE_SINGLE)
		add_single(text, out);
	else
		buf_add(out, text);
	return true;
}

bool yaml_spell_text(const struct style *st, str text, bool flow, struct buf *out, const char **why)
{
	struct intrinsic in;

	*why = WHY_NATIVE;
	if (!text_is_literal(text) && st->dialect != DIALECT_CLOUDFORMATION)
		return false;
	if (!intrinsic_of(st->arena, text, &in, why))
		return false;
	switch (in.function) {
	case FUNCTION_NONE:
		return add_scalar(st, text, st->yaml.text, flow, out, why);
	case FUNCTION_REF:
		buf_printf(out, "!Ref %.*s", STR_ARG(in.name));
		return true;
	case FUNCTION_GETATT:
		buf_printf(out, "!GetAtt %.*s.%.*s", STR_ARG(in.name), STR_ARG(in.attribute));
		return true;
	case FUNCTION_SUB:
		buf_add(out, S("!Sub "));
		return add_scalar(st, in.name, st->yaml.sub, flow, out, why);
	case FUNCTION_IMPORT:
		buf_add(out, S("!ImportValue "));
		return add_scalar(st, in.name, st->yaml.text, flow, out, why);
	}
	return false;
}

bool yaml_spell_key(const struct style *st, str text, bool flow, struct buf *out, const char **why)
{
	*why = WHY_KEY;
	return text_is_literal(text) && add_scalar(st, text, st->yaml.key, flow, out, why);
}
