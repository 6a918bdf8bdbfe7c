/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "kmsfix/syntax.h"

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

static struct tree *parse(struct arena *a, bool hcl, str text)
{
	struct file *f = ARENA_NEW(a, struct file);
	struct syntax_error e = { 0, NULL };
	struct tree *t = NULL;

	f->path = S("x");
	f->text = text;
	if (!(hcl ? hcl_parse : json_parse)(&t, f, a, &e))
		test_fail("[%.*s]: %s at %zu", STR_ARG(text), e.reason, e.offset);
	return t;
}

struct decoding {
	str source, text; /* text.p NULL: there is none */
};

static void check(struct arena *a, const struct node *n, str want)
{
	str got = { NULL, 0 };

	if (node_text(n, a, &got) != (want.p != NULL))
		test_fail("[%.*s]", STR_ARG(node_source(n)));
	if (want.p)
		assert_str_eq(got, want);
}

static void hcl_strings(void **state)
{
	const struct decoding cases[] = {
		{ S("a = \"\""), S("") },
		{ S("a = \"kms:Decrypt\""), S("kms:Decrypt") },
		{ S("a = \"\\n\\r\\t\\\"\\\\\""), S("\n\r\t\"\\") },
		{ S("a = \"kms:\\u0044ecrypt\""), S("kms:Decrypt") },
		{ S("a = \"\\u00e9\\u20AC\\U0001F600\""),
		  S("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80") },
		{ S("a = \"\\u0000\""), S("\0") },
		{ S("a = \"$${b} %%{c} $$ %% $ {\""), S("${b} %{c} $$ %% $ {") },
		{ S("a = \"$$${b} $$$${c}\""), S("$${b} $$${c}") },
		{ S("a = \"\\\\$${b}\""), S("\\${b}") },
		{ S("a = \"${b}\""), { NULL, 0 } },
		{ S("a = \"x%{if b}%{endif}\""), { NULL, 0 } },
		{ S("a = b"), S("b") },
		{ S("a = true"), { NULL, 0 } },
		{ S("a = 1"), { NULL, 0 } },
		{ S("a = [\"b\"]"), { NULL, 0 } },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(*state, parse(*state, true, cases[i].source)->root->first->first,
		      cases[i].text);
}

static void json_strings(void **state)
{
	const struct decoding cases[] = {
		{ S("\"\""), S("") },
		{ S("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), S("\"\\/\b\f\n\r\t") },
		{ S("\"\\u0041ction \\u00E9 \\u20ac\""), S("Action \xc3\xa9 \xe2\x82\xac") },
		{ S("\"\\ud83d\\ude00!\""), S("\xf0\x9f\x98\x80!") },
		{ S("\"\\uD800\\uDC00\\uDBFF\\uDFFF\""), S("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf") },
		{ S("\"\\ud83d\""), { NULL, 0 } },
		{ S("\"\\ude00\\ud83d\""), { NULL, 0 } },
		{ S("\"\\ud83d\\u0041\""), { NULL, 0 } },
		{ S("\"\\ud83d\\nde00\""), { NULL, 0 } },
		{ S("\"\\ud83dxude00\""), { NULL, 0 } },
		{ S("\"\\ud83d\\ue000\""), { NULL, 0 } },
		{ S("\"$${a} ${b} %{c}\""), S("$${a} ${b} %{c}") },
		{ S("\"a\\u0000b\""), S("a\0b") },
		{ S("null"), { NULL, 0 } },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(*state, parse(*state, false, cases[i].source)->root, cases[i].text);
}

static void heredocs(void **state)
{
	const struct decoding cases[] = {
		{ S("a = <<E\nE\n"), S("") },
		{ S("a = <<E\n  x\\n\n\n y\n  E\n"), S("  x\\n\n\n y\n") },
		{ S("a = <<E\r\nx\r\nE\r\n"), S("x\r\n") },
		{ S("a = <<E\n$${b} %%{c}\nE\n"), S("${b} %{c}\n") },
		{ S("a = <<E\n${b}\nE\n"), { NULL, 0 } },
		{ S("a = <<-E\n  x\n    y\n  E\n"), S("x\n  y\n") },
		{ S("a = <<-E\n  x\n y\nE\n"), S(" x\ny\n") },
		/* a line of blanks alone neither counts nor changes */
		{ S("a = <<-E\n    x\n \n\n      \n    y\nE\n"), S("x\n \n\n      \ny\n") },
		{ S("a = <<-E\n \n  \nE\n"), S(" \n  \n") },
		{ S("a = <<-E\n  x\r\n \r\n  y\r\nE\n"), S("x\r\n \r\ny\r\n") },
		/* a tab is one, like any other white space character */
		{ S("a = <<-E\n\t x\n  y\n\302\240\302\240\302\240z\nE\n"),
		  S("x\ny\n\302\240z\n") },
		{ S("a = <<-E\n  $${x}\n    y\nE\n"), S("${x}\n  y\n") },
		{ S("a = <<-E\nE\n"), S("") },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check(*state, parse(*state, true, cases[i].source)->root->first->first,
		      cases[i].text);
}

static void labels(void **state)
{
	const struct tree *t = parse(*state, true, S("r l \"m\" \"n\\t$${o}\" \"\" {}\n"));
	const struct node *n = t->root->first->first;

	check(*state, n, S("l"));
	n = n->next;
	check(*state, n, S("m"));
	n = n->next;
	check(*state, n, S("n\t${o}"));
	n = n->next;
	check(*state, n, S(""));
}

/* The decodable TEXT children, each in parentheses; '?' for the others. */
static str texts(struct arena *a, const struct node *n)
{
	str all = S("");

	for (const struct node *c = n->first; c; c = c->next) {
		str text = S("?");

		if (c->kind != NODE_TEXT)
			continue;
		if (!node_text(c, a, &text))
			text = S("?");
		all = str_fmt(a, "%.*s(%.*s)", STR_ARG(all), STR_ARG(text));
	}
	return all;
}

static void texts_beside_parts(void **state)
{
	const struct decoding cases[] = {
		{ S("a = \"x\\t${b}$${y}%{if c}z%{endif}\""), S("(x\t)(${y})(z)") },
		{ S("a = \"x ${~b} y ${c~} z ${d} w\""), S("(?)( y )(?)( w)") },
		{ S("a = \"x ~${b}~ y\""), S("(x ~)(~ y)") },
		{ S("a = <<E\n  x\\t $${y}\n${b}\nE\n"), S("(  x\\t ${y}\n)(\n)") },
		{ S("a = <<-E\n  x\n${b} y\nE\n"), S("(?)(?)") },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_str_eq(
			texts(*state, parse(*state, true, cases[i].source)->root->first->first),
			cases[i].text);
}

static void json_in_a_heredoc_undoes_both_escapes(void **state)
{
	const struct tree *t = parse(
		*state, true, S("a = <<E\n[\"\\u0041 $${b} %%{c} \\\\\", \"\\t$${x} ${y}\"]\nE\n"));
	struct syntax_error e = { 0, NULL };
	struct tree *json = NULL;

	assert_true(json_parse_heredoc(&json, t->root->first->first, *state, &e));
	check(*state, json->root->first, S("A ${b} %{c} \\"));
	check(*state, json->root->last, (str){ NULL, 0 });
	check(*state, json->root->last->first, S("\t${x} "));
}

static void a_template_in_a_json_string_undoes_both_escapes(void **state)
{
	const struct tree *t = parse(*state, false, S("[\"\\u0041 $${b}\", \"\\t$${x} ${y}\"]"));
	struct syntax_error e = { 0, NULL };
	struct node *n = NULL;

	assert_true(json_string_template(&n, t->root->first, *state, &e));
	check(*state, n, S("A ${b}"));
	assert_true(json_string_template(&n, t->root->last, *state, &e));
	check(*state, n, (str){ NULL, 0 });
	check(*state, n->first, S("\t${x} "));
	check(*state, t->root->first, S("A $${b}"));
}

static void text_without_escapes_is_a_slice_of_the_file(void **state)
{
	const struct tree *t = parse(*state, true, S("a = \"x $ y\""));
	str text;

	assert_true(node_text(t->root->first->first, *state, &text));
	assert_ptr_equal(text.p, t->file->text.p + 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hcl_strings, setup, teardown),
		cmocka_unit_test_setup_teardown(json_strings, setup, teardown),
		cmocka_unit_test_setup_teardown(heredocs, setup, teardown),
		cmocka_unit_test_setup_teardown(labels, setup, teardown),
		cmocka_unit_test_setup_teardown(texts_beside_parts, setup, teardown),
		cmocka_unit_test_setup_teardown(json_in_a_heredoc_undoes_both_escapes, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_template_in_a_json_string_undoes_both_escapes,
						setup, teardown),
		cmocka_unit_test_setup_teardown(text_without_escapes_is_a_slice_of_the_file, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
