/* SPDX-License-Identifier: MIT */
/* Arguments that are refused, each with the words that say why. */
#include "kmsfix/options.h"

#include <stdio.h>
#include <string.h>

#include "arguments.h"
#include "support.h"

struct refused {
	const char *args[MAX_ARGS + 1];
	const char *want;
};

static void refuse(const struct refused *row)
{
	struct options o;
	struct err e = { 0 };

	assert_false(arguments_parse(row->args, &o, &e));
	assert_int_equal(e.code, ERR_USAGE);
	assert_string_equal(e.msg, row->want);
}

static void wrong_arguments_are_explained(void **state)
{
	static const struct refused rows[] = {
		{ { "--apply", "--write" },
		  "'--apply' and '--write' exclude each other: one commits, the other edits the "
		  "work tree" },
		{ { "a", "--write", "b" }, "more than one repository: 'a' and 'b'" },
		{ { "" }, "the repository's path is empty; '.' is the current directory" },
		{ { "--branch" }, "option '--branch' needs a value: --branch=NAME" },
		{ { "--branch", "" }, "option '--branch' needs a value: --branch=NAME" },
		{ { "--branch=" }, "option '--branch' needs a value: --branch=NAME" },
		{ { "--branch", "--apply" },
		  "option '--branch' needs a value before '--apply'; one that starts with '-' is "
		  "written as '--branch=--apply'" },
		{ { "--apply=yes" }, "option '--apply' takes no value" },
		{ { "--jobs=0" }, "'--jobs' is a number from 1 to 64, not '0'" },
		{ { "--jobs=65" }, "'--jobs' is a number from 1 to 64, not '65'" },
		{ { "--jobs=2x" }, "'--jobs' is a number from 1 to 64, not '2x'" },
		{ { "--jobs=99999999999999999999" },
		  "'--jobs' is a number from 1 to 64, not '99999999999999999999'" },
		{ { "--quiet=" }, "option '--quiet' takes no value" },
		{ { "--format", "csv" },
		  "option '--format' cannot be 'csv'; use diff, text, json, sarif, markdown or "
		  "html" },
		{ { "--format=jso" }, "option '--format' cannot be 'jso'; did you mean 'json'?" },
		{ { "--format", "text", "--format", "json" },
		  "only one '--format' can go to standard output; give each of the others an "
		  "'--output' of its own" },
		{ { "--output", "a", "--output", "b" },
		  "more '--output' than '--format': 'b' has none" },
		{ { "--format=text", "--output=a", "--format=json", "--output=a" },
		  "two formats go to 'a'" },
		{ { "--completion=csh" },
		  "option '--completion' cannot be 'csh'; did you mean 'zsh'?" },
		{ { "--color" }, "option '--color' needs a value: --color=WHEN" },
		{ { "--color=" }, "option '--color' needs a value: --color=WHEN" },
		{ { "--color=alway" },
		  "option '--color' cannot be 'alway'; did you mean 'always'?" },
		{ { "--color=auto|never" },
		  "option '--color' cannot be 'auto|never'; use auto, always or never" },
		{ { "--aply" }, "unknown option '--aply'; did you mean '--apply'?" },
		{ { "--accept=CYCLES" },
		  "option '--accept' cannot be 'CYCLES'; did you mean 'CYCLE'?" },
		{ { "--accept=CYCLE," },
		  "option '--accept' cannot be ''; use CYCLE, RES-ALL, RES-WILD or UNUSED" },
		{ { "--stric" }, "unknown option '--stric'; did you mean '--strict'?" },
		{ { "--templates=x" }, "unknown option '--templates'; did you mean '--template'?" },
		{ { "--APPLY" }, "unknown option '--APPLY'; run 'kmsfix --help' for all options" },
		{ { "--o", "x" }, "unknown option '--o'; did you mean '--output'?" },
		{ { "--in-place" },
		  "unknown option '--in-place'; run 'kmsfix --help' for all options" },
		{ { "--=x" }, "unknown option '--'; run 'kmsfix --help' for all options" },
		{ { "-x" }, "unknown option '-x'; run 'kmsfix --help' for all options" },
		{ { "-qh" }, "unknown option '-qh'; run 'kmsfix --help' for all options" },
		{ { "-apply" }, "unknown option '-apply'; did you mean '--apply'?" },
		{ { "-phased" }, "unknown option '-phased'; did you mean '--phased'?" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		refuse(&rows[i]);
}

static void what_is_about_the_branch_needs_apply(void **state)
{
	static const struct refused rows[] = {
		{ { "--branch=b" }, "'--branch' belongs to '--apply': it is about the branch" },
		{ { "--force" }, "'--force' belongs to '--apply': it is about the branch" },
		{ { "--write", "--prune" },
		  "'--prune' belongs to '--apply': it is about the branch" },
		{ { "--sign" }, "'--sign' belongs to '--apply': it is about the branch" },
		{ { "--signoff" }, "'--signoff' belongs to '--apply': it is about the branch" },
		{ { "--push=origin" }, "'--push' belongs to '--apply': it is about the branch" },
		{ { "--message=m" }, "'--message' belongs to '--apply': it is about the branch" },
		{ { "--group-by=unit" },
		  "'--group-by' belongs to '--apply': it is about the branch" },
		{ { "--apply", "--group-by=role" },
		  "option '--group-by' cannot be 'role'; did you mean 'file'?" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		refuse(&rows[i]);
}

static void a_report_needs_files_and_one_format(void **state)
{
	static const struct refused rows[] = {
		{ { "report", "x" }, "'report' needs '--merge' and the files to sum up" },
		{ { "report", "--merge" }, "'report --merge' needs at least one FILE" },
		{ { "report", "--merge", "x", "--format=html" },
		  "'report' prints one format: text or json" },
		{ { "--merge", "x" },
		  "'--merge' belongs to 'report': kmsfix report --merge FILE..." },
		{ { "report", "--merge", "x", "--format=text", "--format=json", "--output=y" },
		  "'report' prints one format: text or json" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		refuse(&rows[i]);
}

static void an_account_is_no_repository(void **state)
{
	static const struct refused rows[] = {
		{ { "--script=d" },
		  "'--script' belongs to 'account': kmsfix account EXPORT --script DIR" },
		{ { "account" }, "'account' needs the directory of an export" },
		{ { "account", "x", "--apply" },
		  "'--apply' is about a repository; 'account' has '--script'" },
		{ { "account", "x", "--write" },
		  "'--write' is about a repository; 'account' has '--script'" },
		{ { "account", "x", "--phased" },
		  "'--phased' is about a repository; 'account' has '--script'" },
		{ { "account", "x", "--check" },
		  "'--check' is about a repository; 'account' has '--script'" },
		{ { "account", "x", "--account-details=y" },
		  "'account' takes the answers of AWS as its operands: kmsfix account EXPORT..." },
		{ { "account", "x", "--key-answers=y" },
		  "'account' takes the answers of AWS as its operands: kmsfix account EXPORT..." },
		{ { "account", "x", "--plan=y" },
		  "'account' takes the answers of AWS as its operands: kmsfix account EXPORT..." },
		{ { "account", "x", "--branch=y" },
		  "'--branch' and '--base' are about a repository; 'account' has '--script'" },
		{ { "account", "x", "--base=y" },
		  "'--branch' and '--base' are about a repository; 'account' has '--script'" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		refuse(&rows[i]);
}

#define FIXES_NOTHING                                                           \
	"'--check' fixes nothing: it goes with neither '--strict', '--accept' " \
	"nor '--template'"

static void a_check_only_compares(void **state)
{
	static const char *const writes[] = { "--apply", "--write", "--phased",
					      "--update-baseline" };
	static const struct refused rows[] = {
		{ { "--check", "--format=html" }, "'--check' prints one format: text or json" },
		{ { "--check", "--format=text", "--format=json", "--output=y" },
		  "'--check' prints one format: text or json" },
		{ { "--check", "--strict" }, FIXES_NOTHING },
		{ { "--check", "--accept=CYCLE" }, FIXES_NOTHING },
		{ { "--check", "--template=exact" }, FIXES_NOTHING },
		{ { "--update-baseline" }, "'--update-baseline' needs '--baseline=FILE'" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		refuse(&rows[i]);
	for (size_t i = 0; i < COUNT(writes); i++)
		refuse(&(struct refused){
			{ "--check", writes[i] },
			"'--check' only compares: it goes with neither '--apply', "
			"'--write', '--phased' nor '--update-baseline'" });
}

#define NEEDS_LOGS                                                                     \
	"'--accept' of RES-ALL, RES-WILD or UNUSED needs '--evidence=FILE': it takes " \
	"what the logs show for all that is needed"

static void what_is_about_use_needs_logs(void **state)
{
	static const struct refused rows[] = {
		{ { "--save-evidence=x" }, "'--save-evidence' needs '--evidence=FILE'" },
		{ { "--accept=RES-ALL" }, NEEDS_LOGS },
		{ { "--accept=CYCLE,RES-WILD" }, NEEDS_LOGS },
		{ { "account", "x", "--accept=UNUSED" }, NEEDS_LOGS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		refuse(&rows[i]);
}

/* At the end of the line, and without one behind `=`. */
static void what_takes_a_value_needs_one(void **state)
{
	static const char *const names[] = { "--format", "--output", "--accept", "--evidence",
					     "--match" };
	struct options o;
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		char empty[32];
		const char *const last[] = { names[i], NULL }, *const none[] = { empty, NULL };

		snprintf(empty, sizeof(empty), "%s=", names[i]);
		assert_false(arguments_parse(last, &o, &e));
		assert_non_null(strstr(e.msg, "needs a value"));
		assert_false(arguments_parse(none, &o, &e));
		assert_non_null(strstr(e.msg, "needs a value"));
	}
}

static void formats_have_an_end(void **state)
{
	static const char *const names[] = { "--format=json", "--output=x" };
	const char *many[OUTPUTS_MAX + 2] = { NULL };
	struct options o;
	struct err e = { 0 };

	(void)state;
	for (size_t k = 0; k < COUNT(names); k++) {
		for (size_t i = 0; i <= OUTPUTS_MAX; i++)
			many[i] = names[k];
		assert_false(arguments_parse(many, &o, &e));
		assert_non_null(strstr(e.msg, "more than 16 times '--"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrong_arguments_are_explained),
		cmocka_unit_test(what_is_about_the_branch_needs_apply),
		cmocka_unit_test(a_report_needs_files_and_one_format),
		cmocka_unit_test(an_account_is_no_repository),
		cmocka_unit_test(a_check_only_compares),
		cmocka_unit_test(what_takes_a_value_needs_one),
		cmocka_unit_test(what_is_about_use_needs_logs),
		cmocka_unit_test(formats_have_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
