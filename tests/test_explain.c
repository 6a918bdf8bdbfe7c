/* SPDX-License-Identifier: MIT */
/* What the program says about codes, and what shells complete. */
#include "kmsfix/explain.h"

#include "kmsfix/options.h"
#include "program.h"

/* Every line is indented and fits on a screen; no blank line at either end. */
static void check_part(str code, const char *name, str part)
{
	size_t at = 0;

	if (!part.n)
		test_fail("%.*s has no '%s' in templates/explain.txt", STR_ARG(code), name);
	while (at < part.n) {
		size_t end = str_find(part, S("\n"), at);
		str line = str_sub(part, at, end);

		if ((line.n && !str_starts(line, S("  "))) || line.n > 98)
			test_fail("%.*s: '%.*s'", STR_ARG(code), STR_ARG(line));
		at += line.n + 1;
	}
	assert_true(part.p[0] != '\n' && part.p[part.n - 1] != '\n');
}

static void every_code_is_explained(void **state)
{
	(void)state;
	assert_true(explain_count() > 50);
	for (size_t i = 0; i < explain_count(); i++) {
		struct explanation e = explain_at(i);

		assert_true(e.what.n > 0);
		assert_false(str_has(e.what, S("\n")));
		check_part(e.code, "why:", e.why);
		check_part(e.code, "do:", e.action);
		check_part(e.code, "example:", e.example);
		assert_int_equal(explain_find(e.code), i);
	}
}

/* A section of a code that is gone would never be seen. */
static void nothing_else_is_explained(void **state)
{
	str text = test_read(*state, "templates/explain.txt");

	for (size_t at = 0; (at = str_find(text, S("\n= "), at)) != SIZE_MAX; at++) {
		str code = str_sub(text, at + 3, str_find(text, S("\n"), at + 1));

		if (explain_find(code) == SIZE_MAX)
			test_fail("'%.*s' is no code", STR_ARG(code));
	}
}

static struct outcome run(void **state, const char *a, const char *b, const char *c)
{
	return program_run(*state, (const char *[]){ a, b, c, NULL });
}

static void a_code_is_found_in_any_case(void **state)
{
	struct outcome o = run(state, "explain", "res-all", "KMS.2");

	assert_int_equal(o.status, 0);
	assert_true(str_starts(o.out, S("RES-ALL: the statement is for every key")));
	assert_true(str_has(o.out, S("\n\nWhy it is held:\n  Resource \"*\" is")));
	assert_true(str_has(o.out, S("\n\nWhat to do:\n  Name the keys")));
	assert_true(str_has(o.out, S("\n\nExample:\n  \"keys\"")));
	assert_true(str_has(o.out, S("\n\nKMS.2: IAM principals")));
	assert_true(str_has(o.out, S("\n\nWhat it looks at:\n")));
}

static void without_a_code_all_are_listed(void **state)
{
	struct outcome o = run(state, "explain", NULL, NULL);
	size_t lines = 0;

	assert_int_equal(o.status, 0);
	for (size_t i = 0; i < o.out.n; i++)
		lines += o.out.p[i] == '\n';
	assert_int_equal(lines, explain_count());
	assert_true(str_has(o.out, S("\nRES-ALL           the statement is for every key")));
}

static void an_unknown_code_is_answered_by_the_nearest(void **state)
{
	static const struct {
		const char *code, *want;
	} rows[] = {
		{ "RES-AL", "kmsfix: unknown code 'RES-AL'; did you mean 'RES-ALL'?\n" },
		{ "res{all", "kmsfix: unknown code 'res{all'; did you mean 'RES-ALL'?\n" },
		{ "cycel", "kmsfix: unknown code 'cycel'; did you mean 'CYCLE'?\n" },
		{ "KMS", "kmsfix: unknown code 'KMS'; did you mean 'KMS.1'?\n" },
		{ "quite-another-thing",
		  "kmsfix: unknown code 'quite-another-thing'; run 'kmsfix explain' for all "
		  "codes\n" },
		{ "\033[2J", "kmsfix: unknown code '\\x1b[2J'; run 'kmsfix explain' for all "
			     "codes\n" },
		{ "a-word-of-more-than-thirty-two-letters-x",
		  "kmsfix: unknown code 'a-word-of-more-than-thirty-two-letters-x'; run 'kmsfix "
		  "explain' for all codes\n" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct outcome o = run(state, "explain", rows[i].code, NULL);

		assert_int_equal(o.status, 1);
		assert_int_equal(o.out.n, 0);
		assert_str_eq(o.err, str_from(rows[i].want));
	}
}

/* ---- completions ---- */

static const char *write_completion(void **state, const char *dir, const char *shell)
{
	const char *file = str_fmt(*state, "%s/kmsfix.%s", dir, shell).p;
	struct outcome o = run(state, "--completion", shell, NULL);

	assert_int_equal(o.status, 0);
	test_write(file, o.out);
	return file;
}

/* What bash offers for the words. */
static str complete_bash(void **state, const char *file, const char *words)
{
	str script = str_fmt(*state,
			     "source %s; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
			     "_kmsfix; echo \"${COMPREPLY[@]}\"",
			     file, words);

	return str_trim(test_must(*state, (const char *[]){ "bash", "-c", script.p, NULL }));
}

static void bash_completes_options_values_and_codes(void **state)
{
	static const struct {
		const char *words, *want;
	} rows[] = {
		{ "kmsfix --ap", "--apply" },
		{ "kmsfix --c", "--check --config --color --completion" },
		{ "kmsfix --format s", "sarif" },
		{ "kmsfix --format = s", "sarif" },
		{ "kmsfix --color ''", "auto always never" },
		{ "kmsfix --template ex", "exact" },
		{ "kmsfix --config templates/kmsfix.", "templates/kmsfix.schema.json" },
		{ "kmsfix expl", "explain" },
		{ "kmsfix acc", "account" },
		{ "kmsfix account x --script templa", "templates" },
		{ "kmsfix explain RES-V", "RES-VAR" },
		{ "kmsfix explain res-v", "RES-VAR" },
		{ "kmsfix templa", "templates" },
		{ "kmsfix report --merge READ", "README.md" },
	};
	const char *dir = test_mkdir(*state), *file = write_completion(state, dir, "bash");

	for (size_t i = 0; i < COUNT(rows); i++) {
		str got = complete_bash(state, file, rows[i].words);

		if (!str_eq(got, str_from(rows[i].want)))
			test_fail("%s: %.*s", rows[i].words, STR_ARG(got));
	}
	test_rmdir(*state, dir);
}

static bool has_shell(void **state, const char *shell)
{
	struct outcome o = test_run(
		*state, (const char *[]){ "sh", "-c", "command -v \"$1\"", "sh", shell, NULL });

	return o.status == 0;
}

static void fish_completes_options_values_and_codes(void **state)
{
	static const struct {
		const char *line, *want;
	} rows[] = {
		{ "kmsfix --ap", "--apply\tcommit the fix on a branch; change nothing else" },
		{ "kmsfix --format sar", "sarif" },
		{ "kmsfix expl", "explain\tsay what a code means" },
		{ "kmsfix explain ROLE-U", "ROLE-UNRESOLVED\tthe principal's ARN is not known for "
					   "sure" },
	};
	const char *dir, *file, *home;

	if (!has_shell(state, "fish")) {
		program_lacks("fish");
		return;
	}
	dir = test_mkdir(*state);
	file = write_completion(state, dir, "fish");
	home = str_fmt(*state, "HOME=%s", dir).p; /* fish writes there */
	for (size_t i = 0; i < COUNT(rows); i++) {
		str script = str_fmt(*state, "source %s; complete -C '%s'", file, rows[i].line);
		str got = test_must(*state, (const char *[]){ "env", "-u", "XDG_CONFIG_HOME", home,
							      "fish", "-N", "-c", script.p, NULL });

		if (!str_has(got, str_from(rows[i].want)))
			test_fail("%s: %.*s", rows[i].line, STR_ARG(got));
	}
	test_rmdir(*state, dir);
}

static void zsh_reads_its_completions(void **state)
{
	const char *dir, *file;
	str text;

	if (!has_shell(state, "zsh")) {
		program_lacks("zsh");
		return;
	}
	dir = test_mkdir(*state);
	file = write_completion(state, dir, "zsh");
	test_must(*state, (const char *[]){ "zsh", "-n", file, NULL });
	text = test_read(*state, file);
	assert_true(str_starts(text, S("#compdef kmsfix\n")));
	assert_true(str_has(text, S("'*--format=[what to print\\: diff")));
	assert_true(str_has(text, S("ROLE-UNRESOLVED:'the principal'\\''s ARN")));
	test_rmdir(*state, dir);
}

static void every_option_is_completed(void **state)
{
	static const char *const shells[] = { "bash", "zsh", "fish" };

	for (size_t s = 0; s < COUNT(shells); s++) {
		str text = run(state, "--completion", shells[s], NULL).out;

		for (size_t i = 0; i < option_row_count; i++) {
			str name = str_fmt(*state, s == 2 ? "-l %s" : "--%s", option_rows[i].name);

			assert_true(str_has(text, name));
		}
	}
}

/* ---- the manual of the configuration ---- */

/* The members in the tables of the reader: rows that start with `{ "name", `. */
static void the_manual_has_every_member_of_the_configuration(void **state)
{
	str source = test_read(*state, "src/iac/config.c");
	str page = test_read(*state, "src/app/kmsfix.json.5");
	size_t at = 0, n = 0;

	while ((at = str_find(source, S("\t{ \""), at)) != SIZE_MAX) {
		size_t end = str_find(source, S("\""), at += 4);
		str item = str_fmt(*state, "\n.It Cm %.*s\n", (int)(end - at), source.p + at);

		if (!str_starts(str_sub(source, end, source.n), S("\", ")))
			continue;
		if (!str_has(page, item))
			test_fail("kmsfix.json(5) lacks%.*s", STR_ARG(item));
		n++;
	}
	assert_true(n >= 30);
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
		cmocka_unit_test(every_code_is_explained),
		cmocka_unit_test(nothing_else_is_explained),
		cmocka_unit_test(a_code_is_found_in_any_case),
		cmocka_unit_test(without_a_code_all_are_listed),
		cmocka_unit_test(an_unknown_code_is_answered_by_the_nearest),
		cmocka_unit_test(bash_completes_options_values_and_codes),
		cmocka_unit_test(fish_completes_options_values_and_codes),
		cmocka_unit_test(zsh_reads_its_completions),
		cmocka_unit_test(every_option_is_completed),
		cmocka_unit_test(the_manual_has_every_member_of_the_configuration),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
