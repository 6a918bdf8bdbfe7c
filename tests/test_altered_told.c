/* SPDX-License-Identifier: MIT */
/*
 * What the golden cases are told beside the code - details of the account, keys, logs, plans,
 * requests, the configuration - and the exports of testdata/account, with one thing altered
 * (ALTERATIONS=500 for more, SEED=7 for others). Whatever that says: it is refused with a message,
 * or the proof holds on what is made of it.
 */
#include <stdlib.h>
#include <string.h>

#include "alter.h"
#include "kmsfix/fileset.h"
#include "kmsfix/strs.h"
#include "program.h"

#define FIND "find %.*s -type f -name '*.json' | grep -v 'golden/.*/in/[^.]' | LC_ALL=C sort"
#define CASES                                                                        \
	"{ grep -lE '[{](case|copy)[}]' testdata/golden/*/*/args; "                  \
	"ls -d testdata/golden/*/*/in/.kmsfix.json testdata/account/*/in/keys; } | " \
	"sed -E 's,/(args|in/.kmsfix.json|keys)$,,' | sort -u"

#ifndef __has_feature
#define __has_feature(x) 0
#endif

struct told {
	struct arena *arena;
	str dir;
	const char *copy, *repo; /* repo: NULL for an export */
	struct fileset files;
	const char *args[PROGRAM_ARGS + 1];
	size_t n;
};

/* A run of the program takes longer than a plan. */
static unsigned long alterations(void)
{
	const char *wanted = getenv("ALTERATIONS"), *run = getenv("RUN");
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
	run = "slow";
#endif
	return wanted ? strtoul(wanted, NULL, 10) / 8 : run && *run ? 1 : 4;
}

static str lines_of(struct arena *a, const char *command)
{
	return test_must(a, (const char *[]){ "sh", "-c", command, NULL });
}

static str next_line(str *rest, const char *blanks)
{
	size_t n = 0;
	while (n < rest->n && !strchr(blanks, rest->p[n]))
		n++;
	str line = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n + 1, rest->n);
	return line;
}

/* ---- one case ---- */

static void add_arg(struct told *t, const char *arg)
{
	assert_true(t->n < PROGRAM_ARGS);
	t->args[t->n++] = arg;
}

/* With the copy where the case's directory is meant. */
static void add_args(struct told *t, str text)
{
	static const str places[] = { { "{case}", 6 }, { "{copy}", 6 } };
	while (text.n) {
		str word = next_line(&text, " \n\t");
		for (size_t i = 0; i < COUNT(places); i++) {
			size_t at = str_find(word, places[i], 0);
			if (at != SIZE_MAX)
				word = str_fmt(t->arena, "%.*s%s%.*s", (int)at, word.p, t->copy,
					       STR_ARG(str_sub(word, at + 6, word.n)));
		}
		if (word.n)
			add_arg(t, str_z(t->arena, word));
	}
}

/* Where the file is in the copy. */
static const char *place_of(struct told *t, str path)
{
	return str_fmt(t->arena, "%s%.*s", t->copy, STR_ARG(str_sub(path, t->dir.n, path.n))).p;
}

static void open_case(struct told *t)
{
	const char *dir = str_z(t->arena, t->dir), *args = str_fmt(t->arena, "%s/args", dir).p;
	const char *config = str_fmt(t->arena, "%s/in/.kmsfix.json", dir).p;
	str list = lines_of(t->arena, str_fmt(t->arena, FIND, STR_ARG(t->dir)).p);
	t->copy = test_mkdir(t->arena);
	test_copy(t->arena, dir, t->copy);
	while (list.n) {
		str path = next_line(&list, "\n");
		fileset_add(&t->files, t->arena, path, test_read(t->arena, str_z(t->arena, path)),
			    0);
	}
	if (str_starts(t->dir, S("testdata/account/"))) {
		add_arg(t, "account");
		add_arg(t, t->copy);
	} else {
		t->repo = program_repo(t->arena, str_fmt(t->arena, "%s/in", dir).p);
	}
	if (test_exists(args))
		add_args(t, test_read(t->arena, args));
	if (test_exists(config))
		add_arg(t, str_fmt(t->arena, "--config=%s/in/.kmsfix.json", t->copy).p);
	add_arg(t, "--format=json");
	add_arg(t, "--quiet");
	if (t->repo)
		add_arg(t, t->repo);
}

static void close_case(struct told *t)
{
	test_rmdir(t->arena, t->copy);
	if (t->repo)
		test_rmdir(t->arena, t->repo);
}

/* ---- altered ---- */

static void judge(const struct told *t, const struct file *f, str altered, const struct outcome *o)
{
	bool done = o->status == 0 || o->status == 2 || o->status == 3;
	bool sound = done ? str_has(o->out, S("\"holds\":true")) ||
				     str_has(o->out, S("\"holds\": true")) :
			    o->status == 1 && str_starts(o->err, S("kmsfix: ")) &&
				     !str_has(o->err, S("report it"));
	if (!sound)
		test_fail("%.*s: exit status %d: %.*s\n%.*s:\n%.*s", STR_ARG(t->dir), o->status,
			  STR_ARG(o->err), STR_ARG(f->path), STR_ARG(altered));
}

static void alter_once(struct told *t, uint64_t seed)
{
	const struct file *f = &t->files.files[alter_random(&seed, t->files.n)];
	struct arena *a = arena_create();
	str altered = alter_text(f, &seed, a);
	test_write(place_of(t, f->path), altered);
	struct outcome o = program_run(a, t->args);
	judge(t, f, altered, &o);
	test_write(place_of(t, f->path), f->text);
	arena_destroy(a);
}

static void alter_case(str dir)
{
	const char *first = getenv("SEED");
	struct told t = { .arena = arena_create(), .dir = dir };
	uint64_t seed = first ? strtoull(first, NULL, 10) : 4;
	open_case(&t);
	for (unsigned long i = 0; t.files.n && i < alterations(); i++)
		alter_once(&t, (seed * 1000003 + i) * UINT64_C(0x9E3779B97F4A7C15) + 1);
	close_case(&t);
	arena_destroy(t.arena);
}

static void what_is_altered_is_refused_or_sound(void **state)
{
	struct arena *a = arena_create();
	str rest = lines_of(a, CASES);
	(void)state;
	while (rest.n)
		alter_case(next_line(&rest, "\n"));
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_altered_is_refused_or_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
