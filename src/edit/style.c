/* SPDX-License-Identifier: MIT */
#include "style.h"

#include "kmsfix/arena.h"
#include "trivia.h"

/* What the pairs of sibling statements say about lists. */
struct census {
	size_t scalars[STYLE_DEPTHS], singles[STYLE_DEPTHS];
	size_t flat_lists, tall_lists;
	const struct node *tall; /* the last list over several lines */
};

bool is_terraform_json(const struct tree *t)
{
	return t->lang == LANG_JSON && !t->host && t->dialect == DIALECT_NATIVE &&
	       str_ends(t->file->path, S(".tf.json"));
}

bool is_intrinsic(const struct node *map)
{
	str key;

	if (map->kind != NODE_MAP || !map->first || map->first != map->last)
		return false;
	key = node_source(map->first->first);
	if (key.n > 1 && (key.p[0] == '"' || key.p[0] == '\''))
		key = str_sub(key, 1, key.n - 1);
	return str_eq(key, S("Ref")) || str_starts(key, S("Fn::"));
}

bool indent_step(str inner, str outer, str *unit)
{
	if (inner.n <= outer.n || !str_starts(inner, outer))
		return false;
	*unit = str_sub(inner, outer.n, inner.n);
	return true;
}

/* The step between the lines of a node and of its first child, when the child starts a line. */
static bool child_step(const struct node *n, str *unit)
{
	str text = n->tree->file->text;

	if (n->kind != NODE_SEQ && n->kind != NODE_MAP)
		return false;
	if (!n->first || !at_line_head(text, n->first->start))
		return false;
	return indent_step(line_indent(text, n->first->start), line_indent(text, n->end - 1),
			   unit) ||
	       indent_step(line_indent(text, n->first->start), line_indent(text, n->start), unit);
}

/* Some step of the tree: the first one found on the way to its first leaf. */
static bool tree_step(const struct tree *t, str *unit)
{
	for (const struct node *n = t->root; n; n = n->first) {
		if (n->tree == t && child_step(n, unit))
			return true;
	}
	return false;
}

void style_init(struct style *st, const struct tree *t, size_t offset, struct arena *a)
{
	bool hcl = t->lang == LANG_HCL;
	str unit;

	*st = (struct style){ .arena = a,
			      .lang = t->lang,
			      .dialect = t->dialect,
			      .align = hcl,
			      .eol = S("\n"),
			      .before = hcl ? S(" ") : S(""),
			      .after = S(" "),
			      .gap = S(" ") };
	st->json_string = is_terraform_json(t);
	st->template = (t->host && t->host->kind == NODE_HEREDOC) || st->json_string;
	st->colon = st->commas = st->quoted = !hcl;
	st->eol = line_ending(t->file->text, offset);
	st->flat = t->lang == LANG_YAML;
	st->object_pad = hcl ? S(" ") : S("");
	st->unit = S("  ");
	if (line_indent(t->file->text, offset).n && line_indent(t->file->text, offset).p[0] == '\t')
		st->unit = S("\t");
	else if (t->lang == LANG_JSON && tree_step(t, &unit))
		st->unit = unit;
}

bool may_be_list(str key)
{
	static const char *const never[] = { "Sid", "Effect", "Principal", "NotPrincipal" };

	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++) {
		if (str_eq(key, str_from(never[i])))
			return false;
	}
	return true;
}

static bool is_one_text(const struct node *n)
{
	if (n->tree->lang != LANG_HCL && (n->name.n || is_intrinsic(n)))
		return true;
	return n->kind == NODE_STRING || n->kind == NODE_GETATTR || n->kind == NODE_INDEX;
}

static void count_value(struct census *c, const struct node *v, size_t depth)
{
	if (v->kind == NODE_SEQ && v->first && !is_one_text(v)) {
		bool yaml = v->tree->lang == LANG_YAML;
		bool tall = yaml ? !(v->flags & FLAG_FLOW) : has_newline(node_source(v));

		c->singles[depth] += v->first == v->last;
		c->tall_lists += tall && (yaml || v->first != v->last);
		c->flat_lists += !tall && (yaml || v->first != v->last);
		if (tall)
			c->tall = v;
	} else {
		c->scalars[depth] += is_one_text(v);
	}
}

/* Counts in the pairs of `map`, which lie `depth` deep, and below. */
static void count_map(struct census *c, const struct node *map, size_t depth, struct arena *a)
{
	for (const struct node *p = map->first; p && depth < STYLE_DEPTHS; p = p->next) {
		str key;

		if (!pair_key(p, a, &key))
			continue;
		if (p->last->kind == NODE_MAP && !is_one_text(p->last))
			count_map(c, p->last, depth + 1, a);
		else if (may_be_list(key))
			count_value(c, p->last, depth);
	}
}

static void learn_lists(struct style *st, const struct census *c)
{
	for (size_t i = 0; i < STYLE_DEPTHS; i++) {
		if (c->scalars[i] && !c->singles[i])
			st->single[i] = SINGLE_SCALAR;
		else if (c->singles[i] && !c->scalars[i])
			st->single[i] = SINGLE_LIST;
	}
	st->flat_lists = c->flat_lists > 0 && c->tall_lists == 0;
	if (c->tall)
		st->list_comma = c->tall->last->comma != 0;
}

/* The blanks between `start` and `end` when there is nothing else, else `otherwise`. */
static str blanks(str text, size_t start, size_t end, str otherwise)
{
	return trim_left(text, start, end) == start ? str_sub(text, start, end) : otherwise;
}

size_t inside(const struct node *n)
{
	return (n->tree->lang == LANG_YAML ? n->body : n->start) + 1;
}

static void learn_separator(struct style *st, const struct node *pair)
{
	str text = pair->tree->file->text;
	size_t key_end = pair->first->end, at = key_end;

	st->colon = st->lang != LANG_HCL || (pair->flags & FLAG_COLON);
	while (at < pair->last->start && is_blank(text.p[at]))
		at++;
	if (!st->colon || at == pair->last->start)
		return;
	st->before = str_sub(text, key_end, at < key_end + 1 ? at : key_end + 1);
	st->after = blanks(text, at + 1, pair->last->start, st->after);
	if (st->after.n > 1)
		st->after = S(" ");
}

/* How far behind the start of the pair its `=` is. */
static size_t equals_column(const struct node *pair)
{
	str text = pair->tree->file->text;
	size_t at = pair->first->end;

	while (at < pair->last->start && is_blank(text.p[at]))
		at++;
	return at - pair->start;
}

/* True when neighbouring `=` follow keys of different width after one blank each, and none of them
 * stand below each other all the same. */
static bool is_ragged(const struct node *map)
{
	str text = map->tree->file->text;
	bool ragged = false;

	for (const struct node *p = map->first; p->next; p = p->next) {
		const struct node *q = p->next;
		size_t a = p->first->end, b = q->first->end;

		if (has_newline(node_source(p->last)) || has_newline(node_source(q->last)) ||
		    line_next(text, p->end) != file_line_start(text, q->start) ||
		    a - p->start == b - q->start)
			continue;
		if (equals_column(p) == equals_column(q))
			return false;
		ragged |= str_eq(str_sub(text, a, a + 2), S(" =")) &&
			  str_eq(str_sub(text, b, b + 2), S(" ="));
	}
	return ragged;
}

/* What one object shows: keys, separators, commas, brackets. */
static void learn_object(struct style *st, const struct node *map)
{
	const struct node *first = map->first;
	str text = map->tree->file->text;

	if (!first || (map->tree->lang == LANG_YAML && !(map->flags & FLAG_FLOW)))
		return;
	learn_separator(st, first);
	st->flat = !has_newline(node_source(map));
	if (st->flat) {
		st->object_pad = blanks(text, inside(map), first->start, st->object_pad);
		if (first->next)
			st->gap = blanks(text, first->comma + 1, first->next->start, st->gap);
		else if (st->colon)
			st->gap = st->after;
	}
	if (st->lang != LANG_HCL)
		return;
	st->quoted = first->first->kind == NODE_STRING;
	if (st->flat)
		return;
	st->align = !is_ragged(map);
	st->commas = first->next && first->comma;
	st->pair_comma = st->commas && map->last->comma;
}

static void learn_seq(struct style *st, const struct node *seq)
{
	str text = seq->tree->file->text;

	if (!seq->first || (seq->tree->lang == LANG_YAML && !(seq->flags & FLAG_FLOW)))
		return;
	if (at_line_head(text, seq->last->start)) {
		st->list_comma = seq->last->comma != 0;
	} else if (!has_newline(node_source(seq))) {
		st->list_pad = blanks(text, inside(seq), seq->first->start, S(""));
		if (seq->first->next)
			st->gap = blanks(text, seq->first->comma + 1, seq->first->next->start,
					 st->gap);
	}
}

/* The nearest object around `n` in its tree. */
static const struct node *object_around(const struct node *n)
{
	while (n && n->kind != NODE_MAP)
		n = n->parent;
	return n;
}

static void learn_unit(struct style *st, const struct node *seq, const struct node *object)
{
	str unit;

	for (const struct node *p = object ? object->first : NULL; p; p = p->next) {
		if (child_step(p->last, &unit)) {
			st->unit = unit;
			return;
		}
	}
	if ((object && child_step(object, &unit)) || child_step(seq, &unit))
		st->unit = unit;
}

void style_learn(struct style *st, const struct node *seq, struct arena *a)
{
	const struct node *object = NULL;
	struct census census = { 0 };

	style_init(st, seq->tree, seq->start, a);
	if (seq->kind == NODE_SEQ)
		learn_seq(st, seq);
	for (const struct node *c = seq->kind == NODE_SEQ ? seq->first : NULL; c; c = c->next) {
		if (c->kind != NODE_MAP)
			continue;
		object = c;
		count_map(&census, c, 1, a);
	}
	if (!object) {
		object = object_around(seq);
		if (object && seq->kind != NODE_SEQ)
			count_map(&census, object, 1, a);
	}
	learn_lists(st, &census);
	if (object)
		learn_object(st, object);
	if (st->lang == LANG_YAML)
		yaml_style_learn(st, seq);
	else
		learn_unit(st, seq, object);
	if (st->lang == LANG_JSON && st->dialect == DIALECT_CLOUDFORMATION)
		calls_style_learn(st, seq);
}
