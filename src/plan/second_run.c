/* SPDX-License-Identifier: MIT */
#include "second_run.h"

#include "kmsfix/map.h"

str second_run_place(const struct finding *f, struct arena *a)
{
	const struct document *d = f->statement->document;
	return str_fmt(a, "%.*s %.*s", STR_ARG(d->file->path), STR_ARG(d->address));
}

/* What is left by a run hides other reasons: less room, or a policy of which nothing else stays. */
static bool is_left(const struct issue *h)
{
	return str_eq(str_from(h->code), S("SIZE")) || str_eq(str_from(h->code), S("EMPTY"));
}

static void note_left(struct map *left, const struct plan *plan, struct arena *a)
{
	for (size_t i = 0; i < plan->findings.n; i++)
		for (size_t k = 0; k < plan->findings.v[i].holds.n; k++)
			if (is_left(&plan->findings.v[i].holds.v[k]))
				map_put(left, a, second_run_place(&plan->findings.v[i], a), left);
}

static str finding_text(const struct finding *f, const struct map *left, struct arena *a)
{
	struct strs words = { 0 };
	strs_add(a, &words, second_run_place(f, a));
	for (size_t i = 0; !map_find(left, words.v[0]) && i < f->holds.n; i++)
		strs_add(a, &words, str_from(f->holds.v[i].code));
	return strs_join(a, &words, S(" "));
}

const struct finding *second_run_held(struct strs *out, const struct plan *plan,
				      const struct plan *again, struct arena *a)
{
	const struct finding *changes = NULL;
	struct map left = { 0 };
	note_left(&left, again, a);
	for (size_t i = 0; i < plan->findings.n; i++) {
		const struct finding *f = &plan->findings.v[i];
		if (f->outcome == OUTCOME_GRANTED)
			continue; /* is there to be granted, over and over */
		if (f->outcome == OUTCOME_HELD || f->outcome == OUTCOME_SUPPRESSED)
			strs_add(a, out, finding_text(f, &left, a));
		else if (!changes)
			changes = f;
	}
	strs_sort(out);
	return changes;
}
