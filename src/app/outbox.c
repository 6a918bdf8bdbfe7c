/* SPDX-License-Identifier: MIT */
/* The directories are locked with flock(), which POSIX does not have. */
#define _DEFAULT_SOURCE
#include "outbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "kmsfix/fd.h"
#include "kmsfix/map.h"
#include "kmsfix/vec.h"

/* No reader looks at names that begin with a dot. */
#define FRESH ".kmsfix-new."
#define SAVED ".kmsfix-old."
#define LOCK_TRIES 200
#define LOCK_PAUSE 50000000 /* ns */

static bool fail(const char *what, const char *path, struct err *e)
{
	return err_set(e, ERR_IO, "cannot %s '%s': %s", what, path, strerror(errno));
}

/* ---- one run at a time ---- */

/* Where there are no locks (some network drives), two runs may still meet. */
static bool lock(int fd)
{
	const struct timespec pause = { 0, LOCK_PAUSE };

	for (int i = 0; i < LOCK_TRIES; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

static bool is_same(int x, int y)
{
	struct stat a, b;

	return fstat(x, &a) == 0 && fstat(y, &b) == 0 && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
}

/* Of a run that was killed, as no other one is here now. */
static void drop_leftovers(const char *path)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		str name = str_from(entry->d_name);

		if (str_starts(name, S(FRESH)) || str_starts(name, S(SAVED)))
			unlinkat(dirfd(dir), entry->d_name, 0);
	}
	if (dir)
		closedir(dir);
}

static void drop_all_leftovers(struct outbox *x, const char *root, const struct requests *there)
{
	struct map seen = { 0 };

	drop_leftovers(root);
	for (size_t i = 0; i < there->n; i++) {
		str dir = path_dir(there->v[i].file->path);

		if (map_find(&seen, dir))
			continue;
		map_put(&seen, x->arena, dir, x);
		drop_leftovers(str_z(x->arena, dir));
	}
}

bool outbox_lock(struct outbox *x, const char *dir, const struct requests *there, struct err *e)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return fail("open", dir, e);
	if (x->n && is_same(x->dirs[0], fd)) {
		close(fd);
		return true;
	}
	x->dirs[x->n++] = fd;
	if (!lock(fd))
		return err_set(e, ERR_IO, "another kmsfix is writing to '%s': wait for it", dir);
	drop_all_leftovers(x, dir, there);
	return true;
}

/* ---- the files ---- */

static const char *hidden(struct outbox *x, str path, const char *what)
{
	return str_fmt(x->arena, "%.*s/%s%.*s", STR_ARG(path_dir(path)), what,
		       STR_ARG(path_base(path)))
		.p;
}

void outbox_add(struct outbox *x, const struct handoff *files, const struct requests *there)
{
	for (size_t i = 0; i < files->files.n; i++) {
		const struct handoff_file *f = &files->files.v[i];
		const struct request *old = requests_at(there, f->name);
		struct parcel p = { .path = str_z(x->arena, f->name),
				    .text = f->text,
				    .fresh = hidden(x, f->name, FRESH),
				    .saved = hidden(x, f->name, SAVED) };

		if (!f->text.n || (old ? !str_eq(old->file->text, f->text) : !f->keep))
			VEC_PUSH(x->arena, &x->parcels, p);
	}
}

static bool store(int fd, str text)
{
	bool ok = fd_write_all(fd, text) && fsync(fd) == 0;
	int saved = errno;

	if (close(fd) < 0 && ok)
		return false;
	errno = saved;
	return ok;
}

static bool write_fresh(struct parcel *p, struct err *e)
{
	int fd = open(p->fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	p->is_fresh = fd >= 0;
	return (fd >= 0 && store(fd, p->text)) || fail("write", p->fresh, e);
}

/* A link is nothing that we wrote, and not kept. */
static bool is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

/* What is there gets a second name, from which it can be put back without any space. */
static bool save(struct parcel *p, struct err *e)
{
	p->is_saved = link(p->path, p->saved) == 0;
	return p->is_saved || errno == ENOENT || is_link(p->path) || fail("write", p->path, e);
}

bool outbox_prepare(struct outbox *x, struct err *e)
{
	for (size_t i = 0; i < x->parcels.n; i++) {
		struct parcel *p = &x->parcels.v[i];

		if ((p->text.n && !write_fresh(p, e)) || !save(p, e))
			return false;
	}
	return true;
}

/* In this order: what may take space, and last what no full disk stops and none can bring back. */
enum stage { STAGE_NEW, STAGE_REPLACED, STAGE_GONE };

static enum stage stage_of(const struct parcel *p)
{
	return !p->text.n ? STAGE_GONE : p->is_saved ? STAGE_REPLACED : STAGE_NEW;
}

static bool put(struct parcel *p, struct err *e)
{
	if (p->text.n)
		p->replaced = rename(p->fresh, p->path) == 0;
	else
		p->replaced = unlink(p->path) == 0 || errno == ENOENT;
	p->is_fresh &= !p->replaced;
	return p->replaced || fail("write", p->path, e);
}

static bool put_stage(struct outbox *x, enum stage stage, struct err *e)
{
	for (size_t i = 0; i < x->parcels.n; i++)
		if (stage_of(&x->parcels.v[i]) == stage && !put(&x->parcels.v[i], e))
			return false;
	return true;
}

static bool sync_dirs(struct outbox *x, struct err *e)
{
	for (size_t i = 0; x->parcels.n && i < x->n; i++)
		if (fsync(x->dirs[i]) < 0)
			return fail("write", x->parcels.v[0].path, e);
	return true;
}

static void put_back(struct parcel *p)
{
	if (p->replaced && p->is_saved)
		p->is_saved = rename(p->saved, p->path) != 0;
	else if (p->replaced && p->text.n)
		unlink(p->path);
}

bool outbox_commit(struct outbox *x, struct err *e)
{
	bool ok = put_stage(x, STAGE_NEW, e) && put_stage(x, STAGE_REPLACED, e) &&
		  sync_dirs(x, e) && put_stage(x, STAGE_GONE, e);

	for (size_t i = 0; !ok && i < x->parcels.n; i++)
		put_back(&x->parcels.v[i]);
	return ok;
}

void outbox_close(struct outbox *x)
{
	for (size_t i = 0; i < x->parcels.n; i++) {
		if (x->parcels.v[i].is_fresh)
			unlink(x->parcels.v[i].fresh);
		if (x->parcels.v[i].is_saved)
			unlink(x->parcels.v[i].saved);
	}
	for (size_t i = 0; i < x->n; i++)
		close(x->dirs[i]);
}
