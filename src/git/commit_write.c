/* SPDX-License-Identifier: MIT */
/*
 * Commits are stored first, without any reference to them; the branch that makes them visible is
 * the last thing written. A run that dies before that leaves objects that git gc removes.
 */
#include "branch.h"
#include "kmsfix/trailer.h"
#include "remote.h"
#include "repo.h"
#include "sign.h"
#include "signature.h"
#include "tip.h"
#include "tree_write.h"

struct chain {
	struct repo *repo;
	git_oid base;
	git_oid *trees; /* of each step */
	git_signature *author, *committer;
	bool sign;
	struct err *err;
};

static bool blob_id(git_oid *out, str text)
{
	return git_odb_hash(out, text.p, text.n, GIT_OBJECT_BLOB) == 0;
}

static bool change_id(struct repo *r, const struct commit_step *step, char id[GIT_ID_SIZE])
{
	struct strs change = { 0 };
	git_oid before, after;

	for (size_t i = 0; i < step->n; i++) {
		const struct file_change *c = &step->changes[i];

		if (!blob_id(&before, c->before->text) || !blob_id(&after, c->text))
			return false;
		tip_change_add(r, &change, c->before->path, &before, &after);
	}
	return tip_change_id(r, &change, id);
}

/* Ours name their tree and what they change, so that one that was amended can be told. */
static const char *message_text(struct repo *r, const struct commit_step *step, const git_oid *tree)
{
	struct arena *a = r->arena;
	bool ours = str_has(step->message, S("\n" TRAILER_VERSION ": "));
	const char *end = str_ends(step->message, S("\n")) ? "" : "\n";
	char id[GIT_ID_SIZE], change[GIT_ID_SIZE];

	if (!ours)
		return str_fmt(a, "%.*s%s", STR_ARG(step->message), end).p;
	if (!change_id(r, step, change))
		return NULL;
	git_oid_tostr(id, sizeof(id), tree);
	return str_fmt(a, "%.*s%s" TRAILER_TREE ": %s\n" TRAILER_CHANGE ": %s\n",
		       STR_ARG(step->message), end, id, change)
		.p;
}

/* ---- trees ---- */

static bool tree_of(git_oid *out, const git_oid *commit_id, struct repo *r)
{
	git_commit *commit = NULL;
	bool ok = git_commit_lookup(&commit, r->git, commit_id) == 0;

	if (ok)
		git_oid_cpy(out, git_commit_tree_id(commit));
	git_commit_free(commit);
	return ok;
}

static bool store_trees(struct chain *c, const struct base_info *base,
			const struct commit_step *steps, size_t n)
{
	struct repo *r = c->repo;
	git_oid before;
	bool ok = true;

	c->trees = arena_array(r->arena, n, sizeof(*c->trees));
	if (git_oid_fromstr(&c->base, base->commit) < 0 || !tree_of(&before, &c->base, r))
		return repo_fail(c->err, "cannot read commit %s", base->commit);
	for (size_t i = 0; ok && i < n; i++)
		ok = tree_write(&c->trees[i], r->git, i ? &c->trees[i - 1] : &before,
				steps[i].changes, steps[i].n, r->arena, c->err);
	return ok;
}

/* ---- commits ---- */

/* Not git_commit_create(), which says nothing when the commit could not be written. */
static bool store_plain(git_oid *out, const struct unsigned_commit *u, struct repo *r)
{
	git_commit *parent = NULL;
	git_tree *tree = NULL;
	git_buf text = GIT_BUF_INIT;
	bool ok = git_commit_lookup(&parent, r->git, u->parent) == 0 &&
		  git_tree_lookup(&tree, r->git, u->tree) == 0;
	const git_commit *parents[] = { parent };

	ok = ok &&
	     git_commit_create_buffer(&text, r->git, u->author, u->committer, NULL, u->message.p,
				      tree, 1, parents) == 0 &&
	     git_odb_write(out, r->odb, text.ptr, text.size, GIT_OBJECT_COMMIT) == 0;
	git_buf_dispose(&text);
	git_tree_free(tree);
	git_commit_free(parent);
	return ok;
}

/* *tip: the last commit. */
static bool store_commits(struct chain *c, const struct commit_step *steps, size_t n, git_oid *tip)
{
	struct repo *r = c->repo;

	*tip = c->base;
	for (size_t i = 0; i < n; i++) {
		git_oid parent = *tip;
		const char *message = message_text(r, &steps[i], &c->trees[i]);

		if (!message)
			return repo_fail(c->err, "cannot name what the commit changes");
		struct unsigned_commit u = {
			.tree = &c->trees[i],
			.parent = &parent,
			.author = c->author,
			.committer = c->committer,
			.message = str_from(message),
		};

		if (c->sign && !sign_commit(tip, &u, r, c->err))
			return false;
		if (!c->sign && !store_plain(tip, &u, r))
			return repo_fail(c->err, "cannot store the commit in '%s'", r->name);
	}
	return true;
}

/* True when `tip` is what we would make again. */
static bool is_same(const struct chain *c, const git_oid *tip, size_t n)
{
	return tip_is_ours(c->repo, tip) &&
	       tip_has_trees(c->repo, tip, c->trees, n, &c->base, c->sign);
}

/* ---- the branch ---- */

/* What is there already goes first, and of that what others have seen. */
static bool find_same(const struct chain *c, const char *branch, size_t n, const char *remote,
		      const git_oid *old, git_oid *tip)
{
	if (remote && remote_tip(c->repo, remote, branch, tip) && is_same(c, tip, n))
		return true;
	if (!old || !is_same(c, old, n))
		return false;
	*tip = *old;
	return true;
}

static bool place(struct chain *c, const char *branch, const struct commit_step *steps, size_t n,
		  const char *remote, struct branch_result *out)
{
	struct repo *r = c->repo;
	git_oid tip, at;
	const git_oid *old = branch_tip(r, branch, &at) ? &at : NULL;

	if (!find_same(c, branch, n, remote, old, &tip) && !store_commits(c, steps, n, &tip))
		return false;
	git_oid_tostr(out->id, sizeof(out->id), &tip);
	out->state = !old                     ? BRANCH_CREATED :
		     git_oid_equal(old, &tip) ? BRANCH_SAME :
						BRANCH_UPDATED;
	return out->state == BRANCH_SAME || branch_set(r, branch, &tip, old, c->committer, c->err);
}

bool repo_commit(struct repo *r, const struct base_info *base, const char *branch,
		 const struct commit_step *steps, size_t n, const struct branch_options *o,
		 struct branch_result *out, struct err *e)
{
	struct chain c = { .repo = r, .sign = o->sign, .err = e };
	bool ok = repo_branch_check(r, branch, o->force, e) &&
		  signature_make(&c.author, ROLE_AUTHOR, r, base, e) &&
		  signature_make(&c.committer, ROLE_COMMITTER, r, base, e) &&
		  store_trees(&c, base, steps, n) && place(&c, branch, steps, n, o->remote, out);

	git_signature_free(c.author);
	git_signature_free(c.committer);
	return ok;
}

bool repo_committer(struct repo *r, const struct base_info *base, str *out, struct err *e)
{
	git_signature *who = NULL;

	if (!signature_make(&who, ROLE_COMMITTER, r, base, e))
		return false;
	*out = str_fmt(r->arena, "%s <%s>", who->name, who->email);
	git_signature_free(who);
	return true;
}
