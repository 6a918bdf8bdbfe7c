/* SPDX-License-Identifier: MIT */
#include "evidence_fixture.h"

int fixture_setup(void **state)
{
	struct arena *a = arena_create();
	struct fixture *f = ARENA_NEW(a, struct fixture);

	*f = (struct fixture){ a, test_mkdir(a) };
	*state = f;
	return 0;
}

int fixture_teardown(void **state)
{
	struct fixture *f = *state;

	test_rmdir(f->arena, f->dir);
	arena_destroy(f->arena);
	return 0;
}

const char *path_of(struct fixture *f, const char *name)
{
	return str_fmt(f->arena, "%s/%s", f->dir, name).p;
}

const char *put(struct fixture *f, const char *name, str text)
{
	const char *path = path_of(f, name);

	test_write(path, text);
	return path;
}

const struct evidence *read_path(struct fixture *f, const char *path)
{
	const struct evidence *ev = NULL;
	struct err e;

	if (!evidence_read(&ev, &path, 1, NULL, f->arena, &e))
		test_fail("%s", e.msg);
	return ev;
}

const struct evidence *read_text(struct fixture *f, str text)
{
	return read_path(f, put(f, "x", text));
}
