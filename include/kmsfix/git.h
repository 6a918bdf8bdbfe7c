/* SPDX-License-Identifier: MIT */
/*
 * git - the repository: a revision comes in as a fileset; a diff, a branch or edited files go out.
 *
 * A path names the repository that Git itself would find there: a directory anywhere inside a work
 * tree, a bare repository, a linked worktree. Always the whole repository is read and changed, also
 * when the path is a subdirectory: grants and the permissions they replace lie anywhere in it.
 *
 * Environment: with a path, GIT_DIR and its relatives are ignored: the path decides. Without one
 * (NULL), GIT_DIR and GIT_WORK_TREE count as they do for Git, so that a hook or alias works on the
 * repository it was called for. GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM and
 * GIT_CONFIG_COUNT are honoured. Making commits and branches runs no hooks. Signing and pushing are
 * left to the user's own git, which is started without a shell.
 *
 * Errors are ERR_GIT unless stated; their text may hold raw bytes of paths (escape when printing).
 */
#ifndef KMSFIX_GIT_H
#define KMSFIX_GIT_H

#include <stdbool.h>
#include <stdint.h>

#include "kmsfix/buf.h"
#include "kmsfix/diag.h"
#include "kmsfix/err.h"
#include "kmsfix/fileset.h"

#define GIT_ID_SIZE 41     /* an object id in hex, and its NUL */
#define GIT_TREE_DEPTH 512 /* folders within folders; deeper ones are left out with a warning */

struct repo;

/* The revision that was read: what a change is made from. */
struct base_info {
	char commit[GIT_ID_SIZE];
	char tree[GIT_ID_SIZE];
	int64_t time; /* of the committer, seconds since 1970 */
	int offset;   /* of its time zone, minutes east of UTC */
	bool shallow; /* the history is cut off */
};

/* New bytes for one file. `before` is what the revision holds at this path (path, text; not NULL).
 */
struct file_change {
	const struct file *before;
	str text;
};

/* One commit to make, on top of the previous step. The `before` of a step is the previous one's
 * result. */
struct commit_step {
	str message;
	const struct file_change *changes;
	size_t n;
};

/* Chooses the files to read, by path. */
typedef bool file_filter(str path, void *ctx);

/*
 * Opens the repository at `path`; NULL: the one of GIT_DIR, else of the current directory. It lives
 * in the arena but must be closed. A repository that belongs to another user is refused unless
 * safe.directory (of the user's or system's configuration) names it, as Git does.
 */
bool repo_open(struct repo **out, const char *path, struct arena *a, struct err *e);
/* NULL is allowed. */
void repo_close(struct repo *r);

/* A parsed file takes some 70 times its size: so much keeps to what a run is meant to need. */
#define REPO_FILE_MAX (6u << 20)
/*
 * Reads every regular file of revision `rev` (NULL: HEAD) for which `want` is true (NULL: all) into
 * `out`, sorted; bytes as stored, without any filter. Symbolic links are followed within the tree.
 * What is over REPO_FILE_MAX, or leads out of the tree, is there as unread, with a diagnostic;
 * submodules and names that Git forbids are left out. A missing or corrupt object is an error that
 * names its path.
 */
bool repo_read(struct repo *r, const char *rev, file_filter *want, void *ctx, struct fileset *out,
	       struct base_info *info, struct arena *a, struct diags *d, struct err *e);

/*
 * Appends the changes as a patch: what `git diff --full-index --text` prints between the two trees
 * when no configuration changes its form. Nothing is written to the repository.
 */
bool repo_diff(struct repo *r, const struct base_info *base, const struct file_change *changes,
	       size_t n, struct buf *out, struct err *e);
/* The same for files that are in no repository. Their paths end with a NUL (str_dup). */
bool files_diff(const struct file_change *changes, size_t n, struct buf *out, struct err *e);

/* What differs between two sets of the same files: how many, in *out. */
size_t files_changed(struct arena *a, const struct fileset *from, const struct fileset *to,
		     struct file_change **out);

/* How a branch is made or brought up to date. */
struct branch_options {
	bool force;         /* also where kmsfix did not write the tip */
	bool sign;          /* with the user's gpg.format and key */
	const char *remote; /* what is known of this remote's branch counts, too; NULL: none */
};

enum branch_state {
	BRANCH_CREATED,
	BRANCH_UPDATED,
	BRANCH_SAME, /* it was there: same trees, same parent, and nothing was written */
};

struct branch_result {
	enum branch_state state;
	char id[GIT_ID_SIZE]; /* the tip */
};

/*
 * Makes one commit per step, the first on top of `base`, and at the last lets branch `branch` name
 * them: a new one, or the one that kmsfix made before, whose commits they replace. HEAD, index and
 * work tree stay as they are. The branch appears or moves all at once or not at all. Where the tip
 * holds the same already (here, or as known of the remote), that tip stays. A tip that kmsfix did
 * not write (no TRAILER_VERSION, or another tree and change than its trailers say) is refused
 * without `force`, and a branch that is checked out always.
 *
 * The same base, steps and environment give the same id: dates are GIT_AUTHOR_DATE and
 * GIT_COMMITTER_DATE, else SOURCE_DATE_EPOCH, else the base's. To a message that has a
 * TRAILER_VERSION both of these are added. A wrong branch name or environment is ERR_USAGE.
 */
bool repo_commit(struct repo *r, const struct base_info *base, const char *branch,
		 const struct commit_step *steps, size_t n, const struct branch_options *o,
		 struct branch_result *out, struct err *e);
/* Whether repo_commit() may make or move the branch now; nothing is stored. */
bool repo_branch_check(struct repo *r, const char *branch, bool force, struct err *e);

/* "Name <address>" of the committer, as for repo_commit(). */
bool repo_committer(struct repo *r, const struct base_info *base, str *out, struct err *e);

/* A branch that is there: here, or as known of a remote. */
struct branch_info {
	str name;
	bool here, remote;
	bool ours; /* kmsfix wrote the tip: both, where it is in both places */
	str group; /* the TRAILER_GROUP of a tip that is ours, or empty */
};

struct branch_list {
	struct branch_info *v;
	size_t n, cap;
};

/* The branches whose names start with `start`, sorted; of `remote`, too, unless it is NULL. */
bool repo_branches(struct repo *r, const char *start, const char *remote, struct branch_list *out,
		   struct err *e);
/* True of a branch that is checked out, here or in another worktree: nobody may move it. */
bool repo_branch_is_checked_out(struct repo *r, const char *branch);
/* Deletes a branch as `git branch -D` does; refused like the moving of one. */
bool repo_branch_delete(struct repo *r, const char *branch, bool force, struct err *e);

/*
 * What the repository is called: the URL of the remote "origin" without scheme, user and ".git", so
 * the same however it was cloned. False when there is no such remote.
 */
bool repo_name(struct repo *r, str *out);
/* Whether `remote` is a remote of the repository; else ERR_USAGE. */
bool repo_remote_check(struct repo *r, const char *remote, struct err *e);
/*
 * Lets the user's git push commit `id` as `branch` (NULL: delete it) to the remote, with a lease:
 * only where the remote's branch is what was last known of it, and kmsfix wrote that (or `force`).
 * What git says is on standard error; *e says what to do.
 */
bool repo_push(struct repo *r, const char *remote, const char *branch, const char *id, bool force,
	       struct err *e);

/*
 * Writes the changes to the work tree; all files or none. Refuses a bare repository, a base that
 * is not HEAD, and (for files to be changed) anything staged, edited, missing or reached through a
 * symbolic link. A file that was checked out with other line endings (core.autocrlf, eol) keeps
 * them. Every file is replaced by rename, with its mode. When a rename fails, the files already
 * replaced are put back; the message names the ones for which that failed as well. *edited (NULL:
 * not asked): how many files did not hold their new bytes already.
 */
bool repo_write(struct repo *r, const struct base_info *base, const struct file_change *changes,
		size_t n, size_t *edited, struct err *e);

/* Whether there is a work tree, and at its root a file `name` with other lines than `committed`. */
bool repo_is_uncommitted(struct repo *r, const char *name, str committed);

/* The first parent of HEAD. False with *e where there is none. */
bool repo_parent(struct repo *r, char id[GIT_ID_SIZE], struct err *e);
/* Where HEAD parted from `rev`: the best commit that both come from. False with *e without one. */
bool repo_merge_base(struct repo *r, const char *rev, char id[GIT_ID_SIZE], struct err *e);

/*
 * Whether the default branch of the remote "origin" holds the commit `id`. False also where it is
 * not known which branch that is: a clone for one branch, as CI makes it, does not say. True
 * without such a remote.
 */
bool repo_is_published(struct repo *r, const char *id);

/* Whether `rev` (NULL: HEAD) names the branch, or is a HEAD on no branch, which may be it. */
bool repo_branch_is_meant(struct repo *r, const char *branch, const char *rev);
/* True when local branch `branch` exists; `id` is its commit then. */
bool repo_branch_tip(struct repo *r, const char *branch, char id[GIT_ID_SIZE]);

#endif
