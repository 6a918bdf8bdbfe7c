/* SPDX-License-Identifier: MIT */
#include "stricter.h"

#include "kmsfix/condition.h"
#include "kmsfix/guard.h"

/* Real code joins a dozen; of more, only equal ones are. */
#define MAX_PARTS 32

static struct strs parts_of(str text, enum guard_join how, struct arena *a)
{
	struct strs parts = { 0 };

	guard_parts(a, &parts, text, how);
	return parts;
}

static struct strs lines_of(str text, struct arena *a)
{
	struct strs lines = { 0 };

	for (size_t at = 0; at <= text.n;) {
		size_t end = str_find(text, S("\n"), at);
		if (end == SIZE_MAX)
			end = text.n;
		strs_add(a, &lines, str_sub(text, at, end));
		at = end + 1;
	}
	return lines;
}

/* One of the values must match, or where it is negated none of them may. */
static bool is_narrower(str x, str y, struct arena *a)
{
	struct strs now = lines_of(x, a), before = lines_of(y, a);
	str op = str_sub(x, 0, str_find(x, S(" "), 0));

	if (now.n < 2 || before.n < 2 || !str_eq(now.v[0], before.v[0]))
		return false;
	switch (condition_values(op)) {
	case CONDITION_ANY_VALUE:
		return strs_has_all(&before, &now);
	case CONDITION_NO_VALUE:
		return strs_has_all(&now, &before);
	default:
		return false;
	}
}

/* `x` holds only where `y` does; neither has to be more than one thing. */
static bool is_stricter(str x, str y, struct arena *a)
{
	if (str_eq(x, y) || is_narrower(x, y, a))
		return true;
	struct strs some = parts_of(x, GUARD_ANY, a), any = parts_of(y, GUARD_ANY, a);
	return strs_has_all(&any, &some);
}

static struct strs all_of(const struct strs *list, struct arena *a)
{
	struct strs out = { 0 };

	for (size_t i = 0; i < list->n; i++)
		guard_parts(a, &out, atom_text(list->v[i]), GUARD_ALL);
	return out;
}

bool asks_all(const struct strs *now, const struct strs *before, struct arena *a)
{
	if (strs_has_all(now, before))
		return true;
	struct strs here = all_of(now, a), wanted = all_of(before, a);
	bool all = here.n <= MAX_PARTS && wanted.n <= MAX_PARTS;

	for (size_t i = 0; all && i < wanted.n; i++) {
		all = false;
		for (size_t k = 0; !all && k < here.n; k++)
			all = is_stricter(here.v[k], wanted.v[i], a);
	}
	return all;
}

bool gives_no_less(const struct formula *f, const struct term *t, struct arena *a)
{
	for (size_t i = 0; i < f->n; i++)
		if (asks_all(&t->atoms, &f->v[i].atoms, a))
			return true;
	return false;
}
