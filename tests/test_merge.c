/* SPDX-License-Identifier: MIT */
#include "kmsfix/merge.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "program.h"

#define RESULT(repository, fixed, held, changed, commit, findings)                    \
	"{\"schema\": 1, \"kmsfix\": \"0.1.0\", \"base\": \"b\", \"branch\": \"x\", " \
	"\"commit\": " commit ", \"summary\": {\"fixed\": " fixed                     \
	", \"removed\": 0, \"held\": " held                                           \
	", \"suppressed\": 0, \"files_read\": 2, \"files_changed\": " changed         \
	"}, \"proof\": {\"holds\": true}, \"findings\": [" findings                   \
	"], \"diagnostics\": [], \"later\": {}, \"repository\": " repository "}\n"

#define HELD(code) "{\"outcome\": \"held\", \"code\": \"" code "\"}"

#define FIX RESULT("\"a\"", "2", "0", "1", "null", "{\"outcome\": \"fixed\", \"code\": null}")
#define APPLIED RESULT("\"b\"", "1", "0", "1", "\"c0ffee\"", "")
#define KEPT RESULT("\"c\"", "0", "2", "0", "null", HELD("RES-ALL") ", " HELD("CYCLE"))
#define MORE RESULT("\"d\"", "0", "1", "0", "null", HELD("RES-ALL"))
#define CLEAN RESULT("null", "0", "0", "0", "null", "")

struct run {
	struct arena *arena;
	struct merge *merge;
	struct buf out;
};

static int setup(void **state)
{
	struct arena *a = arena_create();
	struct run *r = ARENA_NEW(a, struct run);

	r->arena = a;
	r->merge = merge_create(a);
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct run *r = *state;

	buf_free(&r->out);
	arena_destroy(r->arena);
	return 0;
}

static void add(struct run *r, const char *text)
{
	struct err e = { 0 };

	if (!merge_add(r->merge, str_from(text), S("f"), &e))
		test_fail("%s", e.msg);
}

static void results_are_summed_up(void **state)
{
	struct run *r = *state;

	add(r, KEPT "\n\n" FIX CLEAN);
	add(r, APPLIED MORE);
	merge_text(r->merge, &r->out);
	assert_str_eq(
		buf_str(&r->out),
		S("5 repositories: 1 with a fix available, 1 with a fix on a branch, 2 with "
		  "held findings only, 1 with nothing to do\n"
		  "3 fixed, 0 removed, 3 held, 0 suppressed in 10 files, of which 2 change; "
		  "all proofs hold\n"
		  "\n"
		  "held, by code:\n"
		  "      2  RES-ALL           the statement is for every key of every account "
		  "(\"*\")\n"
		  "      1  CYCLE             the key policy would depend on itself through "
		  "the role\n"
		  "\n"
		  "repositories:\n"
		  "  a: 2 fixed, 0 removed, 0 held, 0 suppressed\n"
		  "  b: 1 fixed, 0 removed, 0 held, 0 suppressed; on branch 'x'\n"
		  "  c: 0 fixed, 0 removed, 2 held, 0 suppressed\n"
		  "  d: 0 fixed, 0 removed, 1 held, 0 suppressed\n"));
}

static void the_order_of_results_does_not_matter(void **state)
{
	struct run *r = *state;
	struct merge *other = merge_create(r->arena);
	struct buf out = { 0 };
	struct err e;

	add(r, KEPT FIX APPLIED MORE);
	assert_true(merge_add(other, S(MORE APPLIED FIX KEPT), S("f"), &e));
	merge_text(r->merge, &r->out);
	merge_text(other, &out);
	assert_str_eq(buf_str(&out), buf_str(&r->out));
	buf_free(&out);
}

static void the_last_result_of_a_repository_counts(void **state)
{
	struct run *r = *state;

	add(r, RESULT("\"a\"", "0", "7", "0", "null", HELD("CYCLE")) CLEAN FIX CLEAN);
	merge_text(r->merge, &r->out);
	assert_true(str_starts(buf_str(&r->out), S("3 repositories: 1 with a fix available")));
	assert_true(str_has(buf_str(&r->out), S("\n2 fixed, 0 removed, 0 held")));
	assert_true(str_has(buf_str(&r->out), S("\n1 result was replaced by a later one of the ")));
	assert_false(str_has(buf_str(&r->out), S("CYCLE")));
}

#define NAMED(repository, name) \
	RESULT("\"" repository "\", \"name\": " name, "1", "0", "1", "null", "")

/* Which results are of one repository, and what it is called. */
static void a_place_is_no_name(void **state)
{
	static const struct {
		const char *results, *says;
	} rows[] = {
		{ NAMED(".", "null") NAMED(".", "null"), "2 repositories: " },
		{ NAMED(".", "null") NAMED(".", "null"), "\n  f:1: 1 fixed" },
		{ NAMED("infra", "null") NAMED("infra", "null"), "2 repositories: " },
		{ NAMED(".", "\"h/a\"") NAMED(".", "\"h/b\""), "2 repositories: " },
		{ NAMED(".", "\"h/a\"") NAMED(".", "\"h/b\""), "\n  h/b: 1 fixed" },
		{ NAMED(".", "\"h/a\"") NAMED("/x/a", "\"h/a\""), "1 repository: " },
		{ NAMED(".", "\"h/a\"") NAMED("/x/a", "\"h/a\""), "\n  /x/a: 1 fixed" },
		{ NAMED("/x", "null") NAMED("/x", "null") NAMED("/x", "null"),
		  "\n2 results were replaced by a later one of the same repository\n" },
		/* of versions without names */
		{ FIX FIX, "1 repository: " },
		{ RESULT("\".\"", "1", "0", "1", "null", "")
			  RESULT("\".\"", "1", "0", "1", "null", ""),
		  "2 repositories: " },
		{ RESULT("\"../x\"", "1", "0", "1", "null", "")
			  RESULT("\"../x\"", "1", "0", "1", "null", ""),
		  "2 repositories: " },
	};
	struct run *r = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		r->merge = merge_create(r->arena);
		r->out.n = 0;
		add(r, rows[i].results);
		merge_text(r->merge, &r->out);
		if (!str_has(buf_str(&r->out), str_from(rows[i].says)))
			test_fail("%zu: %.*s", i, STR_ARG(buf_str(&r->out)));
	}
}

static void the_summary_for_machines_says_the_same(void **state)
{
	struct run *r = *state;
	const cJSON *summary, *list;
	cJSON *root;

	add(r, KEPT FIX CLEAN APPLIED MORE);
	merge_json(r->merge, S("0.1.0"), &r->out);
	root = cJSON_ParseWithLength(r->out.p, r->out.n);
	summary = cJSON_GetObjectItem(root, "summary");
	assert_int_equal(cJSON_GetObjectItem(summary, "repositories")->valueint, 5);
	assert_int_equal(cJSON_GetObjectItem(summary, "fix_on_branch")->valueint, 1);
	assert_int_equal(cJSON_GetObjectItem(summary, "held")->valueint, 3);
	assert_true(cJSON_IsTrue(cJSON_GetObjectItem(summary, "proven")));
	list = cJSON_GetObjectItem(root, "repositories");
	assert_int_equal(cJSON_GetArraySize(list), 5);
	assert_string_equal(cJSON_GetObjectItem(list->child, "name")->valuestring, "a");
	assert_int_equal(cJSON_GetObjectItem(list->child, "fixed")->valueint, 2);
	assert_string_equal(
		cJSON_GetObjectItem(cJSON_GetObjectItem(root, "codes")->child, "code")->valuestring,
		"RES-ALL");
	cJSON_Delete(root);
}

static void what_went_wrong_somewhere_is_said(void **state)
{
	struct run *r = *state;
	const cJSON *summary;
	cJSON *root;

	add(r, "{\"schema\": 1, \"base\": \"b\", \"commit\": null, \"summary\": {\"fixed\": 1, "
	       "\"removed\": 0, \"held\": 2, \"suppressed\": 0, \"files_read\": 2, "
	       "\"files_changed\": 1}, \"proof\": {\"holds\": false}, \"findings\": "
	       "[" HELD("NEW-CODE") ", {\"outcome\": \"held\"}], \"diagnostics\": "
				    "[{\"severity\": \"error\"}, {\"severity\": \"note\"}], "
				    "\"repository\": \"z\"}\n");
	add(r, FIX CLEAN);
	merge_text(r->merge, &r->out);
	assert_true(str_has(buf_str(&r->out), S("of which 2 change; 1 error; a proof FAILED\n")));
	assert_true(str_has(buf_str(&r->out), S("\n      2  (other) ")));
	assert_true(str_has(buf_str(&r->out), S("0 suppressed; 1 error; proof FAILED\n")));
	r->out.n = 0;
	merge_json(r->merge, S("0.1.0"), &r->out);
	root = cJSON_ParseWithLength(r->out.p, r->out.n);
	summary = cJSON_GetObjectItem(root, "summary");
	assert_true(cJSON_IsFalse(cJSON_GetObjectItem(summary, "proven")));
	cJSON_Delete(root);
}

/* Without one of these members it is none of ours. */
static void a_result_is_whole(void **state)
{
	static const char *const names[] = { "\"schema\"", "\"files_read\"", "\"files_changed\"",
					     "\"held\":",  "\"fixed\"",      "\"findings\"",
					     "\"outcome\"" };
	struct run *r = *state;
	struct err e;

	for (size_t i = 0; i < COUNT(names); i++) {
		str text = S(KEPT);
		size_t at = str_find(text, str_from(names[i]), 0);

		assert_true(at < text.n);
		text = str_fmt(r->arena, "%.*sx%.*s", (int)at + 1, text.p, (int)(text.n - at - 2),
			       text.p + at + 2);
		assert_false(merge_add(r->merge, text, S("f"), &e));
	}
}

static void nothing_is_no_repository(void **state)
{
	struct run *r = *state;

	add(r, "");
	add(r, " \r\n\t");
	merge_text(r->merge, &r->out);
	assert_true(str_starts(buf_str(&r->out), S("0 repositories: ")));
}

static void what_is_no_result_is_told_with_its_line(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ FIX "{\"schema\": 1}", "f:2" },
		{ FIX "\n\nrubbish", "f:4" },
		{ "[" FIX "]", "f:1" },
		{ "{\"schema\": 2}", "f:1" },
		{ RESULT("null", "-1", "0", "0", "null", ""), "f:1" },
		{ RESULT("null", "0.5", "0", "0", "null", ""), "f:1" },
		{ RESULT("null", "1e300", "0", "0", "null", ""), "f:1" },
		{ RESULT("null", "\"1\"", "0", "0", "null", ""), "f:1" },
		{ RESULT("null", "1", "0", "0", "null", "{}"), "f:1" },
		{ RESULT("null", "1", "0", "0", "null", "5"), "f:1" },
		{ "\xff\xfe", "f:1" },
	};
	struct run *r = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = { 0 };
		str want = str_fmt(r->arena, "%s: this is no result of kmsfix --format json",
				   rows[i].want);

		assert_false(merge_add(r->merge, str_from(rows[i].text), S("f"), &e));
		assert_int_equal(e.code, ERR_IO);
		assert_str_eq(str_from(e.msg), want);
	}
}

static void a_result_cut_anywhere_is_an_error(void **state)
{
	struct run *r = *state;
	str whole = str_trim(str_from(KEPT));

	for (size_t n = 1; n < whole.n; n++) {
		/* A copy of its own, so that a read behind the end is seen. */
		str cut = str_dup(r->arena, str_sub(whole, 0, n));
		struct err e;

		assert_false(merge_add(r->merge, cut, S("f"), &e));
	}
}

static void deep_nesting_is_an_error(void **state)
{
	struct run *r = *state;
	struct buf deep = { 0 };
	struct err e;

	buf_fill(&deep, '[', 200000);
	assert_false(merge_add(r->merge, buf_str(&deep), S("f"), &e));
	buf_free(&deep);
}

static void hostile_names_are_harmless(void **state)
{
	struct run *r = *state;

	add(r, RESULT("\"\\u001b[2J\\nx: 9 fixed\"", "1", "1", "1", "null", HELD("\\u001b[2J")));
	merge_text(r->merge, &r->out);
	for (size_t i = 0; i < r->out.n; i++)
		assert_true(r->out.p[i] == '\n' || (unsigned char)r->out.p[i] >= 0x20);
	assert_true(str_has(buf_str(&r->out), S("\n  \\x1b[2J\\x0ax: 9 fixed: 1 fixed")));
	assert_true(str_has(buf_str(&r->out), S("\n      1  (other)")));
}

/* Real results, out of two repositories, through the program. */
static void the_program_sums_up_what_it_printed(void **state)
{
	struct run *r = *state;
	const char *demo = program_repo(r->arena, "testdata/demo");
	const char *other = program_repo(r->arena, "testdata/golden/kinds/boundary/in");
	const char *dir = test_mkdir(r->arena), *all = str_fmt(r->arena, "%s/all", dir).p;
	const char *one[] = { "-q", "--format=json", demo, NULL };
	const char *two[] = { "-q", "--format=json", other, NULL };
	struct outcome o;

	test_write(all, str_fmt(r->arena, "%.*s%.*s", STR_ARG(program_run(r->arena, one).out),
				STR_ARG(program_run(r->arena, two).out)));
	o = program_run(r->arena, (const char *[]){ "report", "--merge", all, NULL });
	assert_int_equal(o.status, 0);
	assert_true(str_starts(o.out, S("2 repositories: 1 with a fix available, 0 with a fix on "
					"a branch, 1 with held findings only")));
	assert_true(str_has(o.out, str_fmt(r->arena, "\n  %s: 2 fixed, 0 removed, 1 held", demo)));
	str told = o.out;
	o = program_run(r->arena,
			(const char *[]){ "report", "--format=text", "--merge", all, NULL });
	assert_true(str_eq(o.out, told));
	o = program_run(r->arena,
			(const char *[]){ "report", "--format=json", "--merge", all, NULL });
	assert_int_equal(o.status, 0);
	assert_true(str_starts(o.out, S("{")));
	assert_true(str_has(o.out, S("\"repositories\": 2")));
	o = program_run(r->arena, (const char *[]){ "report", "--merge", "/no/such", NULL });
	assert_int_equal(o.status, 1);
	test_rmdir(r->arena, demo);
	test_rmdir(r->arena, other);
	test_rmdir(r->arena, dir);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(results_are_summed_up),
		TEST(the_order_of_results_does_not_matter),
		TEST(the_last_result_of_a_repository_counts),
		TEST(a_place_is_no_name),
		TEST(the_summary_for_machines_says_the_same),
		TEST(what_went_wrong_somewhere_is_said),
		TEST(a_result_is_whole),
		TEST(nothing_is_no_repository),
		TEST(what_is_no_result_is_told_with_its_line),
		TEST(a_result_cut_anywhere_is_an_error),
		TEST(deep_nesting_is_an_error),
		TEST(hostile_names_are_harmless),
		TEST(the_program_sums_up_what_it_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
