/* SPDX-License-Identifier: MIT */
/* The directory is locked with flock(), which POSIX does not have. */
#define _DEFAULT_SOURCE
#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <unistd.h>

#include "kmsfix/ascii.h"
#include "kmsfix/fd.h"

#define BEGUN "kmsfix-write.begun"
#define COMMITTED "kmsfix-write"
#define HEADER "kmsfix-write 1\n"
/* Two ids, a blank between and behind them. */
#define IDS_SIZE (2 * (GIT_OID_HEXSZ + 1))

static bool fail(struct journal *j, const char *what, struct err *e)
{
	return err_set(e, ERR_GIT, "cannot %s the journal '%s" COMMITTED "': %s", what,
		       git_repository_path(j->repo->git), strerror(errno));
}

/* ---- writing ---- */

static bool id_of(char hex[GIT_OID_HEXSZ + 1], str text)
{
	git_oid id;

	if (git_odb_hash(&id, text.p, text.n, GIT_OBJECT_BLOB) < 0)
		return false;
	git_oid_tostr(hex, GIT_OID_HEXSZ + 1, &id);
	return true;
}

/* One file: ids of its old and new bytes, the name they are prepared under, its path. */
static bool add_file(struct buf *out, const struct work_file *w)
{
	char old[GIT_OID_HEXSZ + 1], new[GIT_OID_HEXSZ + 1];

	if (!id_of(old, w->old) || !id_of(new, w->text))
		return false;
	buf_printf(out, "%s %s %s", old, new, w->temp);
	buf_addc(out, '\0');
	buf_add(out, w->path);
	buf_addc(out, '\0');
	return true;
}

static bool store(struct journal *j, str text)
{
	int fd = openat(j->dir, BEGUN, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), saved;
	bool ok = fd >= 0 && fd_write_all(fd, text) && fsync(fd) == 0;

	saved = errno;
	if (fd >= 0 && close(fd) < 0 && ok) {
		ok = false;
		saved = errno;
	}
	if (fd >= 0 && !ok)
		unlinkat(j->dir, BEGUN, 0);
	errno = saved;
	return ok && fsync(j->dir) == 0;
}

bool journal_begin(struct journal *j, const struct work_file *files, size_t n, struct err *e)
{
	struct buf text = { 0 };
	bool ok = true;

	buf_add(&text, S(HEADER));
	for (size_t i = 0; ok && i < n; i++)
		ok = files[i].done || add_file(&text, &files[i]);
	ok = ok ? store(j, buf_str(&text)) || fail(j, "write", e) :
		  repo_fail(e, "cannot write the journal");
	buf_free(&text);
	return ok;
}

bool journal_commit(struct journal *j, struct err *e)
{
	return (renameat(j->dir, BEGUN, j->dir, COMMITTED) == 0 && fsync(j->dir) == 0) ||
	       fail(j, "commit", e);
}

bool journal_back(struct journal *j, struct err *e)
{
	return renameat(j->dir, COMMITTED, j->dir, BEGUN) == 0 || errno == ENOENT ||
	       unlinkat(j->dir, COMMITTED, 0) == 0 || errno == ENOENT || fail(j, "take back", e);
}

bool journal_end(struct journal *j, struct err *e)
{
	return ((unlinkat(j->dir, BEGUN, 0) == 0 || errno == ENOENT) &&
		(unlinkat(j->dir, COMMITTED, 0) == 0 || errno == ENOENT) && fsync(j->dir) == 0) ||
	       fail(j, "remove", e);
}

/* ---- settling what another run left ---- */

static bool next_part(str *rest, str *part)
{
	size_t end = str_find(*rest, S("\0"), 0);

	if (end == SIZE_MAX)
		return false;
	*part = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end + 1, rest->n);
	return true;
}

static size_t digits(str s)
{
	size_t n = 0;

	while (n < s.n && ascii_is_digit(s.p[n]))
		n++;
	return n;
}

/* Just names that work_file_choose_temp() gives: nothing else may be made to go. */
static bool is_temp(str name)
{
	size_t pid, number;

	if (!str_starts(name, S(WORK_FILE_TEMP)))
		return false;
	name = str_sub(name, strlen(WORK_FILE_TEMP), name.n);
	pid = digits(name);
	number = pid < name.n ? digits(str_sub(name, pid + 1, name.n)) : 0;
	return pid && number && name.p[pid] == '-' &&
	       str_eq(str_sub(name, pid + 1 + number, name.n), S(".tmp"));
}

static bool is_git_dir(str part)
{
	return part.n == 4 && !strncasecmp(part.p, ".git", part.n);
}

/* A file of the work tree: no other path is in a journal of ours. */
static bool is_beneath(str path)
{
	size_t end;

	for (size_t at = 0; at <= path.n; at = end + 1) {
		str part;

		end = str_find(path, S("/"), at);
		if (end == SIZE_MAX)
			end = path.n;
		part = str_sub(path, at, end);
		if (!part.n || str_eq(part, S(".")) || str_eq(part, S("..")) || is_git_dir(part))
			return false;
	}
	return true;
}

struct entry {
	str old;  /* id of the bytes before */
	str temp; /* the name of the new ones */
	str path;
};

/* Whoever else wrote this must not make us touch anything but what we prepare. */
static bool check_entry(struct journal *j, const struct entry *n, struct err *e)
{
	struct work_file w;
	const char *where = git_repository_path(j->repo->git);

	if (!n->old.n || !is_temp(n->temp) || n->temp.n >= sizeof(w.temp))
		return err_set(e, ERR_GIT,
			       "the journal of an interrupted --write in '%s' is damaged: nothing "
			       "was touched; remove its kmsfix-write*",
			       where);
	if (is_beneath(n->path)) {
		work_file_name(&w, 0, j->root, n->path, j->repo->arena);
		if (work_file_is_direct(&w))
			return true;
	}
	return err_set(
		e, ERR_GIT,
		"the journal of an interrupted --write in '%s' names '%.*s', which is not "
		"a file in the work tree: nothing was touched; see who wrote it, then remove "
		"its kmsfix-write*",
		where, STR_ARG(n->path));
}

/* What a file may hold to be finished: a file that was changed since is left alone. */
static bool settle(struct journal *j, const struct entry *n, bool committed, struct err *e)
{
	struct work_file w;
	char hex[GIT_OID_HEXSZ + 1];
	bool finish = committed && work_file_read(&w, 0, j->root, n->path, j->repo->arena, e) &&
		      id_of(hex, w.old) && str_eq(n->old, str_from(hex));

	work_file_name(&w, 0, j->root, n->path, j->repo->arena);
	memcpy(w.temp, n->temp.p, n->temp.n);
	w.temp[n->temp.n] = '\0';
	return work_file_settle(&w, finish) ||
	       err_set(e, ERR_GIT, "cannot finish the interrupted change of '%.*s': %s",
		       STR_ARG(n->path), strerror(errno));
}

static bool next_entry(str *rest, struct entry *n)
{
	str ids;

	*n = (struct entry){ .path = { 0 } };
	if (!next_part(rest, &ids) || !next_part(rest, &n->path))
		return false;
	if (ids.n > IDS_SIZE) {
		n->old = str_sub(ids, 0, GIT_OID_HEXSZ);
		n->temp = str_sub(ids, IDS_SIZE, ids.n);
	}
	return true;
}

/* All entries are looked at before any is settled. */
static bool settle_entries(struct journal *j, str text, bool committed, struct err *e)
{
	struct entry n;
	bool ok = true;

	/* cut short: it was never on disk, so neither is anything else */
	if (!str_starts(text, S(HEADER)))
		return true;
	text = str_sub(text, strlen(HEADER), text.n);
	for (str rest = text; ok && next_entry(&rest, &n);)
		ok = check_entry(j, &n, e);
	while (ok && next_entry(&text, &n))
		ok = settle(j, &n, committed, e);
	return ok;
}

static bool settle_all(struct journal *j, const char *name, bool committed, struct err *e)
{
	struct buf text = { 0 };
	int fd = openat(j->dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return errno == ENOENT || fail(j, "read", e);
	ok = fd_read_all(fd, &text) || fail(j, "read", e);
	close(fd);
	ok = ok && settle_entries(j, buf_str(&text), committed, e);
	buf_free(&text);
	return ok;
}

bool journal_open(struct journal *j, struct repo *r, int root, struct err *e)
{
	*j = (struct journal){ .repo = r, .root = root };
	j->dir = open(git_repository_path(r->git), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (j->dir < 0)
		return fail(j, "open", e);
	/* Where there are no locks (some network drives), two runs may still meet. */
	if (flock(j->dir, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
		return err_set(e, ERR_GIT, "another kmsfix is writing to '%s': wait for it",
			       r->name);
	return settle_all(j, COMMITTED, true, e) && settle_all(j, BEGUN, false, e) &&
	       journal_end(j, e);
}

void journal_close(struct journal *j)
{
	if (j->dir >= 0)
		close(j->dir);
}
