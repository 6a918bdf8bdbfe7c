/* SPDX-License-Identifier: MIT */
#include "command.h"

#include "kmsfix/arena.h"
#include "kmsfix/explain.h"
#include "kmsfix/input.h"
#include "kmsfix/merge.h"
#include "kmsfix/suggest.h"
#include "output.h"

/* ---- explain ---- */

/* Names the code that may be meant. */
static bool refuse_code(str code, struct err *e)
{
	char upper[SUGGEST_MAX];
	struct nearest near = { .word = { upper, code.n }, .distance = SUGGEST_NONE };

	for (size_t i = 0; i < code.n && i < sizeof(upper); i++)
		upper[i] = code.p[i] >= 'a' && code.p[i] <= 'z' ? (char)(code.p[i] - 'a' + 'A') :
								  code.p[i];
	for (size_t i = 0; code.n <= sizeof(upper) && i < explain_count(); i++)
		nearest_try(&near, explain_at(i).code);
	if (near.best.n)
		return err_set(e, ERR_USAGE, "unknown code '%.*s'; did you mean '%.*s'?",
			       STR_ARG(code), STR_ARG(near.best));
	return err_set(e, ERR_USAGE, "unknown code '%.*s'; run 'kmsfix explain' for all codes",
		       STR_ARG(code));
}

bool command_explain(const struct options *o, struct err *e)
{
	struct buf out = { 0 };
	bool ok = true;

	if (!o->operand_count)
		explain_list(&out);
	for (size_t i = 0; ok && i < o->operand_count; i++) {
		str code = str_from(o->operands[i]);
		size_t at = explain_find(code);

		if (at == SIZE_MAX) {
			ok = refuse_code(code, e);
			break;
		}
		buf_add(&out, i ? S("\n") : S(""));
		explain_print(&out, at);
	}
	ok = ok && output_write(NULL, buf_str(&out), e);
	buf_free(&out);
	return ok;
}

/* ---- report ---- */

static bool read_all(struct merge *m, const struct options *o, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < o->operand_count; i++) {
		str text;

		if (!input_read(&text, o->operands[i], MERGE_MAX_SIZE, a, e) ||
		    !merge_add(m, text, str_from(o->operands[i]), e))
			return false;
	}
	return true;
}

bool command_report(const struct options *o, struct err *e)
{
	struct arena *a = arena_create();
	struct merge *m = merge_create(a);
	struct buf out = { 0 };
	bool ok = read_all(m, o, a, e);

	if (ok && o->format_count && o->outputs[0].format == FORMAT_JSON)
		merge_json(m, S(KMSFIX_VERSION), &out);
	else if (ok)
		merge_text(m, &out);
	ok = ok && output_write(o->outputs[0].file, buf_str(&out), e);
	buf_free(&out);
	arena_destroy(a);
	return ok;
}
