/* SPDX-License-Identifier: MIT */
/*
 * Accounts without code: one test per directory testdata/account/<case>/.
 *
 *	in/         the export
 *	args        more options (optional)
 *	exit        expected exit status (default 2)
 *	out.diff    expected stdout
 *	expected.txt  expected stderr
 *	script/     what --script is expected to write, but functions.sh
 *	README      one sentence: why the case exists
 *
 * What is written is then run on a stand-in of AWS made from the export (tests/stand_in), whose
 * judge must see the same access in every state. UPDATE=1 writes the expected files, ACCOUNT='*x*'
 * selects cases. KMSFIX_SOAK=0 runs the scripts of all cases, not only the thin one; KMSFIX_SOAK=1
 * also stops them at every call.
 */
#include <dirent.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kmsfix/strs.h"
#include "kmsfix/vec.h"
#include "program.h"

#define ROOT "testdata/account"

struct account_case {
	const char *dir;
	/* Per run of the test: */
	struct arena *arena;
	const char *scratch;
};

static const char *path_of(struct account_case *c, const char *dir, const char *name)
{
	return str_fmt(c->arena, "%s/%s", dir, name).p;
}

/* kmsfix account EXPORT and the case's options, and `more` (NULL: none). */
static struct outcome run(struct account_case *c, const char *export, const char *const more[2])
{
	const char *args[PROGRAM_ARGS] = { "account", export };
	const char *file = path_of(c, c->dir, "args");
	size_t n = 2;

	if (test_exists(file)) {
		char *text = (char *)arena_alloc(c->arena, 4096);

		snprintf(text, 4096, "%s", test_read(c->arena, file).p);
		for (char *word = strtok_r(text, " \n", &text); word && n < PROGRAM_ARGS - 3;
		     word = strtok_r(NULL, " \n", &text))
			args[n++] = word;
	}
	for (size_t i = 0; more && i < 2; i++)
		args[n++] = more[i];
	return program_run(c->arena, args);
}

/* ---- what is printed and written ---- */

static void expect(struct account_case *c, const char *name, str got)
{
	const char *path = path_of(c, c->dir, name), *actual = path_of(c, c->scratch, name);
	struct outcome diff;

	if (getenv("UPDATE")) {
		test_write(path, got);
		return;
	}
	if (str_eq(got, test_exists(path) ? test_read(c->arena, path) : S("")))
		return;
	test_write(actual, got);
	diff = test_run(c->arena,
			(const char *[]){ "diff", "-u", test_exists(path) ? path : "/dev/null",
					  actual, NULL });
	test_fail("%.*s", STR_ARG(diff.out));
}

static void expect_script(struct account_case *c, const char *out)
{
	const char *want = path_of(c, c->dir, "script");
	struct outcome diff;

	if (getenv("UPDATE")) {
		test_must(c->arena, (const char *[]){ "rm", "-rf", want, NULL });
		test_must(c->arena, (const char *[]){ "cp", "-R", out, want, NULL });
		unlink(path_of(c, want, "functions.sh"));
		return;
	}
	diff = test_run(c->arena, (const char *[]){ "diff", "-r", "-u", "-x", "functions.sh", want,
						    out, NULL });
	if (diff.status)
		test_fail("%.*s%.*s", STR_ARG(diff.out), STR_ARG(diff.err));
}

/* ---- the stand-in ---- */

/* A command with the stand-in as `aws`; `how` and `stop`: which call fails, and how. */
static struct outcome shell(struct account_case *c, const char *how, unsigned stop,
			    const char *const *words)
{
	const char *build = getenv("BUILD");
	const char *argv[16] = { "sh", "-c", "export STAND_IN_VICTIM=$$; exec \"$@\"", "sh" };
	size_t n = 4;
	char dir[4096];

	if (!getcwd(dir, sizeof(dir)))
		test_fail("no current directory");
	str stand_in = str_fmt(c->arena, "%s/%s/tests/stand_in", dir, build ? build : "build");
	str path = str_fmt(c->arena, "%s:%s", stand_in.p, getenv("KMSFIX_TEST_PATH"));
	/* Else it would be the real one, with whatever account that has. */
	if (access(path_of(c, stand_in.p, "aws"), X_OK) != 0)
		test_fail("the stand-in of aws is not built: run 'make test'");
	unlink(path_of(c, c->scratch, "aws/calls"));
	setenv("PATH", path.p, 1);
	setenv("STAND_IN", path_of(c, c->scratch, "aws"), 1);
	setenv("STAND_IN_STOP", str_fmt(c->arena, "%u", stop).p, 1);
	setenv("STAND_IN_HOW", how, 1);
	setenv("KMSFIX_WAIT", "0", 1);
	setenv("TMPDIR", c->scratch, 1);
	setenv("ASAN_OPTIONS", "detect_leaks=0", 1); /* the stand-in frees nothing */
	while (*words)
		argv[n++] = *words++;
	struct outcome o = test_run(c->arena, argv);
	unsetenv("TMPDIR");
	unsetenv("ASAN_OPTIONS");
	return o;
}

static str must(struct account_case *c, const char *const *words)
{
	struct outcome o = shell(c, "", 0, words);

	if (o.status)
		test_fail("%s exits with %d: %.*s%.*s", words[0], o.status, STR_ARG(o.out),
			  STR_ARG(o.err));
	return o.out;
}

static const char *script(struct account_case *c, const char *name)
{
	return str_fmt(c->arena, "%s/out/%s", c->scratch, name).p;
}

static void expect_last_line(struct account_case *c, const char *name, const char *line)
{
	str out = must(c, (const char *[]){ script(c, name), NULL });

	if (!str_ends(out, str_from(line)))
		test_fail("%s prints: %.*s", name, STR_ARG(out));
}

static void seed(struct account_case *c)
{
	const char *state = path_of(c, c->scratch, "aws");

	test_must(c->arena, (const char *[]){ "rm", "-rf", state, NULL });
	test_must(c->arena, (const char *[]){ "mkdir", state, NULL });
	must(c, (const char *[]){ "aws", "seed", path_of(c, c->dir, "in"), NULL });
}

/* Every line of the one is in the other. */
static bool is_within(str part, str whole)
{
	for (size_t at = 0, end; at < part.n; at = end) {
		end = str_find(part, S("\n"), at) + 1;
		if (!str_has(whole, str_sub(part, at, end)))
			return false;
	}
	return true;
}

/*
 * In each state that ever was, everybody could do what they could do at first; and no more, but
 * less only where the case says so (--accept).
 */
static void expect_same_access(struct account_case *c)
{
	str all = test_read(c->arena, path_of(c, c->scratch, "aws/access")), first = { 0 };
	const char *args = path_of(c, c->dir, "args");
	bool less = test_exists(args) && str_has(test_read(c->arena, args), S("--accept"));

	for (size_t at = 0; at < all.n;) {
		size_t end = str_find(all, S("----\n"), at);
		str part = str_sub(all, at, end);

		if (!at)
			first = part;
		if (less ? !is_within(part, first) : !str_eq(part, first))
			test_fail("access was\n%.*sand became\n%.*s", STR_ARG(first),
				  STR_ARG(part));
		at = end + 5;
	}
	assert_true(first.n > 0);
}

/* The state as an export. */
static const char *export_state(struct account_case *c, const char *name)
{
	const char *dir = path_of(c, c->scratch, name);

	must(c, (const char *[]){ "aws", "export", dir, NULL });
	return dir;
}

/* What makes two states the same: versions of policies may have other numbers, and what was deleted
 * comes back behind the others. */
static str comparable(struct account_case *c, const char *export)
{
	static const char program[] =
		"del(.Policies[].PolicyVersionList[].VersionId, .Policies[].DefaultVersionId) | "
		"walk(if type == \"array\" then sort_by(tojson) else . end)";

	return must(c, (const char *[]){ "jq", "-S", program, path_of(c, export, "details.json"),
					 NULL });
}

static void expect_same_state(struct account_case *c, const char *x, const char *y)
{
	assert_str_eq(comparable(c, x), comparable(c, y));
	test_must(c->arena, (const char *[]){ "diff", "-r", path_of(c, x, "keys"),
					      path_of(c, y, "keys"), NULL });
}

/* Nothing is left that kmsfix would do. */
static void expect_fixed(struct account_case *c)
{
	struct outcome o = run(c, export_state(c, "done"), NULL);

	if (o.out.n || (o.status != 0 && o.status != 3))
		test_fail("a second run exits with %d: %.*s%.*s", o.status, STR_ARG(o.out),
			  STR_ARG(o.err));
}

/*
 * Runs a script that is interrupted after each call that it makes, until it is through. With
 * "before" it makes no call at all when it is stopped at the first one, so the second is.
 */
static void run_interrupted(struct account_case *c, const char *name, const char *how)
{
	bool before = !strcmp(how, "before");
	size_t changes = 0;

	for (unsigned i = 0; i < 200; i++) {
		struct outcome o = shell(c, how, before && i ? 2 : 1,
					 (const char *[]){ script(c, name), NULL });

		changes++;
		if (!o.status) {
			assert_true(changes > 1);
			return;
		}
		if (strcmp(how, "kill") ? o.status != 1 : o.status != 137)
			test_fail("%s exits with %d: %.*s%.*s", name, o.status, STR_ARG(o.out),
				  STR_ARG(o.err));
	}
	test_fail("%s does not end", name);
}

static void check_interrupted(struct account_case *c, const char *first)
{
	/* For AWS, to end the script after a call is to lose its answer. */
	static const char *const hows[] = { "before", "kill", "after" };
	size_t n = str_ends(str_from(c->dir), S("/thin")) ? 3 : 2;

	for (size_t i = 0; i < n; i++) {
		seed(c);
		test_must(c->arena, (const char *[]){ "rm", "-rf", script(c, "backup"), NULL });
		run_interrupted(c, "apply.sh", hows[i]);
		expect_last_line(c, "apply.sh", "nothing was left to do\n");
		expect_fixed(c);
		run_interrupted(c, "rollback.sh", hows[i]);
		expect_same_access(c);
		expect_same_state(c, first, export_state(c, "undone"));
	}
}

/* ---- what somebody else did since the export ---- */

#define ANOTHER_ROLE "'.roles.app.id = \"AROAANOTHER\"'"
#define ITS_BOUNDARY "'.roles.app.boundary = \"arn:aws:iam::111122223333:policy/shared\"'"
#define A_BOUNDARY "'.users[\"-ada\"].boundary = \"arn:aws:iam::111122223333:policy/full\"'"
#define EDIT(program)                                                                     \
	"jq " program " \"$STAND_IN/state.json\" >\"$STAND_IN/s\" && mv \"$STAND_IN/s\" " \
	"\"$STAND_IN/state.json\""
#define DOCUMENT(action) \
	"'{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" action "\",\"Resource\":\"*\"}}'"
#define POLICIES "arn:aws:iam::111122223333:policy/"

static const struct {
	const char *command, *want;
} surprises[] = {
	{ EDIT("'(.keys[] | .policy) |= sub(\"Enable\"; \"Allow\")'"),
	  "the policy of arn:aws:kms:" },
	{ "aws iam create-policy-version --set-as-default --policy-arn=" POLICIES
	  "shared --policy-document=" DOCUMENT("s3:Get*"),
	  "policy " POLICIES "shared has changed" },
	{ "aws iam attach-role-policy --role-name=app --policy-arn=" POLICIES "team/full",
	  "who has policy " POLICIES "team/full" },
	/* Taken away on purpose: a grant in the key policy would give it back. */
	{ "aws iam detach-user-policy --user-name=-ada --policy-arn=" POLICIES "only-decrypt",
	  "who has policy " POLICIES "only-decrypt" },
	{ "aws iam delete-role-policy --role-name=app --policy-name=decrypt",
	  "policy decrypt of role app" },
	{ "aws iam put-role-policy --role-name=app --policy-name=decrypt "
	  "--policy-document=" DOCUMENT("kms:Decrypt"),
	  "policy decrypt of role app" },
	{ EDIT(ITS_BOUNDARY), "what policy " POLICIES "shared is used for has changed" },
	/* There would be no room for the new version, and nothing that may go. */
	{ "aws iam delete-policy-version --version-id=v1 --policy-arn=" POLICIES
	  "team/full && aws iam create-policy-version --policy-arn=" POLICIES
	  "team/full --policy-document=" DOCUMENT("s3:Get*"),
	  "the list of versions of policy " POLICIES "team/full" },
	{ EDIT(ANOTHER_ROLE), "role app has changed" },
	{ EDIT(A_BOUNDARY), "user -ada has changed" },
	{ EDIT("'.account = \"444455556666\"'"),
	  "the credentials are not of account 111122223333" },
};

static void check_surprises(struct account_case *c)
{
	const char *state = path_of(c, c->scratch, "aws/state.json");

	for (size_t i = 0; i < COUNT(surprises); i++) {
		struct outcome o;
		str before;

		seed(c);
		must(c, (const char *[]){ "sh", "-c", surprises[i].command, NULL });
		before = test_read(c->arena, state);
		o = shell(c, "", 0, (const char *[]){ script(c, "apply.sh"), NULL });
		if (o.status != 1 || !str_has(o.err, str_from(surprises[i].want)))
			test_fail("%s: exits with %d: %.*s", surprises[i].command, o.status,
				  STR_ARG(o.err));
		assert_str_eq(test_read(c->arena, state), before);
	}
}

/* Where every policy that changes goes altogether, there is nothing to ask. */
static bool has_questions(struct account_case *c)
{
	return str_has(test_read(c->arena, script(c, "analyze.sh")), S("\nvalidate "));
}

/* A boundary that the grants bypass is a reason to go back. */
static void check_bounded_since(struct account_case *c)
{
	seed(c);
	expect_last_line(c, "apply.sh", " calls\n");
	must(c, (const char *[]){ "sh", "-c", EDIT(A_BOUNDARY), NULL });
	expect_last_line(c, "rollback.sh", " calls\n");
}

static void check_on_stand_in(struct account_case *c)
{
	const char *first;

	seed(c);
	first = export_state(c, "first");
	expect_last_line(c, "analyze.sh",
			 has_questions(c) ?
				 "Access Analyzer confirms it\n" :
				 "policies are only taken away, and none says anything new\n");
	expect_last_line(c, "apply.sh", " calls\n");
	expect_last_line(c, "apply.sh", "nothing was left to do\n");
	expect_fixed(c);
	expect_last_line(c, "rollback.sh", " calls\n");
	expect_last_line(c, "rollback.sh", "nothing was left to do\n");
	expect_same_state(c, first, export_state(c, "undone"));
	expect_last_line(c, "apply.sh", " calls\n");
	expect_fixed(c);
	expect_last_line(c, "rollback.sh", " calls\n");
	expect_same_access(c);
	expect_same_state(c, first, export_state(c, "undone"));
	if (getenv("KMSFIX_SOAK") && strcmp(getenv("KMSFIX_SOAK"), "0") != 0)
		check_interrupted(c, first);
	if (str_ends(str_from(c->dir), S("/whole"))) {
		check_surprises(c);
		check_bounded_since(c);
	}
}

/* --dry-run makes no call: there is no `aws` at all. */
static void check_dry_run(struct account_case *c, const char *name)
{
	str out = test_must(c->arena, (const char *[]){ script(c, name), "--dry-run", NULL });

	if (strcmp(name, "analyze.sh") || has_questions(c))
		assert_true(str_starts(out, S("aws ")));
	assert_true(str_ends(out, S("# nothing was called\n")));
}

/* ---- a case ---- */

/* The JSON is as its schema says. */
static void check_json(struct account_case *c)
{
	const char *json = path_of(c, c->scratch, "result.json");
	struct outcome o = run(c, path_of(c, c->dir, "in"), (const char *[]){ "--format", "json" });

	test_write(json, o.out);
	assert_true(str_has(o.out, S("\"account\": \"111122223333\"")));
	program_validate(c->arena, "templates/kmsfix.schema.json", &json, 1);
}

static void account_case(void **state)
{
	struct account_case *c = *state;
	const char *out = path_of(c, c->scratch, "out"), *status = path_of(c, c->dir, "exit");
	struct outcome o = run(c, path_of(c, c->dir, "in"), NULL);

	expect(c, "out.diff", o.out);
	expect(c, "expected.txt", o.err);
	if (o.status != 2 || test_exists(status))
		expect(c, "exit", str_fmt(c->arena, "%d\n", o.status));
	if (!o.out.n)
		return;
	o = run(c, path_of(c, c->dir, "in"), (const char *[]){ "--script", out });
	if (o.status != 0 && o.status != 3)
		test_fail("--script exits with %d: %.*s", o.status, STR_ARG(o.err));
	expect_script(c, out);
	check_dry_run(c, "apply.sh");
	check_dry_run(c, "rollback.sh");
	check_dry_run(c, "analyze.sh");
	/* Starting jq is slow. */
	if (getenv("KMSFIX_SOAK") || str_ends(str_from(c->dir), S("/thin"))) {
		if (test_run(c->arena, (const char *[]){ "jq", "--version", NULL }).status)
			program_lacks("jq");
		check_on_stand_in(c);
	}
	check_json(c);
}

static int setup(void **state)
{
	struct account_case *c = *state;

	c->arena = arena_create();
	c->scratch = test_mkdir(c->arena);
	return 0;
}

static int teardown(void **state)
{
	struct account_case *c = *state;

	test_rmdir(c->arena, c->scratch);
	arena_destroy(c->arena);
	return 0;
}

struct tests {
	struct CMUnitTest *v;
	size_t n, cap;
};

static void add_case(struct tests *tests, const char *name, struct arena *a)
{
	const char *wanted = getenv("ACCOUNT");
	struct account_case *c = ARENA_NEW(a, struct account_case);
	struct CMUnitTest test = { str_fmt(a, "%s", name).p, account_case, setup, teardown, c };

	c->dir = str_fmt(a, ROOT "/%s", name).p;
	if (name[0] != '.' && (!wanted || !fnmatch(wanted, name, 0)))
		VEC_PUSH(a, tests, test);
}

int main(void)
{
	struct arena *a = arena_create();
	struct tests tests = { 0 };
	DIR *dir = opendir(ROOT);
	struct dirent *e;
	int failed;

	setenv("KMSFIX_TEST_PATH", getenv("PATH"), 1);
	while (dir && (e = readdir(dir)))
		add_case(&tests, e->d_name, a);
	if (dir)
		closedir(dir);
	failed = _cmocka_run_group_tests("account", tests.v, tests.n, NULL, NULL);
	arena_destroy(a);
	return failed != 0;
}
