/* SPDX-License-Identifier: MIT */
/* sign - commits signed by the user's git, with the user's gpg.format and key. */
#ifndef KMSFIX_SRC_GIT_SIGN_H
#define KMSFIX_SRC_GIT_SIGN_H

#include "repo.h"

/* A commit as it would be stored without a signature; all in the repository already. */
struct unsigned_commit {
	const git_oid *tree, *parent;
	const git_signature *author, *committer;
	str message;
};

/* Stores the commit with a signature; *out is its id. */
bool sign_commit(git_oid *out, const struct unsigned_commit *c, struct repo *r, struct err *e);
/* True when there is a signature; whose, and whether it is good, is not looked at. */
bool sign_is_signed(git_commit *commit);

#endif
