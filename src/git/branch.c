/* SPDX-License-Identifier: MIT */
#include "branch.h"

#include <string.h>
#include <sys/stat.h>

#define HEADS "refs/heads/"

static const char *full_name(struct repo *r, const char *branch)
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
	if (*branch == '-' || strcmp(branch, "HEAD") == 0 ||
	    git_reference_name_is_valid(&valid, full_name(r, branch)) < 0 || !valid)
		return err_set(e, ERR_USAGE,
			       "'%s' cannot be a branch name: see git help check-ref-format",
			       branch);
	return true;
}

static bool exists_already(const char *branch, struct err *e)
{
	return err_set(e, ERR_GIT,
		       "branch '%s' exists already: choose another name with --branch, or run "
		       "git branch -D '%s'",
		       branch, branch);
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

		if (ref_exists(r, full_name(r, name)))
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

/* A branch that HEAD names but that has no commit yet would be born under the user's feet. */
static bool check_not_head(struct repo *r, const char *branch, struct err *e)
{
	git_reference *head = NULL;
	const char *target = NULL;
	bool ok = true;

	if (git_reference_lookup(&head, r->git, "HEAD") == 0)
		target = git_reference_symbolic_target(head);
	if (target && strcmp(target, full_name(r, branch)) == 0)
		ok = err_set(e, ERR_GIT,
			     "branch '%s' is the current one: choose another name with --branch",
			     branch);
	git_reference_free(head);
	return ok;
}

static bool is_locked(struct repo *r, const char *branch, struct err *e)
{
	return err_set(e, ERR_GIT,
		       "branch '%s' is locked: if no other Git command is running, remove '%s'",
		       branch, lock_path(r, branch));
}

bool branch_check(struct repo *r, const char *branch, struct err *e)
{
	struct stat st;

	if (!check_name(r, branch, e) || !check_above(r, branch, e))
		return false;
	if (ref_exists(r, full_name(r, branch)))
		return exists_already(branch, e);
	if (!check_not_head(r, branch, e) || !check_beneath(r, branch, e))
		return false;
	return lstat(lock_path(r, branch), &st) < 0 || is_locked(r, branch, e);
}

bool branch_create(struct repo *r, const char *branch, const git_oid *commit,
		   const git_signature *who, struct err *e)
{
	static const git_oid absent;
	git_reference *ref = NULL;
	int rc;

	/* For the reflog, which otherwise says 'unknown'. */
	git_repository_set_ident(r->git, who->name, who->email);
	/* The zero id: without it libgit2 looks before it locks, and two of us can win. */
	rc = git_reference_create_matching(&ref, r->git, full_name(r, branch), commit, 0, &absent,
					   "branch: created by kmsfix");
	git_reference_free(ref);
	if (rc == GIT_EEXISTS || rc == GIT_EMODIFIED)
		return exists_already(branch, e);
	if (rc == GIT_ELOCKED)
		return is_locked(r, branch, e);
	return rc == 0 || repo_fail(e, "cannot make branch '%s'", branch);
}

bool repo_branch_tip(struct repo *r, const char *branch, char id[GIT_ID_SIZE])
{
	git_oid tip;

	if (git_reference_name_to_id(&tip, r->git, full_name(r, branch)) < 0)
		return false;
	git_oid_tostr(id, GIT_ID_SIZE, &tip);
	return true;
}
