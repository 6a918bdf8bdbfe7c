/* SPDX-License-Identifier: MIT */
/* Removal from YAML. */
#include "editing.h"

#define YAML "x.yaml"

struct row {
	const char *claim, *before;
	const char *drop[3]; /* see editing_at(); ends with NULL */
	const char *after;   /* NULL: refused */
};

static const struct row rows[] = {
	{ "an element",
	  "a:\n  - x\n  - y # y\n  # z\n  - z\n",
	  { "a.1" },
	  "a:\n  - x\n  # z\n  - z\n" },
	{ "the first element", "- x\n- y\n", { "0" }, "- y\n" },
	{ "the last element", "- x\n- y\n", { "1" }, "- x\n" },
	{ "the last element without a final newline", "- x\n- y", { "1" }, "- x" },
	{ "CRLF", "- x\r\n- y\r\n", { "0" }, "- y\r\n" },
	{ "an element over lines",
	  "- x\n-\n  # inner\n  a: b\n  c: |\n    d\n\n- y\n",
	  { "1" },
	  "- x\n\n- y\n" },
	{ "two elements", "- x\n# y\n- y\n- z\n", { "0", "2" }, "# y\n- y\n" },
	{ "all elements",
	  "a: # c\n  - x # x\n  # y\n  - y\nb: c\n",
	  { "a.0", "a.1" },
	  "a: [] # c\n  # y\nb: c\n" },
	{ "all elements that are not indented", "a:\n- x\nb: c\n", { "a.0" }, "a: []\nb: c\n" },
	{ "all elements of the document", "- x\n- y\n", { "0", "1" }, "[]\n" },
	{ "all elements of an element", "- - x\n  - y\n- z\n", { "0.0", "0.1" }, "- []\n- z\n" },
	{ "the first of compact elements", "- - x\n  - y\n- z\n", { "0.0" }, "- - y\n- z\n" },
	{ "the last of compact elements", "- - x\n  - y\n- z\n", { "0.1" }, "- - x\n- z\n" },
	{ "a pair", "a: b\nc: d # d\ne: f\n", { "c!" }, "a: b\ne: f\n" },
	{ "the first pair of an element",
	  "- a: b # b\n  c: d\n- e\n",
	  { "0.a!" },
	  "- c: d\n- e\n" },
	{ "all pairs", "a:\n  b: c\n  d:\n    - e\nf: g\n", { "a.b!", "a.d!" }, "a: {}\nf: g\n" },
	{ "a comment between what goes and the next pair",
	  "- a: b\n  # c\n  c: d\n",
	  { "0.a!" },
	  NULL },
	{ "in brackets", "a: [x, y, z]\n", { "a.1" }, "a: [x, z]\n" },
	{ "the last in brackets", "a: [ x, y ] # c\n", { "a.1" }, "a: [ x ] # c\n" },
	{ "all in brackets", "a: !If [x, y]\nb: [c]\n", { "b.0" }, "a: !If [x, y]\nb: []\n" },
	{ "in brackets over lines", "a: [\n  x, # x\n  y,\n  ]\n", { "a.0" }, "a: [\n  y,\n  ]\n" },
	{ "a pair in braces", "a: {b: c, d: e}\n", { "a.b!" }, "a: {d: e}\n" },
	{ "of a list with a tag", "a: !Join\n  - x\n", { "a.0" }, NULL },
	{ "under an anchor", "a: &a\n  - x\n  - y\nb: *a\n", { "a.0" }, NULL },
	{ "what holds an anchor", "a:\n  - x: &x y\n  - z\nb: *x\n", { "a.0" }, NULL },
	{ "what is an alias", "a: &x y\nb:\n  - *x\n  - z\n", { "b.0" }, NULL },
	{ "a merge", "a: &x\n  y: z\nb:\n  <<: *x\n  c: d\n", { "b.<<!" }, NULL },
	{ "a pair without braces", "[a: b]\n", { "0.a!" }, NULL },
	{ "beside nothing in brackets", "[a: , b]\n", { "1" }, NULL },
	{ "behind a literal block", "- |\n  x\n\n- y\n- z\n", { "1" }, "- |\n  x\n\n- z\n" },
	{ "behind a block that keeps blank lines", "- |+\n  x\n\n- y\n- z\n", { "1" }, NULL },
	{ "a comment that a block would take in", "- |\n  x\n- y\n  # deep\n- z\n", { "1" }, NULL },
	{ "a comment that a block would not take in",
	  "- |\n  x\n- y\n# high\n- z\n",
	  { "1" },
	  "- |\n  x\n# high\n- z\n" },
	{ "a comment that a block would take in at the end",
	  "a:\n  - |\n    x\n  - y\n\n      # deep\n",
	  { "a.1" },
	  NULL },
	{ "blank lines stay as many as they were",
	  "a: b\n\nc: d\n\ne: f\n",
	  { "c!" },
	  "a: b\n\ne: f\n" },
	{ "an empty element", "- x\n-\n- y\n", { "1" }, "- x\n- y\n" },
	{ "a statement",
	  "Statement:\n  - Effect: Allow\n    Action: x\n  # two\n  - Effect: Allow\n    Action:\n "
	  "     - y\n",
	  { "Statement.0" },
	  "Statement:\n  # two\n  - Effect: Allow\n    Action:\n      - y\n" },
};

static int setup(void **state)
{
	*state = arena_create();
	return 0;
}

static int teardown(void **state)
{
	arena_destroy(*state);
	return 0;
}

static size_t find(const struct editing *e, const struct row *r, const struct node **nodes)
{
	size_t n = 0;

	for (; n < COUNT(r->drop) && r->drop[n]; n++)
		nodes[n] = editing_at(e, r->drop[n]);
	return n;
}

static void lines_go_and_others_stay(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct node *nodes[COUNT(rows[i].drop)];
		const char *why = NULL;
		struct editing e;
		bool ok;

		editing_start(&e, *state, YAML, rows[i].before);
		ok = edit_remove_children(&e.edits, nodes, find(&e, &rows[i], nodes), &why);
		if (ok != (rows[i].after != NULL))
			test_fail("%s: %s", rows[i].claim, ok ? "not refused" : why);
		if (ok)
			editing_expect(&e, rows[i].claim, rows[i].after);
		else if (!why || e.edits.n)
			test_fail("%s: no reason, or an edit", rows[i].claim);
	}
}

static void calls_for_one_list_work_like_one_call(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct node *nodes[COUNT(rows[i].drop)];
		const char *why = NULL;
		struct editing e;
		size_t n;

		editing_start(&e, *state, YAML, rows[i].before);
		n = find(&e, &rows[i], nodes);
		for (size_t k = 0; k < n && rows[i].after; k++)
			assert_true(edit_remove_block(&e.edits, nodes[n - 1 - k], &why));
		if (rows[i].after)
			editing_expect(&e, rows[i].claim, rows[i].after);
	}
}

static void removal_and_insertion_meet(void **state)
{
	const struct node *b;
	const char *why = NULL;
	struct editing e;

	editing_start(&e, *state, YAML, "- a # a\n- b # b\n- c\n");
	b = editing_at(&e, "1");
	assert_true(edit_insert_after(&e.edits, editing_at(&e, "0"),
				      editing_shape(e.arena, "\"x\""), &why));
	assert_true(edit_remove_children(&e.edits, &b, 1, &why));
	assert_true(edit_append_element(&e.edits, editing_at(&e, ""),
					editing_shape(e.arena, "\"z\""), &why));
	editing_expect(&e, "both", "- a # a\n- x\n- c\n- z\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_go_and_others_stay),
		TEST(calls_for_one_list_work_like_one_call),
		TEST(removal_and_insertion_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
