/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kmsfix/buf.h"
#include "kmsfix/diag.h"

/* Lines stay lines, everything else that a terminal would not show is escaped. */
static void print_str(const char *title, str s)
{
	struct buf b = { 0 };
	size_t at = 0, nl;

	while ((nl = str_find(s, S("\n"), at)) != SIZE_MAX) {
		buf_add_safe(&b, str_sub(s, at, nl));
		buf_addc(&b, '\n');
		at = nl + 1;
	}
	buf_add_safe(&b, str_sub(s, at, s.n));
	print_error("%s (%zu bytes): [%.*s]\n", title, s.n, STR_ARG(buf_str(&b)));
	buf_free(&b);
}

void test_str_eq(str got, str want, const char *file, int line)
{
	if (str_eq(got, want))
		return;
	print_str("got ", got);
	print_str("want", want);
	_fail(file, line);
}

void test_fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprint_error(fmt, ap);
	va_end(ap);
	print_error("\n");
	fail();
}

static str read_stream(struct arena *a, FILE *in)
{
	struct buf b = { 0 };
	char part[4096];
	size_t n;
	str all;

	while ((n = fread(part, 1, sizeof(part), in)) > 0)
		buf_add(&b, (str){ part, n });
	all = str_dup(a, buf_str(&b));
	buf_free(&b);
	return all;
}

str test_read(struct arena *a, const char *path)
{
	FILE *in = fopen(path, "rb");
	str all;

	if (!in) {
		test_fail("cannot read '%s': %s", path, strerror(errno));
		return S("");
	}
	all = read_stream(a, in);
	fclose(in);
	return all;
}

bool test_exists(const char *path)
{
	struct stat st;

	return !stat(path, &st);
}

void test_write(const char *path, str text)
{
	FILE *out = fopen(path, "wb");
	bool ok = out && fwrite(text.p, 1, text.n, out) == text.n;

	if (out && fclose(out))
		ok = false;
	if (!ok)
		test_fail("cannot write '%s': %s", path, strerror(errno));
}

static void set_environment(void)
{
	static const char *const fixed[][2] = {
		{ "LC_ALL", "C" },
		{ "TZ", "UTC" },
		{ "HOME", "/nonexistent" },
		{ "XDG_CONFIG_HOME", "/nonexistent" },
		{ "GIT_CONFIG_GLOBAL", "/dev/null" },
		{ "GIT_CONFIG_NOSYSTEM", "1" },
		{ "GIT_AUTHOR_NAME", "Ada" },
		{ "GIT_AUTHOR_EMAIL", "ada@example.com" },
		{ "GIT_AUTHOR_DATE", "1700000000 +0000" },
		{ "GIT_COMMITTER_NAME", "Ada" },
		{ "GIT_COMMITTER_EMAIL", "ada@example.com" },
		{ "GIT_COMMITTER_DATE", "1700000000 +0000" },
		/* A program that confines itself cannot start a symbolizer when a sanitizer of
		 * its own wants one, and dies of writing to it. */
		{ "ASAN_SYMBOLIZER_PATH", "" },
	};
	/* Set when the tests run from a Git hook; they would point at the project's repository. */
	static const char *const leaks[] = {
		"GIT_DIR",        "GIT_WORK_TREE",     "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
		"GIT_COMMON_DIR", "SOURCE_DATE_EPOCH",
	};

	for (size_t i = 0; i < COUNT(fixed); i++)
		setenv(fixed[i][0], fixed[i][1], 1);
	for (size_t i = 0; i < COUNT(leaks); i++)
		unsetenv(leaks[i]);
}

static _Noreturn void run_child(const char *const argv[], FILE *out, FILE *err)
{
	union {
		const char *const *in;
		char *const *out;
	} args = { .in = argv }; /* exec does not write to them, but its type says it may */
	int null = open("/dev/null", O_RDONLY);

	set_environment();
	if (null < 0 || dup2(null, 0) < 0 || dup2(fileno(out), 1) < 0 || dup2(fileno(err), 2) < 0)
		_exit(126);
	execvp(argv[0], args.out);
	fprintf(stderr, "cannot run '%s': %s\n", argv[0], strerror(errno));
	fflush(stderr);
	_exit(127);
}

struct outcome test_run(struct arena *a, const char *const argv[])
{
	/* Files, not pipes: a child that fills one while we read the other cannot block. */
	FILE *out = tmpfile(), *err = tmpfile();
	struct outcome result = { .status = -1 };
	int status = 0;
	pid_t child = -1;

	if (out && err)
		child = fork();
	if (!child)
		run_child(argv, out, err);
	if (child > 0 && waitpid(child, &status, 0) == child) {
		result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		rewind(out);
		rewind(err);
		result.out = read_stream(a, out);
		result.err = read_stream(a, err);
	}
	if (out)
		fclose(out);
	if (err)
		fclose(err);
	if (result.status < 0)
		test_fail("cannot start '%s': %s", argv[0], strerror(errno));
	return result;
}

str test_must(struct arena *a, const char *const argv[])
{
	struct outcome o = test_run(a, argv);

	if (o.status) {
		for (size_t i = 0; argv[i]; i++)
			print_error("%s ", argv[i]);
		test_fail("exits with %d: %.*s", o.status, STR_ARG(o.err));
	}
	return o.out;
}

const char *test_mkdir(struct arena *a)
{
	const char *base = getenv("TMPDIR");
	str name = str_fmt(a, "%s/kmsfix-test-XXXXXX", base ? base : "/tmp");
	char *dir = arena_alloc(a, name.n + 1);

	memcpy(dir, name.p, name.n);
	if (!mkdtemp(dir))
		test_fail("cannot make '%s': %s", dir, strerror(errno));
	return dir;
}
