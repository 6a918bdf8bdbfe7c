/* SPDX-License-Identifier: MIT */
#include "repo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <git2/sys/repository.h>

#include "allocator.h"
#include "loose.h"
#include "ownership.h"
#include "settings.h"

/* Extensions that do not change how objects and branches are stored, so reading past them is safe;
 * the last two do not with the values below. */
static const char *extensions[] = { "worktreeconfig",    "preciousobjects", "partialclone",
				    "relativeworktrees", "objectformat",    "refstorage" };

/* Extensions that we cannot read, but for the one value, and what to do about it. */
static const struct {
	const char *word, *value, *what, *hint;
} unsupported[] = {
	{ "objectformat", "sha1", "uses SHA-256 object ids",
	  "copy the files into a repository made with git init --object-format=sha1" },
	{ "refstorage", "files", "keeps its branches in a reftable",
	  "run git refs migrate --ref-format=files" },
	{ "compatobjectformat", NULL, "uses two kinds of object ids",
	  "copy the files into a repository made with git init --object-format=sha1" },
};

const char *repo_reason(void)
{
	const git_error *last = git_error_last();

	return last && last->message ? last->message : "unknown reason";
}

bool repo_fail(struct err *e, const char *fmt, ...)
{
	char text[sizeof(e->msg)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return err_set(e, ERR_GIT, "%s: %s", text, repo_reason());
}

/* Process-wide settings of libgit2; the same for every repository. */
static bool library_init(struct err *e)
{
	allocator_ours();
	if (git_libgit2_init() < 0)
		return repo_fail(e, "cannot start libgit2");
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
			 sizeof(extensions) / sizeof(*extensions));
	/* Ownership is checked in ownership.c. */
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	/* Doubles the time of a scan; what gets edited is verified in tree_write.c. */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	return true;
}

static bool refuse_extension(size_t i, const char *path, struct err *e)
{
	return err_set(e, ERR_GIT, "'%s' %s, which kmsfix cannot read: %s", path,
		       unsupported[i].what, unsupported[i].hint);
}

/* By libgit2's message: what it does not know. */
static bool open_failed(int rc, const char *path, struct err *e)
{
	const char *reason = repo_reason();
	const char *extension = strstr(reason, "extensions.");

	if (rc == GIT_ENOTFOUND)
		return err_set(e, ERR_GIT,
			       "'%s' is not in a Git repository: run git init, or name one", path);
	for (size_t i = 0; extension && i < sizeof(unsupported) / sizeof(*unsupported); i++) {
		if (strcmp(extension + strlen("extensions."), unsupported[i].word) == 0)
			return refuse_extension(i, path, e);
	}
	return repo_fail(e, "cannot open the Git repository at '%s'", path);
}

/* The values of the extensions, which count in the repository's own configuration only. */
static bool check_extensions(struct repo *r, struct err *e)
{
	git_config *own = NULL;
	bool ok = true;

	if (git_config_open_level(&own, r->config, GIT_CONFIG_LEVEL_LOCAL) < 0)
		return true;
	for (size_t i = 0; ok && i < sizeof(unsupported) / sizeof(*unsupported); i++) {
		const char *name = str_fmt(r->arena, "extensions.%s", unsupported[i].word).p;
		git_buf value = GIT_BUF_INIT;

		if (unsupported[i].value && git_config_get_string_buf(&value, own, name) == 0 &&
		    strcmp(value.ptr, unsupported[i].value) != 0)
			ok = refuse_extension(i, r->name, e);
		git_buf_dispose(&value);
	}
	git_config_free(own);
	return ok;
}

static bool check_path(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_set(e, ERR_GIT, "cannot open '%s': %s", path, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(e, ERR_GIT,
			       "'%s' is not a directory: name a directory of the repository", path);
	return true;
}

static bool open_at(struct repo *r, const char *path, unsigned flags, struct err *e)
{
	int rc;

	if (!check_path(path, e))
		return false;
	rc = git_repository_open_ext(&r->git, path, flags, getenv("GIT_CEILING_DIRECTORIES"));
	return rc == 0 || open_failed(rc, path, e);
}

/* The repository of the environment, or of the current directory. */
static bool open_default(struct repo *r, struct err *e)
{
	const char *dir = getenv("GIT_DIR");
	const char *work = getenv("GIT_WORK_TREE");

	r->explicit_dir = dir && *dir;
	if (!(r->explicit_dir ? open_at(r, dir, GIT_REPOSITORY_OPEN_NO_SEARCH, e) :
				open_at(r, ".", 0, e)))
		return false;
	if (work && *work && git_repository_set_workdir(r->git, work, 0) < 0)
		return repo_fail(e, "cannot use GIT_WORK_TREE '%s'", work);
	return true;
}

static void describe(struct repo *r)
{
	const char *work = git_repository_workdir(r->git);

	r->work = work ? str_z(r->arena, str_from(work)) : NULL;
	r->name = work ? r->work : str_z(r->arena, str_from(git_repository_path(r->git)));
}

static bool open_parts(struct repo *r, struct err *e)
{
	describe(r);
	if (!ownership_check(r, e) || !settings_open(&r->config, r->git, r->arena, e) ||
	    !check_extensions(r, e))
		return false;
	if (git_repository_set_config(r->git, r->config) < 0 ||
	    git_repository_odb(&r->odb, r->git) < 0)
		return repo_fail(e, "cannot open the Git repository at '%s'", r->name);
	return loose_add(r, e);
}

bool repo_open(struct repo **out, const char *path, struct arena *a, struct err *e)
{
	struct repo *r = ARENA_NEW(a, struct repo);

	r->arena = a;
	if (!library_init(e))
		return false;
	if ((path ? open_at(r, path, 0, e) : open_default(r, e)) && open_parts(r, e)) {
		*out = r;
		return true;
	}
	repo_close(r);
	return false;
}

void repo_close(struct repo *r)
{
	if (!r)
		return;
	git_odb_free(r->odb);
	git_config_free(r->config);
	git_repository_free(r->git);
	git_libgit2_shutdown();
}
