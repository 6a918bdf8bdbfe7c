/* SPDX-License-Identifier: MIT */
/*
 * The functions of libgit2 that can fail, each of which does when it is its turn (inject.c). Some
 * of them fail only for want of memory or on a broken disk, which nothing else here can bring about
 * one by one.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

#include "inject.h"

/* What the caller gets. */
static int failed(void)
{
	int code = errno;

	NEXT(git_error_set_str);
	real_git_error_set_str(GIT_ERROR_OS, "injected");
	return code;
}

#define FALLIBLE(name, params, args)                                            \
	int name params                                                         \
	{                                                                       \
		NEXT(name);                                                     \
		return hit(KIND_GIT, -1) == FAIL ? failed() : real_##name args; \
	}

FALLIBLE(git_libgit2_init, (void), ())
FALLIBLE(git_repository_open_ext,
	 (git_repository * *out, const char *path, unsigned flags, const char *ceiling),
	 (out, path, flags, ceiling))
FALLIBLE(git_commit_tree, (git_tree * *out, const git_commit *commit), (out, commit))
FALLIBLE(git_odb_read_header, (size_t * n, git_object_t *type, git_odb *odb, const git_oid *id),
	 (n, type, odb, id))
FALLIBLE(git_odb_hash, (git_oid * id, const void *p, size_t n, git_object_t type), (id, p, n, type))
FALLIBLE(git_oid_fromstr, (git_oid * id, const char *text), (id, text))
FALLIBLE(git_tree_lookup, (git_tree * *out, git_repository *r, const git_oid *id), (out, r, id))
FALLIBLE(git_commit_lookup, (git_commit * *out, git_repository *r, const git_oid *id), (out, r, id))
FALLIBLE(git_revparse_single, (git_object * *out, git_repository *r, const char *spec),
	 (out, r, spec))
FALLIBLE(git_object_peel, (git_object * *out, const git_object *o, git_object_t type),
	 (out, o, type))
FALLIBLE(git_tree_entry_bypath, (git_tree_entry * *out, const git_tree *tree, const char *path),
	 (out, tree, path))
FALLIBLE(git_odb_new, (git_odb * *out), (out))
FALLIBLE(git_odb_add_backend, (git_odb * odb, git_odb_backend *backend, int priority),
	 (odb, backend, priority))
FALLIBLE(git_odb_read, (git_odb_object * *out, git_odb *odb, const git_oid *id), (out, odb, id))
FALLIBLE(git_odb_write, (git_oid * id, git_odb *odb, const void *p, size_t n, git_object_t type),
	 (id, odb, p, n, type))
FALLIBLE(git_mempack_new, (git_odb_backend * *out), (out))
FALLIBLE(git_repository_odb, (git_odb * *out, git_repository *r), (out, r))
FALLIBLE(git_repository_wrap_odb, (git_repository * *out, git_odb *odb), (out, odb))
FALLIBLE(git_repository_set_config, (git_repository * r, git_config *config), (r, config))
FALLIBLE(git_repository_set_workdir, (git_repository * r, const char *path, int link),
	 (r, path, link))
FALLIBLE(git_repository_index, (git_index * *out, git_repository *r), (out, r))
FALLIBLE(git_config_new, (git_config * *out), (out))
FALLIBLE(git_config_iterator_new, (git_config_iterator * *out, const git_config *config),
	 (out, config))
FALLIBLE(git_config_add_file_ondisk,
	 (git_config * c, const char *path, git_config_level_t level, const git_repository *r,
	  int force),
	 (c, path, level, r, force))
FALLIBLE(git_config_multivar_iterator_new,
	 (git_config_iterator * *out, const git_config *c, const char *name, const char *like),
	 (out, c, name, like))
FALLIBLE(git_reference_lookup, (git_reference * *out, git_repository *r, const char *name),
	 (out, r, name))
FALLIBLE(git_reference_name_to_id, (git_oid * id, git_repository *r, const char *name),
	 (id, r, name))
FALLIBLE(git_reference_iterator_new, (git_reference_iterator * *out, git_repository *r), (out, r))
FALLIBLE(git_reference_iterator_glob_new,
	 (git_reference_iterator * *out, git_repository *r, const char *glob), (out, r, glob))
FALLIBLE(git_reference_name_is_valid, (int *valid, const char *name), (valid, name))
FALLIBLE(git_reference_create,
	 (git_reference * *out, git_repository *r, const char *name, const git_oid *id, int force,
	  const char *message),
	 (out, r, name, id, force, message))
FALLIBLE(git_reference_create_matching,
	 (git_reference * *out, git_repository *r, const char *name, const git_oid *id, int force,
	  const git_oid *old, const char *message),
	 (out, r, name, id, force, old, message))
FALLIBLE(git_reference_remove, (git_repository * r, const char *name), (r, name))
FALLIBLE(git_branch_delete, (git_reference * ref), (ref))
FALLIBLE(git_message_trailers, (git_message_trailer_array * out, const char *message),
	 (out, message))
FALLIBLE(git_signature_new,
	 (git_signature * *out, const char *name, const char *email, git_time_t time, int offset),
	 (out, name, email, time, offset))
FALLIBLE(git_commit_create_buffer,
	 (git_buf * out, git_repository *r, const git_signature *author,
	  const git_signature *committer, const char *encoding, const char *message,
	  const git_tree *tree, size_t n, const git_commit *parents[]),
	 (out, r, author, committer, encoding, message, tree, n, parents))
FALLIBLE(git_tree_create_updated,
	 (git_oid * id, git_repository *r, git_tree *base, size_t n,
	  const git_tree_update *updates),
	 (id, r, base, n, updates))
FALLIBLE(git_filter_list_load,
	 (git_filter_list * *out, git_repository *r, git_blob *blob, const char *path,
	  git_filter_mode_t mode, uint32_t flags),
	 (out, r, blob, path, mode, flags))
FALLIBLE(git_filter_list_apply_to_buffer,
	 (git_buf * out, git_filter_list *filters, const char *p, size_t n), (out, filters, p, n))
FALLIBLE(git_diff_tree_to_tree,
	 (git_diff * *out, git_repository *r, git_tree *old, git_tree *new,
	  const git_diff_options *options),
	 (out, r, old, new, options))
FALLIBLE(git_diff_print,
	 (git_diff * diff, git_diff_format_t format, git_diff_line_cb fn, void *ctx),
	 (diff, format, fn, ctx))
FALLIBLE(git_patch_from_buffers,
	 (git_patch * *out, const void *old, size_t old_n, const char *old_path, const void *new,
	  size_t new_n, const char *new_path, const git_diff_options *options),
	 (out, old, old_n, old_path, new, new_n, new_path, options))
FALLIBLE(git_patch_print, (git_patch * patch, git_diff_line_cb fn, void *ctx), (patch, fn, ctx))
FALLIBLE(git_merge_base, (git_oid * out, git_repository *r, const git_oid *x, const git_oid *y),
	 (out, r, x, y))
FALLIBLE(git_remote_lookup, (git_remote * *out, git_repository *r, const char *name),
	 (out, r, name))
FALLIBLE(git_refspec_transform, (git_buf * out, const git_refspec *spec, const char *name),
	 (out, spec, name))
