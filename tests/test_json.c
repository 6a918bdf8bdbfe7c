/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "tree_check.h"

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

static struct file *file_of(struct arena *a, str text)
{
	struct file *f = ARENA_NEW(a, struct file);

	f->path = S("policy.json");
	f->text = text;
	return f;
}

static bool accepts(struct arena *a, str text, struct tree **out, struct syntax_error *e)
{
	return json_parse(out, file_of(a, text), a, e);
}

static struct tree *parse(struct arena *a, str text)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t = NULL;

	if (!accepts(a, text, &t, &e))
		test_fail("[%.*s]: %s at %zu", STR_ARG(text), e.reason, e.offset);
	return t;
}

static const char *const valid[] = {
	"[]",
	" [ ] ",
	"{}",
	"[[],[]]",
	"{\"\":0}",
	"\t{\r\n\"a\" : 1 , \"b\":2}\n",
	"[true,false,null]",
	"0",
	"-0",
	"-1",
	"12",
	"0.5",
	"1e5",
	"1E+5",
	"-1.25e-3",
	"123456789012345678901234567890",
	"\"\"",
	"\"\\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e9\\uABCD\"",
	"\"\\ud800\"",
	"\"\\uDC00\\ud800\"",
	"\"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"",
	"\"\x7f\"",
	"\"//\"",
	"{\"a\":1,\"a\":1}",
	"\xef\xbb\xbf[]",
};

static const char *const invalid[] = {
	"",
	" ",
	"[",
	"]",
	"[1",
	"[1,",
	"[1,]",
	"[,1]",
	"[1 2]",
	"[1]]",
	"{",
	"}",
	"{\"a\"",
	"{\"a\":",
	"{\"a\":1",
	"{\"a\":1,",
	"{\"a\":1,}",
	"{,}",
	"{\"a\" 1}",
	"{\"a\",1}",
	"{1:1}",
	"{a:1}",
	"{'a':1}",
	"[}",
	"{]",
	"[\"a\":1]",
	"01",
	"-",
	"--1",
	"-01",
	"+1",
	"1.",
	".5",
	"1.e5",
	"1e",
	"1e+",
	"0x1",
	"1 2",
	"NaN",
	"Infinity",
	"-Infinity",
	"True",
	"nul",
	"nulll",
	"truefalse",
	"\"",
	"\"a",
	"\"\\\"",
	"\"\\",
	"\"\\u",
	"\"\\u12\"",
	"\"\\u123g\"",
	"\"\\x41\"",
	"\"\\'\"",
	"\"\n\"",
	"\"\t\"",
	"\"\x1f\"",
	"\"\xff\"",
	"\"\xc0\xaf\"",
	"\"\xed\xa0\x80\"",
	"\"\xf4\x90\x80\x80\"",
	"\"\xe2\x82\"",
	"'a'",
	"[1]//",
	"/**/1",
	"#\n1",
	"1;",
	"\302\2401",
	"\f1",
	"[\xef\xbb\xbf]",
	"\xff\xfe[]",
};

static void accepts_exactly_rfc_8259(void **state)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	for (size_t i = 0; i < COUNT(valid); i++)
		assert_null(tree_problem(parse(*state, str_from(valid[i]))));
	for (size_t i = 0; i < COUNT(invalid); i++)
		if (accepts(*state, str_from(invalid[i]), &t, &e))
			test_fail("[%s] is accepted", invalid[i]);
}

static void a_nul_is_no_end(void **state)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	assert_false(accepts(*state, S("1\0"), &t, &e));
	assert_false(accepts(*state, S("\"a\0\""), &t, &e));
	assert_int_equal(e.offset, 2);
}

/* In memory of exactly their size, so that the sanitizers see any step too far. */
static void no_prefix_is_read_past_its_end(void **state)
{
	str text = S("{\"a\\u0041\\n\": [-1.5e+3, true, \"\xf0\x9f\x98\x80\"], \"b\": null}");

	for (size_t n = 0; n < text.n; n++) {
		char *copy = malloc(n ? n : 1);
		struct syntax_error e = { 0, NULL };
		struct tree *t;

		assert_non_null(copy);
		memcpy(copy, text.p, n);
		assert_false(accepts(*state, (str){ copy, n }, &t, &e));
		assert_true(e.offset <= n);
		free(copy);
	}
}

static str nested(struct arena *a, str open, str close, size_t count)
{
	struct buf b = { 0 };
	str text;

	for (size_t i = 0; i < count; i++)
		buf_add(&b, open);
	buf_addc(&b, '1');
	for (size_t i = 0; i < count; i++)
		buf_add(&b, close);
	text = str_dup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void nests_up_to_the_limit(void **state)
{
	const struct {
		str open, close;
	} cases[] = { { S("["), S("]") }, { S("{\"a\":"), S("}") }, { S("[[],{\"a\":"), S("}]") } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		str open = cases[i].open, close = cases[i].close;
		size_t limit = SYNTAX_MAX_DEPTH / close.n;
		struct syntax_error e = { 0, NULL };
		struct tree *t = parse(*state, nested(*state, open, close, limit));

		assert_null(tree_problem(t));
		assert_false(accepts(*state, nested(*state, open, close, limit + 1), &t, &e));
		assert_string_equal(e.reason, "nested too deeply");
		assert_false(accepts(*state, nested(*state, open, S(""), 100 * 1000), &t, &e));
	}
}

static void refuses_files_that_are_too_large(void **state)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	assert_false(accepts(*state, (str){ "", SYNTAX_MAX_SIZE + 1 }, &t, &e));
}

static void strings_are_marked(void **state)
{
	struct tree *t = parse(*state, S("[\"a\"]"));

	assert_int_equal(t->lang, LANG_JSON);
	assert_null(t->host);
	assert_int_equal(t->root->first->flags, FLAG_JSON);
}

static const struct node *heredoc_of(struct arena *a, str text)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t = NULL;

	if (!hcl_parse(&t, file_of(a, text), a, &e))
		test_fail("%s at %zu", e.reason, e.offset);
	return t->root->first->first;
}

static void a_heredoc_shares_its_expressions(void **state)
{
	str text = S("p = <<E\n{ \"$${a}\": \"x${f(\"}\")}\" }\nE\n");
	const struct node *heredoc = heredoc_of(*state, text), *value, *part = heredoc->first->next;
	struct syntax_error e = { 0, NULL };
	struct tree *t = NULL;

	assert_true(json_parse_heredoc(&t, heredoc, *state, &e));
	assert_null(tree_problem(t));
	assert_ptr_equal(t->host, heredoc);
	assert_ptr_equal(t->file, heredoc->tree->file);
	value = t->root->first->last;
	assert_int_equal(value->flags, FLAG_JSON | FLAG_TEMPLATE);
	assert_int_equal(value->first->flags, FLAG_JSON | FLAG_TEMPLATE);
	assert_str_eq(node_source(value), S("\"x${f(\"}\")}\""));
	assert_ptr_not_equal(value->last, part);
	assert_ptr_equal(value->last->first, part->first);
	assert_ptr_equal(value->last->parent, value);
	/* The tree of the heredoc is as it was. */
	assert_ptr_equal(part->parent, heredoc);
	assert_ptr_equal(part->first->parent, part);
	assert_int_equal(node_count(heredoc), 3);
}

static void a_template_takes_the_place_of_its_string(void **state)
{
	struct tree *t = parse(*state, S("{\"a\": \"x/${y.z}\"}"));
	const struct node *string = t->root->first->last;
	struct syntax_error e = { 0, NULL };
	struct node *n = NULL;

	assert_true(json_string_template(&n, string, *state, &e));
	assert_int_equal(n->start, string->start);
	assert_int_equal(n->end, string->end);
	assert_ptr_equal(n->parent, string->parent);
	assert_ptr_equal(n->tree, t);
	assert_null(n->next);
	assert_int_equal(n->flags, FLAG_JSON | FLAG_TEMPLATE);
	assert_str_eq(node_source(n->last->first), S("y.z"));
	assert_null(string->first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(accepts_exactly_rfc_8259, setup, teardown),
		cmocka_unit_test_setup_teardown(a_nul_is_no_end, setup, teardown),
		cmocka_unit_test_setup_teardown(no_prefix_is_read_past_its_end, setup, teardown),
		cmocka_unit_test_setup_teardown(nests_up_to_the_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses_files_that_are_too_large, setup, teardown),
		cmocka_unit_test_setup_teardown(strings_are_marked, setup, teardown),
		cmocka_unit_test_setup_teardown(a_heredoc_shares_its_expressions, setup, teardown),
		cmocka_unit_test_setup_teardown(a_template_takes_the_place_of_its_string, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
