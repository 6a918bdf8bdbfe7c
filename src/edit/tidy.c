/* SPDX-License-Identifier: MIT */
/*
 * Tidying looks at the edited text, as a person would: are there two blank lines where a block was,
 * has a list grown too long for its line, is each line indented as terraform fmt would, do `=` and
 * comments still stand below each other? What
 * it changes was in order in the file before; what nobody aligned is left as it is. Builders need
 * to know nothing of this, nor of each other.
 */
#include "align.h"
#include "apply.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "level.h"
#include "pieces.h"
#include "render.h"
#include "trivia.h"

struct tidy {
	struct arena *arena;
	const struct file *file;
	const struct tree *base; /* NULL: not HCL or not readable */
	struct pieces pieces;
	struct file result;
	const struct tree *tree; /* of the result */
	struct fixes fixes;
};

static void add_fix(struct tidy *t, size_t start, size_t end, str text)
{
	struct fix fix = { start, end, text };

	VEC_PUSH(t->arena, &t->fixes, fix);
}

/* The number of blank lines in [start, end). */
static size_t count_lines(str text, size_t start, size_t end)
{
	size_t n = 0;

	for (; start < end; start = line_next(text, start))
		n++;
	return n;
}

static bool is_blank_line(str text, size_t line)
{
	return str_trim(str_sub(text, line, file_line_end(text, line))).n == 0;
}

/* The run of blank lines around the line start `at`. */
static void blank_run(str text, size_t at, size_t *start, size_t *end)
{
	for (*start = at; *start > 0;) {
		size_t line = file_line_start(text, *start - 1);

		if (!is_blank_line(text, line))
			break;
		*start = line;
	}
	for (*end = at; *end < text.n && is_blank_line(text, *end);)
		*end = line_next(text, *end);
}

static bool follows_opening(str text, size_t at)
{
	str before = str_trim(str_sub(text, 0, at));

	return before.n == 0 || str_has(S("{[("), str_sub(before, before.n - 1, before.n));
}

static bool precedes_closing(str text, size_t at)
{
	str line = str_trim(str_sub(text, at, file_line_end(text, at)));

	return line.n == 0 || str_has(S("}])"), str_sub(line, 0, 1));
}

/* True for an edit that took whole lines away. */
static bool is_line_removal(const struct edit *e)
{
	str text = e->file->text;

	return e->text.n == 0 && e->start < e->end && at_line_start(text, e->start) &&
	       (e->end == text.n || at_line_start(text, e->end));
}

/*
 * Where lines went, as many blank lines stay as there were on the fuller side; at the start and the
 * end of a block as many as were there.
 */
static void tidy_blank_lines(struct tidy *t)
{
	str text = t->result.text;

	for (size_t i = 0; i < t->pieces.n; i++) {
		size_t at = t->pieces.v[i].start, last = at, start, end, above, below, keep, have;

		if (!t->pieces.v[i].edit || !is_line_removal(t->pieces.v[i].edit))
			continue;
		blank_run(text, at, &start, &end);
		for (; i + 1 < t->pieces.n && t->pieces.v[i + 1].start <= end; i++) {
			const struct edit *e = t->pieces.v[i + 1].edit;

			if (e && is_line_removal(e))
				last = t->pieces.v[i + 1].start;
		}
		above = count_lines(text, start, at);
		below = count_lines(text, last, end);
		have = count_lines(text, start, end);
		keep = above > below ? above : below;
		if (precedes_closing(text, end))
			keep = below;
		else if (follows_opening(text, start))
			keep = above;
		for (end = start; have > keep; have--)
			end = line_next(text, end);
		if (start < end)
			add_fix(t, start, end, S(""));
	}
}

static bool is_wide(str text, size_t off)
{
	return columns(str_sub(text, file_line_start(text, off), file_line_end(text, off))) >
	       STYLE_WIDTH;
}

/* A list on one line, alone there with its key, that an edit made too wide. */
static bool is_overgrown(const struct tidy *t, const struct node *seq)
{
	str text = t->result.text;
	const struct node *owner = seq->parent;
	size_t base, end;

	if (seq->kind != NODE_SEQ || seq->first == seq->last || !is_wide(text, seq->start) ||
	    (owner->kind != NODE_ATTR && owner->kind != NODE_PAIR) ||
	    has_newline(node_source(owner)) || !at_line_head(text, owner->start))
		return false;
	if (comment_in(seq->tree, seq->start, seq->end) ||
	    !line_rest_empty(seq->tree, end_with_comma(owner), &end) ||
	    !pieces_edited(&t->pieces, seq->start, seq->end))
		return false;
	return !pieces_base(&t->pieces, owner->start, &base) || !is_wide(t->file->text, base);
}

static void break_list(struct tidy *t, const struct node *seq)
{
	str text = t->result.text, outer, inner;
	size_t at = seq->start + 1;
	struct style st;

	style_init(&st, seq->tree, seq->start, t->arena);
	outer = str_fmt(t->arena, "%.*s%.*s", STR_ARG(st.eol),
			STR_ARG(line_indent(text, seq->start)));
	inner = str_fmt(t->arena, "%.*s%.*s", STR_ARG(outer), STR_ARG(st.unit));
	for (const struct node *c = seq->first; c; c = c->next) {
		add_fix(t, at, c->start, inner);
		at = c->comma ? c->comma + 1 : c->end;
	}
	add_fix(t, at, seq->end - 1, outer);
}

static void break_lists(struct tidy *t, const struct node *n)
{
	for (const struct node *c = n->first; c; c = c->next) {
		if (is_overgrown(t, c))
			break_list(t, c);
		else if (c->kind != NODE_STRING && c->kind != NODE_HEREDOC)
			break_lists(t, c);
	}
}

static void tidy_wide_lists(struct tidy *t)
{
	if (t->tree)
		break_lists(t, t->tree->root);
}

static str spaces(struct arena *a, size_t n)
{
	struct buf b = { 0 };
	str out;

	buf_fill(&b, ' ', n);
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

/* True when the slot of the file that ends at `at` was out of line there. */
static bool was_out_of_line(const struct slots *base, size_t at)
{
	size_t low = 0, high = base->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (base->v[mid].end < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < base->n && base->v[low].end == at && !base->v[low].aligned;
}

/*
 * True when the slots [i, end) should be aligned: something of the file is among them, and all that
 * is was aligned there.
 */
static bool may_align(const struct tidy *t, const struct slots *base, const struct slots *now,
		      size_t i, size_t end)
{
	bool any = false;
	size_t at;

	for (; i < end; i++) {
		if (!pieces_base(&t->pieces, now->v[i].end, &at))
			continue;
		if (was_out_of_line(base, at))
			return false;
		any = true;
	}
	return any;
}

static void align(struct tidy *t, const struct slots *base, const struct slots *now)
{
	for (size_t i = 0, end; i < now->n; i = end) {
		for (end = i; end < now->n && now->v[end].group == now->v[i].group; end++)
			;
		if (now->v[i].aligned || !may_align(t, base, now, i, end))
			continue;
		for (size_t k = i; k < end; k++) {
			const struct slot *s = &now->v[k];

			if (s->end - s->start != s->want)
				add_fix(t, s->start, s->end, spaces(t->arena, s->want));
		}
	}
}

static void tidy_slots(struct tidy *t,
		       void (*slots_of)(struct slots *s, const struct tree *tree, struct arena *a))
{
	struct slots base = { 0 }, now = { 0 };

	if (!t->base || !t->tree)
		return;
	slots_of(&base, t->base, t->arena);
	slots_of(&now, t->tree, t->arena);
	align(t, &base, &now);
}

static void tidy_indents(struct tidy *t)
{
	tidy_slots(t, slots_of_indents);
}

static void tidy_assignments(struct tidy *t)
{
	tidy_slots(t, slots_of_assignments);
}

static void tidy_comments(struct tidy *t)
{
	tidy_slots(t, slots_of_comments);
}

static bool is_hcl(const struct file *f)
{
	return str_ends(f->path, S(".tf")) || str_ends(f->path, S(".tfvars")) ||
	       str_ends(f->path, S(".hcl"));
}

/* The tree has a file of its own, as those of the rounds come and go. */
static const struct tree *parse(const struct file *f, struct arena *a)
{
	struct file *own = ARENA_NEW(a, struct file);
	struct syntax_error e;
	struct tree *t;
	bool ok;

	*own = *f;
	ok = is_hcl(f) ? hcl_parse(&t, own, a, &e) :
			 str_ends(f->path, S(".json")) && json_parse(&t, own, a, &e);

	return ok ? t : NULL;
}

/* Each looks at the text that the one before has left. */
static void (*const rounds[])(struct tidy *t) = {
	tidy_blank_lines, tidy_wide_lists, tidy_indents, tidy_assignments, tidy_comments,
};

/* Tidies the edits of one file. A result is parsed once: most rounds change nothing. */
static void tidy_file(struct edits *es, const struct file *f)
{
	const struct tree *base = is_hcl(f) ? parse(f, es->arena) : NULL, *tree = NULL;

	for (size_t i = 0; i < sizeof(rounds) / sizeof(*rounds); i++) {
		struct tidy t = { .arena = es->arena, .file = f, .base = base, .result = *f };
		struct edits fixed = { .arena = es->arena };

		pieces_make(&t.pieces, f, es->v, es->n, es->arena);
		t.result.text = edits_result(f, es->v, es->n, es->arena);
		if (i > 0 && !tree)
			tree = parse(&t.result, es->arena);
		t.tree = tree;
		rounds[i](&t);
		if (t.fixes.n == 0)
			continue;
		pieces_fix(&t.pieces, f, &t.fixes, &fixed);
		*es = fixed;
		tree = NULL;
	}
}

void edits_tidy(struct edits *es)
{
	struct edits out = { .arena = es->arena };
	struct arena *scratch = arena_create();

	for (size_t i = 0, n; i < es->n; i += n) {
		struct edits part = { .arena = scratch };

		n = edits_of_file(es->v + i, es->n - i);
		for (size_t k = 0; k < n; k++)
			VEC_PUSH(scratch, &part, es->v[i + k]);
		tidy_file(&part, es->v[i].file);
		for (size_t k = 0; k < part.n; k++) {
			part.v[k].text = str_dup(es->arena, part.v[k].text);
			VEC_PUSH(es->arena, &out, part.v[k]);
		}
		arena_reset(scratch);
	}
	arena_destroy(scratch);
	*es = out;
}
