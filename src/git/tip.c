/* SPDX-License-Identifier: MIT */
#include "tip.h"

#include <string.h>

#include "kmsfix/trailer.h"
#include "sign.h"

static str find_trailer(git_commit *commit, const char *name, struct arena *a)
{
	git_message_trailer_array list = { 0 };
	str value = { 0 };

	if (git_message_trailers(&list, git_commit_message_raw(commit)) < 0)
		return value;
	for (size_t i = 0; i < list.count; i++) {
		if (strcmp(list.trailers[i].key, name) == 0)
			value = str_dup(a, str_from(list.trailers[i].value));
	}
	git_message_trailer_array_free(&list);
	return value;
}

str tip_trailer(struct repo *r, const git_oid *tip, const char *name)
{
	git_commit *commit = NULL;
	str value = { 0 };

	if (git_commit_lookup(&commit, r->git, tip) == 0)
		value = find_trailer(commit, name, r->arena);
	git_commit_free(commit);
	return value;
}

bool tip_is_ours(struct repo *r, const git_oid *tip)
{
	git_commit *commit = NULL;
	char tree[GIT_ID_SIZE];
	bool ours = false;

	if (git_commit_lookup(&commit, r->git, tip) == 0) {
		str written = find_trailer(commit, TRAILER_TREE, r->arena);

		git_oid_tostr(tree, sizeof(tree), git_commit_tree_id(commit));
		ours = find_trailer(commit, TRAILER_VERSION, r->arena).n &&
		       (!written.n || str_eq(written, str_from(tree)));
	}
	git_commit_free(commit);
	return ours;
}

/* Goes to the parent; false when the commit is another one than wanted. */
static bool step_back(git_oid *id, struct repo *r, const git_oid *tree, bool is_signed)
{
	git_commit *commit = NULL;
	bool same = git_commit_lookup(&commit, r->git, id) == 0 &&
		    git_oid_equal(git_commit_tree_id(commit), tree) &&
		    git_commit_parentcount(commit) == 1 && (!is_signed || sign_is_signed(commit));

	if (same)
		git_oid_cpy(id, git_commit_parent_id(commit, 0));
	git_commit_free(commit);
	return same;
}

bool tip_has_trees(struct repo *r, const git_oid *tip, const git_oid *trees, size_t n,
		   const git_oid *base, bool is_signed)
{
	git_oid at = *tip;

	while (n) {
		if (!step_back(&at, r, &trees[--n], is_signed))
			return false;
	}
	return git_oid_equal(&at, base);
}
