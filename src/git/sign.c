/* SPDX-License-Identifier: MIT */
/*
 * git commit-tree does it: it knows every gpg.format, where keys come from and how to ask for a
 * passphrase. What it stored is compared with what it was told to store.
 */
#include "sign.h"

#include "child.h"

static const char *name_of(const char *role, const git_signature *who, struct arena *a)
{
	return str_fmt(a, "GIT_%s_NAME=%s", role, who->name).p;
}

static const char *mail_of(const char *role, const git_signature *who, struct arena *a)
{
	return str_fmt(a, "GIT_%s_EMAIL=%s", role, who->email).p;
}

static const char *date_of(const char *role, const git_signature *who, struct arena *a)
{
	int offset = who->when.offset < 0 ? -who->when.offset : who->when.offset;

	return str_fmt(a, "GIT_%s_DATE=@%lld %c%02d%02d", role, (long long)who->when.time,
		       who->when.offset < 0 ? '-' : '+', offset / 60, offset % 60)
		.p;
}

bool sign_is_signed(git_commit *commit)
{
	git_buf signature = GIT_BUF_INIT;
	bool found = git_commit_header_field(&signature, commit, "gpgsig") == 0;

	git_buf_dispose(&signature);
	return found;
}

static bool is_as_told(const git_oid *id, const struct unsigned_commit *c, struct repo *r)
{
	git_commit *commit = NULL;
	bool same = git_commit_lookup(&commit, r->git, id) == 0 &&
		    git_oid_equal(git_commit_tree_id(commit), c->tree) &&
		    git_commit_parentcount(commit) == 1 &&
		    git_oid_equal(git_commit_parent_id(commit, 0), c->parent) &&
		    str_eq(str_from(git_commit_message_raw(commit)), c->message) &&
		    sign_is_signed(commit);

	git_commit_free(commit);
	return same;
}

bool sign_commit(git_oid *out, const struct unsigned_commit *c, struct repo *r, struct err *e)
{
	struct arena *a = r->arena;
	char parent[GIT_ID_SIZE], tree[GIT_ID_SIZE];
	struct child child = {
		.args = { "-c", "i18n.commitEncoding=UTF-8", "commit-tree", "-S", "-p", parent,
			  "-F", "-", tree },
		.env = { name_of("AUTHOR", c->author, a), mail_of("AUTHOR", c->author, a),
			 date_of("AUTHOR", c->author, a), name_of("COMMITTER", c->committer, a),
			 mail_of("COMMITTER", c->committer, a),
			 date_of("COMMITTER", c->committer, a) },
		.input = c->message,
		.capture = true,
	};
	str id;

	git_oid_tostr(parent, sizeof(parent), c->parent);
	git_oid_tostr(tree, sizeof(tree), c->tree);
	if (!child_run(&child, r, e))
		return false;
	id = str_trim(child.output);
	if (child.status)
		return err_set(e, ERR_GIT,
			       "the commit cannot be signed: git commit-tree exited with %d; "
			       "check gpg.format and user.signingkey, and see git help config",
			       child.status);
	if (git_oid_fromstrn(out, id.p, id.n) < 0 || !is_as_told(out, c, r))
		return err_set(e, ERR_GIT,
			       "git commit-tree stored another commit than it was told to");
	return true;
}
