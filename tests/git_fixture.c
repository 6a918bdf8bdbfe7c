/* SPDX-License-Identifier: MIT */
#include "git_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support.h"

extern char **environ;

/* Nothing of Git's may come from outside; HOME is the only place for configuration. */
static void clean_environment(const char *dir)
{
	static const char *const names[] = { "XDG_CONFIG_HOME", "SOURCE_DATE_EPOCH", "SUDO_UID",
					     "EMAIL" };
	char home[128];

	for (char **p = environ; *p;) {
		char name[128];
		size_t n = strcspn(*p, "=");

		p++;
		if (n >= sizeof(name) || strncmp(p[-1], "GIT_", 4) != 0)
			continue;
		memcpy(name, p[-1], n);
		name[n] = '\0';
		unsetenv(name);
		p = environ;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unsetenv(names[i]);
	snprintf(home, sizeof(home), "%s/home", dir);
	setenv("HOME", home, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("LC_ALL", "C", 1);
}

/* As `git config --global` would. */
static void write_config(struct git_fixture *f)
{
	assert_int_equal(mkdir(at(f, "home"), 0777), 0);
	test_write(at(f, "home/.gitconfig"),
		   S("[user]\n\tname = Test\n\temail = test@example.com\n"
		     "[init]\n\tdefaultBranch = main\n"
		     "[protocol \"file\"]\n\tallow = always\n"
		     /* a repack in the background would race with removing the directory */
		     "[maintenance]\n\tauto = false\n"));
}

int git_fixture_create(void **state)
{
	struct git_fixture *f = calloc(1, sizeof(*f));

	snprintf(f->dir, sizeof(f->dir), "/tmp/kmsfix-test-XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	f->arena = arena_create();
	f->diags.arena = f->arena;
	clean_environment(f->dir);
	write_config(f);
	*state = f;
	return 0;
}

int git_fixture_destroy(void **state)
{
	struct git_fixture *f = *state;

	repo_close(f->repo);
	sh(f, "cd / && rm -rf '%s' 2>/dev/null || { chmod -R u+rwX '%s' && rm -rf '%s'; }", f->dir,
	   f->dir, f->dir);
	arena_destroy(f->arena);
	free(f);
	return 0;
}

static str __attribute__((format(printf, 2, 0)))
run(struct git_fixture *f, const char *fmt, va_list ap)
{
	struct buf script = { 0 }, out = { 0 };
	char block[4096];
	size_t n;
	FILE *p;
	str s;

	buf_printf(&script,
		   "cd '%s' && set -e && exec 2>&1 && export GIT_AUTHOR_DATE='@1700000000 +0100' "
		   "GIT_COMMITTER_DATE='@1700000000 +0100'\n",
		   f->dir);
	buf_vprintf(&script, fmt, ap);
	buf_addc(&script, '\0');
	p = popen(script.p, "r");
	assert_non_null(p);
	while ((n = fread(block, 1, sizeof(block), p)) > 0)
		buf_add(&out, (str){ block, n });
	s = str_dup(f->arena, buf_str(&out));
	buf_free(&out);
	if (pclose(p) != 0)
		fail_msg("script failed: %s\n%s", script.p, s.p);
	buf_free(&script);
	return s;
}

void sh(struct git_fixture *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	run(f, fmt, ap);
	va_end(ap);
}

str sh_out(struct git_fixture *f, const char *fmt, ...)
{
	va_list ap;
	str s;

	va_start(ap, fmt);
	s = run(f, fmt, ap);
	va_end(ap);
	return s;
}

void make_repo(struct git_fixture *f)
{
	assert_int_equal(mkdir(at(f, "r"), 0777), 0);
	assert_int_equal(mkdir(at(f, "r/dir"), 0777), 0);
	assert_int_equal(mkdir(at(f, "r/dir/sub"), 0777), 0);
	test_write(at(f, "r/a.tf"), S("a = 1\n"));
	test_write(at(f, "r/dir/b.tf"), S("b = 1\nb = 2\n"));
	test_write(at(f, "r/dir/sub/c.json"), S("{}\n"));
	assert_int_equal(chmod(at(f, "r/dir/b.tf"), 0777), 0);
	sh(f, "git init -q r; cd r; git add .; git commit -qm one");
}

const char *at(struct git_fixture *f, const char *name)
{
	return str_fmt(f->arena, "%s/%s", f->dir, name).p;
}

bool open_repo(struct git_fixture *f, const char *name)
{
	repo_close(f->repo);
	f->repo = NULL;
	return repo_open(&f->repo, name ? at(f, name) : NULL, f->arena, &f->err);
}

bool read_repo(struct git_fixture *f, const char *name, const char *rev)
{
	f->files = (struct fileset){ 0 };
	f->diags.n = 0;
	return open_repo(f, name) && repo_read(f->repo, rev, NULL, NULL, &f->files, &f->base,
					       f->arena, &f->diags, &f->err);
}

void must_read(struct git_fixture *f, const char *name)
{
	assert_works(f, read_repo(f, name, NULL));
}

struct file_change change_to(struct git_fixture *f, const char *path, str text)
{
	const struct file *before = fileset_find(&f->files, str_from(path));

	assert_non_null(before);
	return (struct file_change){ before, text };
}

str diags_text(struct git_fixture *f)
{
	struct buf out = { 0 };
	str s;

	for (size_t i = 0; i < f->diags.n; i++) {
		const struct diag *d = &f->diags.v[i];

		if (d->file)
			buf_printf(&out, "%.*s: ", STR_ARG(d->file->path));
		buf_printf(&out, "%s: %.*s\n", severity_name(d->severity), STR_ARG(d->text));
	}
	s = str_dup(f->arena, buf_str(&out));
	buf_free(&out);
	return s;
}

void assert_str(str got, const char *want)
{
	if (!str_eq(got, str_from(want)))
		fail_msg("got:\n%.*s\nwant:\n%s", STR_ARG(got), want);
}

void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' does not hold '%s'", text, part);
}
