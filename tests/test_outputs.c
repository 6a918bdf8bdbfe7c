/* SPDX-License-Identifier: MIT */
/* Several formats of one run, and where they go. */
#include <stdlib.h>

#include "program.h"

struct run {
	struct arena *arena;
	const char *repo, *dir;
};

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

static const char *file(struct run *r, const char *name)
{
	return str_fmt(r->arena, "%s/%s", r->dir, name).p;
}

/* What one format alone prints on standard output. */
static str alone(struct run *r, const char *format)
{
	return program_run(r->arena, (const char *[]){ "-q", "--format", format, r->repo, NULL })
		.out;
}

static void each_file_is_what_the_format_alone_prints(void **state)
{
	static const char *const formats[] = {
		"diff", "text", "json", "sarif", "markdown", "html"
	};
	struct run *r = *state;
	const char *args[2 * COUNT(formats) + 2] = { r->repo };
	struct outcome o;

	for (size_t i = 0; i < COUNT(formats); i++) {
		args[2 * i + 1] = str_fmt(r->arena, "--format=%s", formats[i]).p;
		args[2 * i + 2] = str_fmt(r->arena, "--output=%s/%s", r->dir, formats[i]).p;
	}
	o = program_run(r->arena, args);
	assert_int_equal(o.status, 2);
	assert_int_equal(o.out.n, 0);
	assert_true(str_has(o.err, S("2 fixed, 0 removed, 1 held"))); /* nobody saw a text */
	for (size_t i = 0; i < COUNT(formats); i++) {
		str text = test_read(r->arena, file(r, formats[i]));

		assert_true(text.n > 0);
		assert_str_eq(text, alone(r, formats[i]));
	}
}

static void one_format_may_go_to_standard_output(void **state)
{
	struct run *r = *state;
	struct outcome o = program_run(r->arena, (const char *[]){ "--format=json", "--output",
								   file(r, "json"), "--format=text",
								   r->repo, NULL });

	assert_int_equal(o.status, 2);
	assert_str_eq(o.out, alone(r, "text"));
	assert_int_equal(o.err.n, 0); /* the text says it all */
	assert_str_eq(test_read(r->arena, file(r, "json")), alone(r, "json"));
}

static void the_format_never_changes_the_status(void **state)
{
	static const char *const formats[] = {
		"diff", "text", "json", "sarif", "markdown", "html"
	};
	struct run *r = *state;

	for (size_t i = 0; i < COUNT(formats); i++) {
		const char *args[] = { "-q", "--format", formats[i], r->repo, NULL };

		assert_int_equal(program_run(r->arena, args).status, 2);
	}
	test_write(str_fmt(r->arena, "%s/.kmsfix.json", r->repo).p,
		   S("{\"version\": 1, \"suppress\": [{\"path\": \"*.tf\", \"reason\": \"x\"}]}"));
	test_commit(r->arena, r->repo, "suppress");
	for (size_t i = 0; i < COUNT(formats); i++) {
		const char *args[] = { "-q", "--format", formats[i], r->repo, NULL };

		assert_int_equal(program_run(r->arena, args).status, 0);
	}
}

static void what_cannot_be_written_is_an_error(void **state)
{
	struct run *r = *state;
	struct outcome o = program_run(
		r->arena,
		(const char *[]){ "-q", "--format=json", "--output=/dev/null/x", r->repo, NULL });

	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("cannot write the output to '/dev/null/x'")));
}

static str branches_of(struct run *r)
{
	return test_must(r->arena, (const char *[]){ "git", "-C", r->repo, "for-each-ref",
						     "refs/heads/kmsfix", NULL });
}

/* Where the results cannot go is found before anything is done, and leaves nothing behind. */
static void nothing_is_changed_where_the_results_cannot_go(void **state)
{
	static const char *const modes[] = { "--apply", "--write" };
	struct run *r = *state;
	const char *bad[] = { file(r, "no/x"), r->dir, "/dev/null/x" };

	test_write(file(r, "old"), S("old\n"));
	for (size_t i = 0; i < COUNT(modes) * COUNT(bad); i++) {
		struct outcome o = program_run(
			r->arena, (const char *[]){ "-q", modes[i % 2], "--format=json", "--output",
						    file(r, "old"), "--format=text", "--output",
						    file(r, "new"), "--format=sarif", "--output",
						    bad[i / 2], r->repo, NULL });

		assert_int_equal(o.status, 1);
		assert_true(str_has(o.err, S("cannot write the output to '")));
		assert_false(str_has(o.err, S("is made")));
		assert_int_equal(branches_of(r).n, 0);
		assert_int_equal(
			test_must(r->arena, (const char *[]){ "git", "-C", r->repo, "diff", NULL })
				.n,
			0);
		assert_str_eq(test_read(r->arena, file(r, "old")), S("old\n"));
		assert_false(test_exists(file(r, "new")));
	}
}

/* What fails later does not undo what is done, and the message says that. */
static void what_is_done_is_said_when_a_result_is_lost(void **state)
{
	static const char *const rows[][2] = {
		{ "--apply", "; the fix itself is made: it is on branch "
			     "'kmsfix/kms-decrypt-to-key-policy'\n" },
		{ "--apply", "No space left on device\n" }, /* again: it was done before */
		{ "--write", "; the fix itself is made: 2 files of the work tree are edited\n" },
		{ "--write", "No space left on device\n" },
		{ "--jobs=1", "No space left on device\n" },
	};
	struct run *r = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct outcome o = program_run(
			r->arena, (const char *[]){ "-q", rows[i][0], "--format=json",
						    "--output=/dev/full", r->repo, NULL });

		assert_int_equal(o.status, 1);
		if (!str_has(o.err, str_from(rows[i][1])))
			test_fail("%s: %.*s", rows[i][0], STR_ARG(o.err));
	}
	assert_true(branches_of(r).n > 0);
}

/* A branch that is made again, on a base that moved, is made as well; what was not to be changed is
 * not said to be. */
static void only_what_is_made_is_said_when_a_result_is_lost(void **state)
{
	static const char made[] = "; the fix itself is made";
	struct run *r = *state;
	const char *args[] = {
		"-q", "--apply", "--format=json", "--output=/dev/full", r->repo, NULL
	};

	assert_true(str_has(program_run(r->arena, args).err, S(made)));
	test_must(r->arena, (const char *[]){ "git", "-C", r->repo, "commit", "-q", "--allow-empty",
					      "-m", "more", NULL });
	assert_true(str_has(program_run(r->arena, args).err, S(made)));
	test_must(r->arena, (const char *[]){ "git", "-C", r->repo, "rm", "-q", "iam.tf", NULL });
	test_commit(r->arena, r->repo, "nothing to fix");
	args[1] = "--write";
	assert_int_equal(program_run(r->arena, args).status, 1);
	assert_false(str_has(program_run(r->arena, args).err, S(made)));
}

/* Whatever is printed: when it gets lost, that is an error with a message. */
static void what_cannot_be_printed_is_an_error(void **state)
{
	static const char *const rows[] = {
		"--help",
		"--version",
		"--completion bash",
		"explain RES-ALL",
		"-q --format json",
		"-q --format text",
		"-q",
		"account -q testdata/account/whole/in",
	};
	struct run *r = *state;
	const char *program = getenv("KMSFIX"), *build = getenv("BUILD");
	str path = program ? str_from(program) :
			     str_fmt(r->arena, "%s/kmsfix", build ? build : "build");

	for (size_t i = 0; i < COUNT(rows); i++) {
		bool plain = !str_starts(str_from(rows[i]), S("-q"));
		str script = str_fmt(r->arena, "exec %.*s %.*s %s %s >/dev/full",
				     STR_ARG(program_wrapper()), STR_ARG(path), rows[i],
				     plain ? "" : r->repo);
		struct outcome o = test_run(r->arena,
					    (const char *[]){ "sh", "-c", script.p, NULL });

		if (o.status != 1 ||
		    !str_eq(o.err, S("kmsfix: cannot write the output to 'standard output': No "
				     "space left on device\n")))
			test_fail("%s: %d, %.*s", rows[i], o.status, STR_ARG(o.err));
	}
}

/* The same for the scripts of an account. */
static void scripts_are_said_when_a_result_is_lost(void **state)
{
	struct run *r = *state;
	struct outcome o = program_run(r->arena,
				       (const char *[]){ "account", "testdata/account/whole/in",
							 "--script", file(r, "s"), "--format=json",
							 "--output=/dev/full", NULL });

	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, str_fmt(r->arena, "; '%s' is written\n", file(r, "s"))));
	o = program_run(r->arena, (const char *[]){ "account", "testdata/account/whole/in",
						    "--script", file(r, "t"), "--format=json",
						    "--output", file(r, "no/x"), NULL });
	assert_int_equal(o.status, 1);
	assert_false(test_exists(file(r, "t")));
}

static void no_colour_reaches_a_file_unless_asked_for(void **state)
{
	struct run *r = *state;
	const char *args[] = { "-q", "--format=text", r->repo, NULL, NULL };

	setenv("TERM", "xterm", 1);
	assert_false(str_has(program_run(r->arena, args).out, S("\033[")));
	args[3] = "--color=always";
	assert_true(str_has(program_run(r->arena, args).out, S("\033[32mfixed\033[0m")));
	setenv("NO_COLOR", "1", 1); /* an option counts more than the environment */
	assert_true(str_has(program_run(r->arena, args).out, S("\033[32mfixed\033[0m")));
	unsetenv("NO_COLOR");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* The finding is one, but who reaches which key is told for each instance of the module. */
static void an_instance_reaches_its_own_key(void **state)
{
	struct run *r = *state;
	const char *args[] = { "-q", "--format=markdown", r->repo, NULL };
	str shown;

	test_write(str_fmt(r->arena, "%s/two.tf", r->repo).p,
		   S("module \"a\" {\n  source = \"./two\"\n}\n\n"
		     "module \"b\" {\n  source = \"./two\"\n}\n"));
	test_must(r->arena,
		  (const char *[]){ "mkdir", str_fmt(r->arena, "%s/two", r->repo).p, NULL });
	test_write(str_fmt(r->arena, "%s/two/main.tf", r->repo).p,
		   S("resource \"aws_kms_key\" \"k\" {\n}\n\n"
		     "resource \"aws_iam_role\" \"r\" {\n  assume_role_policy = \"{}\"\n}\n\n"
		     "resource \"aws_iam_role_policy\" \"p\" {\n  role = aws_iam_role.r.id\n"
		     "  policy = jsonencode({ Version = \"2012-10-17\", Statement = [\n"
		     "    { Effect = \"Allow\", Action = [\"kms:Decrypt\", \"kms:Encrypt\"],"
		     " Resource = aws_kms_key.k.arn }] })\n}\n"));
	test_commit(r->arena, r->repo, "two instances");
	shown = program_run(r->arena, args).out;
	assert_true(
		str_has(shown, S("| `module.a.aws_iam_role.r` |  |  | **moved** Decrypt |  |")));
	assert_true(
		str_has(shown, S("| `module.b.aws_iam_role.r` |  |  |  | **moved** Decrypt |")));
}

/* A run on many files says what it is at, on a terminal only. */
static void a_long_run_says_what_it_is_at(void **state)
{
	struct run *r = *state;
	const char *program = getenv("KMSFIX"), *build = getenv("BUILD");
	const char *command =
		str_fmt(r->arena, "%s --format diff --output /dev/null %s",
			program ? program :
				  str_fmt(r->arena, "%s/kmsfix", build ? build : "build").p,
			r->repo)
			.p;
	const char *args[] = { "script", "-qec", command, "/dev/null", NULL };
	const char *piped[] = { "--format=diff", "--output=/dev/null", r->repo, NULL };
	str said = S("reading the code of 1004 files, round 2");

	for (size_t i = 0; i < 1000; i++)
		test_write(str_fmt(r->arena, "%s/m%zu.tf", r->repo, i).p, S("locals {\n}\n"));
	test_commit(r->arena, r->repo, "many");
	assert_false(str_has(program_run(r->arena, piped).err, S("reading the code")));
	assert_true(str_has(test_run(r->arena, args).out, said));
	args[2] = str_fmt(r->arena, "%s -q", command).p;
	assert_false(str_has(test_run(r->arena, args).out, S("reading the code")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_file_is_what_the_format_alone_prints),
		TEST(one_format_may_go_to_standard_output),
		TEST(the_format_never_changes_the_status),
		TEST(what_cannot_be_written_is_an_error),
		TEST(nothing_is_changed_where_the_results_cannot_go),
		TEST(what_is_done_is_said_when_a_result_is_lost),
		TEST(only_what_is_made_is_said_when_a_result_is_lost),
		TEST(what_cannot_be_printed_is_an_error),
		TEST(scripts_are_said_when_a_result_is_lost),
		TEST(no_colour_reaches_a_file_unless_asked_for),
		TEST(an_instance_reaches_its_own_key),
		TEST(a_long_run_says_what_it_is_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
