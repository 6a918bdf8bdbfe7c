/* SPDX-License-Identifier: MIT */
#include "blob_read.h"

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

/* The header is read first: a small object can unpack to more than there is memory. */
bool blob_read(struct blob *out, struct repo *r, const git_oid *id, size_t size, str path,
	       struct arena *a, struct err *e)
{
	git_odb_object *object = NULL;
	git_object_t type;
	size_t n;
	int rc = git_odb_read_header(&n, &type, r->odb, id);

	*out = (struct blob){ 0 };
	if (rc < 0)
		return blob_read_failed(r, rc, path, e);
	if (type != GIT_OBJECT_BLOB || n > size) {
		out->unread = type == GIT_OBJECT_BLOB ? "larger than 6 MiB" :
							"an object that is not a file's";
		return true;
	}
	rc = git_odb_read(&object, r->odb, id);
	if (rc < 0)
		return blob_read_failed(r, rc, path, e);
	out->text = str_dup(a, (str){ git_odb_object_data(object), git_odb_object_size(object) });
	git_odb_object_free(object);
	return true;
}
