/* SPDX-License-Identifier: MIT */
#include "handover.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kmsfix/arena.h"
#include "kmsfix/fd.h"
#include "kmsfix/script.h"

static bool fail(struct err *e, const char *path)
{
	return err_set(e, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
}

/* Makes the directories of a path below `dir`, which is there. */
static bool make_dirs(const char *dir, str path, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < path.n; i++) {
		str part = str_fmt(a, "%s/%.*s", dir, (int)i, path.p);
		if (path.p[i] == '/' && mkdir(part.p, 0700) < 0 && errno != EEXIST)
			return fail(e, part.p);
	}
	return true;
}

static bool write_file(const char *dir, const struct file *f, struct arena *a, struct err *e)
{
	const char *path = str_fmt(a, "%s/%.*s", dir, STR_ARG(f->path)).p;
	mode_t mode = f->mode == 0100755 ? 0700 : 0600;
	if (!make_dirs(dir, f->path, a, e))
		return false;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return fail(e, path);
	bool ok = fd_write_all(fd, f->text);
	return (close(fd) == 0 && ok) || fail(e, path);
}

bool handover_write(const struct account *acct, const struct plan *plan,
		    const struct fileset *result, const char *dir, struct arena *a, struct err *e)
{
	struct fileset files = { 0 };
	script_make(&files, acct, plan, result, a);
	if (mkdir(dir, 0700) < 0) {
		if (errno == EEXIST)
			return err_set(e, ERR_IO,
				       "'%s' is there already; name a new directory, as the "
				       "backups of an earlier run may be in that one",
				       dir);
		return fail(e, dir);
	}
	for (size_t i = 0; i < files.n; i++)
		if (!write_file(dir, &files.files[i], a, e))
			return err_add(e, "; '%s' is not complete: remove it", dir);
	return true;
}
