/* SPDX-License-Identifier: MIT */
/*
 * Each question of style is answered by the nearest node that can answer it: first in the place
 * itself, then in what is around it, further and further out.
 */
#include "spell.h"
#include "style.h"

#include "kmsfix/file.h"
#include "kmsfix/syntax.h"
#include "trivia.h"

/* How many nodes may be asked: a large file is not read again and again. */
#define NEAR 4096

/* Answers for one node; false when it has no answer. */
typedef bool answer(struct style *st, const struct node *n);

static bool ask(struct style *st, const struct node *n, answer *f, unsigned *left)
{
	if (*left == 0)
		return false;
	--*left;
	if (f(st, n))
		return true;
	for (const struct node *c = n->first; c && *left; c = c->next) {
		if (ask(st, c, f, left))
			return true;
	}
	return false;
}

static void ask_near(struct style *st, const struct node *place, answer *f)
{
	const struct node *from = NULL;
	unsigned left = NEAR;

	for (const struct node *n = place; n && left; from = n, n = n->parent) {
		if (f(st, n))
			return;
		for (const struct node *c = n->first; c && left; c = c->next) {
			if (c != from && ask(st, c, f, &left))
				return;
		}
	}
}

static size_t column(const struct node *n, size_t at)
{
	return at - file_line_start(n->tree->file->text, at);
}

/* A pair of a block map whose value is a block collection of this kind. */
static bool holds_block(const struct node *pair, enum node_kind kind)
{
	return pair->kind == NODE_PAIR && !(pair->parent->flags & FLAG_FLOW) &&
	       pair->last->kind == kind && !(pair->last->flags & FLAG_FLOW) && pair->mark &&
	       !same_line(pair->tree->file->text, pair->mark, pair->last->first->start);
}

static bool answer_map_step(struct style *st, const struct node *n)
{
	size_t outer = column(n, n->start);

	if (!holds_block(n, NODE_MAP) || column(n, n->last->first->start) <= outer)
		return false;
	st->yaml.map_step = column(n, n->last->first->start) - outer;
	return true;
}

static bool answer_seq_step(struct style *st, const struct node *n)
{
	size_t outer = column(n, n->start);

	if (!holds_block(n, NODE_SEQ) || column(n, n->last->first->mark) < outer)
		return false;
	st->yaml.seq_step = column(n, n->last->first->mark) - outer;
	return true;
}

/* The dash of the first element of a block sequence, if that is a map, or a text. */
static bool first_dash(const struct node *n, bool map, str *dash)
{
	const struct node *c = n->first;
	str text = n->tree->file->text;

	if (n->kind != NODE_SEQ || n->flags & FLAG_FLOW || c->start == c->end ||
	    (c->kind == NODE_MAP) != map || trim_left(text, c->mark + 1, c->start) != c->mark + 1)
		return false;
	*dash = str_sub(text, c->mark, c->start);
	return true;
}

static bool answer_dash(struct style *st, const struct node *n)
{
	return first_dash(n, true, &st->yaml.dash);
}

static bool answer_text_dash(struct style *st, const struct node *n)
{
	return first_dash(n, false, &st->yaml.text_dash);
}

/* A list of texts: in brackets or not? */
static bool answer_lists(struct style *st, const struct node *n)
{
	if (n->kind != NODE_SEQ || n->name.n || !n->first || n->first->kind != NODE_STRING ||
	    !n->parent || n->parent->kind != NODE_PAIR || is_intrinsic(n->parent->parent))
		return false;
	st->flat_lists = (n->flags & FLAG_FLOW) != 0;
	return true;
}

static bool is_key(const struct node *n)
{
	return n->parent && n->parent->kind == NODE_PAIR && n == n->parent->first;
}

/* A scalar on one line; *quote is how it is written. */
static bool is_flow_scalar(const struct node *n, enum quote *quote)
{
	if (n->kind != NODE_STRING || n->start == n->end || has_newline(node_source(n)) ||
	    n->flags & (FLAG_LITERAL | FLAG_FOLDED))
		return false;
	*quote = n->flags & FLAG_PLAIN  ? QUOTE_PLAIN :
		 n->flags & FLAG_SINGLE ? QUOTE_SINGLE :
					  QUOTE_DOUBLE;
	return true;
}

static bool answer_text(struct style *st, const struct node *n)
{
	enum quote quote;

	if (!is_flow_scalar(n, &quote) || is_key(n) || yaml_resolve(n) != SCALAR_STRING ||
	    (n->parent && n->parent->name.n))
		return false;
	if (quote != QUOTE_PLAIN && !yaml_is_plain(node_decoded(n), false))
		return false; /* it has to have quotes */
	st->yaml.text = quote;
	return true;
}

static bool answer_key(struct style *st, const struct node *n)
{
	enum quote quote;

	if (!is_flow_scalar(n, &quote) || !is_key(n))
		return false;
	st->yaml.key = quote;
	return true;
}

static bool answer_forced(struct style *st, const struct node *n)
{
	enum quote quote;

	if (!is_flow_scalar(n, &quote) || quote == QUOTE_PLAIN)
		return false;
	st->yaml.forced = quote;
	return true;
}

static bool answer_sub(struct style *st, const struct node *n)
{
	enum quote quote;
	bool sub = str_eq(n->name, S("!Sub"));

	if (!is_flow_scalar(n, &quote))
		return false;
	if (n->parent && n->parent->kind == NODE_PAIR && !is_key(n))
		sub = sub || str_eq(node_decoded(n->parent->first), S("Fn::Sub"));
	if (!sub)
		return false;
	st->yaml.sub = quote;
	return true;
}

static bool answer_form(struct style *st, const struct node *n)
{
	st->yaml.long_form = n->kind == NODE_MAP && is_intrinsic(n);
	return st->yaml.long_form || str_eq(n->name, S("!Ref")) || str_eq(n->name, S("!GetAtt")) ||
	       str_eq(n->name, S("!Sub"));
}

static bool answer_any_call(struct style *st, const struct node *n)
{
	if (!is_intrinsic(n))
		return false;
	st->tall_calls = has_newline(node_source(n));
	return true;
}

static bool answer_calls(struct style *st, const struct node *n)
{
	if (!is_intrinsic(n) || n->first->last->kind != NODE_STRING)
		return false;
	st->tall_calls = has_newline(node_source(n));
	return true;
}

static bool answer_args(struct style *st, const struct node *n)
{
	if (!is_intrinsic(n) || n->first->last->kind != NODE_SEQ)
		return false;
	st->tall_args = has_newline(node_source(n->first->last));
	return true;
}

void calls_style_learn(struct style *st, const struct node *place)
{
	ask_near(st, place, answer_any_call);
	ask_near(st, place, answer_calls);
	st->tall_args = st->tall_calls;
	if (st->tall_calls)
		ask_near(st, place, answer_args);
}

void yaml_style_learn(struct style *st, const struct node *place)
{
	static answer *const questions[] = { answer_map_step,  answer_seq_step, answer_dash,
					     answer_text_dash, answer_text,     answer_key,
					     answer_forced,    answer_form,     answer_lists };

	st->unit = S("  ");
	st->yaml = (struct yaml_style){ .dash = S("- "),
					.text_dash = S("- "),
					.map_step = 2,
					.seq_step = 2,
					.forced = QUOTE_DOUBLE };
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		ask_near(st, place, questions[i]);
	st->yaml.sub = st->yaml.forced;
	ask_near(st, place, answer_sub);
}
