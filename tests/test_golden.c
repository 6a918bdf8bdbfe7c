/* SPDX-License-Identifier: MIT */
/*
 * The program as users see it: one test per directory testdata/golden/<area>/<case>/ that has an
 *`in`.
 *
 *	in/           the tree that becomes a repository with one commit
 *	args          options, between white space; {case} is the case's directory, {copy} a copy
 *		      of it that may be written to (optional)
 *	exit          expected exit status of the dry run (default 2)
 *	out.diff      expected stdout of the dry run
 *	expected.txt  one sorted line per finding, as "held RES-ALL iam.tf:30" (optional)
 *	README        one sentence: why the case exists
 *
 * A diff must apply, and a run on the result must find nothing left to do. With UPDATE=1 the
 *expected files are written instead of compared; GOLDEN='*inline*' selects cases; PART=2/8 is the
 *second of eight parts; KMSFIX_TERRAFORM=1 also lets `terraform fmt` judge what changed.
 */
#include <cjson/cJSON.h>
#include <dirent.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kmsfix/buf.h"
#include "kmsfix/strs.h"
#include "kmsfix/vec.h"
#include "program.h"

#define ROOT "testdata/golden"

struct golden {
	const char *dir;
	/* Per run of the test: */
	struct arena *arena;
	const char *scratch, *repo;
	str err; /* stderr of the last run */
};

struct words {
	const char **v;
	size_t n, cap;
};

static const char *path_of(struct golden *g, const char *dir, const char *name)
{
	return str_fmt(g->arena, "%s/%s", dir, name).p;
}

/* Adds what stands between white space; `text` may be NULL. */
static void words_split(struct arena *a, struct words *words, const char *text)
{
	static const char blanks[] = " \t\r\n";
	size_t n;

	for (; text && *(text += strspn(text, blanks)); text += n) {
		n = strcspn(text, blanks);
		VEC_PUSH(a, words, str_z(a, (str){ text, n }));
	}
}

/* Puts a directory where the word has `name`. */
static void place_dir(struct golden *g, const char **word, str name, const char *dir)
{
	str text = str_from(*word);
	size_t at = str_find(text, name, 0);

	if (at != SIZE_MAX)
		*word = str_fmt(g->arena, "%.*s%s%s", (int)at, text.p, dir, text.p + at + name.n).p;
}

/* The case's options. */
static struct words options(struct golden *g)
{
	const char *path = path_of(g, g->dir, "args");
	struct words words = { 0 };

	if (test_exists(path))
		words_split(g->arena, &words, test_read(g->arena, path).p);
	for (size_t i = 0; i < words.n; i++) {
		place_dir(g, &words.v[i], S("{case}"), g->dir);
		place_dir(g, &words.v[i], S("{copy}"), path_of(g, g->scratch, "case"));
	}
	return words;
}

/* Runs the program on the scratch repository with the case's options and `more` (or NULL). */
static struct outcome run(struct golden *g, const char *more)
{
	const char *program = getenv("KMSFIX"), *build = getenv("BUILD");
	struct words args = options(g), command = { 0 };
	struct outcome o;

	words_split(g->arena, &args, more);
	if (!program)
		program = path_of(g, build ? build : "build", "kmsfix");
	words_split(g->arena, &command, program_wrapper().p);
	VEC_PUSH(g->arena, &command, program);
	for (size_t i = 0; i < args.n; i++)
		VEC_PUSH(g->arena, &command, args.v[i]);
	VEC_PUSH(g->arena, &command, g->repo);
	VEC_PUSH(g->arena, &command, NULL);
	o = test_run(g->arena, command.v);
	g->err = o.err;
	return o;
}

/* Compares with (or with UPDATE=1 rewrites) one expected file; one that is not there is empty. */
static void expect(struct golden *g, const char *name, str got)
{
	const char *path = path_of(g, g->dir, name), *actual = path_of(g, g->scratch, name);
	bool there = test_exists(path);
	struct outcome diff;

	if (getenv("UPDATE")) {
		test_write(path, got);
		return;
	}
	if (str_eq(got, there ? test_read(g->arena, path) : S("")))
		return;
	test_write(actual, got);
	diff = test_run(g->arena,
			(const char *[]){ "diff", "-u", there ? path : "/dev/null", actual, NULL });
	test_fail("%.*s\nstderr: %.*s", STR_ARG(diff.out), STR_ARG(g->err));
}

static void expect_status(struct golden *g, int status)
{
	const char *path = path_of(g, g->dir, "exit");

	if (getenv("UPDATE") && status == 2)
		unlink(path);
	else if (getenv("UPDATE") || test_exists(path))
		expect(g, "exit", str_fmt(g->arena, "%d\n", status));
	else if (status != 2)
		test_fail("exits with %d, not 2\nstderr: %.*s", status, STR_ARG(g->err));
}

static int str_order(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

/* A finding as one line of expected.txt. */
static str finding_line(struct golden *g, const cJSON *finding)
{
	const char *outcome = cJSON_GetStringValue(cJSON_GetObjectItem(finding, "outcome"));
	const char *code = cJSON_GetStringValue(cJSON_GetObjectItem(finding, "code"));
	const char *path = cJSON_GetStringValue(cJSON_GetObjectItem(finding, "path"));
	const cJSON *line = cJSON_GetObjectItem(finding, "line");

	if (!outcome || !path || !cJSON_IsNumber(line))
		test_fail("a finding has no outcome, path or line");
	if (path && str_starts(str_from(path), str_from(g->scratch)))
		path += strlen(g->scratch) + 1;
	return str_fmt(g->arena, "%s %s %s:%d\n", outcome, code ? code : "-", path,
		       line ? line->valueint : 0);
}

/* Suppressions and other tools tell findings by it. */
static void expect_new_id(struct golden *g, struct strs *ids, const cJSON *finding)
{
	const char *id = cJSON_GetStringValue(cJSON_GetObjectItem(finding, "id"));
	if (!id || strs_has(ids, str_from(id)))
		test_fail("%s: the id '%s' is there twice, or is none", g->dir, id ? id : "");
	strs_add(g->arena, ids, str_dup(g->arena, str_from(id)));
}

/* The lines of expected.txt out of the JSON report. */
static str findings(struct golden *g, str report)
{
	cJSON *root = cJSON_ParseWithLength(report.p, report.n);
	const cJSON *list = cJSON_GetObjectItem(root, "findings"), *finding;
	struct strs lines = { 0 }, ids = { 0 };
	struct buf all = { 0 };
	str text;

	if (!cJSON_IsArray(list))
		test_fail("no findings in the report: %.*s", STR_ARG(report));
	cJSON_ArrayForEach(finding, list)
	{
		expect_new_id(g, &ids, finding);
		strs_add(g->arena, &lines, finding_line(g, finding));
	}
	cJSON_Delete(root);
	if (lines.n)
		qsort(lines.v, lines.n, sizeof(*lines.v), str_order);
	for (size_t i = 0; i < lines.n; i++)
		buf_add(&all, lines.v[i]);
	text = str_dup(g->arena, buf_str(&all));
	buf_free(&all);
	return text;
}

static void check_findings(struct golden *g)
{
	if (getenv("UPDATE") || test_exists(path_of(g, g->dir, "expected.txt")))
		expect(g, "expected.txt",
		       findings(g, test_read(g->arena, path_of(g, g->scratch, "findings.json"))));
}

/* What terraform fmt leaves alone in the input it must leave alone in the result. */
static void check_format(struct golden *g)
{
	const char *wanted = getenv("KMSFIX_TERRAFORM"), *before = path_of(g, g->scratch, "before");
	struct words unclean = { 0 };
	struct outcome o;

	if (!wanted || strcmp(wanted, "1") != 0)
		return;
	test_copy(g->arena, path_of(g, g->dir, "in"), before);
	/* One run for both trees: starting terraform is slow. */
	o = test_run(g->arena, (const char *[]){ "terraform", "fmt", "-check", "-recursive",
						 g->scratch, NULL });
	if (o.status == 127)
		return;
	words_split(g->arena, &unclean, o.out.p);
	for (size_t i = 0; i < unclean.n; i++) {
		const char *repo = strstr(unclean.v[i], "/repo/");
		bool excused = !repo;

		for (size_t j = 0; !excused && j < unclean.n; j++) {
			const char *old = strstr(unclean.v[j], "/before/");

			excused = old && !strcmp(old + strlen("/before"), repo + strlen("/repo"));
		}
		if (!excused)
			test_fail("terraform fmt would change '%s'", repo + strlen("/repo/"));
	}
}

/* The diff applies, and then there is nothing left to do. */
static void check_fix(struct golden *g, str diff)
{
	const char *patch = path_of(g, g->scratch, "fix.diff");
	struct outcome again;

	test_write(patch, diff);
	test_must(g->arena, (const char *[]){ "git", "-C", g->repo, "apply", patch, NULL });
	test_commit(g->arena, g->repo, "fix");
	check_format(g);
	again = run(g, NULL);
	if (again.out.n || (again.status != 0 && again.status != 3))
		test_fail("a second run exits with %d and prints\n%.*s\nstderr: %.*s", again.status,
			  STR_ARG(again.out), STR_ARG(again.err));
}

/* True when the options ask for something else than a diff of what would change. */
static bool is_special(struct golden *g)
{
	static const char *const prefixes[] = { "--apply",  "--write", "--format",
						"--output", "--help",  "--version" };
	struct words args = options(g);

	for (size_t i = 0; i < args.n; i++) {
		for (size_t j = 0; j < COUNT(prefixes); j++) {
			if (str_starts(str_from(args.v[i]), str_from(prefixes[j])))
				return true;
		}
	}
	return false;
}

/* What a run may write to, but for the code, of which terraform fmt would see another copy. */
static void copy_case(struct golden *g)
{
	const char *args = path_of(g, g->dir, "args"), *copy = path_of(g, g->scratch, "case");

	if (!test_exists(args) || !str_has(test_read(g->arena, args), S("{copy}")))
		return;
	test_copy(g->arena, g->dir, copy);
	test_rmdir(g->arena, path_of(g, copy, "in"));
}

/* The diff, and in a file the findings: one run less for each case. */
static struct outcome first_run(struct golden *g)
{
	const char *file = path_of(g, g->scratch, "findings.json");

	if (is_special(g))
		return run(g, NULL);
	return run(g, str_fmt(g->arena, "--format json --output %s --format diff", file).p);
}

static void golden_case(void **state)
{
	struct golden *g = *state;
	struct outcome first;

	test_copy(g->arena, path_of(g, g->dir, "in"), g->repo);
	test_repo(g->arena, g->repo);
	copy_case(g);
	first = first_run(g);
	expect_status(g, first.status);
	expect(g, "out.diff", first.out);
	if (is_special(g) || first.status == 1)
		return;
	check_findings(g);
	if (first.out.n)
		check_fix(g, first.out);
}

static int setup(void **state)
{
	struct golden *g = *state;

	g->arena = arena_create();
	g->scratch = test_mkdir(g->arena);
	g->repo = path_of(g, g->scratch, "repo");
	return 0;
}

static int teardown(void **state)
{
	struct golden *g = *state;

	test_rmdir(g->arena, g->scratch);
	arena_destroy(g->arena);
	return 0;
}

/* Whether case number `n` is in the part of the suite that PART asks for. */
static bool in_part(size_t n)
{
	const char *part = getenv("PART"), *slash = part ? strchr(part, '/') : NULL;
	unsigned long of = slash ? strtoul(slash + 1, NULL, 10) : 0;

	return !of || n % of == strtoul(part, NULL, 10) % of;
}

/* The names in a directory, sorted; none when there is no such directory. */
static struct strs list(struct arena *a, str path)
{
	DIR *dir = opendir(path.p);
	struct strs names = { 0 };
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] != '.')
			strs_add(a, &names, str_dup(a, str_from(entry->d_name)));
	}
	if (dir)
		closedir(dir);
	strs_sort(&names);
	return names;
}

struct tests {
	struct CMUnitTest *v;
	size_t n, cap;
};

static struct tests collect(struct arena *a)
{
	const char *wanted = getenv("GOLDEN");
	struct strs areas = list(a, S(ROOT));
	struct tests tests = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < areas.n; i++) {
		struct strs cases = list(a, str_fmt(a, ROOT "/%s", areas.v[i].p));

		for (size_t j = 0; j < cases.n; j++) {
			str name = str_fmt(a, "%s/%s", areas.v[i].p, cases.v[j].p);
			struct golden *g = ARENA_NEW(a, struct golden);
			struct CMUnitTest test = { name.p, golden_case, setup, teardown, g };

			g->dir = str_fmt(a, ROOT "/%s", name.p).p;
			if (test_exists(str_fmt(a, "%s/in", g->dir).p) &&
			    (!wanted || !fnmatch(wanted, name.p, 0)) && in_part(count++))
				VEC_PUSH(a, &tests, test);
		}
	}
	return tests;
}

int main(void)
{
	struct arena *a = arena_create();
	struct tests tests = collect(a);
	int failed;

	if (!tests.n)
		print_message("no golden cases\n");
	failed = _cmocka_run_group_tests("golden", tests.v, tests.n, NULL, NULL);
	arena_destroy(a);
	return failed != 0; /* a count of 256 would be status 0 */
}
