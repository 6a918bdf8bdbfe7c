/* SPDX-License-Identifier: MIT */
/*
 * Lists of every layout that can be made up, and random removals and insertions in them: what was
 * not refused has to read back as the list that was meant, with every comment line still there but
 * those above an object that went.
 */
#include "editing.h"

#include <stdio.h>

#include "kmsfix/buf.h"

#define ROUNDS 4000
#define MOST 6 /* elements of a list */

static uint64_t dice;

/* 0 … n - 1 */
static unsigned roll(unsigned n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (unsigned)(dice >> 33) % n;
}

struct made {
	struct buf text;
	bool json;
	size_t n;        /* elements e0 … */
	size_t comments; /* comment lines #c0; … */
};

static void make_line_end(struct made *m, const char *eol)
{
	if (!m->json && roll(4) == 0)
		buf_printf(&m->text, " # own");
	buf_printf(&m->text, "%s", eol);
	while (!m->json && roll(5) == 0)
		buf_printf(&m->text, "  #c%zu;%s", m->comments++, eol);
	if (roll(8) == 0)
		buf_printf(&m->text, "%s", eol);
	buf_fill(&m->text, ' ', 2 * roll(2) + 2);
}

static void make_element(struct made *m, const char *eol)
{
	const char *equals = m->json ? ":" : " =", *quote = m->json ? "\"" : "";

	switch (roll(4)) {
	case 0:
		buf_printf(&m->text, "{ %sk%s%s \"e%zu\" }", quote, quote, equals, m->n++);
		break;
	case 1:
		buf_printf(&m->text, "{%s    %sk%s%s \"e%zu\"%s  }", eol, quote, quote, equals,
			   m->n++, eol);
		break;
	default:
		buf_printf(&m->text, "\"e%zu\"", m->n++);
	}
}

static void make_list(struct made *m, const char *eol)
{
	size_t n = 1 + roll(MOST), tall = roll(4);

	buf_addc(&m->text, '[');
	if (tall)
		make_line_end(m, eol);
	for (size_t i = 0; i < n; i++) {
		if (!m->json && roll(12) == 0)
			buf_printf(&m->text, "/* b */ ");
		make_element(m, eol);
		if (!m->json && roll(16) == 0)
			buf_printf(&m->text, " /* a */");
		if (i + 1 < n && roll(20) == 0)
			buf_printf(&m->text, "%s", m->json ? eol : " ");
		if (i + 1 < n || (!m->json && roll(2)))
			buf_addc(&m->text, ',');
		if (tall && roll(6))
			make_line_end(m, eol);
		else if (roll(2))
			buf_addc(&m->text, ' ');
	}
	buf_addc(&m->text, ']');
}

static str make(struct arena *a, struct made *m)
{
	static const char *const eols[] = { "\n", "\n", "\r\n" };
	const char *eol = eols[roll(3)];
	str out;

	*m = (struct made){ .json = roll(2) };
	buf_printf(&m->text, m->json ? "{ \"l\": " : "a  = 1%sl = ", eol);
	make_list(m, eol);
	buf_printf(&m->text, m->json ? "}" : "%sz   = 2%s", eol, eol);
	out = str_dup(a, buf_str(&m->text));
	buf_free(&m->text);
	return out;
}

static const struct node *list_of(const struct editing *e)
{
	return editing_node(e, "[");
}

/* Names of the elements, e.g. "e0 e1 n0 ". */
static void add_names(const struct node *seq, struct buf *out)
{
	for (const struct node *c = seq->first; c; c = c->next) {
		str s = node_source(c);
		size_t open = str_find(s, S("\""), 0), close;

		if (c->kind == NODE_MAP && seq->tree->lang == LANG_JSON)
			open = str_find(s, S("\""), str_find(s, S(":"), 0));
		close = str_find(s, S("\""), open + 1);
		buf_add(out, str_sub(s, open + 1, close));
		buf_addc(out, ' ');
	}
}

/* Removes or inserts at random, noting in `want` what should come out. */
static void change(struct editing *e, const struct node *seq, struct buf *want)
{
	struct arena *a = e->arena;
	size_t i = 0, fresh = 0;

	for (const struct node *c = seq->first; c; c = c->next, i++) {
		const char *why = NULL;
		size_t before = e->edits.n;

		if (roll(3) == 0 && edit_remove_children(&e->edits, &c, 1, &why))
			continue;
		buf_printf(want, "e%zu ", i);
		for (size_t k = roll(5) == 0 ? 1 + roll(2) : 0; k > 0; k--) {
			struct shape *s = shape_text(a, str_fmt(a, "n%zu", fresh));
			struct shape *o = shape_object(a);

			shape_set(a, o, S("k"), s);
			if (edit_insert_after(&e->edits, c, roll(2) ? s : o, &why))
				buf_printf(want, "n%zu ", fresh++);
			else
				assert_non_null(why);
		}
		assert_true(e->edits.n >= before || why);
	}
}

static void check(struct editing *e, const struct made *m, str want)
{
	struct editing again;
	struct buf got = { 0 };
	str text;

	text = editing_result(e);
	editing_start(&again, e->arena, m->json ? "x.json" : "x.tf", str_z(e->arena, text));
	add_names(list_of(&again), &got);
	if (!str_eq(buf_str(&got), want))
		test_fail("want %.*s, got %.*s from:\n%.*s\nto:\n%.*s", STR_ARG(want),
			  STR_ARG(buf_str(&got)), STR_ARG(e->file->text), STR_ARG(text));
	buf_free(&got);
	for (size_t i = 0; i < m->comments; i++) {
		if (!editing_keeps(e, text, str_fmt(e->arena, "#c%zu;", i)))
			test_fail("comment %zu is lost from:\n%.*s\nin:\n%.*s", i,
				  STR_ARG(e->file->text), STR_ARG(text));
	}
}

static void lists_read_back_as_meant(void **state)
{
	(void)state;
	dice = 88172645463325252;
	for (size_t round = 0; round < ROUNDS; round++) {
		struct arena *a = arena_create();
		struct buf want = { 0 };
		struct editing e;
		struct made m;
		str text = make(a, &m);

		editing_start(&e, a, m.json ? "x.json" : "x.tf", str_z(a, text));
		change(&e, list_of(&e), &want);
		check(&e, &m, buf_str(&want));
		buf_free(&want);
		arena_destroy(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_read_back_as_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
