/* SPDX-License-Identifier: MIT */
#include <string.h>

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

static void the_body_says_what_changes_and_what_stays(void **state)
{
	struct world *w = *state;

	world_fill(w);
	report_markdown(&w->in, &w->out);
	assert_has(w, "[KMS.1](https://docs.aws.amazon.com/");
	assert_has(w, "compared 144 combinations of principal, key and action (12 principals, 1 "
		      "key)");
	assert_has(w, "\n> This takes the repository for the whole account");
	assert_has(w, "| `b/x.tf:1` | `aws_iam_policy.alias` | `kms:Decrypt` | removed: an alias "
		      "has no effect |\n"
		      "| `iam.tf:2` | `aws_iam_policy.app` | `kms:Decrypt` | fixed: moved to the "
		      "key policies `aws_kms_key.data`, `aws_kms_key.logs` |\n");
	assert_has(w, "| Principal | `aws_kms_key.data` | `aws_kms_key.logs` | \\(not named\\) |\n"
		      "| --- | --- | --- | --- |\n"
		      "| `aws_iam_role.app` | **moved** Decrypt | **moved** Decrypt |  |\n"
		      "| \\(not known\\) |  |  | **held** Decrypt; **suppressed** Decrypt |\n");
	assert_has(w, "  p0[\"aws_iam_role.app\"] -->|IAM policy| "
		      "k0[(\"aws_kms_key.data\")]\n");
	assert_has(w, "  p0[\"aws_iam_role.app\"] ==>|key policy| "
		      "k0[(\"aws_kms_key.data\")]\n");
	assert_has(w, "- [ ] **RES-ALL** `iam.tf:3` in `aws_iam_policy.all`: the resource is "
		      "\\\"\\*\\\".\n  To unlock: name the keys, or say in ");
	assert_has(w, "\n### Suppressed\n\n- `b/x.tf:1` in `aws_iam_policy.ci`: accepted by the "
		      "team\n");
	assert_has(w, "always in the same one: `.`, `b`.\n");
	assert_has(w, "3. Note: the grant may come after the removal.\n");
	assert_has(w, "on commit `1111111111111111111111111111111111111111`\n");
}

static void each_action_has_its_name(void **state)
{
	static const struct {
		unsigned targets;
		const char *cell;
	} rows[] = {
		{ TARGET_DECRYPT, "**held** Decrypt |" },
		{ TARGET_REENCRYPT_FROM, "**held** ReEncryptFrom |" },
		{ TARGET_REENCRYPT_TO, "**held** ReEncryptTo |" },
		{ TARGET_REENCRYPT_FROM | TARGET_REENCRYPT_TO, "**held** ReEncrypt\\* |" },
		{ TARGET_ALL, "**held** Decrypt, ReEncrypt\\* |" },
	};
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		w->plan.findings.n = 0;
		w->out.n = 0;
		world_add(w, OUTCOME_HELD, &w->iam, 0, "a")->targets = rows[i].targets;
		report_markdown(&w->in, &w->out);
		assert_has(w, rows[i].cell);
	}
}

/* A name is cut between two characters, not within one. */
static void a_long_name_is_cut(void **state)
{
	struct world *w = *state;
	struct buf name = { 0 };

	for (size_t cut = 0; cut < 4; cut++) {
		name.n = w->out.n = w->plan.findings.n = 0;
		buf_fill(&name, 'a', 150 + cut);
		for (size_t i = 0; i < 10; i++)
			buf_add(&name, S("\xf0\x9f\x94\x91"));
		world_add(w, OUTCOME_REMOVED, &w->iam, 0, "a")->address = buf_str(&name);
		report_markdown(&w->in, &w->out);
		assert_has(w, cut < 3 ? "a\xf0\x9f\x94\x91\xf0\x9f\x94\x91...`" :
					"a\xf0\x9f\x94\x91...`");
	}
	buf_free(&name);
}

static void without_findings_there_is_nothing_to_say(void **state)
{
	struct world *w = *state;

	report_markdown(&w->in, &w->out);
	assert_true(str_starts(buf_str(&w->out), S("## Nothing to move to key policies\n")));
	assert_false(out_has(w, "###"));
	assert_false(out_has(w, "mermaid"));
	assert_false(out_has(w, "Nobody gains"));
}

/* ---- hostile texts ---- */

/* The tags that we write ourselves. */
static bool is_our_tag(str tag)
{
	static const char *const tags[] = {
		"h2", "h3", "p",  "code", "table", "thead", "tbody", "tr",         "th",     "td",
		"a",  "ul", "ol", "li",   "pre",   "hr",    "em",    "blockquote", "strong",
	};

	for (size_t i = 0; i < COUNT(tags); i++) {
		if (str_eq(tag, str_from(tags[i])))
			return true;
	}
	return false;
}

static void assert_our_html(str html)
{
	for (size_t at = 0; (at = str_find(html, S("<"), at)) != SIZE_MAX; at++) {
		size_t start = at + 1 + (html.p[at + 1] == '/'), end = start;

		while (end < html.n && ((html.p[end] >= 'a' && html.p[end] <= 'z') ||
					(html.p[end] >= '0' && html.p[end] <= '9')))
			end++;
		if (str_eq(str_sub(html, start, end), S("input"))) /* of a task */
			continue;
		if (!is_our_tag(str_sub(html, start, end)))
			fail_msg("%.*s", 200, html.p + at);
		if (str_eq(str_sub(html, start, end), S("a")) && html.p[at + 1] != '/')
			assert_true(str_starts(str_sub(html, at, html.n),
					       S("<a href=\"https://docs.aws.amazon.com/")));
	}
}

/* As GitHub's own parser reads it, with raw HTML let through. */
static void hostile_texts_stay_texts(void **state)
{
	struct world *w = *state;
	str html;

	world_fill_hostile(w);
	report_markdown(&w->in, &w->out);
	html = world_pipe(w, "cmark-gfm",
			  "--unsafe -e table -e autolink -e strikethrough -e tasklist");
	assert_true(html.n > 1000);
	assert_our_html(html);
}

/* The labels of a graph hold nothing that Mermaid or Markdown reads. */
static void check_graph(str graph)
{
	size_t quotes = 0;

	for (size_t i = 0; i < graph.n; i++) {
		quotes += graph.p[i] == '"';
		if (quotes % 2 && graph.p[i] != '"')
			assert_null(strchr("`<>[](){}|\\%\n", graph.p[i]));
	}
	assert_true(quotes > 0 && quotes % 4 == 0);
	assert_false(str_has(graph, S("[\"\"]"))); /* an error of Mermaid's */
}

static void the_graphs_hold_nothing_but_labels(void **state)
{
	struct world *w = *state;
	size_t at = 0, graphs = 0;

	world_fill_hostile(w);
	report_markdown(&w->in, &w->out);
	while ((at = str_find(buf_str(&w->out), S("\n```mermaid\n"), at)) != SIZE_MAX) {
		size_t end = str_find(buf_str(&w->out), S("\n```\n"), at);

		assert_true(end != SIZE_MAX);
		check_graph(str_sub(buf_str(&w->out), at + 12, end));
		at = end;
		graphs++;
	}
	assert_int_equal(graphs, 2);
}

static void nobody_is_called(void **state)
{
	struct world *w = *state;

	world_fill_hostile(w);
	w->plan.findings.v[7].outcome = OUTCOME_SUPPRESSED;
	report_markdown(&w->in, &w->out);
	assert_has(w, ": \\@\xe2\x80\x8boctocat closes \\#\xe2\x80\x8b"
		      "1, www\\.evil\\.example https\\:\\/\\/evil\\.example");
}

/* ---- size ---- */

static void a_large_body_is_cut_and_says_so(void **state)
{
	struct world *w = *state;
	struct buf name = { 0 };

	buf_fill(&name, '\x01', 500);
	for (size_t i = 0; i < 3000; i++) {
		struct finding *f = world_add(w,
					      i % 3 == 0 ? OUTCOME_FIXED :
					      i % 3 == 1 ? OUTCOME_HELD :
							   OUTCOME_SUPPRESSED,
					      &w->iam, 0, "a");

		f->address = f->reason = f->note = f->unit = buf_str(&name);
		for (size_t k = 0; k < 10; k++) {
			strs_add(w->arena, &f->principals,
				 str_fmt(w->arena, "p%zu\x01", i * 10 + k));
			strs_add(w->arena, &f->keys, str_fmt(w->arena, "k%zu", k));
		}
		if (f->outcome == OUTCOME_HELD)
			world_hold(w, f, "RES-ALL");
	}
	edits_add(&w->edits, &w->iam, 0, 1, S(""));
	report_markdown(&w->in, &w->out);
	assert_true(w->out.n <= MARKDOWN_MAX);
	assert_has(w, "more; `kmsfix --format json`");
	assert_has(w, "This is too much for a drawing here");
	assert_has(w, "### How to verify");
	buf_free(&name);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_body_says_what_changes_and_what_stays),
		TEST(each_action_has_its_name),
		TEST(a_long_name_is_cut),
		TEST(without_findings_there_is_nothing_to_say),
		TEST(hostile_texts_stay_texts),
		TEST(the_graphs_hold_nothing_but_labels),
		TEST(nobody_is_called),
		TEST(a_large_body_is_cut_and_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
