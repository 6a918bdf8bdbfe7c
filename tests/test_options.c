/* SPDX-License-Identifier: MIT */
#include "kmsfix/options.h"

#include <string.h>

#include "arguments.h"
#include "support.h"

static void accept(struct options *o, const char *const *args)
{
	struct err e = { 0 };

	if (!arguments_parse(args, o, &e))
		test_fail("refused: %s", e.msg);
	assert_int_equal(e.code, ERR_NONE);
}

#define ACCEPT(o, ...) accept((o), (const char *const[MAX_ARGS + 1]){ __VA_ARGS__ })

static void assert_text(const char *got, const char *want)
{
	assert_str_eq(str_from(got), str_from(want));
}

static void without_arguments_everything_has_its_default(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, NULL);
	assert_null(o.repo);
	assert_null(o.branch);
	assert_null(o.base);
	assert_null(o.config);
	assert_null(o.template_name);
	assert_int_equal(o.format_count, 0);
	assert_int_equal(o.output_count, 1);
	assert_null(o.outputs[0].file);
	assert_int_equal(o.outputs[0].format, FORMAT_DIFF);
	assert_int_equal(o.color, COLOR_AUTO);
	assert_false(o.apply || o.write || o.strict || o.quiet || o.help || o.version);
}

static void no_argv_at_all_is_fine(void **state)
{
	struct options o;
	struct err e;
	char *argv[] = { NULL };

	(void)state;
	assert_true(options_parse(&o, 0, argv, &e));
	assert_null(o.repo);
}

static void every_option_sets_its_field(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, "--apply", "--strict", "--quiet");
	assert_true(o.apply && o.strict && o.quiet && !o.write);
	ACCEPT(&o, "--accept=CYCLE,CYCLE");
	assert_int_equal(o.accept, 1);
	ACCEPT(&o, "--accept=UNUSED,RES-WILD", "--accept", "RES-ALL", "--evidence=x");
	assert_int_equal(o.accept, 2 | 4 | 8);
	ACCEPT(&o, "--write", "-q");
	assert_true(o.write && o.quiet && !o.apply);
	ACCEPT(&o, "--apply", "--branch", "b", "--base", "v1", "--config", "c", "--template", "t");
	assert_text(o.branch, "b");
	assert_text(o.base, "v1");
	assert_text(o.config, "c");
	assert_text(o.template_name, "t");
	ACCEPT(&o, "--format", "json", "--output", "o", "dir");
	assert_int_equal(o.output_count, 1);
	assert_int_equal(o.outputs[0].format, FORMAT_JSON);
	assert_text(o.outputs[0].file, "o");
	assert_text(o.repo, "dir");
	ACCEPT(&o, "--apply", "--force", "--prune", "--sign", "--signoff");
	assert_true(o.force && o.prune && o.sign && o.signoff);
	ACCEPT(&o, "--apply", "--push", "origin", "--message=m", "--group-by", "file");
	assert_text(o.push, "origin");
	assert_text(o.message, "m");
	assert_int_equal(o.group_by, 3);
	ACCEPT(&o, "--group-by=all");
	assert_int_equal(o.group_by, 0);
	ACCEPT(&o, "--color", "always");
	assert_int_equal(o.color, COLOR_ALWAYS);
	ACCEPT(&o, "--color=never");
	assert_int_equal(o.color, COLOR_NEVER);
}

static void every_format_has_its_word(void **state)
{
	static const struct {
		const char *arg;
		enum format format;
	} rows[] = {
		{ "--format=diff", FORMAT_DIFF },         { "--format=text", FORMAT_TEXT },
		{ "--format=json", FORMAT_JSON },         { "--format=sarif", FORMAT_SARIF },
		{ "--format=markdown", FORMAT_MARKDOWN }, { "--format=html", FORMAT_HTML },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct options o;

		ACCEPT(&o, rows[i].arg);
		assert_int_equal(o.outputs[0].format, rows[i].format);
		assert_int_equal(o.format_count, 1);
	}
}

static void each_format_goes_to_its_own_file(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, "--output", "a", "--format", "text", "--format=json", "--output=b");
	assert_int_equal(o.output_count, 2);
	assert_int_equal(o.outputs[0].format, FORMAT_TEXT);
	assert_text(o.outputs[0].file, "a");
	assert_int_equal(o.outputs[1].format, FORMAT_JSON);
	assert_text(o.outputs[1].file, "b");
	ACCEPT(&o, "--format=text", "--output=-", "--format=json", "--output=b");
	assert_null(o.outputs[0].file);
	assert_text(o.outputs[1].file, "b");
	ACCEPT(&o, "--format=json", "--output=b", "--format=text");
	assert_text(o.outputs[0].file, "b");
	assert_null(o.outputs[1].file);
	ACCEPT(&o, "--output=d");
	assert_int_equal(o.output_count, 1);
	assert_int_equal(o.outputs[0].format, FORMAT_DIFF);
	assert_text(o.outputs[0].file, "d");
}

static void no_more_outputs_than_there_is_room_for(void **state)
{
	static char name[] = "kmsfix", format[] = "--format=json", file[] = "--output=a";
	char *argv[OUTPUTS_MAX + 2] = { name };
	struct options o;
	struct err e;

	(void)state;
	for (int i = 0; i <= OUTPUTS_MAX; i++)
		argv[i + 1] = format;
	assert_false(options_parse(&o, OUTPUTS_MAX + 2, argv, &e));
	assert_text(e.msg, "more than 16 times '--format'");
	for (int i = 0; i <= OUTPUTS_MAX; i++)
		argv[i + 1] = file;
	assert_false(options_parse(&o, OUTPUTS_MAX + 2, argv, &e));
	assert_text(e.msg, "more than 16 times '--output'");
}

static void a_value_may_follow_an_equals_sign(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, "--apply", "--branch=a=b", "--base=-odd", "--output", "-");
	assert_text(o.branch, "a=b");
	assert_text(o.base, "-odd");
	assert_null(o.outputs[0].file); /* standard output */
}

static void options_may_follow_the_repository(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, "dir", "--apply", "--branch", "b");
	assert_text(o.repo, "dir");
	assert_true(o.apply);
	assert_text(o.branch, "b");
}

static void two_dashes_end_the_options(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, "--apply", "--", "--write");
	assert_text(o.repo, "--write");
	assert_true(o.apply && !o.write);
	ACCEPT(&o, "--");
	assert_null(o.repo);
	ACCEPT(&o, "-");
	assert_text(o.repo, "-");
}

static void the_last_of_a_repeated_option_counts(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, "--apply", "--color=never", "--branch", "a", "--branch=b", "--color=always",
	       "-q", "-q");
	assert_text(o.branch, "b");
	assert_int_equal(o.color, COLOR_ALWAYS);
	assert_true(o.quiet);
}

static void a_command_takes_all_operands(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, "explain");
	assert_int_equal(o.command, COMMAND_EXPLAIN);
	assert_int_equal(o.operand_count, 0);
	ACCEPT(&o, "explain", "RES-ALL", "-q", "explain");
	assert_int_equal(o.operand_count, 2);
	assert_text(o.operands[0], "RES-ALL");
	assert_text(o.operands[1], "explain");
	assert_null(o.repo);
	ACCEPT(&o, "report", "a", "--merge", "b", "--format=json", "--", "--c");
	assert_int_equal(o.command, COMMAND_REPORT);
	assert_true(o.merge);
	assert_int_equal(o.operand_count, 3);
	assert_text(o.operands[1], "b");
	assert_text(o.operands[2], "--c");
	/* a repository may be called like a command */
	ACCEPT(&o, "./explain");
	assert_int_equal(o.command, COMMAND_FIX);
	ACCEPT(&o, "-q", "explain");
	assert_int_equal(o.command, COMMAND_FIX);
	assert_text(o.repo, "explain");
}

static void completions_are_for_three_shells(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, "--completion", "zsh", "--nonsense");
	assert_text(o.shell, "zsh");
}

static void help_and_version_end_the_reading(void **state)
{
	struct options o;

	(void)state;
	ACCEPT(&o, "-h", "--nonsense");
	assert_true(o.help);
	ACCEPT(&o, "--apply", "--help", "--write");
	assert_true(o.help);
	ACCEPT(&o, "--version", "a", "b");
	assert_true(o.version && !o.help);
}

static void a_hand_off_goes_with_a_run_on_a_repository(void **state)
{
	static const char *const wrong[][4] = {
		{ "--check", "--requests=box", NULL },
		{ "--grants", "box", "--check", NULL },
		{ "account", "export", "--requests=box", NULL },
		{ "account", "export", "--grants=box", NULL },
	};
	const char *const args[] = {
		"--grants", "in", "--requests=out", "--match=all-keys", "--wildcard-keys=repo", NULL
	};
	struct options o;
	struct err e = { 0 };

	(void)state;
	assert_true(arguments_parse(args, &o, &e));
	assert_string_equal(o.grants, "in");
	assert_string_equal(o.requests, "out");
	assert_int_equal(o.match, 1);
	assert_int_equal(o.wildcard_keys, 1);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_false(arguments_parse(wrong[i], &o, &e));
		assert_int_equal(e.code, ERR_USAGE);
	}
}

static void what_names_files_to_read_may_be_repeated(void **state)
{
	const char *const args[] = { "--account-details", "a", "--key-answers=k",
				     "--account-details=b", NULL };
	const char *many[2 * OPTION_TIMES + 3] = { NULL };
	struct options o;
	struct err e = { 0 };

	(void)state;
	assert_true(arguments_parse(args, &o, &e));
	assert_int_equal(o.account_details.n, 2);
	assert_string_equal(o.account_details.v[1], "b");
	assert_true(o.key_answers.n == 1 && !o.evidence.n);
	for (size_t i = 0; i < 2 * OPTION_TIMES; i++)
		many[i] = i % 2 ? "x" : "--key-answers";
	assert_true(arguments_parse(many, &o, &e));
	many[2 * OPTION_TIMES] = "--key-answers=x";
	assert_false(arguments_parse(many, &o, &e));
	assert_non_null(strstr(e.msg, "more than 64 times"));
}

static void arguments_of_any_length_and_bytes_are_refused_safely(void **state)
{
	char longest[ARG_SIZE] = "--";
	const char *const args[] = { longest, NULL };
	struct options o;
	struct err e = { 0 };

	(void)state;
	for (size_t n = 2; n < ARG_SIZE - 1; n++) {
		longest[n] = n % 2 ? '\xff' : '\x1b';
		assert_false(arguments_parse(args, &o, &e));
		assert_non_null(strstr(e.msg, "unknown option"));
	}
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_arguments_everything_has_its_default),
		cmocka_unit_test(no_argv_at_all_is_fine),
		cmocka_unit_test(every_option_sets_its_field),
		cmocka_unit_test(every_format_has_its_word),
		cmocka_unit_test(each_format_goes_to_its_own_file),
		cmocka_unit_test(no_more_outputs_than_there_is_room_for),
		cmocka_unit_test(a_value_may_follow_an_equals_sign),
		cmocka_unit_test(options_may_follow_the_repository),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(the_last_of_a_repeated_option_counts),
		cmocka_unit_test(a_command_takes_all_operands),
		cmocka_unit_test(completions_are_for_three_shells),
		cmocka_unit_test(help_and_version_end_the_reading),
		cmocka_unit_test(a_hand_off_goes_with_a_run_on_a_repository),
		cmocka_unit_test(what_names_files_to_read_may_be_repeated),
		cmocka_unit_test(arguments_of_any_length_and_bytes_are_refused_safely),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
