/* SPDX-License-Identifier: MIT */
/* realpath() */
#define _XOPEN_SOURCE 700
#include "paths.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kmsfix/arena.h"
#include "kmsfix/file.h"

/* As the kernel has it. */
#define LINKS_MAX 40

struct walk {
	struct arena *arena;
	str work; /* the work tree, without links; empty: there is none */
};

static str real(struct walk *w, const char *path)
{
	char *text = realpath(path, NULL);
	str out = text ? str_dup(w->arena, str_from(text)) : (str){ 0 };

	free(text);
	return out;
}

/* ---- the work tree ---- */

static bool has_git(struct walk *w, str dir)
{
	struct stat st;

	return lstat(str_fmt(w->arena, "%.*s/.git", STR_ARG(dir)).p, &st) == 0;
}

/* As Git finds it: that of the environment, else from the directory upwards. */
static str work_tree(struct walk *w, const struct options *o)
{
	const char *work = getenv("GIT_WORK_TREE"), *git = getenv("GIT_DIR");
	str dir;

	if (!o->repo && work && *work)
		return real(w, work);
	dir = real(w, o->repo ? o->repo : ".");
	if (!o->repo && git && *git)
		return dir;
	while (dir.n && !has_git(w, dir))
		dir = path_dir(dir);
	return dir;
}

/* ---- paths ---- */

static bool is_in_work(const struct walk *w, str dir)
{
	return w->work.n && path_is_in(dir, w->work);
}

/* What the symbolic link says; empty: it is none. */
static str link_text(struct walk *w, str path)
{
	char text[PATH_MAX];
	ssize_t n = readlink(path.p, text, sizeof(text));

	return n > 0 ? str_dup(w->arena, (str){ text, (size_t)n }) : (str){ 0 };
}

static str next_name(str *rest)
{
	size_t end = str_find(*rest, S("/"), 0);
	str name = str_sub(*rest, 0, end == SIZE_MAX ? rest->n : end);

	*rest = end == SIZE_MAX ? (str){ 0 } : str_sub(*rest, end + 1, rest->n);
	return name;
}

/* The first link of the work tree on the way; empty: there is none. */
static str find_link(struct walk *w, str path)
{
	str at = str_starts(path, S("/")) ? S("") : real(w, "."), rest = path;
	int links = 0;

	while (rest.n) {
		str name = next_name(&rest), next, to;

		if (!name.n || str_eq(name, S(".")))
			continue;
		if (str_eq(name, S(".."))) {
			at = path_dir(at);
			continue;
		}
		next = str_fmt(w->arena, "%.*s/%.*s", STR_ARG(at), STR_ARG(name));
		to = link_text(w, next);
		if (!to.n) {
			at = next;
			continue;
		}
		if (is_in_work(w, at) || ++links > LINKS_MAX)
			return next;
		at = str_starts(to, S("/")) ? S("") : at;
		rest = str_fmt(w->arena, "%.*s/%.*s", STR_ARG(to), STR_ARG(rest));
	}
	return (str){ 0 };
}

static bool check(struct walk *w, const char *option, const char *path, struct err *e)
{
	str link = path ? find_link(w, str_from(path)) : (str){ 0 };

	return !link.n ||
	       err_set(e, ERR_IO,
		       "'--%s' names '%s', but '%.*s' is a symbolic link of the work tree, and "
		       "kmsfix follows none: name the file itself",
		       option, path, STR_ARG(link));
}

bool paths_check(const struct options *o, struct err *e)
{
	struct walk w = { .arena = arena_create() };
	bool ok;

	w.work = work_tree(&w, o);
	ok = check(&w, "baseline", o->baseline, e) &&
	     check(&w, "save-evidence", o->save_evidence, e) && check(&w, "script", o->script, e) &&
	     check(&w, "requests", o->requests, e) && check(&w, "grants", o->grants, e);
	for (size_t i = 0; ok && i < o->output_count; i++)
		ok = check(&w, "output", o->outputs[i].file, e);
	arena_destroy(w.arena);
	return ok;
}
