/* SPDX-License-Identifier: MIT */
/*
 * The body of a pull request. Every text of the repository goes through markup.h, and is cut where
 * it is longer than anybody reads, so that the whole stays within what GitHub takes.
 */
#include "markdown.h"

#include "kmsfix/arena.h"
#include "markup.h"
#include "phases.h"
#include "rule.h"

/* How long the body may be after which section; the rest is short. */
#define CHANGES_END 16000
#define HELD_END 44000
#define SUPPRESSED_END 50000

/* ---- pieces ---- */

str markdown_short(struct markdown *m, str s)
{
	size_t end = NAME_MAX_SIZE;

	if (s.n <= end)
		return s;
	while (end > NAME_MAX_SIZE - 4 && ((unsigned char)s.p[end] & 0xc0) == 0x80)
		end--;
	return str_fmt(m->arena, "%.*s...", (int)end, s.p);
}

static void add_code(struct markdown *m, str canonical, bool cell)
{
	markdown_code(m->out, markdown_short(m, text_shown(canonical, m->arena)), cell);
}

static void add_prose(struct markdown *m, str canonical)
{
	markdown_text(m->out, markdown_short(m, text_shown(canonical, m->arena)));
}

/* Names as code, in a table. */
static void add_codes(struct markdown *m, const struct strs *list)
{
	for (size_t i = 0; i < list->n && i < NAMES_MAX; i++) {
		buf_add(m->out, i ? S(", ") : S(""));
		add_code(m, list->v[i], true);
	}
	if (list->n > NAMES_MAX)
		buf_printf(m->out, " and %zu more", list->n - NAMES_MAX);
}

bool markdown_has_room(const struct markdown *m, size_t end)
{
	return m->out->n - m->start < end;
}

static void add_place(struct markdown *m, const struct finding *f, bool cell)
{
	size_t line = place_find(&m->place, f->file, f->start).line;
	str path = markdown_short(m, f->file->path);

	markdown_code(m->out, str_fmt(m->arena, "%.*s:%zu", STR_ARG(path), line), cell);
}

void markdown_more(struct markdown *m, size_t left)
{
	if (left)
		buf_printf(m->out,
			   "\nAnd %zu more; `kmsfix --format json` and `--format html` list all.\n",
			   left);
}

/* ---- what changes ---- */

static void add_head(struct markdown *m)
{
	if (m->in->edits->n)
		buf_add(m->out,
			S("## Who may decrypt moves from IAM policies to key policies\n\n"
			  "This takes `kms:Decrypt` and `kms:ReEncrypt*` out of IAM policies and "
			  "grants the same in the policies of the KMS keys concerned, for exactly "
			  "the principals that have it now. Who can read what a key protects is "
			  "then said in one place, as Security Hub's controls "));
	else
		buf_add(m->out, S("## Nothing to move to key policies\n\n"
				  "No IAM policy here allows `kms:Decrypt` or "
				  "`kms:ReEncrypt*` in a way that can be moved to a key policy, as "
				  "Security Hub's controls "));
	buf_add(m->out, S("[KMS.1](" CONTROL_1_URL ") (managed policies) and "
			  "[KMS.2](" CONTROL_2_URL ") (inline policies) want it.\n"));
}

static void add_proof(struct markdown *m)
{
	const struct proof_summary *p = &m->in->proof;
	unsigned rests_on = plan_rests_on(m->in->plan);

	if (!m->in->edits->n || !p->holds)
		return;
	buf_printf(
		m->out,
		"\n**Nobody gains and nobody loses access.** kmsfix built the access model again "
		"from the changed code and compared %zu combinations of principal, key and "
		"action (",
		p->checked);
	buf_add_count(m->out, p->principals, "principal");
	buf_add(m->out, S(", "));
	buf_add_count(m->out, p->keys, "key");
	buf_add(m->out, S(").\n"));
	if (rests_on & RESTS_USE)
		buf_add(m->out,
			S("\n> But what the logs do not show in use is given up, as was asked for "
			  "(`--accept`): no events is no proof that nobody needs it. The notes say "
			  "which days they cover.\n"));
	if (rests_on & RESTS_HERE)
		buf_add(m->out, S("\n> But other keys than those declared here are given up where "
				  "wildcards "
				  "meant them, as was asked for (`--wildcard-keys`).\n"));
	if (rests_on & RESTS_REQUEST)
		buf_add(m->out,
			S("\n> What other repositories ask for is taken for what IAM policies give "
			  "there now: review the requests.\n"));
	if (rests_on & RESTS_RECEIPT)
		buf_add(m->out, S("\n> This takes what receipts say of key policies elsewhere for "
				  "what is applied.\n"));
	if (rests_on & RESTS_FACTS)
		buf_add(m->out, S("\n> This takes what the account said about itself for what it "
				  "is now.\n"));
	if (rests_on & RESTS_REPOSITORY)
		buf_add(m->out,
			S("\n> This takes the repository for the whole account: the attachments in "
			  "it are all there are, and a key without a policy has the default one. "
			  "If there is more, run `kmsfix --strict`.\n"));
}

static void add_change(struct markdown *m, const struct finding *f)
{
	buf_add(m->out, S("| "));
	add_place(m, f, true);
	buf_add(m->out, S(" | "));
	add_code(m, f->address, true);
	buf_add(m->out, S(" | "));
	add_codes(m, &f->actions);
	buf_printf(m->out, " | %s: ", outcome_name(f->outcome));
	add_prose(m, f->reason);
	if (f->outcome != OUTCOME_REMOVED && f->keys.n) {
		buf_add(m->out, S(" "));
		add_codes(m, &f->keys);
	}
	buf_add(m->out, S(" |\n"));
}

static void add_changes(struct markdown *m)
{
	size_t left = 0;

	for (size_t i = 0; i < m->findings.n; i++)
		left += finding_changes(m->findings.v[i]);
	if (!left)
		return;
	buf_add(m->out, S("\n### What changes\n\n"
			  "| Where | In | Actions | What becomes of it |\n"
			  "| --- | --- | --- | --- |\n"));
	for (size_t i = 0; i < m->findings.n && markdown_has_room(m, CHANGES_END); i++) {
		if (!finding_changes(m->findings.v[i]))
			continue;
		add_change(m, m->findings.v[i]);
		left--;
	}
	markdown_more(m, left);
}

/* ---- what stays ---- */

static void add_held(struct markdown *m, const struct finding *f)
{
	const char *code = finding_code(f), *unlock = finding_unlock(f);

	buf_printf(m->out, "- [ ] **%s** ", code ? code : "held");
	add_place(m, f, false);
	buf_add(m->out, S(" in "));
	add_code(m, f->address, false);
	buf_add(m->out, S(": "));
	add_prose(m, f->reason);
	buf_add(m->out, S(".\n  "));
	if (unlock)
		buf_printf(m->out, "To unlock: %s.\n", unlock);
	else
		buf_add(m->out, S("Nothing that kmsfix could do unlocks this.\n"));
}

static void add_suppressed(struct markdown *m, const struct finding *f)
{
	buf_add(m->out, S("- "));
	add_place(m, f, false);
	buf_add(m->out, S(" in "));
	add_code(m, f->address, false);
	buf_add(m->out, S(": "));
	add_prose(m, f->reason);
	buf_add(m->out, S("\n"));
}

static void add_list(struct markdown *m, enum outcome outcome, str heading, size_t end,
		     void (*add)(struct markdown *, const struct finding *))
{
	size_t left = findings_count(m->in->plan, outcome);

	if (!left)
		return;
	buf_add(m->out, heading);
	for (size_t i = 0; i < m->findings.n && markdown_has_room(m, end); i++) {
		if (m->findings.v[i]->outcome != outcome)
			continue;
		add(m, m->findings.v[i]);
		left--;
	}
	markdown_more(m, left);
}

/* ---- what to do ---- */

static void add_units(struct markdown *m, const struct strs *units)
{
	for (size_t i = 0; i < units->n && i < NAMES_MAX; i++) {
		buf_add(m->out, i ? S(", ") : S(""));
		add_code(m, units->v[i], false);
	}
	buf_add(m->out, units->n > NAMES_MAX ? S(" and others.\n") : S(".\n"));
}

/* Two commits: what both of them change in one unit must not be applied at once. */
static void add_two_phases(struct markdown *m, const struct phases *p)
{
	buf_add(m->out, S("These are two commits, not to be squashed: the first only grants, the "
			  "second takes the permissions away.\n\n"
			  "1. Apply the first commit, in any order in: "));
	add_units(m, &p->grants);
	buf_add(m->out, S("2. When all of that is done, apply the second one, in any order in: "));
	add_units(m, &p->rest);
}

static void add_one_phase(struct markdown *m, const struct phases *p)
{
	bool away = plan_rests_on(m->in->plan) & RESTS_RECEIPT;

	buf_add(m->out, S("1. Merge, then apply each of these, in any order; a permission and the "
			  "grant that replaces it are always in the same one"));
	buf_add(m->out, away ? S(", but for grants that receipts tell of, which must be applied "
				 "already where they are: ") :
			       S(": "));
	add_units(m, &p->rest);
	buf_add(m->out, S("2. Do not apply a part of one (`-target`): the removal must not come "
			  "without its grant.\n"));
}

static void add_applying(struct markdown *m)
{
	struct phases phases = phases_of(m->in, m->arena);
	struct strs notes = { 0 };

	for (size_t i = 0; i < m->findings.n && notes.n < NAMES_MAX; i++)
		if (finding_changes(m->findings.v[i]) && m->findings.v[i]->note.n)
			strs_add_once(m->arena, &notes, m->findings.v[i]->note);
	buf_add(m->out, S("\n### Order of applying\n\n"));
	if (phases.grants.n)
		add_two_phases(m, &phases);
	else
		add_one_phase(m, &phases);
	for (size_t i = 0; i < notes.n; i++) {
		buf_add(m->out, S("3. Note: "));
		add_prose(m, notes.v[i]);
		buf_add(m->out, S(".\n"));
	}
}

static void add_verifying(struct markdown *m)
{
	const struct plan *p = m->in->plan;

	buf_add(m->out, S("\n### How to verify\n\n"
			  "- The plan (`terraform plan`, a change set) updates policies in place"));
	for (size_t i = 0; i < p->emptied.n && i < NAMES_MAX; i++) {
		buf_add(m->out, i ? S(", ") : S(", and deletes what would be left empty: "));
		add_code(m, p->emptied.v[i]->address, false);
	}
	buf_add(m->out, p->emptied.n > NAMES_MAX ? S(" and others") : S(""));
	buf_add(m->out,
		S(". It replaces nothing.\n"
		  "- After applying, `aws kms get-key-policy --policy-name default --key-id KEY` "
		  "shows who may use a key.\n"
		  "- What KMS.1 and KMS.2 found because of these statements is resolved when "
		  "Security Hub evaluates them next.\n"
		  "- `kmsfix` on the merged branch finds nothing to fix.\n"));
}

/* The same for an account: what is handed over has a README.md of its own. */
static void add_calling(struct markdown *m)
{
	buf_add(m->out, S("\n### How to do it\n\n"
			  "`kmsfix account EXPORT --script DIR` writes the policies before and "
			  "after, scripts "
			  "that make the calls in the order that leaves nobody without access, and "
			  "the same "
			  "steps for the console. Start with its `README.md`.\n"));
}

void report_markdown(const struct report_input *in, struct buf *out)
{
	struct markdown m = { .out = out, .in = in, .arena = arena_create(), .start = out->n };

	m.findings = findings_sorted(in->plan, m.arena);
	picture_make(&m.picture, in, &m.findings, m.arena);
	add_head(&m);
	add_proof(&m);
	add_changes(&m);
	markdown_access(&m);
	add_list(&m, OUTCOME_HELD,
		 S("\n### Held: needs a decision\n\nLeft exactly as it was. `kmsfix explain CODE` "
		   "says more about a code.\n\n"),
		 HELD_END, add_held);
	add_list(&m, OUTCOME_SUPPRESSED, S("\n### Suppressed\n\n"), SUPPRESSED_END, add_suppressed);
	if (in->edits->n && in->account.n) {
		add_calling(&m);
	} else if (in->edits->n) {
		add_applying(&m);
		add_verifying(&m);
	}
	buf_add(out, S("\n---\nkmsfix "));
	markdown_text(out, in->version);
	buf_add(out, in->account.n ? S(" on account ") : S(" on commit "));
	markdown_code(out, in->account.n ? in->account : in->base, false);
	buf_addc(out, '\n');
	arena_destroy(m.arena);
}
