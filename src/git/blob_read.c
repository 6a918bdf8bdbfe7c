/* SPDX-License-Identifier: MIT */
#include "blob_read.h"

#include "allocator.h"
#include "settings.h"

/* Objects that are not here are promised by a remote. No pattern: libgit2 leaks memory for each. */
static bool is_partial(git_config *config)
{
	git_config_iterator *it = NULL;
	git_config_entry *entry;
	bool found = false;

	if (git_config_iterator_new(&it, config) < 0)
		return false;
	while (!found && git_config_next(&entry, it) == 0) {
		str name = str_from(entry->name);

		found = str_eq(name, S("extensions.partialclone")) ||
			(str_starts(name, S("remote.")) && str_ends(name, S(".promisor")));
	}
	git_config_iterator_free(it);
	return found;
}

bool blob_read_failed(struct repo *r, int rc, str path, struct err *e)
{
	if (!path.n)
		path = S("/");
	if (rc == GIT_ENOTFOUND && is_partial(r->config))
		return err_set(e, ERR_GIT,
			       "'%.*s' is not here, this is a partial clone: run "
			       "git fetch --refetch --no-filter, or use a full clone",
			       STR_ARG(path));
	if (rc == GIT_ENOTFOUND)
		return err_set(e, ERR_GIT, "the object of '%.*s' is missing: run git fsck in '%s'",
			       STR_ARG(path), r->name);
	return repo_fail(e, "cannot read '%.*s', run git fsck in '%s'", STR_ARG(path), r->name);
}

/* What to say instead of the text; NULL: it can be read. */
static const char *why_unread(git_object_t type, size_t n, size_t size)
{
	if (type != GIT_OBJECT_BLOB)
		return "an object that is not a file's";
	return n > size ? "larger than 6 MiB" : NULL;
}

/* A small object can unpack to more than there is memory, but to ask for the header of each first
 * takes nearly as long as to read it: only of one that needs more than a file may is it asked. */
static int read_object(git_odb_object **object, struct blob *out, struct repo *r, const git_oid *id,
		       size_t size)
{
	git_object_t type;
	size_t n;
	int rc;

	allocator_limit(2 * REPO_FILE_MAX);
	rc = git_odb_read(object, r->odb, id);
	allocator_limit(SIZE_MAX);
	if (rc < 0) {
		rc = git_odb_read_header(&n, &type, r->odb, id);
		out->unread = rc < 0 ? NULL : why_unread(type, n, size);
		return rc < 0 || out->unread ? rc : git_odb_read(object, r->odb, id);
	}
	out->unread = why_unread(git_odb_object_type(*object), git_odb_object_size(*object), size);
	return rc;
}

bool blob_read(struct blob *out, struct repo *r, const git_oid *id, size_t size, str path,
	       struct arena *a, struct err *e)
{
	git_odb_object *object = NULL;
	int rc;

	*out = (struct blob){ 0 };
	rc = read_object(&object, out, r, id, size);
	if (rc < 0)
		return blob_read_failed(r, rc, path, e);
	if (out->unread) {
		git_odb_object_free(object);
		return true;
	}
	out->text = str_dup(a, (str){ git_odb_object_data(object), git_odb_object_size(object) });
	git_odb_object_free(object);
	return true;
}
