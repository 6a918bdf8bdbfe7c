/* SPDX-License-Identifier: MIT */
/* remove - what the removal of children of one list, object or body has to know. */
#ifndef KMSFIX_EDIT_REMOVE_H
#define KMSFIX_EDIT_REMOVE_H

#include "kmsfix/edit.h"

struct removal {
	struct edits *es;
	const struct node *parent;
	const struct tree *tree;
	str text;
	const struct node **child; /* all children of the parent */
	bool *gone;
	size_t n;
	const char *why;
};

/* Adds an edit that is taken back when more of the list is removed. */
void removal_change(struct removal *r, size_t start, size_t end, str text);
/* The start of the comment lines directly above the line that starts at `line`; in YAML only of
 * those in its column, as deeper ones belong to what stands above them. Code that somebody put in
 * comments is not about what stands below: then it is `line`. */
size_t comments_above(const struct tree *t, size_t line);
/* A statement or policy in a list: what is said above it goes with it. */
bool owns_comments(const struct node *child);
/* Adds the edits for a block collection of YAML. */
bool yaml_remove(struct removal *r);
/* False with *why when something in YAML cannot go: an anchor, an alias, what has no text. */
bool yaml_may_remove(const struct edits *es, const struct node *list,
		     const struct node *const *children, size_t n, const char **why);

#endif
