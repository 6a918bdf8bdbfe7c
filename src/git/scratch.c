/* SPDX-License-Identifier: MIT */
/*
 * libgit2's own memory backend takes the writes. Beneath it, instead of the directory of objects
 * itself, is a backend that can only read: given the directory, libgit2 would set the time of an
 * object that is there already.
 */
#include "scratch.h"

#include <string.h>

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

/* The memory comes first. */
enum { PRIORITY_BELOW = 1, PRIORITY_MEMORY = 2 };

struct below {
	git_odb_backend parent;
	git_odb *odb;
};

static git_odb *odb_below(git_odb_backend *backend)
{
	return ((struct below *)backend)->odb;
}

static int below_read(void **data, size_t *size, git_object_t *type, git_odb_backend *backend,
		      const git_oid *id)
{
	git_odb_object *object = NULL;
	int rc = git_odb_read(&object, odb_below(backend), id);

	if (rc < 0)
		return rc;
	*size = git_odb_object_size(object);
	*type = git_odb_object_type(object);
	*data = git_odb_backend_data_alloc(backend, *size + 1);
	if (*data)
		memcpy(*data, git_odb_object_data(object), *size);
	git_odb_object_free(object);
	return *data ? 0 : GIT_ERROR;
}

static int below_read_header(size_t *size, git_object_t *type, git_odb_backend *backend,
			     const git_oid *id)
{
	return git_odb_read_header(size, type, odb_below(backend), id);
}

static int below_exists(git_odb_backend *backend, const git_oid *id)
{
	return git_odb_exists(odb_below(backend), id);
}

static void below_free(git_odb_backend *backend)
{
	(void)backend; /* in the arena */
}

static git_odb_backend *below_create(struct repo *r)
{
	struct below *b = ARENA_NEW(r->arena, struct below);

	b->odb = r->odb;
	b->parent.version = GIT_ODB_BACKEND_VERSION;
	b->parent.read = below_read;
	b->parent.read_header = below_read_header;
	b->parent.exists = below_exists;
	b->parent.free = below_free;
	return &b->parent;
}

static bool fill_odb(git_odb *odb, struct repo *r)
{
	git_odb_backend *memory = NULL;

	return git_odb_add_backend(odb, below_create(r), PRIORITY_BELOW) == 0 &&
	       git_mempack_new(&memory) == 0 &&
	       git_odb_add_backend(odb, memory, PRIORITY_MEMORY) == 0;
}

bool scratch_create(git_repository **out, struct repo *r, struct err *e)
{
	git_repository *git = NULL;
	git_config *config = NULL;
	git_odb *odb = NULL;
	bool ok = git_odb_new(&odb) == 0 && fill_odb(odb, r) &&
		  git_repository_wrap_odb(&git, odb) == 0 && git_config_new(&config) == 0 &&
		  git_repository_set_config(git, config) == 0;

	git_config_free(config);
	git_odb_free(odb);
	if (ok) {
		*out = git;
		return true;
	}
	git_repository_free(git);
	return repo_fail(e, "cannot prepare a diff of '%s'", r->name);
}
