/* SPDX-License-Identifier: MIT */
#include "mailbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kmsfix/arena.h"
#include "kmsfix/fd.h"
#include "kmsfix/handoff.h"

/* ---- reading ---- */

void mailbox_make(const struct options *o)
{
	if (o->requests)
		mkdir(o->requests, 0777);
}

static bool read_dir(const struct requests **out, const char *dir, struct arena *a, struct err *e)
{
	struct requests *all = ARENA_NEW(a, struct requests);

	*out = all;
	return requests_read(all, dir, a, e);
}

bool mailbox_read(struct config *config, const struct options *o, struct arena *a, struct err *e)
{
	config->asks = o->requests != NULL;
	return (!o->grants || read_dir(&config->requests, o->grants, a, e)) &&
	       (!o->requests || read_dir(&config->receipts, o->requests, a, e));
}

/* ---- writing ---- */

struct outbox {
	const struct handoff *files;
	const struct requests *there;
	const char **temporary; /* of each file that is to be replaced; else NULL */
	bool *was_new;          /* it had a temporary file */
	const char **old;       /* another name of what was replaced, until all is; else NULL */
	struct arena *arena;
	struct err *err;
};

static bool fail(struct outbox *x, const char *path)
{
	return err_set(x->err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
}

/* Beside the file, under a name that no reader looks at. */
static const char *hidden(struct outbox *x, str path, const char *what)
{
	return str_fmt(x->arena, "%.*s/.%.*s.%s.%ld", STR_ARG(path_dir(path)),
		       STR_ARG(path_base(path)), what, (long)getpid())
		.p;
}

static bool prepare(struct outbox *x, size_t i)
{
	const struct handoff_file *f = &x->files->files.v[i];
	const struct request *old = requests_at(x->there, f->name);
	const char *path;
	bool ok;
	int fd;

	if (!f->text.n || (old ? str_eq(old->file->text, f->text) : f->keep))
		return true;
	path = hidden(x, f->name, "new");
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return fail(x, path);
	x->temporary[i] = path;
	x->was_new[i] = true;
	ok = (fd_write_all(fd, f->text) && fsync(fd) == 0) || fail(x, path);
	return close(fd) == 0 ? ok : ok && fail(x, path);
}

/* A link is nothing that we wrote, and not kept. */
static bool is_link(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

/* What is there gets a second name first, so that it can be put back. */
static bool replace(struct outbox *x, size_t i)
{
	const struct handoff_file *f = &x->files->files.v[i];
	const char *path = str_z(x->arena, f->name), *old = hidden(x, f->name, "old");

	if (f->text.n && !x->temporary[i])
		return true;
	if (link(path, old) == 0)
		x->old[i] = old;
	else if (errno != ENOENT && !is_link(path))
		return fail(x, path);
	if (!f->text.n)
		return unlink(path) == 0 || errno == ENOENT || fail(x, path);
	if (rename(x->temporary[i], path) < 0)
		return fail(x, path);
	x->temporary[i] = NULL;
	return true;
}

/* Puts back what the first `n` were, as far as they were replaced. */
static void put_back(struct outbox *x, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct handoff_file *f = &x->files->files.v[i];
		const char *path = str_z(x->arena, f->name);

		if (x->old[i])
			rename(x->old[i], path);
		else if (f->text.n && x->was_new[i] && !x->temporary[i])
			unlink(path);
		x->old[i] = NULL;
	}
}

static bool write_out(struct outbox *x)
{
	size_t n = x->files->files.n, done = 0;
	bool ok = true;

	x->temporary = arena_array(x->arena, n, sizeof(*x->temporary));
	x->old = arena_array(x->arena, n, sizeof(*x->old));
	x->was_new = arena_array(x->arena, n, sizeof(*x->was_new));
	for (size_t i = 0; ok && i < n; i++)
		ok = prepare(x, i);
	for (; ok && done < n; done++)
		ok = replace(x, done);
	if (!ok)
		put_back(x, done ? done - 1 : 0);
	for (size_t i = 0; i < n; i++) {
		if (x->temporary[i])
			unlink(x->temporary[i]);
		if (x->old[i])
			unlink(x->old[i]);
	}
	return ok;
}

/* ---- both ways ---- */

/* Files of other repositories lie beside ours: by this name all know whose is whose. */
static bool name_of(str *out, const struct fix *f, struct repo *repo, struct err *e)
{
	*out = f->model->config->repository;
	return out->n || repo_name(repo, out) ||
	       err_set(e, ERR_CONFIG,
		       "what is this repository called? it has no remote 'origin'; say so in "
		       "\"repository\" of .kmsfix.json");
}

static bool ask(const struct fix *f, str name, struct err *e)
{
	const struct options *o = f->options;
	const struct requests *there = f->model->config->receipts;
	struct handoff h;
	struct outbox x = { .files = &h, .there = there, .arena = f->arena, .err = e };

	handoff_requests(&h, &f->plan, o->requests, name, there, f->diags, f->arena);
	if (!write_out(&x))
		return false;
	diag_add(f->diags, SEVERITY_NOTE, NULL, 0,
		 "'%s' asks for %zu grant%s in other repositories; %zu more %s there", o->requests,
		 h.asked, h.asked == 1 ? "" : "s", h.landed, h.landed == 1 ? "is" : "are");
	return true;
}

static bool answer(const struct fix *f, str name, struct repo *repo, const struct base_info *base,
		   struct err *e)
{
	const struct options *o = f->options;
	const struct requests *there = f->model->config->requests;
	struct handoff h;
	struct outbox x = { .files = &h, .there = there, .arena = f->arena, .err = e };

	if (!repo_is_published(repo, base->commit)) {
		diag_add(f->diags, SEVERITY_WARNING, NULL, 0,
			 "no receipts are written to '%s': commit %.12s is not known to be part of "
			 "the default branch of 'origin' ('git remote set-head origin --auto' asks "
			 "which that is)",
			 o->grants, base->commit);
		return true;
	}
	handoff_receipts(&h, &f->plan, name, str_from(base->commit), there, f->arena);
	if (!write_out(&x))
		return false;
	diag_add(f->diags, SEVERITY_NOTE, NULL, 0,
		 "%zu of the grants that '%s' asks for %s in commit %.12s", h.granted, o->grants,
		 h.granted == 1 ? "is" : "are", base->commit);
	return true;
}

bool mailbox_write(const struct fix *f, struct repo *repo, const struct base_info *base,
		   struct err *e)
{
	str name;

	if (!f->options->requests && !f->options->grants)
		return true;
	return name_of(&name, f, repo, e) && (!f->options->requests || ask(f, name, e)) &&
	       (!f->options->grants || answer(f, name, repo, base, e));
}
