/* SPDX-License-Identifier: MIT */
#include "phases.h"

#include "finding.h"
#include "kmsfix/arena.h"

/* Of more units than this the others are counted. */
#define UNITS_MAX 8

static void add_unit(struct strs *list, str unit, struct arena *a)
{
	strs_add_once(a, list, unit.n ? unit : S("."));
}

static void add_finding(struct strs *list, const struct finding *f, struct arena *a)
{
	for (size_t i = 0; i < f->parts.n; i++)
		add_unit(list, f->parts.v[i].unit, a);
	if (!f->parts.n)
		add_unit(list, f->unit, a);
}

struct phases phases_of(const struct report_input *in, struct arena *a)
{
	const struct plan *p = in->plan;
	struct phases out = { 0 };
	bool takes = false;

	for (size_t i = 0; i < p->findings.n; i++)
		takes |= finding_changes(&p->findings.v[i]) &&
			 p->findings.v[i].outcome != OUTCOME_GRANTED;
	for (size_t i = 0; in->phased && takes && i < p->grants.n; i++)
		add_unit(&out.grants, p->grants.v[i].key->unit->path, a);
	for (size_t i = 0; i < p->findings.n; i++) {
		const struct finding *f = &p->findings.v[i];

		/* what is only granted is done in the first phase, if there is one */
		if (finding_changes(f) && !(out.grants.n && f->outcome == OUTCOME_GRANTED))
			add_finding(&out.rest, f, a);
	}
	strs_sort(&out.grants);
	strs_sort(&out.rest);
	for (size_t i = 0; i < out.grants.n; i++)
		out.both |= strs_has(&out.rest, out.grants.v[i]);
	return out;
}

static void add_units(struct buf *out, const struct strs *units)
{
	for (size_t i = 0; i < units->n && i < UNITS_MAX; i++) {
		buf_add(out, i ? S(", '") : S("'"));
		buf_add_safe(out, units->v[i]);
		buf_addc(out, '\'');
	}
	if (units->n > UNITS_MAX)
		buf_printf(out, " and %zu more", units->n - UNITS_MAX);
}

void phases_text(const struct report_input *in, struct buf *out)
{
	struct arena *a = arena_create();
	struct phases p = phases_of(in, a);

	if (p.grants.n) {
		buf_add(out, S("two phases: apply the grants first, in "));
		add_units(out, &p.grants);
		buf_add(out, S("; then the rest, in "));
		add_units(out, &p.rest);
		if (p.both && in->mode != REPORT_APPLIED)
			buf_add(out, S("; 'kmsfix --apply --phased' makes a commit for each"));
		buf_addc(out, '\n');
	}
	arena_destroy(a);
}
