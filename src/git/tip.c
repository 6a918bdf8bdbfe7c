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

void tip_change_add(struct repo *r, struct strs *change, str path, const git_oid *before,
		    const git_oid *after)
{
	char old[GIT_ID_SIZE], new[GIT_ID_SIZE];

	git_oid_tostr(old, sizeof(old), before);
	git_oid_tostr(new, sizeof(new), after);
	strs_add(r->arena, change, str_fmt(r->arena, "%s %s %.*s", old, new, STR_ARG(path)));
}

bool tip_change_id(struct repo *r, struct strs *change, char id[GIT_ID_SIZE])
{
	git_oid hash;
	str text;

	strs_sort(change);
	text = strs_join(r->arena, change, S("\n"));
	if (git_odb_hash(&hash, text.p, text.n, GIT_OBJECT_BLOB) < 0)
		return false;
	git_oid_tostr(id, GIT_ID_SIZE, &hash);
	return true;
}

/* What we do is to change files, each of which keeps its mode. */
static bool read_change(struct repo *r, git_diff *diff, struct strs *out)
{
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *d = git_diff_get_delta(diff, i);

		if (d->status != GIT_DELTA_MODIFIED || d->old_file.mode != d->new_file.mode)
			return false;
		tip_change_add(r, out, str_dup(r->arena, str_from(d->new_file.path)),
			       &d->old_file.id, &d->new_file.id);
	}
	return true;
}

/* It changes on its parent what the text says that it does. */
static bool has_change(struct repo *r, git_commit *commit, str written)
{
	git_commit *parent = NULL;
	git_tree *before = NULL, *after = NULL;
	git_diff *diff = NULL;
	struct strs change = { 0 };
	char id[GIT_ID_SIZE];
	bool same = git_commit_parentcount(commit) == 1 &&
		    git_commit_parent(&parent, commit, 0) == 0 &&
		    git_commit_tree(&before, parent) == 0 && git_commit_tree(&after, commit) == 0 &&
		    git_diff_tree_to_tree(&diff, r->git, before, after, NULL) == 0 &&
		    read_change(r, diff, &change) && tip_change_id(r, &change, id) &&
		    str_eq(written, str_from(id));

	git_diff_free(diff);
	git_tree_free(after);
	git_tree_free(before);
	git_commit_free(parent);
	return same;
}

/* ---- what is beneath it ---- */

/* What the reference leads to has the commit, and would still have it without the tip. */
static bool leads_to(struct repo *r, git_reference *ref, const git_oid *commit, const git_oid *tip)
{
	git_object *end = NULL;
	bool found = false;

	if (git_reference_peel(&end, ref, GIT_OBJECT_COMMIT) == 0 &&
	    !git_oid_equal(git_object_id(end), tip))
		found = git_oid_equal(git_object_id(end), commit) ||
			git_graph_descendant_of(r->git, git_object_id(end), commit) == 1;
	git_object_free(end);
	return found;
}

/* True of a commit that is there without the tip: nothing is lost with that. */
static bool is_elsewhere(struct repo *r, const git_oid *commit, const git_oid *tip)
{
	git_reference_iterator *it = NULL;
	git_reference *ref = NULL;
	bool found = git_reference_lookup(&ref, r->git, "HEAD") == 0 &&
		     leads_to(r, ref, commit, tip);

	git_reference_free(ref);
	if (found || git_reference_iterator_new(&it, r->git) < 0)
		return found;
	while (!found && git_reference_next(&ref, it) == 0) {
		found = leads_to(r, ref, commit, tip);
		git_reference_free(ref);
	}
	git_reference_iterator_free(it);
	return found;
}

/* The commits that we make at once, under --phased. */
#define MOST_STEPS 2

/* Who put the commit on another one may have a commit of their own there. */
static bool is_ours(struct repo *r, const git_oid *id, const git_oid *tip, int steps)
{
	git_commit *commit = NULL;
	char tree[GIT_ID_SIZE];
	bool ours = false;

	if (git_commit_lookup(&commit, r->git, id) == 0) {
		str written = find_trailer(commit, TRAILER_TREE, r->arena);
		str change = find_trailer(commit, TRAILER_CHANGE, r->arena);
		const git_oid *parent = git_commit_parent_id(commit, 0);

		git_oid_tostr(tree, sizeof(tree), git_commit_tree_id(commit));
		ours = find_trailer(commit, TRAILER_VERSION, r->arena).n &&
		       (!written.n || str_eq(written, str_from(tree)) ||
			(change.n && has_change(r, commit, change) &&
			 (is_elsewhere(r, parent, tip) ||
			  (steps > 1 && is_ours(r, parent, tip, steps - 1)))));
	}
	git_commit_free(commit);
	return ours;
}

bool tip_is_ours(struct repo *r, const git_oid *tip)
{
	return is_ours(r, tip, tip, MOST_STEPS);
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
