/* SPDX-License-Identifier: MIT */
/*
 * The canonical texts of guards: one that holds when `C` does is "count = C ? 1 : 0", one for the
 * opposite "count = C ? 0 : 1".
 */
#include <string.h>

#include "kmsfix/ascii.h"
#include "kmsfix/guard.h"
#include "tf.h"

static const str HOLDS = { "count = ", 8 }, THEN = { " ? 1 : 0", 8 }, ELSE = { " ? 0 : 1", 8 };

str tf_guard_of(struct arena *a, str cond, bool holds)
{
	return STR_CAT(a, HOLDS, cond, holds ? THEN : ELSE);
}

bool tf_guard_condition(str guard, str *cond, bool *holds)
{
	*holds = str_ends(guard, THEN);
	if (!str_starts(guard, HOLDS) || (!*holds && !str_ends(guard, ELSE)))
		return false;
	*cond = str_sub(guard, HOLDS.n, guard.n - THEN.n);
	return true;
}

str tf_guard_opposite(struct arena *a, str guard)
{
	str cond;
	bool holds;
	if (!tf_guard_condition(guard, &cond, &holds))
		return S("");
	return tf_guard_of(a, cond, !holds);
}

str tf_guard_nonempty(struct arena *a, str text)
{
	return tf_guard_of(a, STR_CAT(a, S("("), text, S(" != \"\") && ("), text, S(" != null)")),
			   true);
}

/* ---- their parts ---- */

/* The end of what begins at `at`: of a reference, of a text, or of the character. */
static size_t past(str text, size_t at)
{
	if (text.p[at] == REF_OPEN)
		return text_ref_end(text, at);
	if (text.p[at] != '"')
		return at + 1;
	for (at++; at < text.n && text.p[at] != '"'; at++)
		at += text.p[at] == '\\';
	return at < text.n ? at + 1 : text.n;
}

/* Where the operator is next outside of all parentheses; the end of the text when it is not. */
static size_t next_operator(str text, size_t at, str operator)
{
	int depth = 0;

	for (; at < text.n; at = past(text, at)) {
		char c = text.p[at];
		depth += (c == '(') - (c == ')');
		if (!depth && str_starts(str_sub(text, at, text.n), operator))
			return at;
	}
	return text.n;
}

/* Each operand that is more than a reference is in parentheses, see joined_text(). */
static str bare(str operand)
{
	bool closed = str_starts(operand, S("(")) && str_ends(operand, S(")"));
	return closed ? str_sub(operand, 1, operand.n - 1) : operand;
}

static bool is_name(str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!ascii_is_alnum(text.p[i]) && !memchr("_-.", text.p[i], 3))
			return false;
	return text.n > 0;
}

/* What a guard says of the operand alone: of `!a` and `a != b` the opposite, as guard_when() has
 * it. */
static str part_text(struct arena *a, str operand, bool holds)
{
	str text = bare(operand), source, local, ne = S(" != ");
	size_t at = next_operator(text, 0, ne);

	if (at < text.n && next_operator(text, at + ne.n, S(" ")) == text.n) {
		str y = str_sub(text, at + ne.n, text.n);
		return tf_guard_of(a, STR_CAT(a, str_sub(text, 0, at), S(" == "), y), !holds);
	}
	if (text_is_ref(text, &source)) {
		str scope = ref_scope(source, &local), name = str_sub(local, 1, local.n);
		if (local.n < source.n && str_starts(local, S("!")) && is_name(name))
			return tf_guard_of(a, ref_in_scope(a, scope, name), !holds);
	}
	return tf_guard_of(a, text, holds);
}

struct strs guards_in(struct arena *a, str guard)
{
	struct strs out = { 0 };
	while (guard.n) {
		size_t end = str_find(guard, S(GUARD_AND), 0);
		strs_add(a, &out, str_sub(guard, 0, end));
		guard = end == SIZE_MAX ? S("") : str_sub(guard, end + 1, guard.n);
	}
	return out;
}

void guard_parts(struct arena *a, struct strs *out, str guard, enum guard_join how)
{
	str cond;
	bool holds;

	if (!tf_guard_condition(guard, &cond, &holds)) {
		strs_add_once(a, out, guard);
		return;
	}
	str operator= holds ==(how == GUARD_ALL) ? S(" && ") : S(" || ");
	size_t at = 0;
	do {
		size_t end = next_operator(cond, at, operator);
		bool all = !at && end == cond.n;
		str part = str_sub(cond, at, end);
		strs_add_once(a, out, all ? guard : part_text(a, part, holds));
		at = end + operator.n;
	} while (at < cond.n);
}
