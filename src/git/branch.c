/* SPDX-License-Identifier: MIT */
#include "branch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "allocator.h"
#include "kmsfix/trailer.h"
#include "kmsfix/vec.h"
#include "remote.h"
#include "tip.h"

#define HEADS "refs/heads/"

const char *branch_ref(struct repo *r, const char *branch)
{
	return str_fmt(r->arena, HEADS "%s", branch).p;
}

static const char *lock_path(struct repo *r, const char *branch)
{
	return str_fmt(r->arena, "%s" HEADS "%s.lock", git_repository_commondir(r->git), branch).p;
}

/* Also true of a reference that cannot be read: its name is taken. A folder is no reference. */
static bool ref_exists(struct repo *r, const char *name)
{
	git_reference *ref = NULL;
	int rc = git_reference_lookup(&ref, r->git, name);

	git_reference_free(ref);
	return rc != GIT_ENOTFOUND && rc != GIT_EDIRECTORY;
}

static bool check_name(struct repo *r, const char *branch, struct err *e)
{
	int valid = 0;

	if (str_starts(str_from(branch), S(HEADS)))
		return err_set(e, ERR_USAGE, "name the branch without '" HEADS "': '%s'",
			       branch + strlen(HEADS));
	/* "@" is HEAD to Git, wherever a branch may stand */
	if (*branch == '-' || strcmp(branch, "HEAD") == 0 || strcmp(branch, "@") == 0 ||
	    git_reference_name_is_valid(&valid, branch_ref(r, branch)) < 0 || !valid)
		return err_set(e, ERR_USAGE,
			       "'%s' cannot be a branch name: see git help check-ref-format",
			       branch);
	return true;
}

static bool not_ours(const char *branch, struct err *e)
{
	return err_set(e, ERR_GIT,
		       "branch '%s' has a commit that kmsfix did not write: choose another name "
		       "with --branch, or replace it with --force",
		       branch);
}

static bool moved_meanwhile(const char *branch, struct err *e)
{
	return err_set(e, ERR_GIT, "somebody else changed branch '%s' meanwhile: run kmsfix again",
		       branch);
}

static bool in_the_way(const char *other, const char *branch, struct err *e)
{
	return err_set(e, ERR_GIT,
		       "branch '%s' cannot be beside branch '%s': choose another name with "
		       "--branch",
		       branch, other);
}

/* Git keeps branches as files, so 'a' and 'a/b' exclude each other. */
static bool check_above(struct repo *r, const char *branch, struct err *e)
{
	for (const char *p = strchr(branch, '/'); p; p = strchr(p + 1, '/')) {
		str above = { branch, (size_t)(p - branch) };
		const char *name = str_z(r->arena, above);

		if (ref_exists(r, branch_ref(r, name)))
			return in_the_way(name, branch, e);
	}
	return true;
}

static bool check_beneath(struct repo *r, const char *branch, struct err *e)
{
	const char *glob = str_fmt(r->arena, HEADS "%s/*", branch).p;
	git_reference_iterator *it = NULL;
	const char *name;
	bool ok = true;

	if (git_reference_iterator_glob_new(&it, r->git, glob) < 0)
		return repo_fail(e, "cannot list the branches of '%s'", r->name);
	if (git_reference_next_name(&name, it) == 0)
		ok = in_the_way(name + strlen(HEADS), branch, e);
	git_reference_iterator_free(it);
	return ok;
}

static bool is_checked_out(const char *branch, struct err *e)
{
	return err_set(e, ERR_GIT,
		       "branch '%s' is the current one: check out another one, or choose another "
		       "name with --branch",
		       branch);
}

/* A branch that HEAD names but that has no commit yet would be born under the user's feet. */
static bool check_not_head(struct repo *r, const char *branch, struct err *e)
{
	git_reference *head = NULL;
	const char *target = NULL;
	bool ok = true;

	if (git_reference_lookup(&head, r->git, "HEAD") == 0)
		target = git_reference_symbolic_target(head);
	if (target && strcmp(target, branch_ref(r, branch)) == 0)
		ok = is_checked_out(branch, e);
	git_reference_free(head);
	return ok;
}

static bool is_locked(struct repo *r, const char *branch, struct err *e)
{
	return err_set(e, ERR_GIT,
		       "branch '%s' is locked: run kmsfix again when no other Git command is "
		       "running, and where it still is, remove '%s'",
		       branch, lock_path(r, branch));
}

/* A branch that is there: whether it may be moved, or deleted. */
static bool check_tip(struct repo *r, const char *branch, bool force, struct err *e)
{
	git_reference *ref = NULL;
	int rc = git_reference_lookup(&ref, r->git, branch_ref(r, branch));
	bool ok = true;

	if (rc < 0)
		ok = repo_fail(e, "cannot read branch '%s'", branch);
	else if (git_reference_type(ref) != GIT_REFERENCE_DIRECT)
		ok = err_set(e, ERR_GIT,
			     "branch '%s' is only another name of '%s': choose another one with "
			     "--branch",
			     branch, git_reference_symbolic_target(ref));
	else if (git_branch_is_head(ref) == 1)
		ok = is_checked_out(branch, e);
	else if (git_branch_is_checked_out(ref))
		ok = err_set(
			e, ERR_GIT,
			"branch '%s' is checked out in another worktree (git worktree list says "
			"in which): check out another one there, or choose another name with "
			"--branch",
			branch);
	else if (!force && !tip_is_ours(r, git_reference_target(ref)))
		ok = not_ours(branch, e);
	git_reference_free(ref);
	return ok;
}

bool repo_branch_check(struct repo *r, const char *branch, bool force, struct err *e)
{
	struct stat st;

	if (!check_name(r, branch, e) || !check_above(r, branch, e))
		return false;
	if (ref_exists(r, branch_ref(r, branch))) {
		if (!check_tip(r, branch, force, e))
			return false;
	} else if (!check_not_head(r, branch, e) || !check_beneath(r, branch, e)) {
		return false;
	}
	return lstat(lock_path(r, branch), &st) < 0 || is_locked(r, branch, e);
}

bool branch_tip(struct repo *r, const char *branch, git_oid *tip)
{
	return git_reference_name_to_id(tip, r->git, branch_ref(r, branch)) == 0;
}

/* After a failure, also of bringing it to disk: the branch must be as it was. */
static bool put_back(struct repo *r, const char *name, const git_oid *commit, const git_oid *old)
{
	git_reference *ref = NULL;
	git_oid tip;
	bool ok;

	if (git_reference_name_to_id(&tip, r->git, name) < 0 || !git_oid_equal(&tip, commit))
		return true;
	ok = old ? git_reference_create(&ref, r->git, name, old, true, "branch: put back") == 0 :
		   git_reference_remove(r->git, name) == 0;
	git_reference_free(ref);
	return ok;
}

bool branch_set(struct repo *r, const char *branch, const git_oid *commit, const git_oid *old,
		const git_signature *who, struct err *e)
{
	/* The zero id: without it libgit2 looks before it locks, and two of us can win. */
	static const git_oid absent;
	const char *name = branch_ref(r, branch);
	git_reference *ref = NULL;
	int rc;

	/* For the reflog, which otherwise says 'unknown'. */
	git_repository_set_ident(r->git, who->name, who->email);
	allocator_theirs();
	rc = git_reference_create_matching(
		&ref, r->git, name, commit, old != NULL, old ? old : &absent,
		old ? "branch: moved by kmsfix" : "branch: created by kmsfix");
	git_reference_free(ref);
	allocator_ours();
	if (rc == GIT_EEXISTS || rc == GIT_EMODIFIED || rc == GIT_ENOTFOUND)
		return moved_meanwhile(branch, e);
	if (rc == GIT_ELOCKED)
		return is_locked(r, branch, e);
	if (rc == 0)
		return true;
	repo_fail(e, "cannot write branch '%s'", branch);
	if (!put_back(r, name, commit, old))
		err_set(e, ERR_GIT, "branch '%s' is made, but may not last: run git fsck", branch);
	return false;
}

bool repo_branch_tip(struct repo *r, const char *branch, char id[GIT_ID_SIZE])
{
	git_oid tip;

	if (!branch_tip(r, branch, &tip))
		return false;
	git_oid_tostr(id, GIT_ID_SIZE, &tip);
	return true;
}

/* HEAD is resolved to the branch that is checked out; where none is, it stays "HEAD". */
bool repo_branch_is_meant(struct repo *r, const char *branch, const char *rev)
{
	git_reference *ref = NULL, *to = NULL;
	git_object *found = NULL;
	const char *name;
	bool meant = false;

	if (git_revparse_ext(&found, &ref, r->git, rev ? rev : "HEAD") == 0 && ref &&
	    git_reference_resolve(&to, ref) == 0) {
		name = git_reference_name(to);
		meant = strcmp(name, "HEAD") == 0 || strcmp(name, branch_ref(r, branch)) == 0;
	}
	git_reference_free(to);
	git_reference_free(ref);
	git_object_free(found);
	return meant;
}

bool repo_branch_is_checked_out(struct repo *r, const char *branch)
{
	git_reference *ref = NULL;
	bool is = git_reference_lookup(&ref, r->git, branch_ref(r, branch)) == 0 &&
		  git_branch_is_checked_out(ref) == 1;

	git_reference_free(ref);
	return is;
}

bool repo_branch_delete(struct repo *r, const char *branch, bool force, struct err *e)
{
	git_reference *ref = NULL;
	int rc;

	if (!check_tip(r, branch, force, e))
		return false;
	rc = git_reference_lookup(&ref, r->git, branch_ref(r, branch));
	if (!rc)
		rc = git_branch_delete(ref);
	git_reference_free(ref);
	if (rc == GIT_EMODIFIED || rc == GIT_ENOTFOUND)
		return moved_meanwhile(branch, e);
	if (rc == GIT_ELOCKED)
		return is_locked(r, branch, e);
	/* gone all the same where only the empty folder it was in could not be removed */
	return rc == 0 || !ref_exists(r, branch_ref(r, branch)) ||
	       repo_fail(e, "cannot delete branch '%s'", branch);
}

/* ---- what is there ---- */

static struct branch_info *info_of(struct repo *r, struct branch_list *list, str name)
{
	for (size_t i = 0; i < list->n; i++) {
		if (str_eq(list->v[i].name, name))
			return &list->v[i];
	}
	VEC_PUSH(r->arena, list, ((struct branch_info){ str_dup(r->arena, name), .ours = true }));
	return &list->v[list->n - 1];
}

/* The references that start with `prefix` and then `start`; what follows `prefix` is the name. */
static bool collect(struct repo *r, const char *prefix, const char *start, bool remote,
		    struct branch_list *out, struct err *e)
{
	git_reference_iterator *it = NULL;
	git_reference *ref;
	str wanted = str_fmt(r->arena, "%s%s", prefix, start);

	if (git_reference_iterator_new(&it, r->git) < 0)
		return repo_fail(e, "cannot list the branches of '%s'", r->name);
	for (; git_reference_next(&ref, it) == 0; git_reference_free(ref)) {
		str name = str_from(git_reference_name(ref));
		const git_oid *tip = git_reference_target(ref);
		struct branch_info *info;

		if (!tip || !str_starts(name, wanted))
			continue;
		info = info_of(r, out, str_sub(name, strlen(prefix), name.n));
		*(remote ? &info->remote : &info->here) = true;
		info->ours &= tip_is_ours(r, tip);
		if (info->ours)
			info->group = tip_trailer(r, tip, TRAILER_GROUP);
	}
	git_reference_iterator_free(it);
	return true;
}

static int by_name(const void *px, const void *py)
{
	const struct branch_info *x = px, *y = py;

	return str_cmp(x->name, y->name);
}

bool repo_branches(struct repo *r, const char *start, const char *remote, struct branch_list *out,
		   struct err *e)
{
	*out = (struct branch_list){ 0 };
	if (!collect(r, HEADS, start, false, out, e) ||
	    (remote && !collect(r, remote_prefix(r, remote), start, true, out, e)))
		return false;
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_name);
	return true;
}
