/* SPDX-License-Identifier: MIT */
/*
 * The report for a person at a terminal: by file, with the lines of the source that matter.
 */
#include "excerpt.h"
#include "finding.h"
#include "kmsfix/action.h"
#include "kmsfix/arena.h"
#include "kmsfix/place.h"
#include "kmsfix/report.h"
#include "kmsfix/apart.h"
#include "kmsfix/vec.h"
#include "summary.h"
#include "width.h"

#define MARKS_MAX 8        /* for one finding */
#define COLUMNS_UNSEEN 120 /* of source, where there is no terminal to ask */
#define INDENT 4

struct text {
	struct buf *out;
	const struct report_input *in;
	struct arena *arena;
	struct place place, line;
};

struct marks {
	struct mark *v;
	size_t n, cap;
};

/* Appends words that start in column `at`; further lines are indented. */
static void add_folded(struct text *t, str words, size_t at)
{
	struct buf safe = { 0 };
	size_t start = 0, width = t->in->width;

	buf_add_safe(&safe, words);
	while (start < safe.n) {
		size_t end = str_find(buf_str(&safe), S(" "), start);
		str word = str_sub(buf_str(&safe), start, end == SIZE_MAX ? safe.n : end);
		size_t wide = text_width(word);

		if (start && width && at + 1 + wide > width) {
			buf_addc(t->out, '\n');
			buf_fill(t->out, ' ', INDENT + 2);
			at = INDENT + 2;
		} else if (start) {
			buf_addc(t->out, ' ');
			at++;
		}
		buf_add(t->out, word);
		at += wide;
		start += word.n + 1;
	}
	buf_addc(t->out, '\n');
	buf_free(&safe);
}

static void add_detail(struct text *t, const char *label, str words)
{
	if (!words.n)
		return;
	buf_fill(t->out, ' ', INDENT);
	buf_printf(t->out, "%s: ", label);
	add_folded(t, words, INDENT + str_from(label).n + 2);
}

/* ---- the source ---- */

/* The actions that the finding is about, where they are written in the statement itself. */
static struct marks find_marks(struct text *t, const struct finding *f)
{
	const struct elements *actions = &statement_written(f->statement)->actions;
	struct marks marks = { 0 };

	for (size_t i = 0; i < actions->n && marks.n < MARKS_MAX; i++) {
		const struct node *n = actions->v[i].node;
		unsigned targets = action_possible_targets(actions->v[i].text);

		if ((actions->negated || (targets & f->targets)) && n && n->tree->file == f->file &&
		    n->start >= f->start && n->end <= f->end &&
		    (!marks.n || n->start >= marks.v[marks.n - 1].end))
			VEC_PUSH(t->arena, &marks, ((struct mark){ n->start, n->end }));
	}
	if (!marks.n)
		VEC_PUSH(t->arena, &marks, ((struct mark){ f->start, f->end }));
	return marks;
}

static void add_source(struct text *t, const struct finding *f)
{
	struct marks marks = find_marks(t, f);
	struct excerpt x = {
		.file = f->file,
		.columns = t->in->width ? t->in->width : COLUMNS_UNSEEN,
		.color = t->in->color,
		.ink = outcome_ink(f->outcome),
	};

	for (size_t i = 0; i < marks.n; i += x.n) {
		x.line = place_find(&t->line, f->file, marks.v[i].start).line;
		x.marks = &marks.v[i];
		x.n = 1;
		while (i + x.n < marks.n &&
		       place_find(&t->line, f->file, marks.v[i + x.n].start).line == x.line)
			x.n++;
		excerpt_add(t->out, &x);
	}
}

/* ---- a finding ---- */

static str joined(struct text *t, const struct strs *list)
{
	struct buf b = { 0 };
	str copy;

	for (size_t i = 0; i < list->n; i++) {
		buf_add(&b, i ? S(", ") : S(""));
		buf_add(&b, text_shown(list->v[i], t->arena));
	}
	copy = str_dup(t->arena, buf_str(&b));
	buf_free(&b);
	return copy;
}

/* "aws_iam_role.app -> aws_kms_key.data" */
static void add_access(struct text *t, const struct finding *f)
{
	str who = joined(t, &f->principals), keys = joined(t, &f->keys);

	if (who.n && keys.n)
		who = str_fmt(t->arena, "%.*s -> %.*s", STR_ARG(who), STR_ARG(keys));
	add_detail(t, "access", who.n ? who : keys);
}

static void add_more_codes(struct text *t, const struct finding *f)
{
	struct strs codes = finding_codes(f, t->arena), more = { 0 };

	for (size_t i = 1; i < codes.n; i++)
		strs_add(t->arena, &more, codes.v[i]);
	add_detail(t, "also held for", joined(t, &more));
}

static void add_rests_on(struct text *t, const struct finding *f)
{
	struct strs names = { 0 };

	for (unsigned bit = 1; rests_on_name(bit); bit <<= 1) {
		if (f->rests_on & bit)
			strs_add(t->arena, &names, str_from(rests_on_name(bit)));
	}
	add_detail(t, "rests on", joined(t, &names));
}

static void add_title(struct text *t, const struct finding *f)
{
	struct position pos = place_find(&t->place, f->file, f->start);
	const char *code = finding_code(f);
	enum ink ink = outcome_ink(f->outcome);
	str place = str_fmt(t->arena, "  %zu:%zu: ", pos.line, pos.column);
	str outcome = str_fmt(t->arena, "%s%s%s", outcome_name(f->outcome), code ? " " : "",
			      code ? code : "");
	struct buf address = { 0 };

	buf_add_safe(&address, text_shown(f->address, t->arena));
	buf_add(t->out, place);
	paint_start(t->out, t->in->color, ink);
	buf_add(t->out, outcome);
	paint_end(t->out, t->in->color, ink);
	buf_printf(t->out, " %.*s: ", STR_ARG(buf_str(&address)));
	add_folded(t, text_shown(f->reason, t->arena),
		   place.n + outcome.n + text_width(buf_str(&address)) + 3);
	buf_free(&address);
}

static void add_finding(struct text *t, const struct finding *f)
{
	const char *unlock = finding_unlock(f);

	add_title(t, f);
	add_source(t, f);
	add_access(t, f);
	add_more_codes(t, f);
	add_detail(t, "unlock", str_from(unlock));
	add_detail(t, "note", text_shown(f->note, t->arena));
	add_rests_on(t, f);
}

static void add_path(struct text *t, str path)
{
	paint_start(t->out, t->in->color, INK_TITLE);
	buf_add_safe(t->out, path);
	paint_end(t->out, t->in->color, INK_TITLE);
	buf_addc(t->out, '\n');
}

void report_text(const struct report_input *in, struct buf *out)
{
	struct text t = { .out = out, .in = in, .arena = arena_create() };
	struct finding_list list = findings_sorted(in->plan, t.arena);

	for (size_t i = 0; i < list.n; i++) {
		if (!i || list.v[i]->file != list.v[i - 1]->file) {
			buf_add(out, i ? S("\n") : S(""));
			add_path(&t, list.v[i]->file->path);
		}
		add_finding(&t, list.v[i]);
	}
	buf_add(out, list.n ? S("\n") : S(""));
	diags_render(in->diags, SEVERITY_NOTE, out);
	report_numbers(in, out);
	if (findings_count(in->plan, OUTCOME_HELD))
		buf_add(out, S("run 'kmsfix explain CODE' to learn what a code means\n"));
	report_next_step(in, out);
	arena_destroy(t.arena);
}
