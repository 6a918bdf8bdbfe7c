/* SPDX-License-Identifier: MIT */
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

/* Where one level's file is: the variable that names it, else libgit2's search. */
static const struct level {
	git_config_level_t level;
	const char *env;
	int (*find)(git_buf *out);
} levels[] = {
	{ GIT_CONFIG_LEVEL_SYSTEM, "GIT_CONFIG_SYSTEM", git_config_find_system },
	{ GIT_CONFIG_LEVEL_XDG, NULL, git_config_find_xdg },
	{ GIT_CONFIG_LEVEL_GLOBAL, "GIT_CONFIG_GLOBAL", git_config_find_global },
};

static bool env_true(const char *name)
{
	const char *value = getenv(name);
	int yes = 0;

	return value && git_config_parse_bool(&yes, value) == 0 && yes;
}

/* GIT_CONFIG_GLOBAL replaces both files of the user. */
static bool level_skipped(const struct level *l)
{
	if (l->level == GIT_CONFIG_LEVEL_SYSTEM)
		return env_true("GIT_CONFIG_NOSYSTEM");
	return l->level == GIT_CONFIG_LEVEL_XDG && getenv("GIT_CONFIG_GLOBAL");
}

static bool add_file(git_config *c, const char *path, git_config_level_t level, git_repository *git,
		     struct err *e)
{
	int rc = git_config_add_file_ondisk(c, path, level, git, 0);

	if (rc < 0 && rc != GIT_ENOTFOUND)
		return repo_fail(e, "cannot read the Git configuration '%s'", path);
	return true;
}

static bool add_level(git_config *c, const struct level *l, git_repository *git, struct err *e)
{
	const char *path = l->env ? getenv(l->env) : NULL;
	git_buf found = GIT_BUF_INIT;
	bool ok = true;

	if (level_skipped(l))
		return true;
	if (path)
		return !*path || add_file(c, path, l->level, git, e);
	if (l->find(&found) == 0)
		ok = add_file(c, found.ptr, l->level, git, e);
	git_buf_dispose(&found);
	return ok;
}

static bool add_repository(git_config *c, git_repository *git, struct arena *a, struct err *e)
{
	const char *shared = str_fmt(a, "%sconfig", git_repository_commondir(git)).p;
	const char *own = str_fmt(a, "%sconfig.worktree", git_repository_path(git)).p;
	int yes = 0;

	if (!add_file(c, shared, GIT_CONFIG_LEVEL_LOCAL, git, e))
		return false;
	if (git_config_get_bool(&yes, c, "extensions.worktreeconfig") < 0 || !yes)
		return true;
	return add_file(c, own, GIT_CONFIG_LEVEL_APP, git, e);
}

bool settings_open(git_config **out, git_repository *git, struct arena *a, struct err *e)
{
	git_config *c = NULL;
	bool ok = true;

	if (git_config_new(&c) < 0)
		return repo_fail(e, "cannot read the Git configuration");
	for (size_t i = 0; ok && i < sizeof(levels) / sizeof(*levels); i++)
		ok = add_level(c, &levels[i], git, e);
	if (ok && git)
		ok = add_repository(c, git, a, e);
	if (ok)
		*out = c;
	else
		git_config_free(c);
	return ok;
}

static void each_in_env(const char *name, setting_fn *fn, void *ctx)
{
	const char *count = getenv("GIT_CONFIG_COUNT");
	long n = count ? strtol(count, NULL, 10) : 0;

	for (long i = 0; i < n; i++) {
		char var[48];
		const char *key, *value;

		snprintf(var, sizeof(var), "GIT_CONFIG_KEY_%ld", i);
		key = getenv(var);
		snprintf(var, sizeof(var), "GIT_CONFIG_VALUE_%ld", i);
		value = getenv(var);
		if (!key || !value)
			return;
		if (strcasecmp(key, name) == 0)
			fn(value, ctx);
	}
}

void settings_each(git_config *files, const char *name, setting_fn *fn, void *ctx)
{
	git_config_iterator *it = NULL;
	git_config_entry *entry;

	if (git_config_multivar_iterator_new(&it, files, name, NULL) == 0) {
		while (git_config_next(&entry, it) == 0)
			fn(entry->value ? entry->value : "", ctx);
		git_config_iterator_free(it);
	}
	each_in_env(name, fn, ctx);
}

struct last {
	struct arena *arena;
	const char *value;
};

static void keep_last(const char *value, void *ctx)
{
	struct last *l = ctx;

	l->value = str_z(l->arena, str_from(value));
}

const char *settings_get(git_config *files, const char *name, struct arena *a)
{
	struct last l = { a, NULL };

	settings_each(files, name, keep_last, &l);
	return l.value;
}
