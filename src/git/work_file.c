/* SPDX-License-Identifier: MIT */
/* renameat2() */
#define _GNU_SOURCE
#include "work_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kmsfix/buf.h"
#include "kmsfix/fd.h"
#include "kmsfix/file.h"

static bool fail(struct err *e, const struct work_file *w, const char *what)
{
	const char *reason = errno == ELOOP || errno == ENOTDIR ?
				     "it is reached through a symbolic link" :
				     strerror(errno);

	if (errno == ENOENT)
		return err_set(e, ERR_GIT,
			       "'%.*s' is not in the work tree: restore it, or use --apply",
			       STR_ARG(w->path));
	return err_set(e, ERR_GIT, "cannot %s '%.*s': %s", what, STR_ARG(w->path), reason);
}

/* The directory of the file, entered part by part: O_NOFOLLOW guards only the last one. */
static int open_dir(const struct work_file *w)
{
	int fd = openat(w->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *part = w->dir;

	while (fd >= 0 && *part) {
		char name[NAME_MAX + 1];
		size_t n = strcspn(part, "/");
		int next = -1;

		if (n < sizeof(name)) {
			memcpy(name, part, n);
			name[n] = '\0';
			next = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		} else {
			errno = ENAMETOOLONG;
		}
		int saved = errno;
		close(fd);
		errno = saved;
		fd = next;
		part += n + (part[n] == '/');
	}
	return fd;
}

static bool read_file(struct work_file *w, int fd, struct arena *a, struct err *e)
{
	struct buf bytes = { 0 };
	struct stat st;
	bool ok;

	if (fstat(fd, &st) < 0)
		return fail(e, w, "read");
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_GIT, "'%.*s' is not a regular file in the work tree",
			       STR_ARG(w->path));
	w->mode = st.st_mode & 07777;
	w->uid = st.st_uid;
	w->gid = st.st_gid;
	ok = fd_read_all(fd, &bytes) || fail(e, w, "read");
	w->old = str_dup(a, buf_str(&bytes));
	buf_free(&bytes);
	return ok;
}

void work_file_name(struct work_file *w, size_t number, int root, str path, struct arena *a)
{
	*w = (struct work_file){ .number = number, .root = root, .path = path };
	w->dir = str_z(a, path_dir(path));
	w->name = str_z(a, path_base(path));
}

bool work_file_read(struct work_file *w, size_t number, int root, str path, struct arena *a,
		    struct err *e)
{
	int dir, fd;
	bool ok;

	work_file_name(w, number, root, path, a);
	dir = open_dir(w);
	if (dir < 0)
		return fail(e, w, "open");
	/* O_NONBLOCK: a FIFO in the file's place must not hang us. */
	fd = openat(dir, w->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ok = fd >= 0 ? read_file(w, fd, a, e) : fail(e, w, "open");
	if (fd >= 0)
		close(fd);
	close(dir);
	return ok;
}

bool work_file_is_direct(const struct work_file *w)
{
	int dir = open_dir(w);

	if (dir < 0)
		return errno == ENOENT;
	close(dir);
	return true;
}

void work_file_choose_temp(struct work_file *w)
{
	snprintf(w->temp, sizeof(w->temp), WORK_FILE_TEMP "%ld-%zu.tmp", (long)getpid(), w->number);
}

static bool fill_temp(const struct work_file *w, int fd, str text)
{
	bool ok = fd_write_all(fd, text);

	/* Only root can give files away; for others the owner is theirs anyway. */
	if (ok && geteuid() == 0)
		ok = fchown(fd, w->uid, w->gid) == 0;
	return ok && fchmod(fd, w->mode) == 0 && fsync(fd) == 0;
}

static void drop_temp(struct work_file *w, int dir)
{
	if (*w->temp)
		unlinkat(dir, w->temp, 0);
	*w->temp = '\0';
}

static bool store_temp(struct work_file *w, int dir, str text)
{
	bool ok;
	int fd, saved;

	work_file_choose_temp(w);
	fd = openat(dir, w->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		*w->temp = '\0';
		return false;
	}
	ok = fill_temp(w, fd, text);
	saved = errno;
	if (close(fd) < 0 && ok) {
		ok = false;
		saved = errno;
	}
	if (!ok)
		drop_temp(w, dir);
	errno = saved;
	return ok;
}

bool work_file_prepare(struct work_file *w, struct err *e)
{
	int dir = open_dir(w);
	bool ok = dir >= 0 && store_temp(w, dir, w->text);

	if (!ok)
		fail(e, w, "write beside");
	if (dir >= 0)
		close(dir);
	return ok;
}

static bool rename_temp(struct work_file *w, int dir)
{
	if (renameat(dir, w->temp, dir, w->name) < 0)
		return false;
	*w->temp = '\0';
	return fsync(dir) == 0;
}

/* Leaves the old bytes under the other name: to take them back needs no space. */
static bool exchange(struct work_file *w, int dir)
{
	if (renameat2(dir, w->temp, dir, w->name, RENAME_EXCHANGE) == 0) {
		w->replaced = w->exchanged = true;
		return fsync(dir) == 0;
	}
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	/* not on this file system */
	if (!rename_temp(w, dir) && *w->temp)
		return false;
	w->replaced = true;
	return true;
}

bool work_file_replace(struct work_file *w, struct err *e)
{
	int dir = open_dir(w);
	bool ok = dir >= 0 && exchange(w, dir);

	if (!ok)
		fail(e, w, "replace");
	if (dir >= 0)
		close(dir);
	return ok;
}

static bool restore(struct work_file *w, int dir)
{
	if (w->exchanged)
		return renameat2(dir, w->temp, dir, w->name, RENAME_EXCHANGE) == 0;
	if (!store_temp(w, dir, w->old))
		return false;
	rename_temp(w, dir);
	return !*w->temp;
}

bool work_file_restore(struct work_file *w)
{
	int dir;

	if (!w->replaced)
		return true;
	dir = open_dir(w);
	w->replaced = dir < 0 || !restore(w, dir);
	if (dir >= 0)
		close(dir);
	return !w->replaced;
}

bool work_file_drop(struct work_file *w)
{
	int dir = open_dir(w);
	bool ok;

	work_file_choose_temp(w);
	ok = dir >= 0 && (unlinkat(dir, w->temp, 0) == 0 || errno == ENOENT);
	*w->temp = '\0';
	if (dir >= 0)
		close(dir);
	return ok;
}

bool work_file_settle(struct work_file *w, bool finish)
{
	int dir = open_dir(w);
	bool ok;

	if (dir < 0)
		return errno == ENOENT || errno == ELOOP || errno == ENOTDIR;
	ok = (finish ? renameat(dir, w->temp, dir, w->name) : unlinkat(dir, w->temp, 0)) == 0 ||
	     errno == ENOENT;
	ok = ok && fsync(dir) == 0;
	close(dir);
	return ok;
}
