/* SPDX-License-Identifier: MIT */
#include "editing.h"

#define HCL "x.tf"
#define JSON "x.json"

struct row {
	const char *claim, *path, *before;
	const char *drop[4]; /* starts of the nodes that go */
	const char *after;   /* NULL: refused */
};

static const struct row rows[] = {
	/* lists over several lines */
	{ "an element takes its line with it",
	  HCL,
	  "a = [\n  \"a\",\n  \"b\",\n  \"c\",\n]\n",
	  { "\"b\"" },
	  "a = [\n  \"a\",\n  \"c\",\n]\n" },
	{ "the first element takes its line with it",
	  HCL,
	  "a = [\n  \"a\",\n  \"b\"\n]\n",
	  { "\"a\"" },
	  "a = [\n  \"b\"\n]\n" },
	{ "the new last element keeps the habit of no trailing comma",
	  HCL,
	  "a = [\n  \"a\",\n  \"b\"\n]\n",
	  { "\"b\"" },
	  "a = [\n  \"a\"\n]\n" },
	{ "the new last element keeps the habit of a trailing comma",
	  HCL,
	  "a = [\n  \"a\",\n  \"b\",\n]\n",
	  { "\"b\"" },
	  "a = [\n  \"a\",\n]\n" },
	{ "the last two elements go with their lines",
	  HCL,
	  "a = [\n  \"a\",\n  \"b\",\n  \"c\"\n]\n",
	  { "\"b\"", "\"c\"" },
	  "a = [\n  \"a\"\n]\n" },
	{ "the first and the last element go",
	  HCL,
	  "a = [\n  \"a\",\n  \"b\",\n  \"c\"\n]\n",
	  { "\"c\"", "\"a\"" },
	  "a = [\n  \"b\"\n]\n" },
	{ "all elements leave empty brackets",
	  HCL,
	  "a = [\n  \"a\",\n  \"b\"\n]\n",
	  { "\"a\"", "\"b\"" },
	  "a = []\n" },
	{ "CRLF lines go whole",
	  HCL,
	  "a = [\r\n  \"a\",\r\n  \"b\"\r\n]\r\n",
	  { "\"b\"" },
	  "a = [\r\n  \"a\"\r\n]\r\n" },
	{ "tabs and a missing final newline stay",
	  HCL,
	  "a = [\n\t\"a\",\n\t\"b\",\n]",
	  { "\"a\"" },
	  "a = [\n\t\"b\",\n]" },
	{ "an element over several lines takes them all",
	  HCL,
	  "a = [\n  {\n    b = 1\n  },\n  {\n    c = 1\n  }\n]\n",
	  { "{\n    b" },
	  "a = [\n  {\n    c = 1\n  }\n]\n" },
	{ "two blank lines do not meet",
	  HCL,
	  "a = [\n  \"a\",\n\n  \"b\",\n\n  \"c\"\n]\n",
	  { "\"b\"" },
	  "a = [\n  \"a\",\n\n  \"c\"\n]\n" },
	{ "a blank line does not stay before the bracket",
	  HCL,
	  "a = [\n  \"a\",\n\n  \"b\",\n]\n",
	  { "\"b\"" },
	  "a = [\n  \"a\",\n]\n" },
	{ "a comma on the next line is the next element's",
	  JSON,
	  "[ \"a\"\n, \"b\"\n, \"c\"\n]",
	  { "\"b\"" },
	  "[ \"a\"\n, \"c\"\n]" },
	{ "the last element goes with the comma before it",
	  JSON,
	  "[ \"a\"\n, \"b\"\n]",
	  { "\"b\"" },
	  "[ \"a\"\n]" },

	/* comments */
	{ "the comment of an element goes with it",
	  HCL,
	  "a = [\n  \"a\",\n  \"b\", # why\n  \"c\"\n]\n",
	  { "\"b\"" },
	  "a = [\n  \"a\",\n  \"c\"\n]\n" },
	{ "a comment line above stays",
	  HCL,
	  "a = [\n  # both\n  \"a\",\n  \"b\"\n]\n",
	  { "\"a\"" },
	  "a = [\n  # both\n  \"b\"\n]\n" },
	{ "comment lines stay when all elements go",
	  HCL,
	  "a = [\n  # none\n  \"a\", # why\n]\n",
	  { "\"a\"" },
	  "a = [\n  # none\n]\n" },
	{ "a comma before a comment stays",
	  HCL,
	  "a = [\n  \"a\", # why\n  \"b\"\n]\n",
	  { "\"b\"" },
	  "a = [\n  \"a\", # why\n]\n" },
	{ "aligned comments are aligned again",
	  HCL,
	  "a = [\n  \"a\",   # x\n  \"bbb\", # y\n  \"c\",   # z\n]\n",
	  { "\"bbb\"" },
	  "a = [\n  \"a\", # x\n  \"c\", # z\n]\n" },
	{ "comments that nobody aligned stay where they are",
	  HCL,
	  "a = [\n  \"a\",  # x\n  \"bbb\", # y\n  \"c\",   # z\n]\n",
	  { "\"bbb\"" },
	  "a = [\n  \"a\",  # x\n  \"c\",   # z\n]\n" },
	{ "a comment inside the element goes with it",
	  HCL,
	  "a = [\n  {\n    # c\n    b = 1\n  },\n  {\n    c = 1\n  }\n]\n",
	  { "{\n    #" },
	  "a = [\n  {\n    c = 1\n  }\n]\n" },
	{ "a comment between inline elements is not lost",
	  HCL,
	  "a = [\"a\", /* of b */ \"b\"]\n",
	  { "\"a\"" },
	  NULL },
	{ "a comment before an inline element is not lost",
	  HCL,
	  "a = [\"a\", /* of b */ \"b\"]\n",
	  { "\"b\"" },
	  NULL },
	{ "a comment behind an inline element is not lost",
	  HCL,
	  "a = [\"a\" /* of a */, \"b\"]\n",
	  { "\"a\"" },
	  NULL },
	{ "a comment before an element on its own line is not lost",
	  HCL,
	  "a = [\n  \"a\",\n  /* of b */ \"b\",\n  \"c\",\n]\n",
	  { "\"b\"" },
	  NULL },

	/* lists on one line */
	{ "the first inline element goes up to the next",
	  HCL,
	  "a = [\"a\", \"b\", \"c\"]\n",
	  { "\"a\"" },
	  "a = [\"b\", \"c\"]\n" },
	{ "a middle inline element goes up to the next",
	  HCL,
	  "a = [\"a\", \"b\", \"c\"]\n",
	  { "\"b\"" },
	  "a = [\"a\", \"c\"]\n" },
	{ "the last inline element goes with the comma before it",
	  HCL,
	  "a = [\"a\", \"b\", \"c\"]\n",
	  { "\"c\"" },
	  "a = [\"a\", \"b\"]\n" },
	{ "all inline elements go",
	  HCL,
	  "a = [ \"a\", \"b\" ]\n",
	  { "\"a\"", "\"b\"" },
	  "a = []\n" },
	{ "the blanks inside of brackets stay",
	  JSON,
	  "[ \"a\", \"b\" ]",
	  { "\"b\"" },
	  "[ \"a\" ]" },
	{ "a trailing comma stays in an inline list",
	  HCL,
	  "a = [\"a\", \"b\",]\n",
	  { "\"b\"" },
	  "a = [\"a\",]\n" },
	{ "the last two inline elements go",
	  JSON,
	  "[\"a\",\"b\",\"c\"]",
	  { "\"b\"", "\"c\"" },
	  "[\"a\"]" },

	/* elements that share lines */
	{ "the first of two on a line goes alone",
	  HCL,
	  "a = [\n  \"a\", \"b\",\n  \"c\"\n]\n",
	  { "\"a\"" },
	  "a = [\n  \"b\",\n  \"c\"\n]\n" },
	{ "the second of two on a line goes alone",
	  HCL,
	  "a = [\n  \"a\", \"b\",\n  \"c\"\n]\n",
	  { "\"b\"" },
	  "a = [\n  \"a\",\n  \"c\"\n]\n" },
	{ "both on a line take it with them",
	  HCL,
	  "a = [\n  \"a\", \"b\",\n  \"c\"\n]\n",
	  { "\"a\"", "\"b\"" },
	  "a = [\n  \"c\"\n]\n" },
	{ "the end of one line and the start of the next go",
	  HCL,
	  "a = [\n  \"a\", \"b\",\n  \"c\", \"d\"\n]\n",
	  { "\"b\"", "\"c\"" },
	  "a = [\n  \"a\",\n  \"d\"\n]\n" },
	{ "the last element shares its line with the bracket",
	  HCL,
	  "a = [\n  \"a\",\n  \"b\"]\n",
	  { "\"b\"" },
	  "a = [\n  \"a\"]\n" },
	{ "the first element shares its line with the bracket",
	  HCL,
	  "a = [\"a\",\n  \"b\",\n  \"c\",\n]\n",
	  { "\"a\"", "\"b\"" },
	  "a = [\"c\",\n]\n" },
	{ "the first of two objects with common lines goes",
	  HCL,
	  "a = [{\n  b = 1\n  }, {\n  c = 1\n}]\n",
	  { "{\n  b" },
	  "a = [{\n  c = 1\n}]\n" },
	{ "the last of two objects with common lines goes, and the brace takes its place",
	  HCL,
	  "a = [{\n  b = 1\n  }, {\n  c = 1\n}]\n",
	  { "{\n  c" },
	  "a = [{\n  b = 1\n}]\n" },
	{ "a middle object with common lines goes",
	  JSON,
	  "[\n  {\n    \"a\": 1\n  }, {\n    \"b\": 1\n  }, {\n    \"c\": 1\n  }\n]\n",
	  { "{\n    \"b\"" },
	  "[\n  {\n    \"a\": 1\n  }, {\n    \"c\": 1\n  }\n]\n" },
	{ "nothing may follow a heredoc", HCL, "a = [<<E\nx\nE\n, \"b\"]\n", { "\"b\"" }, NULL },

	/* objects and bodies */
	{ "a pair takes its line, the others are aligned again",
	  HCL,
	  "a = {\n  b        = 1\n  long_key = 2\n  c        = 3\n}\n",
	  { "long_key" },
	  "a = {\n  b = 1\n  c = 3\n}\n" },
	{ "groups that meet are aligned together",
	  HCL,
	  "a = {\n  b = 1\n  m = [\n    2\n  ]\n  cc = 3\n}\n",
	  { "m" },
	  "a = {\n  b  = 1\n  cc = 3\n}\n" },
	{ "pairs that nobody aligned stay as they are",
	  HCL,
	  "a = {\n  b = 1\n  long_key = 2\n  ccc = 3\n}\n",
	  { "long_key" },
	  "a = {\n  b = 1\n  ccc = 3\n}\n" },
	{ "a heredoc takes part in aligning",
	  HCL,
	  "b    = 1\nlong = 2\nc    = <<E\nx\nE\n",
	  { "long" },
	  "b = 1\nc = <<E\nx\nE\n" },
	{ "an inline pair goes", HCL, "a = { b = 1, c = 2 }\n", { "c" }, "a = { b = 1 }\n" },
	{ "all pairs leave empty braces", HCL, "a = { b = 1, c = 2 }\n", { "b", "c" }, "a = {}\n" },
	{ "a JSON pair goes with the comma before it",
	  JSON,
	  "{\n  \"a\": 1,\n  \"b\": [\n    2\n  ]\n}\n",
	  { "\"b\"" },
	  "{\n  \"a\": 1\n}\n" },
	{ "an argument takes its line",
	  HCL,
	  "r \"a\" {\n  bb = 1\n  c  = 2\n}\n",
	  { "bb" },
	  "r \"a\" {\n  c = 2\n}\n" },
	{ "an argument of a block on one line stays", HCL, "r \"a\" { b = 1 }\n", { "b" }, NULL },

	/* JSON in a heredoc */
	{ "an element of JSON in a heredoc goes",
	  HCL,
	  "p = <<-E\n  {\"A\": [\n    \"a\",\n    \"${x.y[\"k\"]}/*\"\n  ]}\n  E\n",
	  { "\"${" },
	  "p = <<-E\n  {\"A\": [\n    \"a\"\n  ]}\n  E\n" },
};

static void start(struct editing *e, struct arena *a, const struct row *row,
		  const struct node **nodes, size_t *n)
{
	editing_start(e, a, row->path, row->before);
	for (*n = 0; *n < COUNT(row->drop) && row->drop[*n]; ++*n)
		nodes[*n] = editing_node(e, row->drop[*n]);
}

static void elements_go(void **state)
{
	struct arena *a = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct node *nodes[COUNT(rows[i].drop)];
		const char *why = NULL;
		struct editing e;
		size_t n;
		bool ok;

		start(&e, a, &rows[i], nodes, &n);
		ok = edit_remove_children(&e.edits, nodes, n, &why);
		if (ok != (rows[i].after != NULL))
			test_fail("%s: %s", rows[i].claim, ok ? "not refused" : why);
		if (ok)
			editing_expect(&e, rows[i].claim, rows[i].after);
		else
			assert_int_equal(e.edits.n, 0);
	}
}

static void calls_for_one_list_work_like_one_call(void **state)
{
	struct arena *a = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct node *nodes[COUNT(rows[i].drop)];
		const char *why = NULL;
		struct editing e;
		size_t n;

		start(&e, a, &rows[i], nodes, &n);
		for (size_t k = 0; k < n && rows[i].after; k++)
			assert_true(edit_remove_children(&e.edits, &nodes[n - 1 - k], 1, &why));
		if (rows[i].after)
			editing_expect(&e, rows[i].claim, rows[i].after);
	}
}

static void a_refused_element_leaves_the_earlier_ones(void **state)
{
	const struct node *a, *b;
	const char *why = NULL;
	struct editing e;

	editing_start(&e, *state, HCL, "a = [\n  \"a\",\n  \"b\", /* c */ \"c\",\n]\n");
	a = editing_node(&e, "\"a\"");
	b = editing_node(&e, "\"b\"");
	assert_true(edit_remove_children(&e.edits, &a, 1, &why));
	assert_false(edit_remove_children(&e.edits, &b, 1, &why));
	assert_non_null(why);
	editing_expect(&e, "refused", "a = [\n  \"b\", /* c */ \"c\",\n]\n");
}

static void elements_of_two_lists_need_two_calls(void **state)
{
	const struct node *nodes[2];
	const char *why = NULL;
	struct editing e;

	editing_start(&e, *state, HCL, "a = [\"a\"]\nb = [\"b\"]\n");
	nodes[0] = editing_node(&e, "\"a\"");
	nodes[1] = editing_node(&e, "\"b\"");
	assert_false(edit_remove_children(&e.edits, nodes, 2, &why));
	assert_int_equal(e.edits.n, 0);
	assert_true(edit_remove_children(&e.edits, &nodes[0], 1, &why));
	assert_true(edit_remove_children(&e.edits, &nodes[1], 1, &why));
	editing_expect(&e, "two lists", "a = []\nb = []\n");
}

static const struct row blocks[] = {
	{ "a block goes with one blank line",
	  HCL,
	  "r \"a\" {\n}\n\nr \"b\" {\n}\n\nr \"c\" {\n}\n",
	  { "r \"b\"" },
	  "r \"a\" {\n}\n\nr \"c\" {\n}\n" },
	{ "the first block leaves no blank line",
	  HCL,
	  "r \"a\" {\n}\n\nr \"b\" {\n}\n",
	  { "r \"a\"" },
	  "r \"b\" {\n}\n" },
	{ "the last block leaves no blank line",
	  HCL,
	  "r \"a\" {\n}\n\nr \"b\" {\n}\n",
	  { "r \"b\"" },
	  "r \"a\" {\n}\n" },
	{ "neighbouring blocks leave one blank line",
	  HCL,
	  "r \"a\" {\n}\n\nr \"b\" {\n}\n\nr \"c\" {\n}\n\nr \"d\" {\n}\n",
	  { "r \"b\"", "r \"c\"" },
	  "r \"a\" {\n}\n\nr \"d\" {\n}\n" },
	{ "all blocks leave an empty file",
	  HCL,
	  "r \"a\" {\n}\n\nr \"b\" {\n}\n",
	  { "r \"b\"", "r \"a\"" },
	  "" },
	{ "comments directly above go with the block",
	  HCL,
	  "# file\n\n# one\n/* two\n */\n// three\nr \"a\" {\n}\n\nr \"b\" {\n}\n",
	  { "r \"a\"" },
	  "# file\n\nr \"b\" {\n}\n" },
	{ "a comment above a blank line stays",
	  HCL,
	  "r \"b\" {\n}\n\n# section\n\nr \"a\" {\n}\n",
	  { "r \"a\"" },
	  "r \"b\" {\n}\n\n# section\n" },
	{ "the comment of another line stays",
	  HCL,
	  "a = 1 # one\nr \"a\" {\n}\n",
	  { "r \"a\"" },
	  "a = 1 # one\n" },
	{ "a nested block leaves its body tidy",
	  HCL,
	  "d \"a\" {\n  x = 1\n\n  statement {\n    a = 1\n  }\n\n  statement {\n    b = 1\n"
	  "  }\n}\n",
	  { "statement {\n    b" },
	  "d \"a\" {\n  x = 1\n\n  statement {\n    a = 1\n  }\n}\n" },
	{ "all nested blocks leave their body tidy",
	  HCL,
	  "d \"a\" {\n  statement {\n    a = 1\n  }\n\n  statement {\n    b = 1\n  }\n}\n",
	  { "statement {\n    a", "statement {\n    b" },
	  "d \"a\" {\n}\n" },
	{ "arguments that meet are aligned",
	  HCL,
	  "d \"a\" {\n  x = 1\n  s {\n  }\n  long = 2\n}\n",
	  { "s" },
	  "d \"a\" {\n  x    = 1\n  long = 2\n}\n" },
	{ "CRLF and no final newline",
	  HCL,
	  "r \"a\" {\r\n}\r\n\r\nr \"b\" {\r\n}",
	  { "r \"b\"" },
	  "r \"a\" {\r\n}\r\n" },
	{ "a block that shares its line stays", HCL, "/* c */ r \"a\" {\n}\n", { "r" }, NULL },
	{ "a .tf.json block is a pair",
	  "x.tf.json",
	  "{\n  \"data\": {\n    \"a\": {},\n    \"b\": {}\n  }\n}\n",
	  { "\"b\"" },
	  "{\n  \"data\": {\n    \"a\": {}\n  }\n}\n" },
};

static void blocks_go(void **state)
{
	struct arena *a = *state;

	for (size_t i = 0; i < COUNT(blocks); i++) {
		const struct node *nodes[COUNT(blocks[i].drop)];
		const char *why = NULL;
		struct editing e;
		size_t n;

		start(&e, a, &blocks[i], nodes, &n);
		for (size_t k = 0; k < n; k++) {
			bool ok = edit_remove_block(&e.edits, nodes[k], &why);

			if (ok != (blocks[i].after != NULL))
				test_fail("%s: %s", blocks[i].claim, ok ? "not refused" : why);
		}
		if (blocks[i].after)
			editing_expect(&e, blocks[i].claim, blocks[i].after);
	}
}

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

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(elements_go),
		TEST(calls_for_one_list_work_like_one_call),
		TEST(a_refused_element_leaves_the_earlier_ones),
		TEST(elements_of_two_lists_need_two_calls),
		TEST(blocks_go),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
