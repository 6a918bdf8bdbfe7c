/* SPDX-License-Identifier: MIT */
/*
 * Pushing is the user's git's: addresses, credentials, proxies and hooks are its business. Of its
 * command line, REMOTE and the branch are as the user gave them, and the rest is written here.
 */
#include "remote.h"

#include <string.h>

#include "child.h"
#include "tip.h"

#define HEADS "refs/heads/"

bool repo_remote_check(struct repo *r, const char *remote, struct err *e)
{
	git_remote *found = NULL;
	bool ok = *remote != '-' && git_remote_lookup(&found, r->git, remote) == 0;

	git_remote_free(found);
	return ok || err_set(e, ERR_USAGE,
			     "'%s' is no remote of '%s': see git remote, or add it with git remote "
			     "add",
			     remote, r->name);
}

/* "https://user@host/a/b.git" and "git@host:a/b.git" to "host/a/b". */
static str url_name(str url, struct arena *a)
{
	size_t scheme = str_find(url, S("://"), 0), at;
	char *copy;

	if (scheme != SIZE_MAX)
		url = str_sub(url, scheme + 3, url.n);
	at = str_find(url, S("@"), 0);
	if (at < str_find(url, S("/"), 0))
		url = str_sub(url, at + 1, url.n);
	while (str_ends(url, S("/")))
		url.n--;
	if (str_ends(url, S(".git")))
		url.n -= S(".git").n;
	copy = arena_alloc(a, url.n + 1);
	memcpy(copy, url.p, url.n);
	at = scheme == SIZE_MAX ? str_find(url, S(":"), 0) : SIZE_MAX;
	if (at < str_find(url, S("/"), 0))
		copy[at] = '/';
	return (str){ copy, url.n };
}

bool repo_name(struct repo *r, str *out)
{
	git_remote *found = NULL;

	*out = (str){ 0 };
	if (git_remote_lookup(&found, r->git, "origin") == 0 && git_remote_url(found))
		*out = url_name(str_from(git_remote_url(found)), r->arena);
	git_remote_free(found);
	return out->n != 0;
}

/* By the remote's refspec for fetching; an unusual one is taken for the usual one. */
const char *remote_prefix(struct repo *r, const char *remote)
{
	const char *probe = HEADS "kmsfix";
	git_remote *found = NULL;
	git_buf name = GIT_BUF_INIT;
	str prefix = str_fmt(r->arena, "refs/remotes/%s/", remote);

	if (git_remote_lookup(&found, r->git, remote) == 0) {
		for (size_t i = 0; i < git_remote_refspec_count(found); i++) {
			const git_refspec *spec = git_remote_get_refspec(found, i);
			str text;

			if (git_refspec_direction(spec) != GIT_DIRECTION_FETCH ||
			    !git_refspec_src_matches(spec, probe) ||
			    git_refspec_transform(&name, spec, probe) < 0)
				continue;
			text = (str){ name.ptr, name.size };
			if (str_ends(text, S("/kmsfix")))
				prefix = str_dup(r->arena,
						 str_sub(text, 0, text.n - strlen("kmsfix")));
			git_buf_dispose(&name);
		}
	}
	git_remote_free(found);
	return prefix.p;
}

bool remote_tip(struct repo *r, const char *remote, const char *branch, git_oid *tip)
{
	const char *name = str_fmt(r->arena, "%s%s", remote_prefix(r, remote), branch).p;

	return git_reference_name_to_id(tip, r->git, name) == 0;
}

static bool push_failed(const char *remote, const char *branch, int status, struct err *e)
{
	return err_set(e, ERR_GIT,
		       "git push exited with %d and said why; where that is 'stale info', run "
		       "git fetch '%s' '+" HEADS "%s:refs/remotes/%s/%s' and kmsfix again",
		       status, remote, branch, remote, branch);
}

bool repo_push(struct repo *r, const char *remote, const char *branch, const char *id, bool force,
	       struct err *e)
{
	char known[GIT_ID_SIZE] = "";
	struct child child = { .args = { "push", "--no-follow-tags", "--recurse-submodules=no" } };
	git_oid tip;

	if (!repo_remote_check(r, remote, e))
		return false;
	if (remote_tip(r, remote, branch, &tip)) {
		git_oid_tostr(known, sizeof(known), &tip);
		if (!force && !tip_is_ours(r, &tip))
			return err_set(e, ERR_GIT,
				       "its '%s' has a commit that kmsfix did not write; --force "
				       "replaces it",
				       branch);
	}
	child.args[3] = str_fmt(r->arena, "--force-with-lease=" HEADS "%s:%s", branch, known).p;
	child.args[4] = "--";
	child.args[5] = remote;
	child.args[6] = str_fmt(r->arena, "%s:" HEADS "%s", id ? id : "", branch).p;
	if (!child_run(&child, r, e))
		return false;
	return !child.status || push_failed(remote, branch, child.status, e);
}
