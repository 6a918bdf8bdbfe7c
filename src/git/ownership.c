/* SPDX-License-Identifier: MIT */
/*
 * A repository's configuration can name programs to run, so Git refuses one that somebody else can
 * write. We run none of them, but our users take our word for what is in the repository. libgit2's
 * own check knows neither `safe.directory = *` nor the environment, so this one stands in for it.
 * As in Git only settings that the repository itself cannot change count.
 */
#include "ownership.h"

#include "kmsfix/ascii.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "settings.h"

/* With sudo, what belongs to the user who called it is ours too. */
static bool is_ours(uid_t owner)
{
	const char *sudo = getenv("SUDO_UID");
	char *end;
	unsigned long uid;

	if (owner == geteuid())
		return true;
	if (geteuid() != 0 || !sudo || !ascii_is_digit(*sudo))
		return false;
	uid = strtoul(sudo, &end, 10);
	return *end == '\0' && uid == owner;
}

static bool owned(const char *path, uid_t *owner)
{
	struct stat st;

	if (!path || lstat(path, &st) < 0)
		return true; /* not there: nothing to distrust */
	*owner = st.st_uid;
	return is_ours(st.st_uid);
}

/* `path` without final slashes. */
static const char *trimmed(struct arena *a, const char *path)
{
	str s = str_from(path);

	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	return str_z(a, s);
}

struct search {
	struct arena *arena;
	const char *path;
	bool found;
};

static bool same_directory(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_dev == sb.st_dev &&
	       sa.st_ino == sb.st_ino;
}

static bool names_path(const struct search *s, const char *value)
{
	git_buf expanded = GIT_BUF_INIT;
	str dir;

	if (strcmp(value, "*") == 0)
		return true;
	if (git_config_parse_path(&expanded, value) < 0)
		return false;
	dir = str_dup(s->arena, str_from(expanded.ptr));
	git_buf_dispose(&expanded);
	if (str_ends(dir, S("/*")))
		return str_starts(str_from(s->path), str_sub(dir, 0, dir.n - 1));
	return *dir.p == '/' && same_directory(dir.p, s->path);
}

/* An empty value takes back all earlier ones. */
static void check_value(const char *value, void *ctx)
{
	struct search *s = ctx;

	s->found = *value && (s->found || names_path(s, value));
}

static bool declared_safe(const struct repo *r, const char *path, bool *safe, struct err *e)
{
	struct search s = { r->arena, path, false };
	git_config *config = NULL;

	if (!settings_open(&config, NULL, r->arena, e))
		return false;
	settings_each(config, "safe.directory", check_value, &s);
	git_config_free(config);
	*safe = s.found;
	return true;
}

bool ownership_check(const struct repo *r, struct err *e)
{
	const char *path = trimmed(r->arena, r->name);
	const char *link = r->work ? str_fmt(r->arena, "%s.git", r->work).p : NULL;
	const char *dir = trimmed(r->arena, git_repository_path(r->git));
	bool safe = false;
	uid_t owner = 0;

	if (r->explicit_dir)
		return true;
	if (owned(path, &owner) && owned(link, &owner) && owned(dir, &owner))
		return true;
	if (!declared_safe(r, path, &safe, e))
		return false;
	return safe || err_set(e, ERR_GIT,
			       "'%s' belongs to another user (uid %lu): if you trust it, run "
			       "git config --global --add safe.directory '%s'",
			       path, (unsigned long)owner, path);
}
