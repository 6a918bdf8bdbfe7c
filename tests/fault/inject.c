/* SPDX-License-Identifier: MIT */
/*
 * inject - a library for LD_PRELOAD that fails one call of the program, or kills it there.
 *
 *	INJECT_WHAT=write|read|alloc|close|child|git
 *					which calls count (write: all that change the file system;
 *					child: those another program is run by;
 *					git: of libgit2, see inject_git.c)
 *	INJECT_AT=N			the Nth of them, from 1; 0 only counts
 *	INJECT_HOW=kill|int|short|ERRNO	what happens there; `int` is SIGINT and a call that works;
 *					a call of libgit2 returns it
 *	INJECT_STICKY=1			also to every later one
 *	INJECT_NO_EXCHANGE=1		files cannot exchange names, as on many file systems
 *	INJECT_COUNT=FILE		where the number of calls is written at the end
 *
 * Calls on standard input, output and error do not count, nor those of the programs that it runs.
 */
#define _GNU_SOURCE
#include "inject.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);

static struct {
	bool ready, sticky, no_exchange, busy; /* busy: with looking up a function */
	enum kind kind;
	long at, seen;
	char how[16];
	FILE *count; /* opened at once: later the program may have lost the right to */
} inject;

__attribute__((constructor)) static void start(void)
{
	static const char *const kinds[] = {
		"", "write", "read", "alloc", "close", "child", "git"
	};
	const char *what = getenv("INJECT_WHAT"), *at = getenv("INJECT_AT"),
		   *how = getenv("INJECT_HOW");

	for (int i = KIND_WRITE; what && i <= KIND_GIT; i++)
		if (!strcmp(what, kinds[i]))
			inject.kind = (enum kind)i;
	inject.at = at ? atol(at) : 0;
	inject.sticky = getenv("INJECT_STICKY") != NULL;
	inject.no_exchange = getenv("INJECT_NO_EXCHANGE") != NULL;
	snprintf(inject.how, sizeof(inject.how), "%s", how ? how : "kill");
	inject.count = getenv("INJECT_COUNT") ? fopen(getenv("INJECT_COUNT"), "w") : NULL;
	unsetenv("LD_PRELOAD");
	inject.ready = true;
}

__attribute__((destructor)) static void stop(void)
{
	if (inject.count) {
		fprintf(inject.count, "%ld\n", inject.seen);
		fclose(inject.count);
	}
}

enum verdict hit(enum kind kind, int fd)
{
	if (!inject.ready || inject.busy || kind != inject.kind || (fd >= 0 && fd <= 2))
		return GO;
	long n = __atomic_add_fetch(&inject.seen, 1, __ATOMIC_RELAXED);
	if (!inject.at || (inject.sticky ? n < inject.at : n != inject.at))
		return GO;
	if (!strcmp(inject.how, "kill"))
		kill(getpid(), SIGKILL);
	if (!strcmp(inject.how, "int")) {
		raise(SIGINT);
		return GO;
	}
	if (!strcmp(inject.how, "short"))
		return HALF;
	errno = atoi(inject.how);
	return FAIL;
}

/* A full disk can still delete and exchange names, and neither takes a descriptor. */
static enum verdict hit_delete(void)
{
	static const char *const never[] = { "28", "122", "24", "short" };

	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		if (!strcmp(inject.how, never[i]))
			return GO;
	return hit(KIND_WRITE, -1);
}

/* Nor does it take space to rename to a name that is there. */
static enum verdict hit_rename(const char *to)
{
	return access(to, F_OK) == 0 ? hit_delete() : hit(KIND_WRITE, -1);
}

static enum verdict hit_exchange(void)
{
	if (!inject.no_exchange)
		return hit_delete();
	errno = EINVAL;
	return FAIL;
}

void *next(const char *name)
{
	inject.busy = true;
	void *found = dlsym(RTLD_NEXT, name);
	inject.busy = false;
	return found;
}

#define WRITES(flags) (((flags)&O_ACCMODE) != O_RDONLY || ((flags)&O_CREAT))

static enum verdict hit_open(int flags)
{
	return hit(WRITES(flags) ? KIND_WRITE : KIND_READ, -1);
}

#define OPEN(name)                                     \
	int name(const char *path, int flags, ...)     \
	{                                              \
		va_list ap;                            \
		NEXT(name);                            \
		va_start(ap, flags);                   \
		mode_t mode = va_arg(ap, mode_t);      \
		va_end(ap);                            \
		if (hit_open(flags) == FAIL)           \
			return -1;                     \
		return real_##name(path, flags, mode); \
	}

#define OPENAT(name)                                        \
	int name(int dir, const char *path, int flags, ...) \
	{                                                   \
		va_list ap;                                 \
		NEXT(name);                                 \
		va_start(ap, flags);                        \
		mode_t mode = va_arg(ap, mode_t);           \
		va_end(ap);                                 \
		if (hit_open(flags) == FAIL)                \
			return -1;                          \
		return real_##name(dir, path, flags, mode); \
	}

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

/* What takes a descriptor, bytes and a number of them. */
#define TRANSFER(name, kind, pointer, more, args)                      \
	ssize_t name(int fd, pointer p, size_t n more)                 \
	{                                                              \
		NEXT(name);                                            \
		enum verdict v = hit(kind, fd);                        \
		if (v == FAIL)                                         \
			return -1;                                     \
		return real_##name args(fd, p, v == HALF ? n / 2 : n); \
	}
#define PLAIN(fd, p, n) (fd, p, n)
#define PLACED(fd, p, n) (fd, p, n, offset)
#define OFFSET , off_t offset

TRANSFER(write, KIND_WRITE, const void *, , PLAIN)
TRANSFER(pwrite, KIND_WRITE, const void *, OFFSET, PLACED)
TRANSFER(pwrite64, KIND_WRITE, const void *, OFFSET, PLACED)
TRANSFER(read, KIND_READ, void *, , PLAIN)
TRANSFER(pread, KIND_READ, void *, OFFSET, PLACED)
TRANSFER(pread64, KIND_READ, void *, OFFSET, PLACED)

ssize_t writev(int fd, const struct iovec *v, int n)
{
	NEXT(writev);
	return hit(KIND_WRITE, fd) == FAIL ? -1 : real_writev(fd, v, n);
}

/* What changes something and takes `params`. */
#define CHANGE(name, verdict, params, args)                     \
	int name params                                         \
	{                                                       \
		NEXT(name);                                     \
		return verdict == FAIL ? -1 : real_##name args; \
	}

CHANGE(fsync, hit(KIND_WRITE, fd), (int fd), (fd))
CHANGE(fdatasync, hit(KIND_WRITE, fd), (int fd), (fd))
CHANGE(ftruncate, hit(KIND_WRITE, fd), (int fd, off_t size), (fd, size))
CHANGE(fchmod, hit(KIND_WRITE, fd), (int fd, mode_t mode), (fd, mode))
CHANGE(fchown, hit(KIND_WRITE, fd), (int fd, uid_t uid, gid_t gid), (fd, uid, gid))
CHANGE(unlink, hit_delete(), (const char *path), (path))
CHANGE(unlinkat, hit_delete(), (int dir, const char *path, int flags), (dir, path, flags))
CHANGE(rmdir, hit_delete(), (const char *path), (path))
CHANGE(rename, hit_rename(to), (const char *from, const char *to), (from, to))
CHANGE(renameat, hit(KIND_WRITE, -1), (int a, const char *from, int b, const char *to),
       (a, from, b, to))
CHANGE(renameat2, hit_exchange(), (int a, const char *from, int b, const char *to, unsigned flags),
       (a, from, b, to, flags))
CHANGE(link, hit(KIND_WRITE, -1), (const char *from, const char *to), (from, to))
CHANGE(linkat, hit(KIND_WRITE, -1), (int a, const char *from, int b, const char *to, int flags),
       (a, from, b, to, flags))
CHANGE(symlink, hit(KIND_WRITE, -1), (const char *from, const char *to), (from, to))
CHANGE(mkdir, hit(KIND_WRITE, -1), (const char *path, mode_t mode), (path, mode))
CHANGE(mkdirat, hit(KIND_WRITE, -1), (int dir, const char *path, mode_t mode), (dir, path, mode))
CHANGE(chmod, hit(KIND_WRITE, -1), (const char *path, mode_t mode), (path, mode))

/* What only looks. */
CHANGE(fstat, hit(KIND_READ, fd), (int fd, struct stat *out), (fd, out))
CHANGE(lstat, hit(KIND_READ, -1), (const char *path, struct stat *out), (path, out))
CHANGE(flock, hit(KIND_READ, fd), (int fd, int how), (fd, how))

DIR *opendir(const char *path)
{
	NEXT(opendir);
	return hit(KIND_READ, -1) == FAIL ? NULL : real_opendir(path);
}

struct dirent *readdir(DIR *dir)
{
	NEXT(readdir);
	return hit(KIND_READ, -1) == FAIL ? NULL : real_readdir(dir);
}

/* ---- other programs ---- */

FILE *tmpfile(void)
{
	NEXT(tmpfile);
	return hit(KIND_CHILD, -1) == FAIL ? NULL : real_tmpfile();
}

int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
		 const posix_spawnattr_t *attributes, char *const argv[], char *const env[])
{
	NEXT(posix_spawnp);
	return hit(KIND_CHILD, -1) == FAIL ?
		       errno :
		       real_posix_spawnp(pid, file, actions, attributes, argv, env);
}

CHANGE(waitpid, hit(KIND_CHILD, -1), (pid_t pid, int *status, int how), (pid, status, how))

/* ---- closing ---- */

/* What fails has closed it all the same. */
int close(int fd)
{
	NEXT(close);
	bool fails = hit(KIND_CLOSE, fd) == FAIL;
	int error = errno, rc = real_close(fd);

	errno = fails ? error : errno;
	return fails ? -1 : rc;
}

#define MAP(name)                                                                 \
	void *name(void *at, size_t n, int prot, int flags, int fd, off_t offset) \
	{                                                                         \
		NEXT(name);                                                       \
		if (fd >= 0 && hit(KIND_READ, fd) == FAIL)                        \
			return MAP_FAILED;                                        \
		return real_##name(at, n, prot, flags, fd, offset);               \
	}

MAP(mmap)
MAP(mmap64)

void *malloc(size_t n)
{
	return hit(KIND_ALLOC, -1) == FAIL ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return hit(KIND_ALLOC, -1) == FAIL ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return hit(KIND_ALLOC, -1) == FAIL ? NULL : __libc_realloc(p, n);
}
