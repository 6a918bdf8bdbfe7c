/* SPDX-License-Identifier: MIT */
#include "child.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kmsfix/vec.h"

extern char **environ;

struct words {
	const char **v;
	size_t n, cap;
};

/* What would point git at another repository than the one that was named. */
static const char *const local_names[] = {
	"GIT_DIR",        "GIT_WORK_TREE",        "GIT_COMMON_DIR",
	"GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_PREFIX",
};

static bool same_name(const char *entry, const char *name, size_t n)
{
	return strncmp(entry, name, n) == 0 && entry[n] == '=';
}

static bool is_replaced(const struct child *c, const struct repo *r, const char *entry)
{
	size_t n = sizeof(local_names) / sizeof(*local_names);

	for (size_t i = 0; !r->explicit_dir && i < n; i++) {
		if (same_name(entry, local_names[i], strlen(local_names[i])))
			return true;
	}
	for (size_t i = 0; c->env[i]; i++) {
		if (same_name(entry, c->env[i], strcspn(c->env[i], "=")))
			return true;
	}
	return false;
}

static struct words environment(const struct child *c, const struct repo *r)
{
	struct words out = { 0 };

	for (char **p = environ; *p; p++) {
		if (!is_replaced(c, r, *p))
			VEC_PUSH(r->arena, &out, *p);
	}
	for (size_t i = 0; c->env[i]; i++)
		VEC_PUSH(r->arena, &out, c->env[i]);
	VEC_PUSH(r->arena, &out, NULL);
	return out;
}

/* With GIT_DIR the environment says where; it counts from the current directory. */
static struct words arguments(const struct child *c, const struct repo *r)
{
	struct words out = { 0 };

	VEC_PUSH(r->arena, &out, "git");
	if (!r->explicit_dir) {
		VEC_PUSH(r->arena, &out, "-C");
		VEC_PUSH(r->arena, &out, r->name);
	}
	for (size_t i = 0; c->args[i]; i++)
		VEC_PUSH(r->arena, &out, c->args[i]);
	VEC_PUSH(r->arena, &out, NULL);
	return out;
}

/* exec does not write to them, but its type says that it may. */
static char *const *unconst(const struct words *w)
{
	union {
		const char **in;
		char *const *out;
	} u = { .in = w->v };

	return u.out;
}

static int start(const struct child *c, const struct repo *r, int in, int out, pid_t *pid)
{
	struct words args = arguments(c, r), env = environment(c, r);
	posix_spawn_file_actions_t files;
	int rc = posix_spawn_file_actions_init(&files);

	if (rc)
		return rc;
	rc = posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	if (!rc)
		rc = posix_spawnp(pid, "git", &files, NULL, unconst(&args), unconst(&env));
	posix_spawn_file_actions_destroy(&files);
	return rc;
}

static bool finish(struct child *c, pid_t pid, struct err *e)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return err_set(e, ERR_GIT, "cannot wait for git: %s", strerror(errno));
	}
	c->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return true;
}

static str read_all(FILE *f, struct arena *a)
{
	struct buf all = { 0 };
	char part[1024];
	size_t n;
	str text;

	rewind(f);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_add(&all, (str){ part, n });
	text = str_dup(a, buf_str(&all));
	buf_free(&all);
	return text;
}

/* Files, not pipes: nobody can block on a full one, or die of a closed one. */
bool child_run(struct child *c, const struct repo *r, struct err *e)
{
	FILE *in = tmpfile(), *out = tmpfile();
	bool ok = in && out &&
		  (!c->input.n || fwrite(c->input.p, 1, c->input.n, in) == c->input.n) &&
		  fseek(in, 0, SEEK_SET) == 0;
	pid_t pid;

	if (!ok) {
		err_set(e, ERR_IO, "cannot write a temporary file: %s", strerror(errno));
	} else {
		int rc = start(c, r, fileno(in), c->capture ? fileno(out) : STDERR_FILENO, &pid);

		ok = rc ? err_set(e, ERR_GIT, "cannot start git: %s", strerror(rc)) :
			  finish(c, pid, e);
	}
	if (ok && c->capture)
		c->output = read_all(out, r->arena);
	if (in)
		fclose(in);
	if (out)
		fclose(out);
	return ok;
}
