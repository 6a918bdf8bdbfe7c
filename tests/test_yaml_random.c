/* SPDX-License-Identifier: MIT */
/*
 * Lists and maps of YAML in every layout that can be made up, and random edits in them: what was
 * not refused has to read back as what was meant, with every comment line still there but those
 * above a map or call in a list that went, and nothing else changed.
 */
#include "editing.h"

#include <stdio.h>

#include "kmsfix/buf.h"

#define ROUNDS 6000
#define MOST 5 /* children of a list or map */

static uint64_t dice;

/* 0 … n - 1 */
static unsigned roll(unsigned n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (unsigned)(dice >> 33) % n;
}

/* A text under construction. Children are named e0 …, comment lines #c0; … */
struct made {
	struct buf text;
	const char *eol;
	size_t n, comments;
	size_t step;
	bool map, block; /* behind a block scalar, which would take deeper comments in */
	bool inside;     /* inside of a child, whose comments may go with it */
};

static void line(struct made *m, size_t column)
{
	if (!m->block && roll(6) == 0)
		buf_printf(&m->text, " # own");
	buf_printf(&m->text, "%s", m->eol);
	if (roll(8) == 0)
		buf_printf(&m->text, "%s", m->eol);
	while (roll(8) == 0) {
		buf_fill(&m->text, ' ', column + (m->block ? 0 : roll(2) * 2));
		if (m->inside)
			buf_printf(&m->text, "#inside%s", m->eol);
		else
			buf_printf(&m->text, "#c%zu;%s", m->comments++, m->eol);
	}
	buf_fill(&m->text, ' ', column);
}

/* A value that begins with its name, behind something on its line. */
static void value(struct made *m, size_t column, bool flow)
{
	static const char *const flows[] = { "e%zu",      "'e%zu'",       "\"e%zu\"",
					     "!Sub e%zu", "{ x: e%zu }",  "[e%zu, x]",
					     "!T [e%zu]", "'e%zu it''s'", "\"e%zu\\n\"" };
	static const char *const blocks[] = { "|", ">-", "|+", "!Sub |-", "|2" };
	unsigned kind = flow ? 0 : roll(3);

	m->block = kind == 1;
	if (kind == 0) {
		char text[40];

		/* One of the formats above. */
		snprintf(text, sizeof(text), "%s", flows[roll(COUNT(flows))]);
		for (const char *p = text; *p; p++) {
			if (*p == '%') {
				buf_printf(&m->text, "%zu", m->n++);
				p += 2;
			} else {
				buf_addc(&m->text, *p);
			}
		}
		return;
	}
	if (kind == 1) {
		buf_printf(&m->text, "%s", blocks[roll(COUNT(blocks))]);
		buf_printf(&m->text, "%s", m->eol);
		buf_fill(&m->text, ' ', column + 2);
		buf_printf(&m->text, "e%zu", m->n++);
		for (unsigned n = roll(3); n > 0; n--) {
			buf_printf(&m->text, "%s", m->eol);
			buf_fill(&m->text, ' ', roll(2) ? column + 2 : 0);
			if (!m->text.n || m->text.p[m->text.n - 1] == ' ')
				buf_printf(&m->text, "#text");
		}
		return;
	}
	m->inside = true;
	if (m->map) {
		column += 1 + roll(3);
		line(m, column);
	}
	buf_printf(&m->text, "x:");
	line(m, column + 2);
	buf_printf(&m->text, "- e%zu", m->n++);
	line(m, column);
	buf_printf(&m->text, "y: z");
	m->inside = false;
}

static void make_block(struct made *m, size_t column)
{
	size_t n = 1 + roll(MOST);

	for (size_t i = 0; i < n; i++) {
		if (m->map) {
			buf_printf(&m->text, "k%zu: ", m->n);
			value(m, column, roll(2));
			while (m->text.n && m->text.p[m->text.n - 1] == ':')
				buf_printf(&m->text, " ");
		} else {
			buf_printf(&m->text, "- ");
			value(m, column + 2, roll(2));
		}
		if (i + 1 < n)
			line(m, column);
	}
}

static void make_flow(struct made *m)
{
	size_t n = roll(MOST + 1);
	bool tall = roll(4) == 0;

	buf_addc(&m->text, m->map ? '{' : '[');
	for (size_t i = 0; i < n; i++) {
		if (tall && roll(3))
			line(m, 6);
		else
			buf_fill(&m->text, ' ', roll(2));
		if (m->map)
			buf_printf(&m->text, "k%zu: ", m->n);
		value(m, 0, true);
		if (i + 1 < n || (n && roll(5) == 0))
			buf_addc(&m->text, ',');
	}
	if (tall)
		line(m, 4);
	buf_addc(&m->text, m->map ? '}' : ']');
}

/* `l`, the list or map, somewhere in a document. */
static str make(struct arena *a, struct made *m)
{
	static const char *const eols[] = { "\n", "\n", "\r\n" };
	size_t column = 0;
	str out;

	*m = (struct made){ .eol = eols[roll(3)], .map = roll(2) };
	m->step = 1 + roll(4);
	if (roll(2)) {
		buf_printf(&m->text, "a: [x]%so:", m->eol);
		column = m->step;
		line(m, column);
	}
	if (roll(3) == 0) {
		buf_printf(&m->text, "-   ");
		column += 4;
	}
	buf_printf(&m->text, "l:");
	if (roll(3) == 0) {
		buf_addc(&m->text, ' ');
		make_flow(m);
	} else {
		column += m->map || roll(2) ? m->step : 0;
		line(m, column);
		make_block(m, column);
	}
	if (roll(3))
		buf_printf(&m->text, "%s", m->eol);
	if (m->text.p[m->text.n - 1] == '\n' && roll(2))
		buf_printf(&m->text, "# end%s", m->eol);
	out = str_dup(a, buf_str(&m->text));
	buf_free(&m->text);
	return out;
}

/* The value of the key `l`. */
static const struct node *list_of(const struct node *n, struct arena *a)
{
	for (const struct node *c = n->first; c; c = c->next) {
		const struct node *found;
		str key;

		if (c->kind == NODE_PAIR && pair_key(c, a, &key) && str_eq(key, S("l")))
			return c->last;
		found = list_of(c, a);
		if (found)
			return found;
	}
	return NULL;
}

/* What the document says: every tag, text and bracket, but no style. */
static void say(const struct node *n, struct buf *out)
{
	if (n->kind == NODE_STRING) {
		buf_add(out, n->name);
		buf_printf(out, "%d`", yaml_resolve(n) == SCALAR_NULL);
		buf_add(out, node_decoded(n));
		buf_addc(out, '`');
		return;
	}
	buf_printf(out, "%s", node_kind_name(n->kind));
	buf_add(out, n->name);
	buf_addc(out, '(');
	for (const struct node *c = n->first; c; c = c->next) {
		say(c, out);
		buf_addc(out, ' ');
	}
	buf_addc(out, ')');
}

static str said(struct arena *a, const struct node *n)
{
	struct buf b = { 0 };
	str out;

	say(n, &b);
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

/* New elements, and what they say. */
static const struct {
	const char *json, *says;
} news[] = {
	{ "\"n\"", "0`n`" },
	{ "\"yes: #\"", "0`yes: #`" },
	{ "\"<R.Arn>\"", "!GetAtt0`R.Arn`" },
	{ "\"a<R>b${c}\"", "!Sub0`a${R}b${!c}`" },
	{ "{\"Effect\": \"*\", \"m\": [\"1\", \"b,c\"]}",
	  "map(pair(0`Effect` 0`*` ) pair(0`m` seq(0`1` 0`b,c` ) ) )" },
	{ "[\"a\", {\"b\": {\"c\": \"\"}}]", "seq(0`a` map(pair(0`b` map(pair(0`c` 0`` ) ) ) ) )" },
};

/* One random edit of child `c`; notes in `want` what the child should say. False when it goes. */
static bool change_child(struct editing *e, const struct node *c, struct buf *want)
{
	bool map = c->kind == NODE_PAIR;
	const struct node *v = map ? c->last : c;
	size_t what = roll(COUNT(news) / 2) * 2;
	struct shape *s = editing_shape(e->arena, news[what].json);
	struct strs texts = { 0 };
	const char *why = NULL;

	strs_add(e->arena, &texts, S("r1"));
	strs_add(e->arena, &texts, S("r,2"));
	if (roll(3) == 0 && edit_remove_children(&e->edits, &c, 1, &why))
		return false;
	if (roll(6) == 0 && !map && edit_replace_strings(&e->edits, v, &texts, &why)) {
		buf_printf(want, "0`r1` 0`r,2` ");
		return true;
	}
	if (roll(4) == 0 && map && v->kind != NODE_SEQ && edit_wrap_append(&e->edits, v, s, &why)) {
		str key = said(e->arena, c->first), old = said(e->arena, v);

		buf_printf(want, "pair(%.*s seq(%.*s %s ) ) ", STR_ARG(key), STR_ARG(old),
			   news[what].says);
		return true;
	}
	buf_add(want, said(e->arena, c));
	buf_addc(want, ' ');
	if (roll(4) == 0 && !map && edit_insert_after(&e->edits, c, s, &why))
		buf_printf(want, "%s ", news[what].says);
	return true;
}

static void change(struct editing *e, const struct node *list, struct buf *want)
{
	bool map = list->kind == NODE_MAP;
	size_t what = roll(COUNT(news) / 2) * 2 + 1; /* equal edits of one place are taken as one */
	struct shape *s = editing_shape(e->arena, news[what].json);
	const char *why = NULL;

	buf_printf(want, "%s(", node_kind_name(list->kind));
	for (const struct node *c = list->first; c; c = c->next) {
		bool stays = change_child(e, c, want);

		/* Nothing may come behind an element that goes. */
		if (!c->next && !stays)
			what = COUNT(news);
	}
	if (what < COUNT(news) && roll(2)) {
		if (map ? edit_add_pair(&e->edits, list, S("new"), s, &why) :
			  edit_append_element(&e->edits, list, s, &why))
			buf_printf(want, map ? "pair(0`new` %s ) " : "%s ", news[what].says);
	}
	buf_addc(want, ')');
}

/* `text` with the first `from` made `to`. */
static str replace(struct arena *a, str text, str from, str to)
{
	size_t at = str_find(text, from, 0);

	return str_fmt(a, "%.*s%.*s%.*s", STR_ARG(str_sub(text, 0, at)), STR_ARG(to),
		       STR_ARG(str_sub(text, at + from.n, text.n)));
}

static void check(struct editing *e, const struct made *m, str want)
{
	struct editing again;
	str text = editing_result(e), got;

	editing_start(&again, e->arena, "x.yaml", str_z(e->arena, text));
	want = replace(e->arena, said(e->arena, e->tree->root),
		       said(e->arena, list_of(e->tree->root, e->arena)), want);
	got = said(e->arena, again.tree->root);
	if (!str_eq(got, want))
		test_fail("want %.*s\ngot  %.*s from:\n%.*s\nto:\n%.*s", STR_ARG(want),
			  STR_ARG(got), STR_ARG(e->file->text), STR_ARG(text));
	for (size_t i = 0; i < m->comments; i++) {
		str comment = str_fmt(e->arena, "#c%zu;", i);

		if (!editing_keeps(e, text, comment))
			test_fail("comment %zu is lost from:\n%.*s\nin:\n%.*s", i,
				  STR_ARG(e->file->text), STR_ARG(text));
	}
}

static void documents_read_back_as_meant(void **state)
{
	(void)state;
	dice = 88172645463325252;
	for (size_t round = 0; round < ROUNDS; round++) {
		struct arena *a = arena_create();
		struct buf want = { 0 };
		struct editing e;
		struct made m;
		str text = make(a, &m);

		editing_start(&e, a, "x.yaml", str_z(a, text));
		change(&e, list_of(e.tree->root, a), &want);
		check(&e, &m, buf_str(&want));
		buf_free(&want);
		arena_destroy(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_read_back_as_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
