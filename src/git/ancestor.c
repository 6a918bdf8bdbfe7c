/* SPDX-License-Identifier: MIT */
#include "repo.h"

static bool resolve(git_oid *out, struct repo *r, const char *rev, struct err *e)
{
	git_commit *commit;

	if (!repo_commit_find(&commit, r, rev, e))
		return false;
	git_oid_cpy(out, git_commit_id(commit));
	git_commit_free(commit);
	return true;
}

bool repo_parent(struct repo *r, char id[GIT_ID_SIZE], struct err *e)
{
	git_commit *commit;
	const git_oid *parent;
	bool there;

	if (!repo_commit_find(&commit, r, "HEAD", e))
		return false;
	parent = git_commit_parent_id(commit, 0);
	/* A shallow clone names one that it does not have. */
	there = parent && git_odb_exists(r->odb, parent);
	if (there)
		git_oid_tostr(id, GIT_ID_SIZE, parent);
	git_commit_free(commit);
	return there || err_set(e, ERR_GIT,
				"HEAD has no parent to compare with%s; say with what: --base=REV",
				git_repository_is_shallow(r->git) == 1 ?
					" (this is a shallow clone: git fetch --deepen=1)" :
					"");
}

bool repo_merge_base(struct repo *r, const char *rev, char id[GIT_ID_SIZE], struct err *e)
{
	git_oid base, head, found;

	if (!resolve(&base, r, rev, e) || !resolve(&head, r, "HEAD", e))
		return false;
	if (git_merge_base(&found, r->git, &base, &head) < 0)
		return err_set(e, ERR_GIT, "HEAD and '%s' have no commit in common%s", rev,
			       git_repository_is_shallow(r->git) == 1 ?
				       " in this shallow clone: run git fetch --unshallow "
				       "(in GitHub Actions, fetch-depth: 0)" :
				       "");
	git_oid_tostr(id, GIT_ID_SIZE, &found);
	return true;
}

bool repo_is_published(struct repo *r, const char *id)
{
	git_remote *origin = NULL;
	git_oid commit, tip;

	if (git_remote_lookup(&origin, r->git, "origin") == GIT_ENOTFOUND)
		return true;
	git_remote_free(origin);
	if (git_reference_name_to_id(&tip, r->git, "refs/remotes/origin/HEAD") < 0 ||
	    git_oid_fromstr(&commit, id) < 0)
		return false;
	return git_oid_equal(&commit, &tip) || git_graph_descendant_of(r->git, &tip, &commit) == 1;
}
