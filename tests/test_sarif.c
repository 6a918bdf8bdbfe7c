/* SPDX-License-Identifier: MIT */
/*
 * SARIF as the program prints it: valid, and its fixes are the fix. The official schema is not ours
 * to carry: KMSFIX_SARIF_SCHEMA names a copy (.ci/run gets one).
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "kmsfix/buf.h"
#include "kmsfix/utf8.h"
#include "kmsfix/vec.h"
#include "program.h"

struct run {
	struct arena *arena;
	const char *repo, *dir;
};

static const cJSON *member(const cJSON *v, const char *name)
{
	const cJSON *m = cJSON_GetObjectItemCaseSensitive(v, name);

	if (!m)
		test_fail("no '%s'", name);
	return m;
}

static const char *text_of(const cJSON *v, const char *name)
{
	return cJSON_GetStringValue(member(v, name));
}

static str print_sarif(struct run *r)
{
	struct outcome o =
		program_run(r->arena, (const char *[]){ "-q", "--format", "sarif", r->repo, NULL });

	if (o.status == 1)
		test_fail("%.*s", STR_ARG(o.err));
	return o.out;
}

static const cJSON *first_run(const cJSON *log)
{
	return member(log, "runs")->child;
}

/* Code points above U+FFFF are two units, so a column in bytes or points would be wrong here. */
#define KEY "\xf0\x9f\x94\x91"
#define IAM                                                                                    \
	"resource \"aws_iam_role\" \"odd\" {\n  name = \"odd\"\n}\r\n"                         \
	"resource \"aws_iam_role_policy\" \"odd\" {\n"                                         \
	"  role = aws_iam_role.odd.id\n"                                                       \
	"  policy = jsonencode({ /* " KEY " */ Statement = [\n"                                \
	"    { Effect = \"Allow\", /* " KEY " */ Action = [ /* " KEY "\xff */ \"kms:Encrypt\"" \
	", \"kms:Decrypt\" /* " KEY " */ ], Resource = aws_kms_key.odd.arn },\n"               \
	"  ] })\n}\n"                                                                          \
	"resource \"aws_kms_key\" \"odd\" { /* [" KEY "](x) */\n  description = \"" KEY "\"\n}\n"

static int setup(void **state)
{
	struct arena *a = arena_create();
	struct run *r = ARENA_NEW(a, struct run);

	r->arena = a;
	r->dir = test_mkdir(a);
	r->repo = program_repo(a, "testdata/demo");
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct run *r = *state;

	test_rmdir(r->arena, r->dir);
	test_rmdir(r->arena, r->repo);
	arena_destroy(r->arena);
	return 0;
}

static void write_odd(struct run *r)
{
	test_write(str_fmt(r->arena, "%s/odd ~_-[Z1].tf", r->repo).p, S(IAM));
	test_commit(r->arena, r->repo, "odd");
}

static void the_log_is_valid(void **state)
{
	struct run *r = *state;
	const char *schema = getenv("KMSFIX_SARIF_SCHEMA");
	const char *file = str_fmt(r->arena, "%s/log.sarif", r->dir).p;

	if (!schema) {
		program_lacks("KMSFIX_SARIF_SCHEMA");
		return;
	}
	test_write(str_fmt(r->arena, "%s/broken.tf", r->repo).p, S("resource [{}] {"));
	write_odd(r);
	test_write(str_fmt(r->arena, "%s/.kmsfix.json", r->repo).p,
		   S("{\"version\": 1, \"suppress\": [{\"code\": \"RES-ALL\", \"path\": \"*.tf\", "
		     "\"reason\": \"agreed\"}]}"));
	test_commit(r->arena, r->repo, "more");
	test_write(file, print_sarif(r));
	program_validate(r->arena, schema, &file, 1);
}

/* ---- fixes ---- */

static size_t utf16_offset(str text, const cJSON *region, const char *line, const char *column)
{
	size_t at = 0, units = 1;

	for (int l = 1; l < member(region, line)->valueint; l++)
		at = str_find(text, S("\n"), at) + 1;
	while (units < (size_t)member(region, column)->valueint) {
		size_t n = utf8_next(text, at, NULL);

		units += n == 4 ? 2 : 1;
		at += n ? n : 1;
	}
	return at;
}

struct replacement {
	const char *name;
	size_t start, end;
	const char *text;
};

struct replacements {
	struct replacement *v;
	size_t n, cap;
};

static str base_text(struct run *r, const char *name)
{
	return test_must(r->arena, (const char *[]){ "git", "-C", r->repo, "show",
						     str_fmt(r->arena, "HEAD:%s", name).p, NULL });
}

static void add_change(struct run *r, struct replacements *all, const cJSON *change)
{
	const char *uri = text_of(member(change, "artifactLocation"), "uri");
	const char *name = strstr(uri, "%20") ? "odd ~_-[Z1].tf" :
						str_dup(r->arena, str_from(uri)).p;
	str base = base_text(r, name);
	const cJSON *one;

	cJSON_ArrayForEach(one, member(change, "replacements"))
	{
		const cJSON *content = cJSON_GetObjectItem(one, "insertedContent");
		const cJSON *region = member(one, "deletedRegion");
		struct replacement new = {
			name,
			utf16_offset(base, region, "startLine", "startColumn"),
			utf16_offset(base, region, "endLine", "endColumn"),
			content ? text_of(content, "text") : "",
		};

		VEC_PUSH(r->arena, all, new);
	}
}

/* The last first, so that what is still to come has not moved. */
static int backwards(const void *px, const void *py)
{
	const struct replacement *x = px, *y = py;
	int order = strcmp(x->name, y->name);

	return order ? order : (x->start < y->start) - (x->start > y->start);
}

static void apply(struct run *r, struct replacements *all)
{
	qsort(all->v, all->n, sizeof(*all->v), backwards);
	for (size_t i = 0; i < all->n; i++) {
		const struct replacement *one = &all->v[i];
		const char *path = str_fmt(r->arena, "%s/%s", r->repo, one->name).p;
		str now = test_read(r->arena, path);

		test_write(path, str_fmt(r->arena, "%.*s%s%.*s", (int)one->start, now.p, one->text,
					 (int)(now.n - one->end), now.p + one->end));
	}
}

static void the_fixes_together_are_the_fix(void **state)
{
	struct run *r = *state;
	const char *patch = str_fmt(r->arena, "%s/patch", r->dir).p;
	cJSON *log;
	const cJSON *result, *change;
	struct replacements all = { 0 };
	size_t fixes = 0;
	str got;

	write_odd(r);
	test_write(patch, program_run(r->arena, (const char *[]){ "-q", r->repo, NULL }).out);
	log = cJSON_Parse(print_sarif(r).p);
	cJSON_ArrayForEach(result, member(first_run(log), "results"))
	{
		const cJSON *list = cJSON_GetObjectItem(result, "fixes");

		if (!list)
			continue;
		fixes++;
		cJSON_ArrayForEach(change, member(list->child, "artifactChanges"))
			add_change(r, &all, change);
	}
	apply(r, &all);
	cJSON_Delete(log);
	assert_int_equal(fixes, 2); /* two of the three share a new data source */
	got = test_must(r->arena,
			(const char *[]){ "git", "-C", r->repo, "diff", "--full-index", NULL });
	assert_true(got.n > 0);
	test_must(r->arena, (const char *[]){ "git", "-C", r->repo, "checkout", "-q", ".", NULL });
	test_must(r->arena, (const char *[]){ "git", "-C", r->repo, "apply", patch, NULL });
	assert_str_eq(test_must(r->arena, (const char *[]){ "git", "-C", r->repo, "diff",
							    "--full-index", NULL }),
		      got);
}

/* ---- results ---- */

static void a_result_has_rule_level_place_and_fingerprint(void **state)
{
	struct run *r = *state;
	cJSON *log;
	const cJSON *result, *location, *region;

	write_odd(r);
	log = cJSON_Parse(print_sarif(r).p);
	result = cJSON_GetArrayItem(member(first_run(log), "results"), 3);
	assert_string_equal(text_of(result, "ruleId"), "FIXED");
	assert_string_equal(text_of(result, "level"), "warning");
	assert_string_equal(text_of(member(result, "message"), "text"),
			    "allows kms:Decrypt; fixed: moved to the key policy");
	location = member(member(result, "locations")->child, "physicalLocation");
	assert_string_equal(text_of(member(location, "artifactLocation"), "uri"),
			    "odd%20~_-%5BZ1%5D.tf");
	region = member(location, "region");
	assert_int_equal(member(region, "startLine")->valueint, 7);
	assert_int_equal(member(region, "startColumn")->valueint, 5);
	assert_int_equal(member(region, "endLine")->valueint, 7);
	/* each key is one point, but two units */
	assert_int_equal(member(region, "endColumn")->valueint, 128);
	cJSON_Delete(log);
}

static void rules_are_found_by_their_index(void **state)
{
	struct run *r = *state;
	cJSON *log = cJSON_Parse(print_sarif(r).p);
	const cJSON *rules = member(member(member(first_run(log), "tool"), "driver"), "rules");
	const cJSON *result;
	size_t held = 0;

	cJSON_ArrayForEach(result, member(first_run(log), "results"))
	{
		const cJSON *rule = cJSON_GetArrayItem(rules,
						       member(result, "ruleIndex")->valueint);

		assert_string_equal(text_of(rule, "id"), text_of(result, "ruleId"));
		held += !strcmp(text_of(rule, "id"), "RES-ALL");
	}
	assert_int_equal(held, 1);
	cJSON_Delete(log);
}

/* All fingerprints, in order. */
static str fingerprints(struct run *r)
{
	cJSON *log = cJSON_Parse(print_sarif(r).p);
	const cJSON *result;
	str all = S("");

	cJSON_ArrayForEach(result, member(first_run(log), "results"))
		all = str_fmt(r->arena, "%.*s %s", STR_ARG(all),
			      text_of(member(result, "partialFingerprints"), "kmsfixFinding/v1"));
	cJSON_Delete(log);
	return all;
}

static void fingerprints_stay_when_lines_move(void **state)
{
	struct run *r = *state;
	const char *path = str_fmt(r->arena, "%s/iam.tf", r->repo).p;
	str before = fingerprints(r), text = test_read(r->arena, path);

	test_write(path, str_fmt(r->arena, "# one\n# more\n\n%.*s", STR_ARG(text)));
	test_commit(r->arena, r->repo, "lines move");
	assert_str_eq(fingerprints(r), before);
	assert_int_equal(before.n, 3 * 17);
}

static void a_suppressed_finding_is_a_suppressed_result(void **state)
{
	struct run *r = *state;
	cJSON *log;
	const cJSON *result, *why;

	test_write(str_fmt(r->arena, "%s/.kmsfix.json", r->repo).p,
		   S("{\"version\": 1, \"suppress\": [{\"code\": \"RES-ALL\", \"path\": "
		     "\"iam.tf\", \"reason\": \"agreed\"}]}"));
	test_commit(r->arena, r->repo, "suppress");
	log = cJSON_Parse(print_sarif(r).p);
	result = cJSON_GetArrayItem(member(first_run(log), "results"), 2);
	assert_string_equal(text_of(result, "ruleId"), "RES-ALL");
	assert_string_equal(text_of(result, "level"), "note");
	why = member(result, "suppressions")->child;
	assert_non_null(why);
	assert_string_equal(text_of(why, "kind"), "external");
	assert_string_equal(text_of(why, "justification"), "agreed");
	cJSON_Delete(log);
}

static void messages_are_no_links_and_no_placeholders(void **state)
{
	struct run *r = *state;
	cJSON *log;
	const cJSON *result;

	test_write(str_fmt(r->arena, "%s/.kmsfix.json", r->repo).p,
		   S("{\"version\": 1, \"suppress\": [{\"path\": \"iam.tf\", \"reason\": "
		     "\"[x](http://y) {0} \\\\\"}]}"));
	test_commit(r->arena, r->repo, "suppress");
	log = cJSON_Parse(print_sarif(r).p);
	result = member(first_run(log), "results")->child;
	assert_non_null(strstr(text_of(member(result, "message"), "text"),
			       "suppressed: \\[x\\](http://y) {{0}} \\\\"));
	cJSON_Delete(log);
}

static void what_there_is_to_say_about_files_is_a_notification(void **state)
{
	struct run *r = *state;
	cJSON *log;
	const cJSON *said;

	test_write(str_fmt(r->arena, "%s/broken.tf", r->repo).p, S("resource [{}] {"));
	test_commit(r->arena, r->repo, "break");
	log = cJSON_Parse(print_sarif(r).p);
	said = member(member(first_run(log), "invocations")->child, "toolExecutionNotifications");
	assert_true(cJSON_GetArraySize(said) > 0);
	assert_non_null(member(said->child, "locations"));
	cJSON_Delete(log);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_log_is_valid),
		TEST(the_fixes_together_are_the_fix),
		TEST(a_result_has_rule_level_place_and_fingerprint),
		TEST(rules_are_found_by_their_index),
		TEST(fingerprints_stay_when_lines_move),
		TEST(a_suppressed_finding_is_a_suppressed_result),
		TEST(messages_are_no_links_and_no_placeholders),
		TEST(what_there_is_to_say_about_files_is_a_notification),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
