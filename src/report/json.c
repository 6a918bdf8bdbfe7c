/* SPDX-License-Identifier: MIT */
/*
 * The report for machines. Members may be added, at the end of their object; what is there keeps
 * its name, type and meaning as long as the schema number stays.
 */
#include "branches.h"
#include "finding.h"
#include "kmsfix/arena.h"
#include "kmsfix/evidence.h"
#include "kmsfix/place.h"
#include "kmsfix/report.h"
#include "writer.h"

#define SCHEMA 1

struct json {
	struct writer w;
	struct arena *arena;
	struct place place, ignore;
};

static void member_shown(struct json *j, const char *key, str canonical)
{
	writer_member_text(&j->w, key, text_shown(canonical, j->arena));
}

static void member_list(struct json *j, const char *key, const struct strs *list)
{
	writer_key(&j->w, key);
	writer_open(&j->w, '[', LAYOUT_LINE);
	for (size_t i = 0; i < list->n; i++)
		writer_text(&j->w, text_shown(list->v[i], j->arena));
	writer_close(&j->w, ']');
}

static void add_summary(struct writer *w, const struct report_input *in)
{
	writer_key(w, "summary");
	writer_open(w, '{', LAYOUT_LINE);
	for (enum outcome o = OUTCOME_FIXED; o < OUTCOMES; o++)
		if (outcome_is_said(o, findings_count(in->plan, o)))
			writer_member_number(w, outcome_name(o), findings_count(in->plan, o));
	writer_member_number(w, "files_read", in->files_read);
	writer_member_number(w, "files_changed", in->files_changed);
	writer_close(w, '}');
}

static void add_rests_on(struct writer *w, unsigned rests_on)
{
	writer_key(w, "rests_on");
	writer_open(w, '[', LAYOUT_LINE);
	for (unsigned bit = 1; rests_on_name(bit); bit <<= 1) {
		if (rests_on & bit)
			writer_name(w, rests_on_name(bit));
	}
	writer_close(w, ']');
}

static void add_proof(struct writer *w, const struct proof_summary *proof, unsigned rests_on)
{
	writer_key(w, "proof");
	writer_open(w, '{', LAYOUT_LINE);
	writer_key(w, "holds");
	writer_bool(w, proof->holds);
	writer_member_number(w, "principals", proof->principals);
	writer_member_number(w, "keys", proof->keys);
	writer_member_number(w, "checked", proof->checked);
	add_rests_on(w, rests_on);
	writer_close(w, '}');
}

static void add_codes(struct json *j, const struct finding *f)
{
	struct strs codes = finding_codes(f, j->arena);
	struct writer *w = &j->w;

	writer_key(w, "code");
	writer_name(w, finding_code(f));
	writer_key(w, "codes");
	writer_open(w, '[', LAYOUT_LINE);
	for (size_t i = 0; i < codes.n; i++)
		writer_text(w, codes.v[i]);
	writer_close(w, ']');
}

/* NULL: not known, or there is none. */
static const char *order_name(enum order order)
{
	static const char *const names[] = { [ORDER_GRANT_FIRST] = "grant-first",
					     [ORDER_REMOVAL_FIRST] = "removal-first",
					     [ORDER_ANY] = "any" };
	return names[order];
}

static void add_place(struct json *j, struct place *p, const struct file *f, size_t offset)
{
	struct position pos = place_find(p, f, offset);
	struct writer *w = &j->w;

	writer_member_text(w, "path", f->path);
	writer_member_number(w, "line", pos.line);
	writer_member_number(w, "column", pos.column);
}

/* Who says that it stays. */
static void add_suppression(struct json *j, const struct suppression *s)
{
	static const char *const names[] = {
		[SUPPRESSED_SOURCE] = "source",
		[SUPPRESSED_CONFIG] = "configuration",
		[SUPPRESSED_BASELINE] = "baseline",
	};

	writer_key(&j->w, "suppression");
	if (!s->by) {
		writer_null(&j->w);
		return;
	}
	writer_open(&j->w, '{', LAYOUT_LINE);
	writer_member_text(&j->w, "by", str_from(names[s->by]));
	writer_member_optional(&j->w, "expires", s->expires);
	if (s->file)
		add_place(j, &j->ignore, s->file, s->offset);
	writer_close(&j->w, '}');
}

static void add_finding(struct json *j, const struct finding *f)
{
	struct writer *w = &j->w;

	writer_open(w, '{', LAYOUT_LINE);
	writer_member_text(w, "id", f->id);
	writer_key(w, "outcome");
	writer_name(w, outcome_name(f->outcome));
	add_codes(j, f);
	member_shown(j, "reason", f->reason);
	writer_key(w, "unlock");
	writer_name(w, finding_unlock(f));
	add_rests_on(w, f->rests_on);
	add_place(j, &j->place, f->file, f->start);
	writer_key(w, "range");
	writer_open(w, '[', LAYOUT_LINE);
	writer_number(w, f->start);
	writer_number(w, f->end);
	writer_close(w, ']');
	writer_member_text(w, "unit", f->unit);
	member_shown(j, "address", f->address);
	writer_member_number(w, "statement", f->statement->index);
	member_list(j, "actions", &f->actions);
	member_list(j, "principals", &f->principals);
	member_list(j, "keys", &f->keys);
	writer_key(w, "conditions");
	writer_bool(w, f->conditions);
	writer_key(w, "order");
	writer_name(w, order_name(f->order));
	writer_key(w, "note");
	if (f->note.n)
		writer_text(w, text_shown(f->note, j->arena));
	else
		writer_null(w);
	add_suppression(j, &f->suppression);
	writer_close(w, '}');
}

static void add_findings(struct json *j, const struct plan *plan)
{
	struct finding_list list = findings_sorted(plan, j->arena);

	writer_key(&j->w, "findings");
	writer_open(&j->w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < list.n; i++)
		add_finding(j, list.v[i]);
	writer_close(&j->w, ']');
}

static void add_edits(struct writer *w, const struct edits *edits)
{
	writer_key(w, "edits");
	writer_open(w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < edits->n; i++) {
		const struct edit *e = &edits->v[i];

		writer_open(w, '{', LAYOUT_LINE);
		writer_member_text(w, "path", e->file->path);
		writer_member_number(w, "offset", e->start);
		writer_member_number(w, "length", e->end - e->start);
		writer_member_text(w, "text", e->text);
		writer_close(w, '}');
	}
	writer_close(w, ']');
}

static void add_diagnostics(struct json *j, const struct diags *diags)
{
	struct writer *w = &j->w;

	writer_key(w, "diagnostics");
	writer_open(w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < diags->n; i++) {
		const struct diag *d = &diags->v[i];

		writer_open(w, '{', LAYOUT_LINE);
		writer_key(w, "severity");
		writer_name(w, severity_name(d->severity));
		if (d->file) {
			add_place(j, &j->place, d->file, d->offset);
		} else { /* about the repository as a whole */
			writer_key(w, "path");
			writer_null(w);
			writer_key(w, "line");
			writer_null(w);
			writer_key(w, "column");
			writer_null(w);
		}
		member_shown(j, "message", d->text);
		writer_close(w, '}');
	}
	writer_close(w, ']');
}

static void add_day(struct writer *w, const char *key, int32_t day)
{
	char text[11];

	evidence_day_text(day, text);
	writer_member_text(w, key, str_from(text));
}

static void add_gaps(struct writer *w, const struct evidence *ev)
{
	writer_key(w, "gaps");
	writer_open(w, '[', LAYOUT_LINE);
	for (size_t i = 0; i < ev->kms_gap_count; i++) {
		writer_open(w, '{', LAYOUT_LINE);
		add_day(w, "first", ev->kms_gaps[i].first);
		add_day(w, "last", ev->kms_gaps[i].last);
		writer_close(w, '}');
	}
	writer_close(w, ']');
}

static void add_evidence(struct writer *w, const struct evidence *ev)
{
	const struct evidence_totals *t = ev ? &ev->totals : NULL;

	writer_key(w, "evidence");
	if (!ev || !ev->day_count) {
		writer_null(w);
		return;
	}
	writer_open(w, '{', LAYOUT_LINE);
	add_day(w, "first", ev->days[0].day);
	add_day(w, "last", ev->days[ev->day_count - 1].day);
	writer_member_number(w, "days", ev->day_count);
	writer_member_number(w, "events", t->events);
	writer_member_number(w, "uses", t->counted);
	writer_member_number(w, "uncounted", t->no_session + t->no_key + t->other_account);
	writer_member_number(w, "interruptions", t->interruptions);
	add_gaps(w, ev);
	writer_close(w, '}');
}

void report_json(const struct report_input *in, struct buf *out)
{
	struct json j = { .arena = arena_create() };

	writer_init(&j.w, out);
	writer_open(&j.w, '{', LAYOUT_LINES);
	writer_member_number(&j.w, "schema", SCHEMA);
	writer_member_text(&j.w, "kmsfix", in->version);
	writer_member_optional(&j.w, "base", in->base);
	writer_member_optional(&j.w, "branch", in->branch);
	writer_member_optional(&j.w, "commit", in->commit);
	add_summary(&j.w, in);
	add_proof(&j.w, &in->proof, plan_rests_on(in->plan));
	add_findings(&j, in->plan);
	add_edits(&j.w, in->edits);
	add_diagnostics(&j, in->diags);
	writer_member_optional(&j.w, "repository", in->repository);
	writer_member_optional(&j.w, "name", in->name);
	add_evidence(&j.w, in->evidence);
	if (in->account.n)
		writer_member_text(&j.w, "account", in->account);
	branches_json(in, &j.w);
	writer_close(&j.w, '}');
	buf_addc(out, '\n');
	arena_destroy(j.arena);
}
