/* SPDX-License-Identifier: MIT */
/*
 * The commit message: written for the reviewer now and for whoever asks `git blame` in some years.
 * It is made before the commit exists and depends on nothing but the base and the plan, so the same
 * run gives the same commit.
 */
#include "fill.h"
#include "finding.h"
#include "kmsfix/action.h"
#include "kmsfix/arena.h"
#include "kmsfix/place.h"
#include "kmsfix/report.h"
#include "kmsfix/template_text.h"
#include "kmsfix/trailer.h"
#include "markup.h"
#include "phases.h"
#include "table.h"

/* Longer places do not move the second column. */
#define PLACE_WIDTH 40
/* More principals or keys than this are counted. */
#define NAMES_MAX 8

struct message {
	struct buf *out; /* of the part that is made */
	const struct report_input *in;
	struct finding_list findings;
	str *places; /* "path:line" of each finding, safe to print */
	size_t width;
	struct arena *arena;
};

static unsigned moved_targets(const struct plan *p)
{
	unsigned targets = 0;

	for (size_t i = 0; i < p->findings.n; i++) {
		if (finding_changes(&p->findings.v[i]))
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
		buf_printf(m->out, "fix(iam): move %s grants to key policies", actions);
	else if (!findings_count(m->in->plan, OUTCOME_REMOVED))
		buf_printf(m->out, "fix(kms): grant %s as requested", actions);
	else
		buf_printf(m->out, "fix(iam): remove %s grants without effect", actions);
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
		if (f->outcome != OUTCOME_FIXED && text.n > m->width && text.n <= PLACE_WIDTH)
			m->width = text.n;
	}
	buf_free(&text);
}

static void add_shown(struct message *m, str canonical)
{
	buf_add_safe(m->out, text_shown(canonical, m->arena));
}

/* ---- what moved, as a table ---- */

static str code_of(struct message *m, str canonical)
{
	struct buf b = { 0 };
	str cell;

	markdown_code(&b, text_shown(canonical, m->arena), true);
	cell = str_dup(m->arena, buf_str(&b));
	buf_free(&b);
	return cell;
}

static str codes_of(struct message *m, const struct strs *list)
{
	str cell = { 0 };

	for (size_t i = 0; i < list->n && i < NAMES_MAX; i++)
		cell = str_fmt(m->arena, "%.*s%s%.*s", STR_ARG(cell), i ? ", " : "",
			       STR_ARG(code_of(m, list->v[i])));
	if (list->n > NAMES_MAX)
		cell = str_fmt(m->arena, "%.*s and %zu more", STR_ARG(cell), list->n - NAMES_MAX);
	return cell;
}

static void add_moved(struct message *m)
{
	static const char *const titles[] = { "Statement", "Policy", "Action", "Who", "Key" };
	struct table t = { .arena = m->arena, .columns = sizeof(titles) / sizeof(*titles) };

	if (!findings_count(m->in->plan, OUTCOME_FIXED))
		return;
	for (size_t i = 0; i < t.columns; i++)
		table_add(&t, str_from(titles[i]));
	for (size_t i = 0; i < m->findings.n; i++) {
		const struct finding *f = m->findings.v[i];

		if (f->outcome != OUTCOME_FIXED)
			continue;
		table_add(&t, code_of(m, m->places[i]));
		table_add(&t, code_of(m, f->address));
		table_add(&t, codes_of(m, &f->actions));
		table_add(&t, codes_of(m, &f->principals));
		table_add(&t, codes_of(m, &f->keys));
	}
	buf_add(m->out, S("Moved to key policies:\n\n"));
	table_print(&t, m->out);
}

/* ---- the rest, as lists ---- */

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
	if (row)
		buf_printf(m->out, ": %s, %s", row->code, row->title);
	buf_addc(m->out, '\n');
}

/* A heading and one line for each finding of this outcome; nothing when there is none. */
static void add_section(struct message *m, enum outcome outcome, str heading)
{
	if (!findings_count(m->in->plan, outcome))
		return;
	buf_add(m->out, heading);
	buf_add(m->out, S(":\n"));
	for (size_t i = 0; i < m->findings.n; i++) {
		if (m->findings.v[i]->outcome == outcome)
			add_finding(m, i);
	}
}

static void add_proof(struct message *m)
{
	static const struct {
		unsigned bit;
		const char *text;
	} texts[] = {
		{ RESTS_USE,
		  "But what the logs do not show in use is given up, as was asked for.\n" },
		{ RESTS_HERE,
		  "But other keys than those declared here are given up where wildcards\n"
		  "meant them, as was asked for.\n" },
		{ RESTS_REQUEST,
		  "What other repositories ask for is taken for what IAM policies give\n"
		  "there now.\n" },
		{ RESTS_RECEIPT,
		  "This takes what receipts say of key policies elsewhere for what is\n"
		  "applied.\n" },
		{ RESTS_REPOSITORY, "This takes the repository for the whole account: the "
				    "attachments in\nit are all there are, and a key without a "
				    "policy has the default one.\n" },
	};
	const struct proof_summary *p = &m->in->proof;
	unsigned rests_on = plan_rests_on(m->in->plan);
	bool said = p->holds;

	if (p->holds) {
		buf_add(m->out, S("Proof: nobody gains or loses access (checked: "));
		buf_add_count(m->out, p->principals, "principal");
		buf_add(m->out, S(", "));
		buf_add_count(m->out, p->keys, "key");
		buf_add(m->out, S(").\n"));
	}
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!(rests_on & texts[i].bit))
			continue;
		buf_add(m->out, said ? S("\n") : S(""));
		buf_add(m->out, str_from(texts[i].text));
		said = true;
	}
}

static void add_why(struct message *m)
{
	if (findings_count(m->in->plan, OUTCOME_FIXED))
		buf_add(m->out,
			S("Who may decrypt with a key is now said by the policy of that key, "
			  "for\nexactly the principals whose IAM policies said so before. "
			  "Lines below\nare those of the parent commit.\n"));
}

static void add_removed(struct message *m)
{
	add_section(m, OUTCOME_REMOVED,
		    plan_rests_on(m->in->plan) & RESTS_USE ?
			    S("Removed, because it had no effect or nobody used it") :
			    S("Removed, because it had no effect"));
}

static void add_granted(struct message *m)
{
	add_section(m, OUTCOME_GRANTED, S("Granted, as other repositories request it"));
}

static void add_left(struct message *m)
{
	add_section(m, OUTCOME_HELD, S("Left as it is"));
}

static void add_trailer(struct buf *out, const char *name, str value)
{
	buf_printf(out, "%s: ", name);
	buf_add_safe(out, value);
	buf_addc(out, '\n');
}

/* Those of every commit. */
static void add_common_trailers(const struct report_input *in, struct buf *out)
{
	add_trailer(out, TRAILER_VERSION, in->version);
	if (in->group.n)
		add_trailer(out, TRAILER_GROUP, in->group);
	if (in->signoff.n)
		add_trailer(out, TRAILER_SIGNOFF, in->signoff);
}

static void add_trailers(struct message *m)
{
	for (size_t i = 0; i < m->findings.n; i++) {
		if (finding_changes(m->findings.v[i]))
			add_trailer(m->out, TRAILER_FINDING, m->findings.v[i]->id);
	}
	add_common_trailers(m->in, m->out);
}

/* ---- the whole ---- */

static const struct message_part {
	const char *name;
	void (*add)(struct message *m);
} parts[] = {
	{ "subject", add_subject }, { "why", add_why },           { "moved", add_moved },
	{ "removed", add_removed }, { "granted", add_granted },   { "left", add_left },
	{ "proof", add_proof },     { "trailers", add_trailers },
};

#define PARTS (sizeof(parts) / sizeof(*parts))

static str built_in(void)
{
	for (size_t i = 0; i < page_count; i++) {
		if (str_eq(page_texts[i].name, S("commit.txt")))
			return page_texts[i].text;
	}
	return (str){ 0 };
}

bool report_message_check(str text, const char *name, struct err *e)
{
	size_t at = 0;
	str part;

	while ((part = fill_next(text, &at)).n) {
		bool known = false;

		for (size_t i = 0; i < PARTS; i++)
			known |= str_eq(part, str_from(parts[i].name));
		if (!known)
			return err_set(e, ERR_CONFIG,
				       "'%s' has '{{%.*s}}', which is no part of a commit message",
				       name, STR_ARG(part));
	}
	if (!str_ends(str_trim(text), S("\n\n{{trailers}}")))
		return err_set(
			e, ERR_CONFIG,
			"'%s' must end with a blank line and '{{trailers}}', by which kmsfix "
			"knows its commits again",
			name);
	return true;
}

/* A part as the value of its name: its lines without the last one's end. */
static str make_part(struct message *m, const struct message_part *part)
{
	struct buf b = { 0 };
	str text;

	m->out = &b;
	part->add(m);
	text = str_dup(m->arena, str_trim(buf_str(&b)));
	buf_free(&b);
	return text;
}

void report_message(const struct report_input *in, struct buf *out)
{
	struct message m = { .in = in, .arena = arena_create() };
	struct fill_value values[PARTS];

	m.findings = findings_sorted(in->plan, m.arena);
	find_places(&m);
	for (size_t i = 0; i < PARTS; i++)
		values[i] = (struct fill_value){ parts[i].name, make_part(&m, &parts[i]) };
	fill_text(out, in->message.n ? in->message : built_in(), values, PARTS);
	arena_destroy(m.arena);
}

str report_grants_message(const struct report_input *in, struct arena *a)
{
	struct strs units = phases_of(in, a).grants;
	struct buf out = { 0 };
	buf_add(&out,
		S("grant in key policies what IAM policies allow\n\n"
		  "The IAM policies still allow it too, so nobody's access changes. Apply this\n"
		  "commit before the next one, in:\n"));
	for (size_t i = 0; i < units.n; i++) {
		buf_add(&out, S("  "));
		buf_add_safe(&out, units.v[i]);
		buf_addc(&out, '\n');
	}
	buf_addc(&out, '\n');
	add_common_trailers(in, &out);
	str text = str_dup(a, buf_str(&out));
	buf_free(&out);
	return text;
}
