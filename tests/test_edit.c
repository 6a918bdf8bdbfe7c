/* SPDX-License-Identifier: MIT */
#include "editing.h"

#include "kmsfix/edit.h"

static struct fileset two_files(struct arena *a)
{
	struct fileset set = { 0 };

	fileset_add(&set, a, S("b.tf"), S("0123456789"), 0100755);
	fileset_add(&set, a, S("a.tf"), S("abcdefghij"), 0100644);
	fileset_sort(&set);
	return set;
}

struct change {
	const char *path;
	size_t start, end;
	const char *text;
};

static const struct apply_row {
	const char *claim;
	struct change changes[5];
	const char *a, *b;
} apply_rows[] = {
	{ "no edits change nothing", { { 0 } }, "abcdefghij", "0123456789" },
	{ "an insertion", { { "a.tf", 3, 3, "X" } }, "abcXdefghij", "0123456789" },
	{ "both ends",
	  { { "a.tf", 10, 10, "Y" }, { "a.tf", 0, 0, "X" } },
	  "XabcdefghijY",
	  "0123456789" },
	{ "everything goes", { { "b.tf", 0, 10, "" } }, "abcdefghij", "" },
	{ "edits of two files in any order",
	  { { "b.tf", 1, 2, "-" }, { "a.tf", 5, 6, "" }, { "b.tf", 0, 1, "+" } },
	  "abcdeghij",
	  "+-23456789" },
	{ "insertions at one place keep their order",
	  { { "a.tf", 2, 2, "X" }, { "a.tf", 2, 2, "Y" }, { "a.tf", 2, 2, "A" } },
	  "abXYAcdefghij",
	  "0123456789" },
	{ "an insertion comes before a replacement at the same place",
	  { { "a.tf", 2, 4, "-" }, { "a.tf", 2, 2, "X" }, { "a.tf", 4, 4, "Y" } },
	  "abX-Yefghij",
	  "0123456789" },
	{ "repeats count once",
	  { { "a.tf", 2, 2, "X" },
	    { "a.tf", 2, 2, "Y" },
	    { "a.tf", 2, 2, "X" },
	    { "a.tf", 4, 6, "" },
	    { "a.tf", 4, 6, "" } },
	  "abXYcdghij",
	  "0123456789" },
};

static void add(struct edits *es, const struct fileset *set, const struct change *c)
{
	const struct file *f = fileset_find(set, str_from(c->path));

	edits_add(es, f, c->start, c->end, str_from(c->text));
}

/* ---- two rounds as one ---- */

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245 + 12345;
	return *seed >> 16;
}

/* A few disjoint edits of the file, sorted. */
static void add_random(struct edits *es, const struct file *f, unsigned *seed, struct err *e)
{
	static const char *const texts[] = { "", "X", "YZ", "long text" };

	for (size_t at = 0; at <= f->text.n; at += 1 + next_random(seed) % 4) {
		size_t end = at + next_random(seed) % 4;

		if (next_random(seed) % 3 || end > f->text.n)
			continue;
		edits_add(es, f, at, end, str_from(texts[next_random(seed) % COUNT(texts)]));
		at = end;
	}
	assert_true(edits_sort(es, e));
}

static void rounds_compose(void **state)
{
	struct arena *a = *state;
	unsigned seed = 1;

	for (size_t i = 0; i < 2000; i++) {
		struct fileset base = two_files(a), between = { 0 }, two = { 0 }, one = { 0 };
		struct edits first = { .arena = a }, second = { .arena = a }, both = { .arena = a };
		struct err e;

		for (size_t k = 0; k < base.n; k++)
			if (next_random(&seed) % 3)
				add_random(&first, &base.files[k], &seed, &e);
		assert_true(edits_apply(&between, &base, &first, a, &e));
		for (size_t k = 0; k < between.n; k++)
			if (next_random(&seed) % 3)
				add_random(&second, &between.files[k], &seed, &e);
		assert_true(edits_apply(&two, &between, &second, a, &e));
		edits_compose(&both, &base, &first, &between, &second);
		assert_true(edits_apply(&one, &base, &both, a, &e));
		for (size_t k = 0; k < base.n; k++)
			assert_str_eq(one.files[k].text, two.files[k].text);
	}
}

static void edits_are_applied(void **state)
{
	struct fileset base = two_files(*state);

	for (size_t i = 0; i < COUNT(apply_rows); i++) {
		const struct apply_row *row = &apply_rows[i];
		struct edits es = { .arena = *state };
		struct fileset out = { 0 };
		struct err err;

		for (size_t k = 0; k < COUNT(row->changes) && row->changes[k].path; k++)
			add(&es, &base, &row->changes[k]);
		assert_true(edits_sort(&es, &err));
		assert_true(edits_apply(&out, &base, &es, *state, &err));
		assert_int_equal(out.n, 2);
		assert_str_eq(fileset_find(&out, S("a.tf"))->text, str_from(row->a));
		assert_str_eq(fileset_find(&out, S("b.tf"))->text, str_from(row->b));
		assert_int_equal(fileset_find(&out, S("b.tf"))->mode, 0100755);
	}
}

static void a_file_without_edits_is_not_copied(void **state)
{
	struct fileset base = two_files(*state), out = { 0 };
	struct edits es = { .arena = *state };
	struct err err;

	edits_add(&es, fileset_find(&base, S("a.tf")), 0, 1, S("x"));
	assert_true(edits_sort(&es, &err));
	assert_true(edits_apply(&out, &base, &es, *state, &err));
	assert_ptr_equal(fileset_find(&out, S("b.tf"))->text.p,
			 fileset_find(&base, S("b.tf"))->text.p);
}

/* The line that an insertion is at the end of goes: it is at the end of the one above then. */
static void what_is_added_after_lines_that_go_is_added_before_them(void **state)
{
	static const struct {
		const char *text, *want;
		struct change changes[3];
	} rows[] = {
		{ "a\nb\nc\n",
		  "a\nx\n",
		  { { "a.tf", 2, 4, "" }, { "a.tf", 4, 6, "" }, { "a.tf", 5, 5, "\nx" } } },
		{ "a\r\nb\r\n", "a!\r\n", { { "a.tf", 3, 6, "" }, { "a.tf", 4, 4, "!" } } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fileset base = { 0 }, out = { 0 };
		struct edits es = { .arena = *state };
		struct err err;
		fileset_add(&base, *state, S("a.tf"), str_from(rows[i].text), 0100644);
		fileset_sort(&base);
		for (size_t k = 0; k < 3 && rows[i].changes[k].path; k++)
			add(&es, &base, &rows[i].changes[k]);
		assert_true(edits_sort(&es, &err));
		assert_true(edits_apply(&out, &base, &es, *state, &err));
		assert_str_eq(out.files[0].text, str_from(rows[i].want));
	}
}

static const struct refused_row {
	struct change changes[2];
	const char *message;
} refused_rows[] = {
	{ { { "a.tf", 2, 4, "" }, { "a.tf", 3, 5, "" } }, "two edits overlap at byte 3 of 'a.tf'" },
	{ { { "a.tf", 2, 4, "" }, { "a.tf", 3, 3, "x" } },
	  "two edits overlap at byte 3 of 'a.tf'" },
	{ { { "a.tf", 2, 4, "x" }, { "a.tf", 2, 4, "y" } },
	  "two edits overlap at byte 2 of 'a.tf'" },
	{ { { "a.tf", 2, 11, "" } }, "edit of bytes 2 to 11 is outside 'a.tf'" },
	{ { { "a.tf", 4, 2, "" } }, "edit of bytes 4 to 2 is outside 'a.tf'" },
};

static void bad_edits_are_a_bug_of_ours(void **state)
{
	struct fileset base = two_files(*state);

	for (size_t i = 0; i < COUNT(refused_rows); i++) {
		const struct refused_row *row = &refused_rows[i];
		struct edits es = { .arena = *state };
		struct err err;

		for (size_t k = 0; k < 2 && row->changes[k].path; k++)
			add(&es, &base, &row->changes[k]);
		assert_false(edits_sort(&es, &err));
		assert_int_equal(err.code, ERR_PROOF);
		assert_string_equal(err.msg, row->message);
	}
}

static void an_edit_of_an_unknown_file_is_a_bug_of_ours(void **state)
{
	struct file stray = { .path = S("aa.tf"), .text = S("x"), .mode = 0100644 };
	struct fileset base = two_files(*state), out = { 0 };
	struct edits es = { .arena = *state };
	struct err err;

	edits_add(&es, &stray, 0, 1, S(""));
	assert_true(edits_sort(&es, &err));
	assert_false(edits_apply(&out, &base, &es, *state, &err));
	assert_int_equal(err.code, ERR_PROOF);
}

/* One replacement of `from` by `to` in the text, then tidied. */
static const struct tidy_row {
	const char *claim, *path, *before, *from, *to, *after;
} tidy_rows[] = {
	{ "a longer key moves the group", "x.tf", "a = 1\nb = 2\n\nc = 3\n", "b", "long",
	  "a    = 1\nlong = 2\n\nc = 3\n" },
	{ "a shorter key moves it back", "x.tf", "a    = 1\nlong = 2\n", "long", "b",
	  "a = 1\nb = 2\n" },
	{ "columns are code points", "x.tf", "a = {\n  \"é\" = 1\n  b   = 2\n}\n", "b ", "bbbb ",
	  "a = {\n  \"é\"  = 1\n  bbbb = 2\n}\n" },
	{ "a value that now has several lines stands alone", "x.tf", "aa = 1\nb  = \"x\"\nc  = 3\n",
	  "\"x\"", "[\n  1\n]", "aa = 1\nb = [\n  1\n]\nc = 3\n" },
	{ "a value that now has one line joins", "x.tf", "aa = 1\nb = [\n  1\n]\nc = 3\n",
	  "[\n  1\n]", "[1]", "aa = 1\nb  = [1]\nc  = 3\n" },
	{ "comments move with what is before them", "x.tf", "a = 1 # x\nb = 2 # y\n", "1", "100",
	  "a = 100 # x\nb = 2   # y\n" },
	{ "comments move with their `=`", "x.tf", "a = 1 # x\nb = 2\n", "b", "bbb",
	  "a   = 1 # x\nbbb = 2\n" },
	{ "what was out of line stays so", "x.tf", "a   = 1\nb = 2\n", "b", "bbbbb",
	  "a   = 1\nbbbbb = 2\n" },
	{ "colons are not aligned", "x.tf", "a = {\n  b : 1\n  c : 2\n}\n", "b", "bbb",
	  "a = {\n  bbb : 1\n  c : 2\n}\n" },
	{ "a list that outgrows its line gets one line for each element", "x.tf",
	  "r \"a\" {\n  a  = [\"b\", \"c\"] # d\n  bb = 2\n}\n", "\"b\"",
	  "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", "
	  "\"bbbbbbbbbbbbbb\"",
	  "r \"a\" {\n  a = [\n    \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\n    "
	  "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\n    \"bbbbbbbbbbbbbb\",\n    \"c\"\n  ] # d\n"
	  "  bb = 2\n}\n" },
	{ "a list that was too long before stays on its line", "x.tf",
	  "a = "
	  "[\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	  "bbbbbbbbbbbbbb\", \"c\"]\n",
	  "\"c\"", "\"c\", \"d\"",
	  "a = "
	  "[\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	  "bbbbbbbbbbbbbb\", \"c\", \"d\"]\n" },
	{ "a JSON list gets lines in the file's step", "x.json",
	  "{\n    \"a\": [\"b\", \"c\"]\n}\n", "\"b\"",
	  "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", "
	  "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"",
	  "{\n    \"a\": [\n        \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\n        "
	  "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\n        \"c\"\n    ]\n}\n" },
	{ "blank lines above and below a removed line meet", "x.json", "[\n1,\n\n\n2,\n\n3\n]",
	  "2,\n", "", "[\n1,\n\n\n3\n]" },
	{ "blank lines in CRLF meet", "x.tf", "a = 1\r\n\r\nb = 2\r\n\r\nc = 3\r\n", "b = 2\r\n",
	  "", "a = 1\r\n\r\nc = 3\r\n" },
	{ "blank lines at the end of the file stay as many", "x.tf", "a = 1\n\nb = 2\n\n\n",
	  "b = 2\n", "", "a = 1\n\n\n" },
};

static void the_result_is_tidy(void **state)
{
	for (size_t i = 0; i < COUNT(tidy_rows); i++) {
		const struct tidy_row *row = &tidy_rows[i];
		struct editing e;
		size_t at;

		editing_start(&e, *state, row->path, row->before);
		at = str_find(e.file->text, str_from(row->from), 0);
		edits_add(&e.edits, e.file, at, at + str_from(row->from).n, str_from(row->to));
		editing_expect(&e, row->claim, row->after);
	}
}

static void an_unreadable_result_is_left_alone(void **state)
{
	struct fileset base = { 0 }, out = { 0 };
	struct edits es = { .arena = *state };
	struct err err;

	fileset_add(&base, *state, S("x.tf"), S("a = 1\nb = 2\n"), 0100644);
	fileset_sort(&base);
	edits_add(&es, &base.files[0], 0, 1, S("long ="));
	assert_true(edits_sort(&es, &err));
	edits_tidy(&es);
	assert_true(edits_apply(&out, &base, &es, *state, &err));
	assert_str_eq(out.files[0].text, S("long = = 1\nb = 2\n"));
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
		TEST(edits_are_applied),
		TEST(rounds_compose),
		TEST(a_file_without_edits_is_not_copied),
		TEST(what_is_added_after_lines_that_go_is_added_before_them),
		TEST(bad_edits_are_a_bug_of_ours),
		TEST(an_edit_of_an_unknown_file_is_a_bug_of_ours),
		TEST(the_result_is_tidy),
		TEST(an_unreadable_result_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
