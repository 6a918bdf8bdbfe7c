/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "kmsfix/vec.h"
#include "report_fixture.h"

static bool out_has(struct world *w, const char *text)
{
	return str_has(buf_str(&w->out), str_from(text));
}

static void assert_has(struct world *w, const char *text)
{
	if (!out_has(w, text))
		fail_msg("'%s' is not in:\n%.*s", text, STR_ARG(buf_str(&w->out)));
}

static size_t count(struct world *w, const char *text)
{
	size_t n = 0;

	for (size_t at = 0; (at = str_find(buf_str(&w->out), str_from(text), at)) != SIZE_MAX; at++)
		n++;
	return n;
}

static void the_page_has_figures_findings_and_who_reaches_what(void **state)
{
	struct world *w = *state;

	world_fill(w);
	diag_add(&w->diags, SEVERITY_WARNING, &w->iam, 9, "odd 'x'");
	report_html(&w->in, &w->out);
	assert_true(str_starts(buf_str(&w->out), S("<!DOCTYPE html>\n")));
	assert_true(str_ends(buf_str(&w->out), S("</html>\n")));
	assert_false(out_has(w, "{{"));
	assert_has(w, "<title>kmsfix: 1 of 4 permissions move to key policies, 1 held</title>");
	assert_has(w, "<div class=\"held\"><dt>held</dt><dd>1</dd></div>");
	assert_has(w, "<div class=\"\"><dt>keys</dt><dd>2</dd></div>");
	assert_has(w, "144 combinations");
	assert_has(w, "<details class=\"finding held\" data-outcome=\"held\" id=\"f3\">\n"
		      "<summary><span class=\"badge\">held RES-ALL</span> <code>iam.tf:3</code> in "
		      "<code>aws_iam_policy.all</code>: the resource is &quot;*&quot;</summary>");
	assert_has(w, "<title>aws_iam_role.app \xe2\x86\x92 aws_kms_key.data: moved "
		      "(kms:Decrypt)</title>");
	assert_has(w, "<li>warning: <code>iam.tf:2</code> odd &#39;x&#39;</li>");
}

static void without_findings_the_page_says_so(void **state)
{
	struct world *w = *state;

	report_html(&w->in, &w->out);
	assert_has(w, "no IAM policy allows kms:Decrypt or kms:ReEncrypt*");
	assert_has(w, "<p>There is nothing to show.</p>");
	assert_int_equal(count(w, "<details"), 0);
}

/* Edits stand beside what they replace, with numbers of both files. */
static void a_diff_stands_side_by_side(void **state)
{
	struct world *w = *state;
	struct finding *f;

	w->iam.text = S("1\n2\n3\n4\n5\n\tkeep old\n7\n8\n9\n10\n11\n12\n13\n14\n15");
	f = world_add(w, OUTCOME_FIXED, &w->iam, 10, "a");
	f->end = 14;
	edits_add(&w->edits, &w->iam, 16, 19, S("new\n\tmore"));
	edits_add(&w->edits, &w->iam, 43, 43, S(" & <end>"));
	report_html(&w->in, &w->out);
	assert_has(w, "<table class=\"diff\"><caption><code>iam.tf</code></caption>");
	assert_has(w, "<tr><td class=\"n\">5</td><td class=\"same\">5</td>"
		      "<td class=\"n\">5</td><td class=\"same\">5</td></tr>\n"
		      "<tr><td class=\"n\">6</td><td class=\"del\">\tkeep old</td>"
		      "<td class=\"n\">6</td><td class=\"add\">\tkeep new</td></tr>\n"
		      "<tr><td class=\"n\"></td><td class=\"blank\"></td>"
		      "<td class=\"n\">7</td><td class=\"add\">\tmore</td></tr>\n"
		      "<tr><td class=\"n\">7</td><td class=\"same\">7</td>"
		      "<td class=\"n\">8</td><td class=\"same\">7</td></tr>\n");
	assert_has(w, "<tr class=\"gap\"><td colspan=\"4\">...</td></tr>\n");
	assert_has(w, "<tr><td class=\"n\">15</td><td class=\"del\">15</td>"
		      "<td class=\"n\">16</td><td class=\"add\">15 &amp; &lt;end&gt;</td></tr>\n"
		      "</table>");
	assert_false(out_has(w, ">2</td>")); /* too far away */
}

/* ---- hostile texts ---- */

static bool is_our_tag(str tag)
{
	static const char *const tags[] = {
		"html",   "head",    "meta",    "title",  "style",   "body",   "a",
		"header", "h1",      "h2",      "p",      "code",    "main",   "dl",
		"dt",     "dd",      "section", "div",    "label",   "input",  "span",
		"ul",     "li",      "b",       "svg",    "g",       "path",   "rect",
		"text",   "tr",      "td",      "circle", "details", "table",  "colgroup",
		"col",    "caption", "i",       "strong", "summary", "script",
	};

	for (size_t i = 0; i < COUNT(tags); i++) {
		if (str_eq(tag, str_from(tags[i])))
			return true;
	}
	return false;
}

/* A tag up to its '>': its attributes are quoted, and none of them runs or loads anything. */
static size_t check_tag(str html, size_t at)
{
	size_t start = at + 1 + (html.p[at + 1] == '/'), end = start;
	bool quoted = false;

	while ((html.p[end] >= 'a' && html.p[end] <= 'z') || html.p[end] == '1' ||
	       html.p[end] == '2')
		end++;
	if (!is_our_tag(str_sub(html, start, end)))
		fail_msg("%.*s", 100, html.p + at);
	for (; quoted || html.p[end] != '>'; end++) {
		str rest = str_sub(html, end, html.n);

		quoted ^= html.p[end] == '"';
		if (quoted)
			continue;
		assert_false(str_starts(rest, S(" on")) || str_starts(rest, S(" src")) ||
			     str_starts(rest, S(" style")));
		if (str_starts(rest, S(" href=\"")))
			assert_int_equal(rest.p[7], '#');
	}
	return end;
}

static void hostile_texts_stay_texts(void **state)
{
	struct world *w = *state;
	size_t at, tags = 0;
	str html;

	world_fill_hostile(w);
	report_html(&w->in, &w->out);
	html = buf_str(&w->out);
	assert_int_equal(count(w, "<script"), 1);
	assert_int_equal(count(w, "</script"), 1);
	assert_int_equal(count(w, "<style"), 1);
	assert_int_equal(count(w, "<!--"), 1);
	at = str_find(html, S("<body>"), 0);
	while ((at = str_find(html, S("<"), at)) != SIZE_MAX &&
	       !str_starts(str_sub(html, at, html.n), S("<script>"))) {
		at = check_tag(html, at);
		tags++;
	}
	assert_true(tags > 300);
	for (size_t i = 0; i < html.n; i++)
		assert_true(html.p[i] == '\n' || html.p[i] == '\t' ||
			    (unsigned char)html.p[i] >= 0x20);
	assert_false(out_has(w, "\xe2\x80\xae"));
}

/* ---- size ---- */

static void many_edges_are_a_matrix(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < 50; i++) {
		struct finding *f = world_add(w, OUTCOME_HELD, &w->iam, 0, "a");

		world_hold(w, f, "CYCLE");
		for (size_t k = 0; k < 50; k++)
			strs_add(w->arena, &f->keys, str_fmt(w->arena, "key%zu", k));
		for (size_t k = 0; k < 2; k++)
			strs_add(w->arena, &f->principals, str_fmt(w->arena, "role%zu", 2 * i + k));
	}
	report_html(&w->in, &w->out);
	assert_int_equal(count(w, "<g class=\"cell held\""), 5000);
	assert_int_equal(count(w, "data-search=\"role"), 100);
	assert_int_equal(count(w, "data-search=\"key"), 50);
	assert_false(out_has(w, "This shows"));
}

/* A role that one statement moves keeps what another one gives it. */
static void a_cell_says_all_that_holds(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < 2; i++) {
		struct finding *f = world_add(w, i ? OUTCOME_HELD : OUTCOME_FIXED, &w->iam, 0, "a");

		strs_add(w->arena, &f->principals, S("role"));
		for (size_t k = 0; k < 60; k++)
			strs_add(w->arena, &f->keys, str_fmt(w->arena, "key%zu", i * 59 + k));
	}
	report_html(&w->in, &w->out);
	assert_int_equal(count(w, "<circle class=\"also\""), 1);
	assert_has(w, "<title>role \xe2\x86\x92 key59: held (kms:Decrypt); moved "
		      "(kms:Decrypt)</title>");
}

/* A label that is too long is cut at its beginning, between two characters. */
static void a_long_label_is_cut(void **state)
{
	struct world *w = *state;
	struct finding *f = world_add(w, OUTCOME_HELD, &w->iam, 0, "a");
	struct buf name = { 0 };

	for (size_t i = 0; i < 200; i++)
		buf_add(&name, S("\xc3\xa4"));
	buf_add(&name, S("end"));
	strs_add(w->arena, &f->principals, str_dup(w->arena, buf_str(&name)));
	for (size_t k = 0; k < 60; k++)
		strs_add(w->arena, &f->keys, str_fmt(w->arena, "key%zu", k));
	report_html(&w->in, &w->out);
	assert_has(w, ">...\xc3\xa4\xc3\xa4");
	assert_has(w, "\xa4"
		      "end</text>");
	buf_free(&name);
}

static void what_is_not_drawn_is_said(void **state)
{
	struct world *w = *state;
	struct finding *f = world_add(w, OUTCOME_FIXED, &w->iam, 0, "a");

	for (size_t k = 0; k < 401; k++)
		strs_add(w->arena, &f->keys, str_fmt(w->arena, "key%zu", k));
	strs_add(w->arena, &f->principals, S("role"));
	report_html(&w->in, &w->out);
	assert_int_equal(count(w, "<g class=\"cell moved\""), 400);
	assert_has(w, "This shows 1 of 1 principals and 400 of 401 keys.");
}

/* An instance of a module has a role and a key of its own, not those of the others. */
static void each_instance_reaches_its_own(void **state)
{
	struct world *w = *state;
	struct finding *f = world_add(w, OUTCOME_FIXED, &w->iam, 0, "a");

	for (size_t i = 0; i < 50; i++) {
		struct reach_part part = { 0 };

		strs_add(w->arena, &part.principals, str_fmt(w->arena, "role%zu", i));
		strs_add(w->arena, &part.keys, str_fmt(w->arena, "key%zu", i));
		strs_add(w->arena, &f->principals, part.principals.v[0]);
		strs_add(w->arena, &f->keys, part.keys.v[0]);
		VEC_PUSH(w->arena, &f->parts, part);
	}
	report_html(&w->in, &w->out);
	assert_int_equal(count(w, "<g class=\"cell moved\""), 50);
	assert_has(w, "<title>role7 \xe2\x86\x92 key7: moved (kms:Decrypt)</title>");
	assert_false(out_has(w, "role7 \xe2\x86\x92 key8"));
}

/* Every bundle looks at the lines around its edits only, however long they are. */
static void one_huge_line_is_no_trouble(void **state)
{
	struct world *w = *state;
	struct buf line = { 0 };

	buf_fill(&line, 'a', 4000000);
	w->iam.text = buf_str(&line);
	world_add(w, OUTCOME_FIXED, &w->iam, 0, "a");
	for (size_t i = 0; i < 200; i++)
		edits_add(&w->edits, &w->iam, i * 20000, i * 20000 + 1, S("b"));
	report_html(&w->in, &w->out);
	assert_true(w->out.n < 1000000);
	buf_free(&line);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_page_has_figures_findings_and_who_reaches_what),
		TEST(without_findings_the_page_says_so),
		TEST(a_diff_stands_side_by_side),
		TEST(hostile_texts_stay_texts),
		TEST(many_edges_are_a_matrix),
		TEST(a_cell_says_all_that_holds),
		TEST(a_long_label_is_cut),
		TEST(what_is_not_drawn_is_said),
		TEST(each_instance_reaches_its_own),
		TEST(one_huge_line_is_no_trouble),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
