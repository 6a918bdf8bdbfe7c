/* SPDX-License-Identifier: MIT */
/*
 * A long read of logs on a real terminal: the line that says how far it is, that it goes again, and
 * what is saved of the logs in the meantime.
 */
#define _XOPEN_SOURCE 700 /* pseudo terminals */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kmsfix/buf.h"
#include "program.h"

#define CASE "testdata/golden/evidence/star-accepted/in"
/* An event of role "app" with the only key of the case. */
#define EVENT                                                                                      \
	"{\"eventSource\":\"kms.amazonaws.com\",\"eventTime\":\"2026-03-01T10:00:00Z\","           \
	"\"eventName\":\"Decrypt\",\"userIdentity\":{\"type\":\"AssumedRole\",\"principalId\":"    \
	"\"A:s\",\"arn\":\"arn:aws:sts::111122223333:assumed-role/app/s\",\"sessionContext\":"     \
	"{\"sessionIssuer\":{\"type\":\"Role\",\"arn\":\"arn:aws:iam::111122223333:role/app\"}}}," \
	"\"resources\":[{\"ARN\":\"arn:aws:kms:eu-west-1:111122223333:key/"                        \
	"00000000-1111-2222-3333-444444444444\"}]}\n"

struct world {
	struct arena *arena;
	const char *dir, *repo, *log, *saved;
};

/* More than twice as much as is read between two lines. */
static void write_log(const char *path)
{
	FILE *out = fopen(path, "wb");
	size_t size = 0;

	assert_non_null(out);
	for (; size < (size_t)20 << 20; size += strlen(EVENT))
		fputs(EVENT, out);
	assert_int_equal(fclose(out), 0);
}

/* Runs it with standard error on the terminal `slave`; its own standard output goes to a file. */
static pid_t start(char *const *argv, const char *slave, const char *out)
{
	pid_t pid = fork();
	int fd;

	assert_true(pid >= 0);
	if (pid)
		return pid;
	setsid();
	fd = open(slave, O_RDWR);
	dup2(fd, STDERR_FILENO);
	fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dup2(fd, STDOUT_FILENO);
	setenv("COLUMNS", "60", 1);
	setenv("ASAN_SYMBOLIZER_PATH", "", 1); /* see set_environment() in support.c */
	execv(argv[0], argv);
	_exit(127);
}

/* An argument as execv() takes it. */
static char *copy(struct arena *a, const char *text)
{
	size_t n = strlen(text) + 1;

	return memcpy(arena_alloc(a, n), text, n);
}

/* All that came to the terminal. */
static str run_on_terminal(struct world *w, const char *const *args, int *status)
{
	const char *program = getenv("KMSFIX"), *build = getenv("BUILD"), *name;
	char *argv[16] = { NULL };
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	const char *out = str_fmt(w->arena, "%s/out", w->dir).p;
	struct buf text = { 0 };
	char piece[4096];
	ssize_t n;
	pid_t pid;
	str all;

	assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
	name = program ? program : str_fmt(w->arena, "%s/kmsfix", build ? build : "build").p;
	argv[0] = copy(w->arena, name);
	for (size_t i = 0; args[i]; i++)
		argv[i + 1] = copy(w->arena, args[i]);
	pid = start(argv, ptsname(master), out);
	/* Linux says EIO when the last one has closed it. */
	while ((n = read(master, piece, sizeof(piece))) > 0)
		buf_add(&text, (str){ piece, (size_t)n });
	assert_int_equal(waitpid(pid, status, 0), pid);
	close(master);
	all = str_dup(w->arena, buf_str(&text));
	buf_free(&text);
	return all;
}

static void a_terminal_shows_how_far_it_is_and_then_no_more(void **state)
{
	struct world *w = *state;
	const char *args[] = { "--evidence", w->log,    "--save-evidence", w->saved,
			       "--accept",   "RES-ALL", w->repo,           NULL };
	int status;
	str said = run_on_terminal(w, args, &status);
	size_t first = str_find(said, S("\rreading logs: "), 0), last = first;

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
	assert_true(first != SIZE_MAX);
	assert_true(str_find(said, S("% of 20 MB, "), first) != SIZE_MAX);
	for (size_t at = first; at != SIZE_MAX; at = str_find(said, S("\rreading logs: "), at + 1))
		last = at;
	/* Blanks over all of the line, and whatever follows begins at its start. */
	assert_true(str_find(said, S("     \r"), last) < str_find(said, S("\n"), last));
	assert_false(str_has(str_sub(said, str_find(said, S("\n"), last), said.n), S("reading")));
}

/* What was saved says the same as the logs, to a pipe without a word on the way. */
static void what_is_saved_does_instead_of_the_logs(void **state)
{
	struct world *w = *state;
	const char *logs[] = { "--evidence", w->log,    "--save-evidence", w->saved,
			       "--accept",   "RES-ALL", w->repo,           NULL };
	const char *saved[] = { "--evidence", w->saved, "--accept", "RES-ALL", w->repo, NULL };
	struct outcome a = program_run(w->arena, logs), b = program_run(w->arena, saved);

	assert_int_equal(a.status, 2);
	assert_int_equal(b.status, 2);
	assert_str_eq(b.out, a.out);
	assert_str_eq(b.err, a.err);
	assert_false(str_has(a.err, S("reading logs")));
	assert_true(test_read(w->arena, w->saved).n < 4096);
}

/* It is not written where the logs cannot be read, and its absence is an error. */
static void nothing_is_saved_of_broken_logs(void **state)
{
	struct world *w = *state;
	const char *args[] = { "--evidence", w->log, "--save-evidence", w->saved, w->repo, NULL };
	const char *nowhere[] = { "--evidence",      w->log,
				  "--save-evidence", str_fmt(w->arena, "%s/no/where", w->dir).p,
				  w->repo,           NULL };
	struct outcome o = program_run(w->arena, nowhere);

	assert_int_equal(o.status, 1);
	assert_int_equal(o.out.n, 0);
	test_write(w->log, S(EVENT "{\"eventSource\": "));
	o = program_run(w->arena, args);
	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("log.json:2:")));
	assert_false(test_exists(w->saved));
}

static int setup(void **state)
{
	struct arena *a = arena_create();
	struct world *w = ARENA_NEW(a, struct world);

	w->arena = a;
	w->dir = test_mkdir(a);
	w->log = str_fmt(a, "%s/log.json", w->dir).p;
	w->saved = str_fmt(a, "%s/saved", w->dir).p;
	w->repo = program_repo(a, CASE);
	write_log(w->log);
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	test_rmdir(w->arena, w->dir);
	test_rmdir(w->arena, w->repo);
	arena_destroy(w->arena);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_terminal_shows_how_far_it_is_and_then_no_more),
		TEST(what_is_saved_does_instead_of_the_logs),
		TEST(nothing_is_saved_of_broken_logs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
