/* SPDX-License-Identifier: MIT */
/*
 * link_read - the symbolic links of a tree, followed within it as Terraform follows them in a
 * checkout. Nothing of the work tree is touched.
 */
#ifndef KMSFIX_SRC_GIT_LINK_READ_H
#define KMSFIX_SRC_GIT_LINK_READ_H

#include "kmsfix/fileset.h"
#include "repo.h"

struct link {
	str path;
	git_oid id;  /* of the blob that says where it leads */
	bool wanted; /* if it is a file */
};

struct links {
	struct link *v;
	size_t n, cap;
};

/*
 * Adds each wanted link to the files of the tree, which are sorted then as before: with the text of
 * the file that it leads to, both marked as linked, or with a reason why that is not known. Links
 * to directories become the set's. False when the repository cannot be read.
 */
bool links_follow(const struct links *links, struct repo *r, const git_tree *tree,
		  struct fileset *files, struct arena *a, struct err *e);

#endif
