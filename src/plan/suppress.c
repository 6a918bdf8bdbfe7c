/* SPDX-License-Identifier: MIT */
/*
 * What the user decided to live with: by an ignore in the code, by the configuration, or, once the
 * outcome is known, by a baseline. A suppressed finding is held, so that nothing is edited for it
 * and what shares its text cannot move either; it only counts as something else.
 */
#include "decide.h"

#include "kmsfix/apart.h"

static bool has_expired(str expires, str today)
{
	return expires.n && today.n && str_cmp(expires, today) < 0;
}

static void suppress(struct planner *pl, struct candidate *c, struct suppression by, str reason)
{
	c->suppression = by;
	c->why_suppressed = reason;
	hold(pl, c, "SUPPRESSED", "%.*s", STR_ARG(reason));
}

/* The innermost ignore that counts; else *wrong is one that is not written as it must be. */
static const struct ignore *counting(const struct planner *pl, const struct statement *s,
				     const struct ignore **wrong)
{
	const struct ignore *found = NULL;

	*wrong = NULL;
	for (struct ignore *i = s->ignore; i; i = i->around) {
		i->used = true;
		if (i->wrong)
			*wrong = i;
		else if (!found && !has_expired(i->expires, pl->options->today))
			found = i;
	}
	return found;
}

static const struct config_suppression *configured(const struct planner *pl,
						   const struct statement *s, str code)
{
	struct config_finding f = { .path = s->node->tree->file->path,
				    .address = s->document->address,
				    .sid = s->sid,
				    .code = code,
				    .today = pl->options->today };

	return config_suppresses(pl->m->config, &f);
}

void decide_suppressed(struct planner *pl, struct candidate *c)
{
	const struct statement *s = statement_written(c->s);
	const struct ignore *wrong, *i = counting(pl, s, &wrong);
	const struct config_suppression *entry = configured(pl, s, S(""));

	if (i) {
		struct suppression by = { SUPPRESSED_SOURCE, i->file, i->offset, i->expires };
		suppress(pl, c, by, i->reason);
	} else if (entry) {
		struct suppression by = { .by = SUPPRESSED_CONFIG, .expires = entry->expires };
		suppress(pl, c, by, entry->reason);
	} else if (wrong) {
		hold(pl, c, "IGNORE-FORM", "the kmsfix:ignore here does not count: %s",
		     wrong->wrong);
	}
}

void report_ignores(const struct planner *pl)
{
	const struct config *c = pl->m->config;

	for (size_t k = 0; k < c->suppress.n; k++)
		if (has_expired(c->suppress.v[k].expires, pl->options->today))
			diag_add(pl->m->diags, SEVERITY_WARNING, NULL, 0,
				 "%.*s: suppress[%zu] expired on %.*s, so what it is about counts "
				 "again",
				 STR_ARG(c->path), k, STR_ARG(c->suppress.v[k].expires));
	for (size_t k = 0; k < pl->m->ignores.n; k++) {
		const struct ignore *i = &pl->m->ignores.v[k];

		if (i->wrong || !i->covers.end)
			continue;
		if (!i->used)
			diag_add(pl->m->diags, SEVERITY_NOTE, i->file, i->offset,
				 "no finding is left here, so this kmsfix:ignore may go");
		else if (has_expired(i->expires, pl->options->today))
			diag_add(pl->m->diags, SEVERITY_WARNING, i->file, i->offset,
				 "this kmsfix:ignore expired on %.*s, so the finding counts again",
				 STR_ARG(i->expires));
	}
}

/* ---- findings ---- */

void suppress_finding(const struct planner *pl, struct finding *f, const struct candidate *c)
{
	str until = c->suppression.expires;
	str where = pl->m->config->path;

	f->outcome = OUTCOME_SUPPRESSED;
	f->suppression = c->suppression;
	f->reason = c->why_suppressed;
	if (c->suppression.by == SUPPRESSED_SOURCE)
		where = S("kmsfix:ignore");
	f->note = str_fmt(pl->arena, "suppressed by %.*s%s%.*s", STR_ARG(where),
			  until.n ? " until " : "", STR_ARG(until));
}

void suppress_by_code(const struct planner *pl, struct finding *f)
{
	struct candidate c = { 0 };

	for (size_t i = 0; i < f->holds.n && !c.suppression.by; i++) {
		const struct config_suppression *entry = configured(pl, f->statement,
								    str_from(f->holds.v[i].code));

		if (!entry)
			continue;
		c.suppression = (struct suppression){ .by = SUPPRESSED_CONFIG,
						      .expires = entry->expires };
		c.why_suppressed = entry->reason;
	}
	if (c.suppression.by)
		suppress_finding(pl, f, &c);
}

size_t plan_accept(struct plan *p, const struct map *accepted)
{
	size_t n = 0;

	for (size_t i = 0; i < p->findings.n; i++) {
		struct finding *f = &p->findings.v[i];

		if (f->outcome != OUTCOME_HELD || !map_find(accepted, f->id))
			continue;
		f->outcome = OUTCOME_SUPPRESSED;
		f->suppression.by = SUPPRESSED_BASELINE;
		f->note = S("accepted by the baseline");
		n++;
	}
	return n;
}
