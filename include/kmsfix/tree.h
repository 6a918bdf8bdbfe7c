/* SPDX-License-Identifier: MIT */
/* tree - a parsed file: what all of its nodes share. */
#ifndef KMSFIX_TREE_H
#define KMSFIX_TREE_H

#include "kmsfix/file.h"

struct node;

struct span {
	uint32_t start, end;
};

enum lang { LANG_HCL, LANG_JSON, LANG_YAML };

/* How new text refers to things: who knows what the file is sets tree->dialect after parsing. */
enum dialect {
	DIALECT_NATIVE,         /* HCL and what Terraform makes of JSON; elsewhere not at all */
	DIALECT_CLOUDFORMATION, /* YAML, JSON: `!GetAtt A.Arn`, {"Ref": "A"}, `!Sub "…${A}…"` */
	DIALECT_SUB,            /* JSON in a text that Fn::Sub reads: `${A.Arn}`, `${!literal}` */
};

struct tree {
	const struct file *file;
	enum lang lang;
	enum dialect dialect; /* not set by a parser */
	struct node *root;
	const struct node *host;     /* HEREDOC or STRING that this JSON was read from, else NULL */
	const struct span *comments; /* in source order, line ending excluded */
	size_t comment_count;
};

#endif
