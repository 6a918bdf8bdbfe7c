/* SPDX-License-Identifier: MIT */
/* What trees in testdata/syntax/yaml.txt do not show: offsets, types of scalars, and limits. */
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

static bool accepts(struct arena *a, str text, struct tree **out, struct syntax_error *e)
{
	struct file *f = ARENA_NEW(a, struct file);

	*f = (struct file){ .path = S("x.yaml"), .text = text };
	return yaml_parse(out, f, a, e);
}

static struct tree *parse(struct arena *a, str text)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t = NULL;

	if (!accepts(a, text, &t, &e))
		test_fail("[%.*s]: %s at %zu", STR_ARG(text), e.reason, e.offset);
	if (tree_problem(t))
		test_fail("[%.*s]: %s", STR_ARG(text), tree_problem(t));
	return t;
}

/* The value of the first pair. */
static const struct node *value_of(struct arena *a, const char *text)
{
	return parse(a, str_from(text))->root->first->last;
}

static const struct {
	const char *text;
	enum scalar_type type;
} types[] = {
	{ "a", SCALAR_STRING },
	{ "2012-10-17", SCALAR_TIME },
	{ "2012-1-7", SCALAR_STRING },
	{ "2001-12-14t21:59:43.10-05:00", SCALAR_TIME },
	{ "2001-12-14 21:59:43.10 -5", SCALAR_TIME },
	{ "2001-1-4 1:59:43Z", SCALAR_TIME },
	{ "2001-1-4 1:59", SCALAR_STRING },
	{ "", SCALAR_NULL },
	{ "~", SCALAR_NULL },
	{ "null", SCALAR_NULL },
	{ "NULL", SCALAR_NULL },
	{ "nULL", SCALAR_STRING },
	{ "true", SCALAR_BOOL },
	{ "Yes", SCALAR_BOOL },
	{ "OFF", SCALAR_BOOL },
	{ "y", SCALAR_STRING },
	{ "oN", SCALAR_STRING },
	{ "0", SCALAR_INT },
	{ "-12_3", SCALAR_INT },
	{ "0x1F", SCALAR_INT },
	{ "0x", SCALAR_STRING },
	{ "0b01", SCALAR_INT },
	{ "017", SCALAR_INT },
	{ "018", SCALAR_STRING },
	{ "123456789012", SCALAR_INT },
	{ "1:59", SCALAR_INT },
	{ "1:75", SCALAR_STRING },
	{ "12:30:45", SCALAR_INT },
	{ "+", SCALAR_STRING },
	{ "1.5", SCALAR_FLOAT },
	{ "1.", SCALAR_FLOAT },
	{ "1e5", SCALAR_STRING },
	{ "1.0e+5", SCALAR_FLOAT },
	{ "1.0e5", SCALAR_STRING },
	{ ".5", SCALAR_FLOAT },
	{ "-.5", SCALAR_STRING },
	{ "1:30.5", SCALAR_FLOAT },
	{ "-.INF", SCALAR_FLOAT },
	{ ".NaN", SCALAR_FLOAT },
	{ ".Nan", SCALAR_STRING },
	{ ".", SCALAR_STRING },
	{ "1.2.3", SCALAR_STRING },
	{ "<<", SCALAR_MERGE },
	{ "=", SCALAR_VALUE },
	{ "*", SCALAR_STRING },
	{ "0b", SCALAR_STRING },
	{ "0b12", SCALAR_STRING },
	{ "0x1G", SCALAR_STRING },
	{ "+0", SCALAR_INT },
	{ "1:", SCALAR_STRING },
	{ "1:599", SCALAR_STRING },
	{ "1.0E-5", SCALAR_FLOAT },
	{ "1.0e+", SCALAR_STRING },
	{ "1.0e+x", SCALAR_STRING },
	{ "1.0e+1x", SCALAR_STRING },
	{ ".nan", SCALAR_FLOAT },
	{ ".NAN", SCALAR_FLOAT },
	{ "-.inf", SCALAR_FLOAT },
	{ "2001-01-02x", SCALAR_STRING },
	{ "2001-01-02T", SCALAR_STRING },
	{ "2001-01-02 03:04:05.", SCALAR_TIME },
	{ "2001-01-02\t03:04:05 Z", SCALAR_TIME },
	{ "2001-01-02 03:04:05 ", SCALAR_STRING },
	{ "2001-01-02 03:04:05 5", SCALAR_STRING },
	{ "2001-01-02 03:04:05Z5", SCALAR_STRING },
	{ "2001-01-02 03:04:05-", SCALAR_STRING },
	{ "2001-01-02 03:04:05+05:3", SCALAR_STRING },
	{ "2001-01-02 03:04:05+05:30", SCALAR_TIME },
	{ "2001-01-02 03-04", SCALAR_STRING },
	{ "2001-01-0x", SCALAR_STRING },
	{ "2001-0", SCALAR_STRING },
};

static void plain_scalars_have_the_types_of_yaml_1_1(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(types); i++) {
		enum scalar_type got = yaml_resolve_plain(str_from(types[i].text));

		if (got != types[i].type)
			test_fail("[%s] is %d, not %d", types[i].text, got, types[i].type);
	}
}

/* Between bars; the first one is empty. */
static const char ambiguous[] =
	"|~|null|NULL|nULL|y|Y|n|N|yes|No|on|oFF|True|false|.inf|-.INF|.nan|.NaN|=|<<|0|-1|+12|"
	"089123456789|017|08|00|0o17|0O17|0x1f|-0X1F|0b11|1_000|1__0|1e3|1E+3|12e5|7e10|+1e3|"
	"-1.5e-3|.5|.e1|1.|0.|1:30|190:20:30|1:2.5|1,500|1.2.3|2001-01-02|2001-1-1|"
	"2001-01-01T00:00:00Z|2001-01-01 00:00:00";
static const char strings[] =
	"a|yy|Nope|e1|Infinity|NaN|0x|0o8|0b|0xg|1a|1 2|10.0.0.0/8|kms:Decrypt|a1e3|-|+|x=|"
	"arn:aws:iam::111122223333:root|1234abcd-12ab-34cd-56ef-1234567890ab";

static void expect_ambiguous(str list, bool expected)
{
	for (size_t at = 0, end; at <= list.n; at = end + 1) {
		end = str_find(list, S("|"), at);
		if (end == SIZE_MAX)
			end = list.n;
		str text = str_sub(list, at, end);

		if (yaml_is_ambiguous(text) != expected)
			test_fail("[%.*s] is %stold to be ambiguous", STR_ARG(text),
				  expected ? "not " : "");
	}
}

static void what_some_reader_takes_for_no_string_is_ambiguous(void **state)
{
	(void)state;
	expect_ambiguous(str_from(ambiguous), true);
	expect_ambiguous(str_from(strings), false);
}

static void quotes_and_tags_decide_before_the_text(void **state)
{
	struct arena *a = *state;

	assert_int_equal(yaml_resolve(value_of(a, "a: 1")), SCALAR_INT);
	assert_int_equal(yaml_resolve(value_of(a, "a: '1'")), SCALAR_STRING);
	assert_int_equal(yaml_resolve(value_of(a, "a: \"1\"")), SCALAR_STRING);
	assert_int_equal(yaml_resolve(value_of(a, "a: |\n  1")), SCALAR_STRING);
	assert_int_equal(yaml_resolve(value_of(a, "a: ! 1")), SCALAR_STRING);
	assert_int_equal(yaml_resolve(value_of(a, "a: !Ref 1")), SCALAR_TAGGED);
	assert_int_equal(yaml_resolve(value_of(a, "a:")), SCALAR_NULL);
}

static void offsets_count_bytes(void **state)
{
	struct arena *a = *state;
	str text =
		S("\xef\xbb\xbf\xc3\xa9: [\xe2\x82\xac, !T b] # \xc3\xa9\r\nc: \"\xc3\xa9\"\r\n");
	struct tree *t = parse(a, text);
	const struct node *first = t->root->first;

	assert_int_equal(t->root->start, 3);
	assert_str_eq(node_source(first), S("\xc3\xa9: [\xe2\x82\xac, !T b]"));
	assert_int_equal(first->mark, 5);
	assert_str_eq(node_source(first->last->first), S("\xe2\x82\xac"));
	assert_int_equal(first->last->first->comma, 11);
	assert_str_eq(node_source(first->last->last), S("!T b"));
	assert_int_equal(first->last->last->body, first->last->last->start + 3);
	assert_str_eq(node_source(t->root->last), S("c: \"\xc3\xa9\""));
	assert_int_equal(t->comment_count, 1);
	assert_str_eq(str_sub(text, t->comments[0].start, t->comments[0].end), S("# \xc3\xa9"));
}

static void offsets_are_right_far_behind_other_letters(void **state)
{
	struct arena *a = *state;
	struct buf b = { 0 };
	const struct node *n;

	buf_add(&b, S("a: \""));
	for (size_t i = 0; i < 1000; i++)
		buf_add(&b, S("\xc3\xa9x\xf0\x9f\x98\x80"));
	buf_add(&b, S("\"\nb: [c]"));
	n = parse(a, str_dup(a, buf_str(&b)))->root->last;
	assert_str_eq(node_source(n), S("b: [c]"));
	assert_str_eq(node_source(n->last->first), S("c"));
	buf_free(&b);
}

static void marks_are_dashes_and_colons(void **state)
{
	struct arena *a = *state;
	const struct node *map = parse(a, S("a:\n- b\n-\n  - c\n? d\n? e\n: f"))->root;
	const struct node *seq = map->first->last;

	assert_int_equal(map->first->mark, 1);
	assert_int_equal(seq->start, 3);
	assert_int_equal(seq->first->mark, 3);
	assert_int_equal(seq->last->mark, 7);
	assert_int_equal(seq->last->start, 11);
	assert_int_equal(map->first->next->mark, 0);
	assert_int_equal(map->last->mark, 23);
}

static void comments_are_noted_in_order(void **state)
{
	struct arena *a = *state;
	str text = S("# 1\na: | # 2\n  # no\n# 3\nb: [c, # 4\n # 5\n ] # 6\nd: \"#no\"\n#7");
	struct tree *t = parse(a, text);
	struct buf b = { 0 };

	for (size_t i = 0; i < t->comment_count; i++)
		buf_add(&b, str_sub(text, t->comments[i].start, t->comments[i].end));
	assert_str_eq(buf_str(&b), S("# 1# 2# 3# 4# 5# 6#7"));
	buf_free(&b);
}

static void what_an_anchor_may_copy_is_shared(void **state)
{
	struct arena *a = *state;
	const struct node *map = parse(a, S("a: &x\n  b: [c]\nd: *x\ne: f"))->root;

	assert_true(node_is_shared(map->first->last->first->last->first));
	assert_true(node_is_shared(map->first->last));
	assert_true(node_is_shared(map->first->next->last));
	assert_false(node_is_shared(map->first));
	assert_false(node_is_shared(map->last->last));
}

static void keys_are_found_decoded(void **state)
{
	struct arena *a = *state;
	const struct node *map = parse(a, S("\"A\\x63tion\": a\n'b': c\nb: d"))->root;

	assert_str_eq(node_decoded(map_get(map, a, S("Action"))), S("a"));
	assert_null(map_get(map, a, S("b")));
	assert_true(map_has_duplicate(map, a));
}

static void a_json_string_can_be_a_template(void **state)
{
	struct arena *a = *state;
	struct file f = { .path = S("x.json"),
			  .text = S("[\"a\\n${B.Arn}${!c}\", \"\\u0024{B}\", \"${\\u0042}\"]") };
	struct syntax_error e = { 0, NULL };
	struct node *n;
	struct tree *t;
	str text;

	assert_true(json_parse(&t, &f, a, &e));
	assert_true(sub_template(&n, t->root->first, a, &e));
	assert_null(node_problem(n, 0));
	assert_int_equal(node_count(n), 3);
	assert_true(node_text(n->first, a, &text));
	assert_str_eq(text, S("a\n"));
	assert_str_eq(n->first->next->name, S("B.Arn"));
	assert_str_eq(node_source(n->first->next), S("${B.Arn}"));
	assert_true(node_text(n->last, a, &text));
	assert_str_eq(text, S("${c}"));
	assert_false(node_text(n, a, &text));
	assert_false(sub_template(&n, t->root->first->next, a, &e));
	assert_int_equal(e.offset, t->root->first->next->start + 1);
	assert_false(sub_template(&n, t->root->last, a, &e));
}

/* What a template of a JSON string is not, and where. */
static void a_json_string_may_be_no_template(void **state)
{
	static const struct {
		const char *text;
		uint32_t offset; /* in the string, behind its quote */
	} rows[] = {
		{ "[\"a${B-C}\"]", 1 },   { "[\"a${}\"]", 1 },         { "[\"a${B\"]", 1 },
		{ "[\"a\\u007bB\"]", 1 }, { "[\"a\\ud800${B}\"]", 0 }, { "[\"${B}a\\ud800\"]", 4 },
	};
	struct arena *a = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct file f = { .path = S("x.json"), .text = str_from(rows[i].text) };
		struct syntax_error e = { 0, NULL };
		struct node *n;
		struct tree *t;

		assert_true(json_parse(&t, &f, a, &e));
		if (sub_template(&n, t->root->first, a, &e) ||
		    e.offset != t->root->first->start + 1 + rows[i].offset)
			test_fail("%s: at %zu", rows[i].text, e.offset);
	}
}

/* Braces that stand beside those of variables, and letters written as escapes. */
static void a_template_keeps_what_is_no_variable(void **state)
{
	struct arena *a = *state;
	struct file f = { .path = S("x.json"), .text = S("[\"{a{b\\u0041${!c}${B_1}{\"]") };
	struct syntax_error e = { 0, NULL };
	struct node *n;
	struct tree *t;
	str text;

	assert_true(json_parse(&t, &f, a, &e));
	assert_true(sub_template(&n, t->root->first, a, &e));
	assert_int_equal(node_count(n), 3);
	assert_true(node_text(n->first, a, &text));
	assert_str_eq(text, S("{a{bA${c}"));
	assert_str_eq(n->first->next->name, S("B_1"));
	assert_true(node_text(n->last, a, &text));
	assert_str_eq(text, S("{"));
}

static void json_in_a_block_has_it_as_host(void **state)
{
	struct arena *a = *state;
	const struct node *block = value_of(a, "a: |\n  {\"b\": \"c\"}\nd: e");
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	assert_true(json_parse_literal(&t, block, a, &e));
	assert_ptr_equal(t->host, block);
	assert_int_equal(t->lang, LANG_JSON);
	assert_int_equal(t->root->start, 7);
}

static str nested(struct arena *a, str open, str close, size_t count)
{
	struct buf b = { 0 };
	str text;

	for (size_t i = 0; i < count; i++)
		buf_add(&b, open);
	for (size_t i = 0; i < count; i++)
		buf_add(&b, close);
	text = str_dup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void nests_up_to_the_limits(void **state)
{
	static const struct {
		str open, close;
		size_t limit;
	} cases[] = { { { "[", 1 }, { "]", 1 }, YAML_MAX_BRACKETS },
		      { { "{a: ", 4 }, { "}", 1 }, YAML_MAX_BRACKETS },
		      { { "[a: {", 5 }, { "}]", 2 }, YAML_MAX_BRACKETS / 2 },
		      { { "- ", 2 }, { "", 0 }, SYNTAX_MAX_DEPTH },
		      { { "? ", 2 }, { "", 0 }, SYNTAX_MAX_DEPTH } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		str open = cases[i].open, close = cases[i].close;
		struct syntax_error e = { 0, NULL };
		struct tree *t;

		parse(*state, nested(*state, open, close, cases[i].limit));
		assert_false(
			accepts(*state, nested(*state, open, close, cases[i].limit + 1), &t, &e));
		assert_string_equal(e.reason, "nested too deeply");
		assert_false(accepts(*state, nested(*state, open, S(""), 100 * 1000), &t, &e));
	}
}

static void tag_directives_have_a_limit(void **state)
{
	struct arena *a = *state;
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	for (size_t n = YAML_MAX_DIRECTIVES; n <= YAML_MAX_DIRECTIVES + 1; n++) {
		struct buf b = { 0 };

		for (size_t i = 0; i < n; i++)
			buf_printf(&b, "%%TAG !a%zu! x\n", i);
		buf_add(&b, S("--- a"));
		assert_int_equal(accepts(a, str_dup(a, buf_str(&b)), &t, &e),
				 n == YAML_MAX_DIRECTIVES);
		buf_free(&b);
	}
}

static void refuses_files_that_are_too_large(void **state)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	assert_false(accepts(*state, (str){ "", YAML_MAX_SIZE + 1 }, &t, &e));
}

/* Would take minutes if anything were quadratic. */
static void much_of_one_thing_is_no_problem(void **state)
{
	static const char *const things[] = { "- &a x\n", "- *a\n", "x ",      "[], ", "'' \n",
					      "# c\n",    "k: v\n", "--- a\n", "\n",   ":",
					      "\"",       "!a ",    "&a ",     "- |\n" };

	for (size_t i = 0; i < COUNT(things); i++) {
		struct arena *a = arena_create();
		struct syntax_error e = { 0, NULL };
		struct tree *t;

		accepts(a, nested(a, str_from(things[i]), S(""), 100 * 1000), &t, &e);
		arena_destroy(a);
	}
	(void)state;
}

/* In memory of exactly their size, so that the sanitizers see any step too far. */
static void no_prefix_is_read_past_its_end(void **state)
{
	str text = S(
		"%TAG !e! x\n--- !e!a\n? \"a\\u00e9\\\n  b\" # c\n: - &b 'c''d'\r\n  - |-2\n     "
		"e\n\n  - >+ # f\n   g\n\n...\n--- {\xf0\x9f\x98\x80: [*b, ], ? x}\n");

	for (size_t n = 0; n <= text.n; n++) {
		char *copy = malloc(n ? n : 1);
		struct syntax_error e = { 0, NULL };
		struct tree *t;

		assert_non_null(copy);
		memcpy(copy, text.p, n);
		if (accepts(*state, (str){ copy, n }, &t, &e))
			assert_null(tree_problem(t));
		else
			assert_true(e.offset <= n);
		free(copy);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(plain_scalars_have_the_types_of_yaml_1_1),
		TEST(what_some_reader_takes_for_no_string_is_ambiguous),
		TEST(quotes_and_tags_decide_before_the_text),
		TEST(offsets_count_bytes),
		TEST(offsets_are_right_far_behind_other_letters),
		TEST(marks_are_dashes_and_colons),
		TEST(comments_are_noted_in_order),
		TEST(what_an_anchor_may_copy_is_shared),
		TEST(keys_are_found_decoded),
		TEST(a_json_string_can_be_a_template),
		TEST(a_json_string_may_be_no_template),
		TEST(a_template_keeps_what_is_no_variable),
		TEST(json_in_a_block_has_it_as_host),
		TEST(nests_up_to_the_limits),
		TEST(tag_directives_have_a_limit),
		TEST(refuses_files_that_are_too_large),
		TEST(much_of_one_thing_is_no_problem),
		TEST(no_prefix_is_read_past_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
