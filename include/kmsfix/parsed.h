/* SPDX-License-Identifier: MIT */
/* parsed - what one model hands on to the next, which is made of the same files but for an edit. */
#ifndef KMSFIX_PARSED_H
#define KMSFIX_PARSED_H

#include "kmsfix/fileset.h"
#include "kmsfix/map.h"
#include "kmsfix/node.h"

/*
 * Trees of files by the place of their text: a file that an edit leaves alone is the same text in
 * the next model, and need not be parsed again. And of the first model the files, and directories
 * by their paths: what the files of one say, for when none of them is changed; and the keys of
 * for_each that its files name, which an edit may be the end of, and of which root module the files
 * of --plan are, which is told by resources that it may take away. The same is true of what loads
 * a file: the files that are read as policies, names of files in code, and those of them that a
 * policy may be whose text is not known. And by the roots of
 * trees of templates what those refer to. A zeroed one is empty. The first model that uses it must
 * outlive the others: all is kept in its arena.
 */
struct parsed {
	struct arena *arena;
	struct map trees, dirs, named, plans, references, loaded, called, doubted;
	bool loads_known; /* `loaded` and `called` are complete */
	struct fileset files;
	size_t jobs; /* threads that may read the files of a first model; 0: one */
};

/* The tree of the file that was kept, if its text is the very same; or NULL. */
struct tree *parsed_tree(const struct parsed *parsed, const struct file *f);
/* Keeps a tree, which lives in the arena of `parsed`. */
void parsed_keep(struct parsed *parsed, struct tree *t);
/* Keeps the trees of `from` as well, whose arena joined that of `parsed`. */
void parsed_join(struct parsed *parsed, const struct parsed *from);

#endif
