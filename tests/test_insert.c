/* SPDX-License-Identifier: MIT */
#include "editing.h"

#define HCL "x.tf"
#define JSON "x.json"
#define TF_JSON "x.tf.json"

enum op { APPEND, AFTER, WRAP, STATEMENT, STATEMENT_AFTER, ARGUMENT, BLOCKS, STRINGS };

struct row {
	const char *claim, *path, *before;
	enum op op;
	const char *place, *what; /* start of the node; JSON of the shape, or the text of blocks */
	const char *after;        /* NULL: refused */
};

static bool edit(struct editing *e, enum op op, const struct node *n, const char *what,
		 const char **why)
{
	struct edits *es = &e->edits;
	struct shape *s = op == BLOCKS ? NULL : editing_shape(e->arena, what);
	struct strs strings = { 0 };

	switch (op) {
	case APPEND:
		return edit_append_element(es, n, s, why);
	case AFTER:
		return edit_insert_after(es, n, s, why);
	case WRAP:
		return edit_wrap_append(es, n, s, why);
	case STATEMENT:
		n = n->kind == NODE_BLOCK ? n->last : n;
		return edit_append_statement_block(es, n, NULL, s, why);
	case STATEMENT_AFTER:
		return edit_append_statement_block(es, n->parent, n, s, why);
	case ARGUMENT:
		n = n->kind == NODE_BLOCK ? n->last : n;
		return edit_add_policy_argument(es, n, S("policy"), s, why);
	case BLOCKS:
		return edit_insert_blocks_after(es, n, str_from(what), why);
	case STRINGS:
		for (size_t i = 0; i < s->n; i++)
			strs_add(e->arena, &strings, s->v[i].value->text);
		return edit_replace_strings(es, n, &strings, why);
	}
	return false;
}

static void run(struct arena *a, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *why = NULL;
		struct editing e;
		bool ok;

		editing_start(&e, a, rows[i].path, rows[i].before);
		ok = edit(&e, rows[i].op, editing_node(&e, rows[i].place), rows[i].what, &why);
		if (ok != (rows[i].after != NULL))
			test_fail("%s: %s", rows[i].claim, ok ? "not refused" : why);
		if (ok)
			editing_expect(&e, rows[i].claim, rows[i].after);
		else if (!why || e.edits.n)
			test_fail("%s: no reason, or an edit", rows[i].claim);
	}
}

static const struct row elements[] = {
	{ "a line in a list over several lines", HCL, "a = [\n  \"a\",\n  \"b\",\n]\n", APPEND, "[",
	  "\"c\"", "a = [\n  \"a\",\n  \"b\",\n  \"c\",\n]\n" },
	{ "no trailing comma if there was none", HCL, "a = [\n  \"a\"\n]\n", APPEND, "[", "\"c\"",
	  "a = [\n  \"a\",\n  \"c\"\n]\n" },
	{ "a line in the middle", HCL, "a = [\n  \"a\",\n  \"b\"\n]\n", AFTER, "\"a\"", "\"c\"",
	  "a = [\n  \"a\",\n  \"c\",\n  \"b\"\n]\n" },
	{ "behind the comment of the element before", HCL, "a = [\n  \"a\", # why\n  \"b\"\n]\n",
	  AFTER, "\"a\"", "\"c\"", "a = [\n  \"a\", # why\n  \"c\",\n  \"b\"\n]\n" },
	{ "behind the comment of the last element, which gets its comma", HCL,
	  "a = [\n  \"a\" # why\n]\n", APPEND, "[", "\"c\"",
	  "a = [\n  \"a\", # why\n  \"c\",\n]\n" },
	{ "behind a comment before the comma", HCL, "a = [\"a\" /* x */, \"b\"]\n", AFTER, "\"a\"",
	  "\"c\"", "a = [\"a\" /* x */, \"c\", \"b\"]\n" },
	{ "before the comment of the next element", HCL, "a = [\"a\", /* x */ \"b\"]\n", AFTER,
	  "\"a\"", "\"c\"", "a = [\"a\", \"c\", /* x */ \"b\"]\n" },
	{ "in a list on one line", HCL, "a = [\"a\"]\n", APPEND, "[", "\"c\"",
	  "a = [\"a\", \"c\"]\n" },
	{ "with the blanks of the list", JSON, "[ \"a\",\"b\" ]", APPEND, "[", "\"c\"",
	  "[ \"a\",\"b\",\"c\" ]" },
	{ "on a line that elements share", HCL, "a = [\n  \"a\", \"b\",\n  \"c\"\n]\n", AFTER,
	  "\"b\"", "\"d\"", "a = [\n  \"a\", \"b\", \"d\",\n  \"c\"\n]\n" },
	{ "with CRLF and tabs", HCL, "a = [\r\n\t\"a\",\r\n]\r\n", APPEND, "[", "\"c\"",
	  "a = [\r\n\t\"a\",\r\n\t\"c\",\r\n]\r\n" },
	{ "before a comma on the next line", JSON, "[ \"a\"\n, \"b\"\n]", AFTER, "\"a\"", "\"c\"",
	  "[ \"a\", \"c\"\n, \"b\"\n]" },
	{ "a text into an empty list", HCL, "a = []\n", APPEND, "[", "\"c\"", "a = [\"c\"]\n" },
	{ "an object into an empty list", HCL, "a = {\n  b = []\n}\n", APPEND, "[",
	  "{\"c\": \"d\"}", "a = {\n  b = [\n    {\n      c = \"d\"\n    }\n  ]\n}\n" },
	{ "an empty list with a comment is left", HCL, "a = [\n  # c\n]\n", APPEND, "[", "\"c\"",
	  NULL },
	{ "nothing follows a heredoc", HCL, "a = [<<E\nx\nE\n]\n", APPEND, "[", "\"c\"", NULL },
	{ "a list is wanted", HCL, "a = {}\n", APPEND, "{", "\"c\"", NULL },
	{ "the brace of the last object moves as terraform fmt moves it", HCL,
	  "a = [{\n  b = \"1\"\n}]\n", APPEND, "[", "{\"b\": \"2\"}",
	  "a = [{\n  b = \"1\"\n  }, {\n  b = \"2\"\n}]\n" },
	{ "the brace of a middle object stays", HCL,
	  "a = [{\n  b = \"1\"\n  }, {\n  b = \"2\"\n}]\n", AFTER, "{\n  b = \"1\"",
	  "{\"b\": \"3\"}", "a = [{\n  b = \"1\"\n  }, {\n  b = \"3\"\n  }, {\n  b = \"2\"\n}]\n" },
	{ "braces in JSON stay", JSON, "[{\n  \"b\": \"1\"\n}]", APPEND, "[", "{\"b\": \"2\"}",
	  "[{\n  \"b\": \"1\"\n}, {\n  \"b\": \"2\"\n}]" },
};

static void elements_come_in(void **state)
{
	run(*state, elements, COUNT(elements));
}

/* A scalar is no child of a list: it is found through its pair. */
static void a_single_value_becomes_a_list(void **state)
{
	static const struct wrap_row {
		const char *path, *before, *pair, *what, *after;
	} table[] = {
		{ HCL, "a = {\n  AWS = x.y # c\n}\n", "AWS", "\"<z.w>\"",
		  "a = {\n  AWS = [x.y, z.w] # c\n}\n" },
		{ JSON, "{\"AWS\":\"x\"}", "\"AWS\"", "\"y\"", "{\"AWS\":[\"x\",\"y\"]}" },
		{ JSON, "{\n  \"S\": {\n    \"E\": \"x\"\n  }\n}\n", "\"S\"", "{\"E\": \"y\"}",
		  "{\n  \"S\": [{\n    \"E\": \"x\"\n  }, {\n    \"E\": \"y\"\n  }]\n}\n" },
		{ HCL, "a = {\n  S = {\n    E = \"x\"\n  }\n}\n", "S", "{\"E\": \"y\"}",
		  "a = {\n  S = [{\n    E = \"x\"\n    }, {\n    E = \"y\"\n  }]\n}\n" },
		{ HCL, "a = {\n  S = <<E\nx\nE\n}\n", "S", "\"y\"", NULL },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		const char *why = NULL;
		struct editing e;
		bool ok;

		editing_start(&e, *state, table[i].path, table[i].before);
		ok = edit(&e, WRAP, editing_node(&e, table[i].pair)->last, table[i].what, &why);
		assert_int_equal(ok, table[i].after != NULL);
		if (ok)
			editing_expect(&e, table[i].before, table[i].after);
	}
}

static void calls_for_one_place_add_up(void **state)
{
	static const struct twice_row {
		enum op op;
		const char *path, *before, *place, *after;
	} table[] = {
		{ APPEND, HCL, "a = [\n  \"a\"\n]\n", "[",
		  "a = [\n  \"a\",\n  \"x\",\n  \"y\"\n]\n" },
		{ APPEND, HCL, "a = [\n  \"a\" # c\n]\n", "[",
		  "a = [\n  \"a\", # c\n  \"x\",\n  \"y\",\n]\n" },
		{ APPEND, HCL, "a = [\"a\"]\n", "[", "a = [\"a\", \"x\", \"y\"]\n" },
		{ APPEND, HCL, "a = []\n", "[", "a = [\"x\", \"y\"]\n" },
		{ WRAP, JSON, "[\"a\"]", "\"a\"", "[[\"a\", \"x\", \"y\"]]" },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		const char *why = NULL;
		const struct node *n;
		struct editing e;

		editing_start(&e, *state, table[i].path, table[i].before);
		n = editing_node(&e, table[i].place);
		assert_true(edit(&e, table[i].op, n, "\"x\"", &why));
		assert_true(edit(&e, table[i].op, n, "\"y\"", &why));
		editing_expect(&e, table[i].before, table[i].after);
	}
}

/* The brace of each element but the last stands where terraform fmt wants it. */
static void objects_for_one_place_add_up(void **state)
{
	static const struct pair_row {
		enum op op;
		const char *before, *place, *after;
	} table[] = {
		{ APPEND, "a = [{\n  b = 1\n}]\n", "[",
		  "a = [{\n  b = 1\n  }, {\n  x = \"1\"\n  }, {\n  y = \"2\"\n}]\n" },
		{ WRAP, "a = {\n  b = 1\n}\n", "{",
		  "a = [{\n  b = 1\n  }, {\n  x = \"1\"\n  }, {\n  y = \"2\"\n}]\n" },
		{ APPEND, "a = []\n", "[",
		  "a = [\n  {\n    x = \"1\"\n  },\n  {\n    y = \"2\"\n  }\n]\n" },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		const char *why = NULL;
		const struct node *n;
		struct editing e;

		editing_start(&e, *state, HCL, table[i].before);
		n = editing_node(&e, table[i].place);
		assert_true(edit(&e, table[i].op, n, "{\"x\": \"1\"}", &why));
		assert_true(edit(&e, table[i].op, n, "{\"y\": \"2\"}", &why));
		editing_expect(&e, table[i].before, table[i].after);
	}
}

/* An insertion and the removal of the element behind it know nothing of each other. */
static void insertions_and_removals_meet(void **state)
{
	static const struct meet_row {
		const char *path, *before, *after_node, *drop, *after;
	} table[] = {
		{ HCL, "a = [\n  \"a\",\n  \"b\"\n]\n", "\"a\"", "\"b\"",
		  "a = [\n  \"a\",\n  \"x\"\n]\n" },
		{ HCL, "a = [\n  \"a\", # c\n  \"b\"\n]\n", "\"a\"", "\"b\"",
		  "a = [\n  \"a\", # c\n  \"x\",\n]\n" },
		{ JSON, "[\"a\", \"b\"]", "\"a\"", "\"b\"", "[\"a\", \"x\"]" },
		{ JSON, "[\"a\", \"b\", \"c\"]", "\"b\"", "\"a\"", "[\"b\", \"x\", \"c\"]" },
		{ HCL, "a = [\n  \"a\",\n  \"b\",\n  \"c\"\n]\n", "\"b\"", "\"c\"",
		  "a = [\n  \"a\",\n  \"b\",\n  \"x\"\n]\n" },
	};

	for (size_t i = 0; i < 2 * COUNT(table); i++) {
		const struct meet_row *row = &table[i / 2];
		const struct node *drop;
		const char *why = NULL;
		struct editing e;

		editing_start(&e, *state, row->path, row->before);
		drop = editing_node(&e, row->drop);
		if (i % 2)
			assert_true(edit_remove_children(&e.edits, &drop, 1, &why));
		assert_true(edit(&e, AFTER, editing_node(&e, row->after_node), "\"x\"", &why));
		if (!(i % 2))
			assert_true(edit_remove_children(&e.edits, &drop, 1, &why));
		editing_expect(&e, row->before, row->after);
	}
}

static const struct row blocks[] = {
	{ "blocks stand apart", HCL, "r \"a\" {\n}\n\nr \"c\" {\n}\n", BLOCKS, "r \"a\"",
	  "r \"b\" {\n  x = 1\n}\n", "r \"a\" {\n}\n\nr \"b\" {\n  x = 1\n}\n\nr \"c\" {\n}\n" },
	{ "blocks at the end of the file", HCL, "r \"a\" {\n}\n", BLOCKS, "r \"a\"",
	  "r \"b\" {\n}\n", "r \"a\" {\n}\n\nr \"b\" {\n}\n" },
	{ "blocks at an end without a line ending", HCL, "r \"a\" {\r\n}", BLOCKS, "r \"a\"",
	  "r \"b\" {\n}\n", "r \"a\" {\r\n}\r\n\r\nr \"b\" {\r\n}" },
	{ "blocks behind a comment, in CRLF", HCL, "r \"a\" {\r\n} # c\r\nr \"c\" {\r\n}\r\n",
	  BLOCKS, "r \"a\"", "r \"b\" {\n}\n",
	  "r \"a\" {\r\n} # c\r\n\r\nr \"b\" {\r\n}\r\n\r\nr \"c\" {\r\n}\r\n" },
};

static void blocks_come_in(void **state)
{
	run(*state, blocks, COUNT(blocks));
}

static void blocks_after_one_block_stand_apart_once(void **state)
{
	const char *why = NULL;
	const struct node *n;
	struct editing e;

	editing_start(&e, *state, HCL, "r \"a\" {\n}\nr \"z\" {\n}\n");
	n = editing_node(&e, "r \"a\"");
	assert_true(edit_insert_blocks_after(&e.edits, n, S("r \"b\" {\n}\n"), &why));
	assert_true(edit_insert_blocks_after(&e.edits, n, S("r \"c\" {\n}\n"), &why));
	assert_true(edit_insert_blocks_after(&e.edits, n, S("r \"b\" {\n}\n"), &why));
	editing_expect(&e, "two blocks",
		       "r \"a\" {\n}\n\nr \"b\" {\n}\n\nr \"c\" {\n}\n\nr \"z\" {\n}\n");
}

#define POLICY "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"A\", \"Effect\": \"B\"}]}"
#define POLICY_HCL                                                                          \
	"policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [\n      {\n" \
	"        Sid    = \"A\"\n        Effect = \"B\"\n      }\n    ]\n  })\n"

static const struct row arguments[] = {
	{ "after the last argument on one line", HCL,
	  "r \"a\" {\n  d   = \"x\"\n  eee = \"y\" # c\n  tags = {\n    a = 1\n  }\n\n  n {\n"
	  "    z = 1\n  }\n}\n",
	  ARGUMENT, "r", POLICY,
	  "r \"a\" {\n  d   = \"x\"\n  eee = \"y\" # c\n  " POLICY_HCL
	  "  tags = {\n    a = 1\n  }\n\n  n {\n    z = 1\n  }\n}\n" },
	{ "after an argument over several lines when there is no other", HCL,
	  "r \"a\" {\n  tags = {\n    a = 1\n  }\n}\n", ARGUMENT, "r", POLICY,
	  "r \"a\" {\n  tags = {\n    a = 1\n  }\n  " POLICY_HCL "}\n" },
	{ "into an empty block on one line", HCL, "r \"a\" {}\n", ARGUMENT, "r", POLICY,
	  "r \"a\" {\n  " POLICY_HCL "}\n" },
	{ "into an empty block", HCL, "r \"a\" {\n}\n", ARGUMENT, "r", POLICY,
	  "r \"a\" {\n  " POLICY_HCL "}\n" },
	{ "before nested blocks", HCL, "r \"a\" {\n  n {\n  }\n}\n", ARGUMENT, "r", POLICY,
	  "r \"a\" {\n  " POLICY_HCL "  n {\n  }\n}\n" },
	{ "into a block on one line", HCL, "r \"a\" { d = 1 }\n", ARGUMENT, "r", POLICY,
	  "r \"a\" {\n  d = 1\n  " POLICY_HCL "}\n" },
	{ "not over a comment on one line", HCL, "r \"a\" { d = 1 /* c */ }\n", ARGUMENT, "r",
	  POLICY, NULL },
	{ "as a JSON string", TF_JSON, "{\n  \"d\": \"x\"\n}\n", ARGUMENT, "{",
	  "{\"A\": \"q\\\"<r.a>${v}\", \"B\": []}",
	  "{\n  \"d\": \"x\",\n  \"policy\": "
	  "\"{\\\"A\\\":\\\"q\\\\\\\"${r.a}$${v}\\\",\\\"B\\\":[]}\"\n"
	  "}\n" },
	{ "not a reference that JSON has to escape", TF_JSON, "{}", ARGUMENT, "{",
	  "{\"A\": \"<r.a[\\\"k\\\"]>\"}", NULL },
	{ "into an empty JSON object", TF_JSON, "{\n  \"a\": {}\n}\n", ARGUMENT, "{}", "{}",
	  "{\n  \"a\": {\n    \"policy\": \"{}\"\n  }\n}\n" },
};

static void arguments_come_in(void **state)
{
	run(*state, arguments, COUNT(arguments));
}

static const struct row strings[] = {
	{ "elements get lines of their own", HCL, "a = [\n  \"a\", # why\n  \"b\"\n]\n", STRINGS,
	  "\"a\"", "[\"x\", \"y\"]", "a = [\n  \"x\",\n  \"y\", # why\n  \"b\"\n]\n" },
	{ "elements share the line", JSON, "[\"a\",\"b\"]", STRINGS, "\"b\"", "[\"x\", \"y\"]",
	  "[\"a\",\"x\",\"y\"]" },
	{ "one string for one", JSON, "[ \"a\" ]", STRINGS, "\"a\"", "[\"x\"]", "[ \"x\" ]" },
	{ "nothing is no replacement", JSON, "[\"a\"]", STRINGS, "\"a\"", "[]", NULL },
	{ "only strings are replaced", JSON, "[1]", STRINGS, "1", "[\"x\"]", NULL },
};

static void strings_are_replaced(void **state)
{
	run(*state, strings, COUNT(strings));
}

static void a_scalar_is_replaced(void **state)
{
	static const struct scalar_row {
		const char *path, *before, *pair, *strings, *after;
	} table[] = {
		{ HCL, "a = {\n  B   = \"x\"\n  CCC = \"y\"\n}\n", "B", "[\"z\"]",
		  "a = {\n  B   = \"z\"\n  CCC = \"y\"\n}\n" },
		{ HCL, "a = {\n  B   = \"x\"\n  CCC = \"y\"\n}\n", "B", "[\"v\", \"w\"]",
		  "a = {\n  B = [\n    \"v\",\n    \"w\"\n  ]\n  CCC = \"y\"\n}\n" },
		{ HCL, "a = {\n  B   = \"x\"\n  CCC = [\"y\", \"z\"]\n}\n", "B", "[\"v\", \"w\"]",
		  "a = {\n  B   = [\"v\", \"w\"]\n  CCC = [\"y\", \"z\"]\n}\n" },
		{ JSON, "{\"B\":\"x\"}", "\"B\"", "[\"v\", \"w\"]", "{\"B\":[\"v\",\"w\"]}" },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		const char *why = NULL;
		struct editing e;

		editing_start(&e, *state, table[i].path, table[i].before);
		assert_true(edit(&e, STRINGS, editing_node(&e, table[i].pair)->last,
				 table[i].strings, &why));
		editing_expect(&e, table[i].before, table[i].after);
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
		TEST(elements_come_in),
		TEST(a_single_value_becomes_a_list),
		TEST(calls_for_one_place_add_up),
		TEST(objects_for_one_place_add_up),
		TEST(insertions_and_removals_meet),
		TEST(blocks_come_in),
		TEST(blocks_after_one_block_stand_apart_once),
		TEST(arguments_come_in),
		TEST(strings_are_replaced),
		TEST(a_scalar_is_replaced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
