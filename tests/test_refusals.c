/* SPDX-License-Identifier: MIT */
/*
 * What the program cannot do ends each command with exit status 1 and one line that names it, and
 * nothing on standard output.
 */
#include "program.h"

#define THIN "testdata/account/thin/in"

/* `{}` is a directory with a repository `r`, and files to be refused. */
static const struct row {
	const char *args[8], *says;
} rows[] = {
	{ { "--aply" }, "unknown option '--aply'; did you mean '--apply'?" },
	{ { "{}/nothing" }, "No such file or directory" },
	{ { "{}" }, "is not in a Git repository" },
	{ { "--base=nowhere", "{}/r" }, "no revision 'nowhere'" },
	{ { "--config={}/nothing", "{}/r" }, "/nothing': No such file or directory" },
	{ { "--config={}/bad", "{}/r" }, "/bad:1:3" },
	{ { "--baseline={}/nothing", "{}/r" }, "/nothing': No such file or directory" },
	{ { "--baseline={}/bad", "{}/r" }, "/bad" },
	{ { "--baseline={}/no/where", "--update-baseline", "{}/r" }, "/no/where': No such file" },
	{ { "--template={}/nothing", "{}/r" }, "/nothing" },
	{ { "--template={}/bad", "{}/r" }, "/bad" },
	{ { "--account-details={}/nothing", "{}/r" }, "/nothing': No such file or directory" },
	{ { "--account-details={}/bad", "{}/r" }, "/bad:1:2: " },
	{ { "--evidence={}/nothing", "{}/r" }, "/nothing': No such file or directory" },
	{ { "--save-evidence={}/no/where", "--evidence=" THIN "/../../evidence/in", "{}/r" }, "" },
	{ { "--requests={}/bad", "{}/r" }, "/bad" },
	{ { "--grants={}/nothing", "{}/r" }, "/nothing" },
	{ { "--output={}/no/where", "{}/r" }, "/no/where': No such file or directory" },
	{ { "--format=html", "--output={}/no/where", "{}/r" }, "/no/where': No such file" },
	{ { "--apply", "--message={}/nothing", "{}/r" }, "/nothing': No such file" },
	{ { "--apply", "--message={}/bad", "{}/r" }, "/bad" },
	{ { "--apply", "--push=nowhere", "{}/r" }, "nowhere" },
	{ { "--apply", "--branch=a..b", "{}/r" }, "a..b" },
	{ { "--check", "{}/nothing" }, "No such file or directory" },
	{ { "--check", "{}/r" }, "HEAD has no parent to compare with" },
	{ { "--check", "--base=nowhere", "{}/r" }, "no revision 'nowhere'" },
	{ { "--check", "--base=HEAD", "--config={}/bad", "{}/r" }, "/bad:1:3" },
	{ { "--check", "--base=HEAD", "--baseline={}/bad", "{}/r" }, "/bad" },
	{ { "--check", "--base=HEAD", "--output={}/no/where", "{}/r" }, "/no/where': No such" },
	{ { "account", "{}/nothing" }, "/nothing': No such file or directory" },
	{ { "account", "{}/bad" }, "/bad" },
	{ { "account", THIN, "--config={}/nothing" }, "/nothing': No such file or directory" },
	{ { "account", THIN, "--config={}/bad" }, "/bad:1:3" },
	{ { "account", THIN, "--template={}/nothing" }, "/nothing" },
	{ { "account", THIN, "--evidence={}/nothing" }, "/nothing': No such file" },
	{ { "account", THIN, "--baseline={}/bad" }, "/bad" },
	{ { "account", THIN, "--script={}/r" }, "/r' is there already; name a new directory" },
	{ { "account", THIN, "--script={}/no/where" }, "/no/where': No such file" },
	{ { "account", THIN, "--output={}/no/where" }, "/no/where': No such file" },
	{ { "explain", "RES-AL" }, "unknown code 'RES-AL'; did you mean 'RES-ALL'?" },
	{ { "explain", "res-aLL", "nonsense-of-mine" },
	  "unknown code 'nonsense-of-mine'; run 'kmsfix explain' for all codes" },
	{ { "explain", "a-code-that-is-longer-than-any-code-that-there-could-ever-be-of-ours" },
	  "unknown code 'a-code-that-is-longer" },
	{ { "report", "--merge", "{}/nothing" }, "/nothing': No such file or directory" },
	{ { "report", "--merge", "{}/bad" }, "/bad" },
	{ { "report", "--merge", "{}/good", "--output={}/no/where" }, "/no/where': No such file" },
};

struct place {
	struct arena *arena;
	const char *dir;
};

static int setup(void **state)
{
	static struct place p;

	p.arena = arena_create();
	p.dir = test_mkdir(p.arena);
	const char *repo = str_fmt(p.arena, "%s/r", p.dir).p;
	test_copy(p.arena, "testdata/golden/principals/user/in", repo);
	test_repo(p.arena, repo);
	test_write(str_fmt(p.arena, "%s/bad", p.dir).p, S("{{unknown}} nonsense"));
	test_write(str_fmt(p.arena, "%s/good", p.dir).p,
		   program_run(p.arena, (const char *[]){ "-q", "--format=json", repo, NULL }).out);
	*state = &p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;

	test_rmdir(p->arena, p->dir);
	arena_destroy(p->arena);
	return 0;
}

static const char *fill_in(struct place *p, const char *arg)
{
	size_t at = str_find(str_from(arg), S("{}"), 0);

	return at == SIZE_MAX ? arg :
				str_fmt(p->arena, "%.*s%s%s", (int)at, arg, p->dir, arg + at + 2).p;
}

static void the_line_names_what_is_wrong(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *args[9] = { NULL };
		struct outcome o;

		for (size_t k = 0; rows[i].args[k]; k++)
			args[k] = fill_in(p, rows[i].args[k]);
		o = program_run(p->arena, args);
		if (o.status != 1 || o.out.n || !str_starts(o.err, S("kmsfix: ")) ||
		    !str_has(o.err, str_from(rows[i].says)))
			test_fail("%s %s: %d\n%.*s%.*s", args[0], args[1] ? args[1] : "", o.status,
				  STR_ARG(o.out), STR_ARG(o.err));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_line_names_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
