/* SPDX-License-Identifier: MIT */
/*
 * A new element is one insertion directly behind its neighbour's last byte, `, x`: the comma that
 * may follow there then follows the new element, so that a removal of what comes next, or one more
 * insertion at the same place, needs to know nothing of this one. Only where a comment stands
 * behind the neighbour the insertion comes behind the comment, with its own comma.
 */
#include "kmsfix/edit.h"

#include "kmsfix/buf.h"
#include "render.h"
#include "trivia.h"
#include "yaml_edit.h"

static const char *const WHY_HEREDOC = "nothing can follow a heredoc or nothing on its line";
static const char *const WHY_COMMENT = "a comment stands in the empty list";
static const char *const WHY_KIND = "the place is not a list";

/* Where the new element goes and what stands around it. */
struct place {
	size_t at;
	str lead, trail, indent;
};

/* True when `c` starts its line and no sibling follows on its last line. */
static bool has_own_lines(const struct node *c)
{
	str text = c->tree->file->text;

	return at_line_head(text, c->start) &&
	       !(c->next && same_line(text, c->end, c->next->start));
}

static bool is_tall(const struct node *n)
{
	return has_newline(node_source(n));
}

/*
 * Where the brace of `child` stands in `[{ … }, { … }]` over several lines once another element
 * follows it: terraform fmt indents the braces between elements like the pairs. `prev` is an
 * element before it that shows it, or NULL.
 */
static str middle_brace(const struct node *child, const struct node *prev)
{
	str text = child->tree->file->text, now = line_indent(text, child->end - 1), want, step;

	if (!child->first || !at_line_head(text, child->end - 1) ||
	    !at_line_head(text, child->first->start))
		return now;
	if (prev && is_tall(prev) && at_line_head(text, prev->end - 1))
		return line_indent(text, prev->end - 1);
	want = line_indent(text, child->first->start);
	if (child->tree->lang == LANG_HCL && indent_step(want, now, &step) && str_eq(step, S("  ")))
		return want;
	return now;
}

/*
 * `element` for a place on the line that `child` ends on: its pairs and its brace stand where those
 * of `child` do.
 */
static bool render_beside(const struct style *st, const struct node *child,
			  const struct shape *element, str *out, const char **why)
{
	str text = child->tree->file->text, brace = line_indent(text, child->end - 1);
	str base = brace, pairs;

	if (child->kind == NODE_MAP && child->first && at_line_head(text, child->first->start)) {
		pairs = line_indent(text, child->first->start);
		if (str_ends(pairs, st->unit))
			base = str_sub(pairs, 0, pairs.n - st->unit.n);
	}
	if (!render_slice(st, element, base, depth_of(element), out, why))
		return false;
	*out = with_brace_at(st->arena, *out, brace);
	return true;
}

/* Moves the brace of the so far last element, and those of elements that came behind it earlier. */
static void move_braces(struct edits *es, const struct node *child, str want)
{
	str text = child->tree->file->text;
	size_t brace = child->end - 1;

	if (!at_line_head(text, brace))
		return;
	for (size_t i = 0; i < es->n; i++) {
		struct edit *e = &es->v[i];

		if (e->file == child->tree->file && e->start == child->end && e->end == e->start)
			e->text = with_brace_at(es->arena, e->text, want);
	}
	if (!str_eq(line_indent(text, brace), want))
		edits_add(es, child->tree->file, file_line_start(text, brace), brace, want);
}

/* The last element, the list's bracket beside its brace: what follows the bracket says where both
 * stand. */
static bool closes_with_list(const struct node *child)
{
	str text = child->tree->file->text;

	return !child->next && !child->comma && at_line_head(text, child->end - 1) &&
	       child->parent->end == child->end + 1 && is_tall(child);
}

/* The place behind a comment that follows `child`; false when none does. */
static bool behind_comment(struct edits *es, const struct node *child, bool own, struct place *p)
{
	const struct tree *t = child->tree;
	size_t end = end_with_comma(child), line_end;

	p->trail = S(",");
	if (own && line_rest_empty(t, end, &line_end) && comment_in(t, end, line_end)) {
		p->at = line_end;
		if (!child->comma)
			edits_add(es, t->file, child->end, child->end, S(","));
		return true;
	}
	if (!child->comma || !comment_in(t, child->end, child->comma))
		return false;
	p->at = child->comma + 1;
	return true;
}

static void find_place(struct edits *es, const struct style *st, const struct node *child,
		       struct place *p)
{
	str text = child->tree->file->text;
	bool own = has_own_lines(child);

	*p = (struct place){ 0 };
	p->indent = line_indent(text, own ? child->start : child->end - 1);
	p->lead = own ? str_fmt(st->arena, "%.*s%.*s", STR_ARG(st->eol), STR_ARG(p->indent)) :
			st->gap;
	if (behind_comment(es, child, own, p))
		return;
	p->at = child->end;
	p->trail = S("");
	p->lead = str_fmt(st->arena, ",%.*s", STR_ARG(p->lead));
}

bool edit_insert_after(struct edits *es, const struct node *child, const struct shape *element,
		       const char **why)
{
	struct style st;
	struct place p;
	size_t before = es->n;
	bool own = has_own_lines(child);
	str value;

	if (is_block(child->parent))
		return yaml_insert_after(es, child, element, why);
	if (!yaml_may_edit(es, child->parent, why))
		return false;
	*why = child->parent->kind != NODE_SEQ ? WHY_KIND : WHY_HEREDOC;
	if (child->parent->kind != NODE_SEQ || ends_with_heredoc(child) || ends_empty(child))
		return false;
	style_learn(&st, child->parent, es->arena);
	find_place(es, &st, child, &p);
	if (own ? !render_slice(&st, element, p.indent, depth_of(element), &value, why) :
		  !render_beside(&st, child, element, &value, why)) {
		es->n = before;
		return false;
	}
	if (!own && !child->next && is_tall(child) && has_newline(value))
		move_braces(es, child, middle_brace(child, node_prev(child)));
	if (own && closes_with_list(child) && has_newline(value)) {
		value = with_brace_at(es->arena, value,
				      line_indent(child->tree->file->text, child->end - 1));
		move_braces(es, child, p.indent);
	}
	edits_add(es, child->tree->file, p.at, p.at,
		  str_fmt(es->arena, "%.*s%.*s%.*s", STR_ARG(p.lead), STR_ARG(value),
			  STR_ARG(p.trail)));
	return true;
}

/* What an earlier call put at the same place, if it ends with `closing`; NULL if not. */
static struct edit *find_ending(struct edits *es, const struct node *n, size_t start, size_t end,
				str closing)
{
	for (size_t i = es->n; i > 0; i--) {
		struct edit *e = &es->v[i - 1];

		if (e->file == n->tree->file && e->start == start && e->end == end &&
		    str_ends(e->text, closing))
			return e;
	}
	return NULL;
}

/* Puts `addition` before that ending, instead of a second text behind it; false without one. */
static bool extend(struct edits *es, const struct node *n, size_t start, size_t end, str closing,
		   str addition)
{
	struct edit *e = find_ending(es, n, start, end, closing);
	str head;

	if (!e)
		return false;
	head = str_sub(e->text, 0, e->text.n - closing.n);
	if (!str_starts(addition, S(",\n")) && !str_starts(addition, S(",\r")))
		head = optional_between(es->arena, head);
	if (has_newline(addition) && is_tall(n))
		head = with_brace_at(es->arena, head, middle_brace(n, NULL));
	e->text = str_fmt(es->arena, "%.*s%.*s%.*s", STR_ARG(head), STR_ARG(addition),
			  STR_ARG(closing));
	return true;
}

/* The first element of `[]`: texts stay on its line, objects get lines of their own. */
static bool fill_empty(struct edits *es, const struct node *seq, const struct shape *element,
		       const char **why)
{
	const struct tree *t = seq->tree;
	struct style st;
	str indent, inner, value, open = S(""), close = S("");

	style_learn(&st, seq, es->arena);
	indent = line_indent(t->file->text, seq->end - 1);
	inner = indent;
	*why = WHY_COMMENT;
	if (comment_in(t, seq->start, seq->end))
		return false;
	if (element->kind != SHAPE_TEXT && in_block(seq) && yaml_fill_list(es, seq, element, why))
		return true;
	if (element->kind != SHAPE_TEXT && !st.flat) {
		inner = str_fmt(es->arena, "%.*s%.*s", STR_ARG(indent), STR_ARG(st.unit));
		open = str_fmt(es->arena, "%.*s%.*s", STR_ARG(st.eol), STR_ARG(inner));
		close = str_fmt(es->arena, "%.*s%.*s", STR_ARG(st.eol), STR_ARG(indent));
	}
	if (!render_slice(&st, element, inner, depth_of(element), &value, why))
		return false;
	if (extend(es, seq, inside(seq), seq->end - 1, close,
		   str_fmt(es->arena, ",%.*s%.*s", STR_ARG(open.n ? open : st.gap),
			   STR_ARG(value))))
		return true;
	value = str_fmt(es->arena, "%.*s%.*s%.*s", STR_ARG(open), STR_ARG(value), STR_ARG(close));
	edits_add(es, t->file, inside(seq), seq->end - 1, value);
	return true;
}

/* Where the elements of `x ? [` … `] : []` stand, the bracket being on its own line; or empty. */
static str tall_branch(const struct node *last)
{
	const struct node *list = last->kind == NODE_COND ? last->first->next : NULL;
	str text = last->tree->file->text;

	if (!list || list->kind != NODE_SEQ || !list->first || !at_line_head(text, list->end - 1) ||
	    !at_line_head(text, list->first->start) ||
	    str_has(str_sub(text, list->end, last->end), S("\n")))
		return (str){ 0 };
	return line_indent(text, list->first->start);
}

/* Above what the pairs of `x ? [{` … `}] : []` stand at, which is over several lines; or empty. */
static str tall_object(const struct style *st, const struct node *last)
{
	const struct node *list = last->kind == NODE_COND ? last->first->next : NULL;
	const struct node *object = list && list->kind == NODE_SEQ ? list->first : NULL;
	str text = last->tree->file->text, pairs;

	if (!object || !object->first || !at_line_head(text, object->first->start))
		return (str){ 0 };
	pairs = line_indent(text, object->first->start);
	return pairs.n < st->unit.n ? pairs : str_sub(pairs, 0, pairs.n - st->unit.n);
}

/* Where an element that is there only at times ends already, its brace or bracket moves when
 * another one follows, see optional_between(). */
static void move_optional(struct edits *es, const struct node *last, str tall)
{
	const struct file *f = last->tree->file;
	str text = node_source(last), moved = optional_between(es->arena, text);
	size_t same = 0, line;

	if (tall.n) {
		line = file_line_start(f->text, last->end);
		edits_add(es, f, line, line + line_indent(f->text, line).n, tall);
		return;
	}
	while (same < text.n && same < moved.n && text.p[same] == moved.p[same])
		same++;
	if (moved.n > text.n)
		edits_add(es, f, last->start + same, last->start + same,
			  str_sub(moved, same, same + moved.n - text.n));
}

/*
 * `, x ? [{ … }] : []`, behind the comma what `lead` is, the pairs indented as in `deep` and the
 * brace as in `indent`.
 */
static bool optional_text(struct edits *es, const struct style *st, const struct shape *element,
			  str lead, str deep, str indent, str *out, const char **why)
{
	struct buf b = { 0 };
	bool ok = render_optional(st, element, deep, 0, &b, why);

	*out = STR_CAT(es->arena, S(","), lead, optional_at(es->arena, buf_str(&b), indent));
	buf_free(&b);
	return ok;
}

/* The list ends in `}]`, and nothing but what its last object has stands deeper than that line. */
static bool ends_in_object(const struct edits *es, const struct node *list)
{
	const struct node *object = list->kind == NODE_SEQ ? list->last : NULL;
	str text = list->tree->file->text;

	return object && !edits_leaves(es, object) && object->end == list->end - 1 &&
	       at_line_head(text, object->end - 1) && !at_line_head(text, object->start);
}

/* Behind the last argument of a concat() that has each on lines of its own. */
static bool append_argument(struct edits *es, const struct node *last, const struct shape *element,
			    const char **why)
{
	const struct file *f = last->tree->file;
	str indent = line_indent(f->text, last->start), lead, addition;
	struct style st;

	style_learn(&st, last, es->arena);
	lead = STR_CAT(es->arena, st.eol, indent);
	if (!optional_text(es, &st, element, lead, indent, indent, &addition, why))
		return false;
	if (!extend(es, last, last->end, last->end, S(""), addition))
		edits_add(es, f, last->end, last->end, addition);
	return true;
}

/* `concat([…], x ? [{ … }] : [])`, in the concat() that is there or a new one. */
static bool append_optional(struct edits *es, const struct node *seq, const struct shape *element,
			    const char **why)
{
	const struct file *f = seq->tree->file;
	const struct node *call = node_concat_of(seq), *last = call ? call->last : seq;
	struct style st;
	str indent = line_indent(f->text, last->end - 1), deep = indent, addition;
	str close = call ? S("") : S(")"), branch = call ? tall_branch(last) : (str){ 0 };
	size_t head = file_line_start(f->text, last->end - 1) + indent.n;
	bool tall = f->text.p[head] == ']' && !(call && last->kind == NODE_COND);

	*why = WHY_HEREDOC;
	if (ends_with_heredoc(last))
		return false;
	if (call && has_own_lines(last))
		return append_argument(es, last, element, why);
	style_learn(&st, seq, es->arena);
	str object = call ? tall_object(&st, last) : (str){ 0 };
	if (tall) /* terraform fmt indents a line that closes one bracket and opens two */
		deep = str_fmt(es->arena, "%.*s%.*s", STR_ARG(indent), STR_ARG(st.unit));
	if (branch.n)
		deep = branch;
	else if (object.n)
		deep = object;
	if (!optional_text(es, &st, element, S(" "), deep, indent, &addition, why))
		return false;
	if (extend(es, seq, last->end, last->end, close, addition))
		return true;
	if (call && last->kind == NODE_COND)
		move_optional(es, last, branch);
	if (!call)
		edits_add(es, f, seq->start, seq->start, S("concat("));
	if (tall || ends_in_object(es, last))
		edits_add(es, f, head, head, st.unit);
	edits_add(es, f, last->end, last->end,
		  str_fmt(es->arena, "%.*s%.*s", STR_ARG(addition), STR_ARG(close)));
	return true;
}

bool edit_append_element(struct edits *es, const struct node *seq, const struct shape *element,
			 const char **why)
{
	if (!yaml_may_edit(es, seq, why))
		return false;
	if (element->when.n && seq->kind == NODE_SEQ)
		return append_optional(es, seq, element, why);
	if (seq->kind == NODE_SEQ && !seq->last)
		return fill_empty(es, seq, element, why);
	*why = WHY_KIND;
	return seq->kind == NODE_SEQ && edit_insert_after(es, seq->last, element, why);
}

/* What was put behind the object, with the brace of its last element where more follows. */
static str last_with_brace(const struct edits *es, const struct edit *wrapped,
			   const struct node *value)
{
	return with_brace_at(es->arena, str_sub(wrapped->text, 0, wrapped->text.n - 1),
			     middle_brace(value, NULL));
}

/*
 * `concat([{ … }], length(x) > 0 ? [{ … }] : [])` around what was one object. The bracket and the
 * rest are edits of their own, so that a later call still finds the end of the list.
 */
static bool wrap_optional(struct edits *es, const struct node *value, const struct shape *element,
			  const char **why)
{
	const struct file *f = value->tree->file;
	str indent = line_indent(f->text, value->end - 1), addition;
	struct edit *wrapped;
	struct style st;

	*why = WHY_HEREDOC;
	if (ends_with_heredoc(value))
		return false;
	style_learn(&st, value, es->arena);
	if (!optional_text(es, &st, element, S(" "), indent, indent, &addition, why))
		return false;
	if (extend(es, value, value->end, value->end, S(")"), addition))
		return true;
	wrapped = find_ending(es, value, value->end, value->end, S("]"));
	if (!wrapped) {
		edits_add(es, f, value->start, value->start, S("["));
		edits_add(es, f, value->end, value->end, S("]"));
	}
	extend(es, value, value->start, value->start, S("["), S("concat("));
	if (is_tall(value) && wrapped)
		wrapped->text = str_fmt(es->arena, "%.*s]",
					STR_ARG(last_with_brace(es, wrapped, value)));
	else if (is_tall(value))
		move_braces(es, value, middle_brace(value, NULL));
	edits_add(es, f, value->end, value->end, str_fmt(es->arena, "%.*s)", STR_ARG(addition)));
	return true;
}

/* True for a value of a block map that can become a list in brackets, where that is usual. */
static bool may_stand_in_brackets(const struct edits *es, const struct node *value,
				  const struct shape *element)
{
	struct style st;

	style_learn(&st, value, es->arena);
	if (is_block(value) || value->start == value->end || is_tall(value))
		return false;
	if (value->flags & FLAG_FLOW && !is_intrinsic(value) && !value->name.n)
		return true;
	if (value->flags & FLAG_PLAIN && !yaml_is_plain(node_decoded(value), true))
		return false;
	return st.flat_lists && element->kind == SHAPE_TEXT;
}

bool edit_wrap_append(struct edits *es, const struct node *value, const struct shape *element,
		      const char **why)
{
	const struct file *f = value->tree->file;
	struct style st;
	str text, addition;

	if (element->when.n)
		return wrap_optional(es, value, element, why);
	if (in_block(value) && !may_stand_in_brackets(es, value, element))
		return yaml_wrap_append(es, value, element, why);
	if (!yaml_may_edit(es, value, why))
		return false;
	*why = WHY_HEREDOC;
	if (ends_with_heredoc(value) || ends_empty(value))
		return false;
	style_learn(&st, value, es->arena);
	if (!render_beside(&st, value, element, &text, why))
		return false;
	addition = str_fmt(es->arena, ",%.*s%.*s", STR_ARG(st.gap), STR_ARG(text));
	if (extend(es, value, value->end, value->end, S("]"), addition))
		return true;
	if (is_tall(value) && has_newline(text))
		move_braces(es, value, middle_brace(value, NULL));
	edits_add(es, f, value->start, value->start, S("["));
	edits_add(es, f, value->end, value->end, str_fmt(es->arena, "%.*s]", STR_ARG(addition)));
	return true;
}

bool edit_append_to(struct edits *es, const struct node *value, const struct shape *element,
		    const char **why)
{
	return value->kind == NODE_SEQ ? edit_append_element(es, value, element, why) :
					 edit_wrap_append(es, value, element, why);
}
