/* SPDX-License-Identifier: MIT */
#include "second_run.h"

#include "kmsfix/map.h"

str second_run_place(const struct finding *f, struct arena *a)
{
	const struct document *d = f->statement->document;
	return str_fmt(a, "%.*s %.*s", STR_ARG(d->file->path), STR_ARG(d->address));
}

static void note_full(struct map *full, const struct plan *plan, struct arena *a)
{
	for (size_t i = 0; i < plan->findings.n; i++)
		for (size_t k = 0; k < plan->findings.v[i].holds.n; k++)
			if (str_eq(str_from(plan->findings.v[i].holds.v[k].code), S("SIZE")))
				map_put(full, a, second_run_place(&plan->findings.v[i], a), full);
}

static str finding_text(const struct finding *f, const struct map *full, struct arena *a)
{
	struct strs words = { 0 };
	strs_add(a, &words, second_run_place(f, a));
	for (size_t i = 0; !map_find(full, words.v[0]) && i < f->holds.n; i++)
		strs_add(a, &words, str_from(f->holds.v[i].code));
	return strs_join(a, &words, S(" "));
}

const struct finding *second_run_held(struct strs *out, const struct plan *plan,
				      const struct plan *again, struct arena *a)
{
	const struct finding *changes = NULL;
	struct map full = { 0 };
	note_full(&full, again, a);
	for (size_t i = 0; i < plan->findings.n; i++) {
		const struct finding *f = &plan->findings.v[i];
		if (f->outcome == OUTCOME_GRANTED)
			continue; /* is there to be granted, over and over */
		if (f->outcome == OUTCOME_HELD || f->outcome == OUTCOME_SUPPRESSED)
			strs_add(a, out, finding_text(f, &full, a));
		else if (!changes)
			changes = f;
	}
	strs_sort(out);
	return changes;
}
