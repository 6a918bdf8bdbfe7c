/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include <cJSON.h>

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

	f->path = S("main.tf");
	f->text = text;
	return hcl_parse(out, f, a, e);
}

static struct tree *parse(struct arena *a, str text)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t = NULL;

	if (!accepts(a, text, &t, &e))
		test_fail("[%.*s]: %s at %zu", STR_ARG(text), e.reason, e.offset);
	return t;
}

static int digit_value(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";
	const char *at = memchr(digits, c, sizeof(digits) - 1);

	return at ? (int)(at - digits) : -1;
}

static str base64_decode(struct arena *a, const char *z)
{
	char *out = arena_alloc(a, strlen(z));
	size_t n = 0;
	unsigned bits = 0, have = 0;

	for (; digit_value(*z) >= 0; z++) {
		bits = bits << 6 | (unsigned)digit_value(*z);
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		out[n++] = (char)(bits >> have & 0xff);
	}
	return (str){ out, n };
}

/* cJSON ends strings at a NUL: cases with one are in base64. */
static str case_text(struct arena *a, const cJSON *item)
{
	const cJSON *text = cJSON_GetObjectItem(item, "text");
	const cJSON *base64 = cJSON_GetObjectItem(item, "base64");

	return text ? str_from(text->valuestring) : base64_decode(a, base64->valuestring);
}

static cJSON *read_cases(struct arena *a)
{
	str text = test_read(a, "testdata/syntax/hcl.json");
	cJSON *cases = cJSON_ParseWithLength(text.p, text.n);

	assert_non_null(cases);
	return cases;
}

static void agrees_with_terraform(void **state)
{
	struct arena *a = *state;
	cJSON *cases = read_cases(a), *item;
	size_t count = 0, failed = 0;

	cJSON_ArrayForEach(item, cases)
	{
		bool want = cJSON_IsTrue(cJSON_GetObjectItem(item, "terraform_accepts"));
		const char *name = cJSON_GetObjectItem(item, "name")->valuestring;
		struct syntax_error e = { 0, "accepted" };
		struct tree *t;

		count++;
		if (accepts(a, case_text(a, item), &t, &e) != want) {
			print_error("%s: %s\n", name, e.reason);
			failed++;
		}
	}
	cJSON_Delete(cases);
	assert_int_equal(failed, 0);
	assert_true(count > 190);
}

/* Prefixes in memory of exactly their size, so that the sanitizers see any step too far. */
static void no_prefix_is_read_past_its_end(void **state)
{
	struct arena *a = *state;
	cJSON *cases = read_cases(a), *item;

	cJSON_ArrayForEach(item, cases)
	{
		str text = case_text(a, item);

		for (size_t n = 0; n <= text.n; n++) {
			char *copy = malloc(n ? n : 1);
			struct syntax_error e = { 0, NULL };
			struct arena *own = arena_create();
			struct tree *t;

			assert_non_null(copy);
			memcpy(copy, text.p, n);
			if (accepts(own, (str){ copy, n }, &t, &e))
				assert_null(tree_problem(t));
			else
				assert_true(e.reason && e.offset <= n);
			arena_destroy(own);
			free(copy);
		}
	}
	cJSON_Delete(cases);
}

/* What the case table cannot hold or does not have. */
static void accepts_exactly(void **state)
{
	const struct {
		str text;
		bool ok;
	} cases[] = {
		{ S("a = \"x\0y\""), true },
		{ S("a = 1\0"), false },
		{ S("a\0 = 1"), false },
		{ S("# \0\xff\nb = 1"), true },
		{ S("a = \"\xff\""), false },
		{ S("a = \"\xed\xa0\x80\""), false },
		{ S("\xcd\xb0 = 1"), true },         /* U+0370 */
		{ S("\xcc\x80 = 1"), false },        /* U+0300 cannot start a name … */
		{ S("e\xcc\x80 = 1"), true },        /* … but can continue one */
		{ S("\xe1\xa1\xb8 = 1"), false },    /* U+1878 came after Unicode 9 */
		{ S("\xf0\xa0\x80\x80 = 1"), true }, /* U+20000 */
		{ S("a = 1.e5"), true },
		{ S("a = 1e99999999"), true },
		{ S("a = 1e999999999"), false }, /* Terraform takes it: infinite */
		{ S("a = 1e5e5"), false },
		{ S("a = \"\\U0010ffff\""), true },
		{ S("a = \"\\U00110000\""), false },
		{ S("a = \"\\U0000d800\""), false },
		{ S("a = \"\\U11000000\""), false },
		{ S("a = \"\\u00g0\""), false },
		{ S("a = \"b\rc\""), false },
		{ S("a = \"\\"), false },
		{ S("a = b::c"), false },
		{ S("a = b::(1)"), false },
		{ S("a = f(...)"), false },
		{ S("a = [for x, in y : x]"), false },
		{ S("a = [for x y : x]"), false },
		{ S("a = [for]"), false },
		{ S("a = \"${b ~ }\""), false },
		{ S("a = \"${ ~b}\""), false },
		{ S("a = \"%{~if b~}%{~endif~}\""), true },
		{ S("a = \"%{if b}%{for x in y}%{endif}%{endfor}\""), false },
		{ S("a = \"%{else}\""), false },
		{ S("a = \"%{for x in y}%{else}%{endfor}\""), false },
		{ S("a = b[*"), false },
		{ S("a = (b[\n*\n])"), true },
		{ S("a = b[\n*\n]"), false },
		{ S("a = <<-"), false },
		{ S("a = <<E\r\nE\r\r\n"), false },
		{ S("a = <<E\n\342\200\203E\302\240\n"), true }, /* Unicode blanks */
		{ S("a {"), false },
		{ S("a b"), false },
		{ S("a { b {} }"), false },
		{ S("a { 1 = 2 }"), false },
		{ S("}"), false },
	};
	struct arena *a = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct syntax_error e = { 0, NULL };
		struct tree *t;

		if (accepts(a, cases[i].text, &t, &e) != cases[i].ok)
			test_fail("%zu [%.*s]: %s", i, STR_ARG(cases[i].text), e.reason);
	}
}

/* parts[0], parts[1] `count` times, parts[2], parts[3] `count` times, parts[4]. */
static str nested(struct arena *a, const char *const parts[5], size_t count)
{
	struct buf b = { 0 };
	str text;

	buf_add(&b, str_from(parts[0]));
	for (size_t i = 0; i < count; i++)
		buf_add(&b, str_from(parts[1]));
	buf_add(&b, str_from(parts[2]));
	for (size_t i = 0; i < count; i++)
		buf_add(&b, str_from(parts[3]));
	buf_add(&b, str_from(parts[4]));
	text = str_dup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static void nests_up_to_the_limit(void **state)
{
	static const struct {
		const char *name;
		size_t levels; /* of each repetition */
		const char *parts[5];
	} cases[] = {
		{ "parentheses", 1, { "a = ", "(", "1", ")", "\n" } },
		{ "tuples", 1, { "a = ", "[", "1", "]", "\n" } },
		{ "empty tuples", 1, { "a = ", "[", "", "]", "\n" } },
		{ "objects", 1, { "a = ", "{ b = ", "1", "}", "\n" } },
		{ "object keys", 1, { "a = ", "{ ", "1", " = 1 }", "\n" } },
		{ "calls", 1, { "a = ", "f(1, ", "1", ")", "\n" } },
		{ "blocks", 1, { "", "a {\n", "", "}\n", "" } },
		{ "signs", 1, { "a = ", "-", "1", "", "\n" } },
		{ "conditions", 1, { "a = ", "b ? c : ", "d", "", "\n" } },
		{ "conditions in the middle", 1, { "a = ", "b ? ", "c", ": d", "\n" } },
		{ "for collections", 1, { "a = ", "[for x in ", "y", ": x]", "\n" } },
		{ "for results", 1, { "a = ", "{for x in y : x => ", "y", "}", "\n" } },
		{ "templates", 1, { "a = ", "\"${", "1", "}\"", "\n" } },
		{ "heredocs", 1, { "a = ", "<<E\n${", "1", "}\nE\n", "" } },
		{ "directives", 1, { "a = \"", "%{if x}", "", "%{endif}", "\"\n" } },
		{ "index keys", 1, { "a = b", "[c", "", "]", "\n" } },
		{ "attributes", 1, { "a = b", "", "", ".c", "\n" } },
		{ "indexes", 1, { "a = b", "", "", "[0]", "\n" } },
		{ "legacy indexes", 2, { "a = b", "", "", ".0.c", "\n" } },
		{ "splats", 1, { "a = b", "", "", "[*]", "\n" } },
		{ "sums", 1, { "a = 1", "", "", "+1", "\n" } },
		{ "comparisons after a product", 1, { "a = 1", "", "", "==1", "\n" } },
		{ "sums of sums", 2, { "a = ", "(", "1", ")+1", "\n" } },
		{ "chains of indexes", 2, { "a = ", "[", "1", "][0]", "\n" } },
		{ "attributes of attributes", 2, { "a = ", "(", "b", ").c", "\n" } },
	};
	struct arena *a = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t limit = SYNTAX_MAX_DEPTH / cases[i].levels;
		str fits = nested(a, cases[i].parts, limit);
		str deeper = nested(a, cases[i].parts, limit + 1);
		struct syntax_error e = { 0, NULL };
		struct tree *t;

		if (!accepts(a, fits, &t, &e))
			test_fail("%s: %s at %zu", cases[i].name, e.reason, e.offset);
		assert_null(tree_problem(t));
		if (accepts(a, deeper, &t, &e))
			test_fail("%s: one level too many is accepted", cases[i].name);
		assert_string_equal(e.reason, "nested too deeply");
		deeper = nested(a, cases[i].parts, 100 * 1000);
		assert_false(accepts(a, deeper, &t, &e));
	}
}

/* Brackets in brackets and long chains side by side are no nesting. */
static void width_is_not_depth(void **state)
{
	static const char *const cases[][5] = {
		{ "a = [", "", "", "(1), ", "]\n" },
		{ "a = [", "", "", "b.c.d[0] + 1, ", "]\n" },
		{ "", "", "", "b {\n}\n", "" },
		{ "a = \"", "", "", "${b}%{if c}%{endif}", "\"\n" },
		{ "a = f(", "", "", "{ b = -c }, ", ")\n" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		parse(*state, nested(*state, cases[i], 10 * SYNTAX_MAX_DEPTH));
}

static void refuses_files_that_are_too_large(void **state)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	assert_false(accepts(*state, (str){ "", SYNTAX_MAX_SIZE + 1 }, &t, &e));
	assert_string_equal(e.reason, "the file is too large");
}

static void comments_are_listed_in_order(void **state)
{
	static const char *const want[] = { "# one", "// two", "/* three\n */", "# four", "#five" };
	str text = S("# one\r\na = 1 // two\nb = /* three\n */ [ # four\n]\n#five");
	struct tree *t = parse(*state, text);

	assert_int_equal(t->comment_count, COUNT(want));
	for (size_t i = 0; i < COUNT(want); i++)
		assert_str_eq(str_sub(text, t->comments[i].start, t->comments[i].end),
			      str_from(want[i]));
}

static void bodies_have_their_spans(void **state)
{
	str text = S("\xef\xbb\xbf"
		     "b \"l\" { # c\n a = <<-E\n  x\n  E \t\n}\n");
	struct tree *t = parse(*state, text);
	const struct node *block = t->root->first, *body = block->last;
	const struct node *heredoc = body->first->first;

	assert_str_eq(node_source(t->root), text);
	assert_str_eq(block->name, S("b"));
	assert_str_eq(block->first->name, S("l"));
	assert_str_eq(node_source(block->first), S("\"l\""));
	assert_str_eq(str_sub(text, block->body, block->body_end),
		      S("{ # c\n a = <<-E\n  x\n  E \t\n}"));
	assert_int_equal(block->end, block->body_end);
	assert_str_eq(node_source(body), S(" # c\n a = <<-E\n  x\n  E \t\n"));
	assert_str_eq(node_source(heredoc), S("<<-E\n  x\n  E \t"));
	assert_str_eq(str_sub(text, heredoc->body, heredoc->body_end), S("  x\n"));
}

/* Hashing would be quadratic on chosen names, and comparing all pairs on any. */
static void many_arguments_are_no_problem(void **state)
{
	struct buf b = { 0 };

	for (unsigned i = 0; i < 50 * 1000; i++)
		buf_printf(&b, "a%u = 1\n", i);
	assert_int_equal(node_count(parse(*state, buf_str(&b))->root), 50 * 1000);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(agrees_with_terraform, setup, teardown),
		cmocka_unit_test_setup_teardown(no_prefix_is_read_past_its_end, setup, teardown),
		cmocka_unit_test_setup_teardown(accepts_exactly, setup, teardown),
		cmocka_unit_test_setup_teardown(nests_up_to_the_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(width_is_not_depth, setup, teardown),
		cmocka_unit_test_setup_teardown(refuses_files_that_are_too_large, setup, teardown),
		cmocka_unit_test_setup_teardown(comments_are_listed_in_order, setup, teardown),
		cmocka_unit_test_setup_teardown(bodies_have_their_spans, setup, teardown),
		cmocka_unit_test_setup_teardown(many_arguments_are_no_problem, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
