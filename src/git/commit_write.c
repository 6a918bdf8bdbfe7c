/* SPDX-License-Identifier: MIT */
/*
 * Commits are stored first, without any reference to them; the branch that makes them visible is
 * the last thing written. A run that dies before that leaves objects that git gc removes.
 */
#include "branch.h"
#include "repo.h"
#include "signature.h"
#include "tree_write.h"

struct chain {
	struct repo *repo;
	git_commit *tip; /* of the commits so far */
	git_signature *author, *committer;
	struct err *err;
};

static const char *message_text(struct arena *a, str message)
{
	return str_fmt(a, "%.*s%s", STR_ARG(message), str_ends(message, S("\n")) ? "" : "\n").p;
}

static bool store_commit(struct chain *c, const git_oid *tree_id, str message)
{
	struct repo *r = c->repo;
	const git_commit *parents[] = { c->tip };
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	git_oid id;
	bool ok = git_tree_lookup(&tree, r->git, tree_id) == 0 &&
		  git_commit_create(&id, r->git, NULL, c->author, c->committer, NULL,
				    message_text(r->arena, message), tree, 1, parents) == 0 &&
		  git_commit_lookup(&commit, r->git, &id) == 0;

	git_tree_free(tree);
	if (!ok)
		return repo_fail(c->err, "cannot store the commit in '%s'", r->name);
	git_commit_free(c->tip);
	c->tip = commit;
	return true;
}

static bool store_step(struct chain *c, const struct commit_step *step)
{
	struct repo *r = c->repo;
	git_oid tree;

	return tree_write(&tree, r->git, git_commit_tree_id(c->tip), step->changes, step->n,
			  r->arena, c->err) &&
	       store_commit(c, &tree, step->message);
}

static bool chain_start(struct chain *c, const struct base_info *base)
{
	git_oid id;

	if (git_oid_fromstr(&id, base->commit) < 0 ||
	    git_commit_lookup(&c->tip, c->repo->git, &id) < 0)
		return repo_fail(c->err, "cannot read commit %s", base->commit);
	return signature_make(&c->author, ROLE_AUTHOR, c->repo, base, c->err) &&
	       signature_make(&c->committer, ROLE_COMMITTER, c->repo, base, c->err);
}

bool repo_commit(struct repo *r, const struct base_info *base, const char *branch,
		 const struct commit_step *steps, size_t n, char id[GIT_ID_SIZE], struct err *e)
{
	struct chain c = { .repo = r, .err = e };
	bool ok = branch_check(r, branch, e) && chain_start(&c, base);

	for (size_t i = 0; ok && i < n; i++)
		ok = store_step(&c, &steps[i]);
	if (ok)
		ok = branch_create(r, branch, git_commit_id(c.tip), c.committer, e);
	if (ok)
		git_oid_tostr(id, GIT_ID_SIZE, git_commit_id(c.tip));
	git_signature_free(c.author);
	git_signature_free(c.committer);
	git_commit_free(c.tip);
	return ok;
}
