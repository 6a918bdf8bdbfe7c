/* SPDX-License-Identifier: MIT */
#include "kmsfix/vec.h"
#include "report_fixture.h"

#define END "1 fixed, 0 removed, 0 held, 0 suppressed in 812 files\nnothing to fix\n"

/* One fixed finding about all of `text`, in a file x.tf. */
static struct finding *add_text(struct world *w, str text)
{
	struct finding *f;

	w->other = (struct file){ .path = S("x.tf"), .text = text, .mode = 0100644 };
	f = world_add(w, OUTCOME_FIXED, &w->other, 0, "a.b");
	f->end = text.n;
	return f;
}

static void findings_stand_below_their_file_with_their_source(void **state)
{
	struct world *w = *state;

	world_fill(w);
	diag_add(&w->diags, SEVERITY_WARNING, &w->iam, 0, "odd 'x'");
	report_text(&w->in, &w->out);
	assert_out(
		w,
		"b/x.tf\n"
		"  1:1: suppressed aws_iam_policy.ci: accepted by the team\n"
		"     1 | only line\n"
		"       | ^^^^^\n"
		"  1:6: removed aws_iam_policy.alias: an alias has no effect\n"
		"     1 | only line\n"
		"       |      ^^^^\n"
		"    rests on: configuration\n"
		"\n"
		"iam.tf\n"
		"  2:3: fixed aws_iam_policy.app: moved to the key policies\n"
		"     2 | \xc3\xa4 second\n"
		"       |   ^^^^^\n"
		"    access: aws_iam_role.app -> aws_kms_key.data, aws_kms_key.logs\n"
		"    note: the grant may come after the removal\n"
		"    rests on: repository-is-truth, lockout-check\n"
		"  3:2: held RES-ALL aws_iam_policy.all: the resource is \"*\"\n"
		"     3 | third\n"
		"       |  ^^^^\n"
		"    also held for: ATTACH-UNKNOWN\n"
		"    unlock: name the keys, or say in \"keys\" of .kmsfix.json which keys it is "
		"used for, or use --evidence and --accept RES-ALL\n"
		"\n"
		"iam.tf:1:1: warning: odd 'x'\nfirst\n^\n"
		"1 fixed, 1 removed, 1 held, 1 suppressed in 812 files; proof holds for 12 "
		"principals, 1 key (144 checked)\n"
		"run 'kmsfix explain CODE' to learn what a code means\n"
		"run this again with '--apply' to commit it on a new branch, or with '--write' to "
		"edit the work tree\n");
}

/* That it is suppressed is no code, though it holds what shares its text. */
static void only_codes_are_told_as_such(void **state)
{
	struct world *w = *state;
	struct finding *f = world_add(w, OUTCOME_SUPPRESSED, &w->iam, 9, "aws_iam_policy.app");

	world_hold(w, f, "RES-ALL");
	world_hold(w, f, "SUPPRESSED");
	world_hold(w, f, "USER");
	report_text(&w->in, &w->out);
	assert_true(str_has(buf_str(&w->out), S("    also held for: USER\n")));
}

/* Adds an action of the finding's statement that stands at [start, end) of its file. */
static void add_action(struct world *w, struct finding *f, uint32_t start, uint32_t end)
{
	struct tree *tree = ARENA_NEW(w->arena, struct tree);
	struct node *node = ARENA_NEW(w->arena, struct node);
	struct element e = { .text = S("kms:De*"), .node = node };

	tree->file = f->file;
	node->tree = tree;
	node->start = start;
	node->end = end;
	VEC_PUSH(w->arena, &w->statements[f->statement->index].actions, e);
}

static void carets_point_at_the_actions(void **state)
{
	struct world *w = *state;
	struct finding *f = add_text(w, S("{\n  [ 'one', 'two' ]\n  more\n}\n"));

	add_action(w, f, 6, 11);
	add_action(w, f, 13, 18);
	add_action(w, f, 23, 27);
	add_action(w, f, 100, 104); /* outside */
	report_text(&w->in, &w->out);
	assert_out(w, "x.tf\n"
		      "  1:1: fixed a.b: because\n"
		      "     2 |   [ 'one', 'two' ]\n"
		      "       |     ^^^^^  ^^^^^\n"
		      "     3 |   more\n"
		      "       |   ^^^^\n"
		      "\n" END);
}

static void carets_stand_below_what_a_terminal_shows(void **state)
{
	static const struct {
		str text;
		size_t start, end;
		const char *want;
	} rows[] = {
		{ { "\t\tkey", 5 }, 2, 5, "        key\n       |         ^^^\n" },
		{ { "\xe6\xbc\xa2\xe5\xad\x97 key", 10 },
		  7,
		  10,
		  "\xe6\xbc\xa2\xe5\xad\x97 key\n       |      ^^^\n" },
		{ { "a\xcc\x88 \xf0\x9f\x94\x91", 8 },
		  4,
		  8,
		  "a\xcc\x88 \xf0\x9f\x94\x91\n       |   ^^\n" },
		{ { "\x1b[2J key", 8 }, 5, 8, "\\x1b[2J key\n       |         ^^^\n" },
		{ { "\xff\x80 key", 6 }, 3, 6, "\\xff\\x80 key\n       |          ^^^\n" },
		{ { "\xe2\x80\xae key", 7 }, 4, 7, "\\u{202e} key\n       |          ^^^\n" },
		{ { "a\0b", 3 }, 1, 2, "a\\x00b\n       |  ^^^^\n" },
		{ { "", 0 }, 0, 0, "\n       | ^\n" },
		{ { "key", 3 }, 3, 3, "key\n       |    ^\n" },
	};
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct finding *f;

		w->plan.findings.n = 0;
		f = add_text(w, rows[i].text);
		f->start = rows[i].start;
		f->end = rows[i].end;
		w->out.n = 0;
		report_text(&w->in, &w->out);
		assert_true(str_has(buf_str(&w->out), S("     1 | ")));
		if (!str_has(buf_str(&w->out), str_from(rows[i].want)))
			fail_msg("row %zu: %.*s", i, STR_ARG(buf_str(&w->out)));
	}
}

/* Every line of the report, but the last two of prose, fits into so many columns. */
static void assert_fits(struct world *w, size_t columns)
{
	str rest = buf_str(&w->out);

	for (size_t end; (end = str_find(rest, S("\n"), 0)) != SIZE_MAX;) {
		if (str_starts(rest, S("1 fixed")))
			return;
		if (end > columns)
			fail_msg("%zu columns: %.*s", end, (int)end, rest.p);
		rest = str_sub(rest, end + 1, rest.n);
	}
}

static void long_lines_are_cut_around_the_caret(void **state)
{
	struct world *w = *state;
	struct buf line = { 0 };
	struct finding *f;

	buf_fill(&line, 'a', 1000000);
	buf_add(&line, S("KEY"));
	buf_fill(&line, 'b', 1000000);
	f = add_text(w, buf_str(&line));
	f->start = 1000000;
	f->end = 1000003;
	w->in.width = 60;
	report_text(&w->in, &w->out);
	assert_fits(w, 60);
	assert_true(str_has(buf_str(&w->out), S("     1 | ...aaa")));
	assert_true(str_has(buf_str(&w->out), S("aaaKEYbbb")));
	assert_true(str_has(buf_str(&w->out), S("bbb...\n")));
	assert_true(str_has(buf_str(&w->out), S("  ^^^\n")));
	buf_free(&line);
}

static void prose_is_folded_to_the_terminal(void **state)
{
	struct world *w = *state;
	struct finding *f = add_text(w, S("text"));

	w->in.width = 40;
	f->reason = S("one two three four five six seven eight nine ten eleven");
	f->note = S("a-word-that-is-longer-than-a-line-of-forty-columns x");
	report_text(&w->in, &w->out);
	assert_true(str_has(buf_str(&w->out), S("  1:1: fixed a.b: one two three four\n"
						"      five six seven eight nine ten\n"
						"      eleven\n")));
	assert_true(str_has(buf_str(&w->out),
			    S("    note: a-word-that-is-longer-than-a-line-of-forty-columns\n"
			      "      x\n")));
}

static void colours_change_nothing_but_colours(void **state)
{
	struct world *w = *state;
	struct buf plain = { 0 }, stripped = { 0 };

	world_fill(w);
	w->in.width = 50;
	report_text(&w->in, &plain);
	w->in.color = true;
	report_text(&w->in, &w->out);
	assert_true(str_has(buf_str(&w->out), S("\033[1miam.tf\033[0m\n")));
	assert_true(str_has(buf_str(&w->out), S("\033[33mheld RES-ALL\033[0m ")));
	for (size_t i = 0; i < w->out.n; i++) {
		if (w->out.p[i] == '\033')
			i = str_find(buf_str(&w->out), S("m"), i);
		else
			buf_addc(&stripped, w->out.p[i]);
	}
	assert_true(str_eq(buf_str(&plain), buf_str(&stripped)));
	buf_free(&plain);
	buf_free(&stripped);
}

static void nothing_of_the_repository_reaches_the_terminal_raw(void **state)
{
	struct world *w = *state;
	struct finding *f = add_text(w, S("\033]0;x\007\n"));

	w->other.path = S("\033[2J\n.tf");
	f->address = S("a\033c" REF("\x9b"));
	f->reason = f->note = S("b\rc\nd");
	strs_add(w->arena, &f->keys, S("k\n\n\x9b"));
	strs_add(w->arena, &f->principals, S("p\x07\xe2\x80\xae"));
	report_text(&w->in, &w->out);
	for (size_t i = 0; i < w->out.n; i++)
		assert_true(w->out.p[i] == '\n' || (w->out.p[i] >= 0x20 && w->out.p[i] < 0x7f));
	assert_true(str_starts(buf_str(&w->out), S("\\x1b[2J\\x0a.tf\n  1:1: fixed a\\x1bc")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_codes_are_told_as_such),
		TEST(findings_stand_below_their_file_with_their_source),
		TEST(carets_point_at_the_actions),
		TEST(carets_stand_below_what_a_terminal_shows),
		TEST(long_lines_are_cut_around_the_caret),
		TEST(prose_is_folded_to_the_terminal),
		TEST(colours_change_nothing_but_colours),
		TEST(nothing_of_the_repository_reaches_the_terminal_raw),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
