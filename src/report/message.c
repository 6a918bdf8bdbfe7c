/* SPDX-License-Identifier: MIT */
/*
 * The commit message: written for the reviewer now and for whoever asks `git blame` in some years.
 * It is made before the commit exists and depends on nothing but the base and the plan, so the same
 * run gives the same commit.
 */
#include "finding.h"
#include "kmsfix/action.h"
#include "kmsfix/arena.h"
#include "kmsfix/report.h"
#include "place.h"

/* Longer places do not move the second column. */
#define PLACE_WIDTH 40

struct message {
	struct buf *out;
	const struct report_input *in;
	struct finding_list findings;
	str *places; /* "path:line" of each finding, safe to print */
	size_t width;
	struct arena *arena;
};

static bool is_part_of_change(const struct finding *f)
{
	return f->outcome == OUTCOME_FIXED || f->outcome == OUTCOME_REMOVED;
}

static unsigned moved_targets(const struct plan *p)
{
	unsigned targets = 0;

	for (size_t i = 0; i < p->findings.n; i++) {
		if (is_part_of_change(&p->findings.v[i]))
			targets |= p->findings.v[i].targets;
	}
	return targets;
}

static const char *targets_name(unsigned targets)
{
	if (!(targets & ~(unsigned)TARGET_DECRYPT))
		return "kms:Decrypt";
	return targets & TARGET_DECRYPT ? "kms:Decrypt and kms:ReEncrypt*" : "kms:ReEncrypt*";
}

/* At most 72 characters, whatever the findings are. */
static void add_subject(struct message *m)
{
	const char *actions = targets_name(moved_targets(m->in->plan));

	if (findings_count(m->in->plan, OUTCOME_FIXED))
		buf_printf(m->out, "fix(iam): move %s grants to key policies\n", actions);
	else
		buf_printf(m->out, "fix(iam): remove %s grants without effect\n", actions);
}

static void find_places(struct message *m)
{
	struct place place = { 0 };
	struct buf text = { 0 };

	m->places = arena_array(m->arena, m->findings.n, sizeof(*m->places));
	for (size_t i = 0; i < m->findings.n; i++) {
		const struct finding *f = m->findings.v[i];

		text.n = 0;
		buf_add_safe(&text, f->file->path);
		buf_printf(&text, ":%zu", place_find(&place, f->file, f->start).line);
		m->places[i] = str_dup(m->arena, buf_str(&text));
		if (text.n > m->width && text.n <= PLACE_WIDTH)
			m->width = text.n;
	}
	buf_free(&text);
}

static void add_shown(struct message *m, str canonical)
{
	buf_add_safe(m->out, text_shown(canonical, m->arena));
}

static void add_finding(struct message *m, size_t i)
{
	const struct finding *f = m->findings.v[i];
	const char *code = finding_code(f);
	const struct hold_code *row = code ? hold_code_find(code) : NULL;
	size_t width = m->places[i].n;

	buf_add(m->out, S("  "));
	buf_add(m->out, m->places[i]);
	buf_fill(m->out, ' ', (width < m->width ? m->width - width : 0) + 2);
	add_shown(m, f->address);
	for (size_t k = 0; f->outcome == OUTCOME_FIXED && k < f->keys.n; k++) {
		buf_add(m->out, k ? S(", ") : S(" -> "));
		add_shown(m, f->keys.v[k]);
	}
	if (row)
		buf_printf(m->out, ": %s, %s", row->code, row->title);
	buf_addc(m->out, '\n');
}

/* A heading and one line for each finding of this outcome; nothing when there is none. */
static void add_section(struct message *m, enum outcome outcome, str heading)
{
	if (!findings_count(m->in->plan, outcome))
		return;
	buf_addc(m->out, '\n');
	buf_add(m->out, heading);
	buf_add(m->out, S(":\n"));
	for (size_t i = 0; i < m->findings.n; i++) {
		if (m->findings.v[i]->outcome == outcome)
			add_finding(m, i);
	}
}

static bool rests_on_repository(const struct plan *p)
{
	for (size_t i = 0; i < p->findings.n; i++) {
		const struct finding *f = &p->findings.v[i];

		if (is_part_of_change(f) && (f->rests_on & RESTS_REPOSITORY))
			return true;
	}
	return false;
}

static void add_proof(struct message *m)
{
	const struct proof_summary *p = &m->in->proof;

	if (p->holds) {
		buf_add(m->out, S("\nProof: nobody gains or loses access (checked: "));
		buf_add_count(m->out, p->principals, "principal");
		buf_add(m->out, S(", "));
		buf_add_count(m->out, p->keys, "key");
		buf_add(m->out, S(").\n"));
	}
	if (rests_on_repository(m->in->plan))
		buf_add(m->out, S("\nThis takes the repository for the whole account: the "
				  "attachments in\nit are all there are, and a key without a "
				  "policy has the default one.\n"));
}

void report_message(const struct report_input *in, struct buf *out)
{
	struct message m = { .out = out, .in = in, .arena = arena_create() };

	m.findings = findings_sorted(in->plan, m.arena);
	find_places(&m);
	add_subject(&m);
	if (findings_count(in->plan, OUTCOME_FIXED))
		buf_add(out,
			S("\nWho may decrypt with a key is now said by the policy of that key, "
			  "for\nexactly the principals whose IAM policies said so before. "
			  "Lines below\nare those of the parent commit.\n"));
	add_section(&m, OUTCOME_FIXED, S("Moved to key policies"));
	add_section(&m, OUTCOME_REMOVED, S("Removed, because it had no effect"));
	add_section(&m, OUTCOME_HELD, S("Left as it is"));
	add_proof(&m);
	buf_add(out, S("\nKmsfix-Version: "));
	buf_add_safe(out, in->version);
	buf_addc(out, '\n');
	arena_destroy(m.arena);
}

str report_grants_message(const struct report_input *in, struct arena *a)
{
	struct strs units = { 0 };
	struct buf out = { 0 };
	for (size_t i = 0; i < in->plan->grants.n; i++)
		strs_add_once(a, &units, in->plan->grants.v[i].key->unit->path);
	strs_sort(&units);
	buf_add(&out,
		S("grant in key policies what IAM policies allow\n\n"
		  "The IAM policies still allow it too, so nobody's access changes. Apply this\n"
		  "commit before the next one, in:\n"));
	for (size_t i = 0; i < units.n; i++) {
		buf_add(&out, S("  "));
		buf_add_safe(&out, units.v[i].n ? units.v[i] : S("."));
		buf_addc(&out, '\n');
	}
	buf_add(&out, S("\nKmsfix-Version: "));
	buf_add_safe(&out, in->version);
	buf_addc(&out, '\n');
	str text = str_dup(a, buf_str(&out));
	buf_free(&out);
	return text;
}
