/* SPDX-License-Identifier: MIT */
/*
 * What a confined process cannot do any more. Each test is a process of its own, as nothing frees
 * it again. Where the kernel lacks a way (or this was built without it, as for valgrind), it is
 * skipped.
 */
#define _GNU_SOURCE
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kmsfix/confine.h"

enum { SKIPPED = 77 };

struct scratch {
	struct arena *arena;
	const char *dir, *there, *new; /* a file that is there, and one that is not */
};

static struct scratch scratch_make(void)
{
	struct scratch s = { .arena = arena_create() };

	s.dir = test_mkdir(s.arena);
	s.there = str_fmt(s.arena, "%s/there", s.dir).p;
	s.new = str_fmt(s.arena, "%s/new", s.dir).p;
	test_write(s.there, S("text\n"));
	return s;
}

static void scratch_end(struct scratch *s)
{
	test_rmdir(s->arena, s->dir);
	arena_destroy(s->arena);
}

/* Runs `what` in a confined process: NULL, or what it could do and should not, or the reverse. */
static void confined(const struct confinement *c, unsigned needed,
		     const char *(*what)(const struct scratch *s))
{
	struct scratch s = scratch_make();
	pid_t child = fork();
	int status = 0;

	assert_true(child >= 0);
	if (!child) {
		const char *wrong;

		if ((confine(c) & needed) != needed)
			_exit(SKIPPED);
		wrong = what(&s);
		if (wrong)
			fprintf(stderr, "%s (%s)\n", wrong, strerror(errno));
		_exit(wrong != NULL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_str_eq(test_read(s.arena, s.there), S("text\n"));
	scratch_end(&s);
	if (WIFEXITED(status) && WEXITSTATUS(status) == SKIPPED)
		skip();
	assert_int_equal(status, 0);
}

static bool refused(long result)
{
	return result < 0 && (errno == EPERM || errno == EACCES);
}

/* ---- what nobody may ---- */

static const char *run_and_connect(const struct scratch *s)
{
	char name[] = "true", *argv[] = { name, NULL }, *env[] = { NULL };
	struct stat st;

	if (stat(s->there, &st) < 0)
		return "cannot look at a file";
	if (!refused(socket(AF_INET, SOCK_STREAM, 0)))
		return "opens a socket of the network";
	if (!refused(socket(AF_UNIX, SOCK_STREAM, 0)))
		return "opens a local socket";
	return refused(execve("/bin/true", argv, env)) ? NULL : "runs a program";
}

static void no_program_runs_and_nothing_connects(void **state)
{
	const struct confinement all = { .n = 0 }, writes = { .writes = true };

	(void)state;
	confined(&all, CONFINED_CALLS, run_and_connect);
	confined(&writes, CONFINED_CALLS, run_and_connect);
}

/* ---- who may write nothing ---- */

static const char *write_anything(const struct scratch *s)
{
	struct timespec now[2] = { { 0 } };

	if (open(s->there, O_RDONLY) < 0)
		return "cannot read";
	if (!refused(open(s->there, O_WRONLY)) || !refused(open(s->there, O_RDWR)) ||
	    !refused(open(s->there, O_RDONLY | O_TRUNC)))
		return "opens a file for writing";
	if (!refused(open(s->new, O_RDONLY | O_CREAT, 0600)))
		return "makes a file";
	if (!refused(openat(AT_FDCWD, s->dir, O_TMPFILE | O_RDWR, 0600)))
		return "makes a file without a name";
	return refused(utimensat(AT_FDCWD, s->there, now, 0)) ? NULL : "changes a time";
}

static const char *change_names(const struct scratch *s)
{
	if (!refused(rename(s->there, s->new)))
		return "renames";
	if (!refused(link(s->there, s->new)) || !refused(symlink(s->there, s->new)))
		return "links";
	if (!refused(mkdir(s->new, 0700)) || !refused(mkfifo(s->new, 0600)))
		return "makes what is no file";
	return refused(unlink(s->there)) ? NULL : "deletes";
}

static const char *change_what_is_named(const struct scratch *s)
{
	if (!refused(chmod(s->there, 0777)) || !refused(chown(s->there, getuid(), getgid())))
		return "changes who may";
	return refused(truncate(s->there, 0)) ? NULL : "shortens a file";
}

static void a_dry_run_writes_nothing(void **state)
{
	const struct confinement all = { .n = 0 };

	(void)state;
	confined(&all, CONFINED_CALLS, write_anything);
	confined(&all, CONFINED_CALLS, change_names);
	confined(&all, CONFINED_CALLS, change_what_is_named);
}

static const char *write_files(const struct scratch *s)
{
	if (!refused(open(s->there, O_WRONLY)))
		return "opens a file for writing";
	if (!refused(open(s->new, O_WRONLY | O_CREAT, 0600)))
		return "makes a file";
	return refused(unlink(s->there)) ? NULL : "deletes";
}

static void files_are_safe_without_the_filter(void **state)
{
	const char *const elsewhere[] = { "/dev/null" };
	const struct confinement one = { .files = elsewhere, .n = 1 };

	(void)state;
	confined(&one, CONFINED_FILES, write_files);
}

/* ---- who may write some files ---- */

/* In a directory of their own, as each may make any file beside it. */
static const char *outputs[2], *outputs_dir;
static struct arena *outputs_arena;

static int make_outputs(void **state)
{
	(void)state;
	outputs_arena = arena_create();
	outputs_dir = test_mkdir(outputs_arena);
	return 0;
}

/* Also after a test that is skipped: valgrind looks for leaks in the children of the next one. */
static int end_outputs(void **state)
{
	(void)state;
	test_rmdir(outputs_arena, outputs_dir);
	arena_destroy(outputs_arena);
	return 0;
}

static bool write_whole(const char *path)
{
	FILE *f = fopen(path, "wb");

	return f && fputs("x", f) >= 0 && fclose(f) == 0;
}

static const char *write_outputs(const struct scratch *s)
{
	if (!write_whole(outputs[0]))
		return "cannot write a file that is there";
	if (!write_whole(outputs[1]))
		return "cannot make a file";
	if (!refused(unlink(outputs[0])))
		return "deletes";
	return write_files(s);
}

static void outputs_can_be_written(void **state)
{
	const struct confinement some = { .files = outputs, .n = 2 };

	(void)state;
	outputs[0] = str_fmt(outputs_arena, "%s/there", outputs_dir).p;
	outputs[1] = str_fmt(outputs_arena, "%s/new", outputs_dir).p;
	test_write(outputs[0], S("longer\n"));
	confined(&some, CONFINED_CALLS | CONFINED_FILES, write_outputs);
	assert_str_eq(test_read(outputs_arena, outputs[0]), S("x"));
}

static const char *write_in_dir(const struct scratch *s)
{
	const char *sub = str_fmt(s->arena, "%s/sub", outputs_dir).p;

	if (!write_whole(outputs[1]) || rename(outputs[1], outputs[0]) < 0)
		return "cannot make and rename a file";
	if (unlink(outputs[0]) < 0)
		return "cannot delete a file";
	if (!refused(mkdir(sub, 0700)) || !refused(symlink("x", sub)))
		return "makes what is no file";
	return write_files(s);
}

static void files_of_a_directory_can_be_replaced(void **state)
{
	const struct confinement some = { .dirs = &outputs_dir, .dir_count = 1 };

	(void)state;
	outputs[0] = str_fmt(outputs_arena, "%s/there", outputs_dir).p;
	outputs[1] = str_fmt(outputs_arena, "%s/new", outputs_dir).p;
	test_write(outputs[0], S("longer\n"));
	confined(&some, CONFINED_CALLS | CONFINED_FILES, write_in_dir);
}

static const char *write_through_link(const struct scratch *s)
{
	(void)s;
	return write_whole(outputs[0]) ? NULL : "cannot write through a link";
}

/* A link to nowhere: the kernel cannot be told which file it will be. */
static void an_output_may_be_a_link(void **state)
{
	const struct confinement some = { .files = outputs, .n = 1 };

	(void)state;
	outputs[0] = str_fmt(outputs_arena, "%s/link", outputs_dir).p;
	outputs[1] = str_fmt(outputs_arena, "%s/sub/target", outputs_dir).p;
	assert_int_equal(mkdir(str_fmt(outputs_arena, "%s/sub", outputs_dir).p, 0700), 0);
	assert_int_equal(symlink("sub/target", outputs[0]), 0);
	confined(&some, 0, write_through_link);
	confined(&some, 0, write_through_link); /* now it leads somewhere */
	assert_str_eq(test_read(outputs_arena, outputs[1]), S("x"));
}

/* ---- the program ---- */

static str line_of(str text, str start)
{
	size_t at = str_find(text, start, 0);

	return at == SIZE_MAX ? (str){ 0 } : str_sub(text, at, str_find(text, S("\n"), at));
}

/* What the kernel says about the program, while it waits for its configuration out of a pipe. */
static str status_of_program(struct arena *a, const char *repo, const char *mode)
{
	const char *build = getenv("BUILD"), *dir = test_mkdir(a);
	const char *pipe = str_fmt(a, "%s/pipe", dir).p, *text = "{\"version\": 1}";
	const char *program = str_fmt(a, "%s/kmsfix", build ? build : "build").p;
	int to = -1, status;
	str said;
	pid_t child;

	assert_int_equal(mkfifo(pipe, 0600), 0);
	child = fork();
	if (!child) {
		alarm(60);
		execl(program, program, "-q", "--output", "/dev/null", "--config", pipe, mode, repo,
		      (char *)NULL);
		_exit(127);
	}
	while ((to = open(pipe, O_WRONLY | O_NONBLOCK)) < 0 && !waitpid(child, &status, WNOHANG))
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	assert_true(to >= 0);
	said = test_read(a, str_fmt(a, "/proc/%d/status", (int)child).p);
	assert_int_equal(write(to, text, strlen(text)), strlen(text));
	close(to);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 1);
	test_rmdir(a, dir);
	return said;
}

static bool kernel_confines(void)
{
	const struct confinement all = { .n = 0 };
	pid_t child = fork();
	int status;

	if (!child)
		_exit(confine(&all) & CONFINED_CALLS ? 0 : 1);
	return waitpid(child, &status, 0) == child && status == 0;
}

static void every_run_is_confined(void **state)
{
	static const char *const modes[] = { "--phased", "--apply", "--write" };
	bool confines = kernel_confines();
	struct arena *a = arena_create();

	(void)state;
	for (size_t i = 0; confines && i < COUNT(modes); i++) {
		const char *repo = program_repo(a, "testdata/demo");
		str said = status_of_program(a, repo, modes[i]);

		assert_str_eq(line_of(said, S("NoNewPrivs:")), S("NoNewPrivs:\t1"));
		assert_str_eq(line_of(said, S("Seccomp:")), S("Seccomp:\t2"));
		test_rmdir(a, repo);
	}
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_program_runs_and_nothing_connects),
		cmocka_unit_test(a_dry_run_writes_nothing),
		cmocka_unit_test(files_are_safe_without_the_filter),
		cmocka_unit_test_setup_teardown(outputs_can_be_written, make_outputs, end_outputs),
		cmocka_unit_test_setup_teardown(files_of_a_directory_can_be_replaced, make_outputs,
						end_outputs),
		cmocka_unit_test_setup_teardown(an_output_may_be_a_link, make_outputs, end_outputs),
		cmocka_unit_test(every_run_is_confined),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
