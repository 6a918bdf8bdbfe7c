/* SPDX-License-Identifier: MIT */
/* What is on standard error: the short report, for a person or the log of a CI job. */
#include "kmsfix/place.h"
#include "kmsfix/report.h"

#include "branches.h"
#include "finding.h"
#include "kmsfix/arena.h"
#include "phases.h"
#include "summary.h"

static void add_detail(struct buf *out, const char *label, str text)
{
	buf_printf(out, "    %s: ", label);
	buf_add_safe(out, text);
	buf_addc(out, '\n');
}

static void add_rests_on(struct buf *out, unsigned rests_on)
{
	const char *before = "    rests on: ";

	for (unsigned bit = 1; rests_on_name(bit); bit <<= 1) {
		if (!(rests_on & bit))
			continue;
		buf_printf(out, "%s%s", before, rests_on_name(bit));
		before = ", ";
	}
	if (rests_on)
		buf_addc(out, '\n');
}

static void add_finding(struct buf *out, const struct finding *f, struct position pos,
			struct arena *a)
{
	const char *code = finding_code(f), *unlock = finding_unlock(f);

	buf_add_safe(out, f->file->path);
	buf_printf(out, ":%zu:%zu: %s%s%s: ", pos.line, pos.column, outcome_name(f->outcome),
		   code ? " " : "", code ? code : "");
	buf_add_safe(out, text_shown(f->reason, a));
	buf_addc(out, '\n');
	if (unlock)
		add_detail(out, "unlock", str_from(unlock));
	if (f->note.n)
		add_detail(out, "note", text_shown(f->note, a));
	add_rests_on(out, f->rests_on);
}

static void add_findings(struct buf *out, const struct plan *plan)
{
	struct arena *a = arena_create();
	struct finding_list list = findings_sorted(plan, a);
	struct place place = { 0 };

	for (size_t i = 0; i < list.n; i++) {
		const struct finding *f = list.v[i];

		add_finding(out, f, place_find(&place, f->file, f->start), a);
	}
	arena_destroy(a);
}

void report_numbers(const struct report_input *in, struct buf *out)
{
	const char *before = "";

	for (enum outcome o = OUTCOME_FIXED; o < OUTCOMES; o++) {
		size_t n = findings_count(in->plan, o);

		if (!outcome_is_said(o, n))
			continue;
		buf_printf(out, "%s%zu %s", before, n, outcome_name(o));
		before = ", ";
	}
	buf_add(out, S(" in "));
	buf_add_count(out, in->files_read, "file");
	if (in->edits->n) {
		buf_printf(out, "; proof %s for ", in->proof.holds ? "holds" : "FAILED");
		buf_add_count(out, in->proof.principals, "principal");
		buf_add(out, S(", "));
		buf_add_count(out, in->proof.keys, "key");
		buf_printf(out, " (%zu checked)%s%s", in->proof.checked,
			   given_up(in->plan) ? ", but for " : "",
			   given_up(in->plan) ? given_up(in->plan) : "");
	}
	buf_addc(out, '\n');
}

static void add_account_step(const struct report_input *in, struct buf *out)
{
	if (!in->script.n) {
		buf_add(out, S("run 'kmsfix account' with '--script DIR' to get the calls of AWS's "
			       "command line that do this\n"));
		return;
	}
	buf_add(out, S("wrote '"));
	buf_add_safe(out, in->script);
	buf_add(out, S("'; begin with its README.md\n"));
}

void report_next_step(const struct report_input *in, struct buf *out)
{
	if (!in->edits->n) {
		if (findings_count(in->plan, OUTCOME_HELD))
			buf_add(out, S("nothing to fix; what is held needs a decision of yours\n"));
		else
			buf_add(out, S("nothing to fix\n"));
	} else if (!in->proof.holds) {
		buf_add(out, S("nothing was written; this is a bug of kmsfix, please report it\n"));
	} else if (in->account.n) {
		add_account_step(in, out);
	} else if (in->mode == REPORT_DRY_RUN) {
		buf_add(out, S("run this again with '--apply' to commit it on a new branch, or "
			       "with '--write' to edit the work tree\n"));
	} else if (in->mode == REPORT_WRITTEN && !in->files_edited) {
		buf_add(out, S("the work tree has the fix already; review with 'git diff'\n"));
	} else if (in->mode == REPORT_WRITTEN) {
		buf_add(out, S("edited "));
		buf_add_count(out, in->files_edited, "file");
		buf_add(out, S(" of the work tree; review with 'git diff'\n"));
	}
	if (in->proof.holds && !in->account.n)
		phases_text(in, out);
	branches_text(in, out);
}

void report_summary(const struct report_input *in, struct buf *out)
{
	add_findings(out, in->plan);
	diags_render(in->diags, SEVERITY_NOTE, out);
	report_numbers(in, out);
	report_next_step(in, out);
}
